"""The findings of a batch: new ones, those still there, those that are gone, with their history."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from scanner.ledger.allowances import allowed_hashes
from scanner.ledger.batch import Intake, Taken
from scanner.ledger.changes import KNOWN, FindingChanges, Seen
from scanner.ledger.models import FindingRow
from scanner.ledger.observe import is_kept_on_file
from scanner.ledger.sightings import joined_fingerprint
from scanner.ledger.sql import chunks, table_of
from scanner.model import Disposition, Finding, Location, Outcome

_FINDINGS = table_of(FindingRow)
# Of several places of one value on one page the worst judged counts.
_WORST = {disposition: rank for rank, disposition in enumerate(Disposition)}


@dataclass(slots=True)
class _Places:
    """Where one value stands among the findings of an item: a file may have 400,000 of them, so
    only numbers are held."""

    worst: int  # index of the place that is judged worst
    rank: int
    times: int = 1


def record_findings(connection: Connection, intake: Intake, taken: Sequence[Taken]) -> None:
    """Write what the results say of values. Every entry has its item by now."""
    known = _known(connection, [entry.known.item_id for entry in taken if entry.known])
    leaks = {
        one.value_hash
        for entry in taken
        for one in entry.result.findings
        if one.disposition.is_leak
    }
    allowed = allowed_hashes(connection, leaks, intake.key_id, intake.today)
    changes = FindingChanges(intake, connection)
    for entry in taken:
        _compare(changes, entry, known.get(entry.item_id, []), allowed)
    changes.write()


def _known(connection: Connection, items: Sequence[int]) -> dict[int, list[Row[Any]]]:
    rows: dict[int, list[Row[Any]]] = {}
    for part in chunks(items):
        # Locked until the commit: a decision made in between would be written over.
        query = select(*KNOWN).where(_FINDINGS.c.item_id.in_(part)).order_by(_FINDINGS.c.id)
        for row in connection.execute(query.with_for_update()):
            rows.setdefault(row.item_id, []).append(row)
    return rows


def _places(findings: Iterable[Finding]) -> dict[str, _Places]:
    """Each value of a reading by its fingerprint."""
    places: dict[str, _Places] = {}
    for number, finding in enumerate(findings):
        rank = _WORST[finding.disposition]
        place = places.get(finding.fingerprint)
        if place is None:
            places[finding.fingerprint] = _Places(number, rank)
            continue
        place.times += 1
        if rank < place.rank:
            place.worst, place.rank = number, rank
    return places


def _values(entry: Taken, places: dict[str, _Places]) -> Iterator[Seen]:
    """Each value once, as its worst place shows it."""
    for number, finding in enumerate(entry.result.findings):
        place = places[finding.fingerprint]
        if place.worst == number:
            yield Seen(entry, finding, place.times)


def _compare(
    changes: FindingChanges,
    entry: Taken,
    known: Sequence[Row[Any]],
    allowed: set[tuple[str, str]],
) -> None:
    """Hold one reading against what the ledger knows of the item."""
    by_fingerprint = {row.fingerprint: row for row in known}
    kinds: set[str] = set()
    held: set[str] = set()  # masks joined with another page's are still there: see `joins`
    seen = _places(entry.result.findings)
    for one in _values(entry, seen):
        finding, match = one.finding, one.finding.match
        kinds.add(match.kind)
        if finding.sighting is not None and known:
            held.add(joined_fingerprint(finding.fingerprint))
        row = by_fingerprint.get(finding.fingerprint)
        may_stand = (match.kind, finding.value_hash) in allowed
        if row is not None:
            changes.again(row, one, may_stand)
        elif is_kept_on_file(finding.disposition, match.kind, match.institutional):
            changes.add(one, may_stand)
    missing = [row for row in known if row.fingerprint not in seen and row.fingerprint not in held]
    if entry.result.outcome is Outcome.UNCHANGED:
        changes.same(missing)
    elif entry.closes:
        changes.gone([row for row in missing if _is_gone(row, kinds, changes.intake.key_id)])


def _is_gone(row: Row[Any], kinds_seen: set[str], key_id: str) -> bool:
    """Whether the absence of a fingerprint is the absence of the value.

    Hashes made with a lost key match nothing, so there the whole kind has to be absent.
    """
    return row.key_id == key_id or row.kind not in kinds_seen


def location_of(stored: dict[str, Any]) -> Location:
    """The location that `Scrubber.location` wrote down."""
    return Location(**stored)
