"""What the attributes of an element say: style and class words, and texts that may hold data."""

import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from scanner.extract.draft import Draft, Element
from scanner.extract.text import clean, has_han, holds_data, words
from scanner.lang import tr
from scanner.model import BlockKind, Where

# Never data. Names that only size, place, load or script-wire an element.
NOISE = words(
    "width height border cellspacing cellpadding align valign bgcolor background lang xml:lang rel"
    " target charset method action enctype colspan rowspan face size color role media http-equiv"
    " tabindex style rev shape coords frameborder scrolling marginwidth marginheight nowrap clear"
    " hspace vspace noshade start compact defer async crossorigin integrity loading decoding"
    " autocomplete maxlength minlength rows cols wrap dir accesskey checked disabled readonly"
    " selected multiple required xmlns link vlink alink text language itemprop itemtype itemscope"
    " property hidden srcdoc viewbox d points transform fill stroke headers scope axis"
)
_NAMES = frozenset(("class", "id", "name", "for", "type"))
_ADDRESSES = frozenset(
    ("href", "src", "data-src", "data-original", "data-url", "data-href", "srcset", "cite",
     "longdesc", "poster", "codebase", "usemap", "xlink:href", "oldsrc", "original")
)  # fmt: skip
_LONG_RUN = re.compile(r"[0-9]{11}")
_ESCAPED = re.compile(r"%[89a-fA-F][0-9a-fA-F]")
_CONTACT = re.compile(r"\s*(?:tel|mailto|sms|callto|wtai|weixin|tencent|mqqwpa)\s*:", re.I)
_SCRIPT = re.compile(r"\s*(?:java|vb)script\s*:", re.I)
_MAX_VALUE = 100_000  # characters of one attribute


def data_of(name: str, value: str) -> str | None:
    """The attribute's text if it may hold data, decoded; None for noise.

    Addresses count only where they name a person (`tel:`, `mailto:`), run a script, hold escaped
    Chinese, or a run of eleven digits; names and classes only with such a run.
    """
    if name in NOISE or not value:
        return None
    value = value[:_MAX_VALUE]
    if name in _NAMES:
        return clean(value) if _LONG_RUN.search(value) else None
    if name in _ADDRESSES:
        return _address(value)
    return clean(value) if holds_data(value) else None


def _address(value: str) -> str | None:
    if value.startswith("data:"):
        return None
    escaped = _ESCAPED.search(value) is not None
    text = clean(unescape(value)) if "%" in value else clean(value)
    if _CONTACT.match(value) or (_SCRIPT.match(value) and holds_data(text)):
        return text
    if (escaped and has_han(text)) or _LONG_RUN.search(text):
        return text
    return None


def unescape(value: str) -> str:
    """Undo percent escapes: UTF-8, else GB18030, as old sites write them."""
    raw = unquote_to_bytes(value)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def fields(node: Element, tag: str, attributes: Mapping[str, str], base: Where) -> list[Draft]:
    """FIELD blocks of one element; `base` is where the text around it was found."""
    if tag == "meta":
        return _meta(attributes, base)
    out: list[Draft] = []
    for name, value in attributes.items():
        if name in NOISE:
            continue
        text = data_of(name, value)
        if text is None or (node.text and text in node.text):
            continue  # a title that repeats words of the link's own text says nothing new
        where = Where.ATTRIBUTE
        if name == "value" and tag == "input" and attributes.get("type") == "hidden":
            where = Where.HIDDEN
        note = tr(f"属性{name}", f"attribute {name}")
        where = where if base is Where.VISIBLE else base
        out.append(Draft(BlockKind.FIELD, text, where, node, name, note=note))
    return out


def meta_of(attributes: Mapping[str, str]) -> tuple[str, str]:
    """(name, content) of a `<meta>`."""
    name = attributes.get("name") or attributes.get("property") or ""
    return name, attributes.get("content") or ""


def _meta(attributes: Mapping[str, str], base: Where) -> list[Draft]:
    name, content = meta_of(attributes)
    if not content or name.lower() in _PLAIN_META or not holds_data(content):
        return []
    where = Where.METADATA if base is Where.VISIBLE else base
    key = name or "content"
    return [Draft(BlockKind.FIELD, clean(content), where, None, key, note=f"meta {key}")]


_PLAIN_META = frozenset(
    (
        "viewport",
        "generator",
        "robots",
        "renderer",
        "format-detection",
        "content-type",
        "csrf-token",
    )
)
