"""HTML (and XML that reads like it) -> blocks and what the page says about itself."""

import re
from dataclasses import dataclass

from lxml import etree

from scanner.extract import footer, pagemeta
from scanner.extract.draft import Draft, Element, to_blocks
from scanner.extract.scripts import ScriptData, parse_json
from scanner.extract.text import clean, collapse, words
from scanner.extract.walk import Page, Walker
from scanner.lang import tr
from scanner.model import Block, BlockKind, PageMeta, Unread, Where

_MAX_NESTED = 4  # fragments inside fragments: a comment in a srcdoc in a script
_MARKUP = re.compile(r"<[a-zA-Z/!]")
# Smaller ones are icons.
_PICTURE = re.compile(r"data:image/[a-z+.-]{1,20};base64,[A-Za-z0-9+/]{2000}")
_ROWS_ALONE = re.compile(r"<t[rdh]\b", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
# What follows </html> would be lost to the parser, or become a second root.
_LATE_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)>")
_KEEP_WHEN_FLAT = words(
    "html head body title meta style script tr td th table br p textarea option input img"
)
_INLINE_WHEN_FLAT = words(
    "a span font b i u em strong small big sub sup s ins del o:p wbr label code nobr"
)


@dataclass(frozen=True, slots=True)
class Read:
    """Blocks of a text, with what it says of itself and what could not be read."""

    blocks: list[Block]
    meta: PageMeta
    unread: tuple[Unread, ...] = ()


def read_html(text: str) -> Read:
    """Read a page. Never fails: what the parser gives up on is read flat and reported."""
    page = Page()
    reader = _Reader(page)
    drafts = reader.drafts(clean(text), Where.VISIBLE, 0)
    footer.mark_tail(drafts)
    blocks = to_blocks(drafts)
    unread = (*reader.unread, *_pictures(text))
    return Read(blocks, pagemeta.of_page(page.metas, blocks), unread)


def _pictures(text: str) -> tuple[Unread, ...]:
    """Pictures inside the page itself; those with addresses are items of their own."""
    count = len(_PICTURE.findall(text)) if ";base64," in text else 0
    if not count:
        return ()
    what = tr(f"{count} 张内嵌图片", f"{count} pictures inside the page")
    return (Unread(what, tr("暂不读取", "not read yet")),)


def read_data(text: str, is_json: bool) -> list[Block]:
    """Read the answer of an interface (JSON, visible) or a script file."""
    reader = _Reader(Page())
    value = parse_json(text) if is_json else None
    data = ScriptData(reader.fragment, Where.VISIBLE if is_json else Where.SCRIPT, 0)
    if value is not None:
        data.value(value)
    else:
        data.script(clean(text), "")
    return to_blocks(data.drafts)


class _Reader:
    """Reads a page and the fragments inside it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unread: list[Unread] = []

    def drafts(self, text: str, where: Where, depth: int) -> list[Draft]:
        root = self._parse(text)
        if root is None:
            return []
        walker = Walker(self.page, self.fragment, self.script, where, depth)
        return walker.walk(root)

    def fragment(self, text: str, where: Where, depth: int) -> list[Draft]:
        """Blocks of HTML that stood in a comment, an attribute or a script."""
        if depth >= _MAX_NESTED or _MARKUP.search(text) is None:
            plain = collapse([text])
            return [Draft(BlockKind.PARAGRAPH, plain, where)] if plain else []
        if _ROWS_ALONE.search(text) and not _TABLE.search(text):
            text = f"<table>{text}</table>"
        return self.drafts(text, where, depth + 1)

    def script(self, text: str, kind: str, where: Where, depth: int) -> list[Draft]:
        """Blocks of a script."""
        data = ScriptData(self.fragment, where, depth)
        data.script(text, kind)
        return data.drafts

    def _parse(self, text: str) -> Element | None:
        if "</" in text:
            text = _LATE_END.sub("", text)
        root, whole = _parse(text)
        if whole:
            return root
        self.unread.append(
            Unread(
                tr("网页", "page"),
                tr(
                    "标签嵌套过深，已按纯文字读取，隐藏状态和部分表格未能判断",
                    "nested too deeply: read as plain text, hidden parts and some tables not told",
                ),
            )
        )
        root, whole = _parse(_TAG.sub(_flatten, text))
        if whole:
            return root
        return _parse(_TAG.sub(_flatten_all, text))[0]


def _parse(text: str) -> tuple[Element | None, bool]:
    """(tree, whether the parser read all of it)."""
    if not text.strip():
        return None, True
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, recover=True, no_network=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        # Nothing in it that makes an element, e.g. a single "<!".
        return None, True
    gave_up = any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log)
    return root, not gave_up


def _flatten(tag: re.Match[str]) -> str:
    """Blocks become paragraphs, which do not nest; inline tags and their ends go."""
    closing, name, rest = tag.groups()
    name = name.lower()
    if name in _KEEP_WHEN_FLAT:
        return tag.group()
    if name in _INLINE_WHEN_FLAT:
        return ""
    return "</p>" if closing else f"<p{rest}>"


def _flatten_all(tag: re.Match[str]) -> str:
    name = tag.group(2).lower()
    if name in ("script", "style", "title", "textarea"):
        return tag.group()
    return "" if name in _INLINE_WHEN_FLAT else "<p>"
