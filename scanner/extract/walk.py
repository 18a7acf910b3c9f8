"""One pass over an HTML tree: blocks in reading order, each with where a reader meets it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from scanner.extract import frames
from scanner.extract.attributes import data_of, meta_fields
from scanner.extract.draft import Draft, Element
from scanner.extract.footer import is_site_part
from scanner.extract.frames import Frame, RawCell
from scanner.extract.text import BREAK, clean, collapse, holds_data, words
from scanner.extract.visibility import (
    hidden_by_rules,
    is_white,
    read_style,
    stands_on_colour,
)
from scanner.lang import tr
from scanner.model import BlockKind, Where

HEADING_CLASSES = words(
    "title tit bt wztit biaoti arttitle art_title article_title article-title contenttitle"
    " content_title content-title xxgk_title main_title maintitle wz_title news_title bigtitle"
    " doctitle"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ITEMS = frozenset(("li", "dt", "dd", "option"))
_BLOCKS = words(
    "p div section article header footer main aside nav ul ol dl li dt dd h1 h2 h3 h4 h5 h6 form"
    " fieldset legend blockquote center address figure figcaption hr body html details summary"
    " menu dir option optgroup select textarea title marquee hgroup dialog thead tbody tfoot"
    " colgroup iframe frameset frame noscript template object canvas video audio"
)
_UNSEEN_TAGS = frozenset(("noscript", "template", "noframes", "datalist", "noembed"))
_MAX_HEADING = 120  # characters; a longer one is a heading by its class only
FragmentReader = Callable[[str, Where, int], list[Draft]]
ScriptReader = Callable[[str, str, int], list[Draft]]


@dataclass(slots=True)
class Page:
    """What a walk gathers besides blocks."""

    metas: dict[str, str] = field(default_factory=dict)  # lower-case name -> content
    broken: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Change:
    """What to put back at the end of an element."""

    element: Element
    where: Where
    footer: bool
    coloured: bool
    outer: tuple[list[str], list[Draft], list[Draft]] | None  # parts, sink, asides of a paragraph


class Walker:
    """Walks one tree. `fragment` reads HTML inside comments and attributes, `script` scripts."""

    def __init__(
        self,
        page: Page,
        fragment: FragmentReader,
        script: ScriptReader,
        where: Where = Where.VISIBLE,
        depth: int = 0,
    ) -> None:
        self.page = page
        self._fragment = fragment
        self._script = script
        self._depth = depth
        self._base = where
        self._where = where
        self._footer = False
        self._coloured = False
        self._sink: list[Draft] = []
        self._asides: list[Draft] = []
        self._parts: list[str] = []
        self._kinds: list[tuple[BlockKind, Element | None, bool]] = [
            (BlockKind.PARAGRAPH, None, False)
        ]
        self._changes: list[_Change] = []
        self._frames: list[Frame] = []
        self._sinks: list[list[Draft]] = []
        self._pre = 0
        self._unseen: set[Element] = set()

    def walk(self, root: Element) -> list[Draft]:
        """All blocks of the tree."""
        self._unseen = hidden_by_rules(root)
        out = self._sink
        for before in reversed(list(root.itersiblings(preceding=True))):
            self._comment(before)
        for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
            if event == "start":
                self._start(node)
                continue
            if event == "end":
                self._end(node)
            else:
                self._comment(node)
            if node.tail:
                self._parts.append(self._lines(node.tail))
        for after in root.itersiblings():
            self._comment(after)
        self._flush()
        while self._frames:
            self._end_table()
        return out

    # --- elements -----------------------------------------------------------------------------

    def _start(self, node: Element) -> None:
        tag = cast(str, node.tag)  # comments and instructions do not come here
        attributes = node.attrib
        if tag in _UNSEEN_TAGS or attributes or self._unseen:
            self._enter(node, tag, attributes)
        starter = _STARTS.get(tag)
        if starter is not None:
            starter(self, node)
        elif tag in _BLOCKS:
            self._flush()
            self._kinds.append(self._kind(tag, node))
        if attributes:
            self._fields(node, tag, attributes)
        if node.text and tag not in _SILENT:
            self._parts.append(self._lines(node.text))

    def _end(self, node: Element) -> None:
        tag = cast(str, node.tag)
        ender = _ENDS.get(tag)
        if ender is not None:
            ender(self, node)
        elif tag in _BLOCKS:
            self._flush()
            self._kinds.pop()
        while self._changes and self._changes[-1].element is node:
            self._leave(self._changes.pop())

    def _lines(self, text: str) -> str:
        return text.replace("\r", "").replace("\n", BREAK) if self._pre else text

    def _kind(self, tag: str, node: Element) -> tuple[BlockKind, Element | None, bool]:
        if tag in _HEADINGS:
            return BlockKind.HEADING, node, False
        if tag in _ITEMS:
            return BlockKind.LIST_ITEM, node, False
        if tag == "title":
            parent = node.getparent()
            in_head = parent is not None and parent.tag in ("head", "html")
            return (BlockKind.TITLE if in_head else BlockKind.PARAGRAPH), node, False
        words = node.get("class")
        if words is not None and not HEADING_CLASSES.isdisjoint(words.lower().split()):
            return BlockKind.HEADING, node, True
        kind, _, by_class = self._kinds[-1]
        return kind, node, by_class

    def _enter(self, node: Element, tag: str, attributes: etree._Attrib) -> None:
        """Hidden elements, the site's footer and coloured backgrounds change the state."""
        hidden = self._where is Where.VISIBLE and self._is_hidden(node, tag, attributes)
        words = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        is_part = tag in ("header", "footer") or len(words) > 1
        footer = self._footer or (is_part and is_site_part(tag, words, node))
        coloured = self._coloured or self._has_background(attributes)
        if not hidden and footer == self._footer and coloured == self._coloured:
            return
        change = _Change(node, self._where, self._footer, self._coloured, None)
        if tag in _BLOCKS or tag in _STARTS:
            self._flush()
        elif hidden:
            # A hidden piece inside a paragraph: it follows the paragraph as a block of its own.
            change.outer = (self._parts, self._sink, self._asides)
            self._sink, self._parts, self._asides = self._asides, [], []
        self._changes.append(change)
        self._footer, self._coloured = footer, coloured
        if hidden:
            self._where = Where.HIDDEN

    def _leave(self, change: _Change) -> None:
        self._flush()
        if change.outer is not None:
            self._parts, self._sink, self._asides = change.outer
        self._where, self._footer = change.where, change.footer
        self._coloured = change.coloured

    def _is_hidden(self, node: Element, tag: str, attributes: etree._Attrib) -> bool:
        if tag in _UNSEEN_TAGS or "hidden" in attributes:
            return True
        css = attributes.get("style")
        style = read_style(css) if css else None
        if style is not None and style.hides:
            return True
        if node in self._unseen:
            return style is None or not style.shows
        if tag in ("td", "th", "tr", "col") and (
            attributes.get("width") == "0" or attributes.get("height") == "0"
        ):
            return True
        white = (style is not None and style.white) or (
            tag == "font" and is_white(attributes.get("color", ""))
        )
        return (
            white
            and not self._coloured
            and not self._has_background(attributes)
            and not stands_on_colour(node)
        )

    @staticmethod
    def _has_background(attributes: etree._Attrib) -> bool:
        css = attributes.get("style")
        if css and read_style(css).background:
            return True
        colour = attributes.get("bgcolor")
        if colour is not None and not is_white(colour):
            return True
        return bool(attributes.get("background"))

    def _fields(self, node: Element, tag: str, attributes: etree._Attrib) -> None:
        where = Where.ATTRIBUTE if self._base is Where.VISIBLE else self._base
        for name, value in attributes.items():
            text = data_of(name, value)
            if text is None or text == node.text:
                continue
            if name == "value" and tag == "input" and attributes.get("type") == "hidden":
                self._field(node, name, text, Where.HIDDEN if where is Where.ATTRIBUTE else where)
            elif tag != "meta":
                self._field(node, name, text, where)
        if tag == "meta":
            self._meta(attributes)
        elif "srcdoc" in attributes:
            self._asides.extend(
                self._retarget(node, self._fragment(attributes["srcdoc"], self._where, self._depth))
            )

    def _field(self, node: Element, name: str, text: str, where: Where) -> None:
        note = tr(f"属性{name}", f"attribute {name}")
        self._asides.append(Draft(BlockKind.FIELD, text, where, node, name, note=note))

    @staticmethod
    def _retarget(node: Element | None, drafts: list[Draft]) -> list[Draft]:
        for draft in drafts:
            draft.element = node
        return drafts

    def _meta(self, attributes: etree._Attrib) -> None:
        name = attributes.get("name") or attributes.get("property") or ""
        content = attributes.get("content") or ""
        if name:
            self.page.metas.setdefault(name.lower(), clean(content).strip())
        where = Where.METADATA if self._base is Where.VISIBLE else self._base
        for key, text in meta_fields(name, content):
            self._asides.append(Draft(BlockKind.FIELD, text, where, None, key, note=f"meta {key}"))

    def _comment(self, node: Element) -> None:
        text = node.text
        if not text or not holds_data(text):
            return
        where = Where.COMMENT if self._base is Where.VISIBLE else self._base
        drafts = self._fragment(text, where, self._depth)
        self._asides.extend(self._retarget(node.getparent(), drafts))

    def _read_script(self, node: Element) -> None:
        text = node.text
        if text and holds_data(text):
            drafts = self._script(text, (node.get("type") or "").lower(), self._depth)
            self._asides.extend(self._retarget(node, drafts))

    # --- paragraphs ---------------------------------------------------------------------------

    def _flush(self) -> None:
        if self._parts:
            text = collapse(self._parts)
            self._parts = []
            if text:
                kind, element, by_class = self._kinds[-1]
                if by_class and len(text) > _MAX_HEADING:
                    kind = BlockKind.PARAGRAPH
                if self._footer and kind is not BlockKind.TITLE:
                    kind = BlockKind.FOOTER
                self._sink.append(Draft(kind, text, self._where, element))
        if self._asides:
            self._sink.extend(self._asides)
            self._asides = []

    def _break(self, _node: Element) -> None:
        self._parts.append(BREAK)

    def _start_pre(self, node: Element) -> None:
        self._flush()
        self._kinds.append(self._kind("pre", node))
        self._pre += 1

    def _end_pre(self, _node: Element) -> None:
        self._flush()
        self._kinds.pop()
        self._pre -= 1

    # --- tables -------------------------------------------------------------------------------

    def _start_table(self, node: Element) -> None:
        self._flush()
        self._frames.append(Frame(node, self._where, self._footer))
        self._sinks.append(self._sink)

    def _end_table(self, _node: Element | None = None) -> None:
        self._flush()
        frame = self._frames.pop()
        self._sink = self._sinks.pop()
        self._sink.extend(frames.finish(frame))

    def _start_row(self, _node: Element) -> None:
        self._flush()
        if self._frames:
            self._frames[-1].rows.append([])

    def _end_row(self, _node: Element) -> None:
        self._flush()

    def _start_cell(self, node: Element) -> None:
        self._flush()
        self._kinds.append((BlockKind.PARAGRAPH, node, False))
        if not self._frames:
            return
        frame = self._frames[-1]
        if not frame.rows:
            frame.rows.append([])
        cell = RawCell(node, self._where, node.tag == "th")
        if node.attrib:
            cell.row_span = _span(node.get("rowspan"), 0)
            cell.column_span = _span(node.get("colspan"), 1)
        frame.rows[-1].append(cell)
        self._sink = cell.items

    def _end_cell(self, _node: Element) -> None:
        self._flush()
        self._kinds.pop()
        if self._frames:
            self._sink = self._sinks[-1]

    def _start_caption(self, node: Element) -> None:
        self._flush()
        self._kinds.append((BlockKind.PARAGRAPH, node, False))
        if self._frames:
            self._sink = self._frames[-1].caption

    def _column(self, node: Element) -> None:
        if not self._frames:
            return
        frame = self._frames[-1]
        span = min(_span(node.get("span"), 1), frames.MAX_COLUMN_SPAN)
        hidden = self._where is Where.HIDDEN and frame.where is not Where.HIDDEN
        if hidden:
            frame.hidden_columns.update(range(frame.columns_seen, frame.columns_seen + span))
        frame.columns_seen += span


_SILENT = frozenset(("script", "style"))


def _span(value: str | None, least: int) -> int:
    """A rowspan or colspan as a browser reads it; 0 is allowed for rows: to the table's end."""
    if value is None:
        return 1
    digits = value.strip()[:6]
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(max(int(digits), least), 65534)


Handler = Callable[[Walker, Element], None]
_STARTS: dict[str, Handler] = {
    "br": Walker._break,
    "table": Walker._start_table,
    "tr": Walker._start_row,
    "td": Walker._start_cell,
    "th": Walker._start_cell,
    "caption": Walker._start_caption,
    "col": Walker._column,
    "pre": Walker._start_pre,
    "xmp": Walker._start_pre,
    "listing": Walker._start_pre,
    "script": Walker._read_script,
}
_ENDS: dict[str, Handler] = {
    "table": Walker._end_table,
    "tr": Walker._end_row,
    "td": Walker._end_cell,
    "th": Walker._end_cell,
    "caption": Walker._end_cell,
    "pre": Walker._end_pre,
    "xmp": Walker._end_pre,
    "listing": Walker._end_pre,
}
