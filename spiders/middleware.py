"""What stands between the crawl and the net: the fence, patience, redirects."""

import asyncio
import email.utils
import time
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response

from scanner.lang import tr
from scanner.model import Cause
from spiders.fence import Fence, literal_address
from spiders.options import CrawlOptions
from spiders.resolve import lookup
from spiders.silence import Silence

# What says that a host does not answer at all, as against answering badly.
SILENT = (DownloadTimeoutError, CannotResolveHostError, DownloadConnectionRefusedError)


class RefusedError(IgnoreRequest):
    """A request that the crawl itself will not make; the text is the reason for the coverage."""

    def __init__(self, reason: str, cause: Cause = Cause.OUTSIDE) -> None:
        super().__init__(reason)
        self.cause = cause


class FenceMiddleware:
    """Lets no request out of the listed domains, whoever made it: a link, a redirect, robots."""

    def __init__(self, fence: Fence, timeout: float) -> None:
        self._fence = fence
        self._timeout = timeout
        self._judged: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FenceMiddleware":
        """With the fence of the spider."""
        fence: Fence = crawler.spider.fence  # type: ignore[union-attr]
        return cls(fence, crawler.settings.getfloat("DNS_TIMEOUT"))

    async def process_request(self, request: Request) -> None:
        """Raise RefusedError for what lies outside."""
        reason = self._fence.refusal(request.url)
        if not reason:
            host = urlsplit(request.url).hostname or ""
            if host not in self._judged:
                self._judged[host] = await self._judge(host)
            reason = self._judged[host]
        if reason:
            raise RefusedError(reason)

    async def _judge(self, host: str) -> str:
        try:
            found = await lookup(host, self._timeout)
        except CannotResolveHostError:
            return ""  # the download will say so itself
        for text in found:
            address = literal_address(text)
            reason = self._fence.refuses_address(host, address) if address else ""
            if reason:
                return reason
        return ""


class PatientRetryMiddleware(RetryMiddleware):
    """Tries again after a wait: the server's Retry-After, or ever longer pauses.

    The waiting request keeps its host's place, so the whole host is left in peace meanwhile. Where
    another address of the host has just got no answer, nothing is tried twice.
    """

    @property
    def _options(self) -> CrawlOptions:
        options: CrawlOptions = self.crawler.spider.options  # type: ignore[union-attr]
        return options

    @property
    def _silence(self) -> Silence:
        silence: Silence = self.crawler.spider.silence  # type: ignore[union-attr]
        return silence

    async def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """Wait, then hand back a new request for an answer that may pass."""
        self._silence.heard(request.url)
        out = super().process_response(request, response)
        if isinstance(out, Request):
            asked = retry_after(response.headers.get(b"Retry-After") or b"", time.time())
            await self._wait(out, asked)
        return out

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Wait, then hand back a new request for a failure that may pass."""
        if isinstance(exception, SILENT):
            self._silence.unheard(request.url)
            if self._silence.is_doubtful(request.url):
                return None
        out = super().process_exception(request, exception)
        if isinstance(out, Request):
            await self._wait(out, None)
        return out

    async def _wait(self, request: Request, asked: float | None) -> None:
        times: int = request.meta.get("retry_times", 1)
        pause = self._options.retry_wait * 2 ** (times - 1) if asked is None else asked
        await asyncio.sleep(min(pause, self._options.max_wait))


def retry_after(header: bytes, now: float) -> float | None:
    """Seconds that a Retry-After header asks for: a number or a date. None when it asks nothing."""
    text = header.decode("latin-1").strip()
    if text.isdigit():
        return float(text[:9])
    if not text:
        return None
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except ValueError:
        return None


class FencedRedirectMiddleware(RedirectMiddleware):
    """Redirects of the re-check and of robots.txt; each step passes the fence like a link."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """Keep the page that linked to the first address."""

    def _engine_started(self) -> None:
        """No referer middleware is needed: see handle_referer."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        try:
            return super()._redirect(redirected, request, reason)
        except RefusedError:
            raise
        except IgnoreRequest as error:
            raise RedirectsError(tr("重定向次数过多", "too many redirects")) from error


class RedirectsError(IgnoreRequest):
    """A chain of redirects that is too long, or a ring."""
