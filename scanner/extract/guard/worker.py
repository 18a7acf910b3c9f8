"""A worker process: reads requests from its standard input, answers on its standard output.

Run as `python -m scanner.extract.guard.worker`. Limits: address space, CPU seconds of each
request, size of files, no core dumps. It ends when its input ends.
"""

import os
import sys
import time

from scanner.extract.guard import wire
from scanner.extract.nest import Budget, Nest
from scanner.extract.readers import plain_part, read_format, read_part
from scanner.extract.sniff import Format
from scanner.lang import set_lang

try:
    import resource
except ImportError:  # pragma: no cover - not on this system: the wall limit alone holds
    resource = None  # type: ignore[assignment]

MEMORY = 1_500_000_000  # bytes of address space
CPU_SECONDS = 30  # a request
FILE_SIZE = 256_000_000  # bytes of any file it might write


def main() -> None:
    """Serve until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not run into the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit()
    while True:
        request = wire.receive(sys.stdin.buffer)
        if not isinstance(request, wire.Request):
            return
        _allow_cpu()
        wire.send(answers, answer(request))


def answer(request: wire.Request) -> wire.Answer:
    """Read one file as asked."""
    set_lang("en" if request.lang == "en" else "zh")
    budget = Budget(request.bytes_left, request.entries_left)
    nest = Nest(
        read_part,
        budget,
        depth=request.depth,
        guarded=True,
        deadline=time.monotonic() + request.seconds,
        label=request.label,
        hidden=request.hidden,
    )
    kind = Format(request.kind)
    reader = plain_part if request.plain else read_format
    read = reader(kind, request.body, nest)
    return wire.Answer(
        list(read.blocks),
        read.meta,
        read.unread,
        budget.bytes_left,
        budget.entries_left,
        tuple(budget.pictures),
    )


def _limit() -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_cpu() -> None:
    """The limit counts from the process's start: each request gets its own seconds."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
