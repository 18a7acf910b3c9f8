"""The bench of names: absent sets are said, low figures fail; and the program's own floors."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.names.__main__ import main
from bench.names.sets import FOLDER


def _set(folder: Path, text: str, spans: list[list[int]]) -> None:
    (folder / "surnames.json").write_text('{"王": 9520, "欧阳": 60}', "utf-8")
    row = json.dumps({"text": text, "spans": spans}, ensure_ascii=False)
    (folder / "gov_synth.jsonl").write_text(row + "\n", "utf-8")


def test_absent_sets_are_said_and_fail_nothing(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--alone", "--gate", "--data", str(tmp_path)])
    assert done.exit_code == 0
    assert "gov_synth: absent" in done.output
    assert "cells.dev: absent" in done.output


@pytest.mark.parametrize(("spans", "status"), [([[3, 6]], 0), ([[6, 8]], 1)])
def test_a_figure_below_its_floor_fails(
    tmp_path: Path, spans: list[list[int]], status: int
) -> None:
    _set(tmp_path, "负责人王建国主持会议。", spans)
    done = CliRunner().invoke(main, ["--alone", "--gate", "--data", str(tmp_path)])
    assert done.exit_code == status, done.output


@pytest.mark.skipif(not FOLDER.exists(), reason="no labelled sets beside the project")
def test_the_floors_hold() -> None:
    done = CliRunner().invoke(main, ["--alone", "--gate"])
    assert done.exit_code == 0, done.output
