"""PPTX: slides, notes, what stands beside the slide, tables."""

from scanner.extract import extract
from scanner.model import Where
from tests.attachments.files import pptx, shape
from tests.attachments.seen import block_of, column_of, where_of

MOBILE = "13800138000"
_WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def test_what_the_audience_sees_and_what_not() -> None:
    document = extract(
        pptx(
            [
                shape("咨询电话 13100131000") + shape("13200132000", x=9_200_000)
                + shape("13300133000", properties=_WHITE),
                f'show="0"|{shape(MOBILE)}',
            ]
        ),
        "a.pptx",
    )  # fmt: skip
    assert where_of(document, "13100131000") is Where.VISIBLE
    assert where_of(document, "13200132000") is Where.HIDDEN
    assert where_of(document, "13300133000") is Where.HIDDEN
    assert where_of(document, MOBILE) is Where.HIDDEN
    assert block_of(document, MOBILE).location.page == 2
    assert "隐藏幻灯片" in block_of(document, MOBILE).location.describe()


def test_notes_belong_to_their_slide() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/notesSlide"
    links = f'<R><Relationship Id="n" Type="{kind}" Target="../notesSlides/notesSlide1.xml"/></R>'
    notes = (
        '<p:notes xmlns:p="urn:p" ' + _A + f"><p:cSld><p:spTree>{shape(MOBILE)}</p:spTree></p:cSld>"
        "</p:notes>"
    )
    parts: dict[str, bytes | str] = {
        "ppt/slides/_rels/slide1.xml.rels": links,
        "ppt/notesSlides/notesSlide1.xml": notes,
    }
    block = block_of(extract(pptx([shape("标题")], parts), "a.pptx"), MOBILE)
    assert (block.location.page, block.where) == (1, Where.HIDDEN)


def test_tables_keep_their_columns() -> None:
    def cell(text: str) -> str:
        return f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"

    rows = [("姓名", "手机"), ("张三", MOBILE), ("李四", "13900139000")]
    lines = "".join(f"<a:tr>{''.join(map(cell, line))}</a:tr>" for line in rows)
    frame = f"<p:graphicFrame><a:graphic><a:tbl>{lines}</a:tbl></a:graphic></p:graphicFrame>"
    document = extract(pptx([frame]), "a.pptx")
    assert column_of(document, MOBILE) == column_of(document, "13900139000") == 1
    assert block_of(document, MOBILE).location.page == 1
