"""The list of addresses still to be read, as the spiders see it.

A page leaves the frontier when its result is committed, not when it was handed out. Scrapy's own
JOBDIR forgets what was in flight when the process is killed; a leased row cannot be forgotten.
The ledger implements this protocol over its database.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from scanner.model import ItemResult, Lease, Link

__all__ = ["Frontier", "Lease"]


class Frontier(Protocol):
    """A durable queue of addresses. Every method is one transaction."""

    def push(self, links: Sequence[Link], parent: str, depth: int) -> int:
        """Add the addresses not yet known to this sweep; returns how many were new."""
        ...

    def lease(self, limit: int, seconds: float) -> list[Lease]:
        """Hand out up to `limit` pending or expired addresses for `seconds`.

        Of hosts that no other process asks; these are ours until they are said to rest.
        """
        ...

    def rest(self, hosts: Mapping[str, float]) -> None:
        """Nothing of these hosts is in hand: others may ask them after so many seconds."""
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

    def beat(self) -> bool:
        """Say that this process lives; False when it was taken for dead, and lost its leases."""
        ...

    def hurry(self) -> None:
        """Wait no longer for a database that is away."""
        ...
