"""Kill the workers of a sweep with -9 at random moments, start them again, and count.

    python -m bench.kill_sweep --pages 5000 --workers 2 --kills 10
    python -m bench.kill_sweep --pages 5000 --workers 2 --kills 10 --ledger postgresql://127.0.0.1/x

Each try has a new site on loopback, on ten hosts (127.0.0.1 and its neighbours), and an empty
ledger; the database that `--ledger` names is emptied. A worker is what `audit sweep --join` runs,
in a process of its own. At each moment one of them is killed, or all of them at once; then the
same command is run again. At the end every page of the site must stand in the sweep's coverage,
once, and the sweep must be finished.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bench.bulk_site import paths
from bench.crawl import bulk_site

HOSTS = 10
_ALL = 0.3  # of the kills take every worker at once

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Try:
    """What one try is made of."""

    pages: int
    workers: int = 1
    kills: int = 1
    ledger: str = ""  # URL of a database that is emptied; "": SQLite in the folder


@dataclass(frozen=True, slots=True)
class Count:
    """What one try came to."""

    kills: int  # processes that were killed
    covered: int  # rows of the sweep's coverage
    distinct: int  # addresses among them
    missing: int  # pages of the site that are not among them
    finished: bool
    asked_twice: int  # pages that were asked for more than once

    def is_good(self, pages: int) -> bool:
        """Whether every page is there, once."""
        return self.finished and self.covered == self.distinct == pages and not self.missing


def sweep(url: str, folder: Path, ledger_url: str) -> int:
    """What a worker does: the same whenever it is started."""
    from scanner.keys import Keyring, load_key  # noqa: PLC0415
    from scanner.ledger import Ledger  # noqa: PLC0415
    from scanner.sweep import SweepOptions, run_sweep  # noqa: PLC0415
    from scanner.workers import PipelineSpec  # noqa: PLC0415
    from spiders.options import CrawlOptions, SiteSpec  # noqa: PLC0415

    key = load_key(folder / "key")
    port = urlsplit(url).port
    domains = tuple(f"127.0.0.{number}:{port}" for number in range(1, HOSTS + 1))
    site = SiteSpec("bulk", "unit", "", (url + "/",), domains)
    crawl = CrawlOptions(delay=0, throttle=False, retries=0)
    options = SweepOptions((site,), crawl, workers=1, join=True)
    with Ledger.open(ledger_url, key_id=Keyring(key).key_id) as ledger:
        ledger.be_patient(60)
        report = run_sweep(options, ledger, PipelineSpec(key))
    return 1 if report.interrupted else 0


def seen(url: str) -> dict[str, int]:
    """How often the site was asked for each address."""
    with urllib.request.urlopen(url + "/-/seen", timeout=60) as answer:
        counts: dict[str, int] = json.load(answer)
    return counts


class Crew:
    """The workers of one try."""

    def __init__(self, wanted: Try, url: str, folder: Path, ledger: str) -> None:
        self._url = url
        command = [sys.executable, "-m", "bench.kill_sweep", "--child", url]
        self._command = [*command, "--folder", str(folder), "--ledger", ledger]
        self.kills = 0
        self.processes: list[Process] = []
        for _ in range(wanted.workers):
            self.processes.append(self._start())

    def _start(self) -> Process:
        return subprocess.Popen(self._command)

    def kill_at(self, moment: int, chance: random.Random) -> None:
        """When the site was asked `moment` times: kill one or all, and start as many again."""
        while sum(seen(self._url).values()) < moment:
            if all(process.poll() is not None for process in self.processes):
                return
            time.sleep(0.02)
        time.sleep(chance.random() / 5)
        everyone = range(len(self.processes))
        chosen = everyone if chance.random() < _ALL else [chance.choice(everyone)]
        for number in chosen:
            self.processes[number].kill()
        for number in chosen:
            self.kills += self.processes[number].wait() < 0
            self.processes[number] = self._start()

    def wait(self) -> None:
        """Until every worker says that the sweep is complete."""
        for process in self.processes:
            if process.wait() != 0:
                raise SystemExit("a worker did not end well")

    def end(self) -> None:
        """Leave nothing running."""
        for process in self.processes:
            process.kill()
            process.wait()


def one_try(wanted: Try, folder: Path, chance: random.Random) -> Count:
    """One sweep, whose workers are killed and run again."""
    ledger = wanted.ledger or f"sqlite:///{folder / 'audit.db'}"
    if wanted.ledger:
        empty(ledger)
    with bulk_site(wanted.pages, HOSTS) as url:
        crew = Crew(wanted, url, folder, ledger)
        try:
            for moment in sorted(chance.randint(1, wanted.pages - 1) for _ in range(wanted.kills)):
                crew.kill_at(moment, chance)
            crew.wait()
            return count(wanted.pages, url, ledger, crew.kills)
        finally:
            crew.end()


def _engine_url(ledger: str) -> str:
    url = make_url(ledger)
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def empty(ledger: str) -> None:
    """Take everything out of a PostgreSQL database."""
    engine = create_engine(_engine_url(ledger))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def count(pages: int, url: str, ledger: str, kills: int) -> Count:
    """Read the ledger as it is in the database."""
    engine = create_engine(_engine_url(ledger))
    with engine.begin() as base:
        sweeps = base.execute(text("SELECT id, state FROM sweeps ORDER BY id")).all()
        found = [
            urlsplit(row.url).path
            for row in base.execute(
                text("SELECT url FROM coverage WHERE sweep_id = :id"), {"id": sweeps[0].id}
            )
        ]
    engine.dispose()
    return Count(
        kills=kills,
        covered=len(found),
        distinct=len(set(found)),
        missing=len(set(paths(pages)) - set(found)),
        # A worker that is started again after the end begins a second one, as it should.
        finished=all(sweep.state == "finished" for sweep in sweeps),
        asked_twice=sum(times > 1 for path, times in seen(url).items() if path != "/robots.txt"),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=10, help="moments in one sweep")
    parser.add_argument("--tries", type=int, default=1)
    parser.add_argument("--ledger", default="", help="postgresql://…; emptied before each try")
    parser.add_argument("--seed", type=int, help="repeat the moments of an earlier run")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return sweep(options.child, options.folder, options.ledger)
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    chance = random.Random(seed)
    good = 0
    wanted = Try(options.pages, options.workers, options.kills, options.ledger)
    print(f"{wanted}, {options.tries} tries, seed {seed}", flush=True)
    for number in range(options.tries):
        with tempfile.TemporaryDirectory() as folder:
            result = one_try(wanted, Path(folder), chance)
        good += result.is_good(options.pages)
        print(f"try {number + 1}: {result}", flush=True)
    print(f"{good} of {options.tries} complete, each page once")
    return 0 if good == options.tries else 1


if __name__ == "__main__":
    sys.exit(main())
