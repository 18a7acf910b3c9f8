"""The rectification workbook: what it says, and that it cannot run anything."""

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scanner.lang import set_lang
from scanner.model import Decision
from scanner.report.notice import write_notice
from tests.ledger.making import ID_CARD, MOBILE
from tests.report.making import BUREAU, HOSTILE, ID_2, LIST


@pytest.fixture
def pages(ledger):
    wanted = [one.id for page in ledger.queue(unit=BUREAU) for one in page.findings]
    ledger.decide(wanted, Decision.LEAK, who="t")
    return ledger.outstanding(BUREAU)


@pytest.fixture
def book(ledger, pages, tmp_path):
    path = tmp_path / "n.xlsx"
    write_notice(path, BUREAU, pages, ledger.today())
    return load_workbook(path)


def rows_of(sheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_one_row_a_kind_on_each_page(book):
    rows = rows_of(book["整改清单"])
    found = [(row["网址"], row["隐私类型"], row["个数（值）"], row["涉及人数"]) for row in rows]
    assert sorted(found) == sorted(
        [
            (LIST, "身份证号", 2, 2),
            (LIST, "手机号", 1, 1),
            (next(row["网址"] for row in rows if row["网址"] != LIST), "手机号", 1, 1),
        ]
    )
    assert [row["序号"] for row in rows] == [1, 2, 3]
    assert all(row["整改期限"] == "2026-11-30" for row in rows)
    assert rows[0]["严重程度"] == "严重"
    assert rows[0]["判定依据"] == "个人信息保护法第6条"
    assert rows[0]["发布日期"] == "2026-11-01"
    assert "第1个表第3行第2列" in rows[0]["位置（表/列/行）"]


def test_the_cover_says_what_to_do_by_when(book):
    text = {row[0]: row[1] for row in book["整改通知"].iter_rows(min_row=3, values_only=True)}
    assert text["责任单位"] == BUREAU
    assert "2 条信息" in text["问题"]
    assert "4 个值" in text["问题"]
    assert "2 人" in text["问题"]
    assert text["整改期限"] == "2026-11-30"
    assert {"依据", "整改要求", "举一反三", "反馈", "单位负责人（签字）"} <= set(text)


def test_nothing_in_it_is_a_formula_or_a_clear_value(book):
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                text = str(cell.value or "")
                assert cell.data_type != "f"
                assert not text.startswith(("=", "+", "-", "@"))
                assert not {"\x1b", "\u202e"} & set(text)
                assert not any(value in text for value in (ID_CARD, ID_2, MOBILE))
    titles = {row["信息标题"] for row in rows_of(book["整改清单"])}
    assert any(str(title).startswith("'=HYPERLINK") for title in titles)
    assert HOSTILE not in titles


def test_it_can_be_printed(book):
    sheet = book["整改清单"]
    assert sheet.freeze_panes == "E2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"


def test_in_english_too(ledger, pages, tmp_path):
    set_lang("en")
    path = tmp_path / "n.xlsx"
    write_notice(path, BUREAU, pages, ledger.today())
    assert load_workbook(path).sheetnames == ["Notice", "List"]


def test_a_folder_that_is_not_there_leaves_nothing(ledger, pages, tmp_path):
    with pytest.raises(FileNotFoundError):
        write_notice(tmp_path / "none" / "n.xlsx", BUREAU, pages, ledger.today())


def test_what_was_there_is_replaced_whole(ledger, pages, tmp_path):
    path = tmp_path / "n.xlsx"
    path.write_bytes(b"old")
    write_notice(path, BUREAU, pages, ledger.today())
    assert load_workbook(path).sheetnames == ["整改通知", "整改清单"]
    assert [name for name in os.listdir(tmp_path) if name.startswith(".n")] == []
    assert Path(path).stat().st_size > 3
