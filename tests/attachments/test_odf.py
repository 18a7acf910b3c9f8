"""OpenDocument: tables with their addresses, what is hidden, notes, deletions, one-XML files."""

import pytest

from scanner.extract import extract
from scanner.model import Document, Where
from tests.attachments.files import zipped
from tests.attachments.seen import block_of, column_of, where_of

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
        ("presentation", "presentation"), ("meta", "meta"), ("number", "datastyle"),
    )
)  # fmt: skip
_NAMES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
FIRST, SECOND, THIRD, FOURTH = "13100131000", "13200132000", "13300133000", "13400134000"


def odf(
    kind: str, body: str, styles: str = "", parts: dict[str, bytes | str] | None = None
) -> bytes:
    """A zipped OpenDocument file."""
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}",
                   "content.xml": content, **(parts or {})})  # fmt: skip


def cell(words: str, options: str = "") -> str:
    return f"<table:table-cell {options}><text:p>{words}</text:p></table:table-cell>"


def read(kind: str, body: str, styles: str = "", **parts: str) -> Document:
    named = {name.replace("_", "."): part for name, part in parts.items()}
    return extract(odf(kind, body, styles, named), "a.bin")


def test_sheets_keep_addresses_and_say_what_is_hidden() -> None:
    styles = (
        '<style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="pale" style:family="table-cell">'
        '<style:text-properties fo:color="#ffffff"/></style:style>'
    )
    pale = cell(FOURTH, 'table:style-name="pale"')
    body = (
        '<table:table table:name="名册">'
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        f"<table:table-row>{cell('姓名')}{cell('手机号')}{cell('备用')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f"<table:table-row>{cell('张三')}{cell(FIRST)}{cell(SECOND)}</table:table-row>"
        f'<table:table-row table:visibility="filter">{cell("李四")}{cell(THIRD)}</table:table-row>'
        f"<table:table-row>{cell('王五')}{pale}"
        "</table:table-row></table:table>"
        '<table:table table:name="暗" table:style-name="off">'
        f"<table:table-row>{cell('13500135000')}</table:table-row></table:table>"
    )
    document = read("spreadsheet", body, styles)
    table = block_of(document, FIRST).table
    assert table is not None
    addresses = {c.text: (c.address, c.where, c.note) for c in table.cells}
    assert addresses[FIRST] == ("B5", Where.VISIBLE, None)
    assert addresses[SECOND] == ("C5", Where.HIDDEN, "（隐藏列）")
    assert addresses[THIRD] == ("B6", Where.HIDDEN, "（隐藏行）")
    assert addresses[FOURTH][:2] == ("B7", Where.HIDDEN)
    assert where_of(document, "13500135000") is Where.HIDDEN
    assert "隐藏工作表" in block_of(document, "13500135000").location.describe()
    assert not document.unread


def test_a_comment_a_link_and_a_rule_of_a_sheet() -> None:
    comment = f"<dc:creator>赵一</dc:creator><text:p>{FIRST}</text:p>"
    note = f"<office:annotation>{comment}</office:annotation>"
    link = f'<text:p><text:a xlink:href="http://a.cn/?t={SECOND}">查询</text:a></text:p>'
    body = (
        f'<table:content-validations><table:content-validation table:condition="oneOf(&quot;{THIRD}'
        '&quot;)"/></table:content-validations><table:table table:name="表"><table:table-row>'
        f"<table:table-cell>{note}<text:p>甲</text:p></table:table-cell>"
        f"<table:table-cell>{link}</table:table-cell></table:table-row></table:table>"
    )
    document = read("spreadsheet", body)
    assert where_of(document, FIRST) is Where.COMMENT
    assert block_of(document, FIRST).location.cell == "A1"
    assert where_of(document, SECOND) is Where.ATTRIBUTE
    assert where_of(document, THIRD) is Where.HIDDEN


def test_a_text_with_a_table_hidden_words_and_a_deletion() -> None:
    styles = (
        '<style:style style:name="none" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    row = f"<table:table-row>{cell('张三')}{cell(FIRST)}</table:table-row>"
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"<text:p>{SECOND}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        f'<text:p>电话<text:span text:style-name="none">{THIRD}</text:span></text:p>'
        f"<table:table><table:table-row>{cell('姓名')}{cell('手机')}</table:table-row>{row}"
        "</table:table>"
    )
    page = (
        f"<office:document-styles {_NAMES}><office:master-styles><style:master-page>"
        f"<style:footer><text:p>{FOURTH}</text:p></style:footer></style:master-page>"
        "</office:master-styles></office:document-styles>"
    )
    document = read("text", body, styles, styles_xml=page)
    assert column_of(document, FIRST) == 1
    assert "已删除" in block_of(document, SECOND).location.describe()
    assert where_of(document, SECOND) is Where.HIDDEN
    assert where_of(document, THIRD) is Where.HIDDEN
    assert "页脚" in block_of(document, FOURTH).location.describe()


def test_slides_with_notes_and_a_hidden_one() -> None:
    styles = (
        '<style:style style:name="off" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )

    def frame(words: str, place: str = "") -> str:
        box = f"<draw:text-box><text:p>{words}</text:p></draw:text-box>"
        return f"<draw:frame {place}>{box}</draw:frame>"

    beside = frame(THIRD, 'svg:x="-9in" svg:width="2in"')
    body = (
        f"<draw:page>{frame(FIRST)}{beside}"
        f"<presentation:notes>{frame(SECOND)}</presentation:notes></draw:page>"
        f'<draw:page draw:style-name="off">{frame(FOURTH)}</draw:page>'
    )
    document = read("presentation", body, styles)
    assert where_of(document, FIRST) is Where.VISIBLE
    assert {where_of(document, v) for v in (SECOND, THIRD, FOURTH)} == {Where.HIDDEN}


def test_one_xml_is_read_like_a_zipped_one() -> None:
    body = (
        f'<?xml version="1.0"?><office:document {_NAMES}><office:body><office:spreadsheet>'
        f'<table:table table:name="表"><table:table-row>{cell("张三")}{cell(FIRST)}'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document>"
    )
    document = extract(body.encode(), "a.xml")
    assert column_of(document, FIRST) == 1
    assert not document.unread


@pytest.mark.parametrize("part", [0.4, 0.8])
def test_a_cut_file_says_so(part: float) -> None:
    whole = odf("text", f"<text:p>{FIRST}</text:p>" * 400)
    assert extract(whole[: int(len(whole) * part)], "a.odt").unread


def test_cells_repeated_without_end_are_bounded() -> None:
    endless = cell(FIRST, 'table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{endless}</table:table-row>'
    document = read("spreadsheet", f'<table:table table:name="表">{row * 4}</table:table>')
    table = document.blocks[0].table
    assert table is not None
    assert 0 < len(table.cells) <= 4000
    assert not document.unread
