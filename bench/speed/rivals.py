"""The others: nine naive patterns in Python `re`, in hyperscan and in ripgrep.

All three look for the shapes only. None judges a check digit, a mask, a table or a context: they
are the floor of what finding digits costs, not scanners.
"""

import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

# Written so that Python, hyperscan and ripgrep understand them alike (no look-around).
PATTERNS = (
    r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]",  # ID number, 18
    r"[1-9][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4}",  # ID number, 15
    r"1[3-9][0-9]{9}",  # mobile
    r"0[0-9]{2,3}-?[1-9][0-9]{6,7}",  # landline
    r"62[0-9]{14,17}",  # bank card
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",  # e-mail
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}",
    r"[EeGgDdSsPpHh][0-9]{8}",  # passport
    r"QQ[:：]?[1-9][0-9]{4,10}",  # QQ
)

CpuSeconds = float


def timed(work: Callable[[], int]) -> tuple[CpuSeconds, int]:
    """CPU seconds of this process that `work` takes, and the number it gives."""
    start = time.process_time()
    count = work()
    return time.process_time() - start, count


def python_re(texts: Sequence[str]) -> Callable[[], int]:
    """Each of the nine patterns over each text."""
    compiled = [re.compile(pattern) for pattern in PATTERNS]

    def work() -> int:
        return sum(len(pattern.findall(text)) for text in texts for pattern in compiled)

    return work


def hyperscan(texts: Sequence[str]) -> Callable[[], int] | None:
    """The nine patterns in one pass; None where hyperscan is not installed."""
    try:
        import hyperscan as hs  # noqa: PLC0415 - an optional extra
    except ImportError:
        return None
    database = hs.Database()
    database.compile(
        expressions=[pattern.encode("utf-8") for pattern in PATTERNS],
        ids=list(range(len(PATTERNS))),
        elements=len(PATTERNS),
        flags=[hs.HS_FLAG_UTF8 | hs.HS_FLAG_SOM_LEFTMOST] * len(PATTERNS),
    )
    bodies = [text.encode("utf-8") for text in texts]

    def work() -> int:
        seen: set[tuple[object, int, int]] = set()

        def on_match(rule: int, start: int, _end: int, _flags: int, page: object) -> None:
            # One report an end offset comes in; a value is one start.
            seen.add((page, rule, start))

        for page, body in enumerate(bodies):
            database.scan(body, match_event_handler=on_match, context=page)
        return len(seen)

    return work


def ripgrep(file: Path) -> tuple[CpuSeconds, int] | None:
    """CPU seconds of one ripgrep process over the file; None where it is not installed."""
    program = shutil.which("rg")
    if program is None:
        return None
    words = [program, "-j1", "--no-config", "--only-matching", "--no-line-number"]
    for pattern in PATTERNS:
        words += ["-e", pattern]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([*words, str(file)], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, run.stdout.count(b"\n")
