"""Which styles of an OpenDocument file hide what they apply to. ODF 1.3, part 3, chapter 16."""

import re

from scanner.extract.docx_styles import is_filled
from scanner.extract.draft import Element
from scanner.extract.look import PLAIN, Look
from scanner.extract.ooxml import attribute, local

_LENGTH = re.compile(r"([0-9]*\.?[0-9]+)(pt|in|cm|mm|px)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, None: 1.0}
_TINY = 2.6  # points
_MAX_BASES = 20
# Parts of a `style:style` that say how it looks, by the end of their names.
_HIDES_NUMBERS = frozenset(("number-style", "text-style", "currency-style"))


class OdfStyles:
    """Looks by family and name, with what they are based on."""

    def __init__(self, roots: list[Element]) -> None:
        self._own: dict[tuple[str, str], tuple[Look, str | None]] = {}
        self._known: dict[tuple[str, str], Look] = {}
        empty = {
            attribute(style, "name") or ""
            for root in roots
            for style in root.iter()
            if local(style) in _HIDES_NUMBERS and _shows_nothing(style)
        }
        for root in roots:
            for style in root.iter():
                name = attribute(style, "name")
                if local(style) == "style" and name:
                    family = attribute(style, "family") or ""
                    look = _look_of(style)
                    if (attribute(style, "data-style-name") or "") in empty:
                        look = Look(gone=True).over(look)
                    self._own[(family, name)] = (look, attribute(style, "parent-style-name"))

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style; PLAIN for an unknown one."""
        key = (family, name or "")
        known = self._known.get(key)
        if known is None:
            known, at = PLAIN, name
            for _ in range(_MAX_BASES):
                own = self._own.get((family, at or ""))
                if own is None:
                    break
                known, at = known.over(own[0]), own[1]
            self._known[key] = known
        return known


def _shows_nothing(style: Element) -> bool:
    """Whether a format of numbers has no part that shows something, as `;;;` has not."""
    shown = ("number", "text-content", "scientific-number", "fraction", "boolean")
    return not any(
        local(part) in shown or (local(part) == "text" and (part.text or "").strip())
        for part in style
    )


def _look_of(style: Element) -> Look:
    gone = white = tiny = filled = None
    for part in style:
        for key, value in part.items():
            name = key.rpartition("}")[2]
            if name == "color":
                white = value.lower() in ("#ffffff", "white")
            elif name == "font-size":
                tiny = points(value) is not None and (points(value) or 0) < _TINY
            elif name in ("background-color", "fill-color"):
                filled = value != "transparent" and is_filled(value)
            elif name == "display" and local(part) in ("text-properties", "table-properties"):
                gone = value in ("none", "false")
            elif name == "visibility" and local(part) == "drawing-page-properties":
                gone = value == "hidden"
            elif name in ("column-width", "row-height"):
                gone = (points(value) or 0) < 0.3 if points(value) is not None else None
    return Look(gone, white, tiny, filled)


def points(value: str) -> float | None:
    """A length in points; None for shares and what is no length."""
    found = _LENGTH.fullmatch(value)
    return None if found is None else float(found.group(1)) * _POINTS[found.group(2)]
