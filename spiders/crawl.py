"""The crawl itself: take leases, fetch, hand over for scanning, commit. Knows nothing of Scrapy.

Every lease ends in exactly one result, or goes back to the frontier. A result is safe only when
its transaction is; until then the address still counts as leased, and a killed process loses
nothing but the work.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from scanner.model import ItemResult, Link, Outcome
from spiders.answers import content_hash, host_of
from spiders.clerk import Clerk
from spiders.frontier import Lease
from spiders.job import CrawlEnd, CrawlJob, Fetch, Progress, Settle, completed
from spiders.limits import Limits
from spiders.options import MIB

_KNOWN_LINKS = 100_000  # addresses remembered so that they are not offered to the frontier again
_MAX_BYTES = 256 * MIB  # of bodies waiting to be scanned
_POLL = 2.0  # seconds between looks at a frontier whose last addresses others hold
_HUNGRY = 0.2  # seconds a result waits while there is nothing else to fetch
_TELL = 1.0  # seconds between two reports of progress
_BEAT = 20.0  # seconds between two signs of life to the frontier


class Crawl:
    """One run over a frontier."""

    def __init__(
        self,
        job: CrawlJob,
        fetch: Fetch,
        follows: Callable[[Link], bool] = lambda _: True,
        settle: Settle | None = None,
        pace: Callable[[str], float] | None = None,
    ) -> None:
        """`pace`: seconds that a host is to be left in peace after a request, as it stands now."""
        self._frontier = job.frontier
        self._fetch = fetch
        self._pace = pace or (lambda _host: job.options.delay)
        self._process = job.process
        self._fence = job.fence
        self._options = job.options
        self._backlog = job.backlog
        self._follows = follows
        self._settle = settle
        self._on_progress = job.on_progress
        self._clerk = Clerk()
        self._waiting: dict[str, deque[Lease]] = {}
        self._busy: Counter[str] = Counter()
        self._ours: set[str] = set()  # hosts that no other process asks
        self._beaten = time.monotonic()
        self._fetching = 0
        self._tasks: dict[asyncio.Task[None], Lease] = {}
        self._bytes = 0
        self._results: list[ItemResult] = []
        self._oldest = 0.0
        self._known: set[str] = set()
        self._limits = Limits(job.fence, job.options)
        self._outcomes: Counter[Outcome] = Counter()
        self._wake = asyncio.Event()
        self._stopping = False
        self._asked_dry = -_POLL  # when the frontier last had less than was asked for
        self._told = -_TELL
        self._failure: BaseException | None = None
        self._released = 0
        self._started = time.monotonic()

    def stop(self) -> None:
        """Take no more leases; finish or give back what is in hand, commit, and end."""
        self._stopping = True
        self._frontier.hurry()
        self._wake.set()

    async def run(self) -> CrawlEnd:
        """Crawl until the frontier is empty or `stop` is called.

        Raises UnreadableError when a transaction fails: nothing more is taken, and everything
        not committed stays leased for the next run.
        """
        try:
            await self._until_done()
            if self._stopping:
                await self._wind_down()
            await self._commit()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._clerk.close()
        return CrawlEnd(
            outcomes=tuple(sorted(self._outcomes.items())),
            interrupted=self._stopping,
            released=self._released,
            seconds=time.monotonic() - self._started,
        )

    # the loop

    async def _until_done(self) -> None:
        while not self._stopping:
            if self._failure is not None:
                raise self._failure
            await self._beat()
            self._let_rest()
            await self._lease_more()
            self._start_fetching()
            if self._commit_is_due():
                await self._commit()
                continue
            if not self._tasks and not self._results and not await self._others_hold_some():
                return
            await self._rest()

    async def _rest(self) -> None:
        """Until a task ends, a result is old enough, or somebody else's lease may have ended."""
        timeout = _POLL
        if self._results:
            timeout = max(0.0, self._oldest + self._patience() - time.monotonic())
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), timeout)
        except TimeoutError:
            return

    async def _others_hold_some(self) -> bool:
        if self._waiting:
            return True
        return await self._clerk.call(self._frontier.pending) > 0

    async def _beat(self) -> None:
        """A sign of life, without which the others take over what is in hand here.

        They have, where this process stood still for minutes: then nothing more of it is fetched.
        What is in the air is committed all the same, and counts once.
        """
        if time.monotonic() - self._beaten < _BEAT:
            return
        if not await self._clerk.call(self._frontier.beat):
            self._waiting.clear()
        self._beaten = time.monotonic()

    def _let_rest(self) -> None:
        """Hosts of which nothing is in hand are anybody's again."""
        idle = [host for host in self._ours if host not in self._waiting and host not in self._busy]
        if idle:
            self._frontier.rest({host: self._pace(host) for host in idle})
            self._ours.difference_update(idle)

    # leases

    def _in_hand(self) -> int:
        return sum(len(queue) for queue in self._waiting.values()) + self._fetching

    async def _lease_more(self) -> None:
        """Keep twice the concurrency in hand, so that no host waits for the database."""
        wanted = 2 * self._options.concurrency
        in_hand = self._in_hand()
        if in_hand > wanted // 2 or self._is_full() or self._is_dry():
            return
        leases = await self._clerk.call(
            self._frontier.lease, wanted - in_hand, self._options.lease_seconds
        )
        if len(leases) < wanted - in_hand:
            self._asked_dry = time.monotonic()
        for lease in leases:
            self._ours.add(host_of(lease.url))
            refusal = self._limits.refusal(lease)
            if refusal is not None:
                self._add(refusal)
            else:
                self._waiting.setdefault(host_of(lease.url), deque()).append(lease)

    def _is_dry(self) -> bool:
        """Whether the frontier had too little a moment ago; only a commit can bring it more."""
        return time.monotonic() - self._asked_dry < _POLL

    # fetching and scanning

    def _is_full(self) -> bool:
        return len(self._tasks) - self._fetching >= self._backlog or self._bytes > _MAX_BYTES

    def _start_fetching(self) -> None:
        if self._is_full():
            return
        for host in list(self._waiting):
            queue = self._waiting[host]
            while queue and self._may_fetch(host):
                self._start(host, queue.popleft())
            if not queue:
                del self._waiting[host]

    def _may_fetch(self, host: str) -> bool:
        options = self._options
        return self._fetching < options.concurrency and self._busy[host] < options.per_host

    def _start(self, host: str, lease: Lease) -> None:
        self._busy[host] += 1
        self._fetching += 1
        task = asyncio.ensure_future(self._handle(host, lease))
        self._tasks[task] = lease
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled():
            if task.exception() is None:
                del self._tasks[task]
            else:
                self._failure = self._failure or task.exception()
        self._wake.set()

    async def _handle(self, host: str, lease: Lease) -> None:
        """One address from fetching to its result."""
        try:
            answer = await self._fetch(lease)
        finally:
            self._busy[host] -= 1
            if not self._busy[host]:
                del self._busy[host]
            self._fetching -= 1
            self._wake.set()
        if isinstance(answer, ItemResult):
            self._add(await self._settled(lease, completed(answer, lease)))
            return
        digest = content_hash(answer.body)
        if self._options.conditional and lease.content_hash == digest:
            result = ItemResult(url=lease.url, outcome=Outcome.UNCHANGED, status=answer.status)
        else:
            self._bytes += len(answer.body)
            try:
                result = await self._process(answer)
            finally:
                self._bytes -= len(answer.body)
        self._add(await self._settled(lease, completed(result, lease, answer, digest)))

    async def _settled(self, lease: Lease, result: ItemResult) -> ItemResult:
        return result if self._settle is None else await self._settle(lease, result)

    # committing

    def _add(self, result: ItemResult) -> None:
        if not self._results:
            self._oldest = time.monotonic()
        self._results.append(self._with_new_links(result))

    def _with_new_links(self, result: ItemResult) -> ItemResult:
        """Only links inside the fence that this run has not offered to the frontier before.

        An attachment outside the list is kept: its own result will say that it was not read.
        """
        if not result.links:
            return result
        links: list[Link] = []
        for link in result.links:
            if link.url in self._known or not self._follows(link):
                continue
            if link.is_attachment or self._fence.allows(link.url):
                self._known.add(link.url)
                links.append(link)
        if len(self._known) > _KNOWN_LINKS:
            self._known.clear()
        return replace(result, links=tuple(links))

    def _commit_is_due(self) -> bool:
        if not self._results:
            return False
        if len(self._results) >= self._options.commit_every or not self._tasks:
            return True
        return time.monotonic() - self._oldest >= self._patience()

    def _patience(self) -> float:
        """Seconds that a result may wait for its transaction: few when its links are needed."""
        if not self._waiting and self._fetching < self._options.concurrency:
            return min(_HUNGRY, self._options.commit_seconds)
        return self._options.commit_seconds

    async def _commit(self) -> None:
        results, self._results = self._results, []
        if not results:
            return
        await self._clerk.call(self._frontier.commit, results)
        self._asked_dry = -_POLL
        self._outcomes.update(result.outcome for result in results)
        await self._tell()

    async def _tell(self) -> None:
        now = time.monotonic()
        if self._on_progress is None or now - self._told < _TELL:
            return
        self._told = now
        pending = await self._clerk.call(self._frontier.pending)
        self._on_progress(
            Progress(
                done=sum(self._outcomes.values()),
                pending=pending,
                outcomes=tuple(sorted(self._outcomes.items())),
                seconds=now - self._started,
            )
        )

    # stopping

    async def _wind_down(self) -> None:
        """Give back what waits, let what is in flight finish for a while, give back the rest."""
        waiting = [lease.url for queue in self._waiting.values() for lease in queue]
        self._waiting.clear()
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=self._options.grace)
        unfinished = [lease.url for task, lease in self._tasks.items() if not task.done()]
        for task in list(self._tasks):
            task.cancel()
        await self._release([*waiting, *unfinished])

    async def _release(self, urls: Sequence[str]) -> None:
        if urls:
            await self._clerk.call(self._frontier.release, urls)
            self._released += len(urls)
