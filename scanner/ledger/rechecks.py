"""What a re-check says of each flagged page and attachment."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, bindparam, select

from scanner.ledger.batch import Intake, Taken
from scanner.ledger.models import CoverageRow, FindingRow, ItemRow, UnitRow
from scanner.ledger.sql import chunks, table_of
from scanner.ledger.states import OPEN_STATES, SweepKind
from scanner.model import Disposition, Outcome

_COVERAGE = table_of(CoverageRow)
_FINDINGS = table_of(FindingRow)
_ITEMS = table_of(ItemRow)
_UNITS = table_of(UnitRow)


class RecheckVerdict(StrEnum):
    """What became of a flagged page or attachment. Only the first three close anything."""

    GONE = "gone"  # 404, 410, a page that says so, or sent home to the list
    MASKED = "masked"  # there, and the values are hidden well
    REMOVED = "removed"  # there, and the values are not
    UNDER_MASKED = "under_masked"  # hidden so that they can still be worked out
    STILL_THERE = "still_there"
    MOVED = "moved"  # the same item with the same values under another address
    ATTACHMENT = "attachment"  # its page is gone, the attachment still answers with the values
    UNKNOWN = "unknown"  # not reached, or not read in full


@dataclass(frozen=True, slots=True)
class RecheckLine:
    """One flagged item after a re-check."""

    url: str
    title: str
    unit: str
    is_attachment: bool
    verdict: RecheckVerdict
    reason: str


def record_verdicts(connection: Connection, intake: Intake, filed: Sequence[Taken]) -> None:
    """Write the verdict of each flagged item of a re-check; its findings are up to date by now."""
    if intake.kind is not SweepKind.RECHECK:
        return
    flagged = _findings(connection, [entry.item_id for entry in filed])
    rows = [
        {"sweep": intake.sweep_id, "key": entry.key, "v_verdict": _verdict(entry, flagged)}
        for entry in filed
        if entry.item_id in flagged
    ]
    if rows:
        connection.execute(
            _COVERAGE.update()
            .where(_COVERAGE.c.sweep_id == bindparam("sweep"))
            .where(_COVERAGE.c.url_key == bindparam("key"))
            .values(verdict=bindparam("v_verdict")),
            rows,
        )


def _findings(connection: Connection, items: Sequence[int]) -> dict[int, set[str]]:
    """By item: the fingerprints of its findings that are still open."""
    found: dict[int, set[str]] = {}
    for part in chunks(items):
        query = select(_FINDINGS.c.item_id, _FINDINGS.c.fingerprint, _FINDINGS.c.state)
        for row in connection.execute(query.where(_FINDINGS.c.item_id.in_(part))):
            still = found.setdefault(row.item_id, set())
            if row.state in OPEN_STATES:
                still.add(row.fingerprint)
    return found


def _verdict(entry: Taken, flagged: dict[int, set[str]]) -> RecheckVerdict:
    result = entry.result
    if result.outcome is Outcome.GONE:
        return RecheckVerdict.GONE
    if result.outcome not in (Outcome.SCANNED, Outcome.PARTLY_READ):
        return RecheckVerdict.UNKNOWN
    seen = {one.fingerprint: one.disposition for one in result.findings}
    still = [seen[one] for one in flagged[entry.item_id] if one in seen]
    if any(one is not Disposition.UNDER_MASKED for one in still):
        return RecheckVerdict.MOVED if result.moved_to else RecheckVerdict.STILL_THERE
    if result.outcome is Outcome.PARTLY_READ:
        return RecheckVerdict.UNKNOWN
    judged = set(seen.values())
    if Disposition.UNDER_MASKED in judged:
        return RecheckVerdict.UNDER_MASKED
    return RecheckVerdict.MASKED if Disposition.MASKED in judged else RecheckVerdict.REMOVED


def recheck_lines(
    connection: Connection, sweep_id: int, without: Collection[RecheckVerdict] = ()
) -> Iterator[RecheckLine]:
    """The flagged items of a re-check in order of their addresses."""
    columns = ("url", "parent_url", "is_attachment", "verdict", "reason")
    rows = connection.execute(
        select(
            *(_COVERAGE.c[name] for name in columns),
            _ITEMS.c.title,
            _UNITS.c.name.label("unit"),
        )
        .outerjoin(_ITEMS, _ITEMS.c.url_key == _COVERAGE.c.url_key)
        .outerjoin(_UNITS, _UNITS.c.id == _ITEMS.c.unit_id)
        .where(_COVERAGE.c.sweep_id == sweep_id)
        .order_by(_COVERAGE.c.url)
    ).all()
    gone = _gone_pages(connection, sweep_id)
    for row in rows:
        if not row.verdict:
            continue
        verdict = RecheckVerdict(row.verdict)
        if verdict is RecheckVerdict.STILL_THERE and row.is_attachment and row.parent_url in gone:
            verdict = RecheckVerdict.ATTACHMENT
        if verdict not in without:
            yield RecheckLine(
                row.url, row.title or "", row.unit or "", row.is_attachment, verdict, row.reason
            )


def _gone_pages(connection: Connection, sweep_id: int) -> set[str]:
    query = select(_COVERAGE.c.url).where(
        _COVERAGE.c.sweep_id == sweep_id, _COVERAGE.c.outcome == Outcome.GONE
    )
    return set(connection.execute(query).scalars())


def namesakes(
    connection: Connection, urls: Sequence[str]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """By address of a flagged page: its title, and the addresses of other items of that title."""
    wanted = set(urls)
    titles: dict[str, str] = {}
    for part in chunks(sorted(wanted)):
        query = select(_ITEMS.c.url, _ITEMS.c.title).where(_ITEMS.c.url.in_(part))
        titles.update({row.url: row.title for row in connection.execute(query) if row.title})
    by_title: dict[str, list[str]] = {}
    for part in chunks(sorted(set(titles.values()))):
        query = select(_ITEMS.c.url, _ITEMS.c.title).where(
            _ITEMS.c.title.in_(part), _ITEMS.c.gone_at.is_(None)
        )
        for row in connection.execute(query.order_by(_ITEMS.c.id)):
            by_title.setdefault(row.title, []).append(row.url)
    return {
        url: (title, tuple(one for one in by_title.get(title, ()) if one != url))
        for url, title in titles.items()
    }
