"""The terminal report of `audit scan`: what must go before this is put on the web."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scanner.lang import tr
from scanner.model import Disposition, Finding, Severity, Where
from scanner.report.evidence import step_text
from scanner.report.names import (
    disposition_name,
    kind_name,
    severity_name,
    severity_style,
    where_name,
)
from scanner.safe_text import one_line, styled

_SEVERITY_WIDTH = 10  # columns, two of them before the word
_KIND_WIDTH = 10
_VALUE_WIDTH = 24
MOST_SHOWN = 1_000  # values of one file; nobody reads more, and a program reads JSON
_MARK = 8  # characters of a fingerprint: enough for --explain


@dataclass(slots=True)
class ScanTotals:
    """What a scan of several files came to. A value, and a person, counts once a file."""

    files: int = 0
    files_with_leaks: int = 0
    values: Counter[Disposition] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)  # of the leaks
    persons: int = 0
    unread: int = 0  # files that were not read, or not to the end
    worst: Severity | None = None

    def add(self, findings: Sequence[Finding], *, complete: bool) -> None:
        """Count one file."""
        values: dict[str, _Value] = {}
        for finding in findings:
            known = values.get(finding.fingerprint)
            if known is None or (finding.disposition.is_leak and not known.disposition.is_leak):
                values[finding.fingerprint] = _Value.of(finding)
        leaks = [value for value in values.values() if value.disposition.is_leak]
        self.files += 1
        self.unread += not complete
        self.files_with_leaks += bool(leaks)
        self.values.update(value.disposition for value in values.values())
        self.kinds.update(value.kind for value in leaks)
        self.persons += len({value.person for value in leaks})
        for value in leaks:
            if self.worst is None or value.severity.rank > self.worst.rank:
                self.worst = value.severity

    @property
    def leaks(self) -> int:
        """Values that somebody has to act on."""
        return sum(number for kind, number in self.values.items() if kind.is_leak)


@dataclass(frozen=True, slots=True)
class _Value:
    """What is counted of a finding: of a file with very many, they are not all held at once."""

    disposition: Disposition
    kind: str
    severity: Severity
    person: str  # a value that belongs to nobody known counts as one

    @classmethod
    def of(cls, finding: Finding) -> "_Value":
        person = finding.person or finding.fingerprint
        return cls(finding.disposition, finding.match.kind, finding.severity, person)


def print_file(console: Console, source: str, findings: Sequence[Finding], *, reveal: bool) -> None:
    """The leaks of one file, worst first and at most `MOST_SHOWN`; nothing where there are none.

    Of several places of a value the first is shown.
    """
    places: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}  # fingerprint -> how grave, and the finding's number
    persons: set[str] = set()
    for number, finding in enumerate(findings):
        if finding.disposition.is_leak:
            places[finding.fingerprint] += 1
            first.setdefault(finding.fingerprint, (-finding.severity.rank, number))
            persons.add(finding.person or finding.fingerprint)
    if not first:
        return
    shown = {number for _, number in nsmallest(MOST_SHOWN, first.values())}
    leaks = [finding for number, finding in enumerate(findings) if number in shown]
    leaks.sort(key=lambda finding: -finding.severity.rank)
    console.print(styled(source, "bold"), soft_wrap=True)
    console.print(
        Text(
            tr(
                f"  应处理 {len(first)} 个值，涉及 {len(persons)} 人",
                f"  to act on: values {len(first)}, persons {len(persons)}",
            )
        )
    )
    console.print(_leak_table(leaks, places, reveal=reveal))
    if len(first) > len(leaks):
        console.print(_rest(len(first) - len(leaks)))
    console.print()


def _rest(count: int) -> Text:
    return Text(
        tr(
            f"  其余 {count} 个值未列出；--format jsonl 列出全部",
            f"  values not listed: {count}; --format jsonl lists all",
        ),
        style="dim",
    )


def _leak_table(leaks: Sequence[Finding], places: Mapping[str, int], *, reveal: bool) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1), expand=True)
    table.add_column(width=_SEVERITY_WIDTH, no_wrap=True)
    table.add_column(width=_KIND_WIDTH, no_wrap=True)
    table.add_column(max_width=_VALUE_WIDTH, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_column(width=_MARK, no_wrap=True, style="dim")
    for finding in leaks:
        match = finding.match
        table.add_row(
            Text("  ") + styled(severity_name(finding.severity), severity_style(finding.severity)),
            styled(kind_name(match.kind)),
            styled(match.raw if reveal else match.masked),
            _place(finding, places[finding.fingerprint]),
            Text(finding.fingerprint[:_MARK]),
        )
    return table


def _place(finding: Finding, count: int) -> Text:
    match = finding.match
    parts = [one_line(match.location.describe())]
    if count > 1:
        parts[0] += tr(f"等 {count} 处", f" and {count - 1} more")
    if match.where != Where.VISIBLE:
        parts.append(where_name(match.where))
    if finding.disposition == Disposition.UNDER_MASKED:
        parts.append(_under_masked(finding))
    return Text(tr("，", ", ").join(part for part in parts if part))


def _under_masked(finding: Finding) -> str:
    words = disposition_name(finding.disposition)
    if finding.candidates is None:
        return words
    return words + tr(
        f"（仍只有 {finding.candidates} 个可能的号码）",
        f" (only {finding.candidates} real values fit)",
    )


def print_totals(console: Console, totals: ScanTotals) -> None:
    """The last lines: how many files, what was found, what was let stand, what was not read."""
    style = "bold red" if totals.leaks else "bold green"
    console.print(Text(_headline(totals), style=style))
    if totals.kinds:
        console.print(_counts(tr("其中：", "Among them: "), totals.kinds, kind_name))
    kept = {str(kind): n for kind, n in totals.values.items() if not kind.is_leak}
    if kept:
        console.print(_counts(tr("不计入：", "Let stand: "), kept, disposition_name))
    if totals.unread:
        console.print(
            Text(
                tr(
                    f"有 {totals.unread} 个文件没有读出或没有读完，不能当作没有问题。",
                    f"Files not read, or not to the end: {totals.unread}. They are not clean.",
                ),
                style="yellow",
            )
        )


def _headline(totals: ScanTotals) -> str:
    if not totals.leaks:
        return tr(
            f"{totals.files} 个文件，没有发现应处理的个人信息。",
            f"Files: {totals.files}. No personal data that has to go.",
        )
    return tr(
        f"{totals.files} 个文件，其中 {totals.files_with_leaks} 个有应处理的个人信息："
        f"{totals.leaks} 个值，{totals.persons} 人。",
        f"Files: {totals.files}, with data that has to go: {totals.files_with_leaks}; "
        f"values {totals.leaks}, persons {totals.persons}.",
    )


def _counts(head: str, counts: Mapping[str, int], name: Callable[[str], str]) -> Text:
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    parts = [f"{name(key)} {number}" for key, number in ranked]
    return Text(head + tr("，", ", ").join(parts))


def print_explanation(console: Console, source: str, finding: Finding) -> None:
    """Everything that led to one judgement, step by step."""
    match = finding.match
    rows: list[tuple[str, str]] = [
        (tr("来源", "Source"), source),
        (tr("指纹", "Fingerprint"), finding.fingerprint),
        (tr("类型", "Type"), kind_name(match.kind)),
        (tr("值", "Value"), match.masked),
        (tr("位置", "Location"), f"{where_name(match.where)} {match.location.describe()}"),
        (tr("判定", "Judgement"), disposition_name(finding.disposition)),
        (tr("严重程度", "Severity"), severity_name(finding.severity)),
        (tr("规则", "Rules"), f"{match.rule} → {finding.rule}"),
        (tr("依据", "Basis"), tr("；", "; ").join(finding.basis)),
        (tr("把握", "Confidence"), f"{finding.confidence:.2f}"),
        (tr("上下文", "Context"), finding.context),
    ]
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, value in rows:
        if value:
            table.add_row(Text(name), styled(value))
    for number, step in enumerate(finding.evidence, 1):
        head = tr(f"证据 {number}", f"Evidence {number}")
        table.add_row(Text(head), styled(step_text(step.what, step.words, step.effect)))
    console.print(table)
    console.print()
