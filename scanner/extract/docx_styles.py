"""Which styles of a DOCX hide their text: hidden, white, tiny; and which fill what is behind."""

from dataclasses import replace

from scanner.extract.draft import Element
from scanner.extract.look import PLAIN, Look
from scanner.extract.ooxml import attribute, child, local

_TINY = 5  # half points: letters of 2.5 points and less
_OFF = frozenset(("0", "false", "off", "none"))
_MAX_BASES = 20


def run_look(properties: Element | None) -> Look:
    """Of a `w:rPr` (or a `w:pPr`, of which only the shading counts)."""
    if properties is None or len(properties) == 0:
        return PLAIN
    vanish = white = tiny = filled = None
    for element in properties:
        name = local(element)
        if name in ("vanish", "specVanish", "webHidden"):
            vanish = (attribute(element, "val") or "1") not in _OFF
        elif name == "color":
            white = _is_white(element)
        elif name == "sz":
            tiny = _is_tiny(attribute(element, "val"))
        elif name == "shd":
            filled = is_filled(attribute(element, "fill"))
        elif name == "highlight":
            filled = attribute(element, "val") not in ("white", "none")
    return Look(vanish, white, tiny, filled)


def _is_white(color: Element) -> bool:
    if attribute(color, "themeColor") == "background1":
        return attribute(color, "themeShade") is None
    value = attribute(color, "val") or ""
    try:
        number = bytes.fromhex(value)
    except ValueError:
        return False
    return len(number) == 3 and min(number) >= 0xF6


def _is_tiny(value: str | None) -> bool:
    return value is not None and value.isascii() and value.isdigit() and int(value) <= _TINY


def is_filled(fill: str | None) -> bool:
    """Whether a fill colour makes white letters readable."""
    return fill is not None and fill.lower() not in ("auto", "ffffff", "none", "white", "#ffffff")


class Styles:
    """Looks by style id, with what they are based on."""

    def __init__(self, root: Element | None) -> None:
        self._own: dict[str, tuple[Look, str | None]] = {}
        self._known: dict[str, Look] = {}
        if root is None:
            return
        for style in root:
            identity = attribute(style, "styleId")
            if local(style) == "style" and identity:
                self._own[identity] = (_style_look(style), _based_on(style))

    def look(self, identity: str | None) -> Look:
        """The look of a style; PLAIN for an unknown one."""
        if identity is None or identity not in self._own:
            return PLAIN
        known = self._known.get(identity)
        if known is None:
            known = PLAIN
            at: str | None = identity
            for _ in range(_MAX_BASES):
                if at is None or at not in self._own:
                    break
                own, at = self._own[at]
                known = known.over(own)
            self._known[identity] = known
        return known


def _based_on(style: Element) -> str | None:
    base = child(style, "basedOn")
    return None if base is None else attribute(base, "val")


def _style_look(style: Element) -> Look:
    look = run_look(child(style, "rPr")).over(run_look(child(style, "pPr")))
    if attribute(style, "type") == "table":
        shades = (e for e in style.iter() if local(e) == "shd")
        if any(is_filled(attribute(shade, "fill")) for shade in shades):
            look = replace(look, filled=True)
    return look
