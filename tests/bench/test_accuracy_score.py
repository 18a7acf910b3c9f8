"""The scorer on labels and findings made by hand."""

import json
from pathlib import Path

import click
import pytest

from bench.accuracy import findings, tables_text, truth
from bench.accuracy.findings import said
from bench.accuracy.score import score


def _folder(
    folder: Path, labels: list[dict[str, object]], negatives: list[dict[str, str]]
) -> list[truth.Truth]:
    (folder / "a1.html").write_text("<p>page</p>", "utf-8")
    data = {"id": "a1", "kind": "roster", "findings": labels, "negatives": negatives}
    (folder / "a1.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return truth.load(folder)


def _label(
    kind: str, value: str, disposition: str, where: str = "visible", **more: bool
) -> dict[str, object]:
    return {"type": kind, "value": value, "where": where, "disposition": disposition, **more}


def test_recall_and_precision_count_each_value_once(tmp_path: Path) -> None:
    pages = _folder(
        tmp_path,
        [
            _label("mobile", "13800001111", "leak"),
            _label("id_card", "34082519900101123X", "leak", "attribute"),
            _label("landline_office", "0556-1234567", "mandated"),
        ],
        [],
    )
    result = score(
        pages,
        {
            "a1": [
                said("mobile", "138 0000 1111", "leak", "visible", 0.95),
                said("mobile", "13800001111", "leak", "hidden", 0.5),
                said("mobile", "13900002222", "leak", "visible", 0.65),
                said("landline", "05561234567", "mandated", "visible", 0.9),
            ]
        },
    )
    assert result.values.leaks == 2
    assert result.values.found == 1
    assert result.values.said == 2
    assert result.values.right == 1
    assert result.values.retained == 1
    assert result.by_where["attribute"].recall == 0
    assert result.by_type["mobile"].precision == 0.5
    assert result.by_kind["roster"].recall == 0.5
    assert result.calibration[9] == [1, 1]
    assert result.calibration[6] == [1, 0]
    assert [(m.sort, m.kind) for m in result.mistakes] == [
        ("missed", "id_card"),
        ("false", "mobile"),
    ]


def test_a_contested_label_counts_neither_way(tmp_path: Path) -> None:
    pages = _folder(
        tmp_path,
        [
            _label("mobile", "13800001111", "mandated", contested=True),
            _label("license_plate", "皖H12345", "leak", debatable=True),
        ],
        [],
    )
    result = score(pages, {"a1": [said("mobile", "13800001111", "leak", "visible", 0.9)]})
    assert (result.values.leaks, result.values.said, result.values.mandated) == (0, 0, 0)
    assert result.figures() == {}


def test_an_accused_contact_is_not_retained_and_not_right(tmp_path: Path) -> None:
    pages = _folder(tmp_path, [_label("mobile", "13800001111", "mandated")], [])
    result = score(pages, {"a1": [said("mobile", "13800001111", "leak", "visible", 0.9)]})
    assert result.figures() == {
        "leak_precision": 0.0,
        "mandated_retained": 0.0,
        "mandated_accused": 1.0,
    }
    assert [m.sort for m in result.mistakes] == ["accused"]


def test_names_are_counted_apart(tmp_path: Path) -> None:
    pages = _folder(
        tmp_path, [_label("person_name", "陈立新", "leak"), _label("qq", "12345678", "leak")], []
    )
    result = score(pages, {"a1": [said("person_name", "陈 立新", "leak", "visible", 0.9)]})
    assert result.names.recall == 1
    assert result.values.recall == 0
    assert result.values.said == 0


def test_a_look_alike_cut_short_is_a_trap_all_the_same(tmp_path: Path) -> None:
    pages = _folder(
        tmp_path,
        [],
        [
            {"value": "13812345678.00", "trap": "amount"},
            {"value": "皖ICP备14990352号", "trap": "icp"},
        ],
    )
    result = score(pages, {"a1": [said("mobile", "13812345678", "leak", "visible", 0.9)]})
    assert (result.traps["amount"].hit, result.traps["icp"].hit) == (1, 0)
    assert result.figures()["trap_rate"] == 0.5


@pytest.mark.parametrize(
    ("kind", "written", "plain"),
    [
        ("mobile", "+86 １３８-0000\u200b1111", "13800001111"),
        ("landline", "（0556）1234567转801", "05561234567"),
        ("id_card", "34082519900101123x", "34082519900101123X"),
        ("id_card", "34082519900101XXXX", "34082519900101****"),
        ("birth_date", "1990年1月2日", "19900102"),
    ],
)
def test_values_are_compared_without_their_written_form(
    kind: str, written: str, plain: str
) -> None:
    assert truth.normal(kind, written) == plain


def test_an_address_may_be_cut_differently_but_not_to_a_stump() -> None:
    assert truth.same("home_address", "柏城镇刘家屯村94号", "刘家屯村94号")
    assert not truth.same("home_address", "柏城镇刘家屯村94号", "94号")
    assert not truth.same("mobile", "13800001111", "1380000")


def test_findings_are_read_from_the_lines_of_a_scan(tmp_path: Path) -> None:
    lines = tmp_path / "f.jsonl"
    row = {
        "path": "gold/a1.html", "type": "landline_office", "value": "0556-1234567",
        "disposition": "mandated", "where": "visible", "confidence": 0.8,
    }  # fmt: skip
    other = row | {"path": "gold/zz.html"}
    lines.write_text("\n".join(json.dumps(r) for r in (row, other)), "utf-8")
    reports = findings.read_jsonl(lines, ["a1"])
    assert reports == {"a1": [said("landline", "05561234567", "mandated", "visible", 0.8)]}


def test_lines_without_clear_values_are_refused(tmp_path: Path) -> None:
    lines = tmp_path / "f.jsonl"
    lines.write_text(json.dumps({"path": "a1.html", "type": "qq", "disposition": "leak"}), "utf-8")
    with pytest.raises(click.ClickException, match=r"f\.jsonl:1"):
        findings.read_jsonl(lines, ["a1"])


def test_the_tables_name_types_places_kinds_and_deciles(tmp_path: Path) -> None:
    pages = _folder(
        tmp_path,
        [_label("mobile", "13800001111", "leak", "script")],
        [{"value": "12345", "trap": "hotline"}],
    )
    text = tables_text.report(
        "set", score(pages, {"a1": [said("mobile", "13800001111", "leak", "script", 0.91)]})
    )
    for word in ("leak_recall", "mobile", "script", "roster", "hotline", "0.9 to 1.0"):
        assert word in text
