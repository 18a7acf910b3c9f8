"""Rows of findings and of their history that a batch adds or changes, written some thousands at a
time: a file may bring 400,000."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam

from scanner.ledger.batch import Intake, Taken
from scanner.ledger.models import FindingRow, HistoryRow
from scanner.ledger.observe import Change, Standing, first_seen, not_seen, seen_again, unchanged
from scanner.ledger.sql import chunks, insert_rows, table_of
from scanner.ledger.states import State
from scanner.model import Finding

_FINDINGS = table_of(FindingRow)
_HISTORY = table_of(HistoryRow)
_MOST_HELD = 4000  # rows of findings that are collected before they are written
_EVIDENCE_STEPS = 40
_MOST_CANDIDATES = 2**62
_NAMES = ("id", "item_id", "fingerprint", "key_id", "kind", "state", "decided_by", "recurred")
KNOWN = tuple(_FINDINGS.c[name] for name in (*_NAMES, "expires", "deadline", "present"))


@dataclass(frozen=True, slots=True)
class Seen:
    """One value of one item in this reading, however often it stands there."""

    entry: Taken
    finding: Finding
    times: int


class FindingChanges:
    """Collects the rows of one batch, so that they are written in a handful of statements."""

    def __init__(self, intake: Intake, connection: Connection) -> None:
        self.intake = intake
        self._connection = connection
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
        self._make_room()

    def again(self, row: Row[Any], seen: Seen, may_stand: bool) -> None:
        """A value that was on this item before."""
        disposition = seen.finding.disposition
        change = seen_again(standing_of(row), disposition, may_stand, self.intake.today)
        self.update(row, _opinion(seen), change)

    def update(self, row: Row[Any], opinion: dict[str, Any], change: Change) -> None:
        """A finding that is still there, or again, with what is said of it now."""
        values = self._standing_after(row, change, present=True)
        self._judged.append(_parameters(row.id, values | opinion | self._sighting()))
        self._make_room()

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

    def _make_room(self) -> None:
        if len(self._inserts) + len(self._judged) >= _MOST_HELD:
            self.write()

    def write(self) -> None:
        """All that was collected, in a handful of statements."""
        connection = self._connection
        self._write_new(connection)
        for updates in (self._judged, self._moved):
            if updates:
                connection.execute(_update(_FINDINGS, updates[0]), updates)
        for part in chunks(self._unchanged):
            statement = _FINDINGS.update().where(_FINDINGS.c.id.in_(part))
            connection.execute(statement.values(**self._sighting()))
        insert_rows(connection, _HISTORY, self._history)
        self._first.clear()
        for held in (self._inserts, self._judged, self._moved, self._history, self._unchanged):
            held.clear()

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
