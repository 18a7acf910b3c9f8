"""`audit sweep --plan` and the coverage as JSON, as a user runs them."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.cli.test_cli_sweep import configure
from tests.servers import TestSite
from tests.sweep.making import Column

ITEMS = 120


@pytest.fixture
def column() -> Iterator[Column]:
    served = TestSite()
    made = Column(served, [date(2024, 1, 1) + timedelta(days=n) for n in range(ITEMS)])
    made.publish()
    served.start()
    yield made
    served.stop()


def planned(spawn, *more: str) -> dict[str, object]:
    done = spawn("sweep", "--plan", "--format", "json", *more)
    assert done.returncode == 0, done.stderr.decode()
    return dict(json.loads(done.stdout))


def test_a_plan_reads_lists_only_and_changes_nothing(spawn, column, tmp_path):
    configure(tmp_path, column.site.url, delay_seconds=0.05)
    made = planned(spawn)
    (one,) = made["sites"]
    assert (one["lists"], one["said"], one["known"]) == (1, ITEMS, 0)
    assert ITEMS <= one["requests"] <= ITEMS + 12
    assert one["seconds"] == pytest.approx(0.05 * one["requests"])
    assert one["size"] > 0
    assert set(column.site.paths()) == {"/", "/gs/index.html"}
    assert {path.name for path in tmp_path.iterdir()} <= {"audit.toml", "state"}
    assert not any((tmp_path / "state").rglob("*.db"))


def test_a_plan_after_a_sweep_and_the_report_as_json(spawn, column, tmp_path):
    configure(tmp_path, column.site.url)
    swept = spawn("sweep", "--format", "json")
    assert swept.returncode == 0, swept.stderr.decode()
    record = json.loads(swept.stdout)
    (one,) = record["lists"]
    assert (one["records"], one["reached"], one["share"]) == (ITEMS, ITEMS, 1.0)
    assert record == json.loads(spawn("report", "--format", "json").stdout)
    before = (tmp_path / "audit.db").read_bytes()
    (site,) = planned(spawn)["sites"]
    assert (tmp_path / "audit.db").read_bytes() == before
    assert (site["known"], site["new"], site["said"]) == (ITEMS + 7, 0, ITEMS)
    assert site["requests"] == site["due"] == 2  # the home page and the first page of the list
    column.days += [date(2026, 11, 24)] * 3
    column.publish()
    (site,) = planned(spawn)["sites"]
    assert site["new"] == 3
    (site,) = planned(spawn, "--full")["sites"]
    assert site["due"] == ITEMS + 7


def test_the_table_fits_and_says_that_nothing_was_changed(spawn, column, tmp_path):
    configure(tmp_path, column.site.url)
    text = spawn("sweep", "--plan").stdout.decode()
    assert "台账未变" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_wrong_use_and_a_site_that_is_down(spawn, run, tmp_path):
    configure(tmp_path, "http://127.0.0.1:9")
    assert run("sweep", "--full", "--only-new").exit_code == 2
    done = spawn("sweep", "--plan")
    assert done.returncode == 3
    assert "门户" in done.stderr.decode()


def test_two_sites_one_of_them_down(spawn, column, tmp_path):
    configure(tmp_path, column.site.url)
    with (tmp_path / "audit.toml").open("a", encoding="utf-8") as config:
        config.write(
            '[[site]]\nname = "镇站"\nunit = "石桥镇"\nlevel = "乡镇街道"\n'
            'start = ["http://127.0.0.1:9/"]\n'
        )
    done = spawn("sweep")
    assert done.returncode == 3
    assert "镇站" in done.stderr.decode()
    assert "镇站" in done.stdout.decode()
    report = spawn("report")
    assert "没有应答" in report.stdout.decode()
    sites = {
        one["site"]: one for one in json.loads(spawn("report", "--format", "json").stdout)["sites"]
    }
    assert sites["镇站"]["is_silent"]
    assert sites["镇站"]["reason"]
    assert not sites["门户"]["is_silent"]
