"""Ruling lines -> grids: rows and columns between them, and cells that span several."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

MAX_EDGES = 6000  # of one page, each way
_NEAR = 0.006  # of the page's size: lines closer than this are one
_MAX_PLACES = 60_000


@dataclass(slots=True)
class Edges:
    """Lines of a page: horizontal (y, x0, x1), vertical (x, y0, y1)."""

    size: float = 800.0  # the page's longer side
    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A straight line; slanted ones and points are left out."""
        near = self.size * _NEAR / 2
        width, height = abs(x1 - x0), abs(y1 - y0)
        if height <= near < width and len(self.across) < MAX_EDGES:
            self.across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif width <= near < height and len(self.down) < MAX_EDGES:
            self.down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def add_all(self, lines: "npt.NDArray[np.float64]") -> None:
        """Straight lines, (n, 4): x0, y0, x1, y1."""
        near = self.size * _NEAR / 2
        x0, x1 = np.minimum(lines[:, 0], lines[:, 2]), np.maximum(lines[:, 0], lines[:, 2])
        y0, y1 = np.minimum(lines[:, 1], lines[:, 3]), np.maximum(lines[:, 1], lines[:, 3])
        flat, thin = y1 - y0 <= near, x1 - x0 <= near
        middles = (np.stack(((y0 + y1) / 2, x0, x1), 1), np.stack(((x0 + x1) / 2, y0, y1), 1))
        for out, middle, chosen in zip(
            (self.across, self.down), middles, (flat & ~thin, thin & ~flat), strict=True
        ):
            rows = middle[chosen][: max(MAX_EDGES - len(out), 0)]
            out.extend((row[0], row[1], row[2]) for row in rows.tolist())

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """The four sides of a rectangle; a thin one is a line."""
        near = self.size * _NEAR / 2
        if abs(y1 - y0) <= near or abs(x1 - x0) <= near:
            self.add(x0, y0, x1, y1)
            return
        for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.add(*side)


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: dict[tuple[int, int], tuple[int, int]]  # place -> first place of its cell
    spans: dict[tuple[int, int], tuple[int, int]]  # first place -> rows, columns

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, y0, x1, y1."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        xs, ys = self.xs, self.ys
        return xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]

    def place(self, x: float, y: float) -> tuple[int, int]:
        """(row, column) of the cell that a point of the table lies in."""
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        return self.owner[(max(row, 0), self.column(x))]

    def column(self, x: float) -> int:
        """The column that an x lies in."""
        return max(min(bisect_right(self.xs, x), len(self.xs) - 1) - 1, 0)


def find_grids(edges: Edges) -> list[Grid]:
    """Grids of a page: lines that touch one another, at least one row and two columns."""
    near = edges.size * _NEAR
    out: list[Grid] = []
    for across, down in _groups(edges, near):
        # A side may be open: then the other lines' ends are the table's edge.
        left_right = [end for _, x0, x1 in across for end in (x0, x1)]
        top_bottom = [end for _, y0, y1 in down for end in (y0, y1)]
        xs = _merged([*(x for x, _, _ in down), *_ends(left_right)], near)
        ys = _merged([*(y for y, _, _ in across), *_ends(top_bottom)], near)
        if len(xs) >= 3 and len(ys) >= 2 and len(xs) * len(ys) <= _MAX_PLACES:
            out.append(_grid(xs, ys, across, down, near))
    return out


def _ends(values: Sequence[float]) -> tuple[float, ...]:
    return (min(values), max(values)) if values else ()


def _groups(
    edges: Edges, near: float
) -> list[tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]]:
    """Connected lines: tables one above the other are apart."""
    spans = sorted((y0 - near, y1 + near) for _, y0, y1 in edges.down)
    bands: list[list[float]] = []
    for top, bottom in spans:
        if bands and top <= bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], bottom)
        else:
            bands.append([top, bottom])
    out = []
    for top, bottom in bands:
        down = [line for line in edges.down if top <= line[1] and line[2] <= bottom]
        left = min(x for x, _, _ in down) - near
        right = max(x for x, _, _ in down) + near
        across = [
            line
            for line in edges.across
            if top <= line[0] <= bottom and line[2] > left and line[1] < right
        ]
        out.append((across, down))
    return out


def _merged(values: Sequence[float], near: float) -> tuple[float, ...]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > near:
            out.append(value)
    return tuple(out)


def _grid(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    across: Sequence[tuple[float, float, float]],
    down: Sequence[tuple[float, float, float]],
    near: float,
) -> Grid:
    """Cells are joined where the line between two places is missing."""
    rows, columns = len(ys) - 1, len(xs) - 1
    walls = _drawn(down, xs, ys, near)
    floors = _drawn(across, ys, xs, near)
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            wide = column + 1
            while wide < columns and not walls[wide][row] and (row, wide) not in owner:
                wide += 1
            deep = row + 1
            while deep < rows and not any(floors[deep][column:wide]):
                deep += 1
            spans[(row, column)] = (deep - row, wide - column)
            for r in range(row, deep):
                for c in range(column, wide):
                    owner[(r, c)] = (row, column)
    return Grid(xs, ys, owner, spans)


def _drawn(
    lines: Sequence[tuple[float, float, float]],
    places: tuple[float, ...],
    ends: tuple[float, ...],
    near: float,
) -> list[list[bool]]:
    """For each of `places`, whether a line is drawn there between two neighbours of `ends`."""
    out = np.zeros((len(places), len(ends) - 1), np.bool_)
    if not lines:
        return out.tolist()
    at, first, last = np.array(sorted(set(lines))).T
    known = np.array(places)
    number = np.clip(np.searchsorted(known, at + 0.001, side="right") - 1, 0, None)
    after = np.minimum(number + 1, len(places) - 1)
    number = np.where(np.abs(known[after] - at) <= near, after, number)
    middle = (np.array(ends[1:]) + np.array(ends[:-1])) / 2
    for row, low, high in zip(
        number.tolist(),
        np.searchsorted(middle, first - near).tolist(),
        np.searchsorted(middle, last + near, side="right").tolist(),
        strict=True,
    ):
        out[row, low:high] = True
    return out.tolist()
