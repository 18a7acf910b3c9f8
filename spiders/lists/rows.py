"""The records of a list page: the rows that repeat, against the menus that repeat as well.

A list is many alike elements with a link in each, mostly with a date; a menu is the same without
dates, in a part of the page that says what it is. The rows may stand in several blocks of five.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import html

_DATE = re.compile(
    r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|(?<!\d)\d{2}-\d{2}(?!\d)"
)
_FURNITURE = re.compile(
    r"nav|menu|header|foot|banner|sidebar|side-|share|breadcrumb|position|weizhi|crumb|copyright|"
    r"friend|link(?:s|box)|topbar|pag(?:e|er|ing|ination)\b|fenye|hot|tuijian|related",
    re.IGNORECASE,
)
_MOST_LINKS = 3  # in one row on average; more is a block of its own
_WORDS_ENOUGH = 8  # letters of a title, on average; the names of columns are shorter
_ROW_TEXT = 400  # characters looked at for a date

Resolve = Callable[[str], str | None]


@dataclass(slots=True)
class _Group:
    """Rows of one shape: each the links in it and the words of the row."""

    rows: list[list[tuple[str, str]]] = field(default_factory=list)
    dated: int = 0
    is_furniture: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether at least half of the rows have a date."""
        return 2 * self.dated >= len(self.rows)

    @property
    def score(self) -> tuple[bool, bool, int]:
        """Dates first, then what does not call itself a menu, then the most words."""
        letters = sum(min(_letters(row), 20) for row in self.rows)
        return self.is_dated, not self.is_furniture, letters


def _letters(row: list[tuple[str, str]]) -> int:
    return max(len(words) for _, words in row)


def record_links(root: html.HtmlElement, resolve: Resolve) -> list[str]:
    """Addresses of the records on a page, each once, in order; empty where no rows are found.

    `resolve` gives the address of a reference, None for one that is no record's.
    """
    links = _links(root, resolve)
    if not links:
        return []
    groups = [group for group in _groups(links).values() if _is_list(group)]
    if not groups:
        return []
    best = max(groups, key=lambda group: group.score)
    return list(dict.fromkeys(max(row, key=lambda one: len(one[1]))[0] for row in best.rows))


def all_links(root: html.HtmlElement, resolve: Resolve) -> list[str]:
    """Every address in records that came as data: there all of it is the list."""
    return list(dict.fromkeys(url for _, url, _ in _links(root, resolve)))


def _links(root: html.HtmlElement, resolve: Resolve) -> list[tuple[html.HtmlElement, str, str]]:
    out = []
    for element in root.iter("a"):
        url = resolve(element.get("href") or "")
        if url is not None:
            words = element.get("title") or " ".join("".join(element.itertext()).split())
            out.append((element, url, words))
    return out


def _groups(links: list[tuple[html.HtmlElement, str, str]]) -> dict[str, _Group]:
    """The rows by their shape: every element above a link is a row of the element above it."""
    rows: dict[html.HtmlElement, list[tuple[str, str]]] = defaultdict(list)
    for element, url, words in links:
        for row in _upwards(element):
            rows[row].append((url, words))
    groups: dict[str, _Group] = defaultdict(_Group)
    paths: dict[html.HtmlElement, tuple[str, bool]] = {}
    for row, held in rows.items():
        above = row.getparent()
        if above is None or not isinstance(row.tag, str) or len(held) > 4 * _MOST_LINKS:
            continue
        if above not in paths:
            paths[above] = _path(above)
        path, is_furniture = paths[above]
        group = groups[f"{path}>{row.tag}"]
        group.rows.append(held)
        group.dated += bool(_DATE.search(_text(row)))
        group.is_furniture = is_furniture
    return groups


def _upwards(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield element
    yield from element.iterancestors()


def _path(element: html.HtmlElement) -> tuple[str, bool]:
    """The tags and classes above, and whether one of them says that it is furniture."""
    parts: list[str] = []
    is_furniture = False
    for one in _upwards(element):
        mark = f"{one.get('class') or ''} {one.get('id') or ''}"
        is_furniture = is_furniture or one.tag in ("nav", "header", "footer")
        is_furniture = is_furniture or (one.tag != "body" and bool(_FURNITURE.search(mark)))
        parts.append(f"{one.tag!s}.{one.get('class') or ''}")
    return "/".join(reversed(parts)), is_furniture


def _text(row: html.HtmlElement) -> str:
    out: list[str] = []
    size = 0
    for piece in row.itertext():
        out.append(piece)
        size += len(piece)
        if size > _ROW_TEXT:
            break
    return " ".join(out)


def _is_list(group: _Group) -> bool:
    """Whether a group of rows may be the list: dated, or with titles rather than names."""
    count = len(group.rows)
    if sum(map(len, group.rows)) > _MOST_LINKS * count:
        return False
    if group.is_dated:
        return True
    if not group.is_furniture and count > 1:
        return True
    return sum(map(_letters, group.rows)) >= _WORDS_ENOUGH * count
