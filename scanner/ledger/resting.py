"""Known pages that a sweep does not ask for: counted at once, and woken when there is news.

The pages of a list behind its first rest while the first brings nothing new. A record that was
never seen before wakes the page that follows, and so on, until a page holds known records only.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from scanner.ledger.batch import Taken
from scanner.ledger.hosts import add_hosts
from scanner.ledger.models import CoverageRow, FrontierRow, ItemRow, SweepRow
from scanner.ledger.seeding import KnownUrl
from scanner.ledger.sql import chunks, insert_rows, table_of
from scanner.ledger.texts import url_key
from scanner.ledger.whose import host_of
from scanner.model import Outcome

_FRONTIER = table_of(FrontierRow)
_COVERAGE = table_of(CoverageRow)
_ITEMS = table_of(ItemRow)
_SWEEPS = table_of(SweepRow)

SiteOf = Callable[[str], tuple[int | None, int | None]]


def coverage_row(sweep_id: int, row: KnownUrl, now: datetime, site_of: SiteOf) -> dict[str, Any]:
    """The coverage of a page that rests."""
    outcome, reason, unread = row.ending
    return {
        "sweep_id": sweep_id,
        "url_key": url_key(row.url),
        "url": row.url,
        "parent_url": row.parent_url,
        "depth": row.depth,
        "is_attachment": row.is_attachment,
        "is_list_page": row.is_list_page,
        "outcome": outcome,
        "cause": "",
        "verdict": "",
        "site_id": site_of(row.url)[0],
        "reason": reason,
        "status": None,
        "size": 0,
        "unread": unread,
        "leak_count": 0,
        "mandated_count": 0,
        "masked_count": 0,
        "dismissed_count": 0,
        "at": now,
    }


def put(connection: Connection, covered: Sequence[dict[str, Any]]) -> int:
    """Enter pages that rest into frontier and coverage; how many were new to the sweep."""
    rows = [
        {
            "sweep_id": one["sweep_id"],
            "url_key": one["url_key"],
            "url": one["url"],
            "state": "done",
            "host": host_of(one["url"]),
            "turn": 0,
            "depth": one["depth"],
            "parent": one["parent_url"],
            "is_attachment": one["is_attachment"],
            "is_list_page": one["is_list_page"],
            "position": 0,
            "attempts": 0,
        }
        for one in sorted(covered, key=lambda one: bytes(one["url_key"]))
    ]
    add_hosts(connection, {row["host"] for row in rows})  # one that is woken has to be handed out
    new = insert_rows(connection, _FRONTIER, rows, ["url_key"], skip_known=True)
    keys = {bytes(row.url_key) for row in new}
    resting = [one for one in covered if one["url_key"] in keys]
    resting.sort(key=lambda one: bytes(one["url_key"]))
    insert_rows(connection, _COVERAGE, resting, skip_known=True)
    return len(new)


def has_lists(connection: Connection, sweep_id: int) -> bool:
    """Whether any list page rests in the sweep."""
    query = select(_COVERAGE.c.url_key).where(
        _COVERAGE.c.sweep_id == sweep_id,
        _COVERAGE.c.outcome == Outcome.NOT_DUE,
        _COVERAGE.c.is_list_page,
    )
    return connection.execute(query.limit(1)).first() is not None


def wake(connection: Connection, sweep_id: int, taken: Sequence[Taken]) -> None:
    """Where a page of a list shows records new to the ledger, ask for the page after it."""
    listed = [entry for entry in taken if entry.result.listing and entry.item_id]
    if not listed:
        return
    shown = {
        url_key(url)
        for entry in listed
        for url in (entry.result.listing.shown if entry.result.listing else ())
    }
    known = _known_before(connection, sweep_id, sorted(shown))
    for entry in listed:
        listing = entry.result.listing
        if listing and any(url_key(url) not in known for url in listing.shown):
            _wake_next(connection, sweep_id, entry)


def _known_before(connection: Connection, sweep_id: int, keys: Sequence[bytes]) -> set[bytes]:
    started = select(_SWEEPS.c.started).where(_SWEEPS.c.id == sweep_id).scalar_subquery()
    known: set[bytes] = set()
    for part in chunks(keys):
        query = select(_ITEMS.c.url_key).where(_ITEMS.c.url_key.in_(part))
        rows = connection.execute(query.where(_ITEMS.c.first_seen < started)).scalars()
        known.update(map(bytes, rows))
    return known


def _wake_next(connection: Connection, sweep_id: int, entry: Taken) -> None:
    mine = select(_ITEMS.c.list_id).where(_ITEMS.c.id == entry.item_id).scalar_subquery()
    resting = (
        select(_ITEMS.c.url_key, _ITEMS.c.position)
        .join(_COVERAGE, _COVERAGE.c.url_key == _ITEMS.c.url_key)
        .where(_COVERAGE.c.sweep_id == sweep_id, _COVERAGE.c.outcome == Outcome.NOT_DUE)
        .where(_ITEMS.c.list_id == mine, _ITEMS.c.position > entry.place.position)
        .subquery()
    )
    nearest = select(func.min(resting.c.position)).scalar_subquery()
    query = select(resting.c.url_key).where(resting.c.position == nearest)
    keys = [bytes(key) for key in connection.execute(query).scalars()]
    connection.execute(
        delete(_COVERAGE).where(_COVERAGE.c.sweep_id == sweep_id, _COVERAGE.c.url_key.in_(keys))
    )
    connection.execute(
        update(_FRONTIER)
        .where(_FRONTIER.c.sweep_id == sweep_id, _FRONTIER.c.url_key.in_(keys))
        .values(state="pending")
    )
