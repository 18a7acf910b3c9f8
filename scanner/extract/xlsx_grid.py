"""Cells at real addresses -> a Table of the used rows and columns, merged cells as spans."""

from bisect import bisect_right
from collections.abc import Sequence

from scanner.extract.xlsx_sheet import RawCell, Sheet, column_letters
from scanner.model import Cell, Table, Where

MAX_PLACES = 5_000_000  # places of a grid when most are empty


def to_table(sheet: Sheet, *, hidden: bool) -> tuple[Table | None, list[RawCell], bool]:
    """(table, cells covered by a merge, whether the columns had to be given up).

    A gap of blank rows or columns becomes one: two far cells must not make a huge grid.
    """
    if not sheet.cells:
        return None, [], False
    cells = sorted(sheet.cells, key=lambda cell: (cell.row, cell.column))
    rows = _close_gaps({cell.row for cell in cells})
    columns = _close_gaps({cell.column for cell in cells})
    height, width = max(rows.values()) + 1, max(columns.values()) + 1
    if height * width > MAX_PLACES and height * width > 50 * len(cells):
        return _packed(cells, hidden), [], True
    spans, covered = _spans(sheet.merges, rows, columns)
    out: list[Cell] = []
    beneath: list[RawCell] = []
    for raw in cells:
        place = (rows[raw.row], columns[raw.column])
        if place in covered:
            beneath.append(raw)
            continue
        row_span, column_span = spans.get(place, (1, 1))
        out.append(_cell(raw, *place, row_span, column_span, hidden))
    return Table(tuple(out), height, width), beneath, False


def _cell(raw: RawCell, row: int, column: int, down: int, across: int, hidden: bool) -> Cell:
    where = Where.HIDDEN if hidden else raw.where
    address = f"{column_letters(raw.column)}{raw.row}"
    return Cell(raw.text, row, column, down, across, False, where, address, raw.note)


def _close_gaps(used: set[int]) -> dict[int, int]:
    """Old number -> new number from 0; each gap is one blank place."""
    out: dict[int, int] = {}
    new, before = 0, None
    for number in sorted(used):
        if before is not None:
            new += 1 if number == before + 1 else 2
        out[number] = new
        before = number
    return out


def _spans(
    merges: Sequence[tuple[int, int, int, int]], rows: dict[int, int], columns: dict[int, int]
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Spans of the merged areas' first cells, and the places they cover."""
    used_rows, used_columns = list(rows), list(columns)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    work = 0
    for first_row, first_column, last_row, last_column in merges:
        if first_row not in rows or first_column not in columns:
            continue
        top, left = rows[first_row], columns[first_column]
        bottom = rows[used_rows[bisect_right(used_rows, last_row) - 1]]
        right = columns[used_columns[bisect_right(used_columns, last_column) - 1]]
        work += (bottom - top + 1) * (right - left + 1)
        if work > MAX_PLACES:
            break
        area = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if not area.isdisjoint(covered) or any(place in spans for place in area):
            continue  # overlapping merges are a fault of the writer: the first one stands
        spans[(top, left)] = (bottom - top + 1, right - left + 1)
        area.discard((top, left))
        covered |= area
    return spans, covered


def _packed(cells: Sequence[RawCell], hidden: bool) -> Table:
    """Rows of cells pushed to the left: a scattered sheet, where a grid would be endless."""
    out: list[Cell] = []
    row, before, column, width = -1, None, 0, 0
    for raw in cells:
        if raw.row != before:
            row, before, column = row + 1, raw.row, 0
        out.append(_cell(raw, row, column, 1, 1, hidden))
        column += 1
        width = max(width, column)
    return Table(tuple(out), row + 1, width)
