"""The frontier: the URLs of a sweep, handed out on lease and done only when committed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, update

from scanner.ledger import resting
from scanner.ledger.batch import Intake, Place
from scanner.ledger.database import Database
from scanner.ledger.hosts import Party, add_hosts
from scanner.ledger.intake import take
from scanner.ledger.leasing import leases_of, next_of, take_back, take_back_lost
from scanner.ledger.models import FrontierRow, SweepRow
from scanner.ledger.rhythm import Rhythm
from scanner.ledger.seeding import KnownUrl
from scanner.ledger.sql import chunks, insert_rows, table_of
from scanner.ledger.states import SweepKind, SweepState
from scanner.ledger.sweeps import Sweep
from scanner.ledger.texts import storable, url_key
from scanner.ledger.whose import host_of
from scanner.model import ItemResult, Lease, Link

_FRONTIER = table_of(FrontierRow)
_SWEEPS = table_of(SweepRow)
# Keys of URLs known to be in the frontier: the menu of a site is on each of its pages.
_REMEMBERED = 300_000
_PUSHED_AT_ONCE = 2_000
_HEARTBEAT = timedelta(seconds=20)
_LOOK_FOR_DEAD = timedelta(seconds=1)


class Entry(NamedTuple):
    """An address on its way into the frontier."""

    link: Link
    parent: str
    depth: int
    after: int = 0  # the turn of the page that told of it: what is new comes next, 0 for the end


def _entry(row: KnownUrl) -> Entry:
    link = Link(row.url, "", row.is_attachment, row.is_list_page, row.position)
    return Entry(link, row.parent_url, row.depth)


class LedgerFrontier:
    """The frontier of one sweep for one process. Its methods may be called from any thread.

    `delay`: seconds in which a host is left in peace when it passes from a worker that died.
    """

    def __init__(
        self,
        database: Database,
        sweep: Sweep,
        owner: str,
        intake: Callable[[], Intake],
        delay: float = 0.0,
    ) -> None:
        self._database = database
        self._sweep = sweep
        self._owner = owner
        self._intake = intake
        self._delay = timedelta(seconds=delay)
        self._party = Party(sweep.id, owner)
        self._remembered: set[bytes] = set()
        self._hosts: set[str] = set()
        self._new_hosts: set[str] = set()  # of the transaction in hand: known once it is committed
        self._turns: Counter[str] | None = None
        self._fresh: Counter[str] = Counter()
        self._resting: bool | None = None  # whether list pages wait for news of the page before
        self._next_beat: datetime | None = None
        self._next_look: datetime | None = None
        self._at_rest: dict[str, datetime] = {}
        self._in_hand: set[bytes] = set()

    @property
    def sweep(self) -> Sweep:
        """The sweep whose URLs these are."""
        return self._sweep

    def push(self, links: Sequence[Link], parent: str, depth: int) -> int:
        """Add links, of that depth, that the sweep does not know yet; how many were new."""
        entries = [Entry(link, parent, depth) for link in links]
        new, keys = self._database.retried(lambda connection: self._add(connection, entries))
        self._remember(keys)
        return new

    def lease(self, limit: int, seconds: float) -> list[Lease]:
        """Up to `limit` URLs for `seconds`, of hosts that no other worker asks meanwhile.

        A URL whose lease ran out, or whose worker died, is handed out again.
        """
        duration = timedelta(seconds=seconds)
        again = False

        def take(connection: Connection) -> list[Lease]:
            nonlocal again
            if again:
                take_back_lost(connection, self._sweep.id, self._owner, self._in_hand)
            again = True
            return self._lease(connection, limit, duration)

        leases = self._database.retried(take)
        self._at_rest.clear()
        self._in_hand.update(url_key(lease.url) for lease in leases)
        return leases

    def rest(self, hosts: Mapping[str, float]) -> None:
        """Nothing of these hosts is in hand any more; others may ask them after so many seconds.

        Written with the next lease or commit.
        """
        now = self._intake().now
        self._at_rest |= {host: now + timedelta(seconds=pause) for host, pause in hosts.items()}

    def commit(self, results: Sequence[ItemResult]) -> None:
        """Keep the results and all they bring, or, when this raises, none of it."""
        self._remember(self._database.retried(lambda connection: self._commit(connection, results)))
        self._at_rest.clear()
        self._in_hand.difference_update(url_key(result.url) for result in results)

    def release(self, urls: Sequence[str]) -> None:
        """Give URLs back unfetched: they are handed out to whoever asks next."""
        keys = [url_key(url) for url in urls]

        def give_back(connection: Connection) -> None:
            for part in chunks(keys):
                connection.execute(
                    update(_FRONTIER)
                    .where(_FRONTIER.c.sweep_id == self._sweep.id, _FRONTIER.c.url_key.in_(part))
                    .where(_FRONTIER.c.state == "leased", _FRONTIER.c.owner == self._owner)
                    .values(
                        state="pending",
                        owner=None,
                        lease_until=None,
                        attempts=_FRONTIER.c.attempts - 1,
                    )
                )

        self._database.retried(give_back)
        self._in_hand.difference_update(keys)

    def beat(self) -> bool:
        """Say that this worker lives, for when it has nothing to lease or to commit for long.

        False when the others took it for dead meanwhile: what it had in hand is theirs.
        """
        self._next_beat = None
        return self._database.retried(lambda c: self._beat(c, self._intake().now))

    def leave(self) -> None:
        """Take part no more: what is still handed out to this worker waits for the others."""
        self._database.retried(
            lambda connection: self._party.leave(connection, self._intake().now + self._delay)
        )

    def hurry(self) -> None:
        """Wait no longer for a database that does not answer."""
        self._database.patience.hurry()

    def pending(self) -> int:
        """How many URLs of the sweep are not done: waiting or handed out."""
        return self._database.asked(
            lambda connection: connection.execute(
                select(func.count())
                .select_from(_FRONTIER)
                .where(_FRONTIER.c.sweep_id == self._sweep.id)
                .where(_FRONTIER.c.state.in_(("pending", "leased")))
            ).scalar_one()
        )

    def add(self, entries: Iterable[tuple[Link, str, int]]) -> int:
        """Add (link, parent, depth) triples, many at a time; how many were new."""
        new = 0
        waiting = (Entry(*entry) for entry in entries)
        while part := list(islice(waiting, _PUSHED_AT_ONCE)):
            count, keys = self._database.retried(lambda c, p=part: self._add(c, p))  # type: ignore[misc]
            self._remember(keys)
            new += count
        return new

    def seed(
        self,
        known: Iterable[KnownUrl],
        rhythm: Rhythm,
        site_of: Callable[[str], tuple[int | None, int | None]],
    ) -> int:
        """Add what earlier sweeps knew; how many were new. What is not due is done at once."""
        new = 0
        waiting = iter(known)
        now = self._intake().now
        while part := list(islice(waiting, _PUSHED_AT_ONCE)):
            due = [row for row in part if row.facts is None or rhythm.is_due(row.facts)]
            idle = {row.url: row for row in part if row.facts and not rhythm.is_due(row.facts)}
            entries = [_entry(row) for row in due]
            rows = [
                resting.coverage_row(self._sweep.id, row, now, site_of) for row in idle.values()
            ]

            def add(connection: Connection, entries: Any = entries, rows: Any = rows) -> Any:
                count, keys = self._add(connection, entries)
                return count + resting.put(connection, rows), keys

            count, keys = self._database.retried(add)
            self._remember(keys)
            new += count
        return new

    def _remember(self, keys: Iterable[bytes]) -> None:
        if len(self._remembered) > _REMEMBERED:
            self._remembered.clear()
        self._remembered.update(keys)
        self._hosts |= self._new_hosts

    def _add(self, connection: Connection, entries: Iterable[Entry]) -> tuple[int, list[bytes]]:
        turns = self._turns_of(connection)
        rows: dict[bytes, dict[str, Any]] = {}
        for link, parent, depth, after in entries:
            key = url_key(link.url)
            if key in self._remembered or key in rows:
                continue
            host = host_of(link.url)
            counter = self._fresh if after else turns
            counter[host] = max(counter[host], after) + 1
            rows[key] = {
                "sweep_id": self._sweep.id,
                "url_key": key,
                "url": storable(link.url),
                "state": "pending",
                "host": host,
                "turn": counter[host],
                "depth": depth,
                "parent": storable(parent),
                "is_attachment": link.is_attachment,
                "is_list_page": link.is_list_page,
                "position": link.position,
                "attempts": 0,
            }
        self._new_hosts = {row["host"] for row in rows.values()} - self._hosts
        add_hosts(connection, self._new_hosts)
        ordered = [rows[key] for key in sorted(rows)]
        new = insert_rows(connection, _FRONTIER, ordered, ["id"], skip_known=True)
        return len(new), list(rows)

    def _turns_of(self, connection: Connection) -> Counter[str]:
        """How many URLs each host has had. Read once: it need not be exact."""
        if self._turns is None:
            rows = connection.execute(
                select(_FRONTIER.c.host, func.max(_FRONTIER.c.turn))
                .where(_FRONTIER.c.sweep_id == self._sweep.id)
                .group_by(_FRONTIER.c.host)
            )
            self._turns = Counter({row[0]: row[1] for row in rows})
        return self._turns

    def _lease(self, connection: Connection, limit: int, duration: timedelta) -> list[Lease]:
        now = self._intake().now
        self._beat(connection, now)
        self._party.rest(connection, self._at_rest)
        take_back(connection, self._sweep.id, now)
        if self._next_look is None or now >= self._next_look:
            self._party.bury_the_dead(connection, now, now + self._delay)
            self._next_look = now + _LOOK_FOR_DEAD
        hosts = self._party.take(connection, now, now + duration, limit)
        ids = next_of(connection, self._sweep.id, hosts, limit)
        if not ids:
            return []
        connection.execute(
            update(_FRONTIER)
            .where(_FRONTIER.c.id.in_(ids))
            .values(
                state="leased",
                owner=self._owner,
                lease_until=now + duration,
                attempts=_FRONTIER.c.attempts + 1,
            )
        )
        return leases_of(connection, self._sweep, ids)

    def _commit(self, connection: Connection, results: Sequence[ItemResult]) -> list[bytes]:
        intake = self._intake()
        self._beat(connection, intake.now)
        self._party.rest(connection, self._at_rest)
        keys = sorted({url_key(result.url) for result in results})
        places = self._places(connection, keys)
        taken = take(connection, intake, results, places)
        entries = [
            # The URL itself too: one that was never pushed, as after a redirect, counts as known.
            Entry(Link(entry.result.url), entry.parent, 0)
            for entry in taken
            if entry.key not in places
        ]
        entries += [
            # A further page of a list is no further from the start than its first page.
            Entry(
                link,
                entry.result.url,
                entry.place.depth + (0 if link.is_list_page else 1),
                entry.place.turn,
            )
            for entry in taken
            for link in entry.result.links
            # A re-check goes from the flagged page to its attachments, and no further.
            if self._sweep.kind is SweepKind.SWEEP or link.is_attachment
        ]
        _, added = self._add(connection, entries)
        for part in chunks(keys):
            connection.execute(
                update(_FRONTIER)
                .where(_FRONTIER.c.sweep_id == self._sweep.id, _FRONTIER.c.url_key.in_(part))
                .values(state="done", owner=None, lease_until=None)
            )
        if self._resting is None:
            self._resting = resting.has_lists(connection, self._sweep.id)
        if self._resting:
            resting.wake(connection, self._sweep.id, taken)
        return added

    def _places(self, connection: Connection, keys: Sequence[bytes]) -> dict[bytes, Place]:
        places: dict[bytes, Place] = {}
        for part in chunks(keys):
            rows = connection.execute(
                select(
                    _FRONTIER.c.url_key,
                    _FRONTIER.c.parent,
                    _FRONTIER.c.depth,
                    _FRONTIER.c.is_attachment,
                    _FRONTIER.c.is_list_page,
                    _FRONTIER.c.position,
                    _FRONTIER.c.turn,
                )
                .where(_FRONTIER.c.sweep_id == self._sweep.id)
                .where(_FRONTIER.c.url_key.in_(part))
            )
            places.update({bytes(row[0]): Place(*row[1:]) for row in rows})
        return places

    def _beat(self, connection: Connection, now: datetime) -> bool:
        """Say that this worker lives, and with it the sweep; seldom, and only once a while."""
        if self._next_beat is not None and now < self._next_beat:
            return True
        was_known = self._party.beat(connection, now)
        connection.execute(
            update(_SWEEPS)
            .where(_SWEEPS.c.id == self._sweep.id, _SWEEPS.c.state == SweepState.RUNNING)
            .values(heartbeat=now)
        )
        self._next_beat = now + _HEARTBEAT
        return was_known
