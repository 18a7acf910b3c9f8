"""How far a crawl goes: what is handed out and not fetched, and the reason that stands for it."""

from collections import Counter

from scanner.lang import tr
from scanner.model import Cause, ItemResult, Lease, Outcome
from spiders.fence import Fence
from spiders.job import completed
from spiders.options import CrawlOptions

# Times an address is handed out; one that kills the process each time is given up.
MAX_ATTEMPTS = 10


class Limits:
    """The limits of one run: attempts, depth, and pages of each site."""

    def __init__(self, fence: Fence, options: CrawlOptions) -> None:
        self._fence = fence
        self._options = options
        self._fetched_of: Counter[str] = Counter()

    def refusal(self, lease: Lease) -> ItemResult | None:
        """The result of an address that is not fetched at all; None counts it as fetched."""
        depth, limit = self._options.max_depth, self._options.max_pages
        site = self._fence.site_of(lease.url)
        name = site.name if site else ""
        if lease.attempts >= MAX_ATTEMPTS:
            reason = tr("多次处理均未完成，已放弃", "given up after repeated attempts")
            return _ending(lease, Outcome.FAILED, reason)
        if lease.depth > depth:
            reason = tr(f"距首页超过 {depth} 层", f"more than {depth} links from the start")
            return _ending(lease, Outcome.SKIPPED, reason)
        if limit and self._fetched_of[name] >= limit:
            reason = tr(f"超过本站上限 {limit} 页", f"over the site's limit of {limit} pages")
            return _ending(lease, Outcome.SKIPPED, reason)
        self._fetched_of[name] += 1
        return None


def _ending(lease: Lease, outcome: Outcome, reason: str) -> ItemResult:
    cause = Cause.LIMIT if outcome is Outcome.SKIPPED else Cause.NONE
    return completed(ItemResult(lease.url, outcome, reason, cause=cause), lease)
