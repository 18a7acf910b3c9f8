"""One scanning process: its life, and how the crawl's side speaks to it over a pipe."""

import contextlib
import multiprocessing
import pickle
import signal
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from scanner.errors import AuditError, ConfigError
from scanner.lang import set_lang, tr
from scanner.model import Fetched, ItemResult
from scanner.pagescan import PageScanner, PipelineSpec

_CONTEXT = multiprocessing.get_context("spawn")  # nothing of the crawl leaks into a worker
_START_SECONDS = 120.0
_SENT_LINKS = 50_000


def no_interrupts() -> None:
    """Processes that this thread starts are not told of Ctrl-C: not while they load their modules,
    where Python would print a traceback. They inherit what the thread blocks."""
    resource_tracker.ensure_running()  # it starts with the first process, and unblocks the signal
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class Worker:
    """One living process, seen from the crawl's side."""

    def __init__(self, process: SpawnProcess, pipe: Connection) -> None:
        self._process = process
        self._pipe = pipe
        self.why = tr("扫描进程中止", "the scanning process died")

    @classmethod
    def start(
        cls, spec: PipelineSpec, live: dict[int, SpawnProcess], number: int
    ) -> "Worker | AuditError | None":
        """A warm worker; an error when its rules cannot be loaded; None when it died."""
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_work, args=(theirs, spec), name=f"scan-{number}")
        process.start()
        live[number] = process
        theirs.close()
        worker = cls(process, ours)
        ready = worker._take(_START_SECONDS)
        if ready is True:
            return worker
        worker.end()
        return ready if isinstance(ready, AuditError) else None

    def send(self, pages: Sequence[Fetched]) -> None:
        """Hand pages over. Raises OSError when the process is gone."""
        self._pipe.send_bytes(pickle.dumps(list(pages), protocol=5))

    def receive(self, seconds: float) -> ItemResult | None:
        """The next result; None when the process died or took too long and was ended."""
        got = self._take(seconds)
        return got if isinstance(got, ItemResult) else None

    def _take(self, seconds: float) -> object:
        try:
            if not self._pipe.poll(seconds):
                self.why = tr(f"超过 {seconds:g} 秒", f"over {seconds:g} seconds")
                return None
            return pickle.loads(self._pipe.recv_bytes())  # noqa: S301 - from our own child
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """End the process, whatever it does."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


class _FreshLinks:
    """Leaves out links that this worker has sent before: a menu is on every page of a site.

    What was sent is either committed or lost with the whole process, and with it this memory.
    """

    def __init__(self) -> None:
        self._sent: set[str] = set()

    def only(self, result: ItemResult) -> ItemResult:
        """The result with the links that are new to the crawl."""
        if len(self._sent) > _SENT_LINKS:
            self._sent.clear()
        links = tuple(link for link in result.links if link.url not in self._sent)
        self._sent.update(link.url for link in links)
        return replace(result, links=links)


def _work(pipe: Connection, spec: PipelineSpec) -> None:
    """The life of a worker: warm up, then scan what comes until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the crawl decides when its workers end
    set_lang(spec.lang)
    with contextlib.suppress(ConnectionError):  # the crawl is gone
        _serve(pipe, spec)


def _serve(pipe: Connection, spec: PipelineSpec) -> None:
    try:
        scanner = PageScanner(spec.build())
    except AuditError as error:
        pipe.send_bytes(pickle.dumps(ConfigError(str(error)), protocol=5))
        return
    pipe.send_bytes(pickle.dumps(True, protocol=5))
    fresh = _FreshLinks()
    while True:
        try:
            pages: list[Fetched] = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our parent
        except EOFError:
            return
        for fetched in pages:
            result = fresh.only(scanner.scan(fetched))
            pipe.send_bytes(pickle.dumps(result, protocol=5))
