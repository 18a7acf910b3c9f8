"""Where the cells of a document's tables, and its named fields, stand in its text."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scanner.detect.normalise import Normalised
from scanner.detect.tables import CellReading, TableReading
from scanner.detect.vocabulary import Vocabulary
from scanner.detect.votes import ColumnCell
from scanner.model import BlockKind, Cell, Document, Table, Where


@dataclass(slots=True, eq=False)
class PlacedCell:
    """A cell with its place in the document's text and what its table says of it."""

    start: int
    end: int
    cell: Cell
    reading: CellReading
    text: str  # normalised
    block: int  # index of the table's block

    @property
    def lead(self) -> int:
        """Characters of space before the first that is none."""
        return len(self.text) - len(self.text.lstrip())


class CellMap:
    """Cells of all tables of a document by their place in its text."""

    def __init__(self, document: Document, text: Normalised, vocabulary: Vocabulary) -> None:
        self.document = document
        self._cells: list[PlacedCell] = []
        self._text = text
        self._vocabulary = vocabulary
        caption = ""
        self._starts: list[int] = []
        self.has_tables = any(block.table is not None for block in document.blocks)
        if not self.has_tables:
            return
        for index, (block, start) in enumerate(zip(document.blocks, document.starts, strict=True)):
            if block.table is None:
                if block.kind in (BlockKind.HEADING, BlockKind.TITLE, BlockKind.PARAGRAPH):
                    caption = block.text.strip()[:80] or caption
                continue
            self._add(block.table, index, start, caption)
        self._starts = [c.start for c in self._cells]

    def _add(self, table: Table, index: int, start: int, caption: str) -> None:
        ordered = _reading_order(table.cells)
        spans = list(_spans(ordered, start))
        texts = [self._slice(*span) for span in spans]
        if ordered != list(table.cells):
            table = replace(table, cells=tuple(ordered))
        reading = TableReading(table, texts, self._vocabulary, caption)
        for cell, span, text in zip(ordered, spans, texts, strict=True):
            self._cells.append(PlacedCell(*span, cell, reading.of(cell), text, index))

    def _slice(self, start: int, end: int) -> str:
        """The normalised text of an original span."""
        return self._text.text[self._text.position(start) : self._text.position(end)]

    def begin(self, cell: PlacedCell) -> int:
        """Where in the normalised text the cell's content begins, space before it left out."""
        return self._text.position(cell.start) + cell.lead

    def at(self, offset: int) -> PlacedCell | None:
        """The cell that holds the character at `offset` of the document's text."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset > self._cells[index].end:
            return None
        return self._cells[index]

    def header_at(self, offset: int) -> str:
        """Head or label of the cell there, "" where there is none."""
        if not self._cells:
            return ""
        cell = self.at(offset)
        return cell.reading.header if cell is not None else ""

    def column_cells(self) -> Iterator[ColumnCell]:
        """Every cell of data with its column."""
        for cell in self.data_cells():
            yield ColumnCell(cell.block, cell.cell.column, cell.text)

    def data_cells(self) -> Iterator[PlacedCell]:
        """Every cell that holds something and is no head."""
        for cell in self._cells:
            if cell.text and not cell.reading.is_head:
                yield cell

    def headed_cells(self) -> Iterator[PlacedCell]:
        """Cells of data that stand under a head."""
        for cell in self._cells:
            if cell.reading.header and cell.text and not cell.reading.is_head:
                yield cell


class FieldKeys:
    """Names of fields in scripts and metadata, which say what their values are."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._any = any(block.name for block in document.blocks)

    def at(self, offset: int) -> str:
        """The name of the field there, "" where there is none."""
        if not self._any:
            return ""
        block = self._document.blocks[self._document.block_at(offset)]
        keyed = block.kind is BlockKind.FIELD and block.where in (Where.SCRIPT, Where.METADATA)
        return block.name if keyed else ""


def _reading_order(cells: Iterable[Cell]) -> list[Cell]:
    """The order in which `Block.of_table` joins cells."""
    return sorted(cells, key=lambda cell: cell.row)


def _spans(cells: Iterable[Cell], start: int) -> Iterator[tuple[int, int]]:
    """Where each cell's text stands in the document's, one separator between two cells."""
    for cell in cells:
        yield start, start + len(cell.text)
        start += len(cell.text) + 1
