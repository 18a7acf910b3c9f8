"""Tables that are built of `<div>`."""

import pytest

from patterns import load_pack
from scanner.detect import Engine
from scanner.extract import extract
from scanner.model import Document
from tests.people import CARD, ID, ID_2, MOBILE, MOBILE_2

ROWS = [
    ["姓名", "身份证号", "房屋地址", "开户账号"],
    ["谭爱芳", ID, "石桥村六组12号", CARD],
    ["桂国英", ID_2, "石桥村二组3号", CARD],
]


def _page(rows: list[list[str]], cell: str = "div", row: str = "div") -> Document:
    body = "".join(
        f"<{row}>" + "".join(f"<{cell}>{text}</{cell}>" for text in cells) + f"</{row}>"
        for cells in rows
    )
    return extract(f"<html><body><div id='t'>{body}</div></body></html>".encode(), "p.html")


@pytest.mark.parametrize(
    ("cell", "row"), [("div", "div"), ("li", "ul"), ("p", "div"), ("i", "div"), ("span", "li")]
)
def test_a_grid_is_read_by_column(cell: str, row: str) -> None:
    found = {m.value: m for m in Engine(load_pack()).find(_page(ROWS, cell, row))}
    assert found[ID].header == "身份证号"
    assert found["石桥村六组12号"].header == "房屋地址"
    assert found["桂国英"].record_row == found[ID_2].record_row != found[ID].record_row


def test_the_path_of_a_value_is_that_of_the_page() -> None:
    (block,) = [b for b in _page(ROWS).blocks if b.table is not None]
    assert block.location.xpath == "/html/body/div"


def test_hidden_cells_stay_hidden() -> None:
    rows = [
        [cell if cell != ID else f'<span style="display:none">{ID}</span>' for cell in row]
        for row in ROWS
    ]
    found = {m.value: m.where.value for m in Engine(load_pack()).find(_page(rows))}
    assert found[ID] == "hidden"
    assert found[ID_2] == "visible"


@pytest.mark.parametrize(
    "rows",
    [
        [["首页", "政务公开", "互动交流"]] * 4,
        [["谭爱芳", ID, MOBILE], ["桂国英", ID_2]],
        [["谭爱芳", ID, "长" * 80]] * 3,
        [["谭爱芳", ID, f"<table><tr><td>{MOBILE_2}</td></tr></table>"]] * 3,
    ],
)
def test_what_is_no_grid_stays_as_it_was(rows: list[list[str]]) -> None:
    whole = [b for b in _page(rows).blocks if b.table is not None and b.table.columns > 1]
    assert whole == []


def test_a_head_of_persons_makes_a_grid_of_rows_without_numbers() -> None:
    rows = [["序", "姓名", "民族"], ["1", "才让卓玛", "藏族"], ["2", "多杰才旦", "藏族"]]
    found = {m.value: m for m in Engine(load_pack()).find(_page(rows, "span"))}
    assert found["才让卓玛"].header == found["多杰才旦"].header == "姓名"
