"""The ledger: one object for everything that the rest of the program asks of the database."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, func, select

from scanner.ledger import registry, seeding, sweeps
from scanner.ledger.batch import Intake
from scanner.ledger.coverage import CoverageLine, coverage_lines
from scanner.ledger.database import Database, open_database
from scanner.ledger.forecast import SiteForecast, forecast
from scanner.ledger.frontier import LedgerFrontier
from scanner.ledger.joins import join_masks
from scanner.ledger.keycheck import check_key, known_key
from scanner.ledger.models import SweepRow
from scanner.ledger.office import Office
from scanner.ledger.owner import Owner
from scanner.ledger.patience import Patience
from scanner.ledger.purge import Order, Purged, purge
from scanner.ledger.registry import SiteSpec, UnitSpec
from scanner.ledger.rhythm import Pace, Rhythm
from scanner.ledger.sql import table_of
from scanner.ledger.states import SweepKind, SweepState
from scanner.ledger.stats import CHINA
from scanner.ledger.sweeps import Sweep
from scanner.model import Outcome

_SWEEPS = table_of(SweepRow)


def _now() -> datetime:
    return datetime.now(UTC)


def _clock_of(database: Database) -> Callable[[], datetime]:
    """The time on which all machines agree: the server's; on one machine its own."""
    if database.is_sqlite:
        return _now
    with database.read() as connection:
        before = _now()
        theirs: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        ahead = theirs.astimezone(UTC) - before
    return lambda: _now() + ahead


class Ledger(Office):
    """An open ledger. Open it with `Ledger.open`, and close it, or use it as a context."""

    def __init__(
        self, database: Database, key_id: str, clock: Callable[[], datetime], deadline_days: int
    ) -> None:
        super().__init__(database, key_id, clock, timedelta(days=deadline_days))
        self._owner = Owner.me()

    @classmethod
    def open(
        cls,
        url: str | Path,
        *,
        key_id: str = "",
        rekey: bool = False,
        who: str = "",
        deadline_days: int = 10,
        clock: Callable[[], datetime] | None = None,
    ) -> "Ledger":
        """Open the ledger at `url`, creating it or bringing it up to date.

        `url`: a path for SQLite, or postgresql://user@host/name. `key_id`: `Keyring.key_id` of
        the key in use; "" for work that makes no hashes. `rekey`: the old key is lost, go on with
        this one. `deadline_days`: calendar days a unit has to rectify.

        Raises AuditError with one sentence: not a ledger, made by a newer program, another key,
        not readable, no driver.
        """
        database = open_database(str(url))
        try:
            clock = clock or _clock_of(database)
            with database.read() as connection:
                known = known_key(connection)
            if key_id and key_id != known:
                with database.write() as connection:
                    check_key(connection, key_id, rekey=rekey, who=who, now=clock())
        except BaseException:
            database.close()
            raise
        return cls(database, key_id or known, clock, deadline_days)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back."""
        self.database.close()

    def be_patient(self, seconds: float, on_wait: Callable[[], None] | None = None) -> None:
        """From now on wait up to `seconds` for a database that goes away or is locked.

        `on_wait` is called, on any thread, when a wait begins.
        """
        self.database.patience = Patience(seconds, on_wait)

    def purge(
        self, *, older_than: int | None = None, site: str = "", who: str = "", dry_run: bool = False
    ) -> Purged:
        """Blank what was closed and last seen more than `older_than` days ago, or all of `site`.

        States, figures and history stay. Raises ConfigError for an unknown site, AuditError for a
        site with open findings or while a sweep is running.
        """
        now = self._clock()
        before = None if older_than is None else now - timedelta(days=older_than)
        order = Order(who, now, before, site)
        with self.database.write() as connection:
            sweeps.refuse_running(connection, now)
            purged = purge(connection, order, dry_run=dry_run)
        if not dry_run:
            self.database.shred()
        return purged

    # Sites and units

    def register(self, units: Sequence[UnitSpec], sites: Sequence[SiteSpec]) -> None:
        """Write the configured units and sites, and file every item under them anew."""
        with self.database.write() as connection:
            registry.register(connection, units, sites)

    # Sweeps

    def start_sweep(
        self,
        kind: SweepKind = SweepKind.SWEEP,
        *,
        scope: str = "",
        engine: str = "",
        join: bool = False,
    ) -> Sweep:
        """Begin a sweep, or take up the one of the same scope and engine that was stopped.

        `scope` names what is covered; `engine` is the version of the rules: pages read by another
        version are fetched whole. A re-check always begins anew. `join`: take part in the sweep of
        the same scope and engine that is running. Raises AuditError while another is running.
        """
        wanted = sweeps.Start(kind, scope, engine, self._owner, join)
        with self.database.write() as connection:
            return sweeps.start(connection, wanted, self._clock())

    def frontier(self, sweep: Sweep, owner: str = "", delay: float = 0.0) -> LedgerFrontier:
        """The frontier of a sweep, for this process or for the worker named `owner`.

        `delay`: seconds between two requests to one host, kept when a host changes hands.
        """
        return LedgerFrontier(
            self.database, sweep, owner or str(self._owner), lambda: self._intake(sweep), delay
        )

    def seed_known(
        self,
        sweep: Sweep,
        sites: Sequence[str] = (),
        pace: Pace = Pace.USUAL,
        since: date | None = None,
    ) -> int:
        """Put every URL known from earlier sweeps into the frontier; how many were new to it.

        Those that an interrupted sweep found and did not get to among them. What is not due at
        that pace enters the coverage as such, and is not handed out.

        `sites`: names of the sites to cover; all of them when empty. `since`: for `Pace.SINCE`.
        """
        intake = self._intake(sweep)
        rhythm = Rhythm(intake.now, pace, since)
        with self.database.read() as connection:
            directory = registry.Directory(connection)
            wanted = directory.within(sites)
            known = seeding.known_urls(connection, intake.now, sweep.engine)
            new = self.frontier(sweep).seed(
                (row for row in known if wanted(row.url)), rhythm, directory.site
            )
        with self.database.write() as connection:
            seeding.forget_left_over(connection, sweep.id)
        return new

    def forecast(
        self,
        engine: str,
        sites: Sequence[str],
        pace: Pace = Pace.USUAL,
        since: date | None = None,
    ) -> dict[str, SiteForecast]:
        """What a sweep of those sites would ask for again, by site; nothing is changed."""
        rhythm = Rhythm(self._clock(), pace, since)
        with self.database.read() as connection:
            return forecast(connection, engine, sites, rhythm)

    def finish_sweep(self, sweep: Sweep) -> None:
        """Mark a sweep as complete, and join the masks of one person that it found on different
        pages. Once, whichever worker asks first. Raises AuditError while URLs are not done."""
        intake = self._intake(sweep)

        def finish(connection: Connection) -> None:
            if sweeps.finish(connection, sweep.id, intake.now):
                join_masks(connection, intake)

        self.database.retried(finish)

    def interrupt_sweep(self, sweep: Sweep) -> None:
        """Leave a sweep half way. The last worker that leaves marks it as stopped; the next
        `start_sweep` takes it up again."""
        me, now = str(self._owner), self._clock()
        self.database.retried(lambda c: sweeps.leave(c, sweep.id, me, now))

    def sweep(self, sweep_id: int) -> Sweep | None:
        """One sweep by its number."""
        return self._one_sweep(select(_SWEEPS).where(_SWEEPS.c.id == sweep_id))

    def endings(self, sweep_id: int) -> Iterator[CoverageLine]:
        """How each URL of a sweep ended, one at a time."""
        with self.database.read() as connection:
            yield from coverage_lines(connection, sweep_id, tuple(Outcome))

    def last_sweep(self, kind: SweepKind | None = None, *, finished: bool = False) -> Sweep | None:
        """The newest sweep, of one kind or any; only complete ones if asked."""
        query = select(_SWEEPS).order_by(_SWEEPS.c.id.desc()).limit(1)
        if kind is not None:
            query = query.where(_SWEEPS.c.kind == kind)
        if finished:
            query = query.where(_SWEEPS.c.state == SweepState.FINISHED)
        return self._one_sweep(query)

    def _one_sweep(self, query: Select[Any]) -> Sweep | None:
        with self.database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else sweeps.sweep_of(row)

    def _intake(self, sweep: Sweep) -> Intake:
        now = self._clock()
        today = now.astimezone(CHINA).date()
        return Intake(sweep.id, sweep.kind, sweep.engine, self.key_id, now, today, self._deadline)
