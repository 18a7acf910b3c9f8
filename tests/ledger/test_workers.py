"""Several workers on one frontier: each host is asked by one of them, and none is lost."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from scanner.errors import AuditError, UnreadableError
from scanner.ledger import Ledger, SiteSpec, SweepState, UnitSpec
from scanner.model import Link
from tests.databases import PrivateServer
from tests.ledger.making import KEYS, PAGE, Clock, read

HOSTS = [f"h{number}.gov.cn" for number in range(4)]


def pages(count: int, *hosts: str) -> list[Link]:
    return [Link(f"http://{host}/p{n}.html") for host in hosts for n in range(count)]


def hosts_of(leases) -> set[str]:
    return {lease.url.split("/")[2] for lease in leases}


def committed(frontier, leases) -> None:
    frontier.commit([read(lease.url) for lease in leases])


def test_a_host_is_asked_by_one_worker_until_it_has_rested(ledger, clock):
    sweep = ledger.start_sweep()
    one, other = ledger.frontier(sweep, "one"), ledger.frontier(sweep, "other")
    one.push(pages(4, "h.gov.cn"), "", 0)
    leases = one.lease(2, 600)
    assert len(leases) == 2
    assert other.lease(2, 600) == []
    one.rest({"h.gov.cn": 5.0})
    committed(one, leases)
    assert other.lease(2, 600) == []  # the delay has not passed
    clock.forward(seconds=6)
    assert len(other.lease(2, 600)) == 2
    assert one.lease(2, 600) == []


def test_a_worker_goes_on_with_its_own_host_at_once(ledger):
    sweep = ledger.start_sweep()
    one = ledger.frontier(sweep, "one")
    one.push(pages(4, "h.gov.cn"), "", 0)
    committed(one, one.lease(2, 600))
    one.rest({"h.gov.cn": 5.0})
    assert len(one.lease(2, 600)) == 2


def test_workers_share_the_hosts(ledger):
    sweep = ledger.start_sweep()
    one, other = ledger.frontier(sweep, "one"), ledger.frontier(sweep, "other")
    one.push(pages(9, *HOSTS), "", 0)
    first = one.lease(8, 600)
    assert hosts_of(first) == set(HOSTS)  # alone, it takes all
    assert other.lease(8, 600) == []
    committed(one, first)
    for host in HOSTS:
        one.rest({host: 0})
    mine, theirs = one.lease(8, 600), other.lease(8, 600)
    assert len(hosts_of(mine)) == len(hosts_of(theirs)) == 2
    assert hosts_of(mine) | hosts_of(theirs) == set(HOSTS)


def test_a_worker_with_too_many_hosts_lets_some_run_out(ledger):
    sweep = ledger.start_sweep()
    one, other = ledger.frontier(sweep, "one"), ledger.frontier(sweep, "other")
    one.push(pages(9, *HOSTS), "", 0)
    one.lease(4, 600)
    other.beat()
    assert len(hosts_of(one.lease(8, 600))) == 2


def test_what_a_silent_worker_held_goes_to_the_others_after_the_delay(ledger, clock):
    sweep = ledger.start_sweep()
    gone = ledger.frontier(sweep, "gone", delay=2)
    other = ledger.frontier(sweep, "other", delay=2)
    gone.push(pages(3, "h.gov.cn"), "", 0)
    gone.lease(2, 6000)
    clock.forward(minutes=4)
    assert other.lease(9, 600) == []
    clock.forward(seconds=3)
    assert len(other.lease(9, 600)) == 3
    assert not gone.beat()  # it is told that it was given up


def test_a_worker_that_leaves_gives_back_what_it_has(ledger, clock):
    sweep = ledger.start_sweep()
    one, other = (ledger.frontier(sweep, name, delay=1) for name in ("one", "other"))
    one.push(pages(3, "h.gov.cn"), "", 0)
    one.lease(2, 6000)
    one.leave()
    assert other.lease(9, 600) == []
    clock.forward(seconds=2)
    assert len(other.lease(9, 600)) == 3


def test_a_host_keeps_its_rest_from_one_sweep_to_the_next(ledger, clock):
    first = ledger.start_sweep()
    one = ledger.frontier(first, "one")
    one.push(pages(1, "h.gov.cn"), "", 0)
    committed(one, one.lease(1, 600))
    one.rest({"h.gov.cn": 5})
    assert one.lease(1, 600) == []
    ledger.finish_sweep(first)
    other = ledger.frontier(ledger.start_sweep(), "other", delay=5)
    other.push(pages(1, "h.gov.cn"), "", 0)
    assert other.lease(1, 600) == []
    clock.forward(seconds=6)
    assert len(other.lease(1, 600)) == 1


def test_a_running_sweep_can_be_joined_by_the_same_program_only(ledger, ledger_url):
    running = ledger.start_sweep(scope="a", engine="1")
    with Ledger.open(ledger_url, key_id=KEYS.key_id) as second:
        assert second.start_sweep(scope="a", engine="1", join=True).id == running.id
        for scope, engine in (("b", "1"), ("a", "2")):
            with pytest.raises(AuditError, match="无法参加"):
                second.start_sweep(scope=scope, engine=engine, join=True)
    ledger.finish_sweep(running)
    assert ledger.start_sweep(scope="a", engine="1", join=True).id != running.id


def test_the_last_worker_that_leaves_marks_the_sweep_as_stopped(ledger):
    sweep = ledger.start_sweep()
    other = ledger.frontier(sweep, "other")
    other.push(pages(1, "h.gov.cn"), "", 0)
    other.beat()
    ledger.interrupt_sweep(sweep)
    assert ledger.sweep(sweep.id).state is SweepState.RUNNING
    other.leave()
    ledger.interrupt_sweep(sweep)
    assert ledger.sweep(sweep.id).state is SweepState.INTERRUPTED


def test_a_sweep_is_finished_once_whoever_says_so(ledger):
    sweep = ledger.start_sweep()
    ledger.frontier(sweep).commit([read(PAGE)])
    ledger.finish_sweep(sweep)
    ended = ledger.sweep(sweep.id).ended
    ledger.finish_sweep(sweep)
    assert ledger.sweep(sweep.id).ended == ended


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["lease", "done", "die"])), max_size=25
    )
)
def test_no_two_workers_ever_hold_one_host_and_nothing_is_lost(tmp_path_factory, steps):
    """Whatever the workers do, in whatever order; one that dies comes back under a new name."""
    clock = Clock()
    path = tmp_path_factory.mktemp("law") / "audit.db"
    with Ledger.open(path, key_id=KEYS.key_id, clock=clock) as ledger:
        sweep = ledger.start_sweep()
        ledger.frontier(sweep).push(pages(5, *HOSTS), "", 0)
        frontiers = {name: ledger.frontier(sweep, name) for name in "abc"}
        held: dict[str, list] = {name: [] for name in "abc"}
        for number, (name, step) in enumerate(steps):
            clock.forward(seconds=1)
            if step == "lease":
                held[name] += frontiers[name].lease(3, 6000)
            elif step == "done":
                committed(frontiers[name], held[name])
                frontiers[name].rest(dict.fromkeys(hosts_of(held[name]), 0.0))
                held[name] = []
            else:
                clock.forward(minutes=2)
                for alive in set(frontiers) - {name}:
                    frontiers[alive].beat()
                clock.forward(minutes=2)
                frontiers[name], held[name] = ledger.frontier(sweep, f"{name}{number}"), []
            for one in "abc":
                others = [hosts_of(held[other]) for other in "abc" if other != one]
                assert not any(hosts_of(held[one]) & theirs for theirs in others)
        clock.forward(minutes=10)
        last = ledger.frontier(sweep, "last")
        while leases := last.lease(50, 600):
            committed(last, leases)
        assert ledger.coverage(sweep.id).urls == 5 * len(HOSTS)


def test_machines_that_open_a_new_ledger_at_the_same_moment(ledger_url):
    together = threading.Barrier(4)
    failed = []

    def begin() -> None:
        together.wait()
        try:
            with Ledger.open(ledger_url, key_id=KEYS.key_id) as ledger:
                together.wait()
                ledger.register([UnitSpec("县")], [SiteSpec("站", ("h.gov.cn",), "县")])
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)
            together.abort()

    machines = [threading.Thread(target=begin) for _ in range(4)]
    for machine in machines:
        machine.start()
    for machine in machines:
        machine.join()
    assert failed == []


# The database away


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Another program holds the write lock of a SQLite file for a while."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(seconds, other.execute, ("ROLLBACK",))
    timer.start()
    try:
        yield
    finally:
        timer.join()
        other.close()


def impatient_sqlite(ledger: Ledger) -> None:
    """SQLite itself waits 15 seconds for a lock; here hardly at all."""

    def shorten(connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=20")

    event.listen(ledger.database.engine, "checkout", shorten)


def test_a_locked_ledger_is_waited_for(tmp_path):
    told = []
    with Ledger.open(tmp_path / "audit.db", key_id=KEYS.key_id) as ledger:
        sweep = ledger.start_sweep()
        frontier = ledger.frontier(sweep)
        frontier.push(pages(2, "h.gov.cn"), "", 0)
        leases = frontier.lease(2, 600)
        impatient_sqlite(ledger)
        ledger.be_patient(60, lambda: told.append("waiting"))
        with locked(tmp_path / "audit.db", 1.0):
            committed(frontier, leases)
        assert told == ["waiting"]
        assert ledger.coverage(sweep.id).urls == 2


def test_a_ledger_locked_for_too_long_stops_the_sweep_in_one_sentence(tmp_path):
    with Ledger.open(tmp_path / "audit.db", key_id=KEYS.key_id) as ledger:
        frontier = ledger.frontier(ledger.start_sweep())
        frontier.push([Link(PAGE)], "", 0)
        frontier.lease(1, 600)
        impatient_sqlite(ledger)
        ledger.be_patient(1.2)
        with locked(tmp_path / "audit.db", 3.0):
            with pytest.raises(UnreadableError, match="已等待 1 秒") as caught:
                frontier.commit([read(PAGE)])
            assert "\n" not in str(caught.value)
        frontier.commit([read(PAGE)])
        assert frontier.pending() == 0


def test_a_server_that_is_stopped_and_comes_back_is_waited_for(private_postgres: PrivateServer):
    url = private_postgres.database()
    with Ledger.open(url, key_id=KEYS.key_id) as ledger:
        frontier = ledger.frontier(ledger.start_sweep())
        frontier.push(pages(20, "h.gov.cn"), "", 0)
        ledger.be_patient(120)
        done = 0
        while leases := frontier.lease(5, 600):
            private_postgres.stop()
            back = threading.Timer(0.5, private_postgres.start)
            back.start()
            committed(frontier, leases)
            back.join()
            done += len(leases)
        assert done == 20
        assert frontier.pending() == 0
        ledger.finish_sweep(frontier.sweep)


def test_a_server_that_stays_away_is_given_up_in_one_sentence(private_postgres: PrivateServer):
    url = private_postgres.database()
    with Ledger.open(url, key_id=KEYS.key_id) as ledger:
        ledger.be_patient(1.2)
        private_postgres.stop()
        try:
            with pytest.raises(UnreadableError, match="已等待") as caught:
                ledger.frontier(ledger.last_sweep() or ledger.start_sweep()).beat()
            assert "\n" not in str(caught.value)
        finally:
            private_postgres.start()


def test_a_lease_of_which_we_never_heard_is_handed_out_again(ledger_url, tmp_path):
    """The server commits, and the connection breaks before it can say so."""
    if ledger_url.startswith("sqlite"):
        pytest.skip("a file has no connection that could break")
    with Ledger.open(ledger_url, key_id=KEYS.key_id) as ledger:
        frontier = ledger.frontier(ledger.start_sweep())
        frontier.push(pages(3, "h.gov.cn"), "", 0)
        ledger.be_patient(60)
        broken = []

        def cut(connection) -> None:
            """After the commit of the first lease: the answer is lost."""
            if broken:
                return
            broken.append(True)
            raw = connection.connection.dbapi_connection
            raw.commit()
            with psycopg.connect(ledger_url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [raw.info.backend_pid])

        event.listen(ledger.database.engine, "commit", cut)
        leases = frontier.lease(9, 600)
        assert broken
        assert len(leases) == 3
        assert frontier.pending() == 3
        committed(frontier, leases)
        assert frontier.pending() == 0
