"""DOC and WPS (Word 97-2003): body, notes, headers, boxes, with tables and what is hidden."""

import struct
from itertools import groupby

from scanner.extract.doc_streams import (
    SEEN,
    WHITE,
    DocText,
    Paragraph,
    is_locked,
    read_streams,
    reason,
)
from scanner.extract.draft import Draft, to_blocks
from scanner.extract.frames import Frame, RawCell, finish
from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.ole import Container
from scanner.extract.ooxml import texts_of
from scanner.extract.pieces import TAB, Pieces, cell_of, hide_drafts
from scanner.lang import tr
from scanner.model import BlockKind, PageMeta, Unread, Where

_ENDS = "\r\x07\x0c"
_NEAR = 60  # twips: edges closer than this are one
_SHOWN = {"\x0b": "\n", "\x1e": "-", "\t": TAB, "\xa0": "\xa0"}
_FIRST_MERGED, _MERGED, _VERTICAL, _RESTART = 0x0001, 0x0002, 0x0020, 0x0040


def read_doc(body: bytes, nest: Nest) -> Read:
    """Everything of a Word file; what a damaged one raises passes."""
    container = Container(body, nest)
    main = container.stream("WordDocument")
    if is_locked(main):
        words = tr("有密码保护，未读", "locked by a password: not read")
        return Read([], PageMeta(), (Unread("DOC", words),))
    tables = {0: container.stream("0Table"), 1: container.stream("1Table")}
    document = read_streams(main, tables)
    drafts = _stories(document)
    container.blocks = to_blocks(drafts, paths=False)
    container.properties()
    _authors(container, main, tables)
    container.packed()
    container.pictures(container.stream("Data"))
    seen = texts_of(drafts, container.blocks)
    container.sweep(seen)
    return container.result()


def _stories(document: DocText) -> list[Draft]:
    """Body, footnotes, headers, macros, comments, endnotes, boxes: one text after the other."""
    notes = (
        None,
        tr("脚注", "footnote"),
        tr("页眉页脚", "page header or footer"),
        tr("宏", "macro"),
        tr("批注", "comment"),
        tr("尾注", "endnote"),
        tr("文本框", "text box"),
        tr("页眉文本框", "box in the page header"),
    )
    out: list[Draft] = []
    start = 0
    for count, note in zip(document.counts, notes, strict=True):
        end = min(start + max(count, 0), len(document.text))
        drafts = _Story(document).read(start, end)
        where = Where.COMMENT if note == notes[4] else Where.VISIBLE
        hide_drafts(drafts, where, note)
        out.extend(drafts)
        start = end
    return out


class _Level:
    """A table being read, at one depth of nesting."""

    def __init__(self) -> None:
        self.rows: list[tuple[list[RawCell], Paragraph]] = []
        self.cells: list[RawCell] = []
        self.items: list[Draft] = []

    def end_cell(self) -> None:
        self.cells.append(cell_of(self.items))
        self.items = []

    def end_row(self, properties: Paragraph) -> None:
        if self.items:
            self.end_cell()
        self.rows.append((self.cells, properties))
        self.cells = []

    def finish(self) -> list[Draft]:
        if self.items or self.cells:
            self.end_row(Paragraph())
        frame = Frame(None, Where.VISIBLE)
        frame.rows = _spanned(self.rows)
        self.rows = []
        return finish(frame)


class _Story:
    def __init__(self, document: DocText) -> None:
        self._document = document
        self._out: list[Draft] = []
        self._levels: list[_Level] = []
        self._codes: list[bool] = []  # open fields: whether their code is still being read

    def read(self, start: int, end: int) -> list[Draft]:
        text = self._document.text
        at = start
        while at < end:
            stop = at
            while stop < end and text[stop] not in _ENDS:
                stop += 1
            mark = min(stop, end - 1)
            properties = self._document.paragraph(mark)
            drafts = self._drafts(at, stop, in_table=properties.depth > 0)
            self._place(drafts, properties, text[mark])
            at = stop + 1
        self._close(0)
        return self._out

    def _place(self, drafts: list[Draft], properties: Paragraph, mark: str) -> None:
        depth = properties.depth
        self._close(depth)
        while len(self._levels) < depth:
            self._levels.append(_Level())
        if depth == 0:
            self._out.extend(drafts)
            return
        level = self._levels[-1]
        if properties.row_end or properties.inner_row_end:
            level.end_row(properties)
            return
        level.items.extend(drafts)
        if mark == "\x07" or properties.inner_cell:
            level.end_cell()

    def _close(self, depth: int) -> None:
        """End the tables that are deeper than `depth`."""
        while len(self._levels) > depth:
            drafts = self._levels.pop().finish()
            target = self._levels[-1].items if self._levels else self._out
            target.extend(drafts)

    def _drafts(self, start: int, end: int, *, in_table: bool) -> list[Draft]:
        pieces = Pieces()
        text, looks = self._document.text, self._document.looks
        for look, group in groupby(range(start, end), key=looks.__getitem__):
            # White letters in a table mostly stand on a coloured cell.
            note = None if in_table and look == WHITE else reason(look)
            self._run([text[i] for i in group], look if note else SEEN, note, pieces)
        return pieces.drafts(BlockKind.PARAGRAPH)

    def _run(self, letters: list[str], look: int, note: str | None, pieces: Pieces) -> None:
        run: list[str] = []

        def flush() -> None:
            code = any(self._codes)
            words = tr("域代码", "field code") if code else note
            where = Where.HIDDEN if code or look != SEEN else Where.VISIBLE
            pieces.add("".join(run), where, words)
            run.clear()

        for letter in letters:
            if letter in "\x13\x14\x15":
                flush()
                self._field_mark(letter)
            elif letter >= " " or letter in _SHOWN:
                run.append(_SHOWN.get(letter, letter))
        flush()

    def _field_mark(self, letter: str) -> None:
        if letter == "\x13":
            self._codes.append(True)
        elif letter == "\x14" and self._codes:
            self._codes[-1] = False
        elif self._codes:
            self._codes.pop()


def _spanned(rows: list[tuple[list[RawCell], Paragraph]]) -> list[list[RawCell]]:
    """Rows with column spans from the cells' edges, and row spans from their merge flags."""
    edges = _edges([properties for _, properties in rows])
    out: list[list[RawCell]] = []
    above: dict[int, RawCell] = {}
    for cells, properties in rows:
        kept: list[RawCell] = []
        here: dict[int, RawCell] = {}
        for number, cell in enumerate(cells):
            flags = properties.flags[number] if number < len(properties.flags) else 0
            column = _index(edges, properties.edges, number)
            if flags & _MERGED and kept:
                kept[-1].column_span += 1
                kept[-1].items.extend(cell.items)
                continue
            if number + 1 < len(properties.edges):
                cell.column_span = max(_index(edges, properties.edges, number + 1) - column, 1)
            upper = above.get(column)
            if flags & _VERTICAL and not flags & _RESTART and upper is not None:
                upper.row_span += 1
                upper.items.extend(cell.items)
                here[column] = upper
                continue
            if flags & _VERTICAL:
                here[column] = cell
            kept.append(cell)
        above = here
        out.append(kept)
    return out


def _edges(rows: list[Paragraph]) -> list[int]:
    out: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not out or edge - out[-1] > _NEAR:
            out.append(edge)
    return out


def _index(edges: list[int], own: tuple[int, ...], number: int) -> int:
    """The grid line of a cell's left edge."""
    if number >= len(own) or not edges:
        return number
    return min(range(len(edges)), key=lambda i: abs(edges[i] - own[number]))


def _authors(container: Container, main: bytes, tables: dict[int, bytes]) -> None:
    """Names of those who wrote comments."""
    flags = struct.unpack_from("<H", main, 10)[0]
    table = tables[1 if flags & 0x0200 else 0]
    at, size = struct.unpack_from("<II", main, 0x1BA)
    end = min(at + size, len(table))
    while at + 2 <= end:
        length = struct.unpack_from("<H", table, at)[0]
        name = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
        at += 2 + 2 * length
        if name.strip("\x00 "):
            words = tr("批注作者", "comment author")
            container.field(words, name)
