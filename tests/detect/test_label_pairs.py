"""Records whose labels and values stand in blocks of their own."""

from scanner.detect.label_pairs import with_label_pairs
from scanner.pipeline import Pipeline
from tests.pages import page, paragraph
from tests.people import ID, MOBILE


def findings(*lines: str) -> dict[str, str]:
    body = "".join(f"<div>{line}</div>" for line in lines)
    html = f"<html><title>信访事项处理意见书</title><body>{body}</body></html>"
    _, found = Pipeline(None, b"k" * 32).scan(html.encode(), "p.html")
    return {f.match.value: f.disposition.value for f in found}


def test_the_label_says_whose_value_it_is() -> None:
    found = findings(
        "信访人", "巩正国", "身份证号", ID, "住址：", "横车铺镇黄荆村8组36号", "联系电话", MOBILE
    )
    assert found["巩正国"] == found[ID] == found[MOBILE] == "leak"
    assert found["横车铺镇黄荆村8组36号"] == "leak"


def test_two_labels_are_no_table_and_a_menu_is_none() -> None:
    heads = {"姓名", "电话", "住址", "职务"}.__contains__
    short = page(*map(paragraph, ["姓名", "王建国", "电话", "1", "其他"]))
    assert with_label_pairs(short, heads) is short
    menu = page(*map(paragraph, ["姓名", "电话", "住址", "职务", "首页", "更多"]))
    assert with_label_pairs(menu, heads) is menu


def test_a_label_that_comes_again_begins_a_record() -> None:
    heads = {"姓名", "电话", "住址"}.__contains__
    lines = ["姓名", "甲", "电话", "1", "住址", "乙"] * 2
    blocks = with_label_pairs(page(*map(paragraph, lines)), heads).blocks
    assert [block.table.rows for block in blocks if block.table] == [3, 3]
    assert "".join("".join(b.text.split()) for b in blocks) == "".join(lines)
