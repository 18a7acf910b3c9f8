"""Tables without ruling lines: lines of words that stand in the same columns."""

import re
from collections.abc import Sequence
from statistics import median

from scanner.extract.lines import (
    Bit,
    Item,
    Line,
    cell_of,
    line_item,
    lines_of,
    segments_of,
    text_of,
)
from scanner.extract.text import one_line
from scanner.model import Cell, Table, Where

_ROW_GAP = 3.2  # heights between the lines of one table
_WIDE_GAP = 8.0  # heights, where they stand in the same columns
_MIN_ROWS = 3
_RIVER = 0.3  # heights: white between columns, where a word's gap may be as wide
LONGEST = 22  # digits of a number that a line or page end cuts
_DIGITS = re.compile(r"[0-9]+[0-9Xx]?")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_ONE_CELL = 1.7  # heights: the most between the middles of two lines of one cell
_STRAYS = 10  # one line in so many may cross it


def free_items(bits: Sequence[Bit], cell_gap: float) -> list[Item]:
    """Paragraph lines, and tables where lines stand in the same columns."""
    rows = _centred([segments_of(line, cell_gap) for line in lines_of(bits)])
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


def _centred(rows: list[list[Line]]) -> list[list[Line]]:
    """The lines, those of cells with two lines joined to the row in whose middle the others stand:
    the row lies halfway between two lines that are no further apart than lines of one cell."""
    out: list[list[Line]] = []
    at = 0
    while at < len(rows):
        if at + 2 < len(rows) and _flank(*rows[at : at + 3]):
            above, row, below = rows[at : at + 3]
            both = [[bit, *_under(bit, below)] for segment in above for bit in segment]
            out.append(sorted([*row, *both], key=lambda segment: segment[0].x0))
            at += 3
            continue
        out.append(rows[at])
        at += 1
    return out


def _flank(above: list[Line], row: list[Line], below: list[Line]) -> bool:
    """Whether two lines belong to cells of the row between them, in places that it leaves free."""
    first, middle, last = above[0][0], row[0][0], below[0][0]
    height = middle.height
    if len(row) < 2 or last.middle - first.middle > _ONE_CELL * height:
        return False
    if abs(middle.middle - (first.middle + last.middle) / 2) > 0.2 * height:
        return False
    upper = [bit for segment in above for bit in segment]
    if sum(len(_under(bit, below)) for bit in upper) != sum(map(len, below)):
        return False
    places = [(segment[0].x0, segment[-1].x1) for segment in row]
    return not any(bit.x0 < x1 and x0 < bit.x1 for bit in upper for x0, x1 in places)


def _under(above: Bit, below: list[Line]) -> Line:
    """The run that begins below another, empty where none does."""
    near = 0.6 * above.height
    runs = (bit for segment in below for bit in segment)
    return next(
        (
            [bit]
            for bit in runs
            if abs(bit.x0 - above.x0) < near or abs(bit.centre - above.centre) < near
        ),
        [],
    )


def _plain_line(segments: list[Line]) -> list[Item]:
    """One item a place: seen segments of a line stay one line."""
    seen = [s for s in segments if s[0].where is Where.VISIBLE]
    out = [line_item(s) for s in segments if s[0].where is not Where.VISIBLE]
    if seen:
        item = line_item([bit for segment in seen for bit in segment])
        item.text = one_line("  ".join(text_of(segment) for segment in seen))
        out.insert(0, item)
    return out


def _table_end(rows: list[list[Line]], start: int) -> int:
    """The row after the last one of a table that begins at `start`; `start` when there is none."""
    if len(rows[start]) < 2:
        return start
    end = start + 1
    while end < len(rows):
        height = max(rows[end - 1][0][0].height, rows[end][0][0].height)
        bottom = max(bit.y1 for segment in rows[end - 1] for bit in segment)
        top = min(bit.y0 for segment in rows[end] for bit in segment)
        gap = _WIDE_GAP if _is_aligned(rows[end - 1], rows[end]) else _ROW_GAP
        if top - bottom > gap * height:
            break
        if len(rows[end]) < 2 and not _is_wrapped(rows, start, end):
            break
        end += 1
    while end > start and len(rows[end - 1]) < 2 and not _is_wrapped(rows, start, end - 1):
        end -= 1
    return end


def _is_aligned(above: list[Line], here: list[Line]) -> bool:
    """Whether two lines stand in the same three columns or more, most of theirs."""
    places = [(segment[0].x0, segment[-1].x1) for segment in above]
    same = sum(sum(s[0].x0 < x1 and x0 < s[-1].x1 for x0, x1 in places) == 1 for s in here)
    return same >= _MIN_ROWS and same * 2 >= max(len(above), len(here))


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
    """The table of lines in columns, and hidden pieces that lie under its cells."""
    rows, beneath = _apart(rows)
    counts = [len(row) for row in rows if len(row) > 1]
    usual = max(set(counts), key=lambda n: (counts.count(n), n))
    between = _between_rivers(rows)
    if len(between) > usual:
        extents, usual = between, 0
        rows = [[[bit] for segment in row for bit in segment] for row in rows]
    else:
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
        if grid and 0 not in placed and (len(row) == 1 or _goes_on(placed, grid[-1], extents)):
            for column, more in placed.items():
                grid[-1].setdefault(column, []).extend(more)
        else:
            grid.append(placed)
    return [*_grid_item(grid, len(extents), rows), *map(line_item, beneath)]


def _apart(rows: list[list[Line]]) -> tuple[list[list[Line]], list[Line]]:
    """(rows, hidden pieces where seen ones stand): what is cut off a cell is no column."""
    out: list[list[Line]] = []
    beneath: list[Line] = []
    for row in rows:
        seen = [s for s in row if s[0].where is Where.VISIBLE]
        if len(seen) == len(row) or not seen:
            out.append(row)
            continue
        kept: list[Line] = []
        for segment in row:
            is_under = segment[0].where is not Where.VISIBLE and any(
                segment[0].x0 < other[-1].x1 and other[0].x0 < segment[-1].x1 for other in seen
            )
            (beneath if is_under else kept).append(segment)
        out.append(kept)
    return out, beneath


def _between_rivers(rows: list[list[Line]]) -> list[tuple[float, float]]:
    """Columns by the white strips that nearly all lines leave free, narrow ones too."""
    bits = [bit for row in rows for segment in row for bit in segment]
    least = _RIVER * median(bit.height for bit in bits)
    slack = len(rows) // _STRAYS
    ends = sorted([(bit.x0, 1) for bit in bits] + [(bit.x1, -1) for bit in bits])
    out: list[tuple[float, float]] = []
    depth, start = 0, 0.0
    for x, step in ends:
        before, depth = depth, depth + step
        if before <= slack < depth:
            start = x
        elif depth <= slack < before:
            if out and start - out[-1][1] < least:
                start = out.pop()[0]
            out.append((start, x))
    return out


def _goes_on(
    placed: dict[int, list[Line]],
    above: dict[int, list[Line]],
    extents: Sequence[tuple[float, float]],
) -> bool:
    """Whether a line carries on cells of the line above: all of them ended at their column's edge,
    or a number did, and beside it only words go on."""
    if any(column not in above for column in placed):
        return False
    ended = cut = 0
    for column, here in placed.items():
        last, first = above[column][-1][-1], here[0][0]
        if first.y0 - last.y1 >= 0.8 * first.height:
            return False
        number = _digits(above[column]), _digits(here)
        if all(number):
            if len("".join(number)) > LONGEST or all(map(_MOBILE.fullmatch, number)):
                return False  # two numbers, of two persons
            cut += 1
        if last.x1 >= extents[column][1] - 1.2 * last.height:
            ended += 1
        elif any(number):
            return False
    return ended == len(placed) or cut > 0


def _digits(lines: list[Line]) -> str:
    """The number that lines of a cell hold; "" where they hold anything else."""
    text = "".join(bit.text for line in lines for bit in line).replace(" ", "")
    return text if _DIGITS.fullmatch(text) else ""


def _grid_item(grid: list[dict[int, list[Line]]], width: int, rows: list[list[Line]]) -> list[Item]:
    cells: list[Cell] = []
    beside: list[Item] = []
    for number, placed in enumerate(grid):
        for column, segments in sorted(placed.items()):
            bits = [bit for segment in segments for bit in segment]
            text, where, rest = cell_of(bits)
            cells.append(Cell(text, number, column, where=where, note=note_of(bits, where)))
            beside.extend(rest)
    every = [bit for row in rows for segment in row for bit in segment]
    item = Item(
        min(bit.y0 for bit in every),
        max(bit.y1 for bit in every),
        table=Table(tuple(cells), len(grid), width),
        bounds=(min(bit.x0 for bit in every), max(bit.x1 for bit in every)),
    )
    return [item, *beside]


def note_of(bits: list[Bit], where: Where) -> str | None:
    """What is said of a cell: of the first piece that stands where its text does."""
    return next((bit.note for bit in bits if bit.where is where), None)


def _nearest(segment: Line, extents: list[tuple[float, float]]) -> int:
    """The column that a segment overlaps most, else the nearest one."""
    x0, x1 = segment[0].x0, segment[-1].x1

    def distance(number: int) -> float:
        left, right = extents[number]
        overlap = min(x1, right) - max(x0, left)
        return -overlap if overlap > 0 else min(abs(x0 - right), abs(left - x1))

    return min(range(len(extents)), key=distance)
