"""Sweeps: one at a time on a ledger, taken up again where a dead one stopped."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from scanner.errors import AuditError
from scanner.lang import tr
from scanner.ledger.hosts import Party, bury, is_living
from scanner.ledger.models import FrontierRow, SweepRow, WorkerRow
from scanner.ledger.owner import Owner
from scanner.ledger.sql import table_of
from scanner.ledger.states import SweepKind, SweepState

_SWEEPS = table_of(SweepRow)
_FRONTIER = table_of(FrontierRow)
_WORKERS = table_of(WorkerRow)

# An older half of a sweep says too little of today: a new one is begun. A re-check is never taken
# up again: what it fetched before it stopped may have been mended since.
RESUMED_WITHIN = timedelta(days=3)


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


@dataclass(frozen=True, slots=True)
class Start:
    """What is to be begun, and by whom."""

    kind: SweepKind
    scope: str
    engine: str
    owner: Owner
    join: bool = False  # take part in the one of the same scope and engine that is running


def start(connection: Connection, wanted: Start, now: datetime) -> Sweep:
    """Begin a sweep, or take up the unfinished one of the same scope and engine.

    Raises AuditError while another sweep is running.
    """
    kind, scope, engine, owner = wanted.kind, wanted.scope, wanted.engine, wanted.owner
    if connection.dialect.name == "postgresql":
        # Of two that start at the same moment the second waits, and then sees the first.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7250119)")
    running = connection.execute(
        select(_SWEEPS).where(_SWEEPS.c.state == SweepState.RUNNING).with_for_update()
    ).first()
    if running is not None:
        living = _living(connection, running, now)
        if living and wanted.join:
            return _join(connection, running, wanted, now)
        if living:
            raise _taken(running, living)
        interrupt(connection, running.id, now)
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
        _give_up(connection, row, now)  # what it left is fetched by the new one
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


def _give_up(connection: Connection, row: Row[Any], now: datetime) -> None:
    """Close an interrupted sweep for good; its coverage stays, and so does what it left unread.

    Of that a page may have told that now answers "not changed": see `seeding`. A re-check leaves
    nothing: the next one asks the ledger anew what is flagged.
    """
    rows = _FRONTIER.c.sweep_id == row.id
    if row.kind == SweepKind.SWEEP:
        rows &= _FRONTIER.c.state == "done"
    connection.execute(delete(_FRONTIER).where(rows))
    connection.execute(update(_SWEEPS).where(_SWEEPS.c.id == row.id).values(ended=now))


def _resume(connection: Connection, row: Row[Any], owner: Owner, now: datetime) -> Sweep:
    values = {"state": SweepState.RUNNING, "owner": str(owner), "heartbeat": now, "ended": None}
    connection.execute(update(_SWEEPS).where(_SWEEPS.c.id == row.id).values(values))
    again = connection.execute(select(_SWEEPS).where(_SWEEPS.c.id == row.id)).one()
    return sweep_of(again, resumed=True)


def _living(connection: Connection, row: Row[Any], now: datetime) -> str:
    """A process that works, or may work, on the running sweep; "" when all are dead."""
    if is_living(row.owner, row.heartbeat, now):
        return str(row.owner)
    workers = select(_WORKERS).where(_WORKERS.c.sweep_id == row.id).order_by(_WORKERS.c.owner)
    for worker in connection.execute(workers):
        if is_living(worker.owner, worker.heartbeat, now):
            return str(worker.owner)
    return ""


def _join(connection: Connection, row: Row[Any], wanted: Start, now: datetime) -> Sweep:
    """The running sweep, for one more worker. Raises AuditError where it is another one."""
    if (row.kind, row.scope, row.engine) != (wanted.kind, wanted.scope, wanted.engine):
        raise AuditError(
            tr(
                f"正在进行的第{row.id}次巡查用的是别的网站清单或规则，无法参加；"
                "请让各台机器使用同样的程序、配置和规则。",
                f"Sweep {row.id}, which is running, has other sites or rules and cannot be joined: "
                "give all machines the same program, configuration and rules.",
            )
        )
    Party(row.id, str(wanted.owner)).beat(connection, now)
    return sweep_of(row, resumed=True)


def refuse_running(connection: Connection, now: datetime) -> None:
    """Raises AuditError while a sweep is running."""
    running = connection.execute(
        select(_SWEEPS).where(_SWEEPS.c.state == SweepState.RUNNING)
    ).first()
    living = _living(connection, running, now) if running is not None else ""
    if running is not None and living:
        raise _taken(running, living)


def _taken(row: Row[Any], living: str) -> AuditError:
    other = Owner.parse(living)
    who = other.place.partition("/")[0] if other else living
    pid = other.pid if other else "?"
    return AuditError(
        tr(
            f"另一次巡查正在使用本台账（第{row.id}次，主机 {who}，进程 {pid}），"
            "请等它结束或先停止它；要一起巡查，请加 --join。",
            f"Another sweep is using this ledger (number {row.id}, host {who}, process "
            f"{pid}): wait for it to end, or stop it first; to take part in it, add --join.",
        )
    )


def leave(connection: Connection, sweep_id: int, owner: str, now: datetime) -> None:
    """End one worker. The last one that goes marks an unfinished sweep as stopped half way."""
    party = Party(sweep_id, owner)
    party.leave(connection, now)
    row = connection.execute(
        select(_SWEEPS.c.state).where(_SWEEPS.c.id == sweep_id).with_for_update()
    ).first()
    if row is not None and row.state == SweepState.RUNNING and not party.others(connection, now):
        interrupt(connection, sweep_id, now)


def interrupt(connection: Connection, sweep_id: int, now: datetime) -> None:
    """Mark a sweep as stopped half way: what was handed out by it waits to be fetched again."""
    workers = select(_WORKERS.c.owner).where(_WORKERS.c.sweep_id == sweep_id)
    bury(connection, sweep_id, list(connection.execute(workers).scalars()), now)
    connection.execute(
        update(_SWEEPS).where(_SWEEPS.c.id == sweep_id).values(state=SweepState.INTERRUPTED)
    )
    connection.execute(
        update(_FRONTIER)
        .where(_FRONTIER.c.sweep_id == sweep_id, _FRONTIER.c.state == "leased")
        .values(state="pending", owner=None, lease_until=None)
    )


def finish(connection: Connection, sweep_id: int, now: datetime) -> bool:
    """Mark a sweep as complete; False where another worker has done so.

    Raises AuditError while URLs are waiting or handed out.
    """
    state = connection.execute(
        select(_SWEEPS.c.state).where(_SWEEPS.c.id == sweep_id).with_for_update()
    ).scalar_one()
    if state == SweepState.FINISHED:
        return False
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
    connection.execute(delete(_WORKERS).where(_WORKERS.c.sweep_id == sweep_id))
    return True
