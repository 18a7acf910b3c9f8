from dataclasses import fields
from datetime import date

import pytest

from scanner.lang import set_lang
from scanner.ledger import (
    Counts,
    SiteSpec,
    UnitSpec,
    rectification_formula,
    settled_formula,
)
from scanner.model import Decision, Disposition, Outcome, Severity
from tests.ledger.making import ID_CARD, PAGE, ended, finding, read

HOST = "http://www.qx.gov.cn"
GROUPINGS = ("by_unit", "by_level", "by_type", "by_week")
COUNTED = [one.name for one in fields(Counts)]


def check_sums(statistics):
    """Every row adds up, and so does every grouping, for all three things counted."""
    for measure in (statistics.items, statistics.values, statistics.persons):
        for grouping in GROUPINGS:
            lines = getattr(measure, grouping)
            for name in COUNTED:
                assert sum(getattr(line.counts, name) for line in lines) == getattr(
                    measure.total, name
                )
            assert len({line.name for line in lines}) == len(lines)


def test_an_empty_ledger_has_no_rates(ledger):
    statistics = ledger.statistics()
    assert statistics.values.total == Counts()
    assert statistics.values.total.rectification_rate is None
    assert statistics.values.total.settled_rate is None
    assert statistics.items.by_unit == ()
    assert statistics.coverage.sweep_id is None


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)  # 5,773 pages: once is enough
def test_the_reference_year(ledger, sweep):
    """5,773 suspected items, 611 kept, 5,162 verified; 200 of them of no level (or unit)."""
    ledger.register(
        [UnitSpec("市局", "市直"), UnitSpec("甲县", "县区"), UnitSpec("某中心")],
        [
            SiteSpec("市", ("www.qx.gov.cn/s/",), "市局"),
            SiteSpec("县", ("www.qx.gov.cn/x/",), "甲县"),
            SiteSpec("无", ("www.qx.gov.cn/w/",), "某中心"),
        ],
    )
    urls = (
        [f"{HOST}/s/{n}" for n in range(1153)]
        + [f"{HOST}/x/{n}" for n in range(4420)]
        + [f"{HOST}/w/{n}" for n in range(120)]
        + [f"{HOST}/other/{n}" for n in range(80)]
    )
    sweep(*(read(url, finding(page=url)) for url in urls))
    ids = [page.findings[0].id for page in ledger.queue()]
    ledger.decide(ids[:611], Decision.LAWFUL, who="李", basis="eia_participation")
    ledger.decide(ids[611:], Decision.LEAK, who="李")
    outstanding = [page.url for page in ledger.outstanding()]
    sweep(*(read(url) for url in outstanding))
    statistics = ledger.statistics()
    total = statistics.items.total
    assert (total.suspected, total.kept, total.verified) == (5773, 611, 5162)
    assert total.rectification_rate == 1
    assert total.settled_rate == 1
    assert [(line.label, line.counts.suspected) for line in statistics.items.by_level] == [
        ("市直", 1153),
        ("县区", 4420),
        ("未归类", 200),
    ]
    assert [(line.label, line.counts.suspected) for line in statistics.items.by_unit] == [
        ("市局", 1153),
        ("某中心", 120),
        ("甲县", 4420),
        ("未归类", 80),
    ]
    check_sums(statistics)


def mixed(ledger, sweep) -> list[int]:
    """Two pages: one of three values of two persons, one of one value; found in two weeks."""
    sweep(
        read(
            PAGE,
            finding(ID_CARD, kind="id_card", severity=Severity.CRITICAL, person="甲"),
            finding(person="甲"),
            finding("13805560002", person="乙"),
        )
    )
    sweep(read(f"{HOST}/2", finding(page=f"{HOST}/2")))
    return [one.id for page in ledger.queue() for one in page.findings]


def test_items_values_and_persons_are_three_counts(ledger, sweep):
    mixed(ledger, sweep)
    statistics = ledger.statistics()
    counted = (statistics.items, statistics.values, statistics.persons)
    assert [measure.total.suspected for measure in counted] == [2, 4, 3]
    check_sums(statistics)


def test_one_open_value_keeps_the_item_and_the_person_open(ledger, sweep):
    id_card, mobile, other, _ = mixed(ledger, sweep)
    ledger.decide([id_card], Decision.NOT_PERSONAL, who="李")
    ledger.decide([mobile], Decision.LAWFUL, who="李", basis="x")
    ledger.decide([other], Decision.LEAK, who="李")
    statistics = ledger.statistics()
    items, values, persons = statistics.items.total, statistics.values.total, statistics.persons
    assert (items.outstanding, items.undecided, items.kept, items.false) == (1, 1, 0, 0)
    assert (values.outstanding, values.undecided, values.kept, values.false) == (1, 1, 1, 1)
    assert (persons.total.kept, persons.total.outstanding, persons.total.undecided) == (1, 1, 1)
    check_sums(statistics)


def test_an_item_stands_in_the_row_of_its_worst_type(ledger, sweep):
    mixed(ledger, sweep)
    statistics = ledger.statistics()

    def rows(measure):
        return {line.name: line.counts.suspected for line in measure.by_type}

    assert rows(statistics.items) == {"id_card": 1, "mobile": 1}
    assert rows(statistics.values) == {"id_card": 1, "mobile": 3}
    assert rows(statistics.persons) == {"id_card": 1, "mobile": 2}


def test_weeks_are_iso_weeks_of_china_time(ledger, sweep, clock):
    clock.forward(hours=15)  # Friday 20 November 17:00 UTC; the sweeps run a day later
    sweep(read(PAGE, finding()))  # Sunday 22 November 01:00 in China
    sweep(read(f"{HOST}/2", finding(page=f"{HOST}/2")))  # Monday there, Sunday in UTC
    weeks = [(line.name, line.counts.suspected) for line in ledger.statistics().values.by_week]
    assert weeks == [("2026-W47", 1), ("2026-W48", 1)]


def test_a_period_names_the_values_first_found_in_it(ledger, sweep):
    ids = mixed(ledger, sweep)
    ledger.decide(ids, Decision.LEAK, who="李")
    assert ledger.statistics(until=date(2026, 11, 21)).values.total.outstanding == 3
    assert ledger.statistics(since=date(2026, 11, 22)).values.total.outstanding == 1
    assert ledger.statistics(since=date(2026, 11, 23)).values.total.suspected == 0
    whole = ledger.statistics(date(2026, 11, 21), date(2026, 11, 22))
    assert whole.values.total.suspected == 4
    check_sums(whole)


def test_overdue_is_part_of_outstanding(ledger, sweep):
    ids = mixed(ledger, sweep)
    ledger.decide(ids[:3], Decision.LEAK, who="李", deadline=date(2026, 11, 25))
    ledger.report_rectified(ids[:1], who="镇办")
    for today, overdue in ((date(2026, 11, 25), 0), (date(2026, 11, 26), 2)):
        statistics = ledger.statistics(today=today)
        assert (statistics.values.total.outstanding, statistics.values.total.overdue) == (
            2,
            overdue,
        )
        assert statistics.items.total.overdue == min(overdue, 1)
        check_sums(statistics)


def test_the_rates_count_reported_as_not_yet_done(ledger, sweep):
    ids = mixed(ledger, sweep)
    ledger.decide(ids, Decision.LEAK, who="李")
    ledger.report_rectified(ids[:1], who="镇办")
    sweep(read(f"{HOST}/2"))
    total = ledger.statistics().values.total
    assert (total.verified, total.rectified, total.outstanding) == (1, 1, 2)
    assert total.rectification_rate == pytest.approx(1 / 4)
    assert total.settled_rate == pytest.approx(1 / 4)


def test_kept_by_rule_is_part_of_kept(ledger, sweep):
    sweep(read(PAGE, finding(disposition=Disposition.MANDATED), finding("13805560002")))
    (page,) = ledger.queue()
    ledger.decide([page.findings[0].id], Decision.LAWFUL, who="李", basis="x")
    total = ledger.statistics().values.total
    assert (total.kept, total.kept_by_rule) == (2, 1)


def test_a_person_is_counted_once_in_each_unit(ledger, sweep):
    ledger.register([UnitSpec("甲镇", "乡镇街道")], [SiteSpec("站", ("www.qx.gov.cn",), "甲镇")])
    other = "http://other.gov.cn/1"
    sweep(
        read(PAGE, finding(person="甲")),
        read(f"{HOST}/2", finding(page=f"{HOST}/2", person="甲")),
        read(other, finding(page=other, person="甲")),
    )
    statistics = ledger.statistics()
    assert statistics.persons.total.suspected == 2
    assert [(line.name, line.counts.suspected) for line in statistics.persons.by_unit] == [
        ("甲镇", 1),
        ("", 1),
    ]


def test_the_source_named_on_the_page_goes_before_the_sites_own_unit(ledger, sweep):
    ledger.register(
        [UnitSpec("市局", "市直"), UnitSpec("甲镇人民政府", "乡镇街道", "市局", ("甲镇",))],
        [SiteSpec("站", ("qx.gov.cn",), "市局")],
    )
    sweep(
        read(PAGE, finding(), source="甲镇"),
        read(f"{HOST}/2", finding(page=f"{HOST}/2"), source="某报社"),
    )
    lines = ledger.statistics().items.by_unit
    assert [line.name for line in lines] == ["市局", "甲镇人民政府"]
    ledger.register([UnitSpec("某报社", "县区")], [])  # named later: items are filed anew
    assert [line.name for line in ledger.statistics().items.by_unit] == ["某报社", "甲镇人民政府"]


def test_coverage_of_the_last_sweep_stands_beside(ledger, sweep):
    sweep(read(PAGE), ended(f"{HOST}/2", Outcome.FAILED))
    counts = ledger.statistics().coverage
    assert (counts.urls, counts.scanned, counts.failed) == (2, 1, 1)


def test_counts_that_do_not_add_up_cannot_be_built():
    with pytest.raises(ValueError, match="add up"):
        Counts(suspected=5773, kept=1153, verified=4420)


def test_formulas_in_both_languages():
    assert rectification_formula().startswith("整改率 = 已核验 ÷")
    set_lang("en")
    try:
        assert settled_formula() == "settled rate = (verified + kept + false alarms) ÷ suspected"
    finally:
        set_lang("zh")
