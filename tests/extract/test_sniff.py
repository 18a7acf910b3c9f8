"""The content decides the format; every format ends as read or as named."""

import io
import zipfile

import pytest

from scanner.extract import Format, extract, sniff
from scanner.lang import set_lang


def zip_of(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CASES = [
    (b"%PDF-1.7\n", Format.PDF),
    (b"\n\n%PDF-1.4\n", Format.PDF),
    (b"{\\rtf1\\ansi 340803}", Format.RTF),
    (b"7z\xbc\xaf\x27\x1c\x00\x04", Format.SEVEN_ZIP),
    (b"Rar!\x1a\x07\x01\x00", Format.RAR),
    (b"\x89PNG\r\n\x1a\n\x00", Format.PNG),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", Format.JPEG),
    (b"II*\x00\x08\x00\x00\x00", Format.TIFF),
    (b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00" + bytes(20), Format.BMP),
    (OLE + "Workbook".encode("utf-16-le"), Format.XLS),
    (OLE + "WordDocument".encode("utf-16-le"), Format.DOC),
    (OLE + "PowerPoint Document".encode("utf-16-le"), Format.PPT),
    (OLE + "EncryptedPackage".encode("utf-16-le"), Format.ENCRYPTED),
    (zip_of("[Content_Types].xml", "word/document.xml"), Format.DOCX),
    (zip_of("[Content_Types].xml", "ppt/presentation.xml"), Format.PPTX),
    (zip_of("[Content_Types].xml", "xl/workbook.xml"), Format.XLSX),
    (zip_of("OFD.xml", "Doc_0/Document.xml"), Format.OFD),
    (zip_of("名单.txt"), Format.ZIP),
    (b"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nx", Format.EML),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n", Format.MHT),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
     Format.SPREADSHEETML),
    (b"\x00\x01\x02\x03\x04" * 100, Format.BINARY),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "kind"), CASES, ids=[kind.value + str(n) for n, (_, kind) in enumerate(CASES)]
)
def test_format_by_content_whatever_the_name(body: bytes, kind: Format) -> None:
    assert sniff(body, filename="a.html", content_type="text/plain") is kind


@pytest.mark.parametrize(
    "body", [body for body, kind in CASES if kind not in (Format.XLSX, Format.EML, Format.MHT)]
)
def test_a_file_that_gives_nothing_says_so(body: bytes) -> None:
    """Bytes that only begin like a format: something read, or what was not."""
    document = extract(body, "附件.bin")
    assert document.unread or document.blocks


def test_a_format_without_a_reader_is_named() -> None:
    set_lang("en")
    try:
        document = extract(b"MZ\x90\x00" + b"\x00" * 60, "附件.bin")
    finally:
        set_lang("zh")
    assert [miss.why for miss in document.unread] == ["not read yet: program"]


def test_a_cut_office_file_is_still_known() -> None:
    whole = zip_of("[Content_Types].xml", "word/document.xml", "word/styles.xml")
    assert sniff(whole[: len(whole) * 6 // 10]) is Format.DOCX


def test_html_under_an_excel_name() -> None:
    rows = "<tr><td>姓名</td><td>电话</td></tr><tr><td>张三</td><td>13800138000</td></tr>"
    body = f"<html><table>{rows}</table></html>"
    document = extract(
        body.encode("gbk"), "名册.xls", filename="名册.xls", content_type="application/vnd.ms-excel"
    )
    assert document.media_type == "text/html"
    assert document.blocks[0].table is not None
    assert document.unread == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x00",
        b" \r\n",
        b"<",
        b"<!",
        b"<!--",
        b"<table",
        b"</",
        b"{",
        b"[",
        b"PK\x03\x04",
        b"<?xml ?>",
    ],
)
def test_scraps_never_fail(body: bytes) -> None:
    document = extract(body, "x")
    assert document.text == "\x1e".join(block.text for block in document.blocks)


def test_json_answer_of_an_interface_is_read() -> None:
    body = '{"rows":[{"xm":"张三","sj":"13800138000"},{"xm":"李四","sj":"13900139000"}],"total":2}'
    document = extract(body.encode(), "x", content_type="application/json")
    assert document.blocks[0].table is not None
    assert document.blocks[0].table.rows == 3
