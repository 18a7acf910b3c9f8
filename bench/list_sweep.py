"""A real sweep of each list system on a site in a box: how many of the published items it reaches.

python -m bench.list_sweep --items 1000
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from scanner.keys import Keyring, load_key
from scanner.ledger import Ledger
from scanner.sweep import SweepOptions, run_sweep
from scanner.workers import PipelineSpec
from spiders.options import CrawlOptions, SiteSpec
from tests.list_sites import SYSTEMS, item
from tests.servers import serving


def reached(system: str, items: int, folder: Path) -> tuple[int, int]:
    """(items reached, other addresses asked for) of a sweep into a new SQLite ledger."""
    key = load_key(folder / "key")
    crawl = CrawlOptions(delay=0, per_host=8, throttle=False, retries=0, timeout=10)
    with serving() as site, Ledger.open(folder / "a.db", key_id=Keyring(key).key_id) as ledger:
        start = site.url + SYSTEMS[system](site, items)
        run_sweep(
            SweepOptions((SiteSpec(system, "", "", (start,)),), crawl, workers=0),
            ledger,
            PipelineSpec(key),
        )
        paths = set(site.paths())
    wanted = {item(number) for number in range(items)}
    return len(wanted & paths), len(paths - wanted)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--system", choices=SYSTEMS, action="append")
    options = parser.parse_args()
    good = 0
    systems = options.system or list(SYSTEMS)
    for system in systems:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            found, lists = reached(system, options.items, Path(folder))
        good += found == options.items
        seconds = time.perf_counter() - began
        print(f"{system:17} {found:5} of {options.items}, {lists:3} list pages, {seconds:.0f} s")
    print(f"{good} of {len(systems)} systems reached in full")
    return 0 if good == len(systems) else 1


if __name__ == "__main__":
    sys.exit(main())
