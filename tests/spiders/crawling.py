"""What the tests of the spiders share: a frontier in memory, and a crawl over it."""

from collections.abc import Mapping, Sequence

from scanner.model import Fetched, ItemResult, Link, Outcome
from spiders.fence import Fence
from spiders.frontier import Lease
from spiders.job import CrawlEnd, CrawlJob
from spiders.links import find_links
from spiders.options import CrawlOptions, SiteSpec
from spiders.recheck import RecheckSpider
from spiders.run import run_spider
from spiders.site import SiteSpider

FAST = {
    "delay": 0.0,
    "per_host": 8,
    "throttle": False,
    "retry_wait": 0.0,
    "timeout": 3.0,
    "commit_seconds": 0.2,
    "grace": 1.0,
}


class MemoryFrontier:
    """A frontier that lives as long as the test; the real one is the ledger's."""

    def __init__(self) -> None:
        self.rows: dict[str, Lease] = {}
        self.state: dict[str, str] = {}
        self.results: dict[str, ItemResult] = {}
        self.commits: list[int] = []
        self.most_leased = 0
        self.resting: dict[str, float] = {}
        self.hurried = False
        self.known: dict[str, ItemResult] = {}  # of the sweep before

    def push(self, links: Sequence[Link], parent: str, depth: int) -> int:
        new = 0
        for link in links:
            if link.url in self.rows:
                continue
            before = self.known.get(link.url)
            self.rows[link.url] = Lease(
                link.url,
                parent,
                depth,
                link.is_attachment,
                link.is_list_page,
                etag=before.etag if before else "",
                last_modified=before.last_modified if before else "",
                content_hash=before.content_hash if before else "",
            )
            self.state[link.url] = "pending"
            new += 1
        return new

    def lease(self, limit: int, seconds: float) -> list[Lease]:
        assert seconds > 0
        urls = [url for url, state in self.state.items() if state == "pending"][:limit]
        self.state.update(dict.fromkeys(urls, "leased"))
        self.most_leased = max(self.most_leased, list(self.state.values()).count("leased"))
        return [self.rows[url] for url in urls]

    def commit(self, results: Sequence[ItemResult]) -> None:
        self.commits.append(len(results))
        for result in results:
            assert result.url not in self.results, f"{result.url} ended twice"
            self.results[result.url] = result
            self.state[result.url] = "done"
            depth = self.rows[result.url].depth
            for link in result.links:
                self.push([link], result.url, depth + (not link.is_list_page))

    def release(self, urls: Sequence[str]) -> None:
        self.state.update(dict.fromkeys(urls, "pending"))

    def pending(self) -> int:
        return sum(state != "done" for state in self.state.values())

    def rest(self, hosts: Mapping[str, float]) -> None:
        self.resting |= hosts

    def beat(self) -> bool:
        return True

    def hurry(self) -> None:
        self.hurried = True

    def next_sweep(self) -> "MemoryFrontier":
        """The frontier of the sweep after this one: everything known is asked for again."""
        after = MemoryFrontier()
        after.known = self.results
        after.push([Link(url) for url in self.rows], "", 0)
        return after


async def just_links(fetched: Fetched) -> ItemResult:
    """Process a page without scanning it: its links are all it gives."""
    scan = find_links(fetched.body, fetched.final_url, fetched.content_type)
    return ItemResult(
        fetched.url,
        Outcome.SCANNED,
        links=scan.links,
        unread=scan.dropped,
        title=fetched.filename,
    )


def fence_of(*urls: str, domains: tuple[str, ...] = ()) -> Fence:
    return Fence((SiteSpec("site", "unit", "", urls, domains),))


def crawl(
    start: str,
    frontier: MemoryFrontier | None = None,
    fence: Fence | None = None,
    process: object = just_links,
    **options: object,
) -> tuple[MemoryFrontier, CrawlEnd]:
    """Crawl from `start` in this process, quickly unless told otherwise."""
    frontier = frontier or MemoryFrontier()
    frontier.push([Link(start)], "", 0)
    job = CrawlJob(
        frontier=frontier,
        process=process,  # type: ignore[arg-type]
        fence=fence or fence_of(start),
        options=CrawlOptions(**{**FAST, **options}),  # type: ignore[arg-type]
    )
    end = run_spider(SiteSpider, job)
    return frontier, end


def recheck(urls: Sequence[str], fence: Fence, **options: object) -> dict[str, ItemResult]:
    """Fetch `urls` again with the re-check spider."""
    flagged = MemoryFrontier()
    flagged.push([Link(url) for url in urls], "", 0)
    for url in urls:
        flagged.rows[url] = Lease(url, etag='"old"')
    opts = CrawlOptions(**{**FAST, "conditional": False, **options})  # type: ignore[arg-type]
    run_spider(RecheckSpider, CrawlJob(flagged, just_links, fence, opts))
    return flagged.results
