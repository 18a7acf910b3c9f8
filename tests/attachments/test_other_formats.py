"""OFD, RTF, SpreadsheetML, OLE workbooks, pictures: places and columns."""

import io
import zlib

import pytest
from PIL import Image

from scanner.extract import extract
from scanner.extract.pictures import available
from scanner.model import Where
from tests.attachments.files import workbook, zipped
from tests.attachments.seen import block_of, column_of, where_of

MOBILE = "13800138000"


# --- OFD --------------------------------------------------------------------------------------


def words(text: str, x: float, y: float, options: str = "") -> str:
    return (
        f'<TextObject Boundary="{x} {y} 60 5" Size="3.5" {options}>'
        f'<TextCode X="0" Y="4" DeltaX="g {len(text) - 1} 2">{text}</TextCode></TextObject>'
    )


def ofd(content: str, parts: dict[str, bytes | str] | None = None, more: str = "") -> bytes:
    ns = 'xmlns="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f"<OFD {ns}><DocBody><DocInfo><Author>作者甲</Author></DocInfo>"
            "<DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>",
            "Doc_0/Document.xml": f"<Document {ns}><CommonData><PageArea>"
            "<PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData><Pages>"
            f'<Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></Pages>{more}</Document>',
            "Doc_0/Pages/Page_0/Content.xml": f"<Page {ns}><Content>{content}</Content></Page>",
            **(parts or {}),
        }
    )


def test_ofd_places() -> None:
    black = '<PathObject Boundary="8 58 80 9" Fill="true"><FillColor Value="0 0 0"/></PathObject>'
    content = (
        f"<Layer>{words('13100131000', 10, 20)}{words('13200132000', 10, 60)}{black}"
        + words("13300133000", 10, 80, 'Visible="false"')
        + words("13400134000", 10, 100, 'Alpha="0"')
        + words("13500135000", 10, 400)
        + "</Layer>"
    )
    document = extract(ofd(content), "a.ofd")
    assert where_of(document, "13100131000") is Where.VISIBLE
    for value in ("13200132000", "13300133000", "13400134000", "13500135000"):
        assert where_of(document, value) is Where.HIDDEN, value
    assert "黑色遮挡块下方" in block_of(document, "13200132000").location.describe()
    assert where_of(document, "作者甲") is Where.METADATA


def test_ofd_table_and_attachment() -> None:
    cells = "".join(
        words(text, x, 20 + 8 * n)
        for n, line in enumerate([("序号", "手机"), ("1", MOBILE), ("2", "13900139000")])
        for text, x in zip(line, (10, 60), strict=True)
    )
    parts: dict[str, bytes | str] = {
        "Doc_0/Attachs/Attachments.xml": '<Attachments><Attachment Name="名册">'
        "<FileLoc>a.xlsx</FileLoc></Attachment></Attachments>",
        "Doc_0/Attachs/a.xlsx": workbook(["姓名", "手机"], ["张三", "13600136000"]),
    }
    more = "<Attachments>Attachs/Attachments.xml</Attachments>"
    document = extract(ofd(f"<Layer>{cells}</Layer>", parts, more), "a.ofd")
    assert column_of(document, MOBILE) == column_of(document, "13900139000") == 1
    assert column_of(document, "13600136000") == 1


def test_ofd_sizes_in_small_letters() -> None:
    cells = "".join(
        f'<TextObject Boundary="{x} {20 + 3 * n} {len(text)} 1" size="1"><TextCode X="0" Y="1" '
        f'DeltaX="g {len(text) - 1} 0.5">{text}</TextCode></TextObject>'
        for n, line in enumerate([("序号", "手机"), ("1", MOBILE), ("2", "13900139000")])
        for text, x in zip(line, (10, 12.5), strict=True)
    )
    document = extract(ofd(f"<Layer>{cells}</Layer>"), "a.ofd")
    assert column_of(document, MOBILE) == column_of(document, "13900139000") == 1


# --- RTF --------------------------------------------------------------------------------------


def rtf(body: str) -> bytes:
    head = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}"
    return (head + r"{\colortbl;\red255\green255\blue255;}" + body + "}").encode("gbk")


@pytest.mark.parametrize("look", [r"\v", r"\cf1", r"\fs2", r"\deleted"])
def test_rtf_hidden_text(look: str) -> None:
    document = extract(rtf(rf"\pard \'b5\'e7\'bb\'b0 {{{look} {MOBILE}}}\par"), "a.rtf")
    assert where_of(document, MOBILE) is Where.HIDDEN
    assert where_of(document, "电话") is Where.VISIBLE


def test_rtf_table_and_unicode_letters() -> None:
    body = "".join(
        rf"\trowd\cellx100\cellx200\pard\intbl {a}\cell {b}\cell\row"
        for a, b in ((r"\u22995?\u21517?", "tel"), ("x", MOBILE), ("y", "13900139000"))
    )
    document = extract(rtf(body + r"\pard end\par"), "a.rtf")
    assert column_of(document, MOBILE) == column_of(document, "13900139000") == 1
    assert column_of(document, "姓名") == 0


def test_rtf_header_note_and_field_code() -> None:
    body = (
        r"{\header 13100131000\par}\pard text{\footnote 13200132000\par}"
        r"{\field{\*\fldinst QUOTE 13300133000}{\fldrslt 13400134000}}\par"
    )
    document = extract(rtf(body), "a.rtf")
    assert "页眉" in block_of(document, "13100131000").location.describe()
    assert where_of(document, "13200132000") is Where.VISIBLE
    assert where_of(document, "13300133000") is Where.HIDDEN
    assert where_of(document, "13400134000") is Where.VISIBLE


# --- one-file XML ------------------------------------------------------------------------------


def test_rtf_marks_of_comments_and_bookmarks_are_no_text() -> None:
    body = (
        r"\'b5\'e7\'bb\'b0{\*\bkmkstart _Go}{{\*\atrfstart 0}\loch 138001}{\*\bkmkend _Go}"
        r"38000{\*\atrfend 0}{\*\atnid 3}{\*\annotation{\*\atndate -1477715583}"
        r" 13900139000}\par{\*\bkmkstart a13700137000}\par"
    )
    document = extract(rtf(body), "a.rtf")
    assert block_of(document, MOBILE).text == f"电话{MOBILE}"
    assert where_of(document, "13900139000") is Where.COMMENT
    assert not any("1477715583" in block.text for block in document.blocks)
    assert where_of(document, "13700137000") is Where.METADATA


def test_spreadsheetml() -> None:
    def row(options: str, *texts: str) -> str:
        cells = "".join(f'<Cell><Data ss:Type="String">{t}</Data></Cell>' for t in texts)
        return f"<Row {options}>{cells}</Row>"

    body = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名册">'
        f"<Table>{row('', '姓名', '手机')}{row('', '张三', MOBILE)}"
        f"{row('ss:Hidden=' + chr(34) + '1' + chr(34), '李四', '13900139000')}</Table></Worksheet>"
        "</Workbook>"
    )
    document = extract(body.encode(), "a.xls")
    assert column_of(document, MOBILE) == 1
    assert block_of(document, MOBILE).location.sheet == "名册"
    assert where_of(document, "13900139000") is Where.HIDDEN


# --- pictures ---------------------------------------------------------------------------------


def test_where_a_photo_was_taken() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Zhang 13800138000"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 30.0, 0.0), 3: "E", 4: (117.0, 15.0, 0.0)})
    out = io.BytesIO()
    Image.new("RGB", (30, 30), "white").save(out, "JPEG", exif=exif)
    document = extract(out.getvalue(), "a.jpg")
    assert where_of(document, MOBILE) is Where.METADATA
    assert where_of(document, "31.500000,117.250000") is Where.METADATA


def test_a_huge_picture_is_refused() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    head = (60_000).to_bytes(4, "big") * 2 + b"\x01\x00\x00\x00\x00"
    body = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
    document = extract(body + chunk(b"IEND", b""), "a.png")
    assert "过大" in document.unread[0].why


def test_a_picture_without_the_extra_names_it() -> None:
    image = Image.linear_gradient("L")
    out = io.BytesIO()
    image.save(out, "PNG")
    document = extract(out.getvalue(), "a.png")
    named = [miss.why for miss in document.unread]
    assert named == ([] if available() else ["图片未读：请安装 privacy-sweep[ocr]"])
