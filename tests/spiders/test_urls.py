"""Addresses: one spelling for one page, and the traps."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.urls import canonical, extension, is_attachment, resolve, trap

SEGMENT = st.text("abcXYZ019._~-%中文 ()", min_size=1, max_size=8)
URLS = st.builds(
    lambda scheme, host, port, path, query: f"{scheme}://{host}{port}/{'/'.join(path)}{query}",
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["www.example.gov.cn", "WWW.Example.GOV.CN", "127.0.0.1", "例子.cn"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.lists(SEGMENT, max_size=5),
    st.sampled_from(["", "?", "?b=2&a=1", "?q=中文", "?a=%c4%a7&a=2", "?jsessionid=1&x=2"]),
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("HTTP://WWW.Example.gov.cn:80/A/B.html#top", "http://www.example.gov.cn/A/B.html"),
        ("https://a.cn:443", "https://a.cn/"),
        ("http://a.cn:443/", "http://a.cn:443/"),
        ("http://a.cn/x/../y/./z.html", "http://a.cn/y/z.html"),
        ("http://a.cn/../../y", "http://a.cn/y"),
        ("http://a.cn/p;jsessionid=0A1B?x=1", "http://a.cn/p?x=1"),
        ("http://a.cn/(S(abc123))/p.aspx", "http://a.cn/p.aspx"),
        ("http://a.cn/p?b=2&PHPSESSID=ff&a=1", "http://a.cn/p?b=2&a=1"),
        ("http://a.cn/p?sid=7", "http://a.cn/p?sid=7"),  # a site's number, not a session
        ("http://a.cn/p?", "http://a.cn/p"),
        ("http://a.cn/%c4%a7.html", "http://a.cn/%C4%A7.html"),
        ("http://a.cn/中.html", "http://a.cn/%E4%B8%AD.html"),
        ("http://a.cn./x", "http://a.cn/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("http://user:pass@a.cn/", None),
        ("ftp://a.cn/", None),
        ("http:///x", None),
        ("http://a.cn:99999/", None),
    ],
)
def test_canonical(written: str, expected: str | None) -> None:
    assert canonical(written) == expected


def test_query_in_the_encoding_of_the_page_and_path_in_utf8() -> None:
    """As browsers send them: a GBK page's form values are GBK."""
    assert canonical("http://a.cn/中?q=中", "gb18030") == "http://a.cn/%E4%B8%AD?q=%D6%D0"


@given(URLS)
def test_canonical_is_settled_after_one_pass(url: str) -> None:
    once = canonical(url)
    assert once is not None
    assert canonical(once) == once


@given(URLS)
def test_canonical_keeps_the_query_in_order(url: str) -> None:
    once = canonical(url)
    assert once is not None
    kept = [pair for pair in parse_qsl(urlsplit(url).query) if pair[0] != "jsessionid"]
    assert parse_qsl(urlsplit(once).query) == kept


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("b.html", "http://a.cn/x/b.html"),
        ("/b.html", "http://a.cn/b.html"),
        ("../b.html", "http://a.cn/b.html"),
        ("?page=2", "http://a.cn/x/y.html?page=2"),
        ("//b.cn/z", "http://b.cn/z"),
        (" b\n.html ", "http://a.cn/x/b.html"),
        ("..\\up\\b.doc", "http://a.cn/up/b.doc"),
        ("", None),
        ("#top", None),
        ("javascript:void(0)", None),
        ("JavaScript:alert(1)", None),
        ("mailto:a@b.cn", None),
        ("tel:0556-12345", None),
        ("data:text/html,x", None),
        ("http://[broken", None),
    ],
)
def test_resolve(href: str, expected: str | None) -> None:
    assert resolve("http://a.cn/x/y.html?from=/q/", href) == expected


def test_resolve_on_a_host_without_path() -> None:
    assert resolve("http://a.cn", "b.html") == "http://a.cn/b.html"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/P020180810.doc", True),
        ("http://a.cn/list.XLSX?v=1", True),
        ("http://a.cn/module/download/downfile.jsp?classid=0&filename=1808.xls", True),
        ("http://a.cn/site/download?id=5", True),
        ("http://a.cn/download.do?uuid=5", True),
        ("http://a.cn/view.jsp?name=a.pdf", True),
        ("http://a.cn/index.html", False),
        ("http://a.cn/downtown/index.html", False),
        ("http://a.cn/art/2026/9/1/art_1_2.html", False),
        ("http://a.cn/list.jsp?columnid=2", False),
    ],
)
def test_is_attachment(url: str, expected: bool) -> None:
    assert is_attachment(url) is expected


def test_extension_of_the_path_alone() -> None:
    assert extension("http://a.cn/a.b/c?d=e.pdf") == ""
    assert extension("http://a.cn/a.PDF#p") == "pdf"


@pytest.mark.parametrize(
    "url",
    [
        "http://a.cn/" + "x" * 2000,
        "http://a.cn/a/b/a/b/a/b/a/b/c.html",
        "http://a.cn/x/x/x/x/",
        "http://a.cn/p?" + "&".join(f"a{n}=1" for n in range(60)),
        "http://a.cn/calendar?year=2199&month=5",
        "http://a.cn/rili/1900/01.html",
    ],
)
def test_traps(url: str) -> None:
    assert trap(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.cn/art/2026/10/10/10/10/art_1.html",
        "http://a.cn/calendar?year=2026&month=5",
        "http://a.cn/page?date=2019-05-01",
        "http://a.cn/col3901/t2801.html",
    ],
)
def test_not_traps(url: str) -> None:
    assert trap(url) == ""
