"""One pass over an HTML tree: blocks in reading order, each with where a reader meets it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from scanner.extract import footer as footers
from scanner.extract import frames
from scanner.extract.attributes import fields, meta_of
from scanner.extract.div_grid import as_tables
from scanner.extract.draft import Draft, Element
from scanner.extract.frames import Frame, RawCell
from scanner.extract.plain_rows import plain_row, span
from scanner.extract.span_grid import is_grid_cell
from scanner.extract.text import BREAK, clean, collapse, holds_data, words
from scanner.extract.visibility import UNSEEN_TAGS, hidden_by_rules, look
from scanner.model import BlockKind, Where

HEADING_CLASSES = words(
    "title tit bt wztit biaoti arttitle art_title article_title article-title contenttitle"
    " content_title content-title xxgk_title main_title maintitle wz_title news_title bigtitle"
    " doctitle"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_WITH_VALUE = re.compile(r"[:：]\s*\S")
_ITEMS = frozenset(("li", "dt", "dd", "option"))
_BLOCKS = words(
    "p div section article header footer main aside nav ul ol dl li dt dd h1 h2 h3 h4 h5 h6 form"
    " fieldset legend blockquote center address figure figcaption hr body html details summary"
    " menu dir option optgroup select textarea title marquee hgroup dialog thead tbody tfoot"
    " colgroup iframe frameset frame noscript template object canvas video audio"
)
_STATES = UNSEEN_TAGS | footers.TAGS  # tags that change the state without an attribute
_MAX_HEADING = 120  # characters; a longer one is a heading by its class only
FragmentReader = Callable[[str, Where, int], list[Draft]]
ScriptReader = Callable[[str, str, Where, int], list[Draft]]


@dataclass(slots=True)
class Page:
    """What a walk gathers besides blocks."""

    metas: dict[str, str] = field(default_factory=dict)  # lower-case name -> content


@dataclass(slots=True)
class _Change:
    """What to put back at the end of an element."""

    element: Element
    where: Where
    footer: bool
    coloured: bool
    outer: tuple[list[str], list[Draft], list[Draft]] | None  # parts, sink, asides of a paragraph


def _is_bare_term(node: Element) -> bool:
    """Whether a term of a definition list only names what stands in its definitions: `借款人：张三`
    holds a value itself and heads nothing."""
    return node.tag == "dt" and not _WITH_VALUE.search("".join(node.itertext()).strip())


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
        with as_tables(root):
            return self._walk(root)

    def _walk(self, root: Element) -> list[Draft]:
        out = self._sink
        for before in reversed(list(root.itersiblings(preceding=True))):
            self._comment(before)
        self._events = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, node in self._events:
            if event == "start":
                self._start(node)
                continue
            if event == "end":
                self._end(node)
            else:
                self._comment(node)
            tail = node.tail
            if tail:
                self._parts.append(self._lines(tail) if self._pre else tail)
        for after in root.itersiblings():
            self._comment(after)
        self._flush()
        while self._frames:
            self._end_table()
        return out

    # --- elements -----------------------------------------------------------------------------

    def _start(self, node: Element) -> None:
        tag: str = node.tag  # type: ignore[assignment]  # comments do not come here
        items = node.items()
        attributes: dict[str, str] = {}
        if items or self._unseen or tag in _STATES:
            attributes = dict(items)
            self._enter(node, tag, attributes)
        starter = _STARTS.get(tag)
        if starter is not None:
            starter(self, node)
        elif tag in _BLOCKS:
            if self._parts or self._asides:
                self._flush()
            self._kinds.append(self._kind(tag, node, attributes))
        elif tag == "span" and is_grid_cell(node):
            self._parts.append("\t")
        if attributes:
            self._attributes(node, tag, attributes)
        text = node.text
        if text and tag not in _SILENT:
            self._parts.append(self._lines(text) if self._pre else text)

    def _end(self, node: Element) -> None:
        tag: str = node.tag  # type: ignore[assignment]  # comments do not come here
        ender = _ENDS.get(tag)
        if ender is not None:
            ender(self, node)
        elif tag in _BLOCKS:
            if self._parts or self._asides:
                self._flush()
            self._kinds.pop()
        while self._changes and self._changes[-1].element is node:
            self._leave(self._changes.pop())

    @staticmethod
    def _lines(text: str) -> str:
        """Text of a <pre>, whose line ends count."""
        return text.replace("\r", "").replace("\n", BREAK)

    def _kind(
        self, tag: str, node: Element, attributes: dict[str, str]
    ) -> tuple[BlockKind, Element | None, bool]:
        if tag in _HEADINGS:
            return BlockKind.HEADING, node, False
        if tag in _ITEMS:
            return BlockKind.LIST_ITEM, node, False
        if tag == "title":
            parent = node.getparent()
            in_head = parent is not None and parent.tag in ("head", "html")
            return (BlockKind.TITLE if in_head else BlockKind.PARAGRAPH), node, False
        words = attributes.get("class")
        if words is not None and not HEADING_CLASSES.isdisjoint(words.lower().split()):
            return BlockKind.HEADING, node, True
        kind, _, by_class = self._kinds[-1]
        return kind, node, by_class

    def _enter(self, node: Element, tag: str, attributes: dict[str, str]) -> None:
        """Hidden elements, the site's footer and coloured backgrounds change the state."""
        hidden, background = look(node, tag, attributes, self._unseen, self._coloured)
        hidden = hidden and self._where is Where.VISIBLE
        footer = self._footer
        if not footer and ("class" in attributes or "id" in attributes or tag in footers.TAGS):
            words = f"{attributes.get('class', '')} {attributes.get('id', '')}"
            footer = footers.is_site_part(tag, words, node)
        coloured = self._coloured or background
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

    def _attributes(self, node: Element, tag: str, attributes: dict[str, str]) -> None:
        self._asides.extend(fields(node, tag, attributes, self._base))
        if tag == "meta" and self._base is Where.VISIBLE:
            name, content = meta_of(attributes)
            if name:
                self.page.metas.setdefault(name.lower(), clean(content).strip())
        elif "srcdoc" in attributes:
            drafts = self._fragment(attributes["srcdoc"], self._where, self._depth)
            self._asides.extend(self._retarget(node, drafts))

    @staticmethod
    def _retarget(node: Element | None, drafts: list[Draft]) -> list[Draft]:
        for draft in drafts:
            draft.element = node
        return drafts

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
            where = Where.SCRIPT if self._base is Where.VISIBLE else self._base
            drafts = self._script(text, (node.get("type") or "").lower(), where, self._depth)
            self._asides.extend(self._retarget(node, drafts))

    # --- paragraphs ---------------------------------------------------------------------------

    def _flush(self) -> None:
        if self._parts:
            text = collapse(self._parts, columns=not self._frames)
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
        self._kinds.append(self._kind("pre", node, {}))
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

    def _start_row(self, node: Element) -> None:
        self._flush()
        if not self._frames:
            return
        row = None if self._unseen or self._pre else plain_row(node, self._where)
        if row is None:
            self._frames[-1].rows.append([])
        else:
            self._frames[-1].rows.append(row)
            self._events.skip_subtree()

    def _end_row(self, _node: Element) -> None:
        self._flush()

    def _start_cell(self, node: Element) -> None:
        if self._parts or self._asides:
            self._flush()
        self._kinds.append((BlockKind.PARAGRAPH, node, False))
        if not self._frames:
            return
        frame = self._frames[-1]
        if not frame.rows:
            frame.rows.append([])
        cell = RawCell(node, self._where, node.tag == "th")
        cell.row_span = span(node.get("rowspan"), 0)
        cell.column_span = span(node.get("colspan"), 1)
        frame.rows[-1].append(cell)
        self._sink = cell.items

    def _end_cell(self, _node: Element) -> None:
        self._flush()
        self._kinds.pop()
        if self._frames:
            self._sink = self._sinks[-1]

    # A list of terms and what they stand for is a table of labels and values.

    def _start_terms(self, node: Element) -> None:
        self._start_table(node)
        self._kinds.append(self._kind("dl", node, {}))

    def _end_terms(self, _node: Element) -> None:
        self._flush()
        self._kinds.pop()
        frame = self._frames.pop()
        self._sink = self._sinks.pop()
        self._sink.extend(frames.finish_terms(frame))

    def _start_term(self, node: Element) -> None:
        self._flush()
        self._kinds.append(self._kind(str(node.tag), node, {}))
        if not self._in_terms():
            return
        rows = self._frames[-1].rows
        if node.tag == "dt" or not rows:
            rows.append([])
        rows[-1].append(RawCell(node, self._where, _is_bare_term(node)))
        self._sink = rows[-1][-1].items

    def _end_term(self, _node: Element) -> None:
        self._flush()
        self._kinds.pop()
        if self._in_terms():
            self._sink = self._sinks[-1]

    def _in_terms(self) -> bool:
        """Whether the innermost table is a list of terms."""
        element = self._frames[-1].element if self._frames else None
        return element is not None and element.tag == "dl"

    def _start_caption(self, node: Element) -> None:
        self._flush()
        self._kinds.append((BlockKind.PARAGRAPH, node, False))
        if self._frames:
            self._sink = self._frames[-1].caption

    def _column(self, node: Element) -> None:
        if not self._frames:
            return
        frame = self._frames[-1]
        width = min(span(node.get("span"), 1), frames.MAX_COLUMN_SPAN)
        hidden = self._where is Where.HIDDEN and frame.where is not Where.HIDDEN
        if hidden:
            frame.hidden_columns.update(range(frame.columns_seen, frame.columns_seen + width))
        frame.columns_seen += width


_SILENT = frozenset(("script", "style"))


Handler = Callable[[Walker, Element], None]
_STARTS: dict[str, Handler] = {
    "br": Walker._break,
    "table": Walker._start_table,
    "tr": Walker._start_row,
    "td": Walker._start_cell,
    "th": Walker._start_cell,
    "caption": Walker._start_caption,
    "col": Walker._column,
    "dl": Walker._start_terms,
    "dt": Walker._start_term,
    "dd": Walker._start_term,
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
    "dl": Walker._end_terms,
    "dt": Walker._end_term,
    "dd": Walker._end_term,
    "pre": Walker._end_pre,
    "xmp": Walker._end_pre,
    "listing": Walker._end_pre,
}
