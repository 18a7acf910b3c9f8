"""Sweeps: one at a time on a ledger, taken up again where a dead one stopped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, func, select, update

from scanner.errors import AuditError
from scanner.lang import tr
from scanner.ledger.models import CoverageRow, FindingRow, FrontierRow, ItemRow, SweepRow
from scanner.ledger.owner import Owner
from scanner.ledger.sql import table_of
from scanner.ledger.states import SweepKind, SweepState
from scanner.model import Outcome

_SWEEPS = table_of(SweepRow)
_FRONTIER = table_of(FrontierRow)

# An owner on another machine cannot be looked at: it counts as dead after this silence.
SILENCE = timedelta(minutes=3)
# An older half of a sweep says too little of today: a new one is begun. A re-check is never taken
# up again: what it fetched before it stopped may have been mended since.
RESUMED_WITHIN = timedelta(days=3)
# How long a page that answered 404 or 410, and never held a finding, is still asked for.
GONE_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Sweep:
    """One sweep or re-check."""

    id: int
    kind: SweepKind
    scope: str
    engine: str
    state: SweepState
    started: datetime
    ended: datetime | None
    resumed: bool = False  # it was begun before, and stopped


def sweep_of(row: Row[Any], resumed: bool = False) -> Sweep:
    """The sweep of a row of the table."""
    return Sweep(
        row.id,
        SweepKind(row.kind),
        row.scope,
        row.engine,
        SweepState(row.state),
        row.started,
        row.ended,
        resumed,
    )


def start(
    connection: Connection, kind: SweepKind, scope: str, engine: str, owner: Owner, now: datetime
) -> Sweep:
    """Begin a sweep, or take up the unfinished one of the same scope and engine.

    Raises AuditError while another sweep is running.
    """
    if connection.dialect.name == "postgresql":
        # Of two that start at the same moment the second waits, and then sees the first.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7250119)")
    running = connection.execute(
        select(_SWEEPS).where(_SWEEPS.c.state == SweepState.RUNNING).with_for_update()
    ).first()
    if running is not None:
        _refuse_living(running, now)
        interrupt(connection, running.id)
    unfinished = connection.execute(
        select(_SWEEPS)
        .where(_SWEEPS.c.state == SweepState.INTERRUPTED, _SWEEPS.c.kind == kind)
        .where(_SWEEPS.c.scope == scope, _SWEEPS.c.ended.is_(None))
        .order_by(_SWEEPS.c.id.desc())
    ).all()
    for row in unfinished:
        is_recent = now - row.heartbeat <= RESUMED_WITHIN
        if kind is SweepKind.SWEEP and row.engine == engine and is_recent:
            return _resume(connection, row, owner, now)
        _give_up(connection, row.id, now)  # what it left is fetched by the new one
    return _begin(connection, kind, scope, engine, owner, now)


def _begin(
    connection: Connection, kind: SweepKind, scope: str, engine: str, owner: Owner, now: datetime
) -> Sweep:
    row = connection.execute(
        _SWEEPS.insert()
        .values(
            kind=kind,
            scope=scope,
            engine=engine,
            state=SweepState.RUNNING,
            owner=str(owner),
            started=now,
            heartbeat=now,
        )
        .returning(*_SWEEPS.c)
    ).one()
    return sweep_of(row)


def _give_up(connection: Connection, sweep_id: int, now: datetime) -> None:
    """Close an interrupted sweep for good; its coverage stays, its frontier goes."""
    connection.execute(delete(_FRONTIER).where(_FRONTIER.c.sweep_id == sweep_id))
    connection.execute(update(_SWEEPS).where(_SWEEPS.c.id == sweep_id).values(ended=now))


def _resume(connection: Connection, row: Row[Any], owner: Owner, now: datetime) -> Sweep:
    values = {"state": SweepState.RUNNING, "owner": str(owner), "heartbeat": now, "ended": None}
    connection.execute(update(_SWEEPS).where(_SWEEPS.c.id == row.id).values(values))
    again = connection.execute(select(_SWEEPS).where(_SWEEPS.c.id == row.id)).one()
    return sweep_of(again, resumed=True)


def _refuse_living(row: Row[Any], now: datetime) -> None:
    """Raise when the sweep's owner lives, or may live."""
    other = Owner.parse(row.owner)
    alive = other.is_alive() if other else None
    if alive is None:
        alive = now - row.heartbeat < SILENCE
    if alive:
        who = other.place.partition("/")[0] if other else row.owner
        pid = other.pid if other else "?"
        raise AuditError(
            tr(
                f"另一次巡查正在使用本台账（第{row.id}次，主机 {who}，进程 {pid}），"
                "请等它结束或先停止它。",
                f"Another sweep is using this ledger (number {row.id}, host {who}, process "
                f"{pid}): wait for it to end, or stop it first.",
            )
        )


def interrupt(connection: Connection, sweep_id: int) -> None:
    """Mark a sweep as stopped half way: what was handed out by it waits to be fetched again."""
    connection.execute(
        update(_SWEEPS).where(_SWEEPS.c.id == sweep_id).values(state=SweepState.INTERRUPTED)
    )
    connection.execute(
        update(_FRONTIER)
        .where(_FRONTIER.c.sweep_id == sweep_id, _FRONTIER.c.state == "leased")
        .values(state="pending", owner=None, lease_until=None)
    )


def finish(connection: Connection, sweep_id: int, now: datetime) -> None:
    """Mark a sweep as complete. Raises AuditError while URLs are waiting or handed out."""
    open_urls = connection.execute(
        select(func.count())
        .select_from(_FRONTIER)
        .where(_FRONTIER.c.sweep_id == sweep_id, _FRONTIER.c.state != "done")
    ).scalar_one()
    if open_urls:
        raise AuditError(
            tr(
                f"第{sweep_id}次巡查还有 {open_urls} 个网址没有处理，不能算完成，"
                "请重新执行同一命令。",
                f"Sweep {sweep_id} still has {open_urls} addresses to fetch and is not complete: "
                "run the same command again.",
            )
        )
    connection.execute(delete(_FRONTIER).where(_FRONTIER.c.sweep_id == sweep_id))
    connection.execute(
        update(_SWEEPS)
        .where(_SWEEPS.c.id == sweep_id)
        .values(state=SweepState.FINISHED, ended=now, heartbeat=now)
    )


class KnownUrl(NamedTuple):
    """A URL of an earlier sweep."""

    url: str
    parent_url: str
    depth: int
    is_attachment: bool
    is_list_page: bool


def known_urls(connection: Connection, now: datetime) -> Iterator[KnownUrl]:
    """Every URL that a new sweep has to ask for again, whether or not a page still links to it.

    A page that answers "not changed" shows no links, and an attachment lives on when the page
    that linked to it is gone.
    """
    items, findings = table_of(ItemRow), table_of(FindingRow)
    with_findings = select(findings.c.item_id).distinct()
    query = (
        select(*(items.c[name] for name in KnownUrl._fields))
        .where(
            items.c.gone_at.is_(None)
            | (items.c.gone_at > now - GONE_FOR)
            | items.c.id.in_(with_findings)
        )
        .order_by(items.c.id)
    )
    for row in connection.execute(query.execution_options(yield_per=2_000)):
        yield KnownUrl(*row)
    yield from _skipped_before(connection)


def _skipped_before(connection: Connection) -> Iterator[KnownUrl]:
    """What the last sweep skipped has no item, but belongs into the coverage of every sweep."""
    coverage = table_of(CoverageRow)
    last = (
        select(func.max(_SWEEPS.c.id))
        .where(_SWEEPS.c.kind == SweepKind.SWEEP, _SWEEPS.c.state == SweepState.FINISHED)
        .scalar_subquery()
    )
    query = select(*(coverage.c[name] for name in KnownUrl._fields)).where(
        coverage.c.sweep_id == last, coverage.c.outcome == Outcome.SKIPPED
    )
    for row in connection.execute(query.execution_options(yield_per=2_000)):
        yield KnownUrl(*row)
