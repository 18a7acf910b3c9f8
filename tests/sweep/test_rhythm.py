"""A second sweep: what is asked for again, what it costs, and that new items are found."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from patterns.masknorms import published_norms
from scanner.ledger import Pace
from scanner.model import Outcome
from scanner.sweep import SweepReport
from tests.servers import Answer, Seen, TestSite
from tests.sweep.making import Column, Desk

OLD = date(2023, 3, 1)
ITEMS = 200


def old_days(count: int = ITEMS) -> list[date]:
    return [OLD + timedelta(days=n) for n in range(count)]


def asked(site: TestSite) -> list[str]:
    paths = site.paths()
    site.seen.clear()
    return paths


def counts(report: SweepReport) -> dict[Outcome, int]:
    return dict(report.outcomes)


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("days", [0, 7])
def test_an_unchanged_site_costs_next_to_nothing(
    desk: Desk, site: TestSite, tagged: bool, days: int
) -> None:
    """With a server that answers "not changed", and with one that does not."""
    Column(site, old_days(), tagged=tagged).publish()
    desk.sweep()
    first, site.sent = site.sent, 0
    asked(site)
    desk.later(days=days)
    desk.sweep()
    assert site.sent <= 0.05 * first
    with desk.open() as ledger:
        found = ledger.coverage(ledger.last_sweep().id)
    assert found.urls == ITEMS + 11  # every address is accounted for
    assert found.not_due + found.unchanged == found.urls


def test_new_items_are_found_and_pages_are_turned_as_far_as_they_go(
    desk: Desk, site: TestSite
) -> None:
    column = Column(site, old_days(100))
    column.publish()
    desk.sweep()
    asked(site)
    desk.later(days=7)
    column.days += [date(2026, 11, 30)] * 25  # more than one list page
    column.publish()
    desk.sweep()
    paths = asked(site)
    assert {column.path(number) for number in range(100, 125)} <= set(paths)
    lists = [path for path in paths if "index" in path]
    assert "/gs/index_1.html" in lists  # it holds five new ones
    assert "/gs/index_2.html" in lists  # turned to, since the page before held new ones
    assert "/gs/index_3.html" not in lists
    assert paths.index(column.path(124)) < 30  # new ones come first


def test_a_page_with_a_finding_is_read_in_every_sweep(desk: Desk, site: TestSite) -> None:
    column = Column(site, old_days(30))
    column.publish()
    site.add(column.path(7), column.notice(7).replace("内容", "张小芳 34082419010101005X ", 1))
    desk.sweep()
    asked(site)
    desk.later(days=7)
    desk.sweep()
    assert [path for path in asked(site) if path.startswith("/gs/2")] == [column.path(7)]


def test_young_pages_are_read_again_and_old_ones_take_turns(desk: Desk, site: TestSite) -> None:
    column = Column(site, [*old_days(30), date(2026, 11, 20)])
    column.publish()
    desk.sweep()
    asked(site)
    desk.later(days=7)
    desk.sweep()
    assert [path for path in asked(site) if path.startswith("/gs/2")] == [column.path(30)]
    desk.later(weeks=16)  # longer than the rhythm of any page
    desk.sweep()
    assert len([path for path in asked(site) if path.startswith("/gs/2")]) == 31


def test_a_full_sweep_asks_for_everything(desk: Desk, site: TestSite) -> None:
    Column(site, old_days(50), tagged=True).publish()
    first = desk.sweep()
    report = desk.sweep(Pace.FULL)
    assert counts(report) == counts(first)
    assert report.done == 54


def test_only_new(desk: Desk, site: TestSite) -> None:
    column = Column(site, [*old_days(30), date(2026, 11, 20)])
    column.publish()
    desk.sweep()
    column.days.append(date(2026, 11, 24))
    column.publish()
    asked(site)
    desk.sweep(Pace.ONLY_NEW)
    assert [path for path in asked(site) if path.startswith("/gs/2")] == [column.path(31)]


def test_since_a_day(desk: Desk, site: TestSite) -> None:
    column = Column(site, [*old_days(30), date(2026, 9, 20), date(2026, 11, 20)])
    column.publish()
    desk.sweep()
    asked(site)
    desk.sweep(Pace.SINCE, date(2026, 9, 1))
    read = {path for path in asked(site) if path.startswith("/gs/2")}
    assert read == {column.path(30), column.path(31)}


def test_other_rules_read_everything_again(desk: Desk, site: TestSite) -> None:
    Column(site, old_days(30)).publish()
    desk.sweep()
    asked(site)
    desk.spec = replace(desk.spec, mask_norm=next(iter(published_norms())))
    desk.sweep()
    assert len([path for path in asked(site) if path.startswith("/gs/2")]) == 30


def test_a_page_that_changes_at_each_visit_is_unchanged(desk: Desk, site: TestSite) -> None:
    visits = iter(range(1000, 2000))

    def counting(_: Seen) -> Answer:
        number = next(visits)
        return Answer(
            f"<html><title>公示</title><body><p>浏览次数：{number}</p><p>{'公示内容' * 50}</p>"
            f'<script>var token = "abcdef{number}xyz";</script></body></html>'.encode()
        )

    site.pages["/"] = counting
    desk.sweep()
    assert counts(desk.sweep()) == {Outcome.UNCHANGED: 1}
    assert counts(desk.sweep(Pace.FULL)) == {Outcome.SCANNED: 1}
    site.add("/", "<html><title>公示</title><body><p>浏览次数：7</p><p>张三</p></body></html>")
    assert counts(desk.sweep()) == {Outcome.SCANNED: 1}


def test_an_interrupted_sweep_counts_what_rests_once(desk: Desk, site: TestSite) -> None:
    Column(site, old_days(30)).publish()
    desk.sweep()
    with desk.open() as ledger:
        last = ledger.last_sweep()
        begun = ledger.start_sweep(scope=last.scope, engine=last.engine)
        ledger.seed_known(begun, ["门户"])
        ledger.interrupt_sweep(begun)
    report = desk.sweep()
    assert report.sweep.resumed
    with desk.open() as ledger:
        assert ledger.coverage(report.sweep.id).urls == 33
