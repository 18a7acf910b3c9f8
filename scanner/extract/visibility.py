"""Which elements a reader does not see: attributes, inline style, and the page's own style rules.

Style sheets of other files are not fetched, so a class that they hide counts as visible.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from scanner.extract.draft import Element

_ZERO = r"0+(?:\.0+)?(?:px|pt|em|rem|%|cm|mm|in)?"
_END = r"\s*(?:!\s*important\s*)?(?:;|$)"
_HIDING = re.compile(
    rf"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    rf"|opacity\s*:\s*{_ZERO}|(?:max-)?(?:height|width)\s*:\s*{_ZERO}"
    rf"|font-size\s*:\s*(?:{_ZERO}|(?:0?\.\d+|1)(?:px|pt))"
    r"|(?:left|right|top|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}\d*(?:px|pt|em)?"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?(?:[ ,]+[01](?:px)?){3}\s*\)"
    rf"|color\s*:\s*transparent){_END}",
    re.IGNORECASE,
)
_SHOWING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?!none)[a-z-]+|visibility\s*:\s*visible)", re.IGNORECASE
)
_WHITE = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:#fff|#f[8-f]f[8-f]f[8-f]|white|snow"
    rf"|rgba?\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5]\s*(?:,[^)]*)?\)){_END}",
    re.IGNORECASE,
)
_WHITE_WORD = re.compile(r"#?(?:fff|f[8-f]f[8-f]f[8-f]|white)\s*$", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|;)\s*background(?:-color|-image)?\s*:([^;]*)", re.IGNORECASE)
_NO_BACKGROUND = re.compile(
    r"\s*(?:#fff(?:fff)?|white|none|transparent|inherit|initial)?\s*(?:!\s*important\s*)?$",
    re.IGNORECASE,
)
# Words in a class or id of parts whose colour comes from a style sheet that is not at hand.
_COLOURED_PART = re.compile(r"foot|nav|head|top|banner|menu|btn|button|bar|tab|copyright", re.I)

UNSEEN_TAGS = frozenset(("noscript", "template", "noframes", "datalist", "noembed"))
_SIZED = frozenset(("td", "th", "tr", "col"))  # where a width or height of 0 is meant to hide

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile("[{}]")
_ELSEWHERE = re.compile(r"@(?:media(?!\s+(?:screen|all)\b)|font-face|page|keyframes|-)", re.I)
_MAX_CSS = 200_000  # characters of style rules that are read
_MAX_SELECTORS = 64
_MAX_NESTING = 8


@dataclass(frozen=True, slots=True)
class Style:
    """What one inline style says of visibility."""

    hides: bool
    shows: bool
    white: bool
    background: bool


_NO_STYLE = Style(hides=False, shows=False, white=False, background=False)


@lru_cache(maxsize=4096)
def read_style(css: str) -> Style:
    """Judge the declarations of one `style` attribute or rule body."""
    found = _BACKGROUND.search(css)
    return Style(
        hides=_HIDING.search(css) is not None,
        shows=_SHOWING.search(css) is not None,
        white=_WHITE.search(css) is not None,
        background=found is not None and _NO_BACKGROUND.match(found.group(1)) is None,
    )


def look(
    node: Element, tag: str, attributes: Mapping[str, str], unseen: Set[Element], coloured: bool
) -> tuple[bool, bool]:
    """(hidden, gives a background) of one element.

    `unseen` are the elements that style rules hide, `coloured` says that an element around has
    a background: white letters on it are seen.
    """
    css = attributes.get("style")
    style = read_style(css) if css else _NO_STYLE
    background = style.background or bool(attributes.get("background"))
    colour = attributes.get("bgcolor")
    if colour is not None and not background:
        background = not is_white(colour)
    if style.hides or tag in UNSEEN_TAGS or "hidden" in attributes:
        return True, background
    if unseen and node in unseen and not style.shows:
        return True, background
    if tag in _SIZED and "0" in (attributes.get("width"), attributes.get("height")):
        return True, background
    white = style.white or (tag == "font" and is_white(attributes.get("color", "")))
    return white and not background and not coloured and not _stands_on_colour(node), background


def is_white(colour: str) -> bool:
    """Whether the value of `<font color>` is white or nearly white."""
    return _WHITE_WORD.match(colour.strip()) is not None


def _stands_on_colour(element: Element) -> bool:
    """Whether a part around the element probably has a background from an outer style sheet."""
    node: Element | None = element
    while node is not None:
        words = f"{node.get('class', '')} {node.get('id', '')}"
        if _COLOURED_PART.search(words) or node.tag in ("header", "footer", "nav", "button"):
            return True
        node = node.getparent()
    return False


def hidden_by_rules(root: Element) -> set[Element]:
    """Elements that the page's own `<style>` rules hide; a later showing rule wins."""
    css = "\n".join(node.text for node in root.iter("style") if node.text)
    if not css or "{" not in css:
        return set()
    hidden: set[Element] = set()
    budget = _MAX_SELECTORS
    for selectors, body in _rules(_COMMENT.sub("", css[:_MAX_CSS])):
        style = read_style(body.strip())
        if not style.hides and not (style.shows and hidden):
            continue
        for selector in selectors.split(","):
            if budget <= 0:
                return hidden
            budget -= 1
            chosen = _select(root, selector.strip())
            hidden = hidden | chosen if style.hides else hidden - chosen
    return hidden


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of every rule that holds on a screen."""
    open_rules: list[str] = []
    start = 0
    for brace in _BRACE.finditer(css):
        piece = css[start : brace.start()]
        start = brace.end()
        if brace.group() == "{":
            open_rules.append(piece.rpartition(";")[2].strip())
            if len(open_rules) > _MAX_NESTING:
                return
        elif open_rules:
            selectors = open_rules.pop()
            if not selectors.startswith("@") and not any(map(_ELSEWHERE.match, open_rules)):
                yield selectors, piece


def _select(root: Element, selector: str) -> set[Element]:
    """Elements of a selector; those of pseudo elements and faulty selectors are none."""
    path = _to_xpath(selector)
    if path is None:
        return set()
    try:
        chosen = root.xpath(path)
    except etree.XPathError:
        return set()
    return {node for node in chosen if isinstance(node, Element)}


@lru_cache(maxsize=512)
def _to_xpath(selector: str) -> str | None:
    if not selector or len(selector) > 200 or ":hover" in selector or "::" in selector:
        return None
    try:
        return HTMLTranslator().css_to_xpath(selector, prefix="descendant-or-self::")
    except SelectorError:
        return None
