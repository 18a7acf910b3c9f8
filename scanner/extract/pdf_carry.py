"""A table that goes on over a page's end: the next page's part is given its header."""

import re
from dataclasses import replace

from scanner.extract.layout import Item
from scanner.extract.text import has_han
from scanner.model import Cell, Table, Where

_NUMBER = re.compile(r"[0-9]{5}")
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
        self._item = item
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

    def fits(self, item: Item) -> bool:
        """Whether a table at the head of the next page has the same columns and width."""
        table = item.table
        if table is None or table.columns != self._columns:
            return False
        width = max(self._item.bounds[1] - self._item.bounds[0], 1.0)
        here = item.bounds
        return abs(here[0] - self._item.bounds[0]) < 0.08 * width and not any(
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


def lowered(cell: Cell, by: int) -> Cell:
    """The cell that many rows further down."""
    return Cell(
        cell.text, cell.row + by, cell.column, cell.row_span, cell.column_span,
        cell.is_header, cell.where, cell.address, cell.note,
    )  # fmt: skip
