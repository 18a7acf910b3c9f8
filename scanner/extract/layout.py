"""Text at places on a page -> lines, paragraphs and tables, with or without ruling lines.

Units are those of the page (points, millimetres or pixels); y grows downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from scanner.extract.ruled import Edges, Grid, find_grids
from scanner.extract.text import one_line
from scanner.model import Cell, Table, Where

MAX_BITS = 60_000  # of one page
_WORD_GAP = 0.28  # heights: less is no space
_CELL_GAP = 0.9  # heights: more is another column
_BOX_GAP = 0.2  # heights: between boxes of a picture
_OVERLAP = 0.6  # heights
_ROW_GAP = 3.2  # heights between the lines of one table
_MIN_ROWS = 3


@dataclass(slots=True)
class Bit:
    """A run of letters with its box."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    where: Where = Where.VISIBLE
    note: str | None = None

    @property
    def height(self) -> float:
        """Of the box."""
        height = self.y1 - self.y0
        return height if height > 0.01 else 0.01

    @property
    def middle(self) -> float:
        """The centre's y."""
        return (self.y0 + self.y1) / 2

    @property
    def centre(self) -> float:
        """The centre's x."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Item:
    """A paragraph line or a table, with where it begins and ends on the page."""

    y0: float
    y1: float
    text: str = ""
    where: Where = Where.VISIBLE
    note: str | None = None
    table: Table | None = None
    bounds: tuple[float, float] = (0.0, 0.0)  # left and right


Line = list[Bit]


def lay_out(bits: Sequence[Bit], edges: Edges, *, boxed: bool = False) -> list[Item]:
    """Items from top to bottom. Hidden pieces keep their place in tables, and stand alone
    elsewhere. `boxed`: each bit is a box that a picture's reader found apart from the next."""
    kept = [bit for bit in bits[:MAX_BITS] if bit.text.strip()]
    items: list[Item] = []
    for grid in find_grids(edges):
        cells: dict[tuple[int, int], list[Bit]] = {}
        rest: list[Bit] = []
        for bit in kept:
            x, y = bit.centre, bit.middle
            if grid.holds(x, y):
                cells.setdefault(grid.place(x, y), []).append(bit)
            else:
                rest.append(bit)
        if len(kept) - len(rest) < 2:
            continue
        kept = rest
        above = _line_above(kept, grid)
        for bit in above:
            cells.setdefault((-1, grid.column(bit.centre)), []).append(bit)
        taken = set(map(id, above))
        kept = [bit for bit in kept if id(bit) not in taken]
        items.extend(_ruled(grid.spans, cells, grid.box))
    items.extend(_free(kept, _BOX_GAP if boxed else _CELL_GAP))
    items.sort(key=lambda item: item.y0)
    return items


def _line_above(bits: Sequence[Bit], grid: Grid) -> list[Bit]:
    """A header that stands over the uppermost line: in most columns, close to it."""
    x0, y0, x1, _ = grid.box
    near = [
        bit
        for bit in bits
        if bit.y1 <= y0 + 0.5 * bit.height
        and y0 - bit.y1 < 1.2 * bit.height
        and x0 <= bit.centre <= x1
    ]
    columns = {grid.column(bit.centre) for bit in near}
    return near if len(columns) >= max(2, (len(grid.xs) - 1) // 2) else []


def _ruled(
    spans: dict[tuple[int, int], tuple[int, int]],
    filled: dict[tuple[int, int], list[Bit]],
    box: tuple[float, float, float, float],
) -> list[Item]:
    """The table of a grid, and hidden pieces of cells that also hold seen text."""
    rows = sorted({row for row, _ in filled})
    columns = sorted({column for _, column in filled})
    if len(rows) == 1 and len(columns) == 1:
        return [_line_item(line) for line in _lines(next(iter(filled.values())))]
    out: list[Cell] = []
    beside: list[Item] = []
    row_of = {row: number for number, row in enumerate(rows)}
    column_of = {column: number for number, column in enumerate(columns)}
    for (row, column), bits in sorted(filled.items()):
        text, where, rest = _cell(bits)
        note = bits[0].note if where is not Where.VISIBLE else None
        down, across = spans.get((row, column), (1, 1))
        height = 1 if down == 1 else sum(1 for r in rows if row <= r < row + down)
        width = 1 if across == 1 else sum(1 for c in columns if column <= c < column + across)
        cell = Cell(text, row_of[row], column_of[column], height, width, where=where, note=note)
        out.append(cell)
        beside.extend(rest)
    table = Table(tuple(out), len(rows), len(columns))
    x0, y0, x1, y1 = box
    return [Item(y0, y1, table=table, bounds=(x0, x1)), *beside]


def _cell(bits: list[Bit]) -> tuple[str, Where, list[Item]]:
    """(text, where, hidden pieces beside seen text) of one cell."""
    if len(bits) == 1:
        return one_line(bits[0].text), bits[0].where, []
    seen = [bit for bit in bits if bit.where is Where.VISIBLE]
    hidden = [bit for bit in bits if bit.where is not Where.VISIBLE]
    if not seen:
        text = "\n".join(_join(line) for line in _lines(hidden))
        return one_line(text), hidden[0].where, []
    text = "\n".join(_join(line) for line in _lines(seen))
    return one_line(text), Where.VISIBLE, [_line_item(line) for line in _lines(hidden)]


def _lines(bits: Sequence[Bit]) -> list[Line]:
    """Bits grouped by height on the page, each line from left to right."""
    lines: list[Line] = []
    for bit in sorted(bits, key=lambda b: (b.middle, b.x0)):
        for line in lines[-3:]:
            first = line[0]
            overlap = min(first.y1, bit.y1) - max(first.y0, bit.y0)
            if overlap > 0.5 * min(first.height, bit.height):
                line.append(bit)
                break
        else:
            lines.append([bit])
    for line in lines:
        line.sort(key=lambda b: b.x0)
    return lines


def _join(line: Line) -> str:
    """The text of a line: a space where a gap is, none between boxes of one letter each."""
    out = [line[0].text]
    boxes = _is_boxed(line)
    for before, bit in pairwise(line):
        gap, height = bit.x0 - before.x1, max(before.height, bit.height)
        if not boxes and (gap > _WORD_GAP * height or gap < -_OVERLAP * height):
            out.append(" ")
        out.append(bit.text)
    return "".join(out)


def _is_boxed(line: Line) -> bool:
    """Whether a line is one value written letter by letter at even distances."""
    if len(line) < 5 or any(len(bit.text) > 1 for bit in line):
        return False
    steps = [b.centre - a.centre for a, b in pairwise(line)]
    usual = median(steps)
    return all(abs(step - usual) <= 0.25 * abs(usual) for step in steps)


def _segments(line: Line, cell_gap: float) -> list[Line]:
    """A line cut where a gap is wide enough for another column."""
    if _is_boxed(line):
        return [line]
    out: list[Line] = [[line[0]]]
    for bit in line[1:]:
        before = out[-1][-1]
        changed = bit.where is not before.where or bit.note != before.note
        height = max(before.height, bit.height)
        gap = bit.x0 - before.x1
        # Runs drawn over one another are two: their writer's letters are narrower than he says.
        if changed or gap > cell_gap * height or gap < -_OVERLAP * height:
            out.append([bit])
        else:
            out[-1].append(bit)
    return out


def _line_item(line: Line) -> Item:
    first = line[0]
    where = first.where
    return Item(
        min(b.y0 for b in line),
        max(b.y1 for b in line),
        one_line(_join(line)),
        where,
        first.note,
        bounds=(line[0].x0, line[-1].x1),
    )


# --- without ruling lines ---------------------------------------------------------------------


def _free(bits: Sequence[Bit], cell_gap: float) -> list[Item]:
    """Paragraph lines, and tables where lines stand in the same columns."""
    rows = [_segments(line, cell_gap) for line in _lines(bits)]
    out: list[Item] = []
    at = 0
    while at < len(rows):
        end = _table_end(rows, at)
        if end - at >= _MIN_ROWS or (end - at == 2 and len(rows[at]) == len(rows[at + 1]) > 2):
            out.extend(_columns(rows[at:end]))
            at = end
            continue
        out.extend(_plain_line(rows[at]))
        at += 1
    return out


def _plain_line(segments: list[Line]) -> list[Item]:
    """One item a place: seen segments of a line stay one line."""
    seen = [s for s in segments if s[0].where is Where.VISIBLE]
    out = [_line_item(s) for s in segments if s[0].where is not Where.VISIBLE]
    if seen:
        item = _line_item([bit for segment in seen for bit in segment])
        item.text = one_line("  ".join(_join(segment) for segment in seen))
        out.insert(0, item)
    return out


def _table_end(rows: list[list[Line]], start: int) -> int:
    """The row after the last one of a table that begins at `start`; `start` when there is none."""
    if len(rows[start]) < 2:
        return start
    end = start + 1
    while end < len(rows):
        above, here = rows[end - 1][0][0], rows[end][0][0]
        if here.y0 - above.y1 > _ROW_GAP * max(above.height, here.height):
            break
        if len(rows[end]) < 2 and not _is_wrapped(rows, start, end):
            break
        end += 1
    while end > start and len(rows[end - 1]) < 2 and not _is_wrapped(rows, start, end - 1):
        end -= 1
    return end


def _is_wrapped(rows: list[list[Line]], start: int, at: int) -> bool:
    """Whether a line of one segment goes on in a cell of the row above, not the first one."""
    segment = rows[at][0]
    for row in reversed(rows[start:at]):
        if len(row) < 2:
            continue
        near = segment[0].y0 - row[0][0].y1 < 1.2 * segment[0].height
        return near and any(
            abs(segment[0].x0 - cell[0].x0) < segment[0].height
            and segment[-1].x1 <= cell[-1].x1 + segment[0].height
            for cell in row[1:]
        )
    return False


def _columns(rows: list[list[Line]]) -> list[Item]:
    """The table of lines in columns."""
    counts = [len(row) for row in rows if len(row) > 1]
    usual = max(set(counts), key=lambda n: (counts.count(n), n))
    like = [row for row in rows if len(row) == usual]
    extents = [
        (min(row[c][0].x0 for row in like), max(row[c][-1].x1 for row in like))
        for c in range(usual)
    ]
    grid: list[dict[int, list[Line]]] = []
    for row in rows:
        placed: dict[int, list[Line]] = {}
        for number, segment in enumerate(row):
            column = number if len(row) == usual else _nearest(segment, extents)
            placed.setdefault(column, []).append(segment)
        if len(row) == 1 and grid and 0 not in placed:
            for column, more in placed.items():
                grid[-1].setdefault(column, []).extend(more)
        else:
            grid.append(placed)
    return _grid_item(grid, usual, rows)


def _grid_item(grid: list[dict[int, list[Line]]], width: int, rows: list[list[Line]]) -> list[Item]:
    cells: list[Cell] = []
    beside: list[Item] = []
    for number, placed in enumerate(grid):
        for column, segments in sorted(placed.items()):
            bits = [bit for segment in segments for bit in segment]
            text, where, rest = _cell(bits)
            note = bits[0].note if where is not Where.VISIBLE else None
            cells.append(Cell(text, number, column, where=where, note=note))
            beside.extend(rest)
    every = [bit for row in rows for segment in row for bit in segment]
    item = Item(
        min(bit.y0 for bit in every),
        max(bit.y1 for bit in every),
        table=Table(tuple(cells), len(grid), width),
        bounds=(min(bit.x0 for bit in every), max(bit.x1 for bit in every)),
    )
    return [item, *beside]


def _nearest(segment: Line, extents: list[tuple[float, float]]) -> int:
    """The column that a segment overlaps most, else the nearest one."""
    x0, x1 = segment[0].x0, segment[-1].x1

    def distance(number: int) -> float:
        left, right = extents[number]
        overlap = min(x1, right) - max(x0, left)
        return -overlap if overlap > 0 else min(abs(x0 - right), abs(left - x1))

    return min(range(len(extents)), key=distance)
