"""Warm workers: one answers one file at a time; one that dies or is too slow is replaced.

Safe across threads: each request takes a worker of its own. After a fork the child starts its own.
"""

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
from typing import BinaryIO, cast

from scanner.extract.guard import wire
from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.sniff import Format
from scanner.lang import get_lang, tr
from scanner.model import PageMeta, Unread

WALL_SECONDS = 35.0  # of one reading
PLAIN_SECONDS = 15.0  # of the plain sweep after a death
PICTURE_SECONDS = 180.0  # of one picture, with the loading of the models
_MAX_USES = 500  # files of one worker: what a library leaks goes with it
_LEAST_SECONDS = 2.0


class Worker:
    """One process and its two pipes."""

    def __init__(self, module: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this program's own modules
            [sys.executable, "-m", f"scanner.extract.guard.{module}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment(),
        )
        self.uses = 0

    def ask(self, request: wire.Message, seconds: float) -> wire.Message | None:
        """The answer, or None when the worker died or the wall limit ended it."""
        self.uses += 1
        timer = threading.Timer(seconds, self.kill)
        timer.daemon = True
        timer.start()
        try:
            wire.send(cast(BinaryIO, self._process.stdin), request)
            return wire.receive(cast(BinaryIO, self._process.stdout))
        except OSError:
            return None
        finally:
            timer.cancel()

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the worker and whatever it started: it leads a process group of its own."""
        try:
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        except ProcessLookupError:
            return

    def close(self) -> None:
        """End the worker, wait for it and close the pipes."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                cast(BinaryIO, stream).close()
            except OSError:  # what was still to be written has no reader any more
                continue


class Pool:
    """Idle workers, at most as many as there are processors."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def read(self, kind: Format, body: bytes, nest: Nest, name: str) -> Read:
        """Read in a worker; when it dies, again by the plain sweep alone."""
        seconds = max(min(nest.deadline - time.monotonic(), WALL_SECONDS), _LEAST_SECONDS)
        answer = self._ask(kind, body, nest, name, plain=False, seconds=seconds)
        if answer is not None:
            return Read(answer.blocks, answer.meta, answer.unread)
        died = Unread(
            tr("文件", "file"),
            tr(
                "解析程序超出内存或时间上限，仅作全文检索",
                "the parser hit the memory or time limit: plain text only",
            ),
        )
        answer = self._ask(kind, body, nest, name, plain=True, seconds=PLAIN_SECONDS)
        if answer is None:
            gave_up = Unread(
                tr("文件", "file"), tr("全文检索也未完成", "the plain sweep did not end either")
            )
            return Read([], PageMeta(), (died, gave_up))
        return Read(answer.blocks, answer.meta, (died, *answer.unread))

    def _ask(
        self, kind: Format, body: bytes, nest: Nest, name: str, *, plain: bool, seconds: float
    ) -> wire.Answer | None:
        request = wire.Request(
            kind=kind.value,
            body=body,
            name=name,
            content_type="",
            lang=get_lang(),
            plain=plain,
            depth=nest.depth,
            bytes_left=nest.budget.bytes_left,
            entries_left=nest.budget.entries_left,
            seconds=seconds,
            label=nest.label,
            hidden=nest.hidden,
        )
        answer = self.exchange(request, seconds if plain else seconds + 10)
        if not isinstance(answer, wire.Answer):
            return None
        nest.budget.pictures.extend(answer.pictures)
        nest.budget.bytes_left = min(answer.bytes_left, nest.budget.bytes_left)
        nest.budget.entries_left = min(answer.entries_left, nest.budget.entries_left)
        return answer

    def exchange(self, request: wire.Message, seconds: float) -> wire.Message | None:
        """One request to a worker of its own; None when that died, which is replaced."""
        worker = self._take()
        answer = worker.ask(request, seconds)
        if answer is None:
            worker.close()
            return None
        self._give(worker)
        return answer

    def _take(self) -> Worker:
        with self._lock:
            if self._owner != os.getpid():
                # The workers of the process that this one was forked from are not ours.
                self._idle, self._owner = [], os.getpid()
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    return worker
                worker.close()
        return Worker(self._module)

    def _give(self, worker: Worker) -> None:
        with self._lock:
            if worker.uses < _MAX_USES and len(self._idle) < (os.cpu_count() or 1):
                self._idle.append(worker)
                return
        worker.close()

    def close(self) -> None:
        """End all idle workers of this process."""
        with self._lock:
            idle, self._idle = self._idle, []
        if self._owner == os.getpid():
            for worker in idle:
                worker.close()


_pool = Pool("worker")
_ocr_pool = Pool("ocr_worker")
atexit.register(_pool.close)
atexit.register(_ocr_pool.close)


def read_guarded(kind: Format, body: bytes, nest: Nest, name: str) -> Read:
    """Read one file in a worker process with limits. Never fails: see `Read.unread`."""
    return _pool.read(kind, body, nest, name)


def read_picture(data: bytes) -> tuple[wire.Line, ...] | None:
    """The lines of an encoded picture; None when its worker died or was too slow."""
    answer = _ocr_pool.exchange(wire.ReadPicture(data), PICTURE_SECONDS)
    return answer.lines if isinstance(answer, wire.PictureText) else None


def _environment() -> dict[str, str]:
    """Where this program's modules lie; math libraries must not start threads of their own."""
    paths = [path for path in sys.path if path]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }
