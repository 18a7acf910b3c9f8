"""What a sweep would take, estimated from its start and list pages; nothing is scanned or changed.

The start pages, the columns that they lead to and the lists known from earlier sweeps are asked
for, politely and a limited number of them; what their lists say they have, and what the ledger
knows already, gives the number of requests, and the pace of the crawl the time.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scanner.ledger import Ledger
from scanner.ledger.forecast import SiteForecast
from scanner.model import Fetched, ItemResult, Lease, Link, Listing, Outcome
from scanner.sweep import SweepOptions, engine_version, start_links
from scanner.workers import PipelineSpec
from spiders.fence import Fence
from spiders.job import CrawlJob
from spiders.links import find_links
from spiders.run import run_spider
from spiders.site import SiteSpider
from spiders.standin import is_column

MOST_LOOKS = 60  # pages of one site that are looked at for an estimate
_DEPTH = 2  # links from a start page to a column that is looked at
_ANSWERED = frozenset(Outcome) - {Outcome.FAILED, Outcome.SKIPPED}


@dataclass(frozen=True, slots=True)
class SitePlan:
    """The estimate for one site. Counts are items, but for lists, pages and requests."""

    name: str
    known: int  # from earlier sweeps
    due: int  # of these, asked for again
    lists: int  # found now, or known
    said: int  # records that the lists say they have
    silent_lists: int  # lists that do not say; what they hold is not in the estimate
    new: int  # records that the ledger does not know yet
    list_pages: int  # to be turned to find them
    requests: int
    seconds: float  # at the pace of the configuration
    size: int  # bytes, by the mean of the pages seen so far
    looked: int  # pages asked for to make the estimate
    left_out: int  # columns that were not looked at
    reason: str = ""  # why its start page could not be read, "" when it was


@dataclass(frozen=True, slots=True)
class Plan:
    """The estimate for all sites."""

    sites: tuple[SitePlan, ...]
    seconds: float  # hosts are asked side by side


@dataclass(slots=True)
class _Looks:
    """What was seen of one site."""

    listings: dict[str, Listing] = field(default_factory=dict)
    pages: int = 0
    size: int = 0
    left_out: int = 0
    answered: bool = False
    reason: str = ""


class _Glance:
    """A frontier in memory: a limited number of pages of each site, and no more."""

    def __init__(self, fence: Fence, looks: dict[str, _Looks]) -> None:
        self._fence = fence
        self._looks = looks
        self._waiting: list[Lease] = []
        self._seen: dict[str, int] = {}
        self._asked: Counter[str] = Counter()
        self._open = 0

    def push(self, links: Sequence[Link], parent: str, depth: int) -> int:
        """Take what is new, as long as the site has looks left."""
        new = 0
        for link in links:
            site = self._fence.site_of(link.url)
            if site is None or link.url in self._seen or link.is_attachment:
                continue
            self._seen[link.url] = depth
            if self._asked[site.name] >= MOST_LOOKS or depth > _DEPTH:
                self._looks[site.name].left_out += 1
                continue
            self._asked[site.name] += 1
            self._waiting.append(Lease(link.url, parent, depth, False, link.is_list_page))
            new += 1
        return new

    def lease(self, limit: int, seconds: float) -> list[Lease]:  # noqa: ARG002
        """The next pages."""
        leased, self._waiting = self._waiting[:limit], self._waiting[limit:]
        self._open += len(leased)
        return leased

    def commit(self, results: Sequence[ItemResult]) -> None:
        """Note what was seen."""
        for result in results:
            self._open -= 1
            site = self._fence.site_of(result.url)
            if site is None:
                continue
            looks = self._looks[site.name]
            looks.pages += 1
            looks.size += result.size
            looks.answered = looks.answered or result.outcome in _ANSWERED
            if result.outcome is Outcome.FAILED:
                looks.reason = looks.reason or result.reason
            if result.listing is not None:
                looks.listings[result.parent_url if result.is_list_page else result.url] = (
                    result.listing
                )
            depth = self._seen.get(result.url, 0)
            for link in result.links:
                self.push([link], result.url, depth + (not link.is_list_page))

    def release(self, urls: Sequence[str]) -> None:
        """Nothing is kept of what was not read."""
        self._open -= len(urls)

    def pending(self) -> int:
        """Pages not yet seen."""
        return len(self._waiting) + self._open

    def rest(self, hosts: Mapping[str, float]) -> None:
        """Nobody else asks: nothing to tell."""

    def beat(self) -> bool:
        """Nobody else is there to think it dead."""
        return True

    def hurry(self) -> None:
        """There is no database to wait for."""


async def _glance(fetched: Fetched) -> ItemResult:
    """The list on a page, and the columns that it leads to."""
    scan = find_links(
        fetched.body, fetched.final_url, fetched.content_type, is_list_page=fetched.is_list_page
    )
    links = [link for link in scan.links if not link.is_list_page and is_column(link.url)]
    listing = scan.listing
    if listing is not None and listing.records is None and listing.pages is None:
        links += [link for link in scan.links if link.is_list_page][:1]  # its answer may say
    return ItemResult(fetched.url, Outcome.SCANNED, links=tuple(links), listing=listing)


def plan_sweep(options: SweepOptions, ledger: Ledger | None, spec: PipelineSpec) -> Plan:
    """The estimate; blocks until the pages are looked at.

    `ledger`: None when there is none yet; it is only read. Raises as `run_sweep` does for a list
    or rules that cannot be used.
    """
    starts = start_links(options.sites)
    names = [site.name for site in options.sites]
    engine = engine_version(spec)
    known: dict[str, SiteForecast] = {}
    if ledger is not None:
        known = ledger.forecast(engine, names, options.pace, options.since)
    fence = Fence(options.sites)
    looks = {name: _Looks() for name in names}
    frontier = _Glance(fence, looks)
    frontier.push(starts, "", 0)
    for forecast in known.values():
        frontier.push([Link(one.url) for one in forecast.lists], "", 0)
    crawl = replace(options.crawl, conditional=False, max_pages=0)
    run_spider(SiteSpider, CrawlJob(frontier, _glance, fence, crawl))
    sites = tuple(
        _estimate(name, known.get(name, SiteForecast()), looks[name], options.crawl.delay)
        for name in names
    )
    return Plan(sites, _together([site.seconds for site in sites], options.crawl.concurrency))


def _estimate(name: str, known: SiteForecast, looks: _Looks, delay: float) -> SitePlan:
    before = {one.url: one for one in known.lists}
    new = pages = said = silent = 0
    for url, listing in looks.listings.items():
        shown = max(1, len(listing.shown))
        records = listing.records
        if records is None and listing.pages is not None:
            records = listing.pages * shown
        if records is None:
            silent += 1
            continue
        said += records
        seen = before[url].shown if url in before else 0
        more = max(0, records - seen)
        new += more
        pages += -(-more // shown)
    requests = known.due + new + pages + (0 if known.known else looks.pages)
    mean = known.mean_size or (looks.size // looks.pages if looks.pages else 0)
    return SitePlan(
        name=name,
        known=known.known,
        due=known.due,
        lists=len(looks.listings),
        said=said,
        silent_lists=silent,
        new=new,
        list_pages=pages,
        requests=requests,
        seconds=requests * delay,
        size=requests * mean,
        looked=looks.pages,
        left_out=looks.left_out,
        reason="" if looks.answered else looks.reason or "-",
    )


def _together(seconds: Sequence[float], at_a_time: int) -> float:
    """Time for all sites when `at_a_time` of them are asked side by side."""
    return max([*seconds, sum(seconds) / at_a_time], default=0.0)
