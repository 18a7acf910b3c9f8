"""`make demo` from end to end, and the promise that no clear value is kept or shown."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sample.make_site import MANIFEST

ROOT = Path(__file__).parents[2]
UNIT = "青禾市民政局"
SECRET_KINDS = {"id_card", "bank_card", "mobile", "disability_cert"}


def secrets() -> set[str]:
    """Every clear planted number, and what of it would give it away."""
    planted = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return {p["value"] for p in planted if p["kind"] in SECRET_KINDS and "*" not in p["value"]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(*words: str, cwd: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        words,
        cwd=cwd,
        env=env,
        input=typed,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


class Demo:
    """Two runs of the demo on one folder, one verdict, and the notice of that unit."""

    def __init__(self, work: Path) -> None:
        self.work = work
        port = str(free_port())
        words = (sys.executable, "-m", "tools.demo", "--port", port, "--work", str(work))
        self.first = run(*words, cwd=ROOT)
        self.second = run(*words, cwd=ROOT)
        audit = str(Path(sys.executable).with_name("audit"))
        self.review = run(audit, "review", "--unit", UNIT, cwd=work, typed="l\nq\n")
        self.notice = run(audit, "notice", UNIT, cwd=work)
        self.steps = (self.first, self.second, self.review, self.notice)

    def outcomes(self, sweep: int) -> dict[str, int]:
        with sqlite3.connect(self.work / "audit.db") as ledger:
            rows = ledger.execute(
                "SELECT outcome, count(*) FROM coverage WHERE sweep_id = ? GROUP BY outcome",
                (sweep,),
            )
            return dict(rows.fetchall())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return Demo(tmp_path_factory.mktemp("demo") / "work")


def test_it_ends_well_and_says_what_to_type_next(demo: Demo) -> None:
    assert demo.first.returncode == 0, demo.first.stderr
    commands = re.findall(r"^\$ (.+)$", demo.first.stdout, re.MULTILINE)
    assert [command.split()[1] for command in commands] == ["sweep", "stats"]
    assert "audit review" in demo.first.stdout.rpartition("$ audit stats")[2]
    assert "Traceback" not in demo.first.stderr


def test_every_url_ended_and_the_second_sweep_fetched_only_what_changed(demo: Demo) -> None:
    assert demo.second.returncode == 0, demo.second.stderr
    assert demo.outcomes(1) == {"scanned": 39, "skipped": 2, "gone": 1}
    assert demo.outcomes(2) == {"unchanged": 39, "skipped": 2, "gone": 1}


def test_no_clear_value_is_kept_or_shown(demo: Demo) -> None:
    kept = {"what was printed": "".join(step.stdout + step.stderr for step in demo.steps).encode()}
    for file in demo.work.rglob("*"):
        if not file.is_file():
            continue
        kept[file.name] = file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                kept[file.name] += b"".join(archive.read(name) for name in archive.namelist())
    assert demo.notice.returncode == 0, demo.notice.stderr
    assert any(name.endswith(".xlsx") for name in kept)
    assert "audit.db" in kept
    values = secrets()
    assert len(values) > 80
    shown = [
        (name, value) for name, body in kept.items() for value in values if value.encode() in body
    ]
    assert shown == []


def test_the_key_is_for_its_owner_alone(demo: Demo) -> None:
    assert (demo.work / "audit.key").stat().st_mode & 0o777 == 0o600


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = (sys.executable, "-m", "tools.demo", "--port", port, "--work", str(tmp_path))
        done = run(*words, cwd=ROOT)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "make demo PORT=" in done.stderr
