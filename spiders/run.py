"""Run one spider to its end in this process, again and again if need be."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor, is_reactor_installed, verify_installed_reactor
from twisted.internet.task import LoopingCall

from spiders import resolve
from spiders.job import CrawlEnd, CrawlJob
from spiders.settings import build_settings
from spiders.site import SiteSpider

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
_TIMERS = 1.0  # seconds
_INTERRUPTED = 130  # exit status of a program ended by Ctrl-C


def run_spider(
    spider: type[SiteSpider], job: CrawlJob, on_abort: Callable[[], None] | None = None
) -> CrawlEnd:
    """Crawl until the frontier is empty, or until SIGINT or SIGTERM.

    The first signal ends the crawl in good order; at the second the process ends at once, after
    `on_abort`. Blocks; one at a time in a process, and only in its main thread. Raises what
    stopped the crawl: an AuditError for what a user can mend.
    """
    _hush()
    ends: list[CrawlEnd | BaseException] = []
    crawler = Crawler(spider, Settings(build_settings(job.options)))

    async def main() -> None:
        timers = _timers()
        with _signals(crawler, on_abort):
            await crawler.crawl_async(job=job, on_end=ends.append)
        timers.stop()
        await _end_strays()

    _loop(crawler).run_until_complete(main())
    end = ends[0]
    if isinstance(end, BaseException):
        raise end
    return end


def _hush() -> None:
    """Without a handler of its own, Python writes a library's warnings to the user's terminal.

    What they say stands in the coverage, in the user's language and without quoting addresses.
    """
    for name in ("scrapy", "twisted"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _timers() -> LoopingCall:
    """A call of nothing every second, at which Twisted looks through its timers.

    On asyncio's loop it only does when one of them is due. Each answer leaves two that were
    called off, of a minute each: tens of thousands in a fast crawl, walked by every collection
    of garbage.
    """
    timers = LoopingCall(bool)
    timers.start(_TIMERS, now=False)
    return timers


async def _end_strays() -> None:
    """End what Scrapy still waits for: downloads whose leases were given back."""
    strays = asyncio.all_tasks() - {asyncio.current_task()}
    for task in strays:
        task.cancel()
    await asyncio.gather(*strays, return_exceptions=True)


def _loop(crawler: Crawler) -> asyncio.AbstractEventLoop:
    """The event loop under Twisted's reactor, which is started once and never stopped.

    A reactor cannot be started a second time, but the loop under it can be run as often as one
    likes; everything Scrapy needs of the reactor goes through the loop.
    """
    if not is_reactor_installed():
        install_reactor(_REACTOR)
    verify_installed_reactor(_REACTOR)
    from twisted.internet import reactor  # noqa: PLC0415 - importing it installs it

    if not reactor.running:
        reactor.startRunning(installSignalHandlers=False)
    resolve.forget()
    resolve.LoopResolver.from_crawler(crawler, reactor).install_on_reactor()
    loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
    return loop


@contextmanager
def _signals(crawler: Crawler, on_abort: Callable[[], None] | None) -> Iterator[None]:
    """SIGINT and SIGTERM stop the spider of `crawler`; the second one stops the process."""
    loop = asyncio.get_running_loop()
    received = 0

    def stop() -> None:
        nonlocal received
        received += 1
        if received > 1:
            if on_abort is not None:
                on_abort()
            sys.stdout.flush()
            os._exit(_INTERRUPTED)
        if isinstance(crawler.spider, SiteSpider):
            crawler.spider.stop()

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(number) for number in numbers]
    for number in numbers:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
