"""Delimited and plain text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.extract import extract
from scanner.model import BlockKind

ID = "340803199001011238"


def rows_of(body: bytes, name: str = "a.csv") -> list[list[str]]:
    (block,) = extract(body, name, filename=name).blocks
    assert block.table is not None
    return [[cell.text if cell else "" for cell in row] for row in block.table.grid()]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_delimiters_and_encodings(mark: str, encoding: str) -> None:
    lines = [["姓名", "证号", "电话"], ["张三", ID, "13800138000"], ["李四", ID, "13900139000"]]
    body = "\r\n".join(mark.join(line) for line in lines).encode(encoding)
    assert rows_of(body) == lines


def test_forms_that_keep_excel_from_rounding() -> None:
    body = f'姓名,证号\n张三,="{ID}"\n李四,\'{ID}\n王五,\t{ID}\n赵六,"{ID}"\n'.encode()
    assert [row[1] for row in rows_of(body)[1:]] == [ID] * 4


def test_quotes_with_marks_and_lines_inside() -> None:
    body = '姓名,住址\n张三,"甲村,乙组\n1号"\n'.encode()
    assert rows_of(body) == [["姓名", "住址"], ["张三", "甲村,乙组\n1号"]]


def test_a_stray_quote_does_not_swallow_the_file() -> None:
    body = ('姓名,证号\n"张三,1\n' + f"李四,{ID}\n" * 200).encode()
    assert len(rows_of(body)) == 202


def test_text_delimited_without_the_name_is_a_table() -> None:
    body = f"姓名,证号,电话\n张三,{ID},1\n李四,{ID},2\n".encode()
    assert rows_of(body, "a.txt")[2] == ["李四", ID, "2"]


def test_text_in_columns_is_a_table_and_the_rest_paragraphs() -> None:
    table = f"姓名   证号                 电话\n张三   {ID}   1\n李四   {ID}   2\n"
    text = f"某镇名册\n\n{table}\n某镇政府\n"
    blocks = extract(text.encode(), "a.txt").blocks
    assert [b.kind for b in blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.TABLE,
        BlockKind.PARAGRAPH,
    ]
    assert blocks[2].location.line == 7


def test_a_page_saved_as_text_gives_its_rows_as_meta() -> None:
    text = (
        "当前位置: 首页 > 政务公开\n索 引 号 003111216/201808-00249 信息分类 试点\n"
        "发布机构 市政府办公室 发布日期 2018-08-10\n正文第一段，说明情况。\n"
    )
    document = extract(text.encode(), "a.txt")
    assert all(b.kind is BlockKind.PARAGRAPH for b in document.blocks)
    assert document.meta.index_number == "003111216/201808-00249"
    assert document.meta.published == "2018-08-10"
    assert document.meta.source == "市政府办公室"


_FIELD = st.text(alphabet='张三,"\n 0123;|', min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(st.lists(_FIELD, min_size=3, max_size=3), min_size=3, max_size=8))
def test_what_csv_writes_is_read_back(lines: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["姓名", "甲", "乙"], *lines])
    body = stream.getvalue().encode()
    text = "".join(field for line in rows_of(body) for field in line)
    assert text == "姓名甲乙" + "".join(field for line in lines for field in line)


def test_a_table_copied_as_a_line_a_cell_is_a_table_again() -> None:
    rows = [
        ["书名", "订单号", "单价"],
        ["农村实用技术", "18837401149", "87.78"],
        ["少儿百科", "15274505941", "27.77"],
    ]
    text = (
        "采购清单\n"
        + "\t\n".join("\n\t".join(row) + "\n" for row in rows)
        + "\n联系电话：0556-5347099\n"
    )
    document = extract(text.encode(), "a.txt")
    tables = [block.table for block in document.blocks if block.table is not None]
    assert [[cell.text for cell in line if cell] for line in tables[0].grid()] == rows


def test_rows_copied_with_an_empty_line_between_keep_their_head_and_empty_cells() -> None:
    lines = [
        "运单号\t快件编号\t备注\t",
        "",
        "SF7319\t\tx",
        "",
        "SF7508\t15287148793",
        "",
        "SF1\t2\t3",
    ]
    assert rows_of("\n".join(lines).encode(), "a.txt") == [
        ["运单号", "快件编号", "备注"],
        ["SF7319", "", "x"],
        ["SF7508", "15287148793", ""],
        ["SF1", "2", "3"],
    ]


def test_rows_between_bars_are_a_table() -> None:
    text = """儿童名单
请带接种证补种。

| 序号 | 姓名 | 出生日期 |
|---|---|---|
| 1 | 覃子墨 | 2018-05-19 |
| 2 | 蓝一诺 | 2016年7月20日 |
"""
    (table,) = [b.table for b in extract(text.encode(), "a.txt").blocks if b.table is not None]
    assert [c.text for c in table.cells] == [
        *("序号", "姓名", "出生日期"),
        *("1", "覃子墨", "2018-05-19"),
        *("2", "蓝一诺", "2016年7月20日"),
    ]
