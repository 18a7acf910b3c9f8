"""Columns that no table makes: spans of one class, and tabs of a pasted sheet."""

from patterns import load_pack
from scanner.detect import Engine
from scanner.extract import extract
from tests.people import CARD, ID, ID_2, MOBILE, MOBILE_2, id_number, mobile
from tests.people import CARD as OTHER_CARD

ROWS = [
    ("1", "谭爱芳", ID, MOBILE, "1080", CARD),
    ("2", "桂国英", ID_2, MOBILE_2, "1480", OTHER_CARD),
    ("3", "阎长根", id_number(order=7), mobile(3), "1080", CARD),
]


def _values(body: str) -> set[str]:
    document = extract(f"<html><body>{body}</body></html>".encode(), "p.html")
    return {m.value for m in Engine(load_pack()).find(document) if not m.explained_by}


def test_spans_of_one_class_are_columns() -> None:
    cells = ("".join(f'<span class="c">{field}</span>' for field in row) for row in ROWS)
    found = _values("".join(f"<div>{row}</div>" for row in cells))
    assert {field for row in ROWS for field in row[2:4]} | {CARD} <= found


def test_a_number_cut_into_spans_stays_one() -> None:
    cut = "".join(f'<span class="s">{part}</span>' for part in (ID[:4], ID[4:9], ID[9:14], ID[14:]))
    assert ID in _values(f"<p>身份证号：{cut}</p>")


def test_tabs_of_a_pasted_sheet_part_its_columns() -> None:
    head = "序号\t姓名\t性别\t证件号码\t电话"
    lines = [
        head,
        f"1\tNGUYEN VAN HUNG\t男\tC8331404\t{MOBILE}",
        f"2\t谭爱芳\t女\tE25278495\t{MOBILE_2}",
        f"3\t桂国英\t女\t{ID_2}\t{mobile(3)}",
    ]
    found = _values("".join(f"<p>{line}</p>" for line in lines))
    assert {"E25278495", ID_2, MOBILE, MOBILE_2} <= found


def test_tabs_that_only_lay_out_the_source_are_spaces() -> None:
    document = extract("<p>甲\n\t\t乙</p>".encode(), "p.html")
    assert [b.text for b in document.blocks] == ["甲 乙"]
