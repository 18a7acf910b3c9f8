"""One slide, layout or notes page: shapes in order, tables with their spans."""

import re
from dataclasses import dataclass, replace

from scanner.extract.draft import Draft, Element
from scanner.extract.frames import Frame, finish
from scanner.extract.ooxml import attribute, child, local
from scanner.extract.pieces import TAB, Pieces, cell_of
from scanner.extract.text import holds_data
from scanner.extract.xlsx_parts import Relation
from scanner.lang import tr
from scanner.model import BlockKind, Where

_TINY = 250  # hundredths of a point
_SHAPES = frozenset(("sp", "pic", "graphicFrame", "grpSp", "cxnSp", "contentPart"))
_FILLS = frozenset(("solidFill", "gradFill", "blipFill", "pattFill"))
_NUMBER = re.compile(r"[0-9]{5}|@")
_MAX_SPAN = 200
_MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class _At:
    filled: bool  # something not white is behind the text
    where: Where = Where.VISIBLE
    note: str | None = None
    depth: int = 0


class Slide:
    """Reads one slide."""

    def __init__(
        self, size: tuple[int, int], links: dict[str, Relation], *, dark: bool | None
    ) -> None:
        """`size` in EMU; `dark`: whether the background is not white."""
        self._size = size
        self._links = links
        self._dark = bool(dark)

    def read(self, root: Element, *, layer: bool = False) -> list[Draft]:
        """Drafts of all shapes. Of a `layer` without the placeholders, which are only hints."""
        return self._below(root, _At(self._dark), layer)

    def _below(self, root: Element, at: _At, layer: bool) -> list[Draft]:
        out: list[Draft] = []
        if at.depth > _MAX_DEPTH:
            return out
        below = replace(at, depth=at.depth + 1)
        for element in root:
            name = local(element)
            if name in _SHAPES:
                out.extend(self._shape(element, below, layer))
            elif name == "text":  # of a comment
                out.append(Draft(BlockKind.PARAGRAPH, element.text or "", at.where))
            elif name == "txBody":
                out.extend(self._paragraphs(element, at))
            elif name and name != "Fallback":
                out.extend(self._below(element, below, layer))
        return out

    def _shape(self, shape: Element, at: _At, layer: bool) -> list[Draft]:
        out = _alternative(shape, self._links)
        if layer and any(local(e) == "ph" for e in shape.iter()):
            return out + self._hint(shape, at)
        if self._is_outside(shape):
            at = replace(at, where=Where.HIDDEN, note=tr("页面之外", "outside the slide"))
        at = replace(at, filled=at.filled or _has_fill(shape))
        for element in shape:
            name = local(element)
            if name == "txBody":
                out.extend(self._paragraphs(element, at))
            elif name in _SHAPES:
                out.extend(self._shape(element, replace(at, depth=at.depth + 1), layer))
            elif name == "graphic":
                for table in (e for e in element.iter() if local(e) == "tbl"):
                    out.extend(self._table(table, at))
        return out

    def _hint(self, shape: Element, at: _At) -> list[Draft]:
        """A placeholder's text is shown to nobody; one with numbers was put there by mistake."""
        words = tr("占位符文字", "placeholder text")
        at = replace(at, where=Where.HIDDEN, note=words)
        body = child(shape, "txBody")
        drafts = [] if body is None else self._paragraphs(body, at)
        return [draft for draft in drafts if _NUMBER.search(draft.text)]

    def _is_outside(self, shape: Element) -> bool:
        """Whether the shape stands wholly beside the slide. A group's children move with it."""
        if local(_parent(shape)) == "grpSp":
            return False
        properties = child(shape, "spPr") if local(shape) != "graphicFrame" else shape
        if local(shape) == "grpSp":
            properties = child(shape, "grpSpPr")
        frame = None if properties is None else child(properties, "xfrm")
        if frame is None:
            return False
        offset, extent = child(frame, "off"), child(frame, "ext")
        if offset is None or extent is None:
            return False
        x, y = _integer(offset, "x"), _integer(offset, "y")
        return (
            x >= self._size[0]
            or y >= self._size[1]
            or x + _integer(extent, "cx") <= 0
            or y + _integer(extent, "cy") <= 0
        )

    def _paragraphs(self, body: Element, at: _At) -> list[Draft]:
        out: list[Draft] = []
        for paragraph in body:
            if local(paragraph) != "p":
                continue
            pieces = Pieces()
            for run in paragraph:
                self._run(run, pieces, at, out)
            out.extend(pieces.drafts())
        return out

    def _run(self, run: Element, pieces: Pieces, at: _At, beside: list[Draft]) -> None:
        name = local(run)
        if name == "br":
            pieces.add("\n", at.where, at.note)
        elif name == "tab":
            pieces.add(TAB, at.where, at.note)
        elif name in ("r", "fld"):
            text = child(run, "t")
            properties = child(run, "rPr")
            words = None if properties is None else _hides(properties, at.filled)
            hidden = words is not None and at.where is Where.VISIBLE
            where, note = (Where.HIDDEN, words) if hidden else (at.where, at.note)
            pieces.add((text.text or "") if text is not None else "", where, note)
            if properties is not None:
                beside.extend(_links(properties, self._links))

    def _table(self, table: Element, at: _At) -> list[Draft]:
        frame = Frame(None, Where.VISIBLE)
        at = replace(at, filled=True)  # its style fills cells
        for row in table:
            if local(row) != "tr":
                continue
            cells = []
            for cell in row:
                merged = attribute(cell, "hMerge") in ("1", "true")
                if local(cell) != "tc" or merged or attribute(cell, "vMerge") in ("1", "true"):
                    continue
                body = child(cell, "txBody")
                items = [] if body is None else self._paragraphs(body, at)
                spans = [min(max(_integer(cell, n), 1), _MAX_SPAN) for n in ("rowSpan", "gridSpan")]
                cells.append(cell_of(items, at.where, *spans))
            frame.rows.append(cells)
        out = finish(frame)
        for draft in out:
            draft.note = draft.note or at.note
        return out


def _hides(properties: Element, filled: bool) -> str | None:
    """In words, why a run is not seen; None when it is."""
    size = attribute(properties, "sz") or ""
    if size.isascii() and size.isdigit() and int(size) <= _TINY:
        return tr("极小字号文字", "tiny text")
    fill = child(properties, "solidFill")
    if fill is None or filled:
        return None
    for color in fill:
        value = attribute(color, "val") or ""
        if (value.upper() == "FFFFFF" or value in ("bg1", "lt1")) and len(color) == 0:
            return tr("白色文字", "white text")
        if any(local(e) == "alpha" and attribute(e, "val") in ("0", "0%") for e in color):
            return tr("透明文字", "transparent text")
    return None


def _has_fill(shape: Element) -> bool:
    """Whether the shape's own fill, or its style's, is not white."""
    properties = child(shape, "spPr")
    if properties is not None:
        for element in properties:
            name = local(element)
            if name == "noFill":
                return False
            if name in _FILLS:
                return not any(
                    (attribute(c, "val") or "").upper() in ("FFFFFF", "BG1", "LT1") for c in element
                )
    style = child(shape, "style")
    reference = None if style is None else child(style, "fillRef")
    return reference is not None and attribute(reference, "idx") not in (None, "0")


def _alternative(shape: Element, links: dict[str, Relation]) -> list[Draft]:
    out: list[Draft] = []
    note = tr("替代文字", "alternative text")
    for group in shape:
        properties = child(group, "cNvPr") if local(group).startswith("nv") else None
        if properties is None:
            continue
        for name in ("descr", "title"):
            text = attribute(properties, name)
            if text and holds_data(text):
                out.append(Draft(BlockKind.FIELD, text, Where.ATTRIBUTE, name=name, note=note))
        out.extend(_links(properties, links))
    return out


def _links(properties: Element, links: dict[str, Relation]) -> list[Draft]:
    note = tr("超链接", "hyperlink")
    out: list[Draft] = []
    for element in properties:
        if not local(element).startswith("hlink"):
            continue
        link = links.get(next((v for k, v in element.items() if k.endswith("}id")), ""))
        texts = [attribute(element, "tooltip"), link.target if link and link.external else None]
        out.extend(
            Draft(BlockKind.FIELD, text, Where.ATTRIBUTE, name=note, note=note)
            for text in texts
            if text and holds_data(text)
        )
    return out


def _parent(element: Element) -> Element:
    above = element.getparent()
    return element if above is None else above


def _integer(element: Element, name: str) -> int:
    value = attribute(element, name) or ""
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 15 else 0
