"""What people decide: verdicts, reports of the units, and taking a decision back."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from scanner.errors import AuditError
from scanner.lang import tr
from scanner.ledger.models import FindingRow, HistoryRow, VerdictRow
from scanner.ledger.sql import chunks, table_of
from scanner.ledger.states import BY_ALLOWANCE, BY_CLASSIFIER, DECIDABLE, DECIDED, State
from scanner.ledger.texts import Scrubber
from scanner.model import Decision

_FINDINGS = table_of(FindingRow)
_HISTORY = table_of(HistoryRow)
_VERDICTS = table_of(VerdictRow)
REPORTED = "rectified"  # the unit says that it has mended the page
UNDO = "undo"
_RESTORED = ("state", "decided_by", "decided_basis", "deadline", "expires")
_PLAIN = Scrubber(())  # reasons that people type may hold numbers too


@dataclass(frozen=True, slots=True)
class Stroke:
    """One act of a person, on one or many findings."""

    decision: str
    target: State
    who: str
    basis: str
    reason: str
    expires: date | None
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What one stroke did: its batch number for an undo, and the ids of the findings."""

    batch: str
    findings: tuple[int, ...]


def stroke_of(  # noqa: PLR0913 - each by name
    decision: Decision,
    *,
    who: str,
    basis: str,
    reason: str,
    expires: date | None,
    deadline: date,
    today: date,
) -> Stroke:
    """A reviewer's decision, checked. Raises AuditError for one that cannot stand."""
    if decision is Decision.LAWFUL and not basis.strip():
        raise AuditError(
            tr(
                "依法保留必须写明依据，请选择一条例外规则。",
                "Keeping a value needs its legal basis: choose one of the exceptions.",
            )
        )
    if expires is not None and decision is not Decision.LAWFUL:
        raise AuditError(tr("只有依法保留可以设期限。", "Only keeping a value can have a term."))
    if expires is not None and expires < today:
        raise AuditError(
            tr(
                f"保留期限 {expires} 已过，请填今天或以后的日期。",
                f"The term {expires} has passed: give today's date or a later one.",
            )
        )
    is_leak = decision is Decision.LEAK
    return Stroke(
        decision,
        DECIDED[decision],
        _person(who),
        basis.strip(),
        _PLAIN.text(reason),
        expires,
        deadline if is_leak else None,
    )


def reported(who: str, reason: str) -> Stroke:
    """The unit's word that the page is mended; only a re-fetch verifies it."""
    return Stroke(REPORTED, State.RECTIFIED, _person(who), "", _PLAIN.text(reason), None, None)


def _person(who: str) -> str:
    name = who.strip()
    if not name or name in (BY_CLASSIFIER, BY_ALLOWANCE):
        raise AuditError(tr("请写明是谁作的决定（--who）。", "Say who decides (--who)."))
    return name


def decide(
    connection: Connection, targets: Iterable[int | str], stroke: Stroke, now: datetime
) -> Decided:
    """Apply one stroke to findings given by id or by fingerprint: to all of them or to none."""
    wanted = list(dict.fromkeys(targets))
    rows = _rows(connection, wanted)
    missing = set(wanted) - {row.id for row in rows} - {row.fingerprint for row in rows}
    if missing or not rows:
        shown = ", ".join(str(one)[:16] for one in sorted(missing, key=str)[:3]) or "—"
        raise AuditError(
            tr(f"台账中没有这条记录：{shown}。", f"The ledger has no such finding: {shown}.")
        )
    legal = DECIDABLE if stroke.decision != REPORTED else frozenset({State.OUTSTANDING})
    for row in rows:
        if State(row.state) not in legal:
            raise _illegal(row, stroke)
    return _apply(connection, rows, stroke, now)


def _rows(connection: Connection, targets: Sequence[int | str]) -> list[Row[Any]]:
    ids = [one for one in targets if isinstance(one, int)]
    prints = [one for one in targets if isinstance(one, str)]
    rows: dict[int, Row[Any]] = {}
    conditions: list[ColumnElement[bool]] = [_FINDINGS.c.id.in_(part) for part in chunks(ids)]
    conditions += [_FINDINGS.c.fingerprint.in_(part) for part in chunks(prints)]
    for condition in conditions:
        query = select(_FINDINGS).where(condition).order_by(_FINDINGS.c.id).with_for_update()
        rows.update({row.id: row for row in connection.execute(query)})
    return list(rows.values())


def _illegal(row: Row[Any], stroke: Stroke) -> AuditError:
    state = State(row.state)
    return AuditError(
        tr(
            f"第{row.id}条现为“{state.label}”，不能改为“{stroke.target.label}”。",
            f"Finding {row.id} is '{state.label}' and cannot become '{stroke.target.label}'.",
        )
    )


def _apply(
    connection: Connection, rows: Sequence[Row[Any]], stroke: Stroke, now: datetime
) -> Decided:
    batch = secrets.token_hex(16)
    values: dict[str, Any] = {"state": stroke.target}
    if stroke.decision != REPORTED:
        values |= {
            "decided_by": stroke.who,
            "decided_basis": stroke.basis,
            "deadline": stroke.deadline,
            "expires": stroke.expires,
        }
    for part in chunks([row.id for row in rows]):
        connection.execute(_FINDINGS.update().where(_FINDINGS.c.id.in_(part)).values(values))
    verdicts = [_verdict(row, stroke, batch, now) for row in rows]
    connection.execute(_VERDICTS.insert(), verdicts)
    reason = stroke.reason or stroke.basis or stroke.decision
    add_history(connection, [(row, stroke.target, reason) for row in rows], stroke.who, now)
    return Decided(batch, tuple(row.id for row in rows))


def _verdict(row: Row[Any], stroke: Stroke, batch: str, now: datetime) -> dict[str, Any]:
    return {
        "batch": batch,
        "finding_id": row.id,
        "decision": stroke.decision,
        "who": stroke.who,
        "basis": stroke.basis,
        "reason": stroke.reason,
        "expires": stroke.expires,
        "at": now,
        "state_after": stroke.target,
        "before": {name: _plain(getattr(row, name)) for name in _RESTORED},
        "undoes": None,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def add_history(
    connection: Connection,
    moves: Iterable[tuple[Row[Any], State, str]],
    who: str,
    now: datetime,
) -> None:
    """Append one line a finding: its state so far, the new one, and why."""
    lines = [
        {
            "finding_id": row.id,
            "at": now,
            "who": who,
            "from_state": row.state,
            "to_state": state,
            "reason": reason,
        }
        for row, state, reason in moves
    ]
    if lines:
        connection.execute(_HISTORY.insert(), lines)


def undo(connection: Connection, *, batch: str, who: str, now: datetime) -> Decided:
    """Take back one stroke: that of `batch`, or else the last one of `who` not yet taken back."""
    name = _person(who)
    verdicts = _strokes(connection, batch or _last_batch(connection, name))
    rows = {row.id: row for row in _rows(connection, [v.finding_id for v in verdicts])}
    for verdict in verdicts:
        row = rows[verdict.finding_id]
        if row.state != verdict.state_after:
            raise AuditError(
                tr(
                    f"第{row.id}条在此之后又变为“{State(row.state).label}”，不能撤销。",
                    f"Finding {row.id} has become '{State(row.state).label}' since: "
                    "the decision can no longer be taken back.",
                )
            )
    return _take_back(connection, verdicts, rows, name, now)


def _last_batch(connection: Connection, who: str) -> str:
    undone = select(_VERDICTS.c.undoes).where(_VERDICTS.c.undoes.is_not(None))
    found = connection.execute(
        select(_VERDICTS.c.batch)
        .where(_VERDICTS.c.who == who, _VERDICTS.c.decision != UNDO)
        .where(_VERDICTS.c.batch.not_in(undone))
        .order_by(_VERDICTS.c.id.desc())
        .limit(1)
    ).scalar()
    if found is None:
        raise AuditError(tr("没有可以撤销的决定。", "There is no decision to take back."))
    return str(found)


def _strokes(connection: Connection, batch: str) -> list[Row[Any]]:
    rows = connection.execute(
        select(_VERDICTS).where(_VERDICTS.c.batch == batch).order_by(_VERDICTS.c.id)
    ).all()
    undone = connection.execute(select(_VERDICTS.c.id).where(_VERDICTS.c.undoes == batch)).first()
    if not rows or undone is not None or rows[0].decision == UNDO:
        raise AuditError(tr("没有可以撤销的决定。", "There is no decision to take back."))
    return list(rows)


def _take_back(
    connection: Connection,
    verdicts: Sequence[Row[Any]],
    rows: dict[int, Row[Any]],
    who: str,
    now: datetime,
) -> Decided:
    batch = secrets.token_hex(16)
    updates: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    for verdict in verdicts:
        before = {**verdict.before}
        for name in ("deadline", "expires"):
            before[name] = before[name] and date.fromisoformat(before[name])
        updates.append({"finding": verdict.finding_id} | {f"v_{k}": v for k, v in before.items()})
        row = rows[verdict.finding_id]
        stroke = Stroke(UNDO, State(before["state"]), who, "", "", None, None)
        entries.append(_verdict(row, stroke, batch, now) | {"undoes": verdict.batch})
    restored: dict[str, Any] = {name: bindparam(f"v_{name}") for name in _RESTORED}
    connection.execute(
        _FINDINGS.update().where(_FINDINGS.c.id == bindparam("finding")).values(restored), updates
    )
    connection.execute(_VERDICTS.insert(), entries)
    moves = [(rows[v.finding_id], State(v.before["state"]), UNDO) for v in verdicts]
    add_history(connection, moves, who, now)
    return Decided(batch, tuple(rows))
