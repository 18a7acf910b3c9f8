"""Waiting for a database that is away: restarted, cut off, or locked by another program."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0  # seconds between two attempts

# SQLSTATEs of a server that is shut down, starts, is full of connections, or was cut off.
_AWAY = re.compile("08...|57P0[1-5]|53300")
_LOCKED = re.compile("database (table )?is locked|database schema is locked")
# What waiting does not mend, though the driver gives no SQLSTATE when a connection fails.
_REFUSED = re.compile(
    'authentication failed|no password supplied|no pg_hba|(role|database) ".*" does not exist'
)


def is_away(error: DBAPIError) -> bool:
    """Whether the same work may succeed later: the database was not there, or was locked."""
    words = str(error.orig)
    if _REFUSED.search(words):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _AWAY.fullmatch(state) is not None
    if hasattr(error.orig, "sqlstate"):  # PostgreSQL's driver, with no server to name a state
        return error.connection_invalidated or type(error.orig).__name__ in (
            "OperationalError",
            "ConnectionTimeout",
        )
    return _LOCKED.search(words) is not None


@dataclass(slots=True)
class Patience:
    """How long to wait, and whom to tell. 0 seconds: not at all, as suits a person's command."""

    seconds: float = 0.0
    on_wait: Callable[[], None] | None = None  # called once when a wait begins, on any thread
    _hurry: threading.Event = field(default_factory=threading.Event)

    def hurry(self) -> None:
        """Wait no longer, now and later."""
        self._hurry.set()

    @property
    def is_left(self) -> bool:
        """Whether anything is waited for at all."""
        return self.seconds > 0 and not self._hurry.is_set()

    def begin(self) -> "Wait":
        """One piece of work that may have to wait."""
        return Wait(self)


class Wait:
    """The waiting of one piece of work: ever longer pauses, until the patience is used up."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._since: float | None = None
        self._pause = _FIRST_PAUSE

    @property
    def waited(self) -> float:
        """Seconds since the first failure."""
        return 0.0 if self._since is None else time.monotonic() - self._since

    def once_more(self) -> bool:
        """Pause; whether it may be tried again."""
        patience = self._patience
        if self._since is None:
            self._since = time.monotonic()
            if patience.on_wait is not None and patience.is_left:
                patience.on_wait()
        left = patience.seconds - self.waited
        if left <= 0 or patience._hurry.wait(min(self._pause, left)):
            patience.hurry()  # who has waited that long once does not begin anew
            return False
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        return True
