"""Workbooks: hidden things, merged cells, lost digits, far cells, bombs and cut files."""

import datetime
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scanner.extract import extract
from scanner.extract.xlsx import read_xlsx
from scanner.model import Block, BlockKind, Document, Where

ID = "340803199001011238"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def made(fill: Callable[[Worksheet], None]) -> Document:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "名册"
    fill(sheet)
    return extract(saved(book), "a.xls", filename="a.xls")


def with_sheet(xml: str, book: Workbook | None = None) -> bytes:
    """A real workbook whose first sheet is replaced by the given XML."""
    source = zipfile.ZipFile(io.BytesIO(saved(book or Workbook())))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in source.infolist():
            data = source.read(info.filename)
            archive.writestr(info.filename, xml if "sheet1.xml" in info.filename else data)
    return out.getvalue()


def sheet_of(rows: str, before: str = "", after: str = "") -> str:
    data = f"<sheetData>{rows}</sheetData>"
    return f'<worksheet xmlns="{MAIN}">{before}{data}{after}</worksheet>'


def cells(document: Document) -> dict[str | None, tuple[str, Where]]:
    return {
        cell.address: (cell.text, cell.where)
        for block in document.blocks
        if block.table
        for cell in block.table.cells
    }


def fields(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind is BlockKind.FIELD]


def test_rows_and_addresses() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["姓名", "证号"])
        sheet.append(["张三", ID])

    document = made(fill)
    assert cells(document)["B2"] == (ID, Where.VISIBLE)
    (table,) = [b for b in document.blocks if b.table]
    assert table.location.sheet == "名册"
    assert table.text == f"姓名\t证号\x1d张三\t{ID}"
    assert document.unread == ()


def test_hidden_rows_columns_and_letters() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["A2"] = "见", "藏列", "藏行"
        sheet["A4"], sheet["A5"], sheet["A6"] = "白字", ";;;", "白字蓝底"
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True
        sheet["A4"].font = Font(color="FFFFFFFF")
        sheet["A5"].number_format = ";;;"
        sheet["A6"].font = Font(color="FFFFFFFF")
        sheet["A6"].fill = PatternFill("solid", fgColor="FF1A5FB4")

    found = cells(made(fill))
    hidden = {address for address, (_, where) in found.items() if where is Where.HIDDEN}
    assert hidden == {"B1", "A2", "A4", "A5"}
    assert len(found) == 6


def test_zero_width_and_zero_height() -> None:
    columns = '<cols><col min="2" max="16384" width="0" customWidth="1"/></cols>'
    first = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    second = '<row r="2" ht="0" customHeight="1"><c r="A2"><v>3</v></c></row>'
    found = cells(extract(with_sheet(sheet_of(first + second, before=columns)), "a.xlsx"))
    assert {a: where for a, (_, where) in found.items()} == {
        "A1": Where.VISIBLE,
        "B1": Where.HIDDEN,
        "A2": Where.HIDDEN,
    }


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets(state: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "见"
        other = sheet.parent.create_sheet("旧名册")
        other["A1"] = ID
        other.sheet_state = state

    document = made(fill)
    block = next(b for b in document.blocks if b.location.sheet == "旧名册")
    assert block.where is Where.HIDDEN
    assert cells(document)["A1"] == (ID, Where.HIDDEN)
    assert "隐藏" in block.location.describe()


def test_merged_cells_are_spans() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["B2"], sheet["C2"] = "某镇补助名册", "姓名", "证号", "电话"
        sheet.merge_cells("A1:C1")

    (block,) = [b for b in made(fill).blocks if b.table]
    assert block.table is not None
    grid = [[cell.text if cell else None for cell in row] for row in block.table.grid()]
    assert grid == [["某镇补助名册"] * 3, ["姓名", "证号", "电话"]]


def test_text_under_merged_cells_is_hidden() -> None:
    row = f'<c r="A1" t="str"><v>标题</v></c><c r="B1" t="str"><v>{ID}</v></c>'
    merges = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    sheet = sheet_of(f'<row r="1">{row}</row>', after=merges)
    document = extract(with_sheet(sheet), "a.xlsx")
    (field,) = [b for b in fields(document) if ID in b.text]
    assert field.where is Where.HIDDEN
    assert field.location.cell == "B1"


def test_beside_the_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B1"] = "张三"
        sheet["B1"].comment = Comment("电话13800138000", "李四")
        sheet["A1"] = '=IF(B1="张三","13900139000","")'
        sheet["A2"] = "详情"
        sheet["A2"].hyperlink = "http://example.gov.cn/q?sfz=340803199001011238"
        sheet.oddFooter.center.text = "制表 王五 13700137000"
        rule = DataValidation(type="list", formula1='"赵六 13600136000,无"')
        sheet.add_data_validation(rule)
        rule.add("C1")
        book = sheet.parent
        book.defined_names["备用"] = DefinedName("备用", attr_text='"13500135000"')
        book.properties.creator = "钱七"
        book.properties.title = "名册"

    document = made(fill)
    found = {b.text: (b.where, b.location.cell) for b in fields(document)}
    assert found["电话13800138000"] == (Where.COMMENT, "B1")
    assert found["李四"][0] is Where.METADATA
    assert found["13900139000"] == (Where.HIDDEN, "A1")
    assert found["http://example.gov.cn/q?sfz=340803199001011238"] == (Where.ATTRIBUTE, "A2")
    assert found["赵六 13600136000,无"][0] is Where.HIDDEN
    assert found['备用 "13500135000"'][0] is Where.HIDDEN
    assert found["钱七"][0] is Where.METADATA
    assert any("13700137000" in text for text in found)
    assert document.meta.title == "名册"
    assert document.meta.author == "钱七"


@pytest.mark.parametrize(
    ("stored", "text", "lost"),
    [
        ("13800138000", "13800138000", False),
        ("340803900101123", "340803900101123", False),
        ("3.40803199001011E+17", "340803199001011…", True),
        ("6.2292519351213101E+17", "622925193512131…", True),
        ("6222561849770230", "622256184977023…", True),
        ("340803199001011238", "340803199001011238", False),
        ("1.38001380E+10", "13800138000", False),
        ("0.1", "0.1", False),
        ("12.300000000000001", "12.3", False),
        ("-5", "-5", False),
        ("1E-7", "0.0000001", False),
        ("1E+300", "1E+300", False),
        ("NaN", "NaN", False),
        ("x", "x", False),
    ],
)
def test_numbers_are_never_invented(stored: str, text: str, lost: bool) -> None:
    sheet = sheet_of(f"<row><c><v>{stored}</v></c></row>")
    document = extract(with_sheet(sheet), "a.xlsx")
    assert cells(document)["A1"][0] == text
    assert bool(document.unread) is lost
    if lost:
        assert "A1" in document.unread[0].what


@settings(max_examples=30)
@given(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_fifteen_digits_are_certain(number: int) -> None:
    for written in (str(number), repr(float(number))):
        sheet = sheet_of(f"<row><c><v>{written}</v></c></row>")
        document = extract(with_sheet(sheet), "a.xlsx")
        assert cells(document)["A1"][0] == str(number)
        assert document.unread == ()


def test_dates_and_leading_zeros() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = datetime.date(1990, 1, 1)
        sheet["A2"] = datetime.datetime(2024, 5, 6, 7, 8)
        sheet["A3"], sheet["A3"].number_format = 5565347099, "00000000000"
        sheet["A4"], sheet["A4"].number_format = 32874, "yyyy年m月d日"
        sheet["A5"], sheet["A5"].number_format = 13800138000, "0_ ;[Red]-0"

    found = {address: text for address, (text, _) in cells(made(fill)).items()}
    assert found == {
        "A1": "1990-01-01",
        "A2": "2024-05-06 07:08",
        "A3": "05565347099",
        "A4": "1990-01-01",
        "A5": "13800138000",
    }


def test_rich_text_runs_are_joined_and_phonetics_left_out() -> None:
    runs = "<r><t>340803</t></r><r><rPr><b/></rPr><t>19900101</t></r><r><t>1238</t></r>"
    runs += "<rPh><t>x</t></rPh>"
    sheet = sheet_of(f'<row><c t="inlineStr"><is>{runs}</is></c></row>')
    assert cells(extract(with_sheet(sheet), "a.xlsx"))["A1"][0] == ID


def test_two_far_cells_do_not_make_a_huge_grid() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "甲"
        sheet["XFD1048576"] = ID

    document = made(fill)
    (block,) = [b for b in document.blocks if b.table]
    assert block.table is not None
    assert block.table.rows * block.table.columns <= 9
    assert cells(document)["XFD1048576"][0] == ID


def test_scattered_cells_keep_their_text() -> None:
    rows = "".join(
        f'<row r="{n * 2 + 1}"><c r="{letters(n * 2 + 1)}{n * 2 + 1}"><v>{n}</v></c></row>'
        for n in range(4000)
    )
    document = extract(with_sheet(sheet_of(rows)), "a.xlsx")
    (block,) = [b for b in document.blocks if b.table]
    assert block.table is not None
    assert block.table.columns == 1
    assert len(block.table.cells) == 4000
    assert len(document.unread) == 1


def letters(number: int) -> str:
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def test_a_bomb_ends_is_named_and_does_not_hide_the_next_sheet() -> None:
    row = f'<row><c t="str"><v>{ID}</v></c></row>'
    bomb = f'<worksheet xmlns="{MAIN}"><sheetData>{row}' + " " * 4_000_000
    book = Workbook()
    book.create_sheet("次表")["A2"] = "见"
    blocks, _, unread = read_xlsx(with_sheet(bomb, book), budget=1_000_000)
    tables = [b.table for b in blocks if b.table]
    assert [t.cells[0].text for t in tables] == [ID, "见"]
    assert ["过大" in u.why for u in unread] == [True]


def test_entities_are_not_expanded() -> None:
    declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    sheet = declared + sheet_of('<row><c t="str"><v>&b;</v></c></row>')
    document = extract(with_sheet(sheet), "a.xlsx")
    assert cells(document) == {}
    assert document.unread


def test_a_cut_workbook_is_salvaged_and_said_to_be_cut() -> None:
    def fill(sheet: Worksheet) -> None:
        for number in range(400):
            sheet.append([number, ID, f"张{number}"])

    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    whole = saved(book)
    for part in (0.3, 0.6, 0.9, 0.99):
        document = extract(whole[: int(len(whole) * part)], "a.xlsx")
        assert document.unread
    assert document.blocks


def test_a_locked_or_strange_zip_part_is_named() -> None:
    whole = bytearray(with_sheet("<worksheet"))
    document = extract(bytes(whole), "a.xlsx")
    assert any("Sheet" in u.what for u in document.unread)


def test_embedded_files_are_read_and_what_is_broken_is_named() -> None:
    out = io.BytesIO(saved(Workbook()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/embeddings/inner.txt.bin", "联系人 李某 13812345678")
        archive.writestr("xl/embeddings/strange.bin", b"\x00\x01\x02\x03\x04" * 100)
    document = extract(out.getvalue(), "a.xlsx")
    found = [block for block in document.blocks if "13812345678" in block.text]
    assert found[0].where is Where.HIDDEN
    assert "inner.txt.bin" in found[0].location.describe()
    assert ["strange.bin" in miss.what for miss in document.unread] == [True]


# Made once: the file's own time stamps would differ between examples.
_SMALL = with_sheet(sheet_of("<row><c><v>1</v></c></row>"))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_bytes_never_fail(data: st.DataObject) -> None:
    whole = bytearray(_SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    document = extract(bytes(whole), "a.xlsx")
    assert document.source == "a.xlsx"


def test_a_part_in_a_coding_that_nobody_knows_leaves_the_others() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["身份证号", ID])
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(book))) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            if name == "docProps/core.xml":
                data = b'<?xml version="1.0" encoding="UTFkm"?>' + data
            after.writestr(name, data)
    document = extract(out.getvalue(), "a.xlsx")
    assert any(ID in block.text for block in document.blocks)
    assert [miss.what for miss in document.unread] == ["docprops/core.xml"]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "docProps/core.xml", "xl/comments/comment1.xml"]
)
def test_a_small_part_that_breaks_off_is_named(part: str) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["身份证号", ID])
    sheet["B1"].comment = Comment("核对过", "王建国")
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(book))) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data[: len(data) - 30] if name == part else data)
    document = extract(out.getvalue(), "a.xlsx")
    assert any(ID in block.text for block in document.blocks)
    assert part.lower() in [miss.what for miss in document.unread]
