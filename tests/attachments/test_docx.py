"""DOCX: every place where Word keeps text, and tables with their columns."""

import pytest

from scanner.extract import extract
from scanner.model import Where
from tests.attachments.files import docx, paragraph, row, run, story, workbook, zipped
from tests.attachments.seen import block_of, column_of, where_of

MOBILE = "13800138000"


def read(body: str, parts: dict[str, bytes | str] | None = None):
    return extract(docx(body, parts), "a.docx")


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="000000" w:themeColor="background1"/>',
        '<w:sz w:val="2"/>',
    ],
)
def test_text_that_word_does_not_show(properties: str) -> None:
    document = read(paragraph(run("联系方式："), run(MOBILE, properties)))
    assert where_of(document, MOBILE) is Where.HIDDEN
    assert where_of(document, "联系方式") is Where.VISIBLE


def test_white_letters_on_a_fill_are_seen() -> None:
    look = '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="4472C4"/>'
    assert where_of(read(paragraph(run(MOBILE, look))), MOBILE) is Where.VISIBLE


def test_a_style_hides_as_its_base_says() -> None:
    styles = story(
        "styles",
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Sub"><w:basedOn w:val="Base"/></w:style>',
    )
    body = paragraph(run(MOBILE, '<w:rStyle w:val="Sub"/>'))
    assert where_of(read(body, {"word/styles.xml": styles}), MOBILE) is Where.HIDDEN


def test_tracked_changes() -> None:
    body = (
        paragraph(f"<w:del><w:r><w:delText>{MOBILE}</w:delText></w:r></w:del>", run("正文"))
        + paragraph(f"<w:ins>{run('13900139000')}</w:ins>")
    )  # fmt: skip
    document = read(body)
    assert where_of(document, MOBILE) is Where.HIDDEN
    assert "修订" in block_of(document, MOBILE).location.describe()
    assert where_of(document, "13900139000") is Where.VISIBLE


def test_a_number_in_bold_pieces_is_one_number() -> None:
    document = read(paragraph(run("138"), run("0013", "<w:b/>"), run("8000")))
    assert MOBILE in block_of(document, MOBILE).text


def test_field_code_and_result() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>QUOTE {MOBILE}</w:instrText></w:r>"
    body = paragraph(
        mark.format("begin"), code, mark.format("separate"), run("13900139000"), mark.format("end")
    )
    document = read(body)
    assert where_of(document, MOBILE) is Where.HIDDEN
    assert where_of(document, "13900139000") is Where.VISIBLE


def test_table_with_spans_keeps_its_columns() -> None:
    merged = (
        "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + paragraph(run("申请人"))
        + "</w:tc><w:tc>" + paragraph(run("手机")) + "</w:tc></w:tr>"
    )  # fmt: skip
    body = f"<w:tbl>{merged}{row('1', '张三', MOBILE)}{row('2', '李四', '13900139000')}</w:tbl>"
    document = read(body)
    assert column_of(document, MOBILE) == column_of(document, "13900139000") == 2
    assert column_of(document, "手机") == 2


def test_vertical_merges_span_rows() -> None:
    def cell(text: str, merge: str) -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(run(text))}</w:tc>"

    body = (
        "<w:tbl><w:tr>" + cell("一组", '<w:vMerge w:val="restart"/>') + cell("张三", "")
        + "</w:tr><w:tr>" + cell("", "<w:vMerge/>") + cell("李四", "") + "</w:tr></w:tbl>"
    )  # fmt: skip
    table = block_of(read(body), "一组").table
    assert table is not None
    grid = table.grid()
    assert grid[0][0] is grid[1][0]
    assert [line[1].text for line in grid if line[1] is not None] == ["张三", "李四"]


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph(run(MOBILE))}</w:txbxContent>"
    body = paragraph(
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr='电话 13900139000'/>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = read(body)
    assert where_of(document, MOBILE) is Where.VISIBLE
    assert where_of(document, "13900139000") is Where.ATTRIBUTE


def test_parts_beside_the_body() -> None:
    parts: dict[str, bytes | str] = {
        "word/header1.xml": story("hdr", paragraph(run("13100131000"))),
        "word/footnotes.xml": story(
            "footnotes", f"<w:footnote>{paragraph(run('13200132000'))}</w:footnote>"
        ),
        "word/comments.xml": story(
            "comments",
            f'<w:comment w:author="批注人甲">{paragraph(run("13300133000"))}</w:comment>',
        ),
        "word/settings.xml": story(
            "settings", '<w:docVars><w:docVar w:name="n" w:val="13400134000"/></w:docVars>'
        ),
        "customXml/item1.xml": "<root><person>13500135000</person></root>",
        "docProps/core.xml": "<p><creator>作者乙</creator></p>",
    }
    document = read(paragraph(run("正文")), parts)
    assert where_of(document, "13100131000") is Where.VISIBLE
    assert "页眉" in block_of(document, "13100131000").location.describe()
    assert where_of(document, "13200132000") is Where.VISIBLE
    assert where_of(document, "13300133000") is Where.COMMENT
    assert where_of(document, "批注人甲") is Where.METADATA
    assert where_of(document, "13400134000") is Where.HIDDEN
    assert where_of(document, "13500135000") is Where.METADATA
    assert where_of(document, "作者乙") is Where.METADATA


def test_an_embedded_workbook_keeps_its_sheet_and_columns() -> None:
    inner = workbook(["姓名", "手机"], ["张三", MOBILE])
    document = read(paragraph(run("正文")), {"word/embeddings/book.xlsx": inner})
    block = block_of(document, MOBILE)
    assert block.where is Where.HIDDEN
    assert block.location.sheet == "名册"
    assert "book.xlsx" in block.location.describe()
    assert column_of(document, MOBILE) == 1


def test_a_cut_docx_gives_what_is_left_and_says_so() -> None:
    whole = docx(paragraph(run(MOBILE)), {"word/header1.xml": story("hdr", paragraph(run("尾")))})
    document = extract(whole[: len(whole) - 150], "a.docx")
    assert where_of(document, MOBILE) is Where.VISIBLE
    assert document.unread


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "13800138000"><!ENTITY b "&a;&a;&a;">]><d>&b;&b;</d>'
    parts: dict[str, bytes | str] = {"[Content_Types].xml": "<Types/>", "word/document.xml": bomb}
    document = extract(zipped(parts), "a.docx")
    assert MOBILE * 2 not in document.text
    assert document.unread


def test_a_drawing_that_is_no_xml_is_read_all_the_same() -> None:
    # Excel and Word write `<br>` into the text of old drawings without closing it.
    box = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><div>经办人<br>'
        f"<font>电话 {MOBILE}</font></div></v:textbox></v:shape></xml>"
    )
    document = read(paragraph(run("正文")), {"word/vmldrawing9.vml": box})
    assert where_of(document, MOBILE) is Where.HIDDEN
    assert document.unread == ()


def test_a_drawing_that_breaks_off_is_told() -> None:
    box = f"<xml><shape><div>电话 {MOBILE}<br></div><div>住址 上湾"
    document = read(paragraph(run("正文")), {"word/vmldrawing9.vml": box})
    assert where_of(document, MOBILE) is Where.HIDDEN
    assert [u.what for u in document.unread] == ["word/vmldrawing9.vml"]


def test_a_part_with_a_document_type_is_read() -> None:
    data = f'<!DOCTYPE data SYSTEM "http://127.0.0.1:9/a.dtd"><data><tel>电话 {MOBILE}</tel></data>'
    document = read(paragraph(run("正文")), {"customXml/item9.xml": data})
    assert where_of(document, MOBILE) is Where.METADATA
    bomb = f'<!DOCTYPE d [<!ENTITY a "电话 {MOBILE}">]><d><tel>&a;</tel></d>'
    document = read(paragraph(run("正文")), {"customXml/item9.xml": bomb})
    assert [u.what for u in document.unread] == ["customxml/item9.xml"]


def test_names_that_a_damaged_part_makes_up_do_no_harm() -> None:
    part = f'<a:b xmlns:a="urn:x"><q:w:e r:t:note="电话 {MOBILE}"><z:u:i>字</z:u:i></a:b>'
    document = read(paragraph(run("正文")), {"word/vmldrawing9.vml": part})
    assert where_of(document, MOBILE) is Where.HIDDEN
