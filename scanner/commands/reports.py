"""`audit report`, `audit stats`, `audit notice`: what the ledger says."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from scanner.commands.context import Common
from scanner.commands.ledgers import existing_ledger
from scanner.errors import ConfigError
from scanner.lang import tr
from scanner.ledger import Ledger, Sweep, SweepKind
from scanner.ledger.queue import Filter, PageView
from scanner.report.console import err, out
from scanner.report.notice import write_notice
from scanner.report.statistics import (
    Selection,
    print_statistics,
    statistics_csv,
    statistics_record,
)
from scanner.report.stored import stored_record
from scanner.report.terminal import WORST_PAGES, SweepFacts, print_sweep, sweep_record
from scanner.safe_text import json_line, styled

_PAGES_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class StatsRequest:
    """What `audit stats` was asked."""

    form: str = "text"
    groupings: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


def report(common: Common, *, number: int | None, form: str) -> int:
    """One sweep as text or JSON, or every finding that stands on a page now as JSON lines."""
    if form == "jsonl" and number is not None:
        raise ConfigError(
            tr(
                "jsonl 输出的是台账现状，不能指定 --sweep",
                "jsonl gives the ledger as it is now: leave --sweep out",
            )
        )
    _, ledger = existing_ledger(common)
    with ledger:
        if form == "jsonl":
            _write_findings(ledger)
        else:
            write_sweep(sweep_facts(ledger, _sweep(ledger, number)), form)
    return 0


def write_sweep(facts: SweepFacts, form: str) -> None:
    """The report of one sweep on standard output, as text or JSON."""
    if form == "json":
        write_utf8(json_line(sweep_record(facts)) + "\n")
    else:
        print_sweep(out(), facts)


def _sweep(ledger: Ledger, number: int | None) -> Sweep:
    sweep = ledger.last_sweep() if number is None else ledger.sweep(number)
    if sweep is None:
        raise ConfigError(
            tr("台账里还没有巡查：请先运行 audit sweep", "there is no sweep yet: run audit sweep")
            if number is None
            else tr(f"没有第 {number} 次巡查", f"there is no sweep {number}")
        )
    return sweep


def sweep_facts(ledger: Ledger, sweep: Sweep) -> SweepFacts:
    """Everything the report of one sweep needs."""
    lists = ledger.list_coverage(sweep.id)
    return SweepFacts(
        sweep=sweep,
        coverage=ledger.coverage(sweep.id),
        changes=ledger.changes(sweep.id),
        trouble=ledger.coverage_lines(sweep.id),
        statistics=ledger.statistics(),
        worst=ledger.worst_pages(WORST_PAGES),
        sites=ledger.site_coverage(sweep.id, lists),
        lists=lists,
        recheck=ledger.recheck_lines(sweep.id) if sweep.kind is SweepKind.RECHECK else (),
    )


def _write_findings(ledger: Ledger) -> None:
    for page in _all_pages(ledger):
        for finding in page.findings:
            write_utf8(json_line(stored_record(page, finding)) + "\n")


def _all_pages(ledger: Ledger) -> Iterator[PageView]:
    """Every page with a finding on it, some at a time: a ledger may hold many."""
    offset = 0
    while pages := ledger.pages(Filter(present=True), limit=_PAGES_AT_A_TIME, offset=offset):
        yield from pages
        offset += len(pages)


def stats(common: Common, request: StatsRequest) -> int:
    """The statistics in the form asked for."""
    if request.since and request.until and request.since > request.until:
        raise ConfigError(tr("--since 晚于 --until", "--since lies after --until"))
    selection = Selection.of(request.groupings, request.measures)
    _, ledger = existing_ledger(common)
    with ledger:
        figures = ledger.statistics(request.since, request.until)
    if request.form == "json":
        write_utf8(json_line(statistics_record(figures, selection)) + "\n")
    elif request.form == "csv":
        write_utf8(statistics_csv(figures, selection))
    else:
        print_statistics(out(), figures, selection)
    return 0


def notice(common: Common, *, unit: str, output: Path | None, force: bool) -> int:
    """The rectification workbook of one unit. Raises ConfigError where it cannot be made."""
    _, ledger = existing_ledger(common)
    with ledger:
        output = output or Path(_notice_name(unit, ledger.today()))
        if output.exists() and not force:
            raise ConfigError(
                tr(
                    f"{output} 已经存在；要覆盖请加 --force",
                    f"{output} is already there; add --force to overwrite it",
                )
            )
        pages = ledger.outstanding(unit)
        if not pages:
            refuse_unknown_unit(ledger, unit)
            err().print(
                styled(
                    tr(
                        f"“{unit}”没有待整改的信息，没有生成通知",
                        f"{unit!r} has nothing outstanding; no notice was written",
                    )
                ),
                soft_wrap=True,
            )
            return 0
        write_notice(output, unit, pages, ledger.today())
    out().print(styled(str(output)), soft_wrap=True)
    values = sum(len(page.findings) for page in pages)
    err().print(
        styled(
            tr(
                f"已写好“{unit}”的整改通知：{len(pages)} 条，{values} 个值",
                f"wrote the notice to {unit!r}: items {len(pages)}, values {values}",
            )
        ),
        soft_wrap=True,
    )
    return 0


def _notice_name(unit: str, today: date) -> str:
    """A file name that every system takes, whatever the unit is called."""
    plain = "".join(char if char.isalnum() else "_" for char in unit)[:60]
    return f"{tr('整改通知', 'notice')}-{plain or tr('未归类', 'none')}-{today}.xlsx"


def refuse_unknown_unit(ledger: Ledger, unit: str) -> None:
    """Raise ConfigError with the nearest name where the ledger has nothing of that unit."""
    known = [line.name for line in ledger.statistics().items.by_unit]
    if unit in known:
        return
    near = get_close_matches(unit, [name for name in known if name], n=1, cutoff=0.4)
    hint = tr(f"；您要的是“{near[0]}”吗？", f"; did you mean {near[0]!r}?") if near else ""
    raise ConfigError(
        tr(f"台账里没有单位“{unit}”的信息{hint}", f"the ledger has nothing of {unit!r}{hint}")
    )


def write_utf8(text: str) -> None:
    """To standard output in UTF-8, whatever the locale: these forms are read by programs."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
