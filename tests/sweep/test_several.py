"""Several processes on one sweep: polite together, complete, and not stopped by a death."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from scanner.keys import Keyring, load_key
from scanner.ledger import Ledger, SweepState
from scanner.sweep import SweepOptions, SweepReport, run_sweep
from scanner.workers import PipelineSpec
from spiders.options import CrawlOptions, SiteSpec
from tests.databases import PrivateServer
from tests.servers import TestSite, serving

DELAY = 0.3
HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")


@pytest.fixture
def sites() -> Iterator[list[TestSite]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serving(host)) for host in HOSTS]


def fill(sites: list[TestSite], pages: int, wait: float = 0.05) -> None:
    """Each site with so many pages; the first page of the first links to the others."""
    for number, site in enumerate(sites):
        others = [other.url + "/" for other in sites[1:]] if number == 0 else []
        site.link("/", *(f"/p{n}" for n in range(pages)), *others)
        for n in range(pages):
            site.add(f"/p{n}", f"<html><p>公示{n}</p></html>", wait=wait)


def options(sites: list[TestSite], **more: object) -> SweepOptions:
    domains = tuple(f"{site.host}:{site.port}" for site in sites)
    spec = SiteSpec("site", "unit", "", (sites[0].url + "/",), domains)
    crawl = CrawlOptions(delay=DELAY, throttle=False, retries=0, grace=1)
    return SweepOptions((spec,), crawl, workers=0, **more)  # type: ignore[arg-type]


def sweep(url: str, folder: Path, wanted: SweepOptions, patience: float = 0) -> SweepReport:
    key = load_key(folder / "key")
    with Ledger.open(url, key_id=Keyring(key).key_id) as ledger:
        ledger.be_patient(patience)
        return run_sweep(wanted, ledger, PipelineSpec(key))


def joined(url: str, folder: Path, wanted: SweepOptions) -> None:
    """What a second machine runs."""
    report = sweep(url, folder, wanted)
    sys.exit(0 if report.sweep.state is SweepState.FINISHED else 7)


def assert_polite(site: TestSite) -> None:
    """One request at a time, and never sooner than set, over all workers."""
    assert site.most_open == 1
    times = [seen.at for seen in site.seen]
    assert times[-1] - times[0] > 0.75 * DELAY * (len(times) - 1)
    # A loaded machine may hold one request up so that the next seems to follow at once.
    close = sum(later - earlier <= 0.25 * DELAY for earlier, later in pairwise(times))
    assert close * 4 <= len(times)


def test_two_processes_that_join_one_sweep_are_polite_together(
    ledger_url: str, tmp_path: Path, sites: list[TestSite]
) -> None:
    fill(sites, 8)
    load_key(tmp_path / "key")
    wanted = options(sites, join=True)
    second = multiprocessing.get_context("spawn").Process(
        target=joined, args=(ledger_url, tmp_path, wanted)
    )
    second.start()
    while not sites[0].seen:
        assert second.is_alive()
        time.sleep(0.02)
    report = sweep(ledger_url, tmp_path, wanted)
    second.join()
    assert second.exitcode == 0
    assert report.sweep.state is SweepState.FINISHED
    for site in sites:
        assert sorted(site.paths()) == sorted(["/", *(f"/p{n}" for n in range(8))])
        assert_polite(site)


def test_a_member_that_is_killed_is_started_again_and_nothing_is_lost(
    tmp_path: Path, sites: list[TestSite]
) -> None:
    fill(sites, 12, wait=0.02)

    def kill_one() -> None:
        for _ in range(3000):
            members = [p for p in multiprocessing.active_children() if p.name == "crawl-1"]
            if members and members[0].pid and sum(len(site.seen) for site in sites) > 8:
                killed.append(members[0].pid)
                os.kill(members[0].pid, signal.SIGKILL)
                return
            time.sleep(0.02)

    killed: list[int] = []
    killer = threading.Thread(target=kill_one)
    killer.start()
    report = sweep(str(tmp_path / "audit.db"), tmp_path, options(sites, crawlers=2))
    killer.join()
    assert killed
    assert report.sweep.state is SweepState.FINISHED
    assert report.pending == 0
    with Ledger.open(tmp_path / "audit.db") as ledger:
        assert ledger.coverage(report.sweep.id).urls == 3 * 13
    for site in sites:
        assert set(site.paths()) == {"/", *(f"/p{n}" for n in range(12))}


def test_the_database_gone_for_ten_seconds(
    private_postgres: PrivateServer, tmp_path: Path, sites: list[TestSite]
) -> None:
    """The sweep waits and goes on: every page once, none lost."""
    fill(sites, 15)

    def interrupt() -> None:
        while sum(len(site.seen) for site in sites) < 15:
            time.sleep(0.05)
        private_postgres.stop()
        time.sleep(10)
        private_postgres.start()
        back.append(sum(len(site.seen) for site in sites))

    back: list[int] = []
    outage = threading.Thread(target=interrupt, daemon=True)
    outage.start()
    url = private_postgres.database()
    report = sweep(url, tmp_path, options(sites), patience=120)
    outage.join()
    assert back[0] < 3 * 16  # it was not over before
    assert report.sweep.state is SweepState.FINISHED
    for site in sites:
        assert sorted(site.paths()) == sorted(["/", *(f"/p{n}" for n in range(15))])


CONFIG = """
[ledger]
url = "{url}"
patience_seconds = 2
[crawl]
delay_seconds = 0.2
[[site]]
name = "s"
unit = "u"
start = ["{site}/"]
"""


def test_a_database_that_stays_away_is_one_sentence_and_status_3(
    private_postgres: PrivateServer, tmp_path: Path, sites: list[TestSite]
) -> None:
    fill(sites[:1], 60)
    config = CONFIG.format(url=private_postgres.database(), site=sites[0].url)
    (tmp_path / "audit.toml").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "audit", "sweep", "--lang", "en", "--rekey"]
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while len(sites[0].seen) < 5:
            assert process.poll() is None
            time.sleep(0.05)
        private_postgres.stop()
        try:
            out, err = process.communicate(timeout=120)
        finally:
            private_postgres.start()
    assert process.returncode == 3
    assert out == ""
    told = err.strip().splitlines()
    assert "waiting up to 2 seconds" in told[0]
    assert len(told) == 2
    assert "does not answer" in told[1]
    assert "everything committed is safe" in told[1]
    again = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        check=False,
    )
    assert again.returncode == 0
    assert set(sites[0].paths()) == {"/", *(f"/p{n}" for n in range(60))}
