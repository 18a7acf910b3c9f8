"""One story of a DOCX (body, header, note, text box): paragraphs and tables in reading order."""

from dataclasses import dataclass, replace

from scanner.extract.docx_styles import Styles, is_filled, run_look
from scanner.extract.draft import Draft, Element
from scanner.extract.frames import Frame, RawCell, finish
from scanner.extract.look import Look
from scanner.extract.ooxml import attribute, child, local
from scanner.extract.pieces import TAB, Pieces, cell_of, hide_drafts
from scanner.extract.text import holds_data, words
from scanner.extract.xlsx_parts import Relation
from scanner.lang import tr
from scanner.model import BlockKind, Where

_MAX_DEPTH = 60  # boxes, tables and controls inside one another
_GONE = words("del moveFrom")
_SKIPPED = words(
    "pPr rPr sectPr tblPr tblGrid trPr tcPr proofErr bookmarkStart bookmarkEnd Fallback"
)
_PLAIN_MARKS = {
    "tab": TAB,
    "ptab": TAB,
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
}
_MAX_SPAN = 200


@dataclass(frozen=True, slots=True)
class _At:
    """What the surroundings say of a run."""

    look: Look
    where: Where = Where.VISIBLE
    note: str | None = None
    depth: int = 0

    def below(self) -> "_At":
        """One step further in."""
        return _At(self.look, self.where, self.note, self.depth + 1)


class _Paragraph:
    """Pieces of one paragraph, and what floats beside it."""

    def __init__(self) -> None:
        self.pieces = Pieces()
        self.beside: list[Draft] = []
        self.codes: list[bool] = []  # open fields: whether their code is still being read


class Story:
    """Reads block-level content."""

    def __init__(self, styles: Styles, links: dict[str, Relation]) -> None:
        self._styles = styles
        self._links = links
        self._open: _Paragraph | None = None  # fields may run over paragraphs
        self._codes: list[bool] = []

    def blocks(self, root: Element) -> list[Draft]:
        """Drafts of everything below an element."""
        return self._blocks(root, _At(Look()))

    def _blocks(self, root: Element, at: _At) -> list[Draft]:
        out: list[Draft] = []
        if at.depth > _MAX_DEPTH:
            return [self._flat(root, at)]
        below = at.below()
        for element in root:
            name = local(element)
            if name == "p":
                out.extend(self._paragraph(element, at))
            elif name == "tbl":
                out.extend(self._table(element, below))
            elif name == "sdtPr":
                out.extend(_control(element))
            elif name in _GONE:
                out.extend(self._blocks(element, self._gone(below)))
            elif name and name not in _SKIPPED:
                out.extend(self._blocks(element, below))
        return out

    def _flat(self, root: Element, at: _At) -> Draft:
        text = " ".join(t for t in root.itertext() if isinstance(t, str))
        return Draft(BlockKind.PARAGRAPH, text, at.where, note=at.note)

    @staticmethod
    def _gone(at: _At) -> _At:
        return replace(at, where=Where.HIDDEN, note=tr("修订中已删除的内容", "tracked deletion"))

    # --- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, element: Element, at: _At) -> list[Draft]:
        properties = child(element, "pPr")
        look = at.look
        kind = BlockKind.PARAGRAPH
        if properties is not None:
            style = child(properties, "pStyle")
            identity = attribute(style, "val") if style is not None else None
            if identity is not None and identity.lower().startswith(("heading", "title")):
                kind = BlockKind.HEADING
            look = run_look(properties).over(self._styles.look(identity)).over(look)
        paragraph = _Paragraph()
        paragraph.codes = self._codes
        self._inline(element, paragraph, _At(look, at.where, at.note, at.depth))
        return paragraph.pieces.drafts(kind) + paragraph.beside

    def _inline(self, root: Element, paragraph: _Paragraph, at: _At) -> None:
        if at.depth > _MAX_DEPTH:
            paragraph.beside.append(self._flat(root, at))
            return
        below = at.below()
        for element in root:
            name = local(element)
            if name == "r":
                self._run(element, paragraph, below)
            elif name in _GONE:
                self._inline(element, paragraph, self._gone(below))
            elif name == "sdtPr":
                paragraph.beside.extend(_control(element))
            elif name == "fldSimple":
                self._code(attribute(element, "instr") or "", paragraph, at)
                self._inline(element, paragraph, below)
            elif name == "hyperlink":
                self._hyperlink(element, paragraph)
                self._inline(element, paragraph, below)
            elif name and name not in _SKIPPED:
                self._inline(element, paragraph, below)

    def _run(self, run: Element, paragraph: _Paragraph, at: _At) -> None:
        properties = child(run, "rPr")
        look = at.look
        if properties is not None:
            style = child(properties, "rStyle")
            named = self._styles.look(attribute(style, "val") if style is not None else None)
            look = run_look(properties).over(named).over(look)
        hidden = look.hides()
        where, note = at.where, at.note
        if hidden is not None and where is Where.VISIBLE:
            where, note = Where.HIDDEN, hidden
        inside = _At(at.look, where, note, at.depth)
        for element in run:
            self._in_run(element, paragraph, inside)

    def _in_run(self, element: Element, paragraph: _Paragraph, at: _At) -> None:
        name = local(element)
        where, note = at.where, at.note
        if any(paragraph.codes):
            where, note = Where.HIDDEN, tr("域代码", "field code")
        if name in ("t", "delText"):
            paragraph.pieces.add(element.text or "", where, note)
        elif name in ("instrText", "delInstrText"):
            self._code(element.text or "", paragraph, at)
        elif name == "fldChar":
            _field_mark(attribute(element, "fldCharType"), paragraph.codes)
        elif name in _PLAIN_MARKS:
            paragraph.pieces.add(_PLAIN_MARKS[name], where, note)
        elif name and name not in _SKIPPED:
            self._drawing(element, paragraph, at)

    @staticmethod
    def _code(text: str, paragraph: _Paragraph, at: _At) -> None:
        where = Where.HIDDEN if at.where is Where.VISIBLE else at.where
        paragraph.pieces.add(text, where, tr("域代码", "field code"))

    def _hyperlink(self, element: Element, paragraph: _Paragraph) -> None:
        link = self._links.get(attribute(element, "id") or "")
        texts = [link.target if link is not None and link.external else None]
        texts += [attribute(element, "tooltip"), attribute(element, "anchor")]
        words_ = tr("超链接", "hyperlink")
        paragraph.beside.extend(
            Draft(BlockKind.FIELD, text, Where.ATTRIBUTE, name=words_, note=words_)
            for text in texts
            if text and holds_data(text)
        )

    # --- drawings, boxes, controls ------------------------------------------------------------

    def _drawing(self, root: Element, paragraph: _Paragraph, at: _At) -> None:
        """Text boxes below a drawing, and its alternative text."""
        filled = at.look.filled or _has_fill(root)
        below = replace(at, depth=at.depth + 1, look=replace(at.look, filled=filled))
        for element in _walk(root):
            name = local(element)
            if name == "txbxContent":
                drafts = self._blocks(element, below)
                hide_drafts(drafts, Where.VISIBLE, tr("文本框", "text box"))
                paragraph.beside.extend(drafts)
            elif name in ("docPr", "cNvPr", "shape", "imagedata", "rect", "group", "textbox"):
                paragraph.beside.extend(_alternative(element))
            elif name == "textpath":
                text = attribute(element, "string") or ""
                paragraph.beside.append(
                    Draft(BlockKind.PARAGRAPH, text, at.where, note=tr("艺术字", "word art"))
                )

    # --- tables -------------------------------------------------------------------------------

    def _table(self, table: Element, at: _At) -> list[Draft]:
        options = child(table, "tblPr")
        style = None if options is None else child(options, "tblStyle")
        look = at.look
        if style is not None and self._styles.look(attribute(style, "val")).filled:
            look = replace(look, filled=True)
        frame = Frame(None, Where.VISIBLE)
        merged: dict[int, RawCell] = {}
        beneath: list[Draft] = []
        for row, gone in _rows(table):
            state = replace(at, look=look)
            frame.rows.append(self._row(row, self._gone(state) if gone else state, merged, beneath))
        return finish(frame) + beneath

    def _row(
        self, row: Element, at: _At, merged: dict[int, RawCell], beneath: list[Draft]
    ) -> list[RawCell]:
        cells: list[RawCell] = []
        properties = child(row, "trPr")
        column = 0
        where = Where.VISIBLE
        if properties is not None:
            column = _number(properties, "gridBefore", 0)
            if child(properties, "hidden") is not None:
                where = Where.HIDDEN
        if column:
            cells.append(cell_of([], column_span=column))
        for element in _cells(row):
            options = child(element, "tcPr")
            span = 1 if options is None else _number(options, "gridSpan", 1)
            merge = None if options is None else child(options, "vMerge")
            items = self._blocks(element, self._shaded(options, at))
            above = merged.get(column)
            if merge is not None and attribute(merge, "val") != "restart" and above is not None:
                above.row_span += 1
                hide_drafts(items, Where.HIDDEN, tr("合并单元格下方", "under merged cells"))
                beneath.extend(items)
            else:
                cell = cell_of(items, where, column_span=span)
                _sink(cell)
                cells.append(cell)
                merged.pop(column, None)
                if merge is not None:
                    merged[column] = cell
            column += span
        return cells

    @staticmethod
    def _shaded(options: Element | None, at: _At) -> _At:
        shade = None if options is None else child(options, "shd")
        if shade is None:
            return at
        filled = is_filled(attribute(shade, "fill")) or at.look.filled
        return replace(at, look=replace(at.look, filled=filled))


def _sink(cell: RawCell) -> None:
    """A cell whose text is all hidden, e.g. deleted with its row, is hidden itself."""
    places = {draft.where for draft in cell.items}
    if places == {Where.HIDDEN}:
        cell.where = Where.HIDDEN


def _rows(table: Element) -> list[tuple[Element, bool]]:
    """(row, whether it is deleted), through controls and tracked wrappers."""
    out: list[tuple[Element, bool]] = []
    for element in table:
        name = local(element)
        if name == "tr":
            properties = child(element, "trPr")
            gone = properties is not None and child(properties, "del") is not None
            out.append((element, gone))
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            out.extend(_rows(element))
        elif name in _GONE:
            out.extend((row, True) for row, _ in _rows(element))
    return out


def _cells(row: Element) -> list[Element]:
    out: list[Element] = []
    for element in row:
        name = local(element)
        if name == "tc":
            out.append(element)
        elif name in ("sdt", "sdtContent", "customXml"):
            out.extend(_cells(element))
    return out


def _walk(root: Element) -> list[Element]:
    """The elements of a drawing in order; not below text boxes, which are stories of their own,
    and not the fallback that repeats the drawing for old programs."""
    out: list[Element] = []
    stack = [root]
    while stack:
        element = stack.pop()
        name = local(element)
        if name == "Fallback":
            continue
        out.append(element)
        if name != "txbxContent":
            stack.extend(reversed(element))
    return out


def _has_fill(root: Element) -> bool:
    """Whether the drawing has a fill that makes white letters readable."""
    for element in _walk(root):
        name = local(element)
        if name in ("gradFill", "blipFill", "pattFill"):
            return True
        if name == "solidFill" and local(_parent(element)) == "spPr":
            return any(is_filled(attribute(color, "val")) for color in element)
        if is_filled(attribute(element, "fillcolor")):
            return True
    return False


def _parent(element: Element) -> Element:
    above = element.getparent()
    return element if above is None else above


def _alternative(element: Element) -> list[Draft]:
    """Descriptions of a picture or shape."""
    out: list[Draft] = []
    for name in ("descr", "title", "alt", "name"):
        text = attribute(element, name)
        if text and holds_data(text) and (name != "name" or any(c.isdigit() for c in text)):
            note = tr("替代文字", "alternative text")
            out.append(Draft(BlockKind.FIELD, text, Where.ATTRIBUTE, name=name, note=note))
    return out


def _control(properties: Element) -> list[Draft]:
    """Title, tag and hint of a content control."""
    out: list[Draft] = []
    note = tr("内容控件属性", "content control")
    for element in properties.iter():
        for key, value in element.items():
            name = local(element)
            if name in ("alias", "tag", "placeholder", "listItem") and holds_data(value):
                field = key.rpartition("}")[2]
                out.append(Draft(BlockKind.FIELD, value, Where.ATTRIBUTE, name=field, note=note))
    return out


def _field_mark(kind: str | None, codes: list[bool]) -> None:
    if kind == "begin":
        codes.append(True)
    elif kind == "separate" and codes:
        codes[-1] = False
    elif kind == "end" and codes:
        codes.pop()


def _number(properties: Element, name: str, default: int) -> int:
    element = child(properties, name)
    value = None if element is None else attribute(element, "val")
    if value is None or not value.isascii() or not value.isdigit():
        return default
    return min(max(int(value), default), _MAX_SPAN)
