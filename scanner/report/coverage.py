"""The coverage of a sweep by site and by list: what was reached, and why not the rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from scanner.lang import tr
from scanner.ledger.lists import ListCoverage
from scanner.ledger.reach import SiteCoverage
from scanner.ledger.rechecks import RecheckLine, RecheckVerdict
from scanner.model import Cause, Outcome
from scanner.report.names import cause_name, outcome_name, verdict_name
from scanner.safe_text import cut, one_line, styled

_SITES = 15
_SEEMING = (RecheckVerdict.MOVED, RecheckVerdict.ATTACHMENT, RecheckVerdict.UNDER_MASKED)
_LISTS = 8


def print_sites(console: Console, sites: Sequence[SiteCoverage]) -> None:
    """A line a site, those with something amiss first; of what belongs to none, if anything."""
    ranked = sorted(sites, key=lambda site: not (site.is_silent or site.is_low))
    for site in ranked[:_SITES]:
        line = Text("  ")
        line.append(cut(one_line(site.name or tr("所列网站之外", "outside the listed sites")), 30))
        line.append(tr("：", ": ") + tr("，", ", ").join(_parts(site)))
        if site.is_silent:
            reason = one_line(site.reason) or "-"
            line.append(
                tr(f"  没有应答：{reason}", f"  did not answer: {reason}"), style="bold red"
            )
        elif site.is_low:
            line.append(
                tr("  到达率低，不能当作已查完", "  little reached: not complete"), style="bold red"
            )
        console.print(line)
    if len(ranked) > _SITES:
        more = len(ranked) - _SITES
        console.print(Text(tr(f"  另有 {more} 个网站", f"  {more} more sites"), style="dim"))


def _parts(site: SiteCoverage) -> list[str]:
    parts = [tr(f"网址 {site.urls}", f"URLs {site.urls}")]
    for outcome in Outcome:
        count = site.outcomes.get(outcome, 0)
        if outcome is not Outcome.SKIPPED and count:
            parts.append(f"{outcome_name(outcome)} {count}")
    for cause in Cause:
        if site.causes.get(cause):
            parts.append(f"{cause_name(cause)} {site.causes[cause]}")
    if site.share is not None:
        parts.append(
            tr(
                f"列表称有 {site.records} 条、到达 {site.reached} 条（{percent(site.share)}）",
                f"lists say {site.records} records, reached {site.reached} ({percent(site.share)})",
            )
        )
    return parts


def print_lists(console: Console, lists: Sequence[ListCoverage]) -> None:
    """The lists that say more than was reached, the one that lacks most first."""
    short = [one for one in lists if one.is_short]
    if not short:
        return
    console.print()
    console.print(
        Text(
            tr(
                f"没有读全的列表 {len(short)} 个（共 {len(lists)} 个）",
                f"Lists not reached in full: {len(short)} of {len(lists)}",
            ),
            style="bold",
        )
    )
    for one in short[:_LISTS]:
        console.print(Text("  " + _list_words(one)))
        console.print(Text("    ") + styled(one.url, "dim"), soft_wrap=True)
    if len(short) > _LISTS:
        more = len(short) - _LISTS
        console.print(Text(tr(f"  另有 {more} 个", f"  {more} more"), style="dim"))


def print_recheck(console: Console, lines: Sequence[RecheckLine]) -> None:
    """What became of the flagged items, and by name those that only seem to be mended."""
    if not lines:
        return
    counts = Counter(line.verdict for line in lines)
    parts = [f"{verdict_name(one)} {counts[one]}" for one in RecheckVerdict if counts[one]]
    head = tr(f"复查 {len(lines)} 条：", f"Re-checked items {len(lines)}: ")
    console.print(Text(head + tr("，", ", ").join(parts)))
    seeming = [line for line in lines if line.verdict in _SEEMING]
    for line in seeming[:_LISTS]:
        console.print(Text(f"  {verdict_name(line.verdict)}", style="red"))
        console.print(Text("    ") + styled(line.url, "dim"), soft_wrap=True)
        if line.verdict is RecheckVerdict.MOVED and line.reason:
            console.print(Text("    ") + styled(line.reason, "dim"), soft_wrap=True)


def _list_words(one: ListCoverage) -> str:
    if one.records is None:
        return tr(
            f"称有 {one.pages} 页，读到 {one.pages_read} 页",
            f"says {one.pages} pages, read {one.pages_read}",
        )
    parts = [
        tr(
            f"称有 {one.records} 条，到达 {one.reached} 条",
            f"says {one.records} records, reached {one.reached}",
        )
    ]
    if one.share is not None:
        parts[0] += tr(f"（{percent(one.share)}）", f" ({percent(one.share)})")
    for count, outcome in (
        (one.failed, Outcome.FAILED),
        (one.skipped, Outcome.SKIPPED),
        (one.gone, Outcome.GONE),
    ):
        if count:
            parts.append(f"{outcome_name(outcome)} {count}")
    return tr("，", ", ").join(parts)


def percent(share: float) -> str:
    """A share as a percentage that is 100% only when it is all."""
    return "100%" if share >= 1 else f"{min(99.9, 100 * share):.1f}%"


def site_record(site: SiteCoverage) -> dict[str, Any]:
    """One site as plain values, for JSON. Every outcome and cause has its number."""
    return {
        "site": site.name,
        "urls": site.urls,
        **{str(outcome): site.outcomes.get(outcome, 0) for outcome in Outcome},
        "skipped_because": {str(cause) or "other": site.causes.get(cause, 0) for cause in Cause},
        "lists": site.lists,
        "records_said": site.records,
        "records_reached": site.reached,
        "share": site.share,
        "is_low": site.is_low,
        "is_silent": site.is_silent,
        "reason": site.reason,
    }


def list_record(one: ListCoverage) -> dict[str, Any]:
    """One list as plain values, for JSON."""
    return asdict(one) | {"share": one.share, "is_short": one.is_short}
