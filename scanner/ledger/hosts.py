"""Which worker may ask which host: one at a time, over all processes and machines.

A host belongs to the worker that leases URLs of it until all of these are committed or given back,
and for the delay between two requests after that. So the pace of a host is kept by one process,
and nobody else asks it meanwhile. The table is locked row by row (`SKIP LOCKED`), for the moment
of handing out URLs only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Exists, case, exists, func, select, update

from scanner.ledger.models import FrontierRow, HostRow, WorkerRow
from scanner.ledger.owner import Owner
from scanner.ledger.sql import insert_rows, table_of

_HOSTS = table_of(HostRow)
_WORKERS = table_of(WorkerRow)
_FRONTIER = table_of(FrontierRow)

# A worker on another machine cannot be looked at: it counts as dead after this silence.
SILENCE = timedelta(minutes=3)
_MOST_HOSTS = 100  # handed out in one go


@dataclass(frozen=True, slots=True)
class Party:
    """One worker of one sweep."""

    sweep_id: int
    owner: str

    # who takes part

    def beat(self, connection: Connection, now: datetime) -> bool:
        """Say that this worker lives; False where it was not known as one."""
        values = {"sweep_id": self.sweep_id, "heartbeat": now}
        me = _WORKERS.c.owner == self.owner
        if connection.execute(update(_WORKERS).where(me).values(values)).rowcount:
            return True
        insert_rows(connection, _WORKERS, [{"owner": self.owner, **values}], skip_known=True)
        return False

    def others(self, connection: Connection, now: datetime) -> list[str]:
        """The other workers of the sweep that live."""
        rows = connection.execute(
            select(_WORKERS.c.owner, _WORKERS.c.heartbeat).where(
                _WORKERS.c.sweep_id == self.sweep_id, _WORKERS.c.owner != self.owner
            )
        )
        return [row.owner for row in rows if is_living(row.owner, row.heartbeat, now)]

    def leave(self, connection: Connection, free_at: datetime) -> None:
        """Take part no more: what was handed out goes back, hosts are free from `free_at` on."""
        bury(connection, self.sweep_id, [self.owner], free_at)

    def bury_the_dead(self, connection: Connection, now: datetime, free_at: datetime) -> None:
        """Take back what workers hold that have died."""
        held = select(_HOSTS.c.owner).where(_HOSTS.c.free_at > now)
        leased = select(_FRONTIER.c.owner).where(
            _FRONTIER.c.sweep_id == self.sweep_id, _FRONTIER.c.state == "leased"
        )
        holders = set(connection.execute(held.union(leased)).scalars())
        holders -= {None, self.owner, *self.others(connection, now)}
        if holders:
            bury(connection, self.sweep_id, sorted(holders), free_at)

    # hosts

    def take(self, connection: Connection, now: datetime, until: datetime, limit: int) -> list[str]:
        """Up to `limit` hosts with waiting URLs, for this worker alone, longest unserved first."""
        mine = (_HOSTS.c.owner == self.owner) & (_HOSTS.c.free_at > now)
        free = (_HOSTS.c.owner == self.owner) | _HOSTS.c.free_at.is_(None)
        free |= _HOSTS.c.free_at <= now
        room = limit
        others = len(self.others(connection, now))
        if others:
            held = list(connection.execute(select(_HOSTS.c.host).where(mine)).scalars())
            share = self._share(connection, now, others + 1)
            # What is over our share is not asked for more, so that it comes free for the others.
            free &= _HOSTS.c.host.not_in(sorted(held)[share:])
            room = max(0, share - len(held))
        query = (
            select(_HOSTS.c.host, case((mine, True), else_=False).label("mine"))
            .where(free, self._has_waiting())
            .order_by(_HOSTS.c.served.is_not(None), _HOSTS.c.served, _HOSTS.c.host)
            .limit(min(limit, _MOST_HOSTS))
            .with_for_update(skip_locked=True)
        )
        hosts: list[str] = []
        for row in connection.execute(query):
            if row.mine or room > 0:
                room -= not row.mine
                hosts.append(row.host)
        connection.execute(
            update(_HOSTS)
            .where(_HOSTS.c.host.in_(hosts))
            .values(owner=self.owner, free_at=until, served=now)
        )
        return hosts

    def _has_waiting(self) -> Exists:
        return exists().where(
            _FRONTIER.c.sweep_id == self.sweep_id,
            _FRONTIER.c.state == "pending",
            _FRONTIER.c.host == _HOSTS.c.host,
        )

    def _share(self, connection: Connection, now: datetime, workers: int) -> int:
        """How many hosts each worker may hold, so that all have work."""
        held: ColumnElement[bool] = _HOSTS.c.free_at > now
        count = connection.execute(
            select(func.count()).select_from(_HOSTS).where(held | self._has_waiting())
        ).scalar_one()
        return max(1, -(-count // workers))

    def rest(self, connection: Connection, free_at: Mapping[str, datetime]) -> None:
        """Hosts of this worker of which it has nothing in hand: others may ask them from then."""
        for host in sorted(free_at):
            connection.execute(
                update(_HOSTS)
                .where(_HOSTS.c.host == host, _HOSTS.c.owner == self.owner)
                .values(free_at=free_at[host])
            )


def is_living(owner: str, heartbeat: datetime, now: datetime) -> bool:
    """Whether a worker lives, or may live."""
    other = Owner.parse(owner)
    alive = other.is_alive() if other else None
    return now - heartbeat < SILENCE if alive is None else alive


def bury(connection: Connection, sweep_id: int, owners: Sequence[str], free_at: datetime) -> None:
    """End workers: their URLs wait again, their hosts are free from `free_at` on."""
    connection.execute(
        update(_FRONTIER)
        .where(_FRONTIER.c.sweep_id == sweep_id, _FRONTIER.c.state == "leased")
        .where(_FRONTIER.c.owner.in_(owners))
        .values(state="pending", owner=None, lease_until=None)
    )
    connection.execute(
        update(_HOSTS)
        .where(_HOSTS.c.owner.in_(owners))
        # One that rests already is free when it was said to be.
        .values(
            owner=None, free_at=case((_HOSTS.c.free_at < free_at, _HOSTS.c.free_at), else_=free_at)
        )
    )
    connection.execute(_WORKERS.delete().where(_WORKERS.c.owner.in_(owners)))


def add_hosts(connection: Connection, hosts: Iterable[str]) -> None:
    """Hosts that the ledger may not know yet."""
    insert_rows(connection, _HOSTS, [{"host": host} for host in sorted(hosts)], skip_known=True)
