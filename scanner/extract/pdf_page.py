"""One page of a PDF by pdfium: letters with their boxes, what hides them, lines and pictures."""

import ctypes
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from scanner.extract import pdf_calls
from scanner.extract.pdf_calls import Floats, Numbers, handle_of
from scanner.extract.pdf_geometry import (
    SAME,
    Box,
    Matrix,
    clip_of,
    moved,
    straight,
    times,
    upright_all,
)
from scanner.extract.pdf_inks import Inks, Look, Walls
from scanner.extract.pdf_letters import Bits, Letters
from scanner.extract.pdf_strings import text_string
from scanner.extract.ruled import Edges
from scanner.lang import tr

_MAX_OBJECTS = 60_000
_MAX_NESTED = 12  # forms inside forms
_WHITE = 246
_MAX_SEGMENTS = 10  # of a path that may cover as a box
_MAX_LINES = 2000  # segments of one path that are looked at
_THIN = 2.0  # points: what is thinner is a line, which covers nothing
_PICTURE = 40.0  # points: a smaller picture is a mark
Flags = npt.NDArray[np.bool_]
_UNSEEN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(slots=True)
class PageContent:
    """What stands on a page."""

    size: tuple[float, float]
    bits: Bits = field(default_factory=dict)  # by angle, turned upright
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
    drawn = _Drawn(page, layers_off)
    left, bottom, right, top = page.get_bbox()
    content = PageContent((right - left, top - bottom))
    content.pictures = drawn.pictures
    area = max((right - left) * (top - bottom), 1)
    is_scan = any((b[2] - b[0]) * (b[3] - b[1]) > 0.7 * area for b in content.pictures)
    inks = drawn.inks
    inks.is_scan = is_scan
    letters = Letters(page, drawn.looks(), inks, Walls(drawn.edges))
    content.bits = letters.bits
    content.letters, content.unmapped = letters.count, letters.unmapped
    for angle in content.bits:
        content.edges[angle] = drawn.edges(angle)
    return content


class _Drawn:
    """The objects of a page in drawing order, those inside forms too."""

    def __init__(self, page: pdfium.PdfPage, layers_off: frozenset[str]) -> None:
        self._page = page
        self._box: Box = page.get_bbox()
        self._off = layers_off
        self._handles: list[int] = []
        self._forms: list[int] = []  # of each object: its form's number
        self._matrices: list[Matrix] = [SAME]  # of forms
        self._edges: dict[int, Edges] = {}  # by angle
        self._notes: dict[int, str] = {}  # object -> why nobody sees it
        self._walk(pdf_calls.page_objects(pdf_calls.address(page.raw), _MAX_OBJECTS), 0, None, 0)
        kinds = np.array(self._kinds, np.int64)
        self._texts = np.flatnonzero(kinds == raw.FPDF_PAGEOBJ_TEXT)
        self._drawings = np.flatnonzero(
            (kinds == raw.FPDF_PAGEOBJ_PATH) | (kinds == raw.FPDF_PAGEOBJ_IMAGE)
        )
        if self._notes:
            self._drawings = np.array([n for n in self._drawings if n not in self._notes], np.int64)
        self._is_image = kinds[self._drawings] == raw.FPDF_PAGEOBJ_IMAGE
        self._bounds = self._placed(self._drawings)

    def _walk(self, handles: list[int], form: int, note: str | None, depth: int) -> None:
        if depth == 0:
            self._kinds: list[int] = []
        kinds = pdf_calls.kinds_of(handles)
        if raw.FPDF_PAGEOBJ_FORM not in kinds and not self._off and note is None:
            self._handles += handles
            self._kinds += kinds
            self._forms += [form] * len(handles)
            return
        for handle, kind in zip(handles, kinds, strict=True):
            if len(self._handles) > _MAX_OBJECTS:
                return
            hidden = note or self._layer(handle)
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_NESTED:
                own: Matrix = tuple(pdf_calls.matrices_of([handle])[0].tolist())
                self._matrices.append(times(own, self._matrices[form]))
                inner = pdf_calls.form_objects(handle, _MAX_OBJECTS)
                self._walk(inner, len(self._matrices) - 1, hidden, depth + 1)
                continue
            if hidden is not None:
                self._notes[len(self._handles)] = hidden
            self._handles.append(handle)
            self._kinds.append(kind)
            self._forms.append(form)

    def _layer(self, number: int) -> str | None:
        """In words, when the object belongs to a layer that is switched off."""
        if not self._off:
            return None
        handle = handle_of(number)
        for index in range(raw.FPDFPageObj_CountMarks(handle)):
            mark = raw.FPDFPageObj_GetMark(handle, index)
            buffer = ctypes.create_string_buffer(512)
            length = ctypes.c_ulong()
            data = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ubyte))
            if raw.FPDFPageObjMark_GetParamBlobValue(mark, b"Name", data, 512, length):
                # Its bytes: the call for texts spoils those in UTF-16.
                name = text_string(buffer.raw[: min(length.value, 512)])
                if name in self._off:
                    return tr("已关闭的图层中", "in a layer that is switched off")
        return None

    def _placed(self, places: Numbers) -> Floats:
        """(n, 4) boxes on the page of some of the objects."""
        handles = [self._handles[n] for n in places]
        bounds = pdf_calls.bounds_of(handles)
        if len(self._matrices) == 1:
            return bounds
        forms = [self._forms[n] for n in places]
        return moved(bounds, np.array(self._matrices)[forms])

    # --- text objects -------------------------------------------------------------------------

    def looks(self) -> dict[int | None, Look]:
        """What is known of each text object."""
        handles = [self._handles[n] for n in self._texts]
        own = pdf_calls.matrices_of(handles)
        angles = self._angles(own)
        colors = pdf_calls.colors_of(handles)
        white = (colors[:, :3].min(axis=1) >= _WHITE).tolist() if handles else []
        clear = (colors[:, 3] < 8).tolist()
        modes = pdf_calls.modes_of(handles).tolist()
        out: dict[int | None, Look] = {}
        rows = zip(handles, self._texts.tolist(), angles, white, strict=True)
        for at, (handle, order, angle, is_white) in enumerate(rows):
            note = self._notes.get(order)
            if note is None and modes[at] in _UNSEEN:
                note = tr("不可见文字", "invisible text")
            elif note is None and clear[at]:
                note = tr("透明文字", "transparent text")
            out[handle] = Look(order, angle, note, is_white)
        for at in pdf_calls.clips_of(handles):
            form = self._matrices[self._forms[int(self._texts[at])]]
            out[handles[at]].clip = clip_of(handles[at], form)
        return out

    def _angles(self, own: Floats) -> list[int]:
        """Which way letters run: 0, 90, 180, 270 degrees anticlockwise."""
        a, b = own[:, 0], own[:, 1]
        if len(self._matrices) > 1:
            form = np.array(self._matrices)[[self._forms[n] for n in self._texts]]
            a, b = a * form[:, 0] + b * form[:, 2], a * form[:, 1] + b * form[:, 3]
        level = np.where(a >= 0, 0, 180)
        steep = np.where(b > 0, 90, 270)
        return np.where(np.abs(a) >= np.abs(b), level, steep).tolist()  # type: ignore[no-any-return]

    # --- what is drawn ------------------------------------------------------------------------

    @cached_property
    def pictures(self) -> list[Box]:
        """Boxes of pictures that are more than marks."""
        boxes = self._bounds[self._is_image]
        sides = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
        return [tuple(box) for box in boxes[sides > _PICTURE].tolist()]

    @cached_property
    def _is_thin(self) -> Flags:
        width = self._bounds[:, 2] - self._bounds[:, 0]
        height = self._bounds[:, 3] - self._bounds[:, 1]
        thin: Flags = (np.minimum(width, height) <= _THIN) & ~self._is_image
        return thin

    @cached_property
    def inks(self) -> Inks:
        """Filled boxes and pictures, which may cover what was drawn before them."""
        inks = Inks(self._page, self._box)
        for at in np.flatnonzero(self._is_image).tolist():
            order = int(self._drawings[at])
            inks.add(order, self._bounds[at].tolist(), picture=self._handles[order])
        for at, count in self._thick:
            order = int(self._drawings[at])
            if count <= _MAX_SEGMENTS:
                color = _cover(self._handles[order])
                if color is not None:
                    inks.add(order, self._bounds[at].tolist(), color=color)
        inks.close()
        return inks

    @cached_property
    def _thick(self) -> list[tuple[int, int]]:
        """(place in the list of drawings, number of segments) of paths that are no single line."""
        places = np.flatnonzero(~self._is_thin & ~self._is_image).tolist()
        handles = [self._handles[int(self._drawings[at])] for at in places]
        return list(zip(places, pdf_calls.segments_of(handles), strict=True))

    @cached_property
    def _lines(self) -> Floats:
        """(n, 4) straight lines on the page; a thin box is one."""
        single = self._bounds[self._is_thin]
        across = (single[:, 2] - single[:, 0]) >= (single[:, 3] - single[:, 1])
        middle = (single[:, :2] + single[:, 2:]) / 2
        single[across, 1] = single[across, 3] = middle[across, 1]
        single[~across, 0] = single[~across, 2] = middle[~across, 0]
        pieces = [single]
        left = _MAX_OBJECTS
        for at, count in self._thick:
            if left <= 0:
                break
            left -= count
            order = int(self._drawings[at])
            own: Matrix = tuple(pdf_calls.matrices_of([self._handles[order]])[0].tolist())
            full = times(own, self._matrices[self._forms[order]])
            pieces.append(straight(self._handles[order], min(count, _MAX_LINES), full))
        return np.vstack(pieces)

    def edges(self, angle: int) -> Edges:
        """The lines as letters of that angle meet them."""
        if angle not in self._edges:
            edges = Edges(max(self._box[2] - self._box[0], self._box[3] - self._box[1], 1.0))
            edges.add_all(upright_all(self._lines, angle, self._box))
            self._edges[angle] = edges
        return self._edges[angle]


def _cover(number: int) -> tuple[int, int, int] | None:
    """The colour of a path that hides what is below it."""
    handle = handle_of(number)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)
    if not fill.value:
        return None
    red, green, blue, opacity = pdf_calls.colors_of([number])[0].tolist()
    if not 200 < opacity <= 255 or raw.FPDFPageObj_HasTransparency(handle):
        return None
    return red, green, blue
