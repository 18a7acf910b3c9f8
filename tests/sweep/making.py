"""A ledger in a folder with a clock that can be moved, and a site that publishes by date."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from scanner.keys import Keyring, load_key
from scanner.ledger import Ledger, Pace
from scanner.recheck import RecheckOptions, run_recheck
from scanner.sweep import SweepOptions, SweepReport, run_sweep
from scanner.workers import PipelineSpec
from spiders.options import CrawlOptions, SiteSpec
from tests.list_sites import slices
from tests.servers import TestSite

CRAWL = CrawlOptions(delay=0, per_host=8, throttle=False, retries=0, timeout=5, grace=1)
PER_PAGE = 20


@dataclass
class Desk:
    """An office's ledger, and the sweeps over it, in this process."""

    folder: Path
    now: datetime = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    crawl: CrawlOptions = CRAWL
    sites: tuple[SiteSpec, ...] = ()
    spec: PipelineSpec = field(init=False)

    def __post_init__(self) -> None:
        self.spec = PipelineSpec(load_key(self.folder / "key"))

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def open(self) -> Ledger:
        key_id = Keyring(self.spec.key).key_id
        return Ledger.open(self.folder / "audit.db", key_id=key_id, clock=lambda: self.now)

    def sweep(self, pace: Pace = Pace.USUAL, since: date | None = None) -> SweepReport:
        with self.open() as ledger:
            options = SweepOptions(self.sites, self.crawl, pace=pace, since=since, workers=0)
            return run_sweep(options, ledger, self.spec)

    def recheck(self) -> SweepReport:
        with self.open() as ledger:
            return run_recheck(RecheckOptions(self.sites, self.crawl, workers=0), ledger, self.spec)


@dataclass
class Column:
    """A column of a site: notices by day, newest first, on pages of TRS WCM that count them."""

    site: TestSite
    days: list[date] = field(default_factory=list)  # of notice 0, 1, …
    words: str = "内容" * 400
    tagged: bool = False  # whether the server can say "not changed"
    visits: int = 0

    def path(self, number: int) -> str:
        return f"/gs/{self.days[number]:%Y%m}/t{self.days[number]:%Y%m%d}_{number}.html"

    def publish(self) -> None:
        """Put everything on the server, list pages last."""
        for number in range(len(self.days)):
            self.put(self.path(number), self.notice(number))
        newest = sorted(range(len(self.days)), key=lambda n: (self.days[n], n), reverse=True)
        pages = slices([str(number) for number in newest], PER_PAGE)
        for page, shown in enumerate(pages):
            rows = "".join(
                f'<li><a href="{self.path(int(n))}">关于公示第{n}批救助对象名单的公告</a>'
                f"<span>{self.days[int(n)]}</span></li>"
                for n in shown
            )
            name = "index" if page == 0 else f"index_{page}"
            self.put(
                f"/gs/{name}.html",
                f'<html><head><title>公示公告</title></head><body><div class="nav">'
                f'<a href="/">首页</a><a href="/gs/index.html">公示</a></div>'
                f'<ul class="list">{rows}</ul><div class="page">共 {len(self.days):,} 条</div>'
                f'<script>createPageHTML({len(pages)}, {page}, "index", "html")</script></body>',
            )
        self.put("/", '<html><title>首页</title><body><a href="/gs/index.html">公示公告</a></body>')

    def put(self, path: str, text: str) -> None:
        headers = {"ETag": f'"{hash(text)}"'} if self.tagged else {}
        self.site.add(path, text, headers=headers)

    def notice(self, number: int) -> str:
        return (
            f"<html><head><title>第{number}批公告</title>"
            f'<meta name="PubDate" content="{self.days[number]} 10:00"></head><body>'
            f"<h1>第{number}批公告</h1><p>{self.words}{number}</p></body></html>"
        )
