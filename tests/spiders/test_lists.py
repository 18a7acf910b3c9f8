"""Each list system on a site in a box: the sweep reaches every item that the lists publish."""

from collections.abc import Iterator

import pytest

from scanner.model import Outcome
from spiders.links import find_links
from spiders.lists import markup_of_data
from spiders.posted import posted, split_posted
from tests.list_sites import SYSTEMS, item
from tests.servers import Answer, Seen, TestSite, serving
from tests.spiders.crawling import crawl

ITEMS = 130
BASE = "http://www.example.gov.cn/"


@pytest.fixture
def site() -> Iterator[TestSite]:
    with serving() as running:
        yield running


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_item_of_the_lists_is_reached(site: TestSite, system: str) -> None:
    start = SYSTEMS[system](site, ITEMS)
    frontier, _ = crawl(site.url + start, retries=0)
    wanted = {site.url + item(number) for number in range(ITEMS)}
    assert wanted - set(frontier.results) == set()
    endings = {url: result.outcome for url, result in frontier.results.items()}
    assert set(endings.values()) == {Outcome.SCANNED}
    lists = [url for url in endings if "/art/" not in url]
    assert len(lists) < 2 * ITEMS / 19 + 5  # pages are turned, not guessed at
    assert {seen.method for seen in site.seen} <= {"GET", "POST"}


def test_long_lists_are_no_deeper_than_their_first_page(site: TestSite) -> None:
    """A list of 60 pages that only says 「下一页」 is 60 clicks long, and belongs to the site."""
    start = SYSTEMS["next only"](site, 1200)
    frontier, _ = crawl(site.url + start, max_depth=3)
    assert site.url + item(1199) in frontier.results
    assert frontier.rows[site.url + item(1199)].depth == 1


def test_a_failed_group_does_not_hide_those_after_it(site: TestSite) -> None:
    start = SYSTEMS["jpage"](site, 400)
    whole = site.programs["/module/web/jpage/dataproxy.jsp"]

    def faulty(seen: Seen) -> Answer:
        return Answer(b"", 500) if seen.fields["page"] == "2" else whole(seen)

    site.programs["/module/web/jpage/dataproxy.jsp"] = faulty
    frontier, _ = crawl(site.url + start, retries=0)
    reached = sum("/art/" in url for url in frontier.results)
    assert reached == 400 - 57


def test_a_request_for_records_is_kept_to_the_list(site: TestSite) -> None:
    """A form or a request object on a page without a list is nobody's business."""
    site.add(
        "/",
        "<html><body><form action='/save' method='post'><input name='page'></form>"
        "<script>$.post('/count.do', {page: 2, id: 7})</script></body></html>",
    )
    frontier, _ = crawl(site.url + "/")
    assert len(frontier.results) == 1


def test_endless_answers_end(site: TestSite) -> None:
    """A program that answers every page number with the same records is not asked for ever."""
    site.add("/", "<html>加载更多<script>$.get('/m.do?page=' + n)</script></html>")
    site.programs["/m.do"] = lambda _: Answer(b"<li><a href='/x'>x</a></li>")
    site.link("/x")
    frontier, _ = crawl(site.url + "/", max_pages=40)
    assert frontier.pending() == 0
    assert site.url + "/x" in frontier.results


def test_a_post_is_an_address_of_its_own() -> None:
    address = posted(BASE + "d.jsp?perpage=19", [("webname", "青禾&市"), ("page", "2")])
    url, body = split_posted(address)
    assert url == BASE + "d.jsp?perpage=19"
    assert body == "webname=%E9%9D%92%E7%A6%BE%26%E5%B8%82&page=2"
    assert split_posted(url) == (url, None)


@pytest.mark.parametrize(
    "body",
    [
        '{"data": {"rows": [{"title": "公示", "url": "/a/1.html"}]}}',
        'show({"data": "<li><a href=\\"/a/1.html\\">公示</a></li>"});',
        "[\"<li><a href='/a/1.html'>公示</a></li>\"]",
        'var dataStore = ["<li><a href=\\"\\/a\\/1.html\\">\\u516c\\u793a</a></li>"];',
        "<?xml version='1.0' encoding='UTF-8'?><datastore><recordset><record>"
        "&lt;a href='/a/1.html'&gt;公示&lt;/a&gt;</record></recordset></datastore>",
        "<html><script>var dataList = ['<a href=\"/a/1.html\">公示</a>'];</script></html>",
    ],
)
def test_records_in_data(body: str) -> None:
    scan = find_links(body.encode(), BASE + "x/")
    assert [(link.url, link.text) for link in scan.links] == [(BASE + "a/1.html", "公示")]


@pytest.mark.parametrize(
    "body", ["", "{", '{"a": 1}', "[[[[", "{" * 5000, '{"url": "javascript:void(0)"}', "var a = 1"]
)
def test_data_without_records_gives_nothing(body: str) -> None:
    assert find_links(body.encode(), BASE).links == ()
    assert not markup_of_data(body) or "void" in body
