"""A table that goes on over a page's end: the next page's part is given its header."""

import re
from dataclasses import replace

from scanner.extract.columns import LONGEST
from scanner.extract.lines import Item
from scanner.extract.text import has_han
from scanner.model import Cell, Table, Where

_NUMBER = re.compile(r"[0-9]{5}")
_DIGITS = re.compile(r"[0-9][0-9\s]{3,}$")  # a number, behind words or alone
_END = re.compile(r"[0-9\s]*[0-9Xx]\s*$")
_MARGIN = 0.08  # of the page's height: running titles and page numbers
_MAX_HEADER = 2  # rows


def is_margin(item: Item, height: float) -> bool:
    """Whether an item is a page number or a running title."""
    if item.table is not None:
        return False
    at_edge = item.y1 < _MARGIN * height or item.y0 > (1 - _MARGIN) * height
    return at_edge or item.where is not Where.VISIBLE or not item.text.strip()


class Carried:
    """The header of a table that ended a page."""

    def __init__(self, item: Item, header: list[list[Cell]], columns: int) -> None:
        self.item = item
        self._header = header
        self._columns = columns

    @classmethod
    def of(cls, item: Item) -> "Carried | None":
        """The leading rows without numbers; None when the item is no table or has none."""
        table = item.table
        if table is None:
            return None
        rows: list[list[Cell]] = [[] for _ in range(table.rows)]
        for cell in table.cells:
            rows[cell.row].append(cell)
        header: list[list[Cell]] = []
        for row in rows[:_MAX_HEADER]:
            texts = [cell.text for cell in row]
            named = sum(1 for text in texts if has_han(text))
            if named < 2 or named * 2 < len(texts) or any(map(_NUMBER.search, texts)):
                break
            header.append(row)
        return cls(item, header[:_MAX_HEADER], table.columns) if header else None

    def split(self, before: Table, item: Item) -> tuple[Table, Item] | None:
        """(table before, the next page's part), when a row of it was cut by the page's end: the
        ends of its numbers stand at the head of the next page, and beside them what goes on of
        its words. None when none was."""
        table = item.table
        if table is None or table.columns != self._columns:
            return None
        at = 0
        while at < len(self._header) and _texts(table, at) == [c.text for c in self._header[at]]:
            at += 1
        ends = {cell.column: cell for cell in table.cells if cell.row == at and cell.text.strip()}
        row = {cell.column: cell for cell in before.cells if cell.row == before.rows - 1}
        if 0 in ends or not _is_cut(row, ends):
            return None
        joined = tuple(
            replace(cell, text=f"{cell.text}\n{ends[cell.column].text}")
            if cell.row == before.rows - 1 and cell.column in ends
            else cell
            for cell in before.cells
        )
        rest = tuple(
            lowered(cell, -1) if cell.row > at else cell for cell in table.cells if cell.row != at
        )
        shorter = replace(table, cells=rest, rows=table.rows - 1)
        return replace(before, cells=joined), replace(item, table=shorter)

    def fits(self, item: Item) -> bool:
        """Whether a table at the head of the next page has the same columns and width."""
        table = item.table
        if table is None or table.columns != self._columns:
            return False
        width = max(self.item.bounds[1] - self.item.bounds[0], 1.0)
        here = item.bounds
        return abs(here[0] - self.item.bounds[0]) < 0.08 * width and not any(
            [c.text for c in table.cells if c.row == 0] == [c.text for c in row]
            for row in self._header
        )

    def over(self, item: Item) -> Item:
        """The table with the header in front."""
        table = item.table
        if table is None:
            return item
        down = len(self._header)
        lead = [
            replace(cell, row=number, row_span=1)
            for number, row in enumerate(self._header)
            for cell in row
        ]
        cells = tuple(lead) + tuple(lowered(cell, down) for cell in table.cells)
        return replace(item, table=Table(cells, table.rows + down, table.columns))


def _texts(table: Table, row: int) -> list[str]:
    return [cell.text for cell in table.cells if cell.row == row]


def _is_cut(row: dict[int, Cell], ends: dict[int, Cell]) -> bool:
    """Whether the cells of one row end at the head of a page: a number at least, and no number
    that would be two."""
    if any(column not in row for column in ends):
        return False
    begun = {column: _DIGITS.search(row[column].text) for column in ends}
    whole = [
        "".join((first.group() + ends[column].text).split())
        for column, first in begun.items()
        if first is not None and _END.match(ends[column].text)
    ]
    return bool(whole) and all(len(text) <= LONGEST for text in whole)


def lowered(cell: Cell, by: int) -> Cell:
    """The cell that many rows further down."""
    return Cell(
        cell.text, cell.row + by, cell.column, cell.row_span, cell.column_span,
        cell.is_header, cell.where, cell.address, cell.note,
    )  # fmt: skip
