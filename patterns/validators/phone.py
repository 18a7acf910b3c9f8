"""Telephone numbers of the mainland's numbering plan."""

import re
from functools import cache

from patterns import reference
from patterns.rule import Proof

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MASKED_MOBILE = re.compile(r"[0-9*]{11}")
_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))?([2-8][0-9]{6,7})")
_MASKED_LANDLINE = re.compile(r"[0-9*]{7,12}")
_LONGEST_BLOCK = 4  # digits
_LOCAL_FIRST = 7  # a local number begins with 2 to 8


def mobile(value: str) -> Proof:
    """Proven by a block that was allocated; other numbers from 13 to 19 are undecided."""
    if not _MOBILE.fullmatch(value):
        return Proof.DISPROVED
    blocks = reference.words("mobile_blocks.txt")
    allocated = value[:3] in blocks or value[:4] in blocks
    return Proof.PROVEN if allocated else Proof.UNDECIDED


def mobile_fits(masked: str) -> int:
    """How many numbers of allocated blocks fit eleven characters with `*` for hidden ones.

    Blocks are disjoint: none is written both with three and with four digits.
    """
    if not _MASKED_MOBILE.fullmatch(masked):
        return 0
    hidden: int = masked[_LONGEST_BLOCK:].count("*")
    return _blocks_fit(masked[:_LONGEST_BLOCK]) * int(10**hidden)


@cache  # of four characters: a page's masks mostly begin alike
def _blocks_fit(masked: str) -> int:
    """How many beginnings of four digits lie in allocated blocks and fit."""
    return sum(
        10 ** masked[len(block) :].count("*")
        for block in reference.words("mobile_blocks.txt")
        if _agrees(masked, block)
    )


def _agrees(masked: str, block: str) -> bool:
    return all(a in ("*", b) for a, b in zip(masked, block, strict=False))


def landline(value: str) -> Proof:
    """Proven by an area code in use and a local number of that area's length.

    The leading 0 may be missing, as after +86. Without an area code, or with one that is not in the
    list, nothing can be told.
    """
    match = _LANDLINE.fullmatch(value) or _LANDLINE.fullmatch("0" + value)
    if not match:
        return Proof.DISPROVED
    lengths = reference.landline_areas().get(match.group(1) or "")
    if lengths is None:
        return Proof.UNDECIDED
    return Proof.PROVEN if str(len(match.group(2))) in lengths else Proof.DISPROVED


def landline_fits(masked: str) -> int:
    """How many numbers fit: those that `landline` would prove, and local ones of 7 or 8 digits."""
    if not _MASKED_LANDLINE.fullmatch(masked):
        return 0
    total = _local_fits(masked) if len(masked) in (7, 8) else 0
    for area, lengths in reference.landline_areas().items():
        local = masked[len(area) :]
        if str(len(local)) in lengths and _agrees(masked, area):
            total += _local_fits(local)
    return total


def _local_fits(masked: str) -> int:
    """Local numbers that fit: first digit 2 to 8, the others free."""
    if masked[0] not in "*2345678":
        return 0
    first = _LOCAL_FIRST if masked[0] == "*" else 1
    return first * int(10 ** masked[1:].count("*"))
