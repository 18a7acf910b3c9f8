"""The whole weekly job from the command line, on the sample site, on SQLite and on PostgreSQL.

Sweep, verdicts, the site is mended in part, re-check, statistics: what was masked is verified, what
hangs in an attachment of a page that was taken down stays open, what was left alone is
outstanding, and what did not answer is not believed.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sample.make_site import FOLDER, MANIFEST
from sample.server import Served, serving

ROOT = Path(__file__).parents[2]
MASKED = "/smzj/gsgg/t20260908_1001.html"
TAKEN_DOWN = "/yunling/tzgg/t20260630_2004.html"
ATTACHMENT = "/yunling/xiazai?id=1"  # of the page that is taken down
LEFT_ALONE = "/yunling/tzgg/t20260728_2003.html"
SILENT = "/smzj/gsgg/t20260720_1006.html"
FLAGGED = (MASKED, ATTACHMENT, LEFT_ALONE, SILENT)
COUNTS = ("undecided", "outstanding", "rectified", "verified", "kept", "false")

CONFIG = """\
[ledger]
url = "{ledger}"
key = "audit.key"
[crawl]
delay_seconds = 0.0
timeout_seconds = 2
[[site]]
name = "青禾市门户"
unit = "青禾市人民政府办公室"
level = "市直"
start = ["{base}/"]
domains = ["127.0.0.1"]
[[unit]]
name = "青禾市民政局"
level = "市直"
[[unit]]
name = "云岭县人民政府"
level = "县区"
"""


@dataclass
class Office:
    """A folder with a configuration, a site that can be mended, and the commands."""

    folder: Path
    served: Served
    base: str

    def audit(self, *words: str, allowed: tuple[int, ...] = (0,)) -> str:
        program = str(Path(sys.executable).with_name("audit"))
        done = subprocess.run(
            [program, *words],
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode in allowed, (words, done.stdout[-2000:], done.stderr[-2000:])
        return done.stdout

    def findings(self) -> list[dict[str, Any]]:
        lines = self.audit("report", "--format", "jsonl", allowed=(0, 3)).splitlines()
        return [json.loads(line) for line in lines]

    def decide_leaks(self, paths: tuple[str, ...]) -> Counter[str]:
        """Call every suspected value of these pages a leak; how many each had."""
        prints = []
        count: Counter[str] = Counter()
        for found in self.findings():
            path = found["url"].removeprefix(self.base)
            if path in paths and found["state"] == "suspected":
                prints.append(found["fingerprint"])
                count[path] += 1
        self.audit("decide", "--leak", "--who", "tester", *prints)
        return count

    def open_states(self) -> dict[str, set[str]]:
        """By page or attachment: the states of its values that were decided and are not closed."""
        states: dict[str, set[str]] = {}
        for found in self.findings():
            if found["decided_by"] == "tester":
                path = found["url"].removeprefix(self.base)
                states.setdefault(path, set()).add(found["state"])
        return states

    def stats(self) -> dict[str, Any]:
        return dict(json.loads(self.audit("stats", "--format", "json")))


@pytest.fixture
def office(tmp_path: Path, ledger_url: str) -> Iterator[Office]:
    site = tmp_path / "site"
    shutil.copytree(FOLDER, site)
    served = Served(site)
    folder = tmp_path / "office"
    folder.mkdir()
    with serving(served) as base:
        text = CONFIG.format(ledger=ledger_url, base=base)
        (folder / "audit.toml").write_text(text, encoding="utf-8")
        yield Office(folder, served, base)


def mend(office: Office) -> None:
    """Mask one page, take one down without its attachment, let one fall silent."""
    page = office.served.folder / MASKED[1:]
    text = page.read_text(encoding="utf-8")
    for place in json.loads(MANIFEST.read_text(encoding="utf-8")):
        if place["path"] == MASKED:
            value = place["raw"]
            text = text.replace(value, value[:2] + "*" * (len(value) - 5) + value[-3:])
    page.write_text(text, encoding="utf-8")
    (office.served.folder / TAKEN_DOWN[1:]).unlink()
    office.served.stalled.add(SILENT)


def test_from_sweep_to_statistics(office: Office) -> None:
    office.audit("sweep", allowed=(0, 3))
    decided = office.decide_leaks(FLAGGED)
    assert set(decided) == set(FLAGGED)
    before = office.stats()
    assert before["values"]["total"]["outstanding"] == decided.total()

    mend(office)
    office.audit("recheck", allowed=(0, 3))

    assert office.open_states() == {
        ATTACHMENT: {"outstanding"},
        LEFT_ALONE: {"outstanding"},
        SILENT: {"outstanding"},
    }
    after = office.stats()
    total = after["values"]["total"]
    assert total["verified"] == decided[MASKED]
    assert total["outstanding"] == decided.total() - decided[MASKED]
    assert total["rectification_rate"] == pytest.approx(decided[MASKED] / decided.total())
    for count in ("items", "values", "persons"):
        adds_up(after[count])


def adds_up(figures: dict[str, Any]) -> None:
    """Every state adds up to the total, and so do units, levels and types."""
    total = figures["total"]
    assert sum(total[state] for state in COUNTS) == total["suspected"]
    for by in ("by_unit", "by_level", "by_type", "by_week"):
        for state in ("suspected", *COUNTS):
            assert sum(row[state] for row in figures[by]) == total[state], (by, state)
