import multiprocessing

import pytest

from scanner.errors import AuditError
from scanner.ledger import (
    Ledger,
    SiteSpec,
    SweepKind,
    SweepState,
    UnitSpec,
)
from scanner.ledger.lookup import by_prefix
from scanner.ledger.owner import Owner
from scanner.model import Link, Outcome
from tests.ledger.making import KEYS, PAGE, SHEET, ended, finding, read

TOWN, COUNTY = UnitSpec("甲镇", "乡镇街道", "甲县"), UnitSpec("甲县", "县区")
SITE = SiteSpec("县站", ("www.qx.gov.cn",), "甲县")


def test_an_old_half_of_a_sweep_is_not_taken_up_again(ledger, clock):
    old = ledger.start_sweep()
    ledger.frontier(old).push([Link(PAGE)], "", 0)
    ledger.interrupt_sweep(old)
    clock.forward(days=4)
    new = ledger.start_sweep()
    assert new.id != old.id
    assert not new.resumed
    ledger.seed_known(new)
    assert ledger.frontier(old).pending() == 0
    assert [lease.url for lease in ledger.frontier(new).lease(9, 60)] == [PAGE]
    assert ledger.sweep(old.id).state is SweepState.INTERRUPTED
    ledger.frontier(new).commit([read(PAGE)])
    ledger.finish_sweep(new)
    assert ledger.start_sweep().id > new.id  # and never again


def test_a_recheck_always_looks_anew(ledger, sweep):
    sweep(read(PAGE, finding()))
    first = ledger.start_sweep(SweepKind.RECHECK)
    ledger.frontier(first).push([Link(PAGE), Link(SHEET)], "", 0)
    ledger.frontier(first).commit([read(PAGE, finding())])  # still there
    ledger.interrupt_sweep(first)  # and now the unit mends the page
    second = ledger.start_sweep(SweepKind.RECHECK)
    assert second.id != first.id
    assert ledger.frontier(second).push([Link(PAGE)], "", 0) == 1


def test_an_interrupted_recheck_does_not_stand_in_the_way_of_a_sweep(ledger):
    sweep = ledger.start_sweep()
    ledger.interrupt_sweep(sweep)
    ledger.interrupt_sweep(ledger.start_sweep(SweepKind.RECHECK))
    assert ledger.start_sweep().id == sweep.id


def test_the_last_sweep(ledger):
    assert ledger.last_sweep() is None
    first = ledger.start_sweep()
    ledger.finish_sweep(first)
    second = ledger.start_sweep(SweepKind.RECHECK)
    assert ledger.last_sweep().id == second.id
    assert ledger.last_sweep(SweepKind.SWEEP).id == first.id
    assert ledger.last_sweep(finished=True).id == first.id
    assert ledger.sweep(99) is None


def _start(url: str, results: "multiprocessing.Queue[str]", go: object) -> None:
    with Ledger.open(url, key_id=KEYS.key_id) as ledger:
        go.wait()  # type: ignore[attr-defined]
        try:
            ledger.start_sweep()
        except AuditError as error:
            results.put(str(error))
        else:
            results.put("started")
        go.wait()  # type: ignore[attr-defined] # the owner must live until the other has tried


def test_of_two_sweeps_started_at_the_same_moment_one_is_refused(ledger, ledger_url):
    spawn = multiprocessing.get_context("spawn")
    results, together = spawn.Queue(), spawn.Barrier(2)
    jobs = [spawn.Process(target=_start, args=(ledger_url, results, together)) for _ in "ab"]
    for job in jobs:
        job.start()
    told = sorted(results.get(timeout=60) for _ in jobs)
    for job in jobs:
        job.join()
    assert told[0] == "started"
    assert "另一次巡查" in told[1]


def test_an_attachment_belongs_to_the_unit_of_its_page(ledger, sweep):
    ledger.register([TOWN, COUNTY], [SITE])
    sweep(read(PAGE, source="甲镇"))
    sweep(read(SHEET, finding(page=SHEET), is_attachment=True, parent_url=PAGE))
    assert [page.unit for page in ledger.queue()] == ["甲镇"]
    assert ledger.queue()[0].level == "乡镇街道"


def test_filing_anew_moves_attachments_with_their_pages(ledger, sweep):
    ledger.register([COUNTY], [SITE])
    sweep(read(PAGE, source="甲镇"))
    sweep(read(SHEET, finding(page=SHEET), is_attachment=True, parent_url=PAGE))
    assert ledger.queue()[0].unit == "甲县"
    ledger.register([TOWN, COUNTY], [SITE])
    assert ledger.queue()[0].unit == "甲镇"


def test_the_longest_prefix_decides_the_site(ledger, sweep):
    ledger.register(
        [TOWN, COUNTY],
        [SITE, SiteSpec("镇栏目", ("www.qx.gov.cn/jz/",), "甲镇"), SiteSpec("别", ("gov.cn",))],
    )
    urls = ["http://www.qx.gov.cn/jz/1", "http://www.qx.gov.cn/1", "http://a.b.gov.cn/1"]
    sweep(*(read(url, finding(page=url)) for url in [*urls, "http://fgov.cn/"]))
    filed = {page.url: (page.site, page.unit) for page in ledger.queue()}
    assert filed == {
        urls[0]: ("镇栏目", "甲镇"),
        urls[1]: ("县站", "甲县"),
        urls[2]: ("别", ""),
        "http://fgov.cn/": ("", ""),
    }


def test_faults_of_the_register_are_told_all_at_once(ledger):
    with pytest.raises(AuditError) as raised:
        ledger.register(
            [UnitSpec("甲", "省级"), UnitSpec("乙", None, "丙")], [SiteSpec("站", ("h",), "丁")]
        )
    assert len(raised.value.faults) == 3


def test_registering_again_changes_what_is_written(ledger, sweep):
    ledger.register([COUNTY], [SITE])
    ledger.register([UnitSpec("甲县", "市直")], [SiteSpec("县站", ("b.cn",), "甲县")])
    sweep(read("http://b.cn/", finding(page="http://b.cn/")))
    assert (ledger.queue()[0].unit, ledger.queue()[0].level) == ("甲县", "市直")


def test_findings_by_the_beginning_of_their_fingerprint(ledger, sweep):
    sweep(read(PAGE, *(finding(f"1380556{n:04d}") for n in range(40))))
    for one in ledger.queue()[0].findings:
        with ledger.database.read() as connection:
            assert by_prefix(connection, [one.fingerprint[:12].upper()]) == [one.id]
    with pytest.raises(AuditError) as raised, ledger.database.read() as connection:
        by_prefix(connection, ["abc", "zzzzzz", "000000000000"])
    assert len(str(raised.value).splitlines()) == 3


def test_gone_pages_are_asked_for_again_for_a_while(ledger, sweep, clock):
    other = "http://www.qx.gov.cn/gone"
    sweep(read(PAGE, finding()), ended(other, Outcome.GONE))
    sweep(ended(PAGE, Outcome.GONE), ended(other, Outcome.GONE))

    def known():
        run = ledger.start_sweep()
        count = ledger.seed_known(run)
        urls = {lease.url for lease in ledger.frontier(run).lease(9, 60)}
        ledger.frontier(run).commit([ended(url, Outcome.GONE) for url in urls])
        ledger.finish_sweep(run)
        assert len(urls) == count
        return urls

    assert known() == {PAGE, other}
    clock.forward(days=100)
    assert known() == {PAGE}  # it held a finding: it must not come back unseen


def test_an_owner_is_known_by_place_number_and_start():
    me = Owner.me()
    assert me.is_alive()
    assert Owner.parse(str(me)) == me
    assert Owner(me.place, me.pid, "1").is_alive() is False  # the number is another process now
    assert Owner("elsewhere/1", me.pid, me.started).is_alive() is None
    assert Owner.parse("nonsense") is None
