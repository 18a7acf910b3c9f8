"""A flagged page that is gone may only have moved: the same item under another address.

Its list still names it, by the same title, or an earlier sweep has read an item of that title
elsewhere. What stands there is judged in its place: a leak that moved is not mended.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner.model import Link

_LEAST = 6  # characters of a title that tells one item from another
_CUT = re.compile(r"(?:\.{2,}|…+)$")
_MOST = 3  # places that are looked at


@dataclass(frozen=True, slots=True)
class Flagged:
    """What is known of a flagged page."""

    title: str  # as stored: names in it are masked with asterisks
    elsewhere: tuple[str, ...] = ()  # addresses of items of the same title


def places(flagged: Flagged, url: str, links: Sequence[Link]) -> list[str]:
    """Addresses where the item may stand now, the likeliest first. `links`: of its list."""
    found = [link.url for link in links if is_title(link.text, flagged.title)]
    return list(dict.fromkeys(_others([*found, *flagged.elsewhere], url)))[:_MOST]


def _others(urls: Iterable[str], url: str) -> Iterable[str]:
    return (one for one in urls if one != url)


def is_title(words: str, title: str) -> bool:
    """Whether the words of a link are the title, in full or cut short with dots."""
    words, title = _plain(words), _plain(title)
    if len(title) < _LEAST:
        return False
    cut = _CUT.search(words)
    if cut:
        words = words[: cut.start()]
        if len(words) < _LEAST:
            return False
        title = title[: len(words)]
    pattern = re.escape(title).replace(r"\*", ".")
    return re.fullmatch(pattern, words) is not None


def _plain(text: str) -> str:
    return "".join(text.split())
