"""Handles of pdfium -> plain numbers: boxes, colours, clips, straight lines."""

import ctypes

from pypdfium2 import raw  # type: ignore[import-untyped]

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)
Box = tuple[float, float, float, float]  # left, bottom, right, top: points, y upwards


def matrix_of(handle: object) -> Matrix:
    """The object's own matrix."""
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def upright(place: Box, angle: int, box: Box) -> Box:
    """A place with y downwards and the letters turned upright."""
    left, bottom, right, top = place
    if angle == 90:
        return bottom, left, top, right
    if angle == 180:
        return box[2] - right, bottom - box[1], box[2] - left, top - box[1]
    if angle == 270:
        return box[3] - top, box[2] - right, box[3] - bottom, box[2] - left
    return left, box[3] - top, right, box[3] - bottom


def angle_of(matrix: Matrix) -> int:
    """Which way letters run: 0, 90, 180, 270 degrees anticlockwise."""
    a, b = matrix[0], matrix[1]
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 180
    return 90 if b > 0 else 270


def times(first: Matrix, second: Matrix) -> Matrix:
    """`first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point through a matrix."""
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def inside(box: Box, x: float, y: float) -> bool:
    """Whether a point lies in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def address(handle: object) -> int | None:
    """What tells one handle from another."""
    return ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]


def color_of(handle: object) -> tuple[int, int, int, int] | None:
    """Fill colour and opacity, 0 to 255 each."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(handle, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def bounds_of(handle: object, matrix: Matrix) -> Box:
    """The object's box on the page; `matrix` is its form's."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(handle, *sides):
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = (side.value for side in sides)
    points = [point(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def clip_of(handle: object) -> Box | None:
    """The box that a text object is clipped to; None when it is not."""
    path = raw.FPDFPageObj_GetClipPath(handle)
    if not path:
        return None
    box: Box | None = None
    for number in range(min(max(raw.FPDFClipPath_CountPaths(path), 0), 20)):
        points = []
        for index in range(min(raw.FPDFClipPath_CountPathSegments(path, number), 200)):
            x, y = ctypes.c_float(), ctypes.c_float()
            segment = raw.FPDFClipPath_GetPathSegment(path, number, index)
            if raw.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            part = (min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1)
            box = part if box is None else (
                max(box[0], part[0]), max(box[1], part[1]),
                min(box[2], part[2]), min(box[3], part[3]),
            )  # fmt: skip
    return box


def straight(handle: object, count: int, matrix: Matrix) -> list[tuple[float, float, float, float]]:
    """The straight pieces of a path, on the page."""
    out: list[Box] = []
    start: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        here = point(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            out.append((*last, *here))
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            out.append((*here, *start))
        last = here
    return out
