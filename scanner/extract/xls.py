"""XLS and ET (BIFF8): cells by xlrd with what hides them; other records by a walk of the stream."""

import struct
from collections.abc import Iterator
from io import StringIO

import xlrd  # type: ignore[import-untyped]
from xlrd.sheet import Sheet as XlsSheet  # type: ignore[import-untyped]

from scanner.extract.encrypted import read_encrypted
from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.ole import Container
from scanner.extract.plain import holds_digits, runs
from scanner.extract.text import holds_data, one_line
from scanner.extract.xlsx_grid import to_table
from scanner.extract.xlsx_sheet import RawCell, Sheet, column_letters, why_hidden
from scanner.extract.xlsx_styles import PLAIN, Format, format_of, number_text
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, Unread, Where

_CONTINUE, _TXO = 0x3C, 0x1B6
_DRAWINGS = 0xEB
_HEADERS = frozenset((0x14, 0x15))
_WHITE = frozenset((1, 9))  # indexes of the palette
# Records beside the cells whose texts are shown nowhere, or only on asking.
_SWEPT = {
    0x06: ("公式", "formula"),
    0x18: ("名称", "defined name"),
    0x1BE: ("数据有效性", "data validation"),
    0x1B8: ("超链接", "hyperlink"),
    0x800: ("超链接提示", "hyperlink tip"),
    0x5A: ("外部引用缓存", "external cache"),
    0xCD: ("透视缓存", "pivot cache"),
    0x1C: ("批注", "comment"),
}
_MAX_FOUND = 20_000
_KNOWN = frozenset(("Workbook", "Book", "\x01CompObj", "\x01Ole"))


def read_xls(body: bytes, nest: Nest) -> Read:
    """Sheets with hidden rows, columns and sheets; notes, links, boxes; packed files."""
    try:
        book = xlrd.open_workbook(
            file_contents=body, formatting_info=True, logfile=StringIO(), ragged_rows=True
        )
    except xlrd.XLRDError as error:
        if "ncrypted" in str(error):
            return read_encrypted(body, nest)
        raise
    reader = _Book(book, body, nest)
    reader.read()
    return reader.container.result()


class _Book:
    def __init__(self, book: xlrd.Book, body: bytes, nest: Nest) -> None:
        self._book = book
        self.container = Container(body, nest)
        self._tables = 0
        self._formats: dict[int, Format] = {}

    def read(self) -> None:
        container = self.container
        blocks = container.blocks
        for sheet in self._book.sheets():
            self._sheet(sheet, blocks)
        seen = "\n".join(cell.text for block in blocks if block.table for cell in block.table.cells)
        seen += "\n".join(block.text for block in blocks)
        stream = container.stream("Workbook") or container.stream("Book")
        self._records(stream, seen, blocks)
        container.properties()
        container.packed()
        drawings = b"".join(data for kind, data in _drawings(stream))
        container.pictures(drawings)
        container.sweep(seen, _KNOWN)

    # --- sheets -------------------------------------------------------------------------------

    def _sheet(self, sheet: XlsSheet, blocks: list[Block]) -> None:
        hidden = sheet.visibility != 0
        note = tr("（隐藏工作表）", "(hidden sheet)") if hidden else None
        raw = Sheet()
        for row in range(sheet.nrows):
            info = sheet.rowinfo_map.get(row)
            row_hidden = info is not None and bool(info.hidden or info.height == 0)
            for column, cell in enumerate(sheet.row(row)):
                text = self._text(cell, raw, row, column)
                if text.strip():
                    raw.cells.append(self._cell(sheet, (row, column), text, row_hidden))
        raw.merges = [(a + 1, c + 1, b, d) for a, b, c, d in sheet.merged_cells]
        table, beneath, _ = to_table(raw, hidden=hidden)
        if table is not None:
            self._tables += 1
            place = Location(sheet=sheet.name, table=self._tables, note=note)
            where = Where.HIDDEN if hidden else Where.VISIBLE
            blocks.append(Block.of_table(table, where, place))
        for below in beneath:
            words = tr("（合并单元格下）", "(under merged cells)")
            address = f"{column_letters(below.column)}{below.row}"
            self._field(sheet, words, below.text, Where.HIDDEN, address)
        self._beside(sheet)
        self._rounded(sheet, raw)

    def _cell(
        self, sheet: XlsSheet, place: tuple[int, int], text: str, row_hidden: bool
    ) -> RawCell:
        row, column = place
        info = sheet.colinfo_map.get(column)
        column_hidden = info is not None and bool(info.hidden or info.width == 0)
        by_format = self._format(sheet.cell_xf_index(row, column)).hides
        if not (row_hidden or column_hidden or by_format):
            return RawCell(row + 1, column + 1, text, Where.VISIBLE)
        note = why_hidden(column=column_hidden, row=row_hidden)
        return RawCell(row + 1, column + 1, text, Where.HIDDEN, note)

    def _format(self, index: int | None) -> Format:
        if index is None:
            return PLAIN
        known = self._formats.get(index)
        if known is None:
            xf = self._book.xf_list[index]
            code = self._book.format_map.get(xf.format_key)
            colour = self._book.font_list[xf.font_index].colour_index
            white = colour in _WHITE or self._book.colour_map.get(colour) == (255, 255, 255)
            filled = xf.background.fill_pattern != 0
            number = -1 if code is not None and code.format_str else xf.format_key
            text = "" if code is None else code.format_str
            known = format_of(number, _code(text), white=white, filled=filled)
            self._formats[index] = known
        return known

    def _text(self, cell: xlrd.sheet.Cell, raw: Sheet, row: int, column: int) -> str:
        if cell.ctype == xlrd.XL_CELL_TEXT:
            return one_line(cell.value)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            return ""
        number = repr(cell.value).removesuffix(".0")
        style = self._format(cell.xf_index)
        text, lost = number_text(number, style, from_1904=bool(self._book.datemode))
        if lost:
            address = f"{column_letters(column + 1)}{row + 1}"
            count, first = raw.rounded.get(column + 1, (0, address))
            raw.rounded[column + 1] = (count + 1, first)
        return text

    def _rounded(self, sheet: XlsSheet, raw: Sheet) -> None:
        name = tr(f"工作表“{sheet.name}”", f"sheet '{sheet.name}'")
        for column, (count, first) in raw.rounded.items():
            letters = column_letters(column)
            self.container.unread.append(
                Unread(
                    tr(f"{name}{letters}列 {count} 个单元格（自 {first}）",
                       f"{count} cells of {name}, column {letters}, from {first}"),
                    tr("以数值保存，Excel 只保留 15 位，其后的数字已丢失",
                       "stored as numbers: rounded by Excel after 15 digits"),
                )
            )  # fmt: skip

    def _beside(self, sheet: XlsSheet) -> None:
        """Notes and links of a sheet."""
        for (row, column), note in sheet.cell_note_map.items():
            address = f"{column_letters(column + 1)}{row + 1}"
            self._field(sheet, tr("批注", "comment"), note.text, Where.COMMENT, address)
            author = note.author
            self._field(sheet, tr("批注作者", "author"), author, Where.METADATA, address)
        for link in sheet.hyperlink_list:
            address = f"{column_letters(link.fcolx + 1)}{link.frowx + 1}"
            for text in (link.url_or_path, link.textmark, link.quicktip):
                words = tr("超链接", "hyperlink")
                plain = text.decode("gb18030", "replace") if isinstance(text, bytes) else text
                self._field(sheet, words, plain or "", Where.ATTRIBUTE, address)

    def _field(
        self, sheet: XlsSheet | None, name: str, text: str, where: Where, cell: str | None = None
    ) -> None:
        plain = one_line(text)
        if plain and holds_data(plain):
            place = Location(sheet=sheet.name if sheet else None, cell=cell, note=name)
            self.container.blocks.append(Block(BlockKind.FIELD, plain, where, place, name=name))

    # --- other records ------------------------------------------------------------------------

    def _records(self, stream: bytes, seen: str, blocks: list[Block]) -> None:
        before = 0
        for kind, data in _each_record(stream):
            if len(blocks) > _MAX_FOUND:
                return
            if kind in _HEADERS and len(data) > 3:
                words = tr("页眉页脚", "page header or footer")
                self._field(None, words, _string(data[2:]), Where.METADATA)
            elif kind == _CONTINUE and before == _TXO and data:
                text = _string(data)
                if one_line(text) not in seen:
                    self._field(None, tr("文本框", "text box"), text, Where.VISIBLE)
            elif kind in _SWEPT:
                self._swept(kind, data, seen)
            before = kind

    def _swept(self, kind: int, data: bytes, seen: str) -> None:
        for text in runs(data):
            plain = one_line(text)
            if plain not in seen and holds_digits(plain):
                self._field(None, tr(*_SWEPT[kind]), plain, Where.HIDDEN)


def _each_record(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _drawings(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of the drawings' store and what continues them."""
    inside = False
    for kind, data in _each_record(stream):
        inside = kind == _DRAWINGS or (inside and kind == _CONTINUE)
        if inside:
            yield kind, data


def _string(data: bytes) -> str:
    """Characters after their flags byte: UTF-16 or their low bytes."""
    if data[0] & 1:
        return data[1:].decode("utf-16-le", "replace")
    return data[1:].decode("latin-1")


def _code(text: str) -> str:
    return "" if text.lower() == "general" else text
