"""Documents as offices publish them: a notice of one page and a table of people, of invented data.

Each is made with the means that the project has: openpyxl, pikepdf, and the parts of a DOCX.
"""

import io
import zipfile
from collections.abc import Sequence

import pikepdf
from openpyxl import Workbook

from sample.maker.values import People

HEADER = ("序号", "姓名", "身份证号码", "联系电话", "开户账号", "金额（元）")
_TITLE = "关于2026年第三批补助资金发放情况的公示"
_PROSE = (
    "各乡镇人民政府、街道办事处，市直各有关单位：",
    "根据有关文件精神，经个人申请、村级评议、镇级审核、市级复核，现将拟发放名单予以公示，"
    "公示期为七个工作日。",
    "公示期间，如对公示对象有异议，请以书面形式向本单位反映，并提供必要的证据材料。",
)
_NAMES = 500  # people of one maker: it has a few thousand names
_LINE = 38  # letters of a line of prose
_WIDTHS = (36, 60, 130, 90, 140, 60)  # points
_LEFT, _TOP, _STEP = 40, 800, 20  # points
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def people(count: int, seed: int) -> list[list[str]]:
    """The header and `count` rows."""
    makers = People(seed)
    rows = [list(HEADER)]
    for number in range(1, count + 1):
        if number % _NAMES == 0:
            makers = People(seed + number)  # no name comes twice from one maker
        person = makers.person()
        money = f"{300 + makers.number(900)}.00"
        rows.append(
            [str(number), person.name, person.id_card, person.mobile, person.bank_card, money]
        )
    return rows


def xlsx(rows: Sequence[Sequence[str]], *, prose: bool = True) -> bytes:
    """A workbook of one sheet: title, table, a line below it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    if prose:
        sheet.append([_TITLE])
    for row in rows:
        sheet.append(list(row))
    if prose:
        sheet.append([_PROSE[2]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def docx(rows: Sequence[Sequence[str]]) -> bytes:
    """A text document: title, prose, table."""
    table = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    body = "".join(map(_paragraph, (_TITLE, *_PROSE))) + f"<w:tbl>{table}</w:tbl>"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _paragraph(words: str) -> str:
    font = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:sz w:val="24"/></w:rPr>'
    return f"<w:p><w:pPr><w:spacing/></w:pPr><w:r>{font}<w:t>{words}</w:t></w:r></w:p>"


def pdf(rows: Sequence[Sequence[str]], *, ruled: bool = True) -> bytes:
    """Title, prose and table, as many pages as it takes; the header stands on the first one."""
    document = pikepdf.new()
    font = document.make_indirect(_font())
    left = list(rows)
    lines = [_TITLE, *(p[at : at + _LINE] for p in _PROSE for at in range(0, len(p), _LINE))]
    while left or lines:
        top = _TOP
        content: list[str] = []
        for line in lines:
            content.append(_words(line, _LEFT, top))
            top -= _STEP
        lines = []
        fits = (top - 40) // _STEP
        page, left = left[:fits], left[fits:]
        content.extend(_table(page, top, ruled=ruled))
        document.add_blank_page(page_size=(595, 842))
        added = document.pages[-1]
        added.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        added.obj.Contents = document.make_stream("\n".join(content).encode())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(rows: Sequence[Sequence[str]], top: int, *, ruled: bool) -> list[str]:
    edges = [_LEFT + sum(_WIDTHS[:n]) for n in range(len(_WIDTHS) + 1)]
    out: list[str] = []
    for number, row in enumerate(rows):
        y = top - _STEP * number
        out.extend(_words(cell, edges[at] + 4, y - 14) for at, cell in enumerate(row))
    if ruled and rows:
        bottom = top - _STEP * len(rows)
        levels = range(top, bottom - 1, -_STEP)
        out.append("0.5 w")
        out.extend(f"{edges[0]} {y} m {edges[-1]} {y} l S" for y in levels)
        out.extend(f"{x} {top} m {x} {bottom} l S" for x in edges)
    return out


def _words(words: str, x: int, y: int) -> str:
    return f"BT /F1 10 Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET"


def _font() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/STSong-Light"), Encoding=pikepdf.Name("/UniGB-UCS2-H"),
        DescendantFonts=[
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0,
                BaseFont=pikepdf.Name("/STSong-Light"), DW=1000, W=[1, 95, 500],
                CIDSystemInfo=pikepdf.Dictionary(
                    Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=2
                ),
            )
        ],
    )  # fmt: skip
