"""Links: everything a reader can reach by clicking, in any encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model import Link
from spiders.links import decode, find_links

PAGE = "http://www.example.gov.cn/col/index.html"


def links(html: str | bytes, url: str = PAGE, content_type: str = "") -> dict[str, Link]:
    body = html.encode() if isinstance(html, str) else html
    return {link.url: link for link in find_links(body, url, content_type).links}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="a.html">甲</a>', "col/a.html"),
        ("<a href=a.html>甲</a>", "col/a.html"),
        ('<map><area href="/m.html"></map>', "m.html"),
        ('<iframe src="/f.html"></iframe>', "f.html"),
        ('<frameset><frame src="/f.html"></frameset>', "f.html"),
        ('<embed src="/e.pdf">', "e.pdf"),
        ('<object data="/o.pdf"></object>', "o.pdf"),
        ("<p onclick=\"window.open('/w.doc')\">附件</p>", "w.doc"),
        ('<p onclick=\'window . open ( "/w.doc" , "_blank")\'>附件</p>', "w.doc"),
        ("<a href=\"javascript:window.open('/j.html')\">看</a>", "j.html"),
        ("<a onclick=\"location.href='/l.html'\">看</a>", "l.html"),
        ("<a onclick=\"window.location = '/l.html'; return false\">看</a>", "l.html"),
        ("<a onclick=\"location.replace('/l.html')\">看</a>", "l.html"),
        ("<script>window.location.href='/home.html';</script><a>", "home.html"),
        ('<meta http-equiv="Refresh" content="0; url=/r.html"><p>', "r.html"),
        ("<meta http-equiv=refresh content=\"0;URL='/r.html'\"><p>", "r.html"),
        ('<base href="/deep/"><a href="b.html">乙</a>', "deep/b.html"),
        ('<a href="&#47;e.html?a=1&amp;b=2">丙</a>', "e.html?a=1&b=2"),
    ],
)
def test_every_way_of_linking(html: str, expected: str) -> None:
    assert f"http://www.example.gov.cn/{expected}" in links(f"<html><body>{html}</body></html>")


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#top">顶</a>',
        '<a href="javascript:void(0)">空</a>',
        '<a href="mailto:a@b.cn">信</a>',
        '<a href="/style.css">样式</a>',
        "<script>location.href='list_' + n + '.html'</script><a>",
        "<p onclick=\"window.open('/a?id=' + id)\">看</p>",
        "<!-- <a href='/old.html'>旧</a> --><p>",
        f'<a href="{PAGE}">本页</a>',
    ],
)
def test_what_is_no_link(html: str) -> None:
    assert links(f"<html><body>{html}</body></html>") == {}


def test_words_of_a_link_and_each_address_once() -> None:
    found = links('<a href="/a"> 关于\n <b>低保</b> 的公示</a><a href="/a#x">again</a>')
    assert [link.text for link in found.values()] == ["关于 低保 的公示"]


def test_attachments_are_told_from_pages() -> None:
    found = links(
        '<a href="P020180810.doc">附件1</a>'
        '<a href="/module/download/downfile.jsp?classid=0&filename=1.xls">附件2</a>'
        '<iframe src="/pdfjs/web/viewer.html?file=/files/a%20b.pdf"></iframe>'
        '<a href="t1.html">正文</a>'
    )
    attached = {url for url, link in found.items() if link.is_attachment}
    assert "http://www.example.gov.cn/col/P020180810.doc" in attached
    assert "http://www.example.gov.cn/files/a%20b.pdf" in attached
    assert "http://www.example.gov.cn/module/download/downfile.jsp?classid=0&filename=1.xls" in (
        attached
    )
    assert "http://www.example.gov.cn/col/t1.html" not in attached


def test_scans_in_the_article_and_not_the_furniture() -> None:
    found = links(
        '<div class="header"><img src="/images/top.jpg"></div>'
        '<div class="TRS_Editor"><p><img src="W020260901.jpg"></p>'
        '<p><img src="/upload/公示.png" width="600"></p>'
        '<img src="/images/icon_pdf.gif"><img src="/x.png" width="16"></div>'
        '<div class="footer"><div class="content"><img src="/upload/f.jpg"></div></div>'
        '<div><img src="P020260902.tif"></div>'
    )
    assert {url.rpartition("/")[2] for url in found} == {
        "W020260901.jpg",
        "%E5%85%AC%E7%A4%BA.png",
        "P020260902.tif",
    }
    assert all(link.is_attachment for link in found.values())


@pytest.mark.parametrize("declared", ["", "charset=utf-8", "charset=gb2312"])
def test_gbk_page_whatever_is_declared(declared: str) -> None:
    html = '<html><a href="/s?q=低保">低保名单</a><a href="/%b5%cd.html">公示</a></html>'
    found = links(html.encode("gbk"), content_type=f"text/html; {declared}")
    assert [link.text for link in found.values()] == ["低保名单", "公示"]
    assert "http://www.example.gov.cn/%B5%CD.html" in found


def test_query_of_a_declared_gbk_page_is_gbk() -> None:
    html = '<html><meta charset="gbk"><a href="/s?q=低保">低保名单</a></html>'
    assert list(links(html.encode("gbk"))) == ["http://www.example.gov.cn/s?q=%B5%CD%B1%A3"]


@pytest.mark.parametrize("mark", ["utf-16", "utf-8-sig"])
def test_byte_order_marks(mark: str) -> None:
    found = links('<html><a href="/a.html">公示</a></html>'.encode(mark))
    assert [link.text for link in found.values()] == ["公示"]


def test_good_utf8_is_utf8_whatever_is_declared() -> None:
    text = "<p>政务公开</p>"
    assert decode(text.encode(), "text/html; charset=gbk") == (text, "utf-8")


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7 <a href='/x'>", b"PK\x03\x04\0\0<a href=/x>"])
def test_what_is_no_page_has_no_links(body: bytes) -> None:
    assert find_links(body, PAGE, "text/html").links == ()


def test_traps_are_counted_and_not_followed() -> None:
    scan = find_links(
        b"<html><a href='/calendar?year=2999'>x</a><a href='/calendar?year=2998'>x</a>"
        b"<a href='/ok'>x</a></html>",
        PAGE,
    )
    assert [link.url for link in scan.links] == ["http://www.example.gov.cn/ok"]
    assert len(scan.dropped) == 1
    assert "2" in scan.dropped[0].why


def test_ten_thousand_links_are_the_most() -> None:
    html = "<html>" + "".join(f"<a href=/p{n}>x</a>" for n in range(10_050)) + "</html>"
    scan = find_links(html.encode(), PAGE)
    assert len(scan.links) == 10_000
    assert "50" in scan.dropped[0].why


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_failing(body: bytes) -> None:
    scan = find_links(b"<html><a href='" + body + b"'>x</a>" + body, PAGE)
    assert all(link.url.startswith(("http://", "https://")) for link in scan.links)
