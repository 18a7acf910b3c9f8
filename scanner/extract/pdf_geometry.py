"""Matrices, boxes, clips and straight lines of a PDF page."""

import numpy as np
from pypdfium2 import raw  # type: ignore[import-untyped]

from scanner.extract import pdf_calls
from scanner.extract.pdf_calls import Floats

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)
_MAX_CLIPS = 20  # paths that an object is clipped to
_MAX_CLIP_POINTS = 200
Box = tuple[float, float, float, float]  # left, bottom, right, top: points, y upwards


def upright(place: Box, angle: int, box: Box) -> Box:
    """A place with y downwards and the letters turned upright: left, top, right, bottom."""
    left, bottom, right, top = place
    if angle == 90:
        return bottom, left, top, right
    if angle == 180:
        return box[2] - right, bottom - box[1], box[2] - left, top - box[1]
    if angle == 270:
        return box[3] - top, box[2] - right, box[3] - bottom, box[2] - left
    return left, box[3] - top, right, box[3] - bottom


def upright_all(places: Floats, angle: int, box: Box) -> Floats:
    """`upright` of lines and boxes, (n, 4)."""
    left, bottom, right, top = places.T
    return np.stack(upright((left, bottom, right, top), angle, box), axis=1)


def moved(boxes: Floats, matrices: Floats) -> Floats:
    """Boxes through a matrix each, (n, 4)."""
    a, b, c, d, e, f = matrices.T
    xs = [a * boxes[:, x] + c * boxes[:, y] + e for x in (0, 2) for y in (1, 3)]
    ys = [b * boxes[:, x] + d * boxes[:, y] + f for x in (0, 2) for y in (1, 3)]
    sides = (np.min(xs, axis=0), np.min(ys, axis=0), np.max(xs, axis=0), np.max(ys, axis=0))
    return np.stack(sides, axis=1)


def times(first: Matrix, second: Matrix) -> Matrix:
    """`first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def inside(box: Box, x: float, y: float) -> bool:
    """Whether a point lies in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def clip_of(number: int, matrix: Matrix) -> Box | None:
    """The box on the page that an object is clipped to; `matrix` is its form's."""
    box: Box | None = None
    for points in pdf_calls.clip_points(number, _MAX_CLIPS, _MAX_CLIP_POINTS):
        x, y = _through(matrix, points)
        part = (x.min() - 1, y.min() - 1, x.max() + 1, y.max() + 1)
        box = part if box is None else (
            max(box[0], part[0]), max(box[1], part[1]),
            min(box[2], part[2]), min(box[3], part[3]),
        )  # fmt: skip
    return box


def straight(number: int, count: int, matrix: Matrix) -> Floats:
    """(n, 4) the straight pieces of a path, on the page."""
    points, kinds, closed = pdf_calls.path_points(number, count)
    x, y = _through(matrix, points)
    places = np.arange(len(points))
    to = places[1:][kinds[1:] == raw.FPDF_SEGMENT_LINETO]
    starts = np.maximum.accumulate(np.where(kinds == raw.FPDF_SEGMENT_MOVETO, places, 0))
    ends = places[closed]
    first, last = np.concatenate((to - 1, ends)), np.concatenate((to, starts[ends]))
    return np.stack((x[first], y[first], x[last], y[last]), axis=1)


def _through(matrix: Matrix, points: Floats) -> tuple[Floats, Floats]:
    a, b, c, d, e, f = matrix
    return a * points[:, 0] + c * points[:, 1] + e, b * points[:, 0] + d * points[:, 1] + f
