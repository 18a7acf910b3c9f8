"""The rules and exceptions, for reading in a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from patterns import ExceptionRule, Pack, Rule, Sample
from scanner.lang import tr
from scanner.report.names import kind_name, severity_name, severity_style
from scanner.safe_text import one_line, styled


def _plain_table() -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 1), header_style="bold")


def print_rules(console: Console, rules: Sequence[Rule]) -> None:
    """One line a rule."""
    table = _plain_table()
    table.add_column(tr("代码", "Code"), no_wrap=True)
    table.add_column(tr("类型", "Type"), no_wrap=True)
    table.add_column(tr("级别", "Severity"), no_wrap=True)
    table.add_column(tr("名称", "Name"), overflow="ellipsis", no_wrap=True)
    for rule in rules:
        severity = rule.severity
        table.add_row(
            Text(rule.code),
            styled(kind_name(rule.kind), "", 18),
            Text(severity_name(severity) if severity else "-", severity_style(severity)),
            styled(tr(rule.name_zh, rule.name_en)),
        )
    console.print(table)


def print_exceptions(console: Console, exceptions: Sequence[ExceptionRule]) -> None:
    """One line an exception, with how far its source was verified."""
    table = _plain_table()
    table.add_column(tr("代码", "Code"), no_wrap=True)
    table.add_column(tr("公开", "Duty"), no_wrap=True)
    table.add_column(tr("来源", "Source"), no_wrap=True)
    table.add_column(tr("名称", "Name"), overflow="ellipsis", no_wrap=True)
    for exception in exceptions:
        table.add_row(
            Text(exception.code),
            Text(duty_name(exception.duty)),
            Text(source_name(exception.basis)),
            styled(tr(exception.zh, exception.en)),
        )
    console.print(table)


def duty_name(duty: str) -> str:
    """What the law says of the publication."""
    names = {"must": ("应当", "must"), "may": ("可以", "may"), "never": ("不得", "never")}
    return tr(*names.get(duty, (duty, duty)))


def source_name(basis: str) -> str:
    """How far the legal source was verified."""
    names = {
        "read": ("已核", "read"),
        "mixed": ("部分", "partly read"),
        "memory": ("未核", "unverified"),
    }
    return tr(*names.get(basis, (basis, basis)))


def print_rule(console: Console, rule: Rule) -> None:
    """Everything one rule says."""
    words = [
        f"{ctx.effect:+.2f} {ctx.side} {ctx.distance}: {' '.join(ctx.words)}"
        for ctx in rule.context
    ]
    mask = rule.mask
    norm = "" if mask is None else f"{mask.norm} ({mask.head}+{mask.tail}, {mask.min_fits})"
    _print_facts(
        console,
        [
            (tr("代码", "Code"), rule.code),
            (tr("名称", "Name"), tr(rule.name_zh, rule.name_en)),
            (tr("类型", "Type"), f"{rule.kind} {kind_name(rule.kind)}"),
            (tr("阶段", "Stage"), rule.stage),
            (tr("级别", "Severity"), severity_name(rule.severity) if rule.severity else ""),
            (tr("表达式", "Expression"), rule.expression),
            (tr("预筛词", "Keywords"), " ".join(rule.keywords)),
            (tr("表头", "Headers"), " ".join(rule.headers)),
            (tr("排除表头", "Not under"), " ".join(rule.headers_against)),
            (tr("校验", "Validator"), rule.validator),
            *((tr("上下文", "Context"), line) for line in words),
            (tr("脱敏要求", "Mask norm"), norm),
            (tr("来源", "Sources"), tr("；", "; ").join(rule.sources)),
            *((tr("应命中", "Must hit"), _sample(sample)) for sample in rule.hit),
            *((tr("不应命中", "Must miss"), _sample(sample)) for sample in rule.miss),
            (tr("文件", "File"), str(rule.path)),
        ],
    )


def _sample(sample: Sample) -> str:
    return f"[{sample.header}] {sample.text}" if sample.header else sample.text


def print_exception(console: Console, exception: ExceptionRule) -> None:
    """Everything one exception says."""
    _print_facts(
        console,
        [
            (tr("代码", "Code"), exception.code),
            (tr("名称", "Name"), tr(exception.zh, exception.en)),
            (tr("领域", "Field"), exception.field),
            (tr("公开", "Duty"), duty_name(exception.duty)),
            (tr("来源核实", "Verified"), source_name(exception.basis)),
            (tr("公开要素", "Publish"), " ".join(exception.publish)),
            (tr("限职务", "In a role only"), " ".join(exception.role_only)),
            (tr("属泄露", "A leak"), " ".join(exception.leak)),
            (tr("范围", "Scope"), tr(exception.scope_zh, exception.scope_en)),
            (tr("依据", "Law"), tr("；", "; ").join(exception.law)),
            (tr("标题线索", "Title cues"), " ".join(exception.title_cues)),
            (tr("须另见其一", "And one of"), " ".join(exception.needed_cues)),
            (tr("备注", "Note"), exception.note),
            (tr("文件", "File"), str(exception.path)),
        ],
    )


def _print_facts(console: Console, facts: Iterable[tuple[str, str]]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    before = ""
    for name, value in facts:
        if value:
            table.add_row(Text("" if name == before else name), styled(one_line(value)))
            before = name
    console.print(table)


def print_pack(console: Console, pack: Pack) -> None:
    """The last line of the lists: version and counts."""
    console.print(
        Text(
            tr(
                f"规则包 {pack.version}：规则 {len(pack.rules)} 条，例外 {len(pack.exceptions)} 条",
                f"pack {pack.version}: rules {len(pack.rules)}, exceptions {len(pack.exceptions)}",
            ),
            style="dim",
        )
    )
