"""Runs of letters at places on a page -> lines, and the text of lines and cells.

Units are those of the page (points, millimetres or pixels); y grows downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from scanner.extract.text import one_line
from scanner.model import Table, Where

_WORD_GAP = 0.28  # heights: less is no space
_OVERLAP = 0.6  # heights


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
    clip: tuple[float, float] | None = None  # left and right of the cell it is cut to, if any

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


def cell_of(bits: list[Bit]) -> tuple[str, Where, list[Item]]:
    """(text, where, hidden pieces beside seen text) of one cell."""
    if len(bits) == 1:
        return one_line(bits[0].text), bits[0].where, []
    seen = [bit for bit in bits if bit.where is Where.VISIBLE]
    hidden = [bit for bit in bits if bit.where is not Where.VISIBLE]
    if not seen:
        text = "\n".join(text_of(line) for line in lines_of(hidden))
        return one_line(text), hidden[0].where, []
    text = "\n".join(text_of(line) for line in lines_of(seen))
    return one_line(text), Where.VISIBLE, [line_item(line) for line in lines_of(hidden)]


def lines_of(bits: Sequence[Bit]) -> list[Line]:
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


def text_of(line: Line) -> str:
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


def segments_of(line: Line, cell_gap: float) -> list[Line]:
    """A line cut where a gap is wide enough for another column."""
    if _is_boxed(line):
        return [line]
    out: list[Line] = [[line[0]]]
    for bit in line[1:]:
        before = out[-1][-1]
        is_seen = bit.where is Where.VISIBLE  # notes on seen letters do not part them
        changed = bit.where is not before.where or (bit.note != before.note and not is_seen)
        height = max(before.height, bit.height)
        gap = bit.x0 - before.x1
        changed = changed or _is_walled(before, bit)
        # Runs drawn over one another are two: their writer's letters are narrower than he says.
        if changed or gap > cell_gap * height or gap < -_OVERLAP * height:
            out.append([bit])
        else:
            out[-1].append(bit)
    return out


def _is_walled(before: Bit, bit: Bit) -> bool:
    """Whether two runs are cut to places side by side, as a sheet's cells are."""
    if before.clip == bit.clip:
        return False
    near = 0.5 * bit.height
    ends = before.clip is not None and bit.x0 > before.clip[1] - near
    return ends or (bit.clip is not None and before.x1 < bit.clip[0] + near)


def line_item(line: Line) -> Item:
    """A line as an item of its own."""
    first = line[0]
    where = first.where
    return Item(
        min(b.y0 for b in line),
        max(b.y1 for b in line),
        one_line(text_of(line)),
        where,
        first.note,
        bounds=(line[0].x0, line[-1].x1),
    )
