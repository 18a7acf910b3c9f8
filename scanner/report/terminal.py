"""`audit report`: one sweep on a terminal of 80 columns."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scanner.lang import tr
from scanner.ledger import CHINA, Sweep, SweepKind, SweepState
from scanner.ledger.coverage import Changes, CoverageCounts, CoverageLine
from scanner.ledger.lists import ListCoverage
from scanner.ledger.reach import SiteCoverage
from scanner.ledger.rechecks import RecheckLine
from scanner.ledger.stats import Line, Statistics
from scanner.ledger.worst import WorstPage
from scanner.model import Outcome
from scanner.report.coverage import (
    list_record,
    print_lists,
    print_recheck,
    print_sites,
    site_record,
)
from scanner.report.names import (
    kind_name,
    outcome_name,
    severity_name,
    severity_style,
)
from scanner.safe_text import cut, one_line, styled

WORST_PAGES = 10
_UNITS = 15  # rows of the table by unit; the statistics hold them all
_REASONS = 8
_EXAMPLES = 2  # URLs a reason
_KINDS = 4  # kinds of value named of one page
_MINUTE = 60  # seconds
_TROUBLE_STYLES = {Outcome.FAILED: "red", Outcome.PARTLY_READ: "yellow"}


@dataclass(frozen=True, slots=True)
class SweepFacts:
    """Everything the report of one sweep is made from."""

    sweep: Sweep
    coverage: CoverageCounts
    changes: Changes
    trouble: Sequence[CoverageLine]
    statistics: Statistics
    worst: Sequence[WorstPage]  # pages with open findings
    sites: Sequence[SiteCoverage]
    lists: Sequence[ListCoverage]
    recheck: Sequence[RecheckLine] = ()


def print_sweep(console: Console, facts: SweepFacts) -> None:
    """The whole report. Parts that have nothing to say are left out."""
    console.print(Text(_title(facts.sweep), style="bold"))
    _print_coverage(console, facts.coverage)
    print_sites(console, facts.sites)
    _print_changes(console, facts.changes)
    print_recheck(console, facts.recheck)
    _print_units(console, facts.statistics)
    _print_worst(console, facts.worst)
    print_lists(console, facts.lists)
    _print_trouble(console, facts.trouble)


def sweep_record(facts: SweepFacts) -> dict[str, Any]:
    """One sweep and its coverage as plain values, for JSON. Counts are items but for `changes`."""
    sweep = facts.sweep
    return {
        "sweep": sweep.id,
        "kind": sweep.kind,
        "state": sweep.state,
        "started": sweep.started.isoformat(),
        "ended": sweep.ended.isoformat() if sweep.ended else None,
        "coverage": asdict(facts.coverage),
        "changes": asdict(facts.changes),
        "sites": [site_record(one) for one in facts.sites],
        "lists": [list_record(one) for one in facts.lists],
        "recheck": [asdict(one) for one in facts.recheck],
    }


def _title(sweep: Sweep) -> str:
    kind = tr("复查", "Re-check") if sweep.kind is SweepKind.RECHECK else tr("巡查", "Sweep")
    start = sweep.started.astimezone(CHINA)
    end = sweep.ended.astimezone(CHINA) if sweep.ended else None
    state = {
        SweepState.RUNNING: tr("进行中", "running"),
        SweepState.FINISHED: tr("已完成", "complete"),
        SweepState.INTERRUPTED: tr("中断，再次运行会继续", "interrupted; run it again to go on"),
    }[sweep.state]
    until = ""
    if end is not None and (end - start).total_seconds() >= _MINUTE:
        until = f"—{end:%H:%M}" if end.date() == start.date() else f"—{end:%Y-%m-%d %H:%M}"
    return tr(
        f"第 {sweep.id} 次{kind}  {start:%Y-%m-%d %H:%M}{until}  {state}",
        f"{kind} {sweep.id}  {start:%Y-%m-%d %H:%M}{until}  {state}",
    )


def _print_coverage(console: Console, coverage: CoverageCounts) -> None:
    parts = [
        f"{outcome_name(outcome)} {getattr(coverage, outcome)}"
        for outcome in Outcome
        if getattr(coverage, outcome)
    ]
    head = tr(
        f"网址 {coverage.urls} 个（附件 {coverage.attachments}）",
        f"URLs: {coverage.urls} (attachments: {coverage.attachments})",
    )
    tail = tr("：", ": ") + tr("，", ", ").join(parts) if parts else ""
    console.print(Text(head + tail))


def _print_changes(console: Console, changes: Changes) -> None:
    counts = [
        (changes.new, tr("新增疑似", "newly suspected"), "bold red"),
        (changes.recurred, tr("复发", "recurred"), "bold red"),
        (changes.reopened, tr("重新打开", "reopened"), "red"),
        (changes.verified, tr("核验已消除", "verified gone"), "green"),
        (changes.kept_by_rule, tr("依法公开", "lawful by rule"), ""),
        (changes.still_open, tr("现未了结", "open now"), "bold"),
    ]
    line = Text(tr("与上次相比（值）：", "Since the last (values): "))
    separator = tr("，", ", ")
    shown = [(count, name, style) for count, name, style in counts if count]
    for number, (count, name, style) in enumerate(shown):
        line.append(separator if number else "")
        line.append(f"{name} {count}", style=style)
    if not shown:
        line.append(tr("没有变化，没有未了结的", "nothing changed, nothing is open"))
    console.print(line)


def _print_units(console: Console, statistics: Statistics) -> None:
    busy = [line for line in statistics.items.by_unit if _open_items(line)]
    if not busy:
        return
    busy.sort(key=lambda line: -_open_items(line))
    names = [
        tr("单位（条）", "Unit (items)"),
        *(tr("未审", "open"), tr("待整改", "outstanding"), tr("逾期", "overdue")),
        *(tr("已整改", "rectified"), tr("已核验", "verified"), tr("保留", "kept")),
    ]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(names[0], max_width=28, overflow="ellipsis", no_wrap=True)
    for name in names[1:]:
        table.add_column(name, justify="right", no_wrap=True)
    for line in busy[:_UNITS]:
        counts = line.counts
        table.add_row(
            styled(line.label),
            str(counts.undecided),
            str(counts.outstanding),
            Text(str(counts.overdue), style="bold red" if counts.overdue else ""),
            *(str(counts.rectified), str(counts.verified), str(counts.kept)),
        )
    console.print()
    console.print(table)
    if len(busy) > _UNITS:
        more = len(busy) - _UNITS
        console.print(
            Text(
                tr(f"另有 {more} 个单位，见 audit stats", f"{more} more units: see audit stats"),
                style="dim",
            )
        )


def _open_items(line: Line) -> int:
    counts = line.counts
    return counts.undecided + counts.outstanding + counts.rectified


def _print_worst(console: Console, pages: Sequence[WorstPage]) -> None:
    if not pages:
        return
    console.print()
    console.print(Text(tr("最严重的网页和附件", "The worst pages and attachments"), style="bold"))
    for number, page in enumerate(pages[:WORST_PAGES], 1):
        worst = page.worst
        listed = tr("，", ", ").join(f"{kind_name(kind)} {n}" for kind, n in page.kinds[:_KINDS])
        head = Text(f"{number:2d} ")
        head.append(severity_name(worst), style=severity_style(worst))
        head.append("  ")
        room = console.width - head.cell_len
        title = one_line(page.title) or page.url.rpartition("/")[2] or page.url
        mark = tr("［附件］", "[attachment] ") if page.is_attachment else ""
        head.append(cut(mark + one_line(title), room))
        console.print(head)
        unit = page.unit or tr("未归类", "not assigned")
        line = f"{unit}{tr('：', ': ')}{listed}"
        console.print(Text("   ") + styled(line, "", console.width - 3))
        console.print(Text("   ") + styled(page.url, "dim"), soft_wrap=True)


def _print_trouble(console: Console, trouble: Sequence[CoverageLine]) -> None:
    if not trouble:
        return
    groups: dict[tuple[Outcome, str], list[CoverageLine]] = {}
    for line in trouble:
        groups.setdefault((line.outcome, _reason(line)), []).append(line)
    ranked = sorted(groups.items(), key=lambda pair: (pair[0][0] is Outcome.SKIPPED, -len(pair[1])))
    console.print()
    console.print(
        Text(
            tr(
                f"没有读完的 {len(trouble)} 个网址（不能当作没有问题）",
                f"URLs not read in full: {len(trouble)}. They are not clean",
            ),
            style="bold",
        )
    )
    for (outcome, reason), lines in ranked[:_REASONS]:
        head = Text("  ")
        head.append(outcome_name(outcome), style=_TROUBLE_STYLES.get(outcome, ""))
        head.append(f" {len(lines)}  {cut(one_line(reason), console.width - 20)}")
        console.print(head)
        for line in lines[:_EXAMPLES]:
            console.print(Text("    ") + styled(line.url, "dim"), soft_wrap=True)
    if len(ranked) > _REASONS:
        more = sum(len(lines) for _, lines in ranked[_REASONS:])
        console.print(Text(tr(f"  另有 {more} 个", f"  {more} more"), style="dim"))


def _reason(line: CoverageLine) -> str:
    if line.unread:
        part = line.unread[0]
        return line.reason or f"{part.what}{tr('：', ': ')}{part.why}"
    return line.reason or (str(line.status) if line.status else "-")
