"""The two streams: results go to standard output, everything else to standard error."""

import sys
from typing import TextIO

from rich.console import Console

_PIPE_WIDTH = 80  # columns, where the output is no terminal


class PlainConsole(Console):
    """A rich console that reads no markup and leaves a closed pipe to its caller."""

    def __init__(self, stream: TextIO) -> None:
        terminal = stream.isatty()
        super().__init__(
            file=stream,
            markup=False,
            highlight=False,
            emoji=False,
            width=None if terminal else _PIPE_WIDTH,
            force_terminal=None if terminal else False,
        )

    def on_broken_pipe(self) -> None:
        """Not an exit of rich's own: the command line decides on the status."""
        raise BrokenPipeError


def out() -> Console:
    """Where results go."""
    return PlainConsole(sys.stdout)


def err() -> Console:
    """Where progress and messages go."""
    return PlainConsole(sys.stderr)
