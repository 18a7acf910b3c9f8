"""Kill a sweep with -9 at a random moment, run the same command again, and count.

    python -m bench.kill_sweep --pages 2000 --tries 5

Each try has a new ledger and a new site on loopback. Afterwards every page of the site must
stand in the sweep's coverage, once, and the sweep must be finished.
"""

import argparse
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bench.bulk_site import paths
from bench.speed_sweep import bulk_site


@dataclass(frozen=True, slots=True)
class Count:
    """What one try came to."""

    killed_at: int  # pages the site had answered when the sweep was killed
    covered: int  # rows of the sweep's coverage
    distinct: int  # addresses among them
    missing: int  # pages of the site that are not among them
    finished: bool
    asked_twice: int  # pages that were asked for more than once

    def is_good(self, pages: int) -> bool:
        """Whether every page is there, once."""
        return self.finished and self.covered == self.distinct == pages and not self.missing


def child(url: str, folder: Path) -> subprocess.Popen[bytes]:
    """A sweep of the site in a process of its own."""
    command = [sys.executable, "-m", "bench.kill_sweep", "--child", url, "--folder", str(folder)]
    return subprocess.Popen(command)


def sweep(url: str, folder: Path) -> int:
    """What the child does: the same whenever it is called."""
    from scanner.keys import Keyring, load_key  # noqa: PLC0415
    from scanner.ledger import Ledger  # noqa: PLC0415
    from scanner.sweep import SweepOptions, run_sweep  # noqa: PLC0415
    from scanner.workers import PipelineSpec  # noqa: PLC0415
    from spiders.options import CrawlOptions, SiteSpec  # noqa: PLC0415

    key = load_key(folder / "key")
    crawl = CrawlOptions(delay=0, per_host=16, throttle=False)
    options = SweepOptions((SiteSpec("bulk", "unit", "", (url + "/",)),), crawl)
    with Ledger.open(folder / "audit.db", key_id=Keyring(key).key_id) as ledger:
        report = run_sweep(options, ledger, PipelineSpec(key))
    return 1 if report.interrupted else 0


def seen(url: str) -> dict[str, int]:
    """How often the site was asked for each address."""
    with urllib.request.urlopen(url + "/-/seen", timeout=30) as answer:
        counts: dict[str, int] = json.load(answer)
    return counts


def one_try(pages: int, folder: Path, chance: random.Random) -> Count:
    """One sweep, killed once and run again."""
    with bulk_site(pages) as url:
        first = child(url, folder)
        moment = chance.randint(1, pages - 1)
        while first.poll() is None and sum(seen(url).values()) < moment:
            time.sleep(0.02)
        time.sleep(chance.random() / 5)
        killed_at = sum(seen(url).values())
        first.send_signal(signal.SIGKILL)
        first.wait()
        if child(url, folder).wait() != 0:
            raise SystemExit("the second run did not end well")
        return count(pages, url, folder, killed_at)


def count(pages: int, url: str, folder: Path, killed_at: int) -> Count:
    """Read the ledger as it is on disk."""
    with sqlite3.connect(folder / "audit.db") as base:
        ids = [row[0] for row in base.execute("SELECT id FROM sweeps ORDER BY id")]
        state = base.execute("SELECT state FROM sweeps WHERE id = ?", (ids[-1],)).fetchone()[0]
        rows = base.execute("SELECT url FROM coverage WHERE sweep_id = ?", (ids[-1],)).fetchall()
    found = [row[0].removeprefix(url) for row in rows]
    return Count(
        killed_at=killed_at,
        covered=len(found),
        distinct=len(set(found)),
        missing=len(set(paths(pages)) - set(found)),
        finished=state == "finished" and len(ids) == 1,
        asked_twice=sum(times > 1 for path, times in seen(url).items() if path != "/robots.txt"),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--tries", type=int, default=5)
    parser.add_argument(
        "--seed", type=int, default=None, help="repeat the moments of an earlier run"
    )
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return sweep(options.child, options.folder)
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    chance = random.Random(seed)
    good = 0
    print(f"{options.pages} pages, {options.tries} tries, seed {seed}")
    for number in range(options.tries):
        with tempfile.TemporaryDirectory() as folder:
            result = one_try(options.pages, Path(folder), chance)
        good += result.is_good(options.pages)
        print(f"try {number + 1}: {result}")
    print(f"{good} of {options.tries} complete, each page once")
    return 0 if good == options.tries else 1


if __name__ == "__main__":
    sys.exit(main())
