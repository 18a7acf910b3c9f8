"""One line of progress at the foot of a terminal, never in a pipe or a log."""

import shutil
import sys
import time
from types import TracebackType

from scanner.safe_text import one_line

_EVERY = 0.1  # seconds between two drawings
_CLEAR = "\r\x1b[2K"


class Progress:
    """A line on standard error that is drawn over itself. Without a terminal it does nothing."""

    def __init__(self) -> None:
        self._shown = False
        self._active = sys.stderr.isatty()
        self._last = 0.0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Draw `text`, at most ten times a second."""
        now = time.monotonic()
        if not self._active or now - self._last < _EVERY:
            return
        self._last = now
        sys.stderr.write(_CLEAR + one_line(text, _width() - 1))
        sys.stderr.flush()
        self._shown = True

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
            self._shown = False

    def message(self, text: str) -> None:
        """A line that stays, on standard error, terminal or not."""
        self.clear()
        sys.stderr.write(one_line(text) + "\n")


def _width() -> int:
    return shutil.get_terminal_size().columns
