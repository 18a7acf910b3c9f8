"""pdfium's functions asked for whole lists: handles are plain numbers, answers one numpy array.

Through its usual bindings each call makes and checks pointer objects, which costs more than most
answers. Here the same functions take addresses, and `map` asks them without a loop of Python's.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw  # type: ignore[import-untyped]

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
_P, _I, _U = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
_HIGH, _LOW = 0xD800, 0xDC00  # surrogates
NO_FILL = 999
_NONE = 0xFFFE  # stands for a letter that is none


def _function(name: str, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(getattr(raw, name), _P).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_count_objects = _function("FPDFPage_CountObjects", _I, _P)
_object = _function("FPDFPage_GetObject", _P, _P, _I)
_count_inner = _function("FPDFFormObj_CountObjects", _I, _P)
_inner = _function("FPDFFormObj_GetObject", _P, _P, _U)
_kind = _function("FPDFPageObj_GetType", _I, _P)
_bounds = _function("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
_matrix = _function("FPDFPageObj_GetMatrix", _I, _P, _P)
_color = _function("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
_mode = _function("FPDFTextObj_GetTextRenderMode", _I, _P)
_clip = _function("FPDFPageObj_GetClipPath", _P, _P)
_clip_paths = _function("FPDFClipPath_CountPaths", _I, _P)
_segments = _function("FPDFPath_CountSegments", _I, _P)
_clip_points = _function("FPDFClipPath_CountPathSegments", _I, _P, _I)
_clip_segment = _function("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)
_segment = _function("FPDFPath_GetPathSegment", _P, _P, _I)
_point = _function("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
_segment_kind = _function("FPDFPathSegment_GetType", _I, _P)
_is_closed = _function("FPDFPathSegment_GetClose", _I, _P)
_char_object = _function("FPDFText_GetTextObject", _P, _P, _I)
_char_box = _function("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
_code = _function("FPDFText_GetUnicode", _U, _P, _I)
_text = _function("FPDFText_GetText", _I, _P, _I, _I, _P)


def address(handle: object) -> int:
    """The number of a handle of the usual bindings."""
    return ctypes.cast(handle, _P).value or 0  # type: ignore[arg-type]


def handle_of(number: int) -> object:
    """An object's handle for the usual bindings."""
    return ctypes.cast(number, raw.FPDF_PAGEOBJECT)


def page_objects(page: int, most: int) -> list[int]:
    """Objects of a page in drawing order."""
    count = max(min(_count_objects(page), most), 0)
    return list(map(_object, repeat(page), range(count)))


def form_objects(form: int, most: int) -> list[int]:
    """Objects of a form in drawing order."""
    count = max(min(_count_inner(form), most), 0)
    return list(map(_inner, repeat(form), range(count)))


def kinds_of(handles: Iterable[int]) -> list[int]:
    """The kind of each object: text, path, picture, form, ..."""
    return list(map(_kind, handles))


def bounds_of(handles: Sequence[int]) -> Floats:
    """(n, 4) left, bottom, right, top in their form's space; zeros where there is none."""
    out = np.zeros((len(handles), 4), np.float32)
    _ask(_bounds, handles, out)
    return out.astype(np.float64)


def matrices_of(handles: Sequence[int]) -> Floats:
    """(n, 6) matrices."""
    out = np.zeros((len(handles), 6), np.float32)
    list(map(_matrix, handles, _starts(out)))
    return out.astype(np.float64)


def colors_of(handles: Sequence[int]) -> Numbers:
    """(n, 4) red, green, blue, opacity, 0 to 255; an opacity of `NO_FILL` without a colour."""
    out = np.zeros((len(handles), 4), np.uint32)
    out[:, 3] = NO_FILL
    _ask(_color, handles, out)
    return out.astype(np.int64)


def modes_of(handles: Sequence[int]) -> Numbers:
    """How each text object is drawn: filled, outlined, not at all."""
    return np.fromiter(map(_mode, handles), np.int64, len(handles))


def clips_of(handles: Sequence[int]) -> list[int]:
    """Places in the list of the objects that are clipped to a path."""
    clips = list(map(_clip, handles))
    return [at for at, clip in enumerate(clips) if clip is not None and _clip_paths(clip) > 0]


def segments_of(handles: Sequence[int]) -> list[int]:
    """The number of segments of each path."""
    return list(map(_segments, handles))


def path_points(path: int, count: int) -> tuple[Floats, Numbers, npt.NDArray[np.bool_]]:
    """(n, 2) points of a path's segments, their kinds, and which of them close it."""
    segments = list(map(_segment, repeat(path), range(count)))
    points = np.zeros((len(segments), 2), np.float32)
    _ask(_point, segments, points)
    kinds = np.fromiter(map(_segment_kind, segments), np.int64, len(segments))
    closed = np.fromiter(map(_is_closed, segments), np.bool_, len(segments))
    return points.astype(np.float64), kinds, closed


def clip_points(handle: int, most_paths: int, most_points: int) -> Iterator[Floats]:
    """(n, 2) points of each path that an object is clipped to, in its form's space."""
    clip = _clip(handle)
    for path in range(min(_clip_paths(clip), most_paths)):
        count = min(_clip_points(clip, path), most_points)
        if count > 0:
            segments = list(map(_clip_segment, repeat(clip), repeat(path), range(count)))
            points = np.zeros((count, 2), np.float32)
            _ask(_point, segments, points)
            yield points.astype(np.float64)


# --- letters ----------------------------------------------------------------------------------


def letters_of(page: int, count: int) -> str:
    """One character a letter of the text page, in its order; U+FFFE stands for what is none."""
    buffer = np.zeros(count + 2, np.uint16)
    written = _text(page, 0, count, buffer.ctypes.data)
    units = buffer[:count]
    if written == count + 1 and not ((units >= _HIGH) & (units < 0xE000)).any():
        return units.tobytes().decode("utf-16-le")
    # Letters without text are left out of it, and rare ones take two places: ask one by one.
    codes = np.fromiter(map(_code, repeat(page), range(count)), np.uint32, count)
    high = (codes >= _HIGH) & (codes < _LOW)
    low = (codes >= _LOW) & (codes < 0xE000)
    pairs = np.flatnonzero(high[:-1] & low[1:]) if count > 1 else np.empty(0, np.int64)
    whole = 0x10000 + ((codes[pairs] - _HIGH) << 10) + (codes[pairs + 1] - _LOW)
    codes[high | low | (codes > 0x10FFFF)] = _NONE
    codes[pairs] = whole
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def letter_objects(page: int, places: Iterable[int]) -> list[int | None]:
    """The text object of each letter."""
    return list(map(_char_object, repeat(page), places))


def letter_boxes(page: int, places: Sequence[int]) -> list[list[float]]:
    """left, bottom, right, top of each letter's box, which is as high as its font."""
    out = np.zeros((len(places), 4), np.float32)
    list(map(_char_box, repeat(page), places, _starts(out)))
    out[:, [1, 3]] = out[:, [3, 1]]  # pdfium: left, top, right, bottom
    return out.tolist()


# --- buffers ----------------------------------------------------------------------------------


def _starts(out: npt.NDArray[Any]) -> range:
    """The address of each row."""
    at, step = out.ctypes.data, out.itemsize * out.shape[1]
    return range(at, at + step * len(out), step)


def _ask(call: Any, handles: Sequence[int], out: npt.NDArray[Any]) -> None:
    """Calls that write each side of an answer through a pointer of its own."""
    rows = _starts(out)
    size = out.itemsize
    sides = [
        range(rows.start + size * n, rows.stop + size * n, rows.step) for n in range(out.shape[1])
    ]
    list(map(call, handles, *sides))
