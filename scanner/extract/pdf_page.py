"""One page of a PDF by pdfium: letters with their boxes, what hides them, lines and pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from scanner.extract.layout import MAX_BITS, Bit
from scanner.extract.pdf_geometry import (
    SAME,
    Box,
    Matrix,
    address,
    angle_of,
    bounds_of,
    clip_of,
    color_of,
    inside,
    matrix_of,
    straight,
    times,
    upright,
)
from scanner.extract.ruled import Edges
from scanner.lang import tr
from scanner.model import Where

_MAX_OBJECTS = 60_000
_MAX_NESTED = 12  # forms inside forms
_WHITE = 246
_TINY = 2.2  # points
_MAX_SEGMENTS = 10  # of a path that may cover as a box
_SAMPLE = 40  # letters looked at for fonts without a map to text
_PICTURE = 40.0  # points: a smaller picture is a mark
_NOT_TEXT = frozenset((0, 2, 10, 13, 0xFFFE, 0xFFFF))


@dataclass(slots=True)
class _Ink:
    """A filled box or a picture on the page."""

    order: int
    box: Box
    is_picture: bool
    color: tuple[int, int, int] = (0, 0, 0)
    handle: object = None


@dataclass(slots=True)
class _Look:
    """What is known of one text object."""

    order: int
    angle: int  # 0, 90, 180, 270: of the letters, anticlockwise
    note: str | None = None  # why it is hidden, whatever lies over it
    is_white: bool = False
    clip: Box | None = None
    bounds: Box = (0.0, 0.0, 0.0, 0.0)
    over: list[_Ink] | None = None  # drawn later on the same place; None: not yet looked for


@dataclass(slots=True)
class PageContent:
    """What stands on a page."""

    size: tuple[float, float]
    bits: dict[int, list[Bit]] = field(default_factory=dict)  # by angle, turned upright
    edges: dict[int, Edges] = field(default_factory=dict)
    pictures: list[Box] = field(default_factory=list)
    letters: int = 0
    unmapped: bool = False  # fonts whose letters have no text

    @property
    def is_picture(self) -> bool:
        """Whether pictures fill more than half of it."""
        area = self.size[0] * self.size[1]
        return sum((b[2] - b[0]) * (b[3] - b[1]) for b in self.pictures) > area / 2


def read_page(page: pdfium.PdfPage, layers_off: frozenset[str]) -> PageContent:
    """Letters, lines and pictures of a page. `layers_off`: names of layers that are not shown."""
    return _Reader(page, layers_off).read()


class _Reader:
    def __init__(self, page: pdfium.PdfPage, layers_off: frozenset[str]) -> None:
        self._page = page
        self._off = layers_off
        self._box: Box = page.get_cropbox()
        self._inks: list[_Ink] = []
        self._looks: dict[int | None, _Look] = {}
        self._lines: list[Box] = []
        self._count = 0
        self._text_page = page.get_textpage()
        self._is_scan = False

    def read(self) -> PageContent:
        for handle, matrix, note in self._objects():
            self._object(handle, matrix, note)
        left, bottom, right, top = self._box
        content = PageContent((right - left, top - bottom))
        area = max((right - left) * (top - bottom), 1)
        content.pictures = [
            ink.box
            for ink in self._inks
            if ink.is_picture and min(ink.box[2] - ink.box[0], ink.box[3] - ink.box[1]) > _PICTURE
        ]
        self._is_scan = any((b[2] - b[0]) * (b[3] - b[1]) > 0.7 * area for b in content.pictures)
        self._letters(content)
        for angle in content.bits:
            content.edges[angle] = self._edges(angle)
        return content

    # --- objects ------------------------------------------------------------------------------

    def _objects(self) -> Iterator[tuple[object, Matrix, str | None]]:
        """(object, matrix of its form, why its form is hidden) in drawing order."""
        for index in range(min(raw.FPDFPage_CountObjects(self._page.raw), _MAX_OBJECTS)):
            handle = raw.FPDFPage_GetObject(self._page.raw, index)
            yield from self._deep(handle, SAME, None, 0)

    def _deep(
        self, handle: object, matrix: Matrix, note: str | None, depth: int
    ) -> Iterator[tuple[object, Matrix, str | None]]:
        self._count += 1
        if self._count > _MAX_OBJECTS:
            return
        note = note or self._layer(handle)
        if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM or depth >= _MAX_NESTED:
            yield handle, matrix, note
            return
        below = times(matrix_of(handle), matrix)
        for index in range(min(raw.FPDFFormObj_CountObjects(handle), _MAX_OBJECTS)):
            inner = raw.FPDFFormObj_GetObject(handle, index)
            yield from self._deep(inner, below, note, depth + 1)

    def _layer(self, handle: object) -> str | None:
        """In words, when the object belongs to a layer that is switched off."""
        if not self._off:
            return None
        for index in range(raw.FPDFPageObj_CountMarks(handle)):
            mark = raw.FPDFPageObj_GetMark(handle, index)
            buffer = ctypes.create_string_buffer(512)
            length = ctypes.c_ulong()
            if raw.FPDFPageObjMark_GetParamStringValue(
                mark, b"Name", ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), 512, length
            ):
                name = buffer.raw[: max(length.value - 2, 0)].decode("utf-16-le", "replace")
                if name in self._off:
                    return tr("已关闭的图层中", "in a layer that is switched off")
        return None

    def _object(self, handle: object, matrix: Matrix, note: str | None) -> None:
        kind = raw.FPDFPageObj_GetType(handle)
        order = len(self._looks) + len(self._inks) + 1
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._looks[address(handle)] = self._text(handle, matrix, note, order)
        elif note is not None:
            return
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._inks.append(_Ink(order, bounds_of(handle, matrix), True, handle=handle))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(handle, matrix, order)

    def _text(self, handle: object, matrix: Matrix, note: str | None, order: int) -> _Look:
        full = times(matrix_of(handle), matrix)
        color = color_of(handle)
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        if note is None and mode in (
            raw.FPDF_TEXTRENDERMODE_INVISIBLE,
            raw.FPDF_TEXTRENDERMODE_CLIP,
        ):
            note = tr("不可见文字", "invisible text")
        elif note is None and color is not None and color[3] < 8:
            note = tr("透明文字", "transparent text")
        is_white = color is not None and min(color[:3]) >= _WHITE
        return _Look(
            order, angle_of(full), note, is_white, clip_of(handle), bounds_of(handle, matrix)
        )

    def _path(self, handle: object, matrix: Matrix, order: int) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(handle, fill, stroke)
        count = raw.FPDFPath_CountSegments(handle)
        if fill.value and count <= _MAX_SEGMENTS:
            color = color_of(handle)
            opaque = color is not None and color[3] > 200
            if color is not None and opaque and not raw.FPDFPageObj_HasTransparency(handle):
                self._inks.append(_Ink(order, bounds_of(handle, matrix), False, color[:3]))
        if (stroke.value or fill.value) and len(self._lines) < _MAX_OBJECTS:
            full = times(matrix_of(handle), matrix)
            self._lines.extend(straight(handle, min(count, 2000), full))

    # --- letters ------------------------------------------------------------------------------

    def _letters(self, content: PageContent) -> None:
        text_page = self._text_page.raw
        count = min(raw.FPDFText_CountChars(text_page), 5 * MAX_BITS)
        box = raw.FS_RECTF()
        writer = _Writer(content, self._box)
        unknown = _Look(0, 0)
        bad = 0
        for index in range(count):
            code = raw.FPDFText_GetUnicode(text_page, index)
            if code in _NOT_TEXT:
                continue
            if code == 32:
                writer.space(real=not raw.FPDFText_IsGenerated(text_page, index))
                continue
            if code < 32:  # the number of a letter in a font that has no map to text
                bad += 1
                continue
            if not raw.FPDFText_GetLooseCharBox(text_page, index, box):
                continue
            look = self._looks.get(address(raw.FPDFText_GetTextObject(text_page, index)), unknown)
            place = (box.left, box.bottom, box.right, box.top)
            writer.letter(chr(code), place, look.angle, self._hidden(look, place))
        content.letters = writer.count
        content.unmapped = count > 0 and (bad * 50 > count or self._is_unmapped(count))

    def _is_unmapped(self, count: int) -> bool:
        """Whether most letters come from fonts without a map to text."""
        step = max(count // _SAMPLE, 1)
        sample = range(0, count, step)
        bad = sum(
            1
            for index in sample
            if raw.FPDFText_HasUnicodeMapError(self._text_page.raw, index)
            or 0xE000 <= raw.FPDFText_GetUnicode(self._text_page.raw, index) <= 0xF8FF
            or raw.FPDFText_GetUnicode(self._text_page.raw, index) in (0, 0xFFFE, 0xFFFF)
        )
        return bad * 3 > len(sample)

    def _hidden(self, look: _Look, place: Box) -> str | None:
        """In words, why nobody sees a letter; None when it is seen."""
        x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
        if self._is_scan and look.note is not None:
            return None  # the text layer of a scan says what the picture shows
        if look.note is not None:
            return look.note
        if not inside(self._box, x, y):
            return tr("页面之外", "outside the page")
        if look.clip is not None and not inside(look.clip, x, y):
            return tr("裁剪区之外", "clipped away")
        side = place[3] - place[1] if look.angle in (0, 180) else place[2] - place[0]
        if side < _TINY:
            return tr("极小字号文字", "tiny text")
        cover = self._cover(look, x, y)
        if cover is not None:
            return cover
        if look.is_white and not self._has_ground(look.order, x, y):
            return tr("白色文字", "white text")
        return None

    def _cover(self, look: _Look, x: float, y: float) -> str | None:
        if look.over is None:
            look.over = [
                ink for ink in self._inks if ink.order > look.order and _touch(ink.box, look.bounds)
            ]
        for ink in look.over:
            if not inside(ink.box, x, y):
                continue
            if ink.is_picture:
                if self._is_scan or not self._is_opaque(ink):
                    continue
                return tr("图片下方", "under a picture")
            if max(ink.color) < 80:
                return tr("黑色遮挡块下方", "under a black box")
            if min(ink.color) >= _WHITE:
                return tr("白色遮挡块下方", "under a white box")
            return tr("色块遮挡下方", "under a coloured box")
        return None

    def _is_opaque(self, ink: _Ink) -> bool:
        """Whether a picture hides what is below: a seal with a clear ground does not."""
        bitmap = raw.FPDFImageObj_GetRenderedBitmap(None, self._page.raw, ink.handle)
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

    def _has_ground(self, order: int, x: float, y: float) -> bool:
        """Whether white letters stand on something dark."""
        return any(
            ink.order < order
            and inside(ink.box, x, y)
            and (ink.is_picture or min(ink.color) < _WHITE)
            for ink in self._inks
        )

    def _edges(self, angle: int) -> Edges:
        edges = Edges(max(self._box[2] - self._box[0], self._box[3] - self._box[1], 1.0))
        for x0, y0, x1, y1 in self._lines:
            edges.add(*upright((x0, y0, x1, y1), angle, self._box))
        return edges


class _Writer:
    """Letters in drawing order -> bits."""

    def __init__(self, content: PageContent, box: Box) -> None:
        self._content = content
        self._box = box
        self._last: Bit | None = None
        self._state: tuple[int, str | None] = (0, None)
        self._spaced = ""
        self.count = 0

    def space(self, *, real: bool) -> None:
        """A space between letters: a real one, or one that the library guessed from a gap."""
        self._spaced = " " if real else self._spaced or "?"

    def letter(self, letter: str, place: Box, angle: int, note: str | None) -> None:
        """One letter at its place."""
        self.count += 1
        x0, y0, x1, y1 = upright(place, angle, self._box)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        last = self._last
        if last is not None and self._state == (angle, note) and _follows(last, x0, y0, y1):
            gap = x0 - last.x1
            if gap > 0.12 * last.height and self._parts(last.text[-1], letter):
                last.text += " "
            last.text += letter
            last.x1 = max(last.x1, x1)
            last.y0, last.y1 = min(last.y0, y0), max(last.y1, y1)
        else:
            where = Where.VISIBLE if note is None else Where.HIDDEN
            self._last = Bit(letter, x0, y0, x1, y1, where, note)
            self._state = (angle, note)
            self._content.bits.setdefault(angle, []).append(self._last)
        self._spaced = ""

    def _parts(self, before: str, letter: str) -> bool:
        """Whether a space stands here; digits drawn apart are one number."""
        words = before.isascii() and before.isalpha() and letter.isascii() and letter.isalpha()
        return self._spaced == " " or (self._spaced == "?" and words)


def _follows(last: Bit, x0: float, y0: float, y1: float) -> bool:
    """Whether a letter goes on where the last one ended."""
    height = last.height
    overlap = min(last.y1, y1) - max(last.y0, y0)
    return overlap > 0.5 * min(height, y1 - y0) and -0.6 * height < x0 - last.x1 < 0.8 * height


def _touch(first: Box, second: Box) -> bool:
    return (
        first[0] <= second[2]
        and second[0] <= first[2]
        and first[1] <= second[3]
        and second[1] <= first[3]
    )
