"""A list that only its own script can turn, in the system's own Chromium."""

import base64
import json
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from scanner.errors import AuditError, MissingExtraError
from scanner.model import Outcome
from spiders import browser
from spiders.options import CrawlOptions, SiteSpec
from tests.servers import Answer, Seen, TestSite, serving
from tests.sweep.making import Desk

ITEMS = 47
SCRIPT = """
<html><body><ul id="list"></ul><div id="bar"></div><img src="http://127.0.0.2:9/x.png"><script>
var k = %s;
function show(n) {
  fetch("/r/" + btoa(String(n * k)) + "?" + Math.random()).then(a => a.json()).then(rows => {
    document.getElementById("list").innerHTML = rows.map(
      r => "<li><a href='" + r[0] + "'>" + r[1] + "</a><span>2026-09-08</span></li>").join("");
    var call = "<a href='javascript:void(0)' onclick='show(" + (n + 1) + ")'>下一页</a>";
    document.getElementById("bar").innerHTML = "共 47 条 每页 10 条 " + (n < 5 ? call : "下一页");
  });
}
show(1);
</script><ul class="old">%s</ul><div>共 47 条 每页 10 条</div></body></html>
"""


@pytest.fixture
def site() -> Iterator[TestSite]:
    with serving() as running:
        first = "".join(
            f"<li><a href='/a/{n}.html'>低保对象名单公示第{n}批</a>2026-09-08</li>"
            for n in range(5)
        )
        running.add("/", SCRIPT % (7, first))
        for number in range(ITEMS):
            running.add(f"/a/{number}.html", f"<html><p>公示{number}</p></html>")

        def rows(seen: Seen) -> Answer:
            number = int(base64.b64decode(seen.path[3:].partition("?")[0])) // 7
            shown = range(10 * (number - 1), min(10 * number, ITEMS))
            data = [[f"/a/{n}.html", f"低保对象名单公示第{n}批"] for n in shown]
            return Answer(json.dumps(data).encode(), content_type="application/json")

        for number in range(1, 6):
            running.programs["/r/" + base64.b64encode(str(number * 7).encode()).decode()] = rows
        yield running


def desk_of(folder: Path, site: TestSite, *, with_browser: bool) -> Desk:
    crawl = CrawlOptions(delay=0, per_host=8, throttle=False, retries=0, browser=with_browser)
    return Desk(folder, crawl=crawl, sites=(SiteSpec("门户", "", "", (site.url + "/",)),))


def installed() -> str:
    if find_spec("playwright") is None:
        return "playwright is not installed"
    if not any(shutil.which(name) for name in browser.PROGRAMS):
        return "there is no Chromium on this machine"
    return ""


def test_without_a_browser_the_list_is_said_to_be_cut(tmp_path: Path, site: TestSite) -> None:
    desk = desk_of(tmp_path, site, with_browser=False)
    report = desk.sweep()
    with desk.open() as ledger:
        (line,) = ledger.coverage_lines(report.sweep.id, (Outcome.SCANNED,))[:1]
        (found,) = ledger.list_coverage(report.sweep.id)
    assert "privacy-sweep[browser]" in line.unread[0].why
    assert (found.records, found.reached) == (ITEMS, 5)


@pytest.mark.skipif(bool(installed()), reason=installed() or "ready")
def test_every_record_is_reached_and_nothing_outside_is_asked_for(
    tmp_path: Path, site: TestSite
) -> None:
    with serving("127.0.0.2") as outside:
        page = site.pages["/"]
        assert isinstance(page, Answer)
        page.body = page.body.replace(b"127.0.0.2:9/", f"127.0.0.2:{outside.port}/".encode())
        desk = desk_of(tmp_path, site, with_browser=True)
        report = desk.sweep()
        assert outside.seen == []
    with desk.open() as ledger:
        (found,) = ledger.list_coverage(report.sweep.id)
    assert (found.records, found.reached) == (ITEMS, ITEMS)
    agents = {seen.headers["User-Agent"] for seen in site.seen}
    assert agents == {"privacy-sweep/0.1"}


def test_a_browser_that_is_asked_for_and_missing(
    tmp_path: Path, site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(tmp_path, site, with_browser=True)
    monkeypatch.setattr(browser, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"privacy-sweep\[browser\]"):
        desk.sweep()
    monkeypatch.setattr(browser, "find_spec", find_spec)
    monkeypatch.setattr(browser, "PROGRAMS", ("no-such-browser",))
    if find_spec("playwright") is not None:
        with pytest.raises(AuditError, match="Chromium"):
            desk.sweep()
    assert site.seen == []
