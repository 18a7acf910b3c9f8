"""Text of an OpenDocument file: paragraphs, tables, notes, shapes. ODF 1.3, part 3."""

from dataclasses import dataclass, replace

from scanner.extract.draft import Draft, Element
from scanner.extract.frames import Frame, RawCell, finish
from scanner.extract.look import PLAIN, Look
from scanner.extract.odf_sheet import annotation_texts
from scanner.extract.odf_styles import OdfStyles, points
from scanner.extract.ooxml import attribute, local
from scanner.extract.pieces import TAB, Pieces, cell_of
from scanner.extract.text import holds_data
from scanner.lang import tr
from scanner.model import BlockKind, Where

_MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class At:
    """What the surroundings say of a text."""

    look: Look = PLAIN
    where: Where = Where.VISIBLE
    note: str | None = None
    depth: int = 0


class Story:
    """Reads block-level content."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles

    def below(self, root: Element, at: At) -> list[Draft]:
        """Drafts of everything below an element."""
        if at.depth > _MAX_DEPTH:
            text = " ".join(str(t) for t in root.itertext())
            return [Draft(BlockKind.PARAGRAPH, text, at.where, note=at.note)]
        below = replace(at, depth=at.depth + 1)
        return [draft for element in root for draft in self.block(element, below)]

    def block(self, element: Element, at: At) -> list[Draft]:
        """Drafts of one element."""
        name = local(element)
        if name in ("p", "h"):
            return self._paragraph(element, at)
        if name == "table":
            return self._table(element, at)
        if name == "annotation":
            return _comment(element)
        if name in ("title", "desc"):
            words = tr("替代文字", "alternative text")
            text = element.text or ""
            return [Draft(BlockKind.FIELD, text, Where.ATTRIBUTE, name=name, note=words)]
        if name == "deletion":
            words = tr("修订中已删除的内容", "tracked deletion")
            return self.below(element, replace(at, where=Where.HIDDEN, note=words))
        if name in ("frame", "custom-shape", "rect", "text-box", "ellipse"):
            at = self._shape(element, at)
        return self.below(element, at)

    def _shape(self, element: Element, at: At) -> At:
        look = self._styles.look("graphic", attribute(element, "style-name"))
        look = look.over(self._styles.look("presentation", attribute(element, "style-name")))
        at = replace(at, look=look.over(at.look))
        for side, size in (("x", "width"), ("y", "height")):
            place = points((attribute(element, side) or "").removeprefix("-"))
            length = points(attribute(element, size) or "")
            is_before = (attribute(element, side) or "").startswith("-")
            if is_before and place is not None and length is not None and place > length:
                words = tr("页面之外", "outside the page")
                return replace(at, where=Where.HIDDEN, note=words)
        return at

    def _paragraph(self, element: Element, at: At) -> list[Draft]:
        kind = BlockKind.HEADING if local(element) == "h" else BlockKind.PARAGRAPH
        look = self._styles.look("paragraph", attribute(element, "style-name")).over(at.look)
        pieces = Pieces()
        beside: list[Draft] = []
        self._inline(element, pieces, beside, replace(at, look=look))
        return [*pieces.drafts(kind), *beside]

    def _inline(self, root: Element, pieces: Pieces, beside: list[Draft], at: At) -> None:
        hidden = at.look.hides()
        where, note = at.where, at.note
        if hidden is not None and where is Where.VISIBLE:
            where, note = Where.HIDDEN, hidden
        pieces.add(root.text or "", where, note)
        for element in root:
            self._in_line(element, pieces, beside, at, (where, note))
            pieces.add(element.tail or "", where, note)

    def _in_line(
        self,
        element: Element,
        pieces: Pieces,
        beside: list[Draft],
        at: At,
        place: tuple[Where, str | None],
    ) -> None:
        name = local(element)
        if name in ("tab", "s", "line-break"):
            pieces.add({"tab": TAB, "s": " ", "line-break": "\n"}[name], *place)
        elif name in ("hidden-text", "hidden-paragraph"):
            words = tr("隐藏文字", "hidden text")
            pieces.add(attribute(element, "string-value") or "", Where.HIDDEN, words)
        elif name == "span" and at.depth < _MAX_DEPTH:
            look = self._styles.look("text", attribute(element, "style-name")).over(at.look)
            self._inline(element, pieces, beside, replace(at, look=look, depth=at.depth + 1))
        elif name in ("note", "annotation", "frame", "custom-shape", "ruby-text", "rect"):
            beside.extend(self.block(element, replace(at, depth=at.depth + 1)))
        elif name and at.depth < _MAX_DEPTH:
            target = attribute(element, "href") if name == "a" else None
            if target and holds_data(target):
                words = tr("超链接", "hyperlink")
                beside.append(
                    Draft(BlockKind.FIELD, target, Where.ATTRIBUTE, name=words, note=words)
                )
            self._inline(element, pieces, beside, replace(at, depth=at.depth + 1))

    def _table(self, table: Element, at: At) -> list[Draft]:
        frame = Frame(None, at.where)
        below = replace(at, depth=at.depth + 1)
        for row in table.iter():
            if local(row) != "table-row" or _table_of(row) is not table:
                continue
            cells: list[RawCell] = []
            for cell in row:
                if local(cell) == "table-cell":
                    look = self._styles.look("table-cell", attribute(cell, "style-name"))
                    items = self.below(cell, replace(below, look=look.over(at.look)))
                    spans = (
                        _span(cell, "number-rows-spanned"),
                        _span(cell, "number-columns-spanned"),
                    )
                    cells.append(cell_of(items, Where.VISIBLE, *spans))
            frame.rows.append(cells)
        return finish(frame)


def _span(cell: Element, name: str) -> int:
    value = attribute(cell, name) or "1"
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() else 1


def _table_of(row: Element) -> Element | None:
    above = row.getparent()
    while above is not None and local(above) not in ("table", "sub-table"):
        above = above.getparent()
    return above


def _comment(note: Element) -> list[Draft]:
    author, text = annotation_texts(note)
    words, by = tr("批注", "comment"), tr("批注作者", "comment author")
    out = [Draft(BlockKind.PARAGRAPH, text, Where.COMMENT, note=words)] if text else []
    if author:
        out.append(Draft(BlockKind.FIELD, author, Where.METADATA, name=by, note=by))
    return out
