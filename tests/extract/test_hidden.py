"""What a reader of the page does not see is found, and said to be hidden."""

import pytest

from scanner.extract import extract
from scanner.model import BlockKind, Document, Where

ID = "340803199001011238"
HIDING = [
    'style="display:none"',
    "style='DISPLAY : NONE !important'",
    'style="visibility:hidden"',
    'style="color:red;font-size:0"',
    'style="font-size:0px"',
    'style="width:0;height:0;overflow:hidden"',
    'style="position:absolute;left:-9999px"',
    'style="text-indent:-9999px"',
    'style="opacity:0"',
    'style="color:#fff"',
    'style="color:#FFFFFF"',
    'style="color: white"',
    'style="color:rgb(255, 255, 255)"',
    'style="mso-hide:all"',
    "hidden",
    'class="bak"',
    'id="old"',
]
CSS = "<style>.x{color:red} .bak , .z{display:none} #old{visibility:hidden}</style>"


def page(body: str, head: str = "") -> Document:
    return extract(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "p")


def places(document: Document, value: str = ID) -> list[Where]:
    """Where of every block or cell that holds the value."""
    found: list[Where] = []
    for block in document.blocks:
        if block.table is None:
            found += [block.where] * (value in block.text)
        else:
            found += [cell.where for cell in block.table.cells if value in cell.text]
    return found


@pytest.mark.parametrize("how", HIDING)
@pytest.mark.parametrize("tag", ["div", "p", "span"])
def test_hidden_elements(tag: str, how: str) -> None:
    document = page(f"<p>前</p><{tag} {how}>{ID}</{tag}><p>后</p>", CSS)
    assert places(document) == [Where.HIDDEN]


@pytest.mark.parametrize("how", HIDING)
def test_hidden_cells_keep_their_column(how: str) -> None:
    document = page(
        f"<table><tr><td>姓名</td><td>证号</td><td>村</td></tr>"
        f"<tr><td>张三</td><td {how}>{ID}</td><td>甲村</td></tr></table>",
        CSS,
    )
    assert places(document) == [Where.HIDDEN]
    assert places(document, "张三") == [Where.VISIBLE]
    table = document.blocks[0].table
    assert table is not None
    cell = table.grid()[1][1]
    assert cell is not None
    assert cell.text == ID


@pytest.mark.parametrize("how", HIDING)
def test_hidden_rows_and_tables(how: str) -> None:
    row = f"<tr {how}><td>张三</td><td>{ID}</td></tr>"
    first = "<tr><td>姓名</td><td>证号</td></tr>"
    assert places(page(f"<table>{first}{row}</table>", CSS)) == [Where.HIDDEN]
    whole = page(f"<table {how}>{first}<tr><td>张三</td><td>{ID}</td></tr></table>", CSS)
    assert places(whole) == [Where.HIDDEN]
    assert whole.blocks[0].where is Where.HIDDEN


def test_hidden_column_group() -> None:
    document = page(
        '<table><col><col style="display:none"><tr><td>姓名</td><td>证号</td></tr>'
        f"<tr><td>张三</td><td>{ID}</td></tr></table>"
    )
    assert places(document) == [Where.HIDDEN]
    assert places(document, "张三") == [Where.VISIBLE]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (f'<input type="hidden" name="sfz" value="{ID}">', Where.HIDDEN),
        (f"<template><p>{ID}</p></template>", Where.HIDDEN),
        (f"<noscript>{ID}</noscript>", Where.HIDDEN),
        (f"<textarea>{ID}</textarea>", Where.VISIBLE),
        (f"<iframe srcdoc='&lt;p&gt;{ID}&lt;/p&gt;'></iframe>", Where.VISIBLE),
        (f"<!-- 旧 {ID} -->", Where.COMMENT),
        (f'<div style="display:none"><!-- {ID} --></div>', Where.COMMENT),
        (f'<input value="{ID}">', Where.ATTRIBUTE),
        (f'<a title="{ID}">详情</a>', Where.ATTRIBUTE),
        (f'<img alt="{ID}">', Where.ATTRIBUTE),
        (f'<td data-sfz="{ID}">x</td>', Where.ATTRIBUTE),
        (f"<a onclick=\"show('{ID}')\">x</a>", Where.ATTRIBUTE),
        (f'<a href="/q?sfz={ID}">x</a>', Where.ATTRIBUTE),
        (f'<a href="javascript:show({ID})">x</a>', Where.ATTRIBUTE),
        (f'<option value="{ID}">x</option>', Where.ATTRIBUTE),
        (f"<script>var a = '{ID}';</script>", Where.SCRIPT),
        (f"<script>// 张三 {ID}\n</script>", Where.SCRIPT),
        (f'<meta name="description" content="{ID}">', Where.METADATA),
    ],
)
def test_every_other_place(body: str, where: Where) -> None:
    assert places(page(body)) == [where]


def test_white_letters_on_a_colour_are_seen() -> None:
    for around in (
        '<div style="background:#1a5fb4"><span style="color:#fff">{}</span></div>',
        '<table bgcolor="#003366"><tr><td><font color="#ffffff">{}</font></td></tr></table>',
        '<div class="nav-bar"><a style="color:#fff">{}</a></div>',
        '<p style="background-color:red;color:white">{}</p>',
    ):
        assert places(page(around.format(ID))) == [Where.VISIBLE]


def test_what_looks_like_hiding_is_not() -> None:
    for how in (
        'style="font-size:10px;line-height:0"',
        'style="min-height:0;margin-left:-10px"',
        'style="display:inline-block;opacity:0.9"',
        'style="border-width:0;left:0"',
        'class="shown"',
    ):
        assert places(page(f"<p {how}>{ID}</p>", CSS)) == [Where.VISIBLE]


def test_rules_for_print_do_not_hide_and_later_rules_show() -> None:
    css = "<style>@media print{.a{display:none}} .b{display:none} .b{display:block}</style>"
    assert places(page(f'<p class="a">{ID}</p>', css)) == [Where.VISIBLE]
    assert places(page(f'<p class="b">{ID}</p>', css)) == [Where.VISIBLE]
    nth = "<style>table tr td:nth-child(2){display:none}</style>"
    rows = f"<tr><td>a</td><td>{ID}</td></tr><tr><td>b</td><td>c</td></tr>"
    assert places(page(f"<table>{rows}</table>", nth)) == [Where.HIDDEN]


def test_hidden_part_of_a_visible_cell_stands_beside_it() -> None:
    document = page(
        "<table><tr><td>姓名</td><td>证号</td></tr><tr><td>张三</td>"
        f'<td>3408**********1238<span style="display:none">{ID}</span></td></tr></table>'
    )
    assert places(document) == [Where.HIDDEN]
    beside = next(b for b in document.blocks if b.table is None and ID in b.text)
    assert (beside.location.table, beside.location.row, beside.location.column) == (1, 2, 2)


def test_attribute_names_and_contact_links() -> None:
    document = page(
        '<a href="tel:13800138000">拨打</a><a href="mailto:zhang%40x.cn">信</a>'
        '<a href="/d?name=%D5%C5%C8%FD.xls">附件</a><a href="/art/2020/1/1/art_1_2.html">文</a>'
        '<div id="c12" class="title15" style="width:12345678901px">文</div>'
    )
    fields = [(b.name, b.text) for b in document.blocks if b.kind is BlockKind.FIELD]
    assert fields == [
        ("href", "tel:13800138000"),
        ("href", "mailto:zhang@x.cn"),
        ("href", "/d?name=张三.xls"),
    ]


def test_comment_with_loose_rows_is_a_table() -> None:
    document = page(f"<!-- <tr><td>张三</td><td>{ID}</td></tr><tr><td>李四</td><td>1</td></tr> -->")
    (block,) = document.blocks
    assert block.where is Where.COMMENT
    assert block.table is not None
    assert (block.table.rows, block.table.columns) == (2, 2)
    assert all(cell.where is Where.COMMENT for cell in block.table.cells)
