"""Tables: spans, layout tables, nested ones, and the law that every place is covered once."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.extract import extract
from scanner.model import BlockKind, Document, Table

TableRows = list[list[tuple[int, int]]]


def page(body: str) -> Document:
    return extract(f"<html><body>{body}</body></html>".encode(), "p")


def only_table(body: str) -> Table:
    tables = [b.table for b in page(body).blocks if b.table is not None]
    assert len(tables) == 1
    table = tables[0]
    assert table is not None
    return table


def grid_texts(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in table.grid()]


def test_two_row_header_with_spans() -> None:
    table = only_table(
        "<table><tr><th rowspan=2>姓名</th><th colspan=2>证件</th></tr>"
        "<tr><th>证号</th><th>电话</th></tr><tr><td>张三</td><td>1</td><td>2</td></tr></table>"
    )
    assert grid_texts(table) == [
        ["姓名", "证件", "证件"],
        ["姓名", "证号", "电话"],
        ["张三", "1", "2"],
    ]
    assert [cell.is_header for cell in table.cells] == [True] * 4 + [False] * 3


def test_rowspan_to_the_end_and_faulty_spans() -> None:
    table = only_table(
        "<table><tr><td rowspan=0>甲</td><td colspan=x>1</td></tr><tr><td colspan=-3>2</td></tr>"
        "<tr><td rowspan=99>3</td></tr></table>"
    )
    assert grid_texts(table) == [["甲", "1"], ["甲", "2"], ["甲", "3"]]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), min_size=1, max_size=5),
        min_size=2,
        max_size=6,
    )
)
def test_every_cell_covers_its_own_places_only(rows: TableRows) -> None:
    body = "".join(
        "<tr>" + "".join(f"<td rowspan={r} colspan={c}>值</td>" for r, c in row) + "</tr>"
        for row in rows
    )
    table = only_table(f"<table>{body}</table>")
    covered = [
        (r, c)
        for cell in table.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(covered) == len(set(covered))
    assert len(table.cells) == sum(len(row) for row in rows)
    filled = {(r, c) for r, row in enumerate(table.grid()) for c, cell in enumerate(row) if cell}
    assert filled == set(covered)


def test_endless_spans_do_not_make_an_endless_grid() -> None:
    rows = "".join(
        f"<tr><td colspan=1000 rowspan=60000>{n}</td><td>号</td></tr>" for n in range(4000)
    )
    table = only_table(f"<table>{rows}</table>")
    assert table.rows * table.columns < 10_000
    assert len(table.cells) == 8000


def test_lines_inside_a_cell() -> None:
    table = only_table(
        "<table><tr><td>甲<br>乙</td><td><p>丙</p><p>丁</p></td></tr>"
        "<tr><td>1</td><td> 2\t3 </td></tr></table>"
    )
    assert grid_texts(table) == [["甲\n乙", "丙\n丁"], ["1", "2 3"]]


def test_layout_table_becomes_paragraphs_and_keeps_the_inner_table() -> None:
    article = "".join(f"<p>{'第一段文字说明' * 8}{n}</p>" for n in range(6))
    rows = "<tr><td>姓名</td><td>电话</td></tr><tr><td>张三</td><td>13800138000</td></tr>"
    inner = f"<table>{rows}</table>"
    document = page(
        f"<table><tr><td>首页</td></tr><tr><td><h2>公示</h2></td></tr>"
        f"<tr><td>{article}{inner}<p>某局</p></td></tr></table>"
    )
    kinds = [b.kind for b in document.blocks]
    assert kinds.count(BlockKind.TABLE) == 1
    assert kinds.count(BlockKind.PARAGRAPH) == 8
    assert BlockKind.HEADING in kinds
    table = next(b.table for b in document.blocks if b.table)
    assert grid_texts(table)[1] == ["张三", "13800138000"]


def test_records_stay_a_table_when_one_cell_nests_another() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>张三</td><td>甲村</td></tr>" for n in range(4))
    nested = (
        "<tr><td>9</td><td>李四</td><td><table><tr><td>妻</td><td>子</td></tr></table></td></tr>"
    )
    document = page(f"<table>{rows}{nested}</table>")
    tables = [b.table for b in document.blocks if b.table]
    assert [(t.rows, t.columns) for t in tables] == [(5, 3), (1, 2)]


def test_a_long_opinion_does_not_break_a_form() -> None:
    opinion = "经核查，该申请人符合条件。" * 60
    document = page(
        "<table><tr><td>姓名</td><td>张三</td><td>电话</td><td>13800138000</td></tr>"
        "<tr><td>住址</td><td>甲村</td><td>事项</td><td>补助</td></tr>"
        f"<tr><td>意见</td><td colspan=3>{opinion}</td></tr></table>"
    )
    assert [(b.table.rows, b.table.columns) for b in document.blocks if b.table] == [(3, 4)]


def test_caption_and_attribute_of_a_cell() -> None:
    document = page(
        '<table><caption>名册</caption><tr><td title="张三 13800138000">甲</td><td>乙</td></tr>'
        "<tr><td>1</td><td>2</td></tr></table>"
    )
    table = next(b.table for b in document.blocks if b.table)
    assert table.caption == "名册"
    field = next(b for b in document.blocks if b.kind is BlockKind.FIELD)
    assert (field.location.table, field.location.row, field.location.column) == (1, 1, 1)
    assert field.name == "title"


def test_unclosed_cells_and_loose_cells() -> None:
    table = only_table("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>")
    assert grid_texts(table) == [["甲", "乙"], ["丙", "丁"]]
    assert page("<td>甲</td><td>乙</td>").text == "甲\x1e乙"


def test_terms_and_values_are_a_table() -> None:
    body = (
        "<dl><dt>姓名</dt><dd>王建国</dd><dt>住址：</dt><dd>上湾村<b>3</b>组</dd><dd>12号</dd></dl>"
    )
    found = only_table(body)
    assert [(c.text, c.row, c.column, c.is_header) for c in found.cells] == [
        ("姓名", 0, 0, True),
        ("王建国", 0, 1, False),
        ("住址：", 1, 0, True),
        ("上湾村3组", 1, 1, False),
        ("12号", 1, 2, False),
    ]


def test_terms_with_paragraphs_stay_a_list() -> None:
    long = "现将有关事项公告如下。" * 20
    body = f"<dl><dt>公告</dt><dd>{long}</dd></dl><dl>前<dd>孤立</dd></dl><p>后<dt>散</dt></p>"
    assert [b.text for b in page(body).blocks] == ["公告", long, "前", "孤立", "后", "散"]
    assert all(block.table is None for block in page(body).blocks)


def test_terms_in_cells_and_tables_in_terms_lose_nothing() -> None:
    body = (
        "<table><tr><td>甲<dl><dt>电话</dt><dd>1</dd></dl></td><td>乙</td></tr></table>"
        "<dl><dt>名单</dt><dd><table><tr><td>丙</td><td>丁</td></tr></table></dd></dl><dl>"
    )
    text = " ".join(block.text for block in page(body).blocks)
    for part in ["甲", "电话", "1", "乙", "名单", "丙", "丁"]:
        assert text.count(part) == 1
