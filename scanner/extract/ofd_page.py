"""The content of one OFD page: text objects with their places, lines, pictures. Millimetres."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from scanner.extract.draft import Element
from scanner.extract.lines import Bit
from scanner.extract.ooxml import attribute, child, local
from scanner.extract.ruled import Edges
from scanner.lang import tr
from scanner.model import Where

_MAX_DEPTH = 30
_MAX_OBJECTS = 60_000
_TINY = 0.8  # millimetres: letters of about 2 points
_WHITE = 246
_NEAR = 0.5


@dataclass(frozen=True, slots=True)
class _At:
    x: float = 0.0
    y: float = 0.0
    note: str | None = None
    depth: int = 0


@dataclass(slots=True)
class _Ink:
    order: int
    box: tuple[float, float, float, float]
    is_picture: bool
    color: tuple[float, ...] = (0, 0, 0)


@dataclass(slots=True)
class _Run:
    order: int
    bit: Bit
    is_white: bool


@dataclass(slots=True)
class OfdPage:
    """What stands on a page; `read` fills it."""

    size: tuple[float, float]
    bits: list[Bit] = field(default_factory=list)
    edges: Edges = field(default_factory=Edges)
    is_picture: bool = False
    _inks: list[_Ink] = field(default_factory=list)
    _runs: list[_Run] = field(default_factory=list)
    _count: int = 0

    def read(self, root: Element) -> None:
        """Take in a page's, template's or appearance's content."""
        box = next((e for e in root.iter() if local(e) == "PhysicalBox"), None)
        numbers = numbers_of(None if box is None else box.text)
        if len(numbers) == 4 and numbers[2] > 0:
            self.size = (numbers[2], numbers[3])
        self.edges.size = max(self.size)
        self._below(root, _At())
        area = self.size[0] * self.size[1]
        for ink in self._inks:
            x0, y0, x1, y1 = ink.box
            if ink.is_picture and (x1 - x0) * (y1 - y0) > area / 2:
                self.is_picture = True
        for run in self._runs:
            note = run.bit.note or self._hidden(run)
            if note is not None:
                run.bit.where, run.bit.note = Where.HIDDEN, note
            self.bits.append(run.bit)

    def _below(self, root: Element, at: _At) -> None:
        for element in root:
            self._count += 1
            if self._count > _MAX_OBJECTS or at.depth > _MAX_DEPTH:
                return
            name = local(element)
            here = replace(at, depth=at.depth + 1, note=at.note or _hides(element))
            if name == "TextObject":
                self._text(element, here)
            elif name == "PathObject":
                self._path(element, here)
            elif name == "ImageObject":
                self._inks.append(_Ink(self._count, _box(element, here), True))
            elif name:
                box = numbers_of(attribute(element, "Boundary"))
                if name in ("PageBlock", "CompositeObject", "Appearance") and len(box) == 4:
                    here = replace(here, x=at.x + box[0], y=at.y + box[1])
                self._below(element, here)

    # --- text ---------------------------------------------------------------------------------

    def _text(self, element: Element, at: _At) -> None:
        # GB/T 33190 writes `Size`, one maker `size`.
        size = _float(attribute(element, "Size") or attribute(element, "size"), 3.5)
        x, y, _, _ = _box(element, at)
        matrix = numbers_of(attribute(element, "CTM"))
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        scale = max(abs(d), abs(b), 0.001)
        is_white = _is_white(child(element, "FillColor"))
        note = at.note
        if note is None and size * scale < _TINY:
            note = tr("极小字号文字", "tiny text")
        for code in element:
            if local(code) != "TextCode" or not code.text:
                continue
            text = "".join(letter for letter in code.text if letter not in "\r\n\t")
            cx, cy = _float(attribute(code, "X"), 0.0), _float(attribute(code, "Y"), size)
            for piece, start, end in _pieces(text, cx, attribute(code, "DeltaX"), size):
                left, right = x + a * start + c * cy + e, x + a * end + c * cy + e
                base = y + b * start + d * cy + f
                bit = Bit(piece, min(left, right), base - size * scale, max(left, right), base)
                bit.note = note
                self._runs.append(_Run(self._count, bit, is_white))

    def _hidden(self, run: _Run) -> str | None:
        x, y = run.bit.centre, run.bit.middle
        if not (-_NEAR <= x <= self.size[0] + _NEAR and -_NEAR <= y <= self.size[1] + _NEAR):
            return tr("页面之外", "outside the page")
        for ink in self._inks:
            if ink.order <= run.order or not _inside(ink.box, x, y):
                continue
            if ink.is_picture:
                return None if self.is_picture else tr("图片下方", "under a picture")
            if max(ink.color) < 80:
                return tr("黑色遮挡块下方", "under a black box")
            return tr("色块遮挡下方", "under a coloured box")
        grounded = any(ink.order < run.order and _inside(ink.box, x, y) for ink in self._inks)
        if run.is_white and not grounded:
            return tr("白色文字", "white text")
        return None

    # --- lines and boxes ----------------------------------------------------------------------

    def _path(self, element: Element, at: _At) -> None:
        x, y, right, bottom = _box(element, at)
        data = child(element, "AbbreviatedData")
        points = _points("" if data is None else data.text or "")
        matrix = numbers_of(attribute(element, "CTM"))
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        moved = [
            (kind, x + a * px + c * py + e, y + b * px + d * py + f) for kind, px, py in points
        ]
        for (_, x0, y0), (kind, x1, y1) in pairwise(moved):
            if kind == "L":
                self.edges.add(x0, y0, x1, y1)
        if attribute(element, "Fill") != "true" or at.note is not None or len(points) > 8:
            return
        color = child(element, "FillColor")
        if _float(attribute(element, "Alpha"), 255.0) < 200:
            return
        value = tuple(numbers_of(None if color is None else attribute(color, "Value")))
        self._inks.append(_Ink(self._count, (x, y, right, bottom), False, value or (0, 0, 0)))


def _hides(element: Element) -> str | None:
    """In words, why an object and what is in it is not seen."""
    if attribute(element, "Visible") == "false":
        return tr("已设为不可见", "set invisible")
    alpha = attribute(element, "Alpha")
    if alpha is not None and _float(alpha, 255.0) < 8:
        return tr("完全透明", "fully transparent")
    if local(element) == "Layer" and attribute(element, "Type") == "Hidden":
        return tr("隐藏图层", "hidden layer")
    color = child(element, "FillColor") if local(element) == "TextObject" else None
    if color is not None and _float(attribute(color, "Alpha"), 255.0) < 8:
        return tr("透明文字", "transparent text")
    return None


def _pieces(text: str, x: float, deltas: str | None, size: float) -> list[tuple[str, float, float]]:
    """A text code cut where its letters stand far apart: (text, left, right)."""
    steps = _deltas(deltas, len(text))
    out: list[tuple[str, float, float]] = []
    start, piece = x, ""
    at = x
    for number, letter in enumerate(text):
        width = size * (0.55 if letter.isascii() else 1.0)
        piece += letter
        step = steps[number] if number < len(steps) else (width if number < len(text) - 1 else 0.0)
        end = at + width
        at += step
        if number == len(text) - 1 or abs(at - end) > 1.2 * size or step < 0:
            out.append((piece, start, end))
            start, piece = at, ""
    return out


def _deltas(text: str | None, count: int) -> list[float]:
    """Distances between letters; "g 3 3.5" means 3.5 three times."""
    out: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(out) < count:
        if words[at] == "g" and at + 2 < len(words):
            times = min(int(_float(words[at + 1], 0.0)), count)
            out.extend([_float(words[at + 2], 0.0)] * max(times, 0))
            at += 3
        else:
            out.append(_float(words[at], 0.0))
            at += 1
    return out


def _points(data: str) -> list[tuple[str, float, float]]:
    """(M or L, x, y) of a path's straight parts; curves by their ends."""
    out: list[tuple[str, float, float]] = []
    words = data.split()
    at = 0
    takes = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
    while at < len(words) and len(out) < 4000:
        kind = words[at]
        count = takes.get(kind, 0)
        numbers = [_float(word, 0.0) for word in words[at + 1 : at + 1 + count]]
        if count and len(numbers) == count:
            straight = "M" if kind in ("M", "S") else "L" if kind == "L" else "C"
            out.append((straight, numbers[-2], numbers[-1]))
        elif kind == "C" and out:
            out.append(("L", out[0][1], out[0][2]))
        at += 1 + count
    return out


def _box(element: Element, at: _At) -> tuple[float, float, float, float]:
    numbers = numbers_of(attribute(element, "Boundary"))
    if len(numbers) != 4:
        return at.x, at.y, at.x, at.y
    x, y = at.x + numbers[0], at.y + numbers[1]
    return x, y, x + numbers[2], y + numbers[3]


def _inside(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_white(color: Element | None) -> bool:
    numbers = numbers_of(None if color is None else attribute(color, "Value"))
    return len(numbers) >= 1 and len(numbers) != 4 and min(numbers) >= _WHITE


def numbers_of(text: str | None) -> list[float]:
    """The numbers of a list; what is no number ends it."""
    out: list[float] = []
    for word in (text or "").split():
        try:
            out.append(float(word))
        except ValueError:
            break
    return out


def _float(text: str | None, default: float) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if abs(value) < 1e7 else default
