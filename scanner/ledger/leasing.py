"""Which URLs of the frontier are handed out next, and what their leases say."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, zip_longest

from sqlalchemy import Connection, select, union_all, update

from scanner.ledger.models import FrontierRow, ItemRow
from scanner.ledger.sql import table_of
from scanner.ledger.states import SweepKind
from scanner.ledger.sweeps import Sweep
from scanner.model import Lease, Outcome

_FRONTIER = table_of(FrontierRow)
_ITEMS = table_of(ItemRow)
_CONDITIONAL = (Outcome.SCANNED, Outcome.PARTLY_READ, Outcome.NOT_READ)


def take_back(connection: Connection, sweep_id: int, now: datetime) -> None:
    """URLs whose lease has run out wait again."""
    connection.execute(
        update(_FRONTIER)
        .where(_FRONTIER.c.sweep_id == sweep_id, _FRONTIER.c.state == "leased")
        .where(_FRONTIER.c.lease_until < now)
        .values(state="pending", owner=None, lease_until=None)
    )


def take_back_lost(connection: Connection, sweep_id: int, owner: str, in_hand: set[bytes]) -> None:
    """URLs leased to `owner` that it does not know of wait again.

    The connection broke after the server had committed the lease, and before we heard of it.
    """
    leased = connection.execute(
        select(_FRONTIER.c.id, _FRONTIER.c.url_key).where(
            _FRONTIER.c.sweep_id == sweep_id,
            _FRONTIER.c.state == "leased",
            _FRONTIER.c.owner == owner,
        )
    )
    lost = [row.id for row in leased if bytes(row.url_key) not in in_hand]
    connection.execute(
        update(_FRONTIER)
        .where(_FRONTIER.c.id.in_(lost))
        .values(state="pending", owner=None, lease_until=None)
    )


def next_of(connection: Connection, sweep_id: int, hosts: Sequence[str], limit: int) -> list[int]:
    """Ids of up to `limit` waiting URLs of `hosts`, which take turns."""
    if not hosts:
        return []
    parts = [
        select(
            select(_FRONTIER.c.id, _FRONTIER.c.host, _FRONTIER.c.turn)
            .where(_FRONTIER.c.sweep_id == sweep_id, _FRONTIER.c.state == "pending")
            .where(_FRONTIER.c.host == host)
            .order_by(_FRONTIER.c.turn, _FRONTIER.c.id)
            .limit(limit)
            .subquery()
        )
        for host in hosts
    ]
    waiting: dict[str, list[int]] = {host: [] for host in hosts}
    for row in connection.execute(union_all(*parts)):
        waiting[row.host].append(row.id)
    rounds = zip_longest(*waiting.values())
    return [one for one in chain.from_iterable(rounds) if one is not None][:limit]


def leases_of(connection: Connection, sweep: Sweep, ids: Sequence[int]) -> list[Lease]:
    """The leases of rows of the frontier, in the order of `ids`."""
    query = (
        select(
            *_FRONTIER.c,
            _ITEMS.c.etag,
            _ITEMS.c.last_modified,
            _ITEMS.c.content_hash,
            _ITEMS.c.stable_hash,
            _ITEMS.c.engine,
            _ITEMS.c.outcome,
        )
        .outerjoin(_ITEMS, _ITEMS.c.url_key == _FRONTIER.c.url_key)
        .where(_FRONTIER.c.id.in_(ids))
    )
    leases = {}
    for row in connection.execute(query):
        # A re-check looks for itself, and new rules have to read everything again.
        conditional = (
            sweep.kind is SweepKind.SWEEP
            and row.outcome in _CONDITIONAL
            and row.engine == sweep.engine
        )
        leases[row.id] = Lease(
            row.url,
            row.parent,
            row.depth,
            row.is_attachment,
            row.is_list_page,
            row.etag if conditional else "",
            row.last_modified if conditional else "",
            row.attempts - 1,
            row.content_hash if conditional else "",
            row.stable_hash if conditional else "",
        )
    return [leases[one] for one in ids]
