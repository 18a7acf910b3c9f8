"""What is drawn on a PDF page beside letters: what covers them, and the lines that part them."""

import ctypes
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from scanner.extract import pdf_calls
from scanner.extract.lines import Bit
from scanner.extract.pdf_geometry import Box
from scanner.extract.ruled import Edges
from scanner.lang import tr

_WHITE = 246


@dataclass(slots=True)
class Look:
    """What is known of one text object."""

    order: int
    angle: int  # 0, 90, 180, 270: of the letters, anticlockwise
    note: str | None = None  # why it is hidden, whatever lies over it
    is_white: bool = False
    clip: Box | None = None


@dataclass(slots=True)
class Inks:
    """Filled boxes and pictures of a page in drawing order."""

    page: pdfium.PdfPage
    box: Box  # of the page
    is_scan: bool = False
    _rows: list[tuple[int, Box, tuple[int, int, int] | None, int]] = field(default_factory=list)
    _orders: pdf_calls.Numbers = field(init=False)
    _boxes: pdf_calls.Floats = field(init=False)
    _opaque: dict[int, bool] = field(default_factory=dict)

    def add(
        self,
        order: int,
        box: list[float],
        *,
        color: tuple[int, int, int] | None = None,
        picture: int = 0,
    ) -> None:
        """A box of a colour, or a picture by its handle."""
        self._rows.append((order, (box[0], box[1], box[2], box[3]), color, picture))

    def close(self) -> None:
        """All are known."""
        self._rows.sort(key=lambda row: row[0])
        self._orders = np.array([row[0] for row in self._rows], np.int64)
        self._boxes = np.array([row[1] for row in self._rows]).reshape(-1, 4)

    def touch(self, order: int, box: Box) -> bool:
        """Whether anything drawn later than `order` touches a box."""
        if not self._rows or self._rows[-1][0] < order:
            return False
        later = self._boxes[int(np.searchsorted(self._orders, order)) :]
        return bool(
            (
                (later[:, 0] <= box[2]) & (later[:, 2] >= box[0])
                & (later[:, 1] <= box[3]) & (later[:, 3] >= box[1])
            ).any()
        )  # fmt: skip

    def _at(self, x: float, y: float) -> list[int]:
        """Numbers of those that a point lies in."""
        if not self._rows:
            return []
        boxes = self._boxes
        holds = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
        return np.flatnonzero(holds).tolist()

    def cover(self, order: int, x: float, y: float) -> str | None:
        """In words, what hides a letter at a point; None when nothing does."""
        for number in self._at(x, y):
            later, _, color, picture = self._rows[number]
            if later <= order:
                continue
            if color is None:
                if self.is_scan or not self._is_opaque(picture):
                    continue
                return tr("图片下方", "under a picture")
            if max(color) < 80:
                return tr("黑色遮挡块下方", "under a black box")
            if min(color) >= _WHITE:
                return tr("白色遮挡块下方", "under a white box")
            return tr("色块遮挡下方", "under a coloured box")
        return None

    def has_ground(self, order: int, x: float, y: float) -> bool:
        """Whether white letters at a point stand on something dark."""
        for number in self._at(x, y):
            before, _, color, _ = self._rows[number]
            if before < order and (color is None or min(color) < _WHITE):
                return True
        return False

    def _is_opaque(self, picture: int) -> bool:
        """Whether a picture hides what is below: a seal with a clear ground does not."""
        if picture not in self._opaque:
            self._opaque[picture] = _fills(self.page, picture)
        return self._opaque[picture]


def _fills(page: pdfium.PdfPage, picture: int) -> bool:
    handle = pdf_calls.handle_of(picture)
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(None, page.raw, handle)
    if not bitmap:
        return True
    try:
        if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
            return True
        size = raw.FPDFBitmap_GetStride(bitmap) * raw.FPDFBitmap_GetHeight(bitmap)
        data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), size)
        alpha = data[3::4][:: max(len(data) // 40_000, 1)]
        return sum(alpha) > 200 * len(alpha)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


class Walls:
    """Upright ruling lines: letters on both sides of one stand in two cells."""

    def __init__(self, edges: Callable[[int], Edges]) -> None:
        self._edges = edges
        self._of: dict[int, list[tuple[float, float, float]]] = {}

    def part(self, angle: int, last: Bit, x0: float) -> bool:
        """Whether a line stands between a run and the letter that begins at `x0`."""
        if angle not in self._of:
            self._of[angle] = sorted(self._edges(angle).down)
        lines, y = self._of[angle], last.middle
        slack = 0.1 * last.height
        for at in range(bisect_left(lines, (last.x1 - slack,)), len(lines)):
            x, top, bottom = lines[at]
            if x > x0 + slack:
                return False
            if top <= y <= bottom:
                return True
        return False
