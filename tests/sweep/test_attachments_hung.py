"""Every way in which an attachment hangs on a page: each is found, read, and its leak with it."""

from pathlib import Path
from urllib.parse import quote

import pytest

from scanner.model import Outcome
from spiders.options import SiteSpec
from tests.servers import TestSite
from tests.sweep.making import Desk

VALUE = "34082419010101005X"
SHEET = f"姓名,身份证号\n张小芳,{VALUE}\n".encode("gbk")
NAME = "低保名单.csv"


def disposition(name: bytes) -> dict[str, bytes]:
    return {"Content-Disposition": b"attachment; filename=" + name}


# (how it hangs, its address, the head of the answer)
WAYS: dict[str, tuple[str, str, dict[str, bytes]]] = {
    "link": ('<a href="P020180810001.csv">附件</a>', "/gs/P020180810001.csv", {}),
    "named link": (f'<a href="/f/{NAME}">附件</a>', f"/f/{quote(NAME)}", {}),
    "click": ("<p onclick=\"window.open('/f/click.csv')\">附件</p>", "/f/click.csv", {}),
    "function": ("<a onclick=\"downFile('/f/fun.csv', 3)\" href='#'>附件</a>", "/f/fun.csv", {}),
    "script link": ("<a href=\"javascript:down('/f/js.csv')\">附件</a>", "/f/js.csv", {}),
    "program": (
        '<a href="/module/download/downfile.jsp?classid=0&filename=a1.csv">附件</a>',
        "/module/download/downfile.jsp?classid=0&filename=a1.csv",
        {},
    ),
    "platform": ('<a href="/site/download?fileNo=77">附件</a>', "/site/download?fileNo=77", {}),
    "attribute": ('<a data-file="/f/attr.csv">附件</a>', "/f/attr.csv", {}),
    "download": ('<a href="/f/5512" download="名单.csv">附件</a>', "/f/5512", {}),
    "viewer": ('<iframe src="/pdfjs/web/viewer.html?file=/f/v.csv"></iframe>', "/f/v.csv", {}),
    "embedded": ('<embed src="/f/e.csv">', "/f/e.csv", {}),
    "gbk": ('<a href="/d/1">附件</a>', "/d/1", disposition(NAME.encode("gbk"))),
    "utf-8": ('<a href="/d/2">附件</a>', "/d/2", disposition(NAME.encode())),
    "percent": ('<a href="/d/3">附件</a>', "/d/3", disposition(quote(NAME).encode())),
    "percent gbk": (
        '<a href="/d/4">附件</a>',
        "/d/4",
        disposition(quote(NAME.encode("gbk")).encode()),
    ),
    "rfc 5987": (
        '<a href="/d/5">附件</a>',
        "/d/5",
        {"Content-Disposition": b"attachment; filename*=UTF-8''" + quote(NAME).encode()},
    ),
}


@pytest.fixture
def desk(tmp_path: Path, site: TestSite) -> Desk:
    return Desk(tmp_path, sites=(SiteSpec("门户", "办公室", "市直", (site.url + "/gs/t1.html",)),))


def test_every_way_of_hanging(desk: Desk, site: TestSite) -> None:
    hung = "".join(way for way, _, _ in WAYS.values())
    site.add("/gs/t1.html", f"<html><title>公示</title><body><h1>低保公示</h1>{hung}</body></html>")
    for _, address, headers in WAYS.values():
        site.add(address, SHEET, content_type="application/octet-stream", headers=headers)
    desk.sweep()
    with desk.open() as ledger:
        found = {page.url.removeprefix(site.url): page for page in ledger.queue()}
    for way, (_, address, headers) in WAYS.items():
        assert address in found, way
        assert found[address].is_attachment, way
        assert found[address].parent_url == site.url + "/gs/t1.html"
        assert "id_card" in {one.kind for one in found[address].findings}, way
        if headers:
            assert found[address].title == NAME, way


def test_the_type_is_that_of_the_content(desk: Desk, site: TestSite) -> None:
    page = f"<html><table><tr><td>身份证号</td></tr><tr><td>{VALUE}</td></tr></table></html>"
    site.add("/gs/t1.html", '<html><a href="a.xls">一</a><a href="b.pdf">二</a></html>')
    site.add("/gs/a.xls", page, content_type="application/vnd.ms-excel")
    site.add("/gs/b.pdf", SHEET, content_type="application/pdf")
    desk.sweep()
    with desk.open() as ledger:
        found = {page.url.rpartition("/")[2]: page for page in ledger.queue()}
    assert found["a.xls"].media_type == "text/html"
    assert found["b.pdf"].is_attachment


def test_limits_of_size_are_named(desk: Desk, site: TestSite) -> None:
    site.add("/gs/t1.html", '<html><a href="big.csv">附件</a></html>')
    site.add("/gs/big.csv", b"x" * 3_000_000)
    desk.crawl = type(desk.crawl)(delay=0, throttle=False, retries=0, max_size=1_000_000)
    report = desk.sweep()
    with desk.open() as ledger:
        (line,) = ledger.coverage_lines(report.sweep.id, (Outcome.SKIPPED,))
        (found,) = ledger.site_coverage(report.sweep.id)
    assert "上限" in line.reason
    assert line.is_attachment
    assert {str(cause): count for cause, count in found.causes.items()} == {"limit": 1}
