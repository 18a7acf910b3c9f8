"""A document with a table of very many rows, cut into documents that are searched one by one.

Searching and judging need some kilobytes a row for as long as they last, so a list of 100,000
persons is taken 2,500 rows at a time. Each portion repeats what tells of its rows: the first rows
with the heads, and the title and words before the table.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scanner.model import ROW, Block, BlockKind, Cell, Document, Finding, Match, Table

LONG = 6_000  # rows of a table that is still searched as a whole
ROWS = 2_500  # of one portion
HEAD = 8  # rows that every portion repeats: titles, heads of up to three rows, notes
_NEAR = 10  # blocks before the table that are repeated whatever they are
_SMALL = 50  # rows of a table that is repeated as a block before another
_MOST = 50  # titles and headings that are repeated
_TELLING = (BlockKind.TITLE, BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a document as a document, and where its matches stand in the whole."""

    document: Document
    blocks: tuple[int, ...]  # index in the whole of each block
    offsets: tuple[int, ...]  # added to the places of matches in each block
    only: int | None = None  # the one block whose matches count, None for all
    rows: int = 0  # added to the rows of that block's table

    def key(self, key: tuple[int, int, int]) -> tuple[int, int, int]:
        """The key of a record (block, row, group) as of the whole document."""
        block, row, group = key
        moved = row + self.rows if block == self.only and row >= HEAD else row
        return self.blocks[block], moved, group

    def place(self, finding: Finding) -> Finding | None:
        """The finding as of the whole document; None for what another portion tells."""
        match = finding.match
        if self.only is None:
            offset, block = self.offsets[match.block], self.blocks[match.block]
            return replace(finding, match=_moved(match, block, offset)) if offset else finding
        if match.block != self.only or match.row is None or match.row < HEAD:
            return None
        moved = _moved(match, self.blocks[match.block], self.offsets[match.block])
        return replace(finding, match=_lowered(moved, self.rows))


def _moved(match: Match, block: int, offset: int) -> Match:
    return replace(match, start=match.start + offset, end=match.end + offset, block=block)


def _lowered(match: Match, rows: int) -> Match:
    """The match so many rows further down."""
    record, place = match.record_row, match.location
    return replace(
        match,
        row=None if match.row is None else match.row + rows,
        record_row=record if record is None or record < HEAD else record + rows,
        location=place if place.row is None else replace(place, row=place.row + rows),
    )


def is_long(document: Document) -> bool:
    """Whether the document has a table that is searched in portions."""
    return any(block.table is not None and block.table.rows > LONG for block in document.blocks)


class Portions:
    """The portions of one document, built when they are asked for. What was asked for is let go,
    so that the whole shrinks while it is searched, if nobody else holds the document."""

    def __init__(self, document: Document) -> None:
        """Cut the long tables; `first` is the document with the first rows of each."""
        self._starts = document.starts
        self._rests: dict[int, _Rest] = {}
        blocks = list(document.blocks)
        for index, block in enumerate(blocks):
            if block.table is not None and block.table.rows > LONG:
                rest = self._rests[index] = _Rest(block.table)
                blocks[index] = Block.of_table(rest.first, block.where, block.location)
        self.first = Document.build(
            document.source, document.media_type, blocks, document.meta, document.unread
        )

    @property
    def tables(self) -> tuple[int, ...]:
        """Indices of the blocks that were cut."""
        return tuple(self._rests)

    def beginning(self) -> Portion:
        """All blocks, of each long table the first rows."""
        pairs = zip(self._starts, self.first.starts, strict=True)
        shifts = tuple(whole - here for whole, here in pairs)
        return Portion(self.first, tuple(range(len(shifts))), shifts)

    def of_table(self, index: int) -> Iterator[Portion]:
        """The further portions of one long table, in order of rows."""
        first, rest = self.first, self._rests[index]
        before = self._before(index)
        cut = first.blocks[index]
        while rest.pending:
            told, rows = rest.told, rest.pending[-1].first - HEAD
            block = Block.of_table(rest.take(), cut.where, cut.location)
            blocks = (*(first.blocks[i] for i in before), block)
            part = Document.build(first.source, first.media_type, blocks, first.meta)
            offset = self._starts[index] + told - part.starts[-1] - rest.head_length
            shifts = (*(0 for _ in before), offset)
            yield Portion(part, (*before, index), shifts, len(before), rows)

    def _before(self, index: int) -> list[int]:
        """What tells of the table: the blocks just before it, titles and headings."""
        blocks = self.first.blocks[:index]
        near = [
            i
            for i, block in enumerate(blocks)
            if i >= index - _NEAR
            and i not in self._rests
            and (block.table is None or block.table.rows <= _SMALL)
        ]
        telling = [i for i, block in enumerate(blocks) if block.kind in _TELLING]
        return sorted({*near, *telling[:_MOST]})


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows `first` to `last` of a table, the last one not among them."""

    first: int
    last: int
    cells: list[Cell]


class _Rest:
    """The rows of a long table: the first portion, and those still to come."""

    def __init__(self, table: Table) -> None:
        self._columns, self._caption = table.columns, table.caption
        edges = list(range(0, table.rows, ROWS))
        if table.rows - edges[-1] < ROWS // 2:
            edges.pop()  # a short last portion would have few cells to judge its columns by
        edges.append(table.rows)
        rows = [cell.row for cell in table.cells]
        cuts = [bisect_left(rows, edge) for edge in edges]
        beginning = table.cells[: cuts[1]]
        self.first = self._table(beginning, edges[1])
        self.pending = [
            _Rows(edges[i], edges[i + 1], list(table.cells[cuts[i] : cuts[i + 1]]))
            for i in range(len(edges) - 2, 0, -1)
        ]
        self._head = [cell for cell in beginning if cell.row < HEAD]
        self.head_length = _length(self._head, HEAD)
        self.told = _length(beginning, edges[1])  # characters of the rows taken so far

    def take(self) -> Table:
        """The table of the next rows below the head."""
        rows = self.pending.pop()
        count = rows.last - rows.first
        moved = [_at(cell, cell.row - rows.first) for cell in rows.cells]
        self.told += _length(moved, count)
        lower = [_at(cell, cell.row + HEAD) for cell in moved]
        return self._table((*self._head, *lower), HEAD + count)

    def _table(self, cells: Sequence[Cell], rows: int) -> Table:
        return Table(tuple(cells), rows, self._columns, self._caption)


def _at(cell: Cell, row: int) -> Cell:
    return Cell(
        cell.text, row, cell.column, cell.row_span, cell.column_span, cell.is_header, cell.where,
        cell.address, cell.note,
    )  # fmt: skip


def _length(cells: Sequence[Cell], rows: int) -> int:
    """Characters that so many rows take in the text of their table, with the wall behind them."""
    return len(Block.of_table(Table(tuple(cells), rows, 0)).text) + len(ROW)
