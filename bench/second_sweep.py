"""What a second sweep of an unchanged site costs, in bytes that its server sent.

python -m bench.second_sweep --items 2000
"""

import argparse
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from spiders.options import SiteSpec
from tests.servers import serving
from tests.sweep.making import Column, Desk

_FIRST_DAY = date(2019, 1, 1)


def costs(items: int, days: int, *, tagged: bool) -> tuple[int, int, int]:
    """(bytes of the first sweep, bytes of the second, requests of the second)."""
    with serving() as site, tempfile.TemporaryDirectory() as folder:
        dates = [_FIRST_DAY + timedelta(days=n % 2000) for n in range(items)]
        Column(site, dates, tagged=tagged).publish()
        desk = Desk(Path(folder), sites=(SiteSpec("site", "", "", (site.url + "/",)),))
        desk.sweep()
        first, site.sent = site.sent, 0
        site.seen.clear()
        desk.later(days=days)
        desk.sweep()
        return first, site.sent, len(site.paths())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--days", type=int, default=7, help="between the sweeps")
    options = parser.parse_args()
    worst = 0.0
    for tagged, name in ((True, "says 'not changed'"), (False, "does not")):
        first, second, requests = costs(options.items, options.days, tagged=tagged)
        worst = max(worst, second / first)
        print(
            f"server {name}: first {first:,} bytes, second {second:,} bytes "
            f"({second / first:.2%}) in {requests} requests"
        )
    return 0 if worst <= 0.05 else 1


if __name__ == "__main__":
    sys.exit(main())
