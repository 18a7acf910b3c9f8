"""The re-check spider: fetches flagged pages and attachments again, whole, and nothing else."""

from dataclasses import replace

from scanner.lang import tr
from scanner.model import Fetched, ItemResult, Lease, Link, Outcome
from spiders.answers import content_hash
from spiders.job import CrawlJob, completed
from spiders.links import find_links
from spiders.moved import places
from spiders.site import SiteSpider


class RecheckSpider(SiteSpider):
    """As the site spider, but unconditional, through redirects, and without following pages.

    A page that was moved to another address is still the page that was flagged: what the address
    gives today is what is judged, and where it gives nothing, what stands under the page's title
    elsewhere. The attachments of a flagged page are read with it.
    """

    name = "recheck"
    follow_redirects = True

    def __init__(self, *, job: CrawlJob, **kwargs: object) -> None:
        super().__init__(job=job, **kwargs)  # type: ignore[arg-type]
        self._flagged = job.flagged
        self._process = job.process

    @staticmethod
    def follows(link: Link) -> bool:
        """Only attachments."""
        return link.is_attachment

    async def settle(self, lease: Lease, result: ItemResult) -> ItemResult:
        """The result of a page that is gone, or that of the place where it stands now."""
        flagged = self._flagged.get(lease.url)
        if result.outcome is not Outcome.GONE or flagged is None:
            return result
        for url in places(flagged, lease.url, await self._links_of(lease.parent)):
            moved = await self._judged_at(lease, url)
            if moved is not None:
                return moved
        return result

    async def _links_of(self, url: str) -> tuple[Link, ...]:
        if not url or not self.fence.allows(url):
            return ()
        answer = await self.fetch(Lease(url))
        if not isinstance(answer, Fetched):
            return ()
        return find_links(answer.body, answer.final_url, answer.content_type).links

    async def _judged_at(self, lease: Lease, url: str) -> ItemResult | None:
        """The result with what stands at `url` now; None where nothing does."""
        if not self.fence.allows(url):
            return None
        answer = await self.fetch(Lease(url, lease.parent, is_attachment=lease.is_attachment))
        if isinstance(answer, Fetched):
            answer = replace(answer, url=lease.url, final_url=url)
            result = await self._process(answer)
            if result.outcome is not Outcome.GONE:
                return completed(result, lease, answer, content_hash(answer.body))
            return None
        if answer.outcome is Outcome.GONE:
            return None
        reason = tr(
            f"已移到 {url}，那里没有读成：{answer.reason}",
            f"moved to {url}, which could not be read: {answer.reason}",
        )
        return completed(
            replace(answer, url=lease.url, outcome=Outcome.FAILED, reason=reason), lease
        )
