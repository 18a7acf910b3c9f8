"""The findings of a batch: new ones, those still there, those that are gone, with their history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, select

from scanner.ledger.allowances import allowed_hashes
from scanner.ledger.batch import Intake, Taken
from scanner.ledger.models import FindingRow, HistoryRow
from scanner.ledger.observe import (
    Change,
    Standing,
    first_seen,
    is_kept_on_file,
    not_seen,
    seen_again,
    unchanged,
)
from scanner.ledger.sightings import joined_fingerprint
from scanner.ledger.sql import chunks, insert_rows, table_of
from scanner.ledger.states import State
from scanner.model import Disposition, Finding, Location, Outcome

_FINDINGS = table_of(FindingRow)
_HISTORY = table_of(HistoryRow)
_EVIDENCE_STEPS = 40
_MOST_CANDIDATES = 2**62
_NAMES = ("id", "item_id", "fingerprint", "key_id", "kind", "state", "decided_by", "recurred")
KNOWN = tuple(_FINDINGS.c[name] for name in (*_NAMES, "expires", "deadline", "present"))
# Of several places of one value on one page the worst judged counts.
_WORST = {disposition: rank for rank, disposition in enumerate(Disposition)}


@dataclass(slots=True)
class Seen:
    """One value of one item in this reading, however often it stands there."""

    entry: Taken
    finding: Finding
    times: int = 1


def record_findings(connection: Connection, intake: Intake, taken: Sequence[Taken]) -> None:
    """Write what the results say of values. Every entry has its item by now."""
    known = _known(connection, [entry.known.item_id for entry in taken if entry.known])
    seen = {entry.item_id: _merge(entry) for entry in taken}
    leaks = {
        one.finding.value_hash
        for values in seen.values()
        for one in values.values()
        if one.finding.disposition.is_leak
    }
    allowed = allowed_hashes(connection, leaks, intake.key_id, intake.today)
    changes = FindingChanges(intake)
    for entry in taken:
        _compare(changes, entry, seen[entry.item_id], known.get(entry.item_id, []), allowed)
    changes.write(connection)


def _known(connection: Connection, items: Sequence[int]) -> dict[int, list[Row[Any]]]:
    rows: dict[int, list[Row[Any]]] = {}
    for part in chunks(items):
        # Locked until the commit: a decision made in between would be written over.
        query = select(*KNOWN).where(_FINDINGS.c.item_id.in_(part)).order_by(_FINDINGS.c.id)
        for row in connection.execute(query.with_for_update()):
            rows.setdefault(row.item_id, []).append(row)
    return rows


def _merge(entry: Taken) -> dict[str, Seen]:
    merged: dict[str, Seen] = {}
    for finding in entry.result.findings:
        seen = merged.get(finding.fingerprint)
        if seen is None:
            merged[finding.fingerprint] = Seen(entry, finding)
            continue
        seen.times += 1
        if _WORST[finding.disposition] < _WORST[seen.finding.disposition]:
            seen.finding = finding
    return merged


def _compare(
    changes: "FindingChanges",
    entry: Taken,
    seen: dict[str, Seen],
    known: Sequence[Row[Any]],
    allowed: set[tuple[str, str]],
) -> None:
    """Hold one reading against what the ledger knows of the item."""
    by_fingerprint = {row.fingerprint: row for row in known}
    for fingerprint, one in seen.items():
        row = by_fingerprint.get(fingerprint)
        match = one.finding.match
        may_stand = (match.kind, one.finding.value_hash) in allowed
        if row is not None:
            changes.again(row, one, may_stand)
        elif is_kept_on_file(one.finding.disposition, match.kind, match.institutional):
            changes.add(one, may_stand)
    missing = [row for row in known if row.fingerprint not in seen]
    if missing:  # a mask that was joined with another page's is still there: see `joins`
        held = {joined_fingerprint(one) for one, it in seen.items() if it.finding.sighting}
        missing = [row for row in missing if row.fingerprint not in held]
    if entry.result.outcome is Outcome.UNCHANGED:
        changes.same(missing)
    elif entry.closes:
        kinds = {one.finding.match.kind for one in seen.values()}
        changes.gone([row for row in missing if _is_gone(row, kinds, changes.intake.key_id)])


def _is_gone(row: Row[Any], kinds_seen: set[str], key_id: str) -> bool:
    """Whether the absence of a fingerprint is the absence of the value.

    Hashes made with a lost key match nothing, so there the whole kind has to be absent.
    """
    return row.key_id == key_id or row.kind not in kinds_seen


class FindingChanges:
    """Collects the rows of one batch, so that they are written in a handful of statements."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self._inserts: list[dict[str, Any]] = []
        self._first: dict[tuple[int, str], Change] = {}
        self._judged: list[dict[str, Any]] = []  # opinion and state
        self._moved: list[dict[str, Any]] = []  # state alone
        self._history: list[dict[str, Any]] = []
        self._unchanged: list[int] = []

    def add(self, seen: Seen, may_stand: bool) -> None:
        """A value that was not on this item before."""
        finding = seen.finding
        values = _opinion(seen) | {
            "item_id": seen.entry.item_id,
            "fingerprint": finding.fingerprint,
            "value_hash": finding.value_hash,
            "kind": finding.match.kind,
            "masked": seen.entry.scrub.shown(finding),
        }
        self.insert(values, first_seen(finding.disposition, may_stand))

    def insert(self, values: dict[str, Any], change: Change) -> None:
        """A finding with `values`, seen for the first time in this sweep."""
        intake = self.intake
        self._first[values["item_id"], values["fingerprint"]] = change
        self._inserts.append(
            {
                **values,
                "key_id": intake.key_id,
                "state": change.state,
                "decided_by": change.decided_by,
                "decided_basis": "",
                "present": True,
                "recurred": 0,
                "first_sweep": intake.sweep_id,
                "last_sweep": intake.sweep_id,
                "first_seen": intake.now,
                "last_seen": intake.now,
            }
        )

    def again(self, row: Row[Any], seen: Seen, may_stand: bool) -> None:
        """A value that was on this item before."""
        disposition = seen.finding.disposition
        change = seen_again(standing_of(row), disposition, may_stand, self.intake.today)
        self.update(row, _opinion(seen), change)

    def update(self, row: Row[Any], opinion: dict[str, Any], change: Change) -> None:
        """A finding that is still there, or again, with what is said of it now."""
        values = self._standing_after(row, change, present=True)
        self._judged.append(_parameters(row.id, values | opinion | self._sighting()))

    def gone(self, rows: Iterable[Row[Any]]) -> None:
        """Values that a successful reading did not find."""
        for row in rows:
            change = not_seen(standing_of(row))
            if change.moves or row.present:
                values = self._standing_after(row, change, present=False)
                self._moved.append(_parameters(row.id, values))

    def same(self, rows: Iterable[Row[Any]]) -> None:
        """Values of a page that has not changed since they were read on it."""
        for row in rows:
            if not row.present:
                continue
            self._unchanged.append(row.id)
            change = unchanged(standing_of(row))
            if change.moves:
                values = self._standing_after(row, change, present=True)
                self._moved.append(_parameters(row.id, values))

    def write(self, connection: Connection) -> None:
        """All of it, in a handful of statements."""
        self._write_new(connection)
        for updates in (self._judged, self._moved):
            if updates:
                connection.execute(_update(_FINDINGS, updates[0]), updates)
        for part in chunks(self._unchanged):
            statement = _FINDINGS.update().where(_FINDINGS.c.id.in_(part))
            connection.execute(statement.values(**self._sighting()))
        insert_rows(connection, _HISTORY, self._history)

    def _write_new(self, connection: Connection) -> None:
        columns = ("id", "item_id", "fingerprint")
        for row in insert_rows(connection, _FINDINGS, self._inserts, columns):
            self._record(row.id, self._first[row.item_id, row.fingerprint])

    def _sighting(self) -> dict[str, Any]:
        return {"last_sweep": self.intake.sweep_id, "last_seen": self.intake.now}

    def _standing_after(self, row: Row[Any], change: Change, *, present: bool) -> dict[str, Any]:
        self._record(row.id, change)
        deadline, expires = row.deadline, row.expires
        if change.moves and change.state is State.SUSPECTED:
            deadline = expires = None
        elif change.came_back:
            deadline = self.intake.today + self.intake.deadline
        return {
            "state": change.state,
            "decided_by": change.decided_by,
            "recurred": row.recurred + change.came_back,
            "deadline": deadline,
            "expires": expires,
            "present": present,
        }

    def _record(self, finding: int, change: Change) -> None:
        for move in change.moves:
            self._history.append(
                {
                    "finding_id": finding,
                    "at": self.intake.now,
                    "who": "",
                    "from_state": move.before,
                    "to_state": move.after,
                    "reason": move.reason,
                    "sweep_id": self.intake.sweep_id,
                }
            )


def standing_of(row: Row[Any]) -> Standing:
    """Where the finding of a row of `KNOWN` stands."""
    return Standing(State(row.state), row.decided_by, row.expires)


def _parameters(finding: int, values: dict[str, Any]) -> dict[str, Any]:
    return {"finding": finding, **{f"v_{name}": value for name, value in values.items()}}


def _update(table: Table, sample: dict[str, Any]) -> Any:
    names = [name for name in sample if name != "finding"]
    values: dict[str, Any] = {name.removeprefix("v_"): bindparam(name) for name in names}
    return table.update().where(table.c.id == bindparam("finding")).values(values)


def _opinion(seen: Seen) -> dict[str, Any]:
    """What the classifier says of the value now, with every text scrubbed."""
    finding, scrub = seen.finding, seen.entry.scrub
    return {
        "occurrences": seen.times,
        "where": finding.match.where,
        "location": scrub.location(finding),
        "disposition": finding.disposition,
        "rule": finding.rule,
        "basis": list(finding.basis),
        "evidence": [
            {"what": step.what, "words": scrub.own(finding, step.words, 200), "effect": step.effect}
            for step in finding.evidence[:_EVIDENCE_STEPS]
        ],
        "confidence": finding.confidence,
        "severity": finding.severity,
        "person": (finding.person or "")[:64],
        "context": scrub.own(finding, finding.context),
        "candidates": None
        if finding.candidates is None
        else min(finding.candidates, _MOST_CANDIDATES),
        "needs_review": finding.needs_review,
    }


def location_of(stored: dict[str, Any]) -> Location:
    """The location that `Scrubber.location` wrote down."""
    return Location(**stored)
