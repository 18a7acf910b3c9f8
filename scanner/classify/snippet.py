"""The words around a value, fit to be stored: every value masked, and every other number too."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from scanner.masking import mask_text
from scanner.model import BLOCK, CELL, ROW, Match

_AROUND = 24  # characters on either side
_LONGEST_VALUE = 80
_BREAKS = str.maketrans({BLOCK: " ", ROW: " ", CELL: " ", "\n": " ", "\r": " "})
_HERE = "\ue000"  # of private use
_SPACES = re.compile(r"\s+")
# What is neither a word nor a space: control characters and marks of direction of a hostile page.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1c\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")

_NOT_PLAIN = re.compile(f"[0-9\\s{BLOCK}{ROW}{CELL}]|{_UNSEEN.pattern}")


class Neighbours:
    """All matches of a document, to be masked in each other's contexts."""

    def __init__(self, matches: Sequence[Match]) -> None:
        self._matches = sorted(matches, key=lambda m: m.start)
        self._starts = [m.start for m in self._matches]

    def masked(self, text: str, start: int, end: int) -> str:
        """`text[start:end]` with every value in it masked, also one that it cuts."""
        pieces: list[str] = []
        place = start
        index = bisect_left(self._starts, start - _LONGEST_VALUE)
        while index < len(self._matches) and self._starts[index] < end:
            match = self._matches[index]
            index += 1
            if match.end <= place:
                continue
            pieces.append(text[place : max(place, match.start)])
            pieces.append(match.masked)
            place = match.end
        pieces.append(text[place:end])
        return "".join(pieces)


def snippet(text: str, match: Match, neighbours: Neighbours) -> str:
    """At most 24 characters on either side, in one line."""
    left = max(text.rfind(BLOCK, 0, match.start) + 1, match.start - _AROUND)
    wall = text.find(BLOCK, match.end)
    right = min(len(text) if wall < 0 else wall, match.end + _AROUND)
    before = neighbours.masked(text, left, match.start)
    after = neighbours.masked(text, match.end, right)
    # Both at once, with a mark between that no page's text brings through.
    before, _, after = plain(before.replace(_HERE, "") + _HERE + after).partition(_HERE)
    return f"{before}【{match.masked}】{after}".strip()


def plain(text: str) -> str:
    """Text of a page in one line, its numbers hidden and its control characters gone."""
    if is_plain(text):
        return text
    return _SPACES.sub(" ", mask_text(_UNSEEN.sub("", text)).translate(_BREAKS))


def is_plain(text: str) -> bool:
    """Whether `plain` would leave the text as it is, told cheaply: no digit, space or control."""
    return _NOT_PLAIN.search(text) is None
