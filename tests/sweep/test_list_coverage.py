"""Coverage by the lists' own totals: what a list says it has, and what was reached of it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from scanner.commands.reports import sweep_facts
from scanner.ledger.lists import ListCoverage
from scanner.ledger.reach import SiteCoverage
from scanner.model import Cause, Outcome
from scanner.report.terminal import sweep_record
from spiders.options import SiteSpec
from tests.list_sites import SYSTEMS, item
from tests.servers import Answer, Seen, TestSite
from tests.sweep.making import Column, Desk

OLD = date(2024, 3, 1)


def lists_of(desk: Desk) -> list[ListCoverage]:
    with desk.open() as ledger:
        return ledger.list_coverage(ledger.last_sweep().id)


def sites_of(desk: Desk) -> dict[str, SiteCoverage]:
    with desk.open() as ledger:
        return {one.name: one for one in ledger.site_coverage(ledger.last_sweep().id)}


def test_a_list_that_was_reached_in_full(desk: Desk, site: TestSite) -> None:
    Column(site, [OLD + timedelta(days=n) for n in range(70)]).publish()
    desk.sweep()
    (one,) = lists_of(desk)
    assert (one.records, one.reached, one.shown) == (70, 70, 70)
    assert (one.pages, one.pages_read) == (4, 4)
    assert one.url == site.url + "/gs/index.html"
    assert one.site == "门户"
    assert not one.is_short
    assert sites_of(desk)["门户"].share == 1.0


def test_what_fails_is_refused_or_not_followed_lowers_the_share(desk: Desk, site: TestSite) -> None:
    column = Column(site, [OLD + timedelta(days=n) for n in range(40)])
    column.publish()
    for number in range(3):
        site.pages[column.path(number)] = Answer(b"", 500)
    site.pages[column.path(3)] = Answer(b"", 404)
    site.add("/robots.txt", "User-agent: *\nDisallow: " + column.path(4), content_type="text/plain")
    site.pages[column.path(5)] = Answer(b"", 302, headers={"Location": "/moved.html"})
    site.add("/moved.html", "<html><p>公告</p></html>")
    desk.sweep()
    (one,) = lists_of(desk)
    assert (one.records, one.reached) == (40, 35)
    assert (one.failed, one.gone, one.skipped) == (3, 1, 1)
    assert one.is_short
    found = sites_of(desk)["门户"]
    assert found.causes == {Cause.ROBOTS: 1, Cause.REDIRECT: 1}
    assert found.outcomes[Outcome.FAILED] == 3
    assert found.is_low
    assert not found.is_silent


def test_a_list_that_cannot_be_turned_marks_its_site(desk: Desk, site: TestSite) -> None:
    """The pages are drawn by a script that nobody knows: one page of 245 is all there is."""
    rows = "".join(
        f'<tr><td><a href="/a/{n}.html">低保对象名单的公示{n}</a></td><td>2026-09-0{n}</td></tr>'
        for n in range(1, 8)
    )
    site.add(
        "/",
        f"<html><body><table>{rows}</table><div>共 4,895 条 每页 20 条 "
        '<a onclick="turn(2)">下一页</a></div></body></html>',
    )
    for number in range(1, 8):
        site.add(f"/a/{number}.html", "<html><p>公示</p></html>")
    report = desk.sweep()
    (one,) = lists_of(desk)
    assert (one.records, one.reached) == (4895, 7)
    assert sites_of(desk)["门户"].is_low
    with desk.open() as ledger:
        record = sweep_record(sweep_facts(ledger, report.sweep))
    assert record["sites"][0]["is_low"] is True
    assert record["lists"][0]["records"] == 4895
    assert json.loads(json.dumps(record))["lists"][0]["reached"] == 7


@pytest.mark.parametrize(
    ("system", "says"),
    [("trs records", 65), ("jpage", 65), ("jpage post", 65), ("lonsun json", 65), ("trs", None)],
)
def test_every_system_by_its_own_total(
    tmp_path: Path, site: TestSite, system: str, says: int | None
) -> None:
    start = SYSTEMS[system](site, 65)
    desk = Desk(tmp_path, sites=(SiteSpec("门户", "", "", (site.url + start,)),))
    desk.sweep()
    lists = lists_of(desk)
    assert lists[0].records == says
    assert max(one.shown for one in lists) == 65
    assert max(one.reached for one in lists) == 65
    assert not any(one.is_short for one in lists)


def test_an_unchanged_list_keeps_what_it_said(desk: Desk, site: TestSite) -> None:
    Column(site, [OLD + timedelta(days=n) for n in range(45)], tagged=True).publish()
    desk.sweep()
    desk.later(days=7)
    desk.sweep()
    (one,) = lists_of(desk)
    assert (one.records, one.reached) == (45, 45)


def test_a_failed_group_of_records_is_seen(tmp_path: Path, site: TestSite) -> None:
    start = SYSTEMS["jpage"](site, 400)
    whole = site.programs["/module/web/jpage/dataproxy.jsp"]

    def faulty(seen: Seen) -> Answer:
        return Answer(b"", 500) if seen.fields["page"] == "2" else whole(seen)

    site.programs["/module/web/jpage/dataproxy.jsp"] = faulty
    desk = Desk(tmp_path, sites=(SiteSpec("门户", "", "", (site.url + start,)),))
    desk.sweep()
    (one,) = lists_of(desk)
    assert (one.records, one.reached) == (400, 343)
    assert item(120) not in {seen.path for seen in site.seen}


def test_a_total_that_its_script_has_not_filled_in_yet_says_nothing(
    desk: Desk, site: TestSite
) -> None:
    rows = "".join(
        f"<li><a href='/a/{n}.html'>低保公示第{n}批</a>2026-09-08</li>" for n in range(4)
    )
    site.add("/", f"<html><script>var totalCount = 0;</script>{rows}共2页<a href='?page=2'>2</a>")
    desk.sweep()
    assert [one.records for one in lists_of(desk)] == [None]


def test_an_article_that_counts_something_is_no_list(desk: Desk, site: TestSite) -> None:
    related = "".join(f'<li><a href="/r{n}.html">相关的新闻报道第{n}篇</a></li>' for n in range(5))
    site.add(
        "/", f"<html><body><p>共收到意见共120条，全部采纳。</p><ul>{related}</ul></body></html>"
    )
    desk.sweep()
    assert lists_of(desk) == []
    assert sites_of(desk)["门户"].share is None
