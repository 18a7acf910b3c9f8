"""The site spider on real servers: every address ends in one result, and none is asked in vain."""

import gzip
import os
import signal
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from scanner.errors import UnreadableError
from scanner.model import Fetched, ItemResult, Lease, Link, Outcome
from spiders.fence import Fence
from spiders.options import SiteSpec
from tests.servers import Answer, Seen, TestSite, serving
from tests.spiders.crawling import MemoryFrontier, crawl, fence_of, just_links, recheck


@pytest.fixture
def site() -> Iterator[TestSite]:
    with serving() as running:
        yield running


def outcomes(frontier: MemoryFrontier, site: TestSite) -> dict[str, Outcome]:
    return {url.removeprefix(site.url): r.outcome for url, r in frontier.results.items()}


def reason(frontier: MemoryFrontier, url: str) -> str:
    return frontier.results[url].reason


def test_every_address_ends_in_one_result(site: TestSite) -> None:
    site.link("/", "/a", "/b", "/gone", "/broken", "/file.pdf", "/sub/")
    site.link("/a", "/", "/b", "/a#x")
    site.link("/b", "/a")
    site.link("/sub/", "../a", "c")
    site.link("/sub/c")
    site.add("/file.pdf", b"%PDF-1.4", content_type="application/pdf")
    site.add("/broken", "no", status=500)
    frontier, end = crawl(site.url + "/", retries=1)
    assert outcomes(frontier, site) == {
        "/": Outcome.SCANNED,
        "/a": Outcome.SCANNED,
        "/b": Outcome.SCANNED,
        "/gone": Outcome.GONE,
        "/broken": Outcome.FAILED,
        "/file.pdf": Outcome.SCANNED,
        "/sub/": Outcome.SCANNED,
        "/sub/c": Outcome.SCANNED,
    }
    assert end.done == 8
    assert not end.interrupted
    assert frontier.pending() == 0
    assert site.paths().count("/a") == 1
    assert site.paths().count("/broken") == 2  # one retry
    result = frontier.results[site.url + "/file.pdf"]
    assert result.is_attachment
    assert result.parent_url == site.url + "/"
    assert result.size == 8
    assert len(result.content_hash) == 64


def test_list_pages_are_turned_to_the_last(site: TestSite) -> None:
    for page in range(12):
        name = "index" if page == 0 else f"index_{page}"
        links = "".join(f'<a href="t{page}_{n}.html">x</a>' for n in range(3))
        script = f'<script>createPageHTML(12, {page}, "index", "html")</script>'
        site.add(f"/col/{name}.html", f"<html>{links}{script}</html>")
        for n in range(3):
            site.add(f"/col/t{page}_{n}.html", f"<html><p>公示{page}{n}</p></html>")
    frontier, _ = crawl(site.url + "/col/index.html")
    found = outcomes(frontier, site)
    assert len(found) == 48
    assert set(found.values()) == {Outcome.SCANNED}
    assert frontier.results[site.url + "/col/index_11.html"].is_list_page


def test_pages_in_gbk_and_names_of_attachments(site: TestSite) -> None:
    html = '<html><a href="/down?id=1">低保名单</a></html>'
    site.add("/", html.encode("gbk"), content_type="text/html; charset=utf-8")
    site.add(
        "/down?id=1",
        b"a,b",
        content_type="application/octet-stream",
        headers={"Content-Disposition": b"attachment; filename=" + "名单.csv".encode("gbk")},
    )
    frontier, _ = crawl(site.url + "/")
    assert frontier.results[site.url + "/down?id=1"].title == "名单.csv"


def test_robots_are_obeyed_and_named(site: TestSite) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /private/", content_type="text/plain")
    site.link("/", "/private/x", "/open")
    site.link("/open")
    frontier, _ = crawl(site.url + "/")
    assert outcomes(frontier, site)["/private/x"] is Outcome.SKIPPED
    assert "robots" in reason(frontier, site.url + "/private/x")
    assert "/private/x" not in site.paths()
    frontier, _ = crawl(site.url + "/", obey_robots=False)
    assert "/private/x" in site.paths()


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_that_fails_allows_nothing(site: TestSite, status: int) -> None:
    site.add("/robots.txt", "", status=status)
    site.link("/", "/a")
    frontier, _ = crawl(site.url + "/")
    assert site.paths() == []
    assert outcomes(frontier, site) == {"/": Outcome.SKIPPED}
    assert f"robots.txt 返回 HTTP {status}" in reason(frontier, site.url + "/")


@pytest.mark.parametrize("status", [403, 404])
def test_a_robots_txt_that_is_not_there_allows_everything(site: TestSite, status: int) -> None:
    site.add("/robots.txt", "Disallow: /", status=status)
    site.link("/", "/a")
    site.link("/a")
    crawl(site.url + "/")
    assert site.paths() == ["/", "/a"]


def test_a_robots_txt_that_does_not_answer_is_asked_for_again(site: TestSite) -> None:
    def late(seen: Seen) -> Answer:
        first = sum(other.path == "/robots.txt" for other in site.seen) == 1
        return Answer(b"User-agent: *\nDisallow: /b", wait=1.5 if first else 0)

    site.pages["/robots.txt"] = late
    frontier = MemoryFrontier()
    frontier.push([Link(site.url + path) for path in ("/a", "/b", "/c")], "", 0)
    for path in ("/a", "/b", "/c"):
        site.link(path)
    crawl(site.url + "/a", frontier, timeout=0.7, per_host=1, retries=0)
    ends = outcomes(frontier, site)
    assert ends == {"/a": Outcome.FAILED, "/b": Outcome.SKIPPED, "/c": Outcome.SCANNED}
    assert site.paths() == ["/c"]


def test_robots_are_obeyed_by_every_request_that_waited_for_them(site: TestSite) -> None:
    answer = Answer(b"User-agent: *\nDisallow: /", content_type="text/plain", wait=0.5)
    site.pages["/robots.txt"] = answer
    frontier = MemoryFrontier()
    frontier.push([Link(f"{site.url}/p{n}") for n in range(8)], "", 0)
    crawl(site.url + "/", frontier)
    assert site.paths() == []
    assert [seen.path for seen in site.seen] == ["/robots.txt"]


def test_links_outside_the_list_are_not_followed_but_attachments_are_named(site: TestSite) -> None:
    with serving("127.0.0.2") as other:
        other.link("/page")
        site.link("/", other.url + "/page", other.url + "/file.xls")
        frontier, _ = crawl(site.url + "/")
        assert other.seen == []
        assert other.url + "/page" not in frontier.results
        outside = frontier.results[other.url + "/file.xls"]
        assert outside.outcome is Outcome.SKIPPED
        assert outside.reason


def test_a_port_in_the_list_is_exact(site: TestSite) -> None:
    with serving() as other:
        site.link("/", other.url + "/page")
        other.link("/page")
        crawl(site.url + "/", fence=fence_of(site.url, domains=(f"127.0.0.1:{site.port}",)))
        assert other.seen == []
        crawl(site.url + "/", fence=fence_of(site.url, domains=("127.0.0.1",)))
        assert other.paths() == ["/page"]


def test_redirects_inside_the_list_lead_to_one_reading(site: TestSite) -> None:
    site.link("/", "/old", "/older")
    site.add("/old", "", status=301, headers={"Location": "/new"})
    site.add("/older", "", status=302, headers={"Location": site.url + "/old"})
    site.link("/new")
    frontier, _ = crawl(site.url + "/")
    assert outcomes(frontier, site) == {
        "/": Outcome.SCANNED,
        "/old": Outcome.SKIPPED,
        "/older": Outcome.SKIPPED,
        "/new": Outcome.SCANNED,
    }
    assert "/new" in reason(frontier, site.url + "/old")
    assert site.paths().count("/new") == 1


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:{port}/secret",
        "http://localhost:{port}/secret",
        "http://10.0.0.1/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706434:{port}/secret",
        "http://0x7f.2:{port}/secret",
        "//127.0.0.2:{port}/secret",
        "http://outside.invalid/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
    ],
)
def test_redirects_outwards_are_never_followed(site: TestSite, target: str) -> None:
    with serving("127.0.0.2") as inner:
        inner.link("/secret")
        site.link("/", "/out")
        site.add("/out", "", status=302, headers={"Location": target.format(port=inner.port)})
        frontier, _ = crawl(site.url + "/")
        assert inner.seen == []
        assert set(outcomes(frontier, site)) == {"/", "/out"}
        assert outcomes(frontier, site)["/out"] in (Outcome.SKIPPED, Outcome.FAILED)
        assert reason(frontier, site.url + "/out")


def test_redirects_in_a_ring_and_to_themselves_end(site: TestSite) -> None:
    site.link("/", "/a", "/self")
    site.add("/a", "", status=302, headers={"Location": "/b"})
    site.add("/b", "", status=302, headers={"Location": "/a"})
    site.add("/self", "", status=302, headers={"Location": "/self"})
    frontier, _ = crawl(site.url + "/")
    assert outcomes(frontier, site)["/self"] is Outcome.FAILED
    assert len(frontier.results) == 4
    assert len(site.paths()) == 4


def test_a_name_that_means_an_inner_address_is_refused(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A subdomain of a listed domain may point anywhere, also into the machine that reads it."""

    def fake(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("127.0.0.1", 0))]

    monkeypatch.setattr("socket.getaddrinfo", fake)
    start = f"http://trap.example.gov.cn:{site.port}/"
    fence = fence_of("http://www.example.gov.cn/", domains=("example.gov.cn",))
    frontier, _ = crawl(start, fence=fence)
    assert frontier.results[start].outcome is Outcome.SKIPPED
    assert site.seen == []


def test_failures_have_their_reason(site: TestSite) -> None:
    def cut(_: Seen) -> Answer:
        return Answer(b"short", headers={"Transfer-Encoding": "chunked"})

    site.link("/", "/slow", "/big", "/forbidden", "/cut", "/bomb")
    site.add("/slow", "late", wait=3)
    site.add("/big", b"x" * 100_001)
    site.add("/forbidden", "no", status=403)
    site.add("/bomb", gzip.compress(b"0" * 10_000_000), headers={"Content-Encoding": "gzip"})
    site.pages["/cut"] = cut
    frontier, _ = crawl(site.url + "/", timeout=0.8, max_size=100_000, retries=0)
    found = outcomes(frontier, site)
    assert found["/slow"] is Outcome.FAILED
    assert found["/big"] is Outcome.SKIPPED, reason(frontier, site.url + "/big")
    assert found["/forbidden"] is Outcome.FAILED
    assert found["/cut"] is Outcome.FAILED
    assert found["/bomb"] is Outcome.SKIPPED
    assert "403" in reason(frontier, site.url + "/forbidden")
    assert all(reason(frontier, site.url + path) for path in ("/slow", "/big", "/cut", "/bomb"))


def test_a_host_that_does_not_answer_or_exist() -> None:
    frontier, _ = crawl("http://127.0.0.1:9/", retries=0)
    assert frontier.results["http://127.0.0.1:9/"].outcome is Outcome.FAILED
    frontier, _ = crawl("http://nowhere.invalid/", retries=0)
    assert frontier.results["http://nowhere.invalid/"].outcome is Outcome.FAILED
    assert reason(frontier, "http://nowhere.invalid/")


def test_a_second_sweep_fetches_only_what_changed(site: TestSite) -> None:
    site.link("/", "/tagged", "/plain", "/changing")
    site.add("/tagged", "<html>a</html>", headers={"ETag": '"v1"'})
    site.add("/plain", "<html>b</html>")
    site.add("/changing", "<html>c</html>")
    first, _ = crawl(site.url + "/")
    site.add("/changing", "<html>d</html>")
    scanned: list[str] = []

    async def process(fetched: Fetched) -> ItemResult:
        scanned.append(fetched.url.removeprefix(site.url))
        return await just_links(fetched)

    second, _ = crawl(site.url + "/", first.next_sweep(), process=process)
    assert outcomes(second, site) == {
        "/": Outcome.UNCHANGED,
        "/tagged": Outcome.UNCHANGED,
        "/plain": Outcome.UNCHANGED,
        "/changing": Outcome.SCANNED,
    }
    assert scanned == ["/changing"]
    assert second.results[site.url + "/tagged"].status == 304
    third, _ = crawl(site.url + "/", first.next_sweep(), conditional=False)
    assert set(outcomes(third, site).values()) == {Outcome.SCANNED}


def test_one_request_at_a_time_with_the_delay_and_an_honest_name(site: TestSite) -> None:
    site.link("/", *(f"/p{n}" for n in range(4)))
    for n in range(4):
        site.add(f"/p{n}", "<html>x</html>", wait=0.05)
    crawl(site.url + "/", delay=0.2, per_host=1, throttle=True, contact="mailto:a@b.cn")
    times = [seen.at for seen in site.seen]
    assert len(times) == 6  # robots.txt, the start page, four pages
    assert times[-1] - times[0] > 5 * 0.15  # a busy machine may see one late and the next in time
    assert all(later - earlier > 0.05 for earlier, later in pairwise(times))
    assert site.most_open == 1
    assert {seen.headers["User-Agent"] for seen in site.seen} == {
        "privacy-sweep/0.1 (+mailto:a@b.cn)"
    }
    assert all("Cookie" not in seen.headers for seen in site.seen)
    assert site.seen[-1].headers["Referer"] == site.url + "/"


def test_a_server_that_asks_for_patience_gets_it(site: TestSite) -> None:
    def busy(seen: Seen) -> Answer:
        tries = [other for other in site.seen if other.path == "/busy"]
        if len(tries) == 1:
            return Answer(b"", 503, headers={"Retry-After": "1"})
        return Answer(b"<html>now</html>")

    site.link("/", "/busy")
    site.pages["/busy"] = busy
    frontier, _ = crawl(site.url + "/", retries=1)
    assert outcomes(frontier, site)["/busy"] is Outcome.SCANNED
    first, second = (seen.at for seen in site.seen if seen.path == "/busy")
    assert second - first > 0.9


def test_limits_of_depth_and_number_are_named(site: TestSite) -> None:
    for n in range(6):
        site.link(f"/{n}", f"/{n + 1}")
    frontier, _ = crawl(site.url + "/0", max_depth=3)
    assert outcomes(frontier, site) == {
        **{f"/{n}": Outcome.SCANNED for n in range(4)},
        "/4": Outcome.SKIPPED,
    }
    site.link("/many", *(f"/{n}" for n in range(5)))
    frontier, _ = crawl(site.url + "/many", max_pages=3)
    assert list(outcomes(frontier, site).values()).count(Outcome.SCANNED) == 3
    assert frontier.pending() == 0


def test_only_as_many_leases_as_needed(site: TestSite) -> None:
    site.link("/", *(f"/p{n}" for n in range(100)))
    for n in range(100):
        site.add(f"/p{n}", "<html>x</html>")
    frontier, end = crawl(site.url + "/", concurrency=4, commit_every=10)
    assert end.done == 101
    assert frontier.most_leased <= 2 * 4 + 32 + 10 + 4  # waiting, being scanned, to be committed
    assert max(frontier.commits) < 40


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_sweep_in_good_order(site: TestSite, number: int) -> None:
    site.link("/", *(f"/p{n}" for n in range(60)))
    for n in range(60):
        site.add(f"/p{n}", "<html>x</html>", wait=0.02)
    count = 0

    async def process(fetched: Fetched) -> ItemResult:
        nonlocal count
        count += 1
        if count == 20:
            os.kill(os.getpid(), number)
        return await just_links(fetched)

    before = signal.getsignal(number)
    frontier, end = crawl(site.url + "/", process=process, concurrency=4)
    assert end.interrupted
    assert signal.getsignal(number) == before
    assert "leased" not in frontier.state.values()
    assert 20 <= len(frontier.results) < 61
    assert end.done == len(frontier.results)
    _, again = crawl(site.url + "/", frontier)
    assert not again.interrupted
    assert len(frontier.results) == 61


def test_what_hangs_is_given_back_after_the_grace(site: TestSite) -> None:
    site.link("/", "/quick", "/hangs")
    site.link("/quick")
    site.add("/hangs", "x", wait=3)

    async def process(fetched: Fetched) -> ItemResult:
        if fetched.url.endswith("/quick"):
            os.kill(os.getpid(), signal.SIGINT)
        return await just_links(fetched)

    frontier, end = crawl(site.url + "/", process=process, grace=0.2, timeout=20.0)
    assert end.interrupted
    assert frontier.state[site.url + "/hangs"] == "pending"
    assert frontier.state[site.url + "/quick"] == "done"


class FailingFrontier(MemoryFrontier):
    """A frontier whose disk is full after some commits."""

    def __init__(self, good: int) -> None:
        super().__init__()
        self.good = good

    def commit(self, results: Sequence[ItemResult]) -> None:
        if len(self.commits) >= self.good:
            raise OSError("no space left")
        super().commit(results)


def test_a_failed_commit_stops_the_sweep_and_loses_nothing(site: TestSite) -> None:
    site.link("/", *(f"/p{n}" for n in range(50)))
    for n in range(50):
        site.add(f"/p{n}", "<html>x</html>")
    frontier = FailingFrontier(2)
    with pytest.raises(UnreadableError, match="OSError"):
        crawl(site.url + "/", frontier, commit_every=5)
    assert len(frontier.commits) == 2
    frontier.good = 10_000
    frontier.release([url for url, state in frontier.state.items() if state == "leased"])
    crawl(site.url + "/", frontier)
    assert len(frontier.results) == 51


def test_a_page_that_is_never_finished_is_given_up(site: TestSite) -> None:
    site.link("/")
    frontier = MemoryFrontier()
    frontier.rows[site.url + "/"] = Lease(site.url + "/", attempts=10)
    frontier.state[site.url + "/"] = "pending"
    crawl(site.url + "/", frontier)
    assert frontier.results[site.url + "/"].outcome is Outcome.FAILED
    assert site.paths() == []


def test_several_sites_in_one_run_and_one_of_them_down(site: TestSite) -> None:
    with serving("127.0.0.2") as other:
        site.link("/", "/a")
        site.link("/a")
        other.link("/", "/b")
        other.link("/b")
        down = "http://127.0.0.3:9/"
        specs = [
            SiteSpec(str(n), "", "", (url,)) for n, url in enumerate((site.url, other.url, down))
        ]
        frontier = MemoryFrontier()
        frontier.push([Link(other.url + "/"), Link(down)], "", 0)
        crawl(site.url + "/", frontier, fence=Fence(tuple(specs)), retries=0)
        assert len(frontier.results) == 5
        assert frontier.results[down].outcome is Outcome.FAILED


def test_recheck_asks_unconditionally_through_redirects_and_follows_no_page(site: TestSite) -> None:
    site.add("/moved", "", status=301, headers={"Location": "/new"})
    site.link("/new", "/other", "/attached.xls")
    site.add("/out", "", status=301, headers={"Location": "http://10.1.1.1/"})
    site.add("/ring", "", status=302, headers={"Location": "/ring2"})
    site.add("/ring2", "", status=302, headers={"Location": "/ring"})
    site.add("/same", "<html>x</html>", headers={"ETag": '"old"'})
    site.add("/attached.xls", b"x")
    urls = [site.url + path for path in ("/moved", "/out", "/ring", "/same", "/gone")]
    found = {
        url.removeprefix(site.url): result.outcome
        for url, result in recheck(urls, fence_of(site.url)).items()
    }
    assert found == {
        "/moved": Outcome.SCANNED,
        "/out": Outcome.SKIPPED,
        "/ring": Outcome.FAILED,
        "/same": Outcome.SCANNED,
        "/gone": Outcome.GONE,
        "/attached.xls": Outcome.SCANNED,
    }
    assert "/other" not in site.paths()
