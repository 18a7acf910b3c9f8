"""The processes that scan pages while the crawl waits for the net.

Each worker builds the pipeline once and reads pages from its own pipe. Which page it had in hand
when it died is always known: that page is tried once more alone and then given up with a reason;
the others of its chunk were never begun and go back to the queue. No page is lost, whatever
happens to a worker.
"""

import asyncio
import contextlib
import contextvars
import os
import queue
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess

from scanner.errors import AuditError, UnreadableError
from scanner.lang import tr
from scanner.model import Fetched, ItemResult
from scanner.pagescan import PageScanner, PipelineSpec, unscannable
from scanner.worker import Worker, no_interrupts

__all__ = ["PipelineSpec", "ScanPool"]

_MAX_TRIES = 2
_CHUNK_PAGES = 8
_CHUNK_BYTES = 1024 * 1024
_MAX_FALSE_STARTS = 3


@dataclass(slots=True, eq=False)
class _Page:
    """One page on its way through the pool."""

    fetched: Fetched
    future: "asyncio.Future[ItemResult]"
    loop: asyncio.AbstractEventLoop
    tries: int = 0

    def answer(self, result: ItemResult | AuditError) -> None:
        """Give the result, or what makes every result impossible, to the task that waits."""
        # The loop is gone after a hard stop: then nobody waits for the answer any more.
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._settle, result)

    def _settle(self, result: ItemResult | AuditError) -> None:
        if self.future.done():
            return  # given up by the crawl meanwhile
        if isinstance(result, ItemResult):
            self.future.set_result(result)
        else:
            self.future.set_exception(result)


class ScanPool:
    """Warm processes that scan. `scan` may be awaited by many tasks at once.

    `workers` 0 scans in this process, on a thread of its own. `seconds` is the longest time one
    page may take.
    """

    def __init__(self, spec: PipelineSpec, workers: int | None = None, seconds: float = 180.0):
        self.spec = spec
        self.workers = (os.cpu_count() or 1) if workers is None else workers
        self._seconds = seconds
        self._queue: queue.SimpleQueue[_Page | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._live: dict[int, SpawnProcess] = {}
        self._broken: AuditError | None = None
        self._closing = False
        self._serving = self.workers
        self._lock = threading.Lock()
        self._inline: ThreadPoolExecutor | None = None
        self._scanner: PageScanner | None = None

    def start(self) -> None:
        """Start the workers; they warm up while the crawl begins.

        Raises ConfigError when the rules cannot be loaded (with `workers` 0 only: the others
        report it through `scan`).
        """
        if self.workers == 0:
            self._scanner = PageScanner(self.spec.build())
            self._inline = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scan")
        for number in range(self.workers):
            thread = threading.Thread(
                # With the language of the user, which a thread does not inherit.
                target=contextvars.copy_context().run,
                args=(self._serve, number),
                name=f"scan-{number}",
                daemon=True,
            )
            self._threads.append(thread)
            thread.start()

    @property
    def backlog(self) -> int:
        """Pages that should wait, so that no worker idles: enough chunks for each."""
        return max(1, self.workers) * _CHUNK_PAGES * 2

    async def scan(self, fetched: Fetched) -> ItemResult:
        """The result of one page. Raises UnreadableError when no worker can be started at all."""
        loop = asyncio.get_running_loop()
        if self._inline is not None and self._scanner is not None:
            return await loop.run_in_executor(self._inline, self._scanner.scan, fetched)
        if self._broken is not None:
            raise self._broken
        page = _Page(fetched, loop.create_future(), loop)
        self._queue.put(page)
        return await page.future

    def close(self) -> None:
        """Let the workers end; what still waits is dropped."""
        self._closing = True
        for _ in self._threads:
            self._queue.put(None)
        self.kill()
        for thread in self._threads:
            thread.join(timeout=10)
        if self._inline is not None:
            self._inline.shutdown(wait=True, cancel_futures=True)

    def kill(self) -> None:
        """End every worker at once."""
        self._closing = True
        for process in list(self._live.values()):
            process.kill()

    # one thread a worker

    def _serve(self, number: int) -> None:
        no_interrupts()
        false_starts = 0
        while not self._closing:
            worker = Worker.start(self.spec, self._live, number)
            if isinstance(worker, AuditError) or worker is None:
                false_starts += 1
                if isinstance(worker, AuditError) or false_starts >= _MAX_FALSE_STARTS:
                    self._give_up(worker)
                    return
                continue
            false_starts = 0
            while self._feed(worker):
                pass
            worker.end()

    def _feed(self, worker: Worker) -> bool:
        """Give the worker its next pages; False when it is dead or there is nothing more."""
        chunk = self._next_chunk()
        if not chunk:
            return False
        try:
            worker.send([page.fetched for page in chunk])
        except OSError:
            return self._lost(worker, chunk)
        while chunk:
            result = worker.receive(self._seconds)
            if result is None:
                return self._lost(worker, chunk)
            chunk.popleft().answer(result)
        return True

    def _next_chunk(self) -> deque[_Page]:
        """Pages for one trip; one that killed a worker travels alone."""
        chunk: deque[_Page] = deque()
        size = 0
        page = self._queue.get()
        share = max(1, self._queue.qsize() // max(1, self.workers))
        while page is not None:
            if page.tries and chunk:
                self._queue.put(page)
                break
            chunk.append(page)
            size += len(page.fetched.body)
            if page.tries or len(chunk) >= min(share, _CHUNK_PAGES) or size > _CHUNK_BYTES:
                break
            try:
                page = self._queue.get_nowait()
            except queue.Empty:
                break
        else:
            if chunk:
                self._queue.put(None)  # the sign to stop, for after this chunk
        return chunk

    def _lost(self, worker: Worker, chunk: deque[_Page]) -> bool:
        """The worker is dead: its first page did it, the others were not begun."""
        worker.end()
        culprit = chunk.popleft()
        culprit.tries += 1
        if self._closing or culprit.tries < _MAX_TRIES:
            chunk.append(culprit)
        else:
            culprit.answer(unscannable(culprit.fetched, worker.why))
        for page in chunk:
            self._queue.put(page)
        return False

    def _give_up(self, error: AuditError | None) -> None:
        """This worker cannot be started; when it was the last one, nothing can be scanned."""
        with self._lock:
            self._serving -= 1
            if self._serving and error is None:
                return
        self._broken = error or UnreadableError(
            tr(
                "扫描进程无法启动，请检查内存和安装是否完整",
                "the scanning processes cannot be started: check memory and the installation",
            )
        )
        while True:
            try:
                page = self._queue.get_nowait()
            except queue.Empty:
                return
            if page is not None:
                page.answer(self._broken)
