"""What the reviewer sees: one item on one screen of 80 columns and 24 rows."""

from collections.abc import Callable

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from scanner.lang import tr
from scanner.report.names import (
    decision_name,
    disposition_name,
    kind_name,
    severity_name,
    severity_style,
    where_name,
)
from scanner.review.session import Mode, Scope, Session, Subject
from scanner.safe_text import cut, one_line, styled

_LABEL = 10  # columns
_CONTEXT_ROWS = 4
_EVIDENCE_ROWS = 4


def screen(session: Session, console: Console) -> RenderableType:
    """The whole screen for the present state."""
    painters: dict[Mode, Callable[[Session, Console], RenderableType]] = {
        Mode.ITEM: _item_screen,
        Mode.BASIS: _basis_screen,
        Mode.HELP: lambda _session, _console: help_text(),
        Mode.END: lambda session, _console: end_text(session),
        Mode.DONE: lambda session, _console: end_text(session),
    }
    return painters[session.mode](session, console)


def item_lines(session: Session, width: int) -> RenderableType:
    """The present item without the keys, for a screen or a pipe."""
    subject = session.current
    if subject is None:
        return end_text(session)
    page, pages = session.pages()
    head = tr(
        f"第 {session.number}/{len(session.subjects)} 个值 · 第 {page}/{pages} 页"
        f" · 待审 {session.open_count}",
        f"value {session.number}/{len(session.subjects)} · page {page}/{pages}"
        f" · open {session.open_count}",
    )
    return Group(Text(head, style="bold"), _facts(subject, width))


def _facts(subject: Subject, width: int) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(width=_LABEL, no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    room = max(20, width - _LABEL - 1)
    for label, value in _rows(subject, room):
        table.add_row(Text(label), value)
    return table


def _rows(subject: Subject, room: int) -> list[tuple[str, Text]]:
    found = Text.assemble(
        (one_line(kind_name(subject.kind)), "bold"),
        "  ",
        (one_line(subject.masked), "bold reverse"),
        "  ",
        (severity_name(subject.severity), severity_style(subject.severity)),
        "  ",
        disposition_name(subject.disposition),
    )
    place = " · ".join(part for part in (where_name(subject.where), subject.location) if part)
    rows = [
        (tr("网页", "Page"), styled(subject.title or "-", "bold", room)),
        (tr("网址", "URL"), styled(subject.page, "", room)),
        (tr("单位", "Unit"), styled(subject.unit or tr("未归类", "not assigned"), "", room)),
        (tr("发现", "Found"), found),
        (tr("位置", "Location"), styled(place, "", room)),
    ]
    if subject.context:
        context = cut(one_line(subject.context), room * _CONTEXT_ROWS)
        rows.append((tr("上下文", "Context"), mark(context, one_line(subject.masked))))
    rows.append((tr("判定", "Judgement"), styled(_judgement(subject), "", room * 2)))
    if subject.basis:
        rows.append((tr("依据", "Basis"), styled(tr("；", "; ").join(subject.basis), "", room * 2)))
    for number, step in enumerate(subject.evidence[:_EVIDENCE_ROWS]):
        rows.append((tr("证据", "Evidence") if number == 0 else "", styled(step, "", room)))
    return rows


def _judgement(subject: Subject) -> str:
    parts = [
        subject.rule,
        tr(f"把握 {subject.confidence:.0%}", f"confidence {subject.confidence:.0%}"),
    ]
    if subject.candidates is not None:
        parts.append(
            tr(
                f"遮盖后仍只有 {subject.candidates} 个可能的号码",
                f"only {subject.candidates} real values fit the mask",
            )
        )
    return " · ".join(part for part in parts if part)


def mark(context: str, masked: str) -> Text:
    """The context with the value in question set off."""
    text = Text(context)
    if masked:
        start = context.find(masked)
        if start >= 0:
            text.stylize("bold reverse", start, start + len(masked))
    return text


def keys_line(session: Session) -> Text:
    """The keys that mean something now."""
    concerned = len(session.concerned())
    if session.scope is Scope.ONE:
        return Text(
            tr(
                "l 泄露  k 依法公开  n 非个人信息  a 整页  v 同值  s 跳过  u 撤销  ? 帮助  q 退出",
                "l leak  k lawful  n not personal  a page  v value  s skip  u undo  ? help  q quit",
            )
        )
    head = (
        tr(f"本页 {concerned} 个一起：", f"all {concerned} of this page: ")
        if session.scope is Scope.PAGE
        else tr(f"同一值 {concerned} 处一起：", f"all {concerned} of this value: ")
    )
    keys = tr(
        "l 泄露  k 依法公开  n 非个人信息  s 跳过  Esc 取消",
        "l leak  k lawful  n not personal  s skip  Esc cancel",
    )
    return Text.assemble((head, "bold yellow"), keys)


def _item_screen(session: Session, console: Console) -> RenderableType:
    return Group(item_lines(session, console.width), Rule(style="dim"), keys_line(session))


def _basis_screen(session: Session, console: Console) -> RenderableType:
    subject = session.current
    offered = session.offered
    rows = max(3, console.height - 6)
    top = max(0, min(session.selected - rows // 2, len(offered) - rows))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(width=2, no_wrap=True)
    table.add_column(no_wrap=True, ratio=2)
    table.add_column(no_wrap=True, ratio=3, style="dim")
    for index, choice in enumerate(offered[top : top + rows], top):
        style = "reverse" if index == session.selected else ""
        star = "*" if subject is not None and choice.code == subject.suggested else " "
        room = max(10, (console.width - 6) // 5)
        table.add_row(
            Text(star, style=style),
            styled(choice.name or choice.code, style, 2 * room),
            styled(choice.law, "", 3 * room),
        )
    if not offered:
        table.add_row("", Text(tr("没有符合的依据", "no basis matches"), style="yellow"), "")
    count = len(session.concerned())
    return Group(
        Text(
            tr(f"依法公开：选择依据（{count} 个值）", f"Lawful: choose the basis ({count} values)"),
            style="bold",
        ),
        Text.assemble(tr("筛选：", "Filter: "), (one_line(session.typed), "bold"), ("▏", "dim")),
        table,
        Rule(style="dim"),
        Text(
            tr(
                "直接输入文字筛选  ↑↓ 选择  回车 确定  Esc 返回  * 为建议",
                "type to filter  up/down choose  Enter take it  Esc back  * suggested",
            )
        ),
    )


def help_text() -> RenderableType:
    """What every key does."""
    rows = [
        ("l 1", tr("是泄露，列入待整改", "a leak: to be rectified")),
        ("k 2", tr("依法公开，妥善保留；接着选依据", "lawful, kept; then choose the basis")),
        ("n 3", tr("不是个人信息（误报）", "not personal data: a false alarm")),
        ("a", tr("下一个结论用于本页全部待审的值", "the next decision holds for the whole page")),
        (
            "v",
            tr(
                "下一个结论用于各页上的同一个值",
                "the next decision holds for this value on every page",
            ),
        ),
        ("s", tr("跳过，下次再审", "skip: it comes back next time")),
        ("u", tr("撤销上一个结论", "undo the last decision")),
        ("q", tr("退出；已下的结论都已保存", "quit; every decision is already saved")),
    ]
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(width=6, style="bold")
    table.add_column()
    for key, words in rows:
        table.add_row(Text(key), Text(words))
    return Group(
        Text(tr("按键", "Keys"), style="bold"),
        table,
        Text(""),
        Text(
            tr(
                "台账里没有原值，这里只能看到脱敏后的值；要看原文请打开网址。按任意键返回。",
                "The ledger holds no clear values: to see the original, open the URL. "
                "Press any key to go back.",
            )
        ),
    )


def end_text(session: Session) -> RenderableType:
    """What this review came to."""
    counts: dict[str, int] = {}
    for save in session.decided.values():
        counts[save.decision] = counts.get(save.decision, 0) + 1
    parts = [f"{decision_name(name)} {number}" for name, number in counts.items()]
    decided, skipped = len(session.decided), len(session.skipped)
    line = tr(
        f"本次审核 {decided} 个值，跳过 {skipped} 个，还剩 {session.open_count} 个未审。",
        f"Decided: {decided} values; skipped: {skipped}; still open: {session.open_count}.",
    )
    lines: list[RenderableType] = [Text(line, style="bold")]
    if session.taken:
        taken = len(session.taken)
        parts.append(tr(f"其间由别人审过 {taken}", f"decided by others {taken}"))
    if parts:
        lines.append(Text(tr("，", ", ").join(parts)))
    if session.mode is Mode.END:
        lines.append(
            Text(tr("已全部审完。u 撤销上一个，q 退出", "All done. u undo the last, q quit"))
        )
    return Group(*lines)
