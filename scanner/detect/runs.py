"""Runs of digits, letters and mask characters, and the values that their pieces may be joined to.

People write one number in many ways: in groups, over a line end, with hyphens, dots, brackets. A
run is cut into atoms (digits or letters) and every joining of neighbours is offered; which of them
is a value is for the rules to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from scanner.detect.masked import stars

LONGEST = 26  # characters of the longest value, a disability certificate with suffix, and some
_SHORTEST = 5  # characters of the shortest value: a hotline
_LONGEST_PREFIX = 4  # digits of a country or area code
_MOST_PIECES = 6  # pieces that a person would cut a number into

# Where a run can begin. A first character of one class is found several times faster than the
# run itself, whose letters are optional.
_STRETCH = re.compile(rf"[0-9A-Za-z*][0-9A-Za-z* \-./·•()+'\n]{{{_SHORTEST - 1},}}")
_RUN = re.compile(
    r"[A-Za-z]{0,4}[0-9*][0-9A-Za-z*]*(?:[ \-./·•()+'\n]{1,4}[0-9A-Za-z*]+)*",
)
# One digit a cell, as forms draw their boxes.
_BOXES = re.compile(r"(?<![^\t\x1d\x1e])[0-9](?:\t[0-9Xx*]){10,19}(?![^\t\x1d\x1e])")
# An ID number cut at its own joints into neighbouring cells.
_CUT_ID = re.compile(
    r"(?<![^\t\x1d\x1e])[1-9][0-9]{5}\t(?:[12][0-9]{7}\t[0-9]{3}|[12][0-9]{10})[0-9Xx](?![^\t\x1d\x1e])"
)
_ATOM = re.compile(r"[0-9*]+|[A-Za-z]+")
_DIGITS = re.compile(r"[0-9]")


@dataclass(slots=True, eq=False)  # stays in this room; frozen ones cost three times as much
class Token:
    """Atoms joined: what a TOKEN rule is asked to match. Not changed once made."""

    text: str  # compact, upper case, hidden characters as *
    written: str  # compact, upper case, as written
    start: int
    end: int
    pieces: int  # parts that separators stood between; 1 for an unbroken run
    sizes: tuple[int, ...]  # length of each part
    glued: bool  # a letter or digit that does not belong to it touches it
    over_line: bool  # a line end stood inside

    @property
    def is_masked(self) -> bool:
        """Whether hidden characters stand in it."""
        return "*" in self.text


class _Atom(NamedTuple):
    text: str
    start: int
    end: int


def tokens(text: str, *, with_tables: bool) -> Iterator[Token]:
    """Every token of the normalised text that holds at least four digits or hidden characters."""
    for stretch in _STRETCH.finditer(text):
        if stretch.group().isalpha():
            continue
        for run in _RUN.finditer(text, *stretch.span()):
            if run.end() - run.start() >= _SHORTEST:
                yield from _joinings(text, *run.span())
    if with_tables:
        for pattern in (_BOXES, _CUT_ID):
            for cut in pattern.finditer(text):
                compact = cut.group().replace("\t", "").upper()
                sizes = tuple(len(p) for p in cut.group().split("\t"))
                yield Token(
                    compact, compact, cut.start(), cut.end(), len(sizes), sizes, False, False
                )


def _joinings(text: str, start: int, end: int) -> Iterator[Token]:
    atoms = [_Atom(m.group(), *m.span()) for m in _ATOM.finditer(text, start, end)]
    if len(atoms) == 1:
        token = _token(text, atoms, 0, 0)
        if token is not None:
            yield token
        return
    for first in range(len(atoms)):
        pieces, length = 1, 0
        for last in range(first, len(atoms)):
            length += len(atoms[last].text)
            if last > first and atoms[last].start > atoms[last - 1].end:
                pieces += 1
            if length > LONGEST or pieces > _MOST_PIECES:
                break
            if length < _SHORTEST:
                continue
            token = _token(text, atoms, first, last)
            if token is not None:
                yield token


def _token(text: str, atoms: list[_Atom], first: int, last: int) -> Token | None:
    start, end = atoms[first].start, atoms[last].end
    sizes = _part_sizes(atoms, first, last)
    written = "".join(a.text for a in atoms[first : last + 1]).upper()
    compact = stars(written)
    if not compact.isdigit() and len(_DIGITS.findall(compact)) < 2:
        return None
    if len(sizes) > 1 and _ends_in_decimal(text, atoms, last):
        return None
    glued = (first > 0 and atoms[first - 1].end == start) or (
        last + 1 < len(atoms) and atoms[last + 1].start == end
    )
    glued = glued or (first > 0 and _is_chained(text, atoms[first - 1], start))
    if not glued and start > 0:
        before = text[start - 1]
        glued = before.isascii() and before.isalnum()
    over_line = len(sizes) > 1 and "\n" in text[start:end]
    return Token(compact, written, start, end, len(sizes), sizes, glued, over_line)


def _ends_in_decimal(text: str, atoms: list[_Atom], last: int) -> bool:
    """Whether the last piece is but the whole part of a decimal in the next column: `… 11.32`."""
    end = atoms[last].end
    follows = text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit()
    return follows and text[atoms[last].start - 1 : atoms[last].start] == " "


def _is_chained(text: str, before: _Atom, start: int) -> bool:
    """Whether a hyphen ties the token to a longer number before it, as in `015267867-187-2023`."""
    tied = before.end + 1 == start and text[before.end] == "-"
    return tied and len(before.text) > _LONGEST_PREFIX and before.text.isdigit()


def _part_sizes(atoms: list[_Atom], first: int, last: int) -> tuple[int, ...]:
    sizes = [len(atoms[first].text)]
    for i in range(first + 1, last + 1):
        if atoms[i].start > atoms[i - 1].end:
            sizes.append(len(atoms[i].text))
        else:
            sizes[-1] += len(atoms[i].text)
    return tuple(sizes)
