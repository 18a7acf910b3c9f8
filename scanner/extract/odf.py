"""OpenDocument texts, sheets and slides, zipped or in one XML. OASIS ODF 1.3 (ISO/IEC 26300)."""

import re
from dataclasses import replace

from scanner.extract.draft import Draft, Element, to_blocks
from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.odf_sheet import (
    OdfSheet,
    annotation_texts,
    is_hidden_sheet,
    sheet_name,
)
from scanner.extract.odf_styles import OdfStyles
from scanner.extract.odf_text import At, Story
from scanner.extract.ooxml import (
    MAX_TREE,
    Package,
    attribute,
    attribute_texts,
    local,
    recovered,
    texts_of,
)
from scanner.extract.pieces import hide_drafts
from scanner.extract.text import holds_data, one_line
from scanner.extract.xlsx_grid import to_table
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, Unread, Where

_MAX_CELLS = 2_000_000
_BODIES = frozenset(("text", "spreadsheet", "presentation", "drawing", "chart"))
_DULL = re.compile(r"^(?:thumbnails|configurations2|meta-inf)/|^mimetype$|^settings\.xml$|manifest")
_RULES = {
    "content-validations": ("数据有效性", "data validation"),
    "named-expressions": ("名称", "defined name"),
    "database-ranges": ("数据区域", "data range"),
}
_HEADERS = {
    "header": "页眉", "header-left": "页眉", "header-first": "页眉",
    "footer": "页脚", "footer-left": "页脚", "footer-first": "页脚",
}  # fmt: skip


def read_odf(body: bytes, nest: Nest) -> Read:
    """Body, headers, notes, comments, tracked deletions, hidden sheets, properties, inner files."""
    package = Package(body, nest)
    package.done.update(name for name in package.parts.names if _DULL.search(name))
    roots = [package.tree(name) for name in ("content.xml", "styles.xml", "meta.xml")]
    reader = _Odf(package, [root for root in roots if root is not None])
    return reader.read()


def read_flat_odf(body: bytes, nest: Nest) -> Read:
    """The same of a file that is one XML."""
    package = Package(b"", nest)
    package.unread.clear()  # it is no container, so none is damaged
    root, fault = recovered(body[:MAX_TREE])
    if fault is not None or len(body) > MAX_TREE:
        why = fault or tr("后面部分未读", "the rest was not read")
        package.unread.append(Unread("OpenDocument", why))
    return _Odf(package, [] if root is None else [root]).read()


class _Odf:
    def __init__(self, package: Package, roots: list[Element]) -> None:
        self._package = package
        self._roots = roots
        self._styles = OdfStyles(roots)
        self._story = Story(self._styles)
        self._drafts: list[Draft] = []
        self._blocks: list[Block] = []
        self._left = _MAX_CELLS

    def read(self) -> Read:
        for root in self._roots:
            for element in root.iter():
                name = local(element)
                if name == "body":
                    for below in element:
                        if local(below) in _BODIES:
                            self._body(below)
                elif name in _HEADERS and local(_above(element)) == "master-page":
                    self._header(element, _HEADERS[name])
                elif name == "meta":
                    self._properties(element)
        package = self._package
        blocks = self._blocks + to_blocks(self._drafts, paths=False)
        package.blocks = blocks + package.blocks
        seen = texts_of((), package.blocks)
        for root in self._roots:
            for name, text in attribute_texts(root, seen):
                package.field(f"{tr('属性', 'attribute')} {name}", text, Where.ATTRIBUTE)
        package.finish(seen)
        return Read(package.blocks, package.meta, tuple(package.unread))

    def _body(self, body: Element) -> None:
        for element in body:
            name = local(element)
            if name == "table" and local(body) == "spreadsheet":
                self._sheet(element)
            elif name == "page":
                self._page(element)
            elif name in _RULES:
                self._rules(element, tr(*_RULES[name]))
            else:
                self._drafts.extend(self._story.block(element, At()))

    def _rules(self, root: Element, words: str) -> None:
        """Texts that a sheet shows only when asked: rules for cells, named formulas."""
        found = [text for element in root.iter() for text in (*element.values(), element.text)]
        for text in found:
            if text and holds_data(text):
                self._package.field(words, one_line(text), Where.HIDDEN)

    def _header(self, element: Element, words: str) -> None:
        drafts = self._story.below(element, At())
        english = "page header" if words == "页眉" else "page footer"
        hide_drafts(drafts, Where.VISIBLE, tr(words, english))
        self._drafts.extend(drafts)

    def _properties(self, meta: Element) -> None:
        values: dict[str, str] = {}
        for element in meta:
            name, text = local(element), one_line(element.text or "")
            name = attribute(element, "name") or name if name == "user-defined" else name
            values.setdefault(name, text)
            if text and holds_data(text) and name not in ("date", "creation-date", "generator"):
                self._package.field(name, text, Where.METADATA)
        author = values.get("initial-creator", "") or values.get("creator", "")
        meta_ = self._package.meta
        self._package.meta = replace(meta_, title=values.get("title", ""), author=author)

    # --- sheets -------------------------------------------------------------------------------

    def _sheet(self, table: Element) -> None:
        name = sheet_name(table)
        hidden = is_hidden_sheet(table, self._styles)
        read = OdfSheet(table, self._styles, self._cell_text, self._left)
        self._left = read.left
        grid, _, packed = to_table(read.sheet, hidden=hidden)
        where = Where.HIDDEN if hidden else Where.VISIBLE
        note = tr("（隐藏工作表）", "(hidden sheet)") if hidden else None
        if grid is not None:
            count = sum(1 for block in self._blocks if block.table is not None) + 1
            place = Location(sheet=name, table=count, note=note)
            self._blocks.append(Block.of_table(grid, where, place))
        for extra in read.sheet.extras:
            self._field(name, extra.cell, extra.name, extra.text, extra.where)
        for cell, annotation in read.notes:
            author, text = annotation_texts(annotation)
            words = tr("批注", "comment")
            self._field(name, cell, words, text, Where.COMMENT)
            self._field(name, cell, tr("批注作者", "comment author"), author, Where.METADATA)
        for drawn in read.drawn:
            self._drafts.extend(self._story.block(drawn, At(where=where, note=note)))
        what = tr(f"工作表“{name}”", f"sheet '{name}'")
        if read.sheet.fault is not None:
            self._package.unread.append(Unread(what, read.sheet.fault))
        if packed:
            words = tr("单元格过于分散，未保留列", "too scattered: columns not kept")
            self._package.unread.append(Unread(what, words))

    def _field(self, sheet: str, cell: str | None, name: str, text: str, where: Where) -> None:
        if text.strip():
            place = Location(sheet=sheet, cell=cell, note=name)
            self._blocks.append(Block(BlockKind.FIELD, text, where, place, name=name))

    def _cell_text(self, cell: Element) -> str:
        drafts = [
            d for p in cell if local(p) in ("p", "h", "list") for d in self._story.block(p, At())
        ]
        texts = [d for d in drafts if d.kind is BlockKind.PARAGRAPH and d.where is Where.VISIBLE]
        kept = set(map(id, texts))
        self._drafts.extend(draft for draft in drafts if id(draft) not in kept)
        return one_line("\n".join(draft.text for draft in texts))

    # --- texts and slides ---------------------------------------------------------------------

    def _page(self, page: Element) -> None:
        """A slide; its notes are the speaker's."""
        gone = self._styles.look("drawing-page", attribute(page, "style-name")).gone
        for element in page:
            if local(element) == "notes":
                drafts = self._story.below(element, At())
                hide_drafts(drafts, Where.HIDDEN, tr("备注", "speaker's notes"))
            else:
                drafts = self._story.block(element, At())
                if gone:
                    hide_drafts(drafts, Where.HIDDEN, tr("隐藏幻灯片", "hidden slide"))
            self._drafts.extend(drafts)


def _above(element: Element) -> Element:
    above = element.getparent()
    return element if above is None else above
