"""The gate: what fails, what may be pinned, and what needs a reason."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from bench.accuracy import gate, generate, truth
from bench.accuracy.__main__ import cli

_FLOORS: dict[str, Any] = {
    "sets": {"s": {"hash": "h", "floors": {"leak_recall": 0.9, "mandated_accused": 0.1}}},
    "history": [],
}


def test_figures_at_their_floors_pass() -> None:
    assert gate.faults("s", "h", {"leak_recall": 0.9, "mandated_accused": 0.1}, _FLOORS) == []


@pytest.mark.parametrize(
    ("figures", "set_hash", "words"),
    [
        ({"leak_recall": 0.89, "mandated_accused": 0.1}, "h", "leak_recall is 0.8900, below"),
        ({"leak_recall": 0.9, "mandated_accused": 0.2}, "h", "mandated_accused is 0.2000, above"),
        ({"leak_recall": 0.9}, "h", "mandated_accused could not be measured"),
        ({"leak_recall": 0.9, "mandated_accused": 0.1}, "other", "changed since"),
    ],
)
def test_each_fault_is_one_sentence(figures: dict[str, float], set_hash: str, words: str) -> None:
    (sentence,) = gate.faults("s", set_hash, figures, _FLOORS)
    assert words in sentence


def test_a_set_without_floors_fails() -> None:
    (sentence,) = gate.faults("new", "h", {}, _FLOORS)
    assert "--update" in sentence


def test_update_raises_floors_and_keeps_a_margin() -> None:
    new = gate.update(_FLOORS, "s", "h2", {"leak_recall": 0.97, "mandated_accused": 0.0})
    assert new["sets"]["s"] == {
        "hash": "h2",
        "floors": {"leak_recall": 0.968, "mandated_accused": 0.0},
    }
    assert new["history"] == []


def test_update_refuses_to_lower_in_silence() -> None:
    with pytest.raises(click.ClickException, match="leak_recall"):
        gate.update(_FLOORS, "s", "h", {"leak_recall": 0.8, "mandated_accused": 0.1})
    with pytest.raises(click.ClickException, match="mandated_accused"):
        gate.update(_FLOORS, "s", "h", {"leak_recall": 0.9})


def test_the_margin_alone_lowers_nothing() -> None:
    new = gate.update(_FLOORS, "s", "h", {"leak_recall": 0.9005, "mandated_accused": 0.0999})
    assert new["sets"]["s"]["floors"] == {"leak_recall": 0.9, "mandated_accused": 0.1}


def test_a_lowered_floor_is_on_record_with_its_reason() -> None:
    new = gate.update(_FLOORS, "s", "h", {"leak_recall": 0.8}, "a label was wrong")
    assert new["sets"]["s"]["floors"] == {"leak_recall": 0.798}
    (entry,) = new["history"]
    assert entry["reason"] == "a label was wrong"
    assert entry["lowered"] == {"leak_recall": [0.9, 0.798]}
    assert entry["dropped"] == ["mandated_accused"]


def test_the_hash_of_a_folder_sees_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("x", "utf-8")
    before = truth.folder_hash(tmp_path)
    assert truth.folder_hash(tmp_path) == before
    (tmp_path / "a.html").rename(tmp_path / "b.html")
    renamed = truth.folder_hash(tmp_path)
    (tmp_path / "b.html").write_text("y", "utf-8")
    assert len({before, renamed, truth.folder_hash(tmp_path)}) == 3


def test_the_pinned_hashes_are_those_of_the_generator() -> None:
    pinned = gate.read_floors()["sets"]
    for count, name in ((gate.SLICE, f"generated_{gate.SLICE}"), (generate.PAGES, "generated")):
        assert pinned[name]["hash"] == generate.corpus_hash(generate.pages(count)), name


def test_floors_are_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    gate.write_floors(_FLOORS, path)
    assert gate.read_floors(path) == _FLOORS
    assert [p.name for p in tmp_path.iterdir()] == ["floors.json"]


def test_generated_folders_are_scanned_and_scored(tmp_path: Path) -> None:
    runner = CliRunner()
    made = runner.invoke(cli, ["generate", "--out", str(tmp_path / "c"), "--pages", "12"])
    assert made.exit_code == 0, made.output
    assert made.output.strip() == generate.corpus_hash(generate.pages(12))
    scored = runner.invoke(cli, ["score", str(tmp_path / "c"), "--workers", "1"])
    assert scored.exit_code == 0, scored.output
    assert "12 pages" in scored.output
    assert "leak_recall" in scored.output


def test_a_folder_without_labels_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps({"other": 1}), "utf-8")
    result = CliRunner().invoke(cli, ["score", str(tmp_path)])
    assert result.exit_code == 1
    assert "no labels" in result.output


def test_without_the_labelled_set_the_gate_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.accuracy.__main__._GOLD", Path("nowhere/dev"))
    monkeypatch.setattr(gate, "SLICE", 4)
    result = CliRunner().invoke(cli, ["gate", "--workers", "1"])
    assert "nowhere/dev is not here" in result.output
    assert "generated_4: no floors are pinned" in result.output
    assert result.exit_code == 1
