"""The local allow-list: values that may be published here, by keyed hash, with reason and term."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from scanner.errors import AuditError
from scanner.lang import tr
from scanner.ledger.decisions import add_history
from scanner.ledger.models import AllowanceRow, FindingRow
from scanner.ledger.sql import chunks, table_of
from scanner.ledger.states import BY_ALLOWANCE, BY_CLASSIFIER, State
from scanner.ledger.texts import Scrubber

_ALLOWANCES = table_of(AllowanceRow)
_FINDINGS = table_of(FindingRow)
_PLAIN = Scrubber(())


@dataclass(frozen=True, slots=True)
class Allowance:
    """One value that may be published, with its reason. The value itself is not kept."""

    id: int
    value_hash: str
    kind: str
    masked: str
    reason: str
    basis: str
    who: str
    added: datetime
    expires: date | None
    revoked: bool


@dataclass(frozen=True, slots=True)
class NewAllowance:
    """An entry to be added. `value_hash`: `Keyring.value_hash(kind, value)`."""

    value_hash: str
    kind: str
    masked: str
    reason: str
    basis: str
    who: str
    expires: date | None = None


def allowed_hashes(
    connection: Connection, value_hashes: Collection[str], key_id: str, on: date
) -> set[tuple[str, str]]:
    """Which of the values may stand on that day, its last included, as (kind, hash)."""
    allowed: set[tuple[str, str]] = set()
    for part in chunks(sorted(value_hashes)):
        rows = connection.execute(
            select(_ALLOWANCES.c.kind, _ALLOWANCES.c.value_hash)
            .where(_ALLOWANCES.c.value_hash.in_(part), _ALLOWANCES.c.key_id == key_id)
            .where(_ALLOWANCES.c.revoked.is_(False))
            .where(_ALLOWANCES.c.expires.is_(None) | (_ALLOWANCES.c.expires >= on))
        )
        allowed.update((row.kind, row.value_hash) for row in rows)
    return allowed


def allow(
    connection: Connection, entry: NewAllowance, key_id: str, now: datetime, today: date
) -> int:
    """Add an entry and keep every open finding of that value; the entry's id.

    Raises AuditError without reason, basis or person, or with a term that has passed.
    """
    _check(entry, today)
    inserted = connection.execute(
        _ALLOWANCES.insert()
        .values(
            value_hash=entry.value_hash,
            key_id=key_id,
            kind=entry.kind,
            masked=entry.masked,
            reason=_PLAIN.text(entry.reason),
            basis=_PLAIN.text(entry.basis),
            who=entry.who.strip(),
            added=now,
            expires=entry.expires,
            revoked=False,
        )
        .returning(_ALLOWANCES.c.id)
    ).scalar_one()
    rows = connection.execute(
        select(_FINDINGS)
        .where(_FINDINGS.c.value_hash == entry.value_hash, _FINDINGS.c.kind == entry.kind)
        .where(_FINDINGS.c.state.in_((State.SUSPECTED, State.OUTSTANDING)))
        .with_for_update()
    ).all()
    _move(connection, rows, State.KEPT, BY_ALLOWANCE, "allowed", entry.who.strip(), now)
    return int(inserted)


def _check(entry: NewAllowance, today: date) -> None:
    if not (entry.reason.strip() and entry.basis.strip() and entry.who.strip()):
        raise AuditError(
            tr("放行必须写明理由、依据和经办人。", "An allowance needs reason, basis and person.")
        )
    if entry.who.strip() in (BY_ALLOWANCE, BY_CLASSIFIER):
        raise AuditError(tr("经办人应为人名。", "The person must be named."))
    if entry.expires is not None and entry.expires < today:
        raise AuditError(
            tr(
                f"放行期限 {entry.expires} 已过，请填今天或以后的日期。",
                f"The term {entry.expires} has passed: give today's date or a later one.",
            )
        )


def revoke(connection: Connection, allowance: int, who: str, now: datetime, today: date) -> int:
    """Withdraw an entry; how many findings came back by it."""
    row = connection.execute(
        _ALLOWANCES.update()
        .where(_ALLOWANCES.c.id == allowance, _ALLOWANCES.c.revoked.is_(False))
        .values(revoked=True)
        .returning(_ALLOWANCES.c.kind, _ALLOWANCES.c.value_hash)
    ).first()
    if row is None:
        raise AuditError(
            tr(f"没有第{allowance}号放行记录。", f"There is no allowance number {allowance}.")
        )
    same = (_FINDINGS.c.kind == row.kind) & (_FINDINGS.c.value_hash == row.value_hash)
    return _bring_back(connection, same, today, ("revoked", who.strip()), now)


def expire(connection: Connection, now: datetime, today: date) -> int:
    """Bring back to 疑似 what was kept until a day that has passed; how many findings.

    Only values that the last reading still found: what is gone needs no decision.
    """
    back = _bring_back(connection, _FINDINGS.c.id.is_not(None), today, ("expired", ""), now)
    rows = connection.execute(
        select(_FINDINGS)
        .where(_FINDINGS.c.state == State.KEPT, _FINDINGS.c.expires < today)
        .where(_FINDINGS.c.present.is_(True))
        .with_for_update()
    ).all()
    _move(connection, rows, State.SUSPECTED, "", "expired", "", now)
    return back + len(rows)


def _bring_back(
    connection: Connection,
    which: ColumnElement[bool],
    today: date,
    why: tuple[str, str],
    now: datetime,
) -> int:
    """Findings kept by an allowance that no longer holds: they are suspected again."""
    kept = connection.execute(
        select(_FINDINGS)
        .where(_FINDINGS.c.state == State.KEPT, _FINDINGS.c.decided_by == BY_ALLOWANCE, which)
        .where(_FINDINGS.c.present.is_(True))
        .with_for_update()
    ).all()
    allowed: set[tuple[str, str, str]] = set()
    for key_id in {row.key_id for row in kept}:
        hashes = {row.value_hash for row in kept if row.key_id == key_id}
        found = allowed_hashes(connection, hashes, key_id, today)
        allowed.update((key_id, *pair) for pair in found)
    back = [row for row in kept if (row.key_id, row.kind, row.value_hash) not in allowed]
    _move(connection, back, State.SUSPECTED, "", why[0], why[1], now)
    return len(back)


def _move(  # noqa: PLR0913, PLR0917 - one line of history
    connection: Connection,
    rows: Sequence[Row[Any]],
    state: State,
    by: str,
    reason: str,
    who: str,
    now: datetime,
) -> None:
    values = {"state": state, "decided_by": by, "deadline": None, "expires": None}
    for part in chunks([row.id for row in rows]):
        connection.execute(_FINDINGS.update().where(_FINDINGS.c.id.in_(part)).values(values))
    add_history(connection, [(row, state, reason) for row in rows], who, now)


def listed(connection: Connection, *, revoked: bool = False) -> Iterable[Allowance]:
    """The entries, oldest first; withdrawn ones only if asked."""
    query = select(_ALLOWANCES).order_by(_ALLOWANCES.c.id)
    if not revoked:
        query = query.where(_ALLOWANCES.c.revoked.is_(False))
    for row in connection.execute(query):
        values = row._asdict()
        del values["key_id"]
        yield Allowance(**values)
