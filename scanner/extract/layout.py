"""Text at places on a page -> lines, paragraphs and tables, with or without ruling lines.

Units are those of the page (points, millimetres or pixels); y grows downwards.
"""

from collections import Counter
from collections.abc import Sequence

from scanner.extract.columns import free_items, note_of
from scanner.extract.lines import Bit, Item, cell_of, line_item, lines_of
from scanner.extract.ruled import Edges, Grid, find_grids
from scanner.model import Cell, Table

MAX_BITS = 60_000  # of one page
_CELL_GAP = 0.9  # heights: more is another column
_LEAST_STRIPES = 3
_BOX_GAP = 0.2  # heights: between boxes of a picture


def lay_out(bits: Sequence[Bit], edges: Edges, *, boxed: bool = False) -> list[Item]:
    """Items from top to bottom. Hidden pieces keep their place in tables, and stand alone
    elsewhere. `boxed`: each bit is a box that a picture's reader found apart from the next."""
    kept = [bit for bit in bits[:MAX_BITS] if bit.text.strip()]
    items: list[Item] = []
    for grid in _tables(find_grids(edges)):
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
    items.extend(free_items(kept, _BOX_GAP if boxed else _CELL_GAP))
    items.sort(key=lambda item: item.y0)
    return items


def _tables(grids: list[Grid]) -> list[Grid]:
    """The grids without the coloured stripes of a table: every other row, ruled by its ground
    alone, is no table of its own."""
    alike = Counter(_stripe(grid) for grid in grids)
    return [g for g in grids if not (stripe := _stripe(g)) or alike[stripe] < _LEAST_STRIPES]


def _stripe(grid: Grid) -> tuple[int, ...]:
    """What the stripes of one table have in common: the places of their columns; empty for a grid
    of more rows than one."""
    return tuple(map(round, grid.xs)) if len(grid.ys) == 2 else ()


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
        return [line_item(line) for line in lines_of(next(iter(filled.values())))]
    out: list[Cell] = []
    beside: list[Item] = []
    row_of = {row: number for number, row in enumerate(rows)}
    column_of = {column: number for number, column in enumerate(columns)}
    for (row, column), bits in sorted(filled.items()):
        text, where, rest = cell_of(bits)
        down, across = spans.get((row, column), (1, 1))
        height = 1 if down == 1 else sum(1 for r in rows if row <= r < row + down)
        width = 1 if across == 1 else sum(1 for c in columns if column <= c < column + across)
        cell = Cell(
            text,
            row_of[row],
            column_of[column],
            height,
            width,
            where=where,
            note=note_of(bits, where),
        )
        out.append(cell)
        beside.extend(rest)
    table = Table(tuple(out), len(rows), len(columns))
    x0, y0, x1, y1 = box
    return [Item(y0, y1, table=table, bounds=(x0, x1)), *beside]
