"""The site's own header and footer: owner, filing numbers, switchboard. Nobody's data."""

import re
from collections.abc import Sequence
from functools import lru_cache

from scanner.extract.draft import Draft, Element
from scanner.model import BlockKind, Where

_FOOT_WORD = re.compile(
    r"(?:^|[\s_-])(?:page|site|main|web|wap|g|m|index|common|public|zw|gov)?[_-]?"
    r"(?:foot(?:er)?|bottom|copyright|copy_?right|dibu|yejiao|btm)(?:er)?\d*"
    r"(?:$|[\s_-](?:box|con|content|wrap|inner|info|main|text|nr|bg)?)",
    re.IGNORECASE,
)
_HEAD_WORD = re.compile(r"(?:^|\s)(?:header|top|topbar|top-?nav|site-?header|logo)(?:$|\s)", re.I)
_SURE = re.compile(
    r"ICP\s*备|公网安备|公安网备|网站标识码|标\s*识\s*码|版权所有|Copyright|©|网站地图|ICP备案",
    re.I,
)
_FILED = re.compile(r"ICP\s*备|公网安备|公安网备|标\s*识\s*码|版权所有|Copyright|ICP备案", re.I)
_LIKELY = re.compile(
    r"主办|承办|技术支持|运\s*维|维护|网站|备案|版权|联系我们|联系方式|联系电话|邮编|地址|电话|邮箱"
    r"|您是第|访问量|浏览器|分辨率|无障碍|值班|标识码|安备",
)
TAGS = frozenset(("header", "footer"))
# Going up from a filing number, only these lead on: a contact line above it is the article's.
_OWNER = re.compile(r"主办|承办|技术支持|运\s*维|维护|版权|备案|标识码|安备|访问量|浏览器|分辨率")
_MAX_LENGTH = 3000  # characters: a longer "bottom" is a part of the page's content
_TAIL = 14  # blocks at the end that may be the footer


def is_site_part(tag: str, words: str, element: Element) -> bool:
    """Whether the element is the site's header or footer, by its tag or the words of class and id.

    A class alone is not believed: the part must also be short and, for a footer, say whose site
    it is. A `<header>` inside an article holds the article's title.
    """
    if tag in TAGS:
        return not any(True for _ in element.iterancestors("article", "main", "section"))
    is_foot, is_head = _read_words(words)
    if not is_foot and not is_head:
        return False
    text = _text(element)
    if len(text) > _MAX_LENGTH or next(element.iter("h1"), None) is not None:
        return False
    return _SURE.search(text) is not None or (
        is_foot and _LIKELY.search(text) is not None and len(text) < 600
    )


def names_site_part(words: str) -> bool:
    """Whether a class or id may name the site's header or footer."""
    return any(_read_words(words))


@lru_cache(maxsize=4096)
def _read_words(words: str) -> tuple[bool, bool]:
    """(names a footer, names a header) of the class and id of one element."""
    return _FOOT_WORD.search(words) is not None, _HEAD_WORD.search(words) is not None


def _text(element: Element) -> str:
    out: list[str] = []
    length = 0
    for piece in element.itertext():
        if isinstance(piece, str):
            out.append(piece)
            length += len(piece.strip())
            if length > _MAX_LENGTH:
                break
    return "".join(out)


def mark_tail(drafts: Sequence[Draft]) -> None:
    """Mark a page's last paragraphs as footer when they hold filing numbers or the owner."""
    tail = [d for d in drafts if d.where is Where.VISIBLE and d.kind is not BlockKind.FIELD][
        -_TAIL:
    ]
    if any(d.kind is BlockKind.FOOTER for d in tail):
        return
    filed = [n for n, d in enumerate(tail) if d.table is None and _FILED.search(d.text)]
    if not filed:
        return
    first = filed[-1]
    while first > 0 and _belongs(tail[first - 1]):
        first -= 1
    after = [d for d in tail[filed[-1] + 1 :] if _LIKELY.search(d.text)]
    for draft in tail[first : filed[-1] + 1] + after:
        if draft.table is None and len(draft.text) < 400:
            draft.kind = BlockKind.FOOTER


def _belongs(draft: Draft) -> bool:
    return draft.table is None and len(draft.text) < 200 and _OWNER.search(draft.text) is not None
