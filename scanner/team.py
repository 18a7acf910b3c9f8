"""The crawling processes of one machine: this one, and as many more as were asked for.

Each has a frontier of its own over the same table, and scanning processes of its own. One that
dies is started again; what it had in hand is handed out to the others. When this process is
gone, the others end too.
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType

from scanner.archive import Archive, ArchiveOptions, Keep
from scanner.errors import AuditError
from scanner.lang import Lang, get_lang, set_lang
from scanner.ledger import Ledger, Sweep
from scanner.model import Fetched, ItemResult
from scanner.worker import no_interrupts
from scanner.workers import PipelineSpec, ScanPool
from spiders.fence import Fence
from spiders.frontier import Frontier
from spiders.job import CrawlEnd, CrawlJob, Process, Progress
from spiders.moved import Flagged
from spiders.options import CrawlOptions, SiteSpec
from spiders.run import run_spider
from spiders.site import SiteSpider

_SPAWN = multiprocessing.get_context("spawn")
_STARTS = 20  # of one member in one run: something that kills it each time is not waited out
_GRACE = 15.0  # seconds that members are given to end, beyond the crawl's own


@dataclass(frozen=True, slots=True)
class Run:
    """The parts of one crawl over a sweep's frontier."""

    spider: type[SiteSpider]
    fence: Fence
    crawl: CrawlOptions
    workers: int | None  # scanning processes of each crawling one; None: the cores divided up
    crawlers: int = 1
    flagged: Mapping[str, Flagged] = field(default_factory=dict)  # of a re-check
    archive: ArchiveOptions | None = None  # which pages are kept as evidence

    @property
    def scanners(self) -> int:
        """Scanning processes of each crawling process."""
        if self.workers is not None:
            return self.workers
        return max(1, (os.cpu_count() or 1) // self.crawlers)


def crawl_with(
    run: Run,
    frontier: Frontier,
    spec: PipelineSpec,
    sweep_id: int,
    on_progress: Callable[[Progress], None] | None = None,
) -> CrawlEnd:
    """Crawl `frontier` in this process, until it is empty or a signal comes."""
    pool = ScanPool(spec, run.scanners)
    process: Process = pool.scan
    archive: Archive | None = None
    if run.archive is not None and run.archive.keep is not Keep.NONE:
        archive = Archive(run.archive, spec.key, sweep_id)
        process = _keeping(pool, archive)
    try:
        pool.start()
        job = CrawlJob(
            frontier, process, run.fence, run.crawl, pool.backlog, on_progress, run.flagged
        )
        return run_spider(run.spider, job, on_abort=pool.kill)
    finally:
        pool.close()
        if archive is not None:
            archive.close()


def _keeping(pool: ScanPool, archive: Archive) -> Process:
    """Scan a page, and put it into the archive before its result is committed."""

    async def scan(fetched: Fetched) -> ItemResult:
        result = await pool.scan(fetched)
        if archive.options.wants(result):
            await asyncio.to_thread(archive.keep, fetched, result)
        return result

    return scan


@dataclass(frozen=True, slots=True)
class _Order:
    """What a member is told."""

    url: str = field(repr=False)  # of the ledger; may hold a password
    key_id: str
    sweep: Sweep
    sites: tuple[SiteSpec, ...]
    crawl: CrawlOptions
    scanners: int
    spec: PipelineSpec
    patience: float
    lang: Lang
    archive: ArchiveOptions | None


class Team:
    """The further processes; a context that starts them, and ends them when it is left."""

    def __init__(self, run: Run, ledger: Ledger, sweep: Sweep, spec: PipelineSpec) -> None:
        self._order = _Order(
            ledger.database.url,
            ledger.key_id,
            sweep,
            run.fence.sites,
            run.crawl,
            run.scanners,
            spec,
            ledger.database.patience.seconds,
            get_lang(),
            run.archive,
        )
        self._threads = [
            threading.Thread(target=self._keep, args=(number,), name=f"crawl-{number}", daemon=True)
            for number in range(1, run.crawlers)
        ]
        self._living: dict[int, SpawnProcess] = {}
        self._ending = threading.Event()

    def __enter__(self) -> "Team":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the members in good order: what they have in the air is committed or given back."""
        self._ending.set()
        for process in list(self._living.values()):
            process.terminate()
        for thread in self._threads:
            thread.join(self._order.crawl.grace + _GRACE)
        for process in list(self._living.values()):
            process.kill()

    def _keep(self, number: int) -> None:
        """Run one member, again when it dies."""
        no_interrupts()
        for _ in range(_STARTS):
            if self._ending.is_set():
                return
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(
                target=_member, args=(theirs, self._order), name=f"crawl-{number}"
            )
            process.start()
            self._living[number] = process
            theirs.close()
            if self._ending.is_set():
                process.terminate()
            process.join()
            del self._living[number]
            ours.close()
            if process.exitcode == 0:
                return


def _member(pipe: Connection, order: _Order) -> None:
    """The life of one further process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # until the crawl listens
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    set_lang(order.lang)
    threading.Thread(target=_end_with_parent, args=(pipe,), daemon=True).start()
    run = Run(SiteSpider, Fence(order.sites), order.crawl, order.scanners, archive=order.archive)
    # What stops it, as a ledger that is gone, stops the first process too, which tells it.
    with contextlib.suppress(AuditError), Ledger.open(order.url, key_id=order.key_id) as ledger:
        ledger.be_patient(order.patience)
        frontier = ledger.frontier(order.sweep, delay=order.crawl.delay)
        try:
            crawl_with(run, frontier, order.spec, order.sweep.id)
        finally:
            frontier.leave()


def _end_with_parent(pipe: Connection) -> None:
    """The pipe closes when the first process is gone: end as at a SIGTERM."""
    with contextlib.suppress(EOFError, OSError):
        pipe.recv_bytes()
    os.kill(os.getpid(), signal.SIGTERM)
