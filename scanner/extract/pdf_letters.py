"""Letters of a PDF page -> runs, each seen or hidden, and why.

Most runs are one object's that nothing touches: they are judged whole, by their first and last
letter. What a box, a clip or the page's edge may cut is judged letter by letter.
"""

import ctypes
import re
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from scanner.extract import pdf_calls
from scanner.extract.layout import MAX_BITS
from scanner.extract.lines import Bit
from scanner.extract.pdf_geometry import Box, inside, upright
from scanner.lang import tr
from scanner.model import Where

_WHITE = 246
_TINY = 2.2  # points
_SAMPLE = 40  # letters looked at for fonts without a map to text
_WORD_GAP = 0.28  # heights
_TALL = 2.5  # height to width of a run of three letters or more that is written downwards
DOWNWARDS = 1  # the angle of such runs: they are laid out by themselves
_RUN = re.compile("[^\x00-\x20\ufffe\uffff]+")
_NUMBERS = re.compile("[\x01\x03-\x09\x0b\x0c\x0e-\x1f]")  # letters of a font with no map to text
Bits = dict[int, list[Bit]]


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


class Letters:
    """Reads all letters of a page at once."""

    def __init__(self, page: pdfium.PdfPage, looks: dict[int | None, Look], inks: Inks) -> None:
        self.bits: Bits = {}
        self.unmapped = False
        self._looks = looks
        self._inks = inks
        self._box = inks.box
        self._text_page = page.get_textpage()
        self._address = pdf_calls.address(self._text_page.raw)
        self._last: Bit | None = None
        self._state: tuple[int, str | None, Box | None] = (0, None, None)
        self._order = 0  # of the object that the last run ended in
        found = raw.FPDFText_CountChars(self._text_page.raw)
        count = max(min(found, 5 * MAX_BITS), 0)
        self._text = pdf_calls.letters_of(self._address, count)
        self.count = 0
        self._read()
        bad = len(_NUMBERS.findall(self._text))
        self.unmapped = count > 0 and (bad * 50 > count or self._is_unmapped(count))

    def _read(self) -> None:
        spans = [found.span() for found in _RUN.finditer(self._text)]
        ends = [place for start, end in spans for place in (start, end - 1)]
        owners = pdf_calls.letter_objects(self._address, ends)
        boxes = pdf_calls.letter_boxes(self._address, ends)
        unknown = Look(0, 0)
        for number, (start, end) in enumerate(spans):
            self.count += end - start
            owner = owners[2 * number]
            look = self._looks.get(owner, unknown)
            first, last = boxes[2 * number], boxes[2 * number + 1]
            if owner == owners[2 * number + 1]:
                place = (
                    min(first[0], last[0]), min(first[1], last[1]),
                    max(first[2], last[2]), max(first[3], last[3]),
                )  # fmt: skip
                note = self._of_run(look, place, first)
                if not isinstance(note, bool):
                    self._add(start, end, place, look, note)
                    continue
            self._one_by_one(start, end)

    def _of_run(self, look: Look, place: Box, first: list[float]) -> "str | bool | None":
        """Why a whole run is hidden, None when it is seen; False when its letters may differ."""
        if look.note is not None:
            return None if self._inks.is_scan else look.note
        box, clip = self._box, look.clip
        if place[0] < box[0] or place[1] < box[1] or place[2] > box[2] or place[3] > box[3]:
            return False
        if clip is not None and (
            place[0] < clip[0] or place[1] < clip[1] or place[2] > clip[2] or place[3] > clip[3]
        ):
            return False
        if _is_tiny(look, first):
            return tr("极小字号文字", "tiny text")
        if look.is_white or self._inks.touch(look.order, place):
            return False
        return None

    def _one_by_one(self, start: int, end: int) -> None:
        places = range(start, end)
        owners = pdf_calls.letter_objects(self._address, places)
        unknown = Look(0, 0)
        for at, owner, box in zip(
            places, owners, pdf_calls.letter_boxes(self._address, places), strict=True
        ):
            look = self._looks.get(owner, unknown)
            place = (box[0], box[1], box[2], box[3])
            self._add(at, at + 1, place, look, self._of_letter(look, place))

    def _of_letter(self, look: Look, place: Box) -> str | None:
        """In words, why nobody sees a letter; None when it is seen."""
        x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
        if look.note is not None:
            # The text layer of a scan says what the picture shows.
            return None if self._inks.is_scan else look.note
        if not inside(self._box, x, y):
            return tr("页面之外", "outside the page")
        if look.clip is not None and not inside(look.clip, x, y):
            return tr("裁剪区之外", "clipped away")
        if _is_tiny(look, place):
            return tr("极小字号文字", "tiny text")
        cover = self._inks.cover(look.order, x, y)
        if cover is not None:
            return cover
        if look.is_white and not self._inks.has_ground(look.order, x, y):
            return tr("白色文字", "white text")
        return None

    def _is_unmapped(self, count: int) -> bool:
        """Whether most letters come from fonts without a map to text."""
        sample = range(0, count, max(count // _SAMPLE, 1))
        text, page = self._text, self._text_page.raw
        bad = sum(
            1
            for index in sample
            if text[index] in "\x00\ufffe\uffff"
            or "\ue000" <= text[index] <= "\uf8ff"
            or raw.FPDFText_HasUnicodeMapError(page, index)
        )
        return bad * 3 > len(sample)

    # --- runs ---------------------------------------------------------------------------------

    def _add(self, start: int, end: int, place: Box, look: Look, note: str | None) -> None:
        """Letters at their place: the last run goes on, or a new one begins."""
        angle = look.angle
        if angle == 0 and end - start > 2 and place[3] - place[1] > _TALL * (place[2] - place[0]):
            angle = DOWNWARDS
        x0, y0, x1, y1 = upright(place, angle, self._box)
        text = self._text[start:end]
        last = self._last
        state = (angle, note, look.clip)
        if (
            last is not None
            and self._state == state
            and _follows(last, x0, y0, y1)
            and not self._is_apart(last, x0, look, end - start)
        ):
            self._order = look.order
            if x0 - last.x1 > 0.12 * (last.y1 - last.y0) and self._is_spaced(start, last.text):
                last.text += " "
            last.text += text
            last.x1 = max(last.x1, x1)
            last.y0, last.y1 = min(last.y0, y0), max(last.y1, y1)
            return
        where = Where.VISIBLE if note is None else Where.HIDDEN
        clip = None if look.clip is None or angle != 0 else (look.clip[0], look.clip[2])
        self._last = Bit(text, x0, y0, x1, y1, where, note, clip)
        self._state, self._order = state, look.order
        self.bits.setdefault(angle, []).append(self._last)

    def _is_apart(self, last: Bit, x0: float, look: Look, count: int) -> bool:
        """Whether a run of another object is another word: single letters are one value's."""
        if look.order == self._order or count == 1 or len(last.text) == 1:
            return False
        return x0 - last.x1 > _WORD_GAP * (last.y1 - last.y0)

    def _is_spaced(self, start: int, before: str) -> bool:
        """Whether a space stands before a letter; digits drawn apart are one number."""
        at = start - 1
        spaced = guessed = False
        while at >= 0 and (self._text[at] <= " " or self._text[at] >= "\ufffe"):
            if self._text[at] == " ":
                is_guess = bool(raw.FPDFText_IsGenerated(self._text_page.raw, at))
                spaced, guessed = spaced or not is_guess, guessed or is_guess
            at -= 1
        first, last = self._text[start], before[-1]
        words = last.isascii() and last.isalpha() and first.isascii() and first.isalpha()
        return spaced or (guessed and words)


def _is_tiny(look: Look, letter: "Box | list[float]") -> bool:
    if look.angle in (0, 180):
        return letter[3] - letter[1] < _TINY
    return letter[2] - letter[0] < _TINY


def _follows(last: Bit, x0: float, y0: float, y1: float) -> bool:
    """Whether a letter goes on where the last one ended."""
    height = max(last.y1 - last.y0, 0.01)
    overlap = min(last.y1, y1) - max(last.y0, y0)
    return overlap > 0.5 * min(height, y1 - y0) and -0.6 * height < x0 - last.x1 < 0.8 * height
