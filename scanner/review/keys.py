"""Single keys from a terminal, which is put back as it was whatever happens."""

import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from scanner.review.session import BACKSPACE, DOWN, ENTER, ESCAPE, UP

_ESCAPE_WAIT = 0.05  # seconds within which the rest of an arrow key follows its escape
_RESIZE_WAIT = 0.5  # seconds between two looks at the size of the terminal
_ENTER_SCREEN = "\x1b[?1049h\x1b[?25l"
_LEAVE_SCREEN = "\x1b[?25h\x1b[?1049l"
_SEQUENCES = {b"[A": UP, b"[B": DOWN, b"OA": UP, b"OB": DOWN}
_CONTROLS = {
    b"\r": ENTER,
    b"\n": ENTER,
    b"\x7f": BACKSPACE,
    b"\x08": BACKSPACE,
    b"\x10": UP,  # Ctrl-P
    b"\x0e": DOWN,  # Ctrl-N
}
RESIZED = "resized"
END_OF_INPUT = ""


@contextmanager
def single_keys() -> Iterator[None]:
    """Keys come one by one, unseen; the screen is another one until the end.

    Ctrl-C still interrupts. Suspending is off meanwhile: it would leave the shell in this state.
    """
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        for number in handlers:
            signal.signal(number, _end)
        tty.setcbreak(descriptor)
        quiet = termios.tcgetattr(descriptor)
        quiet[6][termios.VSUSP] = b"\x00"
        termios.tcsetattr(descriptor, termios.TCSANOW, quiet)
        sys.stdout.write(_ENTER_SCREEN)
        sys.stdout.flush()
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        sys.stdout.write(_LEAVE_SCREEN)
        sys.stdout.flush()


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """A signal that ends the program: leave through the `finally` above."""
    raise SystemExit(128 + number)


def terminal_size() -> os.terminal_size:
    """Columns and rows of the terminal now."""
    return os.get_terminal_size(sys.stdin.fileno())


def read_key(drawn_for: os.terminal_size) -> str:
    """The next key: one character, a name of `session`, RESIZED, or END_OF_INPUT.

    `drawn_for`: the size for which the screen was drawn; RESIZED when it is another one now.
    """
    descriptor = sys.stdin.fileno()
    while not select.select([descriptor], [], [], _RESIZE_WAIT)[0]:
        if terminal_size() != drawn_for:
            return RESIZED
    first = os.read(descriptor, 1)
    if first in (b"", b"\x04"):
        return END_OF_INPUT
    if first == b"\x1b":
        return _escape(descriptor)
    if first in _CONTROLS:
        return _CONTROLS[first]
    return _character(descriptor, first)


def _escape(descriptor: int) -> str:
    rest = b""
    while len(rest) < 8 and select.select([descriptor], [], [], _ESCAPE_WAIT)[0]:
        rest += os.read(descriptor, 1)
        if (len(rest) > 1 and rest[-1:].isalpha()) or rest[-1:] == b"~":
            break
    if not rest:
        return ESCAPE
    return _SEQUENCES.get(rest, "unknown")


def _character(descriptor: int, first: bytes) -> str:
    """One character in UTF-8: a Chinese input method sends several bytes."""
    lead = first[0]
    length = 4 if lead >= 0xF0 else 3 if lead >= 0xE0 else 2 if lead >= 0xC0 else 1
    data = first
    while len(data) < length:
        more = os.read(descriptor, length - len(data))
        if not more:
            break
        data += more
    return data.decode("utf-8", "replace")[:1]
