"""The re-check spider: fetches flagged pages and attachments again, whole, and nothing else."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from scanner.model import ItemResult, Link
from spiders.frontier import Lease
from spiders.site import SiteSpider


class RecheckSpider(SiteSpider):
    """As the site spider, but unconditional, without following links, through redirects.

    A page that was moved to another address is still the page that was flagged: what the address
    gives today is what is judged.
    """

    name = "recheck"
    follow = False
    follow_redirects = True


class FlaggedList:
    """The frontier of a re-check: a list in memory. It can be made again at any time.

    `save` records results in one transaction; what it raised was not recorded, and the crawl
    stops.
    """

    def __init__(
        self, leases: Iterable[Lease], save: Callable[[Sequence[ItemResult]], None]
    ) -> None:
        self._leases = {lease.url: lease for lease in leases}
        self._waiting = deque(self._leases)
        self._open = set(self._leases)
        self._save = save

    def push(self, links: Sequence[Link], parent: str, depth: int) -> int:  # noqa: ARG002
        """Nothing is followed, so nothing is new."""
        return 0

    def lease(self, limit: int, seconds: float) -> list[Lease]:  # noqa: ARG002
        """The next addresses; nobody else can take them."""
        count = min(limit, len(self._waiting))
        return [self._leases[self._waiting.popleft()] for _ in range(count)]

    def commit(self, results: Sequence[ItemResult]) -> None:
        """Save results once per address."""
        fresh = [result for result in results if result.url in self._open]
        self._save(fresh)
        self._open.difference_update(result.url for result in fresh)

    def release(self, urls: Sequence[str]) -> None:
        """Back to the end of the list."""
        self._waiting.extend(url for url in urls if url in self._open)

    def pending(self) -> int:
        """Addresses without a result."""
        return len(self._open)
