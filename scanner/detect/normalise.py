"""Fold the written forms of one character into one, and remember where each came from.

Full-width letters, digits and punctuation become half width; every kind of space becomes a plain
space; every character that stands for a hidden one becomes `*`; zero-width characters go. The
structural separators of `scanner.model` stay.
"""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass

from scanner.radicals import RADICALS

HIDDEN = "*"

_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
_HIDDEN_FORMS = "×●○□■◆◇█▇△▲☆★※﹡∗✱╳〇"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"

# Characters without width: joiners, marks of direction, soft hyphen, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff]+"
)

_FOLD: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD.update({ord(c): " " for c in _SPACES})
_FOLD.update({ord(c): HIDDEN for c in _HIDDEN_FORMS})
_FOLD.update({ord(c): "-" for c in _DASHES})
_FOLD[ord("﹣")] = "-"
_FOLD.update(RADICALS)

# Characters that most pages hold are replaced one by one, which runs at memory speed; the table is
# walked only for the rest.
_COMMON = tuple((c, _FOLD[ord(c)]) for c in "，：（）；！？\u3000\u00a0—")
_RARE = re.compile(
    "[" + "".join(re.escape(chr(c)) for c in sorted(_FOLD) if chr(c) not in dict(_COMMON)) + "]"
)

# Underscores between digits hide characters; elsewhere they belong to names and addresses.
_UNDERSCORES = re.compile(r"(?<=[0-9*])_{2,}(?=[0-9Xx]|$)")
# One between the groups of a mobile number parts them, as a hyphen does.
_PARTING = re.compile(
    r"(?<=[0-9]{3})_(?=[0-9]{4}_[0-9]{4}(?![0-9_]))|(?<=[0-9]{3}_[0-9]{4})_(?=[0-9]{4}(?![0-9_]))"
)
# So does 某, and a row of dots that stands for digits left out.
_BETWEEN_DIGITS = re.compile(r"[某…⋯](?<=[0-9]{2}.)[某…⋯]*(?=[0-9]{2}|[0-9][Xx])")


@dataclass(frozen=True, slots=True, repr=False)
class Normalised:
    """Folded text; `offset` maps a position in it back to the original text."""

    text: str
    _offsets: "array[int] | None"

    def offset(self, position: int) -> int:
        """Position in the original text of the folded character at `position`."""
        return position if self._offsets is None else self._offsets[position]

    def position(self, offset: int) -> int:
        """Folded position of the first kept character at or after an original `offset`."""
        return offset if self._offsets is None else bisect_left(self._offsets, offset)

    def end_offset(self, position: int) -> int:
        """Original end of a span that ends before folded `position`."""
        if self._offsets is None or position == 0:
            return position
        return self._offsets[position - 1] + 1


def normalise(text: str) -> Normalised:
    """Fold `text`; linear in its length."""
    folded = text
    for written, half in _COMMON:
        folded = folded.replace(written, half)
    if _RARE.search(folded):
        folded = folded.translate(_FOLD)
    if "_" in folded:
        folded = _PARTING.sub("-", folded)
    if "__" in folded:
        folded = _UNDERSCORES.sub(lambda m: HIDDEN * len(m.group()), folded)
    if "某" in folded or "…" in folded or "⋯" in folded:
        folded = _BETWEEN_DIGITS.sub(lambda m: HIDDEN * len(m.group()), folded)
    if not _INVISIBLE.search(folded):
        return Normalised(folded, None)
    offsets = array("l")
    pieces: list[str] = []
    last = 0
    for hole in _INVISIBLE.finditer(folded):
        pieces.append(folded[last : hole.start()])
        offsets.extend(range(last, hole.start()))
        last = hole.end()
    pieces.append(folded[last:])
    offsets.extend(range(last, len(folded) + 1))
    return Normalised("".join(pieces), offsets)


def canonical(kind: str, value: str) -> str:
    """The value in the one form in which equal values are equal: a date as YYYYMMDD or YYYYMM."""
    if kind != "birth_date":
        return value
    return "".join(group.zfill(2) for group in re.findall(r"[0-9]+", value))
