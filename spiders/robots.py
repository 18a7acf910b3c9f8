"""robots.txt, obeyed as RFC 9309 has it: what cannot be asked for permission gives none."""

import asyncio
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from scanner.lang import tr
from scanner.model import Cause
from spiders.middleware import RefusedError

_READ = 512 * 1024  # bytes; RFC 9309 section 2.5 asks for 500 KiB at least


class RobotsMiddleware:
    """Asks each host for its robots.txt once, and refuses what that disallows.

    RFC 9309, section 2.3.1: there is none (4xx): everything is allowed. The server fails (5xx, or
    429): nothing is, for this run. No answer at all: the page asked for fails as robots.txt did,
    and the next one asks again.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent: str = crawler.settings["USER_AGENT"]
        self._asked: dict[str, asyncio.Task[Protego | str | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """With the settings of the crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise RefusedError for what robots.txt disallows; what the download of it raised."""
        if request.meta.get("is_robots"):
            return
        rules = await self._rules(request.url)
        if isinstance(rules, str):
            raise RefusedError(rules, Cause.ROBOTS)
        if rules is not None and not rules.can_fetch(request.url, self._agent):
            raise RefusedError(tr("robots.txt 不允许", "refused by robots.txt"), Cause.ROBOTS)

    async def _rules(self, url: str) -> Protego | str | None:
        """The rules of the host; None where there are none, the reason where all is refused."""
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        task = self._asked.get(base)
        if task is None:
            task = self._asked[base] = asyncio.ensure_future(self._ask(base + "/robots.txt"))
        try:
            # Others may wait for the same answer when the one that asked is given up.
            return await asyncio.shield(task)
        except Exception:
            if self._asked.get(base) is task:
                del self._asked[base]
            raise

    async def _ask(self, url: str) -> Protego | str | None:
        request = Request(url, meta={"is_robots": True}, callback=NO_CALLBACK, priority=1000)
        try:
            response = await self._crawler.engine.download_async(request)
        except (IgnoreRequest, DownloadCancelledError):
            return None  # outside the fence, a ring of redirects, too large: there is none for us
        return rules_of(response)


def rules_of(response: Response) -> Protego | str | None:
    """What an answer for robots.txt allows: rules, None for everything, a reason for nothing."""
    status = response.status
    if status == 429 or status >= 500:
        return tr(
            f"robots.txt 返回 HTTP {status}，按规定视为全部不允许",
            f"robots.txt answers HTTP {status}, which forbids everything",
        )
    if not 200 <= status < 300:
        return None
    return Protego.parse(response.body[:_READ].decode("utf-8-sig", "replace"))
