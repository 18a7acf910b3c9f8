"""Hosts that do not answer: noticed once, not waited for at each of their addresses.

A county's old server is switched off, and hundreds of addresses of it are known. To wait for each
of them, three times over, would hold up the sweep for hours and say nothing new.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

# Different addresses in a row that got no answer. A host that has answered in this run is given
# more: three pages may hang that make long tables, and the host lives.
DEAF_FROM_THE_START = 3
DEAF_AFTER_ANSWERS = 10


@dataclass(slots=True)
class _Host:
    has_answered: bool = False
    unanswered: set[str] = field(default_factory=set)


class Silence:
    """Which hosts have stopped answering in this run; a host is name and port."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    def heard(self, url: str) -> None:
        """The host of `url` answered something: it lives."""
        host = self._host(url)
        host.has_answered = True
        host.unanswered.clear()

    def unheard(self, url: str) -> None:
        """No answer for `url`: refused, no such name, or not in time."""
        host = self._host(url)
        if not self._is_full(host):
            host.unanswered.add(url)

    def is_doubtful(self, url: str) -> bool:
        """Whether another address of the host has just got no answer: no use in trying twice."""
        return bool(self._host(url).unanswered - {url})

    def is_dead(self, url: str) -> bool:
        """Whether the host of `url` need not be asked any more in this run."""
        return self._is_full(self._host(url))

    @staticmethod
    def _is_full(host: _Host) -> bool:
        limit = DEAF_AFTER_ANSWERS if host.has_answered else DEAF_FROM_THE_START
        return len(host.unanswered) >= limit

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(urlsplit(url).netloc, _Host())
