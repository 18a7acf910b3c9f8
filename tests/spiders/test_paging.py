"""Further pages of lists: the script of TRS WCM in all its forms, and plain paging."""

import pytest

from spiders.links import find_links

BASE = "http://www.example.gov.cn/gs/"


def pages(html: str, url: str = BASE + "index.html") -> list[str]:
    """The further pages of the list, shortened to what follows the folder."""
    scan = find_links(f"<html><body>{html}</body></html>".encode(), url)
    return [link.url.removeprefix(BASE) for link in scan.links if link.is_list_page]


def script(call: str) -> str:
    return f'<script language="JavaScript">\n<!--\n{call};\n//-->\n</script>'


def numbered(name: str, ending: str, numbers: range) -> list[str]:
    return [f"{name}_{n}.{ending}" for n in numbers]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('createPageHTML(5, 0, "index", "html")', numbered("index", "html", range(1, 5))),
        ("createPageHTML(5,0,'index','html')", numbered("index", "html", range(1, 5))),
        ('createPageHTML( 5 , 0 , "index" , "shtml" )', numbered("index", "shtml", range(1, 5))),
        ('createPageHTML(3, 0, "list", "htm")', numbered("list", "htm", range(1, 3))),
        ("createPageHTML(98, 5, 0, 'index', 'html')", numbered("index", "html", range(1, 5))),
        ('createPageHTML(5, 0, "index", "html", 98)', numbered("index", "html", range(1, 5))),
        ('createPageHTML("p", 5, 1, "index", "html", 98)', numbered("index", "html", range(2, 6))),
        ('createPageHTML(5, 0, "index", ".html")', numbered("index", "html", range(1, 5))),
        ('createPageHTML(1, 0, "index", "html")', []),
        ('function createPageHTML(count, cur, name, ext){}', []),
        ('createPageHTML(count, 0, "index", "html")', []),
        ('createPageHTML(5, 0, "../../../x y", "html")', []),
    ],
)  # fmt: skip
def test_every_form_of_the_script(call: str, expected: list[str]) -> None:
    assert pages(script(call)) == expected


def test_the_script_on_the_folder_itself() -> None:
    html = script('createPageHTML(4, 0, "index", "html")')
    assert pages(html, BASE) == numbered("index", "html", range(1, 4))


def test_a_later_page_leads_to_its_neighbours_and_the_first() -> None:
    html = script('createPageHTML(400, 7, "index", "html")')
    assert sorted(pages(html, BASE + "index_7.html")) == [
        "index.html",
        "index_6.html",
        "index_8.html",
    ]


def test_the_last_page_leads_no_further() -> None:
    html = script('createPageHTML(8, 7, "index", "html")')
    assert sorted(pages(html, BASE + "index_7.html")) == ["index.html", "index_6.html"]


@pytest.mark.parametrize(
    "total",
    [
        "共14页",
        "共 14 页",
        "共<b>14</b>页",
        "<script>var totalPage = 14;</script>",
        "<script>totalPages: '14',</script>",
        '<script>{"pageCount":14}</script>',
        "当前 1/14页",
        "页次：1/14",
        '<ul data-total-page="14"></ul>',
    ],
)
@pytest.mark.parametrize(
    ("link", "form", "numbers"),
    [
        ('<a href="?page=2">2</a>', "index.html?page={}", range(2, 15)),
        ('<a href="list.jsp?c=7&pageNum=2&o=1">下一页</a>', None, range(2, 15)),
        ('<a href="index_2.html">2</a>', "index_{}.html", range(2, 15)),
        ('<a href="index_1.html">2</a>', "index_{}.html", range(1, 14)),
        ('<a href="index_2.html">下一页</a>', "index_{}.html", range(2, 15)),
    ],
)
def test_plain_paging_up_to_the_stated_total(
    total: str, link: str, form: str | None, numbers: range
) -> None:
    url = BASE + "index.html"
    if form is None:
        url, form = BASE + "list.jsp?c=7&pageNum=1&o=1", "list.jsp?c=7&pageNum={}&o=1"
    assert pages(link + total, url) == [form.format(n) for n in numbers]


def test_the_same_address_with_the_number_changed() -> None:
    """Where the numbers are drawn by script, the page's own address has the form."""
    assert pages("共4页", BASE + "list.jsp?c=7&page=1") == [
        f"list.jsp?c=7&page={n}" for n in (2, 3, 4)
    ]


def test_the_form_from_the_script_of_the_page() -> None:
    assert pages('共3页<script>location.href="?pageNo=" + n</script>') == [
        "index.html?pageNo=2",
        "index.html?pageNo=3",
    ]
    assert pages("共3页<script>location='list_' + n + '.html'</script>") == [
        "list_2.html",
        "list_3.html",
    ]


def test_no_total_no_guess() -> None:
    assert pages('<a href="?page=2">2</a>') == []


def test_a_total_beyond_reason_is_capped_and_said() -> None:
    scan = find_links(b'<html><script>createPageHTML(999999, 0, "index", "html")</script>', BASE)
    assert len(scan.links) == 4999
    assert "999999" in scan.dropped[0].why


def test_numbers_beyond_the_total_are_not_followed() -> None:
    html = '<html>共14页<a href="?page=2">2</a><a href="?page=99">末页</a></html>'
    scan = find_links(html.encode(), BASE + "index.html")
    assert BASE + "index.html?page=99" not in {link.url for link in scan.links}
    assert scan.dropped


def test_notices_are_not_taken_for_pages_of_the_list() -> None:
    html = "共3页" + "".join(f'<a href="t20260901_{n}.html">公示{n}</a>' for n in (5, 6, 7))
    assert pages(html) == []


def test_columns_with_numbers_are_not_taken_for_pages_of_the_list() -> None:
    html = '共3页<a href="list_124.html">下一栏目</a><a href="list_125.html">工作动态</a>'
    assert pages(html, BASE + "list_123.html") == []
    scan = find_links(f"<html>{html}".encode(), BASE + "list_123.html")
    assert [link.url.removeprefix(BASE) for link in scan.links] == [
        "list_124.html",
        "list_125.html",
    ]
