"""Sweep and re-check over a real ledger and real servers."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from bench.kill_sweep import Try, one_try
from sample.server import FOLDER, Served
from sample.server import serving as serving_sample
from scanner.errors import AuditError, ConfigError
from scanner.keys import Keyring, load_key
from scanner.ledger import Ledger, Pace, State, SweepState
from scanner.model import Decision, Outcome
from scanner.recheck import RecheckOptions, run_recheck
from scanner.sweep import SweepOptions, SweepReport, engine_version, run_sweep
from scanner.workers import PipelineSpec
from spiders.job import Progress
from spiders.options import CrawlOptions, SiteSpec
from tests.servers import Answer, TestSite

CRAWL = CrawlOptions(delay=0, per_host=8, throttle=False, retries=0, timeout=3, grace=1)


class Bench:
    """A ledger in a folder, and sweeps over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = load_key(folder / "key")
        self.spec = PipelineSpec(self.key)

    def open(self) -> Ledger:
        return Ledger.open(self.folder / "audit.db", key_id=Keyring(self.key).key_id)

    def sweep(
        self,
        *urls: str,
        pace: Pace = Pace.USUAL,
        since: date | None = None,
        workers: int = 0,
    ) -> SweepReport:
        sites = tuple(SiteSpec(url, f"unit of {url}", "县区", (url + "/",)) for url in urls)
        with self.open() as ledger:
            options = SweepOptions(sites, CRAWL, pace=pace, since=since, workers=workers)
            return run_sweep(options, ledger, self.spec)

    def recheck(self, *urls: str) -> SweepReport:
        sites = tuple(SiteSpec(url, f"unit of {url}", "县区", (url + "/",)) for url in urls)
        with self.open() as ledger:
            return run_recheck(RecheckOptions(sites, CRAWL, workers=0), ledger, self.spec)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.folder / "audit.db") as base:
            return base.execute(query).fetchall()


DRIVER = """
import sys
from pathlib import Path
from tests.sweep.test_sweep import Bench
if __name__ == "__main__":
    report = Bench(Path(sys.argv[1])).sweep(sys.argv[2], workers=1)
    sys.exit(7 if report.interrupted else 0)
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def driver(bench: Bench, url: str) -> list[str]:
    """The command of a sweep in a process of its own; 7 when it was interrupted."""
    script = bench.folder / "main.py"
    script.write_text(DRIVER, encoding="utf-8")
    return [sys.executable, str(script), str(bench.folder), url]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def counts(report: SweepReport) -> dict[Outcome, int]:
    return dict(report.outcomes)


def test_the_sample_site_twice(bench: Bench) -> None:
    with serving_sample() as url:
        first = bench.sweep(url, workers=1)
        assert first.sweep.state is SweepState.FINISHED
        assert first.pending == 0
        assert first.done == sum(counts(first).values()) > 30
        assert counts(first)[Outcome.SKIPPED] == 2  # robots.txt, a redirect outside
        assert bench.rows("SELECT count(*) FROM findings")[0][0] > 50  # type: ignore[operator]
        second = bench.sweep(url)
        assert second.sweep.id != first.sweep.id
        assert second.done == first.done
        assert Outcome.SCANNED not in counts(second)
        assert counts(second)[Outcome.UNCHANGED] > 30
        third = bench.sweep(url, pace=Pace.FULL)
        assert counts(third) == counts(first)


def test_several_sites_and_one_that_does_not_answer(bench: Bench, site: TestSite) -> None:
    site.link("/", "/a")
    site.link("/a")
    down = "http://127.0.0.1:9"
    report = bench.sweep(site.url, down)
    assert [one.name for one in report.silent_sites] == [down]
    assert report.silent_sites[0].reason
    assert [one.answered for one in report.sites] == [True, False]
    assert report.sweep.state is SweepState.FINISHED


def test_progress_is_told(bench: Bench, site: TestSite) -> None:
    site.link("/", "/a")
    told: list[Progress] = []
    with bench.open() as ledger:
        options = SweepOptions((SiteSpec("s", "u", "", (site.url,)),), CRAWL, workers=0)
        run_sweep(options, ledger, bench.spec, told.append)
    assert told
    assert told[0].done >= 1


def test_a_list_that_cannot_be_used(bench: Bench) -> None:
    with bench.open() as ledger:
        with pytest.raises(ConfigError):
            run_sweep(SweepOptions(()), ledger, bench.spec)
        with pytest.raises(ConfigError, match="ftp"):
            run_sweep(SweepOptions((SiteSpec("s", "u", "", ("ftp://x/",)),)), ledger, bench.spec)


def test_other_rules_read_every_page_anew(bench: Bench, tmp_path: Path) -> None:
    allow = tmp_path / "allow.toml"
    allow.write_text("# nothing yet\n", encoding="utf-8")
    one, other = bench.spec, PipelineSpec(bench.key, allow=allow)
    assert engine_version(one) == engine_version(one)
    assert engine_version(one) != engine_version(other)


def test_two_sweeps_at_once_are_refused(bench: Bench, site: TestSite) -> None:
    site.link("/")
    with bench.open() as ledger:
        running = ledger.start_sweep(scope="other")
        with pytest.raises(AuditError):
            bench.sweep(site.url)
        ledger.interrupt_sweep(running)
    assert bench.sweep(site.url).done == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_and_run_again_every_page_is_there_once(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    """The full measure, 5,000 pages and ten kills, is `python -m bench.kill_sweep`."""
    url = "" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    result = one_try(Try(150, workers=2, kills=2, ledger=url), tmp_path, random.Random(1))
    assert result.kills
    assert result.is_good(150), result


def test_ctrl_c_in_the_middle_and_again(bench: Bench, site: TestSite) -> None:
    site.link("/", *(f"/p{n}" for n in range(80)))
    for n in range(80):
        site.add(f"/p{n}", f"<html><p>公示{n}</p></html>", wait=0.05)
    with subprocess.Popen(driver(bench, site.url), env=ENVIRONMENT) as process:
        while len(site.seen) < 30:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 7
    assert bench.rows("SELECT state FROM sweeps") == [("interrupted",)]
    assert bench.rows("SELECT count(*) FROM frontier WHERE state = 'leased'") == [(0,)]
    done = bench.rows("SELECT count(*) FROM coverage")[0][0]
    assert isinstance(done, int)
    assert 0 < done < 81
    report = bench.sweep(site.url)
    assert report.sweep.resumed
    assert report.done == 81 - done
    assert bench.rows("SELECT count(*), count(DISTINCT url) FROM coverage") == [(81, 81)]


def test_a_second_ctrl_c_ends_at_once_and_says_nothing(bench: Bench, site: TestSite) -> None:
    site.link("/", "/hangs", "http://127.0.0.1:9/down")
    site.add("/hangs", "x", wait=30)
    command = driver(bench, site.url)
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE) as process:
        while "/hangs" not in site.paths():
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=60)
    assert process.returncode == 130
    assert words == b""
    site.link("/hangs")
    assert bench.sweep(site.url).sweep.resumed


def test_a_site_that_is_down_writes_no_traceback(bench: Bench) -> None:
    done = subprocess.run(
        driver(bench, "http://127.0.0.1:9"), env=ENVIRONMENT, capture_output=True, check=True
    )
    assert done.stderr == b""


def test_recheck_closes_only_what_answered(bench: Bench, tmp_path: Path) -> None:
    """One page masked, one taken down, one untouched, one that no longer answers in time."""
    folder = tmp_path / "site"
    shutil.copytree(FOLDER, folder)
    served = Served(folder=folder)
    with serving_sample(served) as url:
        bench.sweep(url)
        with bench.open() as ledger:
            pages = [page for page in ledger.queue() if not page.is_attachment]
            ids = [finding.id for page in pages for finding in page.findings]
            ledger.decide(ids, Decision.LEAK, who="tester")
        masked, removed, untouched, silent = (page.url.removeprefix(url) for page in pages[:4])
        (folder / masked[1:]).write_text("<html><p>已处理</p></html>", encoding="utf-8")
        (folder / removed[1:]).unlink()
        served.stalled.add(silent)
        report = bench.recheck(url)
        assert report.sweep.state is SweepState.FINISHED
        assert counts(report)[Outcome.FAILED] == 1
        assert counts(report)[Outcome.GONE] == 1
        assert Outcome.UNCHANGED not in counts(report)
        states = dict.fromkeys((masked, removed, untouched, silent), State.VERIFIED)
        for address, state in bench.rows(
            "SELECT i.url, f.state FROM findings f JOIN items i ON i.id = f.item_id"
        ):
            path = str(address).removeprefix(url)
            if path in states and state != State.VERIFIED and state != State.KEPT:
                states[path] = State(str(state))
    assert states == {
        masked: State.VERIFIED,
        removed: State.VERIFIED,
        untouched: State.OUTSTANDING,
        silent: State.OUTSTANDING,
    }


def test_recheck_of_a_dead_host_closes_nothing_and_names_the_site(bench: Bench) -> None:
    with serving_sample() as url:
        bench.sweep(url)
        with bench.open() as ledger:
            ids = [finding.id for page in ledger.queue() for finding in page.findings]
            ledger.decide(ids, Decision.LEAK, who="tester")
    query = "SELECT id, state, present FROM findings ORDER BY id"
    before = bench.rows(query)
    report = bench.recheck(url)
    assert [one.name for one in report.silent_sites] == [url]
    assert set(counts(report)) == {Outcome.FAILED}
    assert report.done > 5
    reasons = bench.rows(
        f"SELECT reason, count(*) FROM coverage WHERE sweep_id = {report.sweep.id} GROUP BY 1"
    )
    assert len(reasons) == 2  # refused by the connection, then not asked any more
    assert bench.rows(query) == before


LEAK = "<html><title>低保名单</title><body><p>张小芳 34082419010101005X</p>{}</body></html>"


@pytest.mark.parametrize(
    ("instead", "state", "outcome"),
    [
        (Answer(LEAK.format("更新").encode()), State.OUTSTANDING, Outcome.SCANNED),
        (Answer("<p>张小芳 340***********005X</p>".encode()), State.VERIFIED, Outcome.SCANNED),
        (Answer("<p>系统繁忙，请稍后再试</p>".encode()), State.OUTSTANDING, Outcome.FAILED),
        (
            Answer("<title>用户登录</title><form>账号<input type=password></form>".encode()),
            State.OUTSTANDING,
            Outcome.FAILED,
        ),
        (Answer("<title>404</title><p>页面不存在</p>".encode()), State.VERIFIED, Outcome.GONE),
        (Answer(b"", 302, headers={"Location": "/"}), State.VERIFIED, Outcome.GONE),
        (Answer(b"", 302, headers={"Location": "/login"}), State.OUTSTANDING, Outcome.FAILED),
    ],
)
def test_recheck_knows_a_page_from_what_stands_in_for_it(
    bench: Bench, site: TestSite, instead: Answer, state: State, outcome: Outcome
) -> None:
    site.link("/", "/gs/p1.html")
    site.add("/gs/p1.html", LEAK.format(""))
    site.add("/login", "<title>登录</title><form>用户名<input type='password'></form>")
    bench.sweep(site.url)
    with bench.open() as ledger:
        ids = [finding.id for page in ledger.queue() for finding in page.findings]
        ledger.decide(ids, Decision.LEAK, who="tester")
    assert ids
    site.pages["/gs/p1.html"] = instead
    report = bench.recheck(site.url)
    assert counts(report) == {outcome: 1}
    states = {
        str(row[0]) for row in bench.rows("SELECT state FROM findings WHERE kind = 'id_card'")
    }
    assert states == {str(state or State.VERIFIED)}
    if outcome in (Outcome.FAILED, Outcome.GONE):
        (reason,) = bench.rows(f"SELECT reason FROM coverage WHERE sweep_id = {report.sweep.id}")[0]
        assert reason
