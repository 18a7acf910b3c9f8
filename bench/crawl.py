"""Pages a second of a sweep beside a bare Scrapy spider on the same loopback site.

    python -m bench.crawl --pages 2000 --rounds 3
    python -m bench.crawl --growth 2000 20000

The bare spider follows links and does nothing else: no scan, no ledger. Both run with no delay
and the same number of requests at a time, each in a process of its own, in turns. Pages a second
count from the first answer to the last result. The CPU of the workers has their warming up in it.

`--growth SMALL LARGE` crawls one site of LARGE pages into SQLite, reading links only (what scanning
costs does not depend on the number of pages), and compares CPU a page and memory of the crawling
process at SMALL pages and at the end. Memory may grow by what the limits of the crawl's own
memory of addresses allow, and not with the site.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

TARGET = 0.85  # of the bare spider's pages a second


@contextmanager
def bulk_site(pages: int, hosts: int = 1) -> Iterator[str]:
    """A bulk site in its own process, on so many hosts; gives its base URL."""
    command = [sys.executable, "-m", "bench.bulk_site", "--pages", str(pages)]
    command += ["--hosts", str(hosts)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def bare(url: str, concurrency: int) -> dict[str, float]:
    """A Scrapy spider that follows links, with Scrapy's own settings but for pace."""
    import scrapy  # noqa: PLC0415
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415
    from scrapy.linkextractors import LinkExtractor  # noqa: PLC0415

    count = 0
    first = 0.0
    last = 0.0

    class Bare(scrapy.Spider):
        name = "bare"
        start_urls = (url + "/",)
        extractor = LinkExtractor()

        def parse(self, response: scrapy.http.Response) -> Iterator[scrapy.Request]:
            nonlocal count, first, last
            count += 1
            last = time.perf_counter()
            first = first or last
            for link in self.extractor.extract_links(response):
                yield scrapy.Request(link.url)
            for number in list_pages(response.text):
                yield scrapy.Request(response.urljoin(f"index_{number}.html"))

    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": concurrency,
            "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency,
        }
    )
    process.crawl(Bare)
    cpu = time.process_time()
    process.start()
    cpu = time.process_time() - cpu
    return {"pages": count, "seconds": last - first, "cpu": cpu, "workers": 0.0}


def list_pages(text: str) -> range:
    """Numbers of the further list pages; the bare spider knows this one site's script."""
    _, found, rest = text.partition("createPageHTML(")
    if not found:
        return range(0)
    total, place = rest.split(", ")[:2]
    return range(1, int(total)) if place == "0" else range(0)


def swept(url: str, concurrency: int, workers: int | None) -> dict[str, float]:
    """A sweep into a new SQLite ledger."""
    from scanner.keys import Keyring, load_key  # noqa: PLC0415
    from scanner.ledger import Ledger  # noqa: PLC0415
    from scanner.sweep import SweepOptions, run_sweep  # noqa: PLC0415
    from scanner.workers import PipelineSpec  # noqa: PLC0415
    from spiders.options import CrawlOptions, SiteSpec  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        key = load_key(Path(folder) / "key")
        site = SiteSpec("bulk", "unit", "", (url + "/",))
        crawl = CrawlOptions(delay=0, per_host=concurrency, concurrency=concurrency, throttle=False)
        seen: list[tuple[int, float]] = []
        cpu = time.process_time()
        with Ledger.open(Path(folder) / "audit.db", key_id=Keyring(key).key_id) as ledger:
            report = run_sweep(
                SweepOptions((site,), crawl, workers=workers),
                ledger,
                PipelineSpec(key),
                lambda progress: seen.append((progress.done, progress.seconds)),
            )
        begun = seen[0][1] if seen else 0.0
        cpu = time.process_time() - cpu
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "pages": report.done,
            "seconds": report.seconds - begun,
            "cpu": cpu,
            "workers": children.ru_utime + children.ru_stime,
        }


def growing(url: str, concurrency: int, small: int) -> list[dict[str, float]]:
    """Crawl without scanning; pages, CPU and memory at each `small` pages."""
    from scanner.ledger import Ledger  # noqa: PLC0415
    from scanner.model import Fetched, ItemResult, Link, Outcome  # noqa: PLC0415
    from spiders.fence import Fence  # noqa: PLC0415
    from spiders.job import CrawlJob, Progress  # noqa: PLC0415
    from spiders.links import find_links  # noqa: PLC0415
    from spiders.options import CrawlOptions, SiteSpec  # noqa: PLC0415
    from spiders.run import run_spider  # noqa: PLC0415
    from spiders.site import SiteSpider  # noqa: PLC0415

    marks: list[dict[str, float]] = []

    async def links(fetched: Fetched) -> ItemResult:
        found = find_links(fetched.body, fetched.final_url, fetched.content_type)
        return ItemResult(fetched.url, Outcome.SCANNED, links=found.links)

    def mark(progress: Progress) -> None:
        if progress.done >= small * (len(marks) + 1):
            marks.append({"pages": progress.done, "cpu": time.process_time(), "mib": resident()})

    with tempfile.TemporaryDirectory() as folder, Ledger.open(f"{folder}/audit.db") as ledger:
        sweep = ledger.start_sweep()
        frontier = ledger.frontier(sweep)
        frontier.push([Link(url + "/")], "", 0)
        crawl = CrawlOptions(
            delay=0, per_host=concurrency, concurrency=concurrency, throttle=False, max_pages=0
        )
        fence = Fence((SiteSpec("bulk", "unit", "", (url + "/",)),))
        begun = time.process_time()
        end = run_spider(SiteSpider, CrawlJob(frontier, links, fence, crawl, on_progress=mark))
        marks.append({"pages": end.done, "cpu": time.process_time(), "mib": resident()})
    return [{"pages": 0, "cpu": begun, "mib": 0.0}, *marks]


def resident() -> float:
    """Memory of this process, MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def show_growth(small: int, large: int, concurrency: int) -> int:
    """Print the marks; 1 where time a page grew by a tenth or more."""
    command = [sys.executable, "-m", "bench.crawl", "--kind", "growth", "--rounds", str(small)]
    with bulk_site(large) as url:
        command += ["--url", url, "--concurrency", str(concurrency)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    marks: list[dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    costs = []
    for before, mark in pairwise(marks):
        if mark["pages"] - before["pages"] < small / 2:
            continue
        costs.append(1000 * (mark["cpu"] - before["cpu"]) / (mark["pages"] - before["pages"]))
        print(f"{mark['pages']:6.0f} pages: {costs[-1]:.2f} ms CPU a page, {mark['mib']:.0f} MiB")
    tail = statistics.median(costs[-max(1, len(costs) // 4) :])
    growth = tail / statistics.median(costs[: max(1, len(costs) // 4)]) - 1
    print(f"time a page, last quarter against first: {growth:+.0%}")
    return 0 if growth < 0.1 and marks[-1]["pages"] == large else 1


def run_one(kind: str, url: str, concurrency: int, workers: int | None) -> dict[str, float]:
    """One crawl in a process of its own."""
    command = [sys.executable, "-m", "bench.crawl", "--kind", kind, "--url", url]
    command += ["--concurrency", str(concurrency)]
    if workers is not None:
        command += ["--workers", str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def compare(pages: int, rounds: int, concurrency: int, workers: int | None) -> float:
    """Print each round, and give the median of the ratios of pages a second."""
    ratios = []
    for number in range(rounds):
        speed = {}
        for kind in ("bare", "sweep"):
            with bulk_site(pages) as url:
                got = run_one(kind, url, concurrency, workers)
            if got["pages"] != pages:
                raise SystemExit(f"{kind}: {got['pages']:g} of {pages} pages")
            speed[kind] = got["pages"] / got["seconds"]
            print(
                f"  {kind}: {1000 * got['cpu'] / pages:.1f} ms CPU a page in the crawl, "
                f"{1000 * got['workers'] / pages:.1f} ms in workers"
            )
        ratios.append(speed["sweep"] / speed["bare"])
        print(
            f"round {number + 1}: bare Scrapy {speed['bare']:.0f} pages/s, "
            f"sweep {speed['sweep']:.0f} pages/s, ratio {ratios[-1]:.2f}"
        )
    return statistics.median(ratios)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--growth", type=int, nargs=2, metavar=("SMALL", "LARGE"))
    parser.add_argument("--kind", choices=("bare", "sweep", "growth"), help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.kind == "bare":
        print(json.dumps(bare(options.url, options.concurrency)))
        return 0
    if options.kind == "growth":
        print(json.dumps(growing(options.url, options.concurrency, options.rounds)))
        return 0
    if options.growth:
        return show_growth(*options.growth, options.concurrency)
    if options.kind == "sweep":
        print(json.dumps(swept(options.url, options.concurrency, options.workers)))
        return 0
    print(f"{options.pages} pages, {os.cpu_count()} cores, {options.concurrency} at a time")
    ratio = compare(options.pages, options.rounds, options.concurrency, options.workers)
    verdict = "reached" if ratio >= TARGET else "not reached"
    print(f"median ratio {ratio:.2f}, target {TARGET}: {verdict}")
    return 0 if ratio >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
