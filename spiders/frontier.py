"""The list of addresses still to be read, as the spiders see it.

A page leaves the frontier when its result is committed, not when it was handed out. Scrapy's own
JOBDIR forgets what was in flight when the process is killed; a leased row cannot be forgotten.
The ledger implements this protocol over its database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from scanner.model import ItemResult, Link


@dataclass(frozen=True, slots=True)
class Lease:
    """One address handed out for a limited time, with what an earlier sweep knew of it."""

    url: str
    parent: str = ""  # the page that linked to it
    depth: int = 0  # links away from a start address
    is_attachment: bool = False
    is_list_page: bool = False
    etag: str = ""  # of the last successful reading, for a conditional request
    last_modified: str = ""
    attempts: int = 0  # how often it was handed out before without a result
    content_hash: str = ""  # SHA-256 of the bytes last read in full, "" when never


class Frontier(Protocol):
    """A durable queue of addresses. Every method is one transaction."""

    def push(self, links: Sequence[Link], parent: str, depth: int) -> int:
        """Add the addresses not yet known to this sweep; returns how many were new."""
        ...

    def lease(self, limit: int, seconds: float) -> list[Lease]:
        """Hand out up to `limit` pending or expired addresses for `seconds`."""
        ...

    def commit(self, results: Sequence[ItemResult]) -> None:
        """Record results, their findings and new links, and mark the addresses done.

        Once per address and sweep: a second commit of the same address changes nothing.
        """
        ...

    def release(self, urls: Sequence[str]) -> None:
        """Give leased addresses back as pending, as if they had not been handed out."""
        ...

    def pending(self) -> int:
        """Addresses of this sweep that have no result yet, leased ones included."""
        ...
