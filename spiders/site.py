"""The site spider: follows links and attachments within the listed domains, politely."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.logformatter import LogFormatter

from scanner.errors import AuditError
from scanner.lang import tr
from scanner.model import Cause, Fetched, ItemResult, Link, Outcome
from spiders.answers import ending_of_error, ending_of_status, fetched, redirect_target
from spiders.browser import ListBrowser
from spiders.crawl import Crawl
from spiders.cut_lists import cut_short, presses, with_turned
from spiders.frontier import Lease
from spiders.job import CrawlEnd, CrawlJob
from spiders.posted import split_posted
from spiders.silence import Silence
from spiders.urls import resolve, trap


class QuietLog(LogFormatter):
    """No line for each answer: none would be written, and making it takes time."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override]
        """Nothing."""


class SiteSpider(Spider):
    """Reads everything a frontier hands out; new links go back into it with each result.

    Scrapy's scheduler stays empty: the frontier is the queue, and each address is downloaded by
    `engine.download_async`, through all of Scrapy's politeness and through the fence.
    """

    name = "site"
    follow_redirects = False  # a redirect is a link like any other: its target is read once

    def __init__(
        self,
        *,
        job: CrawlJob,
        on_end: Callable[[CrawlEnd | BaseException], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.fence = job.fence
        self.options = job.options
        self.silence = Silence()
        self._on_end = on_end
        self._browser = ListBrowser(job.fence, job.options) if job.options.browser else None
        self._crawl = Crawl(job, self.fetch, self.follows, self.settle, self.pace)

    @staticmethod
    def follows(link: Link) -> bool:  # noqa: ARG004
        """Whether a link of a page is offered to the frontier: every one."""
        return True

    async def settle(self, lease: Lease, result: ItemResult) -> ItemResult:
        """The result as it is to be committed: a list that is cut short, turned in a browser."""
        listing = result.listing
        if listing is None or not listing.is_cut or lease.is_list_page:
            return result
        if self._browser is None:
            return replace(result, unread=(*result.unread, cut_short(listing)))
        try:
            pages = await self._browser.turn(lease.url, presses(listing))
        except AuditError:
            raise
        except Exception as error:  # noqa: BLE001 - the list stays as it was, and that is said
            return replace(
                result, unread=(*result.unread, cut_short(listing, type(error).__name__))
            )
        return with_turned(result, lease.url, pages)

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        """Settings come from `build_settings` alone."""

    def pace(self, host: str) -> float:
        """Seconds between two requests to `host`: more than was set when it answers slowly."""
        slot = self.crawler.engine.downloader.slots.get(host) if self.crawler.engine else None
        return self.options.delay if slot is None else max(self.options.delay, slot.delay)

    def stop(self) -> None:
        """End in good order: what is in flight is finished or given back."""
        self._crawl.stop()

    async def start(self) -> AsyncIterator[Any]:
        """Crawl; nothing is yielded, so that nothing enters Scrapy's own queue."""
        end: CrawlEnd | BaseException
        try:
            end = await self._crawl.run()
        except BaseException as error:
            end = error
            raise
        finally:
            if self._browser is not None:
                await self._browser.close()
            self._on_end(end)
        nothing: tuple[Any, ...] = ()
        for item in nothing:
            yield item

    async def fetch(self, lease: Lease) -> Fetched | ItemResult:
        """The answer to be scanned, or the result where there is nothing to scan."""
        crawler: Crawler = self.crawler
        if self.silence.is_dead(lease.url):
            reason = tr("主机没有应答，未再访问", "the host does not answer, not asked again")
            return ItemResult(url=lease.url, outcome=Outcome.FAILED, reason=reason)
        try:
            response = await crawler.engine.download_async(self._request(lease))
        except Exception as error:  # noqa: BLE001 - every way of failing is a result
            ending = ending_of_error(error, self.options.max_size)
            return ItemResult(
                url=lease.url, outcome=ending.outcome, reason=ending.reason, cause=ending.cause
            )
        return self._read(lease, response)

    def _request(self, lease: Lease) -> Request:
        headers: dict[str, str] = {}
        if lease.parent and self.fence.allows(lease.parent):
            headers["Referer"] = split_posted(lease.parent)[0]
        if self.options.conditional and lease.etag:
            headers["If-None-Match"] = lease.etag
        if self.options.conditional and lease.last_modified:
            headers["If-Modified-Since"] = lease.last_modified
        url, body = split_posted(lease.url)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        return Request(
            url,
            method="GET" if body is None else "POST",
            body=body,
            headers=headers,
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={"dont_redirect": not self.follow_redirects},
        )

    def _read(self, lease: Lease, response: Response) -> Fetched | ItemResult:
        location = redirect_target(response)
        if location:
            return self._moved(lease, response, location)
        ending = ending_of_status(response.status)
        if ending is not None:
            return ItemResult(
                url=lease.url,
                outcome=ending.outcome,
                reason=ending.reason,
                status=response.status,
                size=len(response.body),
            )
        return fetched(
            response, lease if self.options.conditional else replace(lease, stable_hash="")
        )

    def _moved(self, lease: Lease, response: Response, location: str) -> ItemResult:
        """A redirect: its target is a link, when it lies inside the fence."""
        target = resolve(lease.url, location)
        outcome = Outcome.SKIPPED
        cause = Cause.NONE
        links: tuple[Link, ...] = ()
        if target is None:
            outcome, reason = (
                Outcome.FAILED,
                tr("重定向到无效网址", "redirects to no valid address"),
            )
        elif target == lease.url:
            outcome, reason = Outcome.FAILED, tr("重定向到自身", "redirects to itself")
        else:
            refused = self.fence.refusal(target) or trap(target)
            reason = tr(f"重定向到 {target}", f"redirects to {target}")
            if refused:
                reason = tr(f"{reason}：{refused}", f"{reason}: {refused}")
                cause = Cause.OUTSIDE
            else:
                cause = Cause.REDIRECT
                links = (
                    Link(
                        target,
                        is_attachment=lease.is_attachment,
                        is_list_page=lease.is_list_page,
                    ),
                )
        return ItemResult(
            url=lease.url,
            outcome=outcome,
            reason=reason,
            cause=cause,
            status=response.status,
            links=links,
        )
