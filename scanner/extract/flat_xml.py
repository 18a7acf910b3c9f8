"""Office files in one XML: SpreadsheetML 2003 (often named .xls) and WordprocessingML."""

from dataclasses import dataclass, field

from lxml import etree

from scanner.extract.docx_story import Story
from scanner.extract.docx_styles import Styles
from scanner.extract.draft import Element, to_blocks
from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.ooxml import MAX_TREE, local
from scanner.extract.text import holds_data, one_line
from scanner.extract.xlsx_grid import to_table
from scanner.extract.xlsx_sheet import (
    MAX_COLUMN,
    MAX_ROW,
    RawCell,
    Sheet,
    column_letters,
    why_hidden,
)
from scanner.extract.xlsx_styles import PLAIN, number_text
from scanner.extract.xml_events import attribute, parse
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where


def read_spreadsheetml(body: bytes, nest: Nest) -> Read:
    """Sheets as tables with their addresses, comments, properties."""
    del nest  # nothing lies inside
    reader = _Sheets()
    fault = parse([body], reader.start, reader.end, reader.text)
    reader.close()
    unread = () if fault is None else (Unread("SpreadsheetML", fault),)
    return Read(reader.blocks, PageMeta(), unread)


@dataclass(slots=True)
class _State:
    """The sheet being read."""

    name: str = ""
    sheet: Sheet = field(default_factory=Sheet)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    row: int = 0
    row_hidden: bool = False
    column: int = 0
    next_column: int = 0
    columns_seen: int = 0


class _Sheets:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._state: _State | None = None
        self._buffer: list[str] = []
        self._kind = ""
        self._in_comment = False
        self._tables = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._buffer.clear()
        if tag == "Worksheet":
            self._state = _State(attribute(attributes, "Name") or "")
        state = self._state
        if state is None:
            return
        if tag == "Row":
            state.row = _number(attributes, "Index", state.row + 1, MAX_ROW)
            state.row_hidden = attribute(attributes, "Hidden") == "1"
            state.next_column = 0
        elif tag == "Column":
            first = _number(attributes, "Index", state.columns_seen + 1, MAX_COLUMN)
            state.columns_seen = first + _number(attributes, "Span", 0, MAX_COLUMN)
            if attribute(attributes, "Hidden") == "1" or attribute(attributes, "Width") == "0":
                state.hidden_columns.update(range(first, state.columns_seen + 1))
        elif tag == "Cell":
            self._cell(state, attributes)
        elif tag == "Comment":
            self._in_comment = True
        elif tag == "Data":
            self._kind = attribute(attributes, "Type") or ""

    def _cell(self, state: _State, attributes: dict[str, str]) -> None:
        state.column = _number(attributes, "Index", state.next_column + 1, MAX_COLUMN)
        across = _number(attributes, "MergeAcross", 0, MAX_COLUMN)
        down = _number(attributes, "MergeDown", 0, MAX_ROW)
        state.next_column = state.column + across
        if across or down:
            area = (state.row, state.column, state.row + down, state.column + across)
            state.sheet.merges.append(area)
        link = attribute(attributes, "HRef")
        if link:
            self._field(state, tr("超链接", "hyperlink"), link, Where.ATTRIBUTE)

    def text(self, data: str) -> None:
        self._buffer.append(data)

    def end(self, tag: str) -> None:
        text = one_line("".join(self._buffer))
        state = self._state
        if state is None:
            if text and holds_data(text):
                self._field(None, tag, text, Where.METADATA)
            self._buffer.clear()
            return
        if tag == "Data" and self._in_comment:
            self._field(state, tr("批注", "comment"), text, Where.COMMENT)
        elif tag == "Data":
            self._value(state, text)
        elif tag == "Comment":
            self._in_comment = False
        elif tag == "Visible" and text in ("SheetHidden", "SheetVeryHidden"):
            state.hidden = True
        elif tag == "Worksheet":
            self.close()
        if tag not in ("B", "I", "U", "Font", "S", "Span", "Sub", "Sup"):
            self._buffer.clear()

    def _value(self, state: _State, text: str) -> None:
        if not text.strip():
            return
        if self._kind == "Number":
            text, lost = number_text(text.strip(), PLAIN)
            if lost:
                address = f"{column_letters(state.column)}{state.row}"
                count, first = state.sheet.rounded.get(state.column, (0, address))
                state.sheet.rounded[state.column] = (count + 1, first)
        column_hidden = state.column in state.hidden_columns
        hidden = state.row_hidden or column_hidden
        where = Where.HIDDEN if hidden else Where.VISIBLE
        note = why_hidden(column=column_hidden, row=state.row_hidden) if hidden else None
        state.sheet.cells.append(RawCell(state.row, state.column, text, where, note))

    def close(self) -> None:
        """End the sheet being read: at its end, or where the file is cut."""
        state, self._state = self._state, None
        if state is None:
            return
        table, _, _ = to_table(state.sheet, hidden=state.hidden)
        if table is not None:
            self._tables += 1
            note = tr("（隐藏工作表）", "(hidden sheet)") if state.hidden else None
            place = Location(sheet=state.name, table=self._tables, note=note)
            where = Where.HIDDEN if state.hidden else Where.VISIBLE
            self.blocks.append(Block.of_table(table, where, place))

    def _field(self, state: _State | None, name: str, text: str, where: Where) -> None:
        place = Location(note=name)
        if state is not None:
            cell = f"{column_letters(state.column)}{state.row}"
            place = Location(sheet=state.name, cell=cell, note=name)
        self.blocks.append(Block(BlockKind.FIELD, text, where, place, name=name))


def read_wordml(body: bytes, nest: Nest) -> Read:
    """A Word document in one XML: its stories in the file's order."""
    del nest
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True
    )
    root = etree.fromstring(body[:MAX_TREE], parser)
    styles = next((e for e in root.iter() if local(e) == "styles"), None)
    story = Story(Styles(styles), {})
    drafts = [draft for body_ in _stories(root) for draft in story.blocks(body_)]
    blocks = to_blocks(drafts, paths=False)
    why = tr("部分内容损坏", "partly damaged")
    unread = (Unread("WordML", why),) if len(parser.error_log) else ()
    return Read(blocks, PageMeta(), unread)


def _stories(root: Element) -> list[Element]:
    names = ("body", "hdr", "ftr", "footnotes", "endnotes", "comments")
    return [element for element in root.iter() if local(element) in names]


def _number(attributes: dict[str, str], name: str, default: int, most: int) -> int:
    value = attribute(attributes, name) or ""
    if not (value.isascii() and value.isdigit() and len(value) < 9):
        return default
    return min(int(value), most)
