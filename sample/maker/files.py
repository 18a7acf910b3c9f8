"""Attachments, written part by part so that the same seed gives the same bytes everywhere.

The office formats are zips of XML; members are stored, not deflated, and carry one fixed date,
because a deflater's output may differ from one zlib to the next.
"""

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from xml.sax.saxutils import escape

_WHEN = (2026, 9, 1, 9, 30, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"


def _zip(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.external_attr = 0o644 << 16
            archive.writestr(info, text.encode("utf-8"))
    return out.getvalue()


def _content_types(overrides: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Override PartName="{part}" ContentType="{_TYPES}.{kind}+xml"/>'
        for part, kind in overrides.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def column_letter(index: int) -> str:
    """The letter of a column counted from 0 (A to Z only)."""
    return chr(ord("A") + index)


def _sheet_xml(rows: Sequence[Sequence[str]], hidden: Collection[int]) -> str:
    columns = "".join(
        f'<col min="{c + 1}" max="{c + 1}" width="20" hidden="1"/>' for c in sorted(hidden)
    )
    body = ""
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{column_letter(c)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for c, text in enumerate(row)
        )
        body += f'<row r="{number}">{cells}</row>'
    return (
        f'{_XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{body}</sheetData></worksheet>"
    )


def xlsx(
    sheets: Sequence[tuple[str, Sequence[Sequence[str]]]],
    *,
    hidden_columns: Mapping[str, Collection[int]] | None = None,
    hidden_sheets: Collection[str] = (),
) -> bytes:
    """A workbook. Every cell is text; columns (from 0) and sheets may be hidden."""
    hidden = hidden_columns or {}
    overrides = {"/xl/workbook.xml": "spreadsheetml.sheet.main"}
    parts: dict[str, str] = {}
    listed = ""
    for number, (name, rows) in enumerate(sheets, 1):
        part = f"xl/worksheets/sheet{number}.xml"
        overrides[f"/{part}"] = "spreadsheetml.worksheet"
        parts[part] = _sheet_xml(rows, hidden.get(name, ()))
        state = ' state="hidden"' if name in hidden_sheets else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'
    workbook = (
        f'{_XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    )
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    return _zip(
        {
            "[Content_Types].xml": _content_types(overrides),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": workbook,
            "xl/_rels/workbook.xml.rels": _relations(targets),
            **parts,
        }
    )


def docx(texts: Sequence[str]) -> bytes:
    """A document of plain paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in texts)
    document = (
        f"{_XML}<w:document "
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    main = {"/word/document.xml": "wordprocessingml.document.main"}
    return _zip(
        {
            "[Content_Types].xml": _content_types(main),
            "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
            "word/document.xml": document,
        }
    )


def csv(rows: Sequence[Sequence[str]], encoding: str) -> bytes:
    """Comma-separated rows with Windows line ends, as the office suites export them."""
    return "".join(",".join(row) + "\r\n" for row in rows).encode(encoding)


def pdf(lines: Sequence[str]) -> bytes:
    """One page of text in a font that every reader has (STSong, UCS-2)."""
    text = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in lines)
    stream = f"BT /F1 14 Tf 22 TL 60 760 Td\n{text}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        "/Resources << /Font << /F1 4 0 R >> >> /Contents 6 0 R >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light "
        "/Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    out = "%PDF-1.4\n"
    offsets = []
    for number, text_ in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text_}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("ascii")
