import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from scanner.errors import AuditError
from scanner.ledger import Ledger, SiteSpec, SweepKind, SweepState
from scanner.model import Link, Outcome
from tests.ledger.making import KEYS, PAGE, SHEET, ended, finding, links, read

SITE = "http://www.qx.gov.cn"


def pages(count: int, host: str = SITE) -> list[Link]:
    return [Link(f"{host}/p{n}.html") for n in range(count)]


def test_a_link_is_pushed_once_in_a_sweep(ledger):
    frontier = ledger.frontier(ledger.start_sweep())
    assert frontier.push(pages(3), "", 0) == 3
    assert frontier.push(pages(5), SITE, 1) == 2
    again = ledger.frontier(frontier.sweep)  # a second worker, which remembers nothing
    assert again.push(pages(6), SITE, 1) == 1
    assert frontier.pending() == 6


def test_a_lease_tells_what_is_known_of_the_page(ledger):
    frontier = ledger.frontier(ledger.start_sweep())
    frontier.push([Link(SHEET, is_attachment=True), Link(PAGE, is_list_page=True)], SITE, 2)
    sheet, page = sorted(frontier.lease(10, 60), key=lambda lease: lease.is_list_page)
    assert (sheet.url, sheet.parent, sheet.depth) == (SHEET, SITE, 2)
    assert sheet.is_attachment
    assert not sheet.is_list_page
    assert (page.url, page.attempts, page.etag, page.content_hash) == (PAGE, 0, "", "")
    assert frontier.lease(10, 60) == []


def test_an_expired_lease_is_handed_out_again(ledger, clock):
    frontier = ledger.frontier(ledger.start_sweep())
    frontier.push(pages(1), "", 0)
    assert [lease.attempts for lease in frontier.lease(1, 60)] == [0]
    clock.forward(seconds=61)
    assert [lease.attempts for lease in frontier.lease(1, 60)] == [1]


def test_a_released_url_is_as_if_it_had_not_been_handed_out(ledger):
    frontier = ledger.frontier(ledger.start_sweep())
    frontier.push(pages(2), "", 0)
    first, _ = frontier.lease(2, 60)
    frontier.release([first.url])
    assert [(lease.url, lease.attempts) for lease in frontier.lease(2, 60)] == [(first.url, 0)]
    assert frontier.pending() == 2


def test_hosts_take_turns(ledger):
    frontier = ledger.frontier(ledger.start_sweep())
    frontier.push(pages(50), "", 0)
    frontier.push(pages(2, "http://www.zx.gov.cn"), "", 0)
    leased = [lease.url for lease in frontier.lease(4, 60)]
    assert sum("zx.gov.cn" in url for url in leased) == 2


def test_a_commit_pushes_links_one_deeper_and_finishes_the_page(ledger):
    frontier = ledger.frontier(ledger.start_sweep())
    frontier.push([Link(PAGE)], "", 3)
    frontier.lease(1, 60)
    frontier.commit([read(PAGE, links=links(SHEET, PAGE))])
    (lease,) = frontier.lease(5, 60)
    assert (lease.url, lease.parent, lease.depth, lease.is_attachment) == (SHEET, PAGE, 4, True)
    assert frontier.pending() == 1


def test_a_page_committed_twice_is_counted_once(ledger):
    sweep = ledger.start_sweep()
    frontier = ledger.frontier(sweep)
    frontier.push([Link(PAGE)], "", 0)
    frontier.commit([read(PAGE, finding()), read(PAGE, finding())])
    ledger.frontier(sweep).commit([ended(PAGE, Outcome.FAILED)])
    counts = ledger.coverage(sweep.id)
    assert (counts.urls, counts.scanned, counts.leaks) == (1, 1, 1)
    assert ledger.statistics().values.total.suspected == 1


def test_a_commit_that_fails_leaves_nothing_behind(ledger):
    sweep = ledger.start_sweep()
    frontier = ledger.frontier(sweep)
    frontier.push([Link(PAGE)], "", 0)
    frontier.lease(1, 60)
    with ledger.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE history RENAME TO lost")
    with pytest.raises(AuditError, match="history"):
        frontier.commit([read(SHEET), read(PAGE, finding(), links=links(SHEET))])
    assert ledger.coverage(sweep.id).urls == 0
    assert frontier.pending() == 1


def test_a_second_sweep_asks_only_for_what_changed(ledger, clock):
    first = ledger.start_sweep(engine="rules 1")
    ledger.frontier(first).commit(
        [
            read(PAGE, links=links(SHEET), last_modified="Fri, 20 Nov 2026 02:00:00 GMT"),
            ended(SHEET, Outcome.FAILED, is_attachment=True, parent_url=PAGE),
            ended(f"{SITE}/robots", Outcome.SKIPPED),
        ]
    )
    ledger.finish_sweep(first)
    clock.forward(days=7)
    second = ledger.start_sweep(engine="rules 1")
    assert ledger.seed_known(second) == 3
    leases = {lease.url: lease for lease in ledger.frontier(second).lease(9, 60)}
    assert leases[PAGE].etag == '"1"'
    assert leases[PAGE].content_hash == "c" * 64
    assert leases[PAGE].last_modified.startswith("Fri")
    assert leases[SHEET].etag == ""
    assert leases[SHEET].is_attachment
    assert leases[SHEET].parent == PAGE
    ledger.interrupt_sweep(second)
    third = ledger.start_sweep(engine="rules 2")  # new rules read everything again
    ledger.seed_known(third)
    assert {lease.etag for lease in ledger.frontier(third).lease(9, 60)} == {""}


def test_a_recheck_fetches_whole_pages_and_goes_no_further_than_attachments(ledger):
    first = ledger.start_sweep()
    ledger.frontier(first).commit([read(PAGE)])
    ledger.finish_sweep(first)
    recheck = ledger.start_sweep(SweepKind.RECHECK)
    frontier = ledger.frontier(recheck)
    frontier.push([Link(PAGE)], "", 0)
    assert frontier.lease(1, 60)[0].etag == ""
    frontier.commit([read(PAGE, links=links(SHEET, f"{SITE}/other.html"))])
    assert [lease.url for lease in frontier.lease(9, 60)] == [SHEET]


def test_a_sweep_with_open_urls_cannot_be_finished(ledger):
    sweep = ledger.start_sweep()
    ledger.frontier(sweep).push(pages(2), "", 0)
    with pytest.raises(AuditError, match="2"):
        ledger.finish_sweep(sweep)
    assert ledger.sweep(sweep.id).state is SweepState.RUNNING


def test_two_sweeps_at_once_are_refused(ledger, ledger_url):
    running = ledger.start_sweep()
    with Ledger.open(ledger_url, key_id=KEYS.key_id) as other:
        with pytest.raises(AuditError, match=str(os.getpid())):
            other.start_sweep()
        with pytest.raises(AuditError):
            other.start_sweep(SweepKind.RECHECK)
    ledger.finish_sweep(running)
    assert ledger.start_sweep(SweepKind.RECHECK).id > running.id


def test_an_interrupted_sweep_is_taken_up_where_it_stopped(ledger):
    sweep = ledger.start_sweep(scope="a", engine="1")
    frontier = ledger.frontier(sweep)
    frontier.push(pages(3), "", 0)
    first = frontier.lease(2, 600)[0]
    frontier.commit([read(first.url)])
    ledger.interrupt_sweep(sweep)
    other = ledger.start_sweep(scope="b", engine="1")
    assert not other.resumed
    ledger.finish_sweep(other)
    again = ledger.start_sweep(scope="a", engine="1")
    assert (again.id, again.resumed, again.state) == (sweep.id, True, SweepState.RUNNING)
    assert len(ledger.frontier(again).lease(9, 60)) == 2


def test_the_owner_on_another_machine_counts_as_dead_after_silence(ledger, clock, ledger_url):
    sweep = ledger.start_sweep()
    with ledger.database.write() as connection:
        connection.exec_driver_sql("UPDATE sweeps SET owner = 'elsewhere/1 pid 7@123'")
    with pytest.raises(AuditError, match="elsewhere"):
        ledger.start_sweep()
    clock.forward(minutes=4)
    assert ledger.start_sweep().id == sweep.id


def _sweep_until_killed(url: str, folder: str) -> None:
    with Ledger.open(url, key_id=KEYS.key_id) as ledger:
        frontier = ledger.frontier(ledger.start_sweep())
        frontier.push(pages(10), "", 0)
        leases = frontier.lease(4, 3600)
        frontier.commit([read(leases[0].url)])
        (Path(folder) / "ready").write_text("")
        signal.pause()


def test_a_killed_sweep_is_resumed_at_once_and_loses_nothing(ledger_url, tmp_path, wait_for):
    process = multiprocessing.get_context("spawn").Process(
        target=_sweep_until_killed, args=(ledger_url, str(tmp_path))
    )
    process.start()
    wait_for((tmp_path / "ready").exists)
    with Ledger.open(ledger_url, key_id=KEYS.key_id) as ledger:
        with pytest.raises(AuditError, match=str(process.pid)):
            ledger.start_sweep()
        process.kill()
        process.join()
        sweep = ledger.start_sweep()
        assert sweep.resumed
        leases = ledger.frontier(sweep).lease(99, 60)
        assert len(leases) == 9  # the three that were in flight are handed out again
        ledger.frontier(sweep).commit([read(lease.url) for lease in leases])
        ledger.finish_sweep(sweep)
        assert ledger.coverage(sweep.id).urls == 10


def _work(url: str, sweep_id: int, worker: str, folder: str) -> None:
    with Ledger.open(url, key_id=KEYS.key_id) as ledger:
        frontier = ledger.frontier(ledger.sweep(sweep_id), worker)
        taken = []
        while leases := frontier.lease(7, 600):
            taken += [lease.url for lease in leases]
            frontier.commit([read(lease.url, finding(page=lease.url)) for lease in leases])
        (Path(folder) / worker).write_text("\n".join(taken))


def test_two_processes_never_get_the_same_url(ledger, ledger_url, tmp_path):
    sweep = ledger.start_sweep()
    ledger.frontier(sweep).push(pages(300), "", 0)
    spawn = multiprocessing.get_context("spawn")
    workers = [
        spawn.Process(target=_work, args=(ledger_url, sweep.id, name, str(tmp_path)))
        for name in ("one", "two")
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    taken = [url for name in ("one", "two") for url in (tmp_path / name).read_text().split() if url]
    assert len(taken) == len(set(taken)) == 300
    assert ledger.coverage(sweep.id).urls == 300
    assert ledger.statistics().values.total.suspected == 300


def _interrupted(ledger, scope, engine="1"):
    """A sweep that read one page and was stopped before it got to what the page links to."""
    sweep = ledger.start_sweep(scope=scope, engine=engine)
    ledger.frontier(sweep).commit([read(PAGE, links=links(SHEET, f"{SITE}/zx/b.html"))])
    ledger.interrupt_sweep(sweep)
    return sweep


def _open(ledger, sweep):
    return {lease.url: lease for lease in ledger.frontier(sweep).lease(99, 60)}


def test_what_an_interrupted_sweep_of_some_sites_left_is_read_by_the_next(ledger):
    """The page answers "not changed" to the second sweep and shows it no links."""
    stopped = _interrupted(ledger, "some sites")
    whole = ledger.start_sweep(scope="all sites", engine="1")
    assert ledger.seed_known(whole) == 3
    leases = _open(ledger, whole)
    assert set(leases) == {PAGE, SHEET, f"{SITE}/zx/b.html"}
    assert (leases[SHEET].parent, leases[SHEET].depth) == (PAGE, 1)
    ledger.frontier(whole).commit(
        [ended(PAGE, Outcome.UNCHANGED), read(SHEET), read(f"{SITE}/zx/b.html")]
    )
    ledger.finish_sweep(whole)
    again = ledger.start_sweep(scope="some sites", engine="1")
    assert (again.id, again.resumed) == (stopped.id, True)
    assert set(_open(ledger, again)) == {SHEET, f"{SITE}/zx/b.html"}


def test_what_a_sweep_left_that_is_too_old_to_go_on_is_read_by_the_next(ledger, clock):
    stopped = _interrupted(ledger, "a")
    clock.forward(days=30)
    fresh = ledger.start_sweep(scope="a", engine="1")
    assert fresh.id != stopped.id
    assert ledger.seed_known(fresh) == 3
    leases = _open(ledger, fresh)
    assert leases[PAGE].etag
    ledger.frontier(fresh).commit([ended(url, Outcome.UNCHANGED) for url in leases])
    ledger.finish_sweep(fresh)
    with ledger.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM frontier").scalar() == 0


def test_what_was_left_of_other_sites_waits_for_a_sweep_of_them(ledger, clock):
    ledger.register([], [SiteSpec("县", ("qx.gov.cn",)), SiteSpec("镇", ("www.qx.gov.cn/zx/",))])
    _interrupted(ledger, "a")
    clock.forward(days=30)
    town = ledger.start_sweep(scope="a", engine="1")
    assert ledger.seed_known(town, ["镇"]) == 1
    ledger.frontier(town).commit([read(url) for url in _open(ledger, town)])
    ledger.finish_sweep(town)
    county = ledger.start_sweep(scope="b", engine="1")
    ledger.seed_known(county, ["县"])
    assert set(_open(ledger, county)) == {PAGE, SHEET}


def test_what_a_sweep_skipped_is_named_by_the_next_though_another_came_between(ledger):
    for scope, url in (("all", f"{SITE}/over-the-number"), ("town", f"{SITE}/zx/robots")):
        sweep = ledger.start_sweep(scope=scope)
        ledger.frontier(sweep).commit([ended(url, Outcome.SKIPPED)])
        ledger.finish_sweep(sweep)
    again = ledger.start_sweep(scope="all")
    assert ledger.seed_known(again) == 2


def test_known_urls_of_other_sites_are_left_out(ledger, clock):
    ledger.register([], [SiteSpec("县", ("qx.gov.cn",)), SiteSpec("镇", ("www.qx.gov.cn/zx/",))])
    sweep = ledger.start_sweep()
    ledger.frontier(sweep).commit([read(PAGE), read(f"{SITE}/zx/a.html"), read("http://b.cn/")])
    ledger.finish_sweep(sweep)
    clock.forward(days=1)
    second = ledger.start_sweep()
    assert ledger.seed_known(second, ["镇"]) == 1
    assert ledger.frontier(second).lease(9, 60)[0].url == f"{SITE}/zx/a.html"
