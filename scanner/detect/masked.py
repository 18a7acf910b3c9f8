"""Masked values as people write them: X for a star, and seldom the right number of stars."""

import re

from patterns.rule import Rule
from patterns.validators import FITS

_X_MASK = re.compile(r"(?<=[0-9*])X{2,}|X{3,}")
_STARS = re.compile(r"\*+")
# Fewer than four spaces are a gap between groups of digits.
_SPACES = re.compile(r" *([0-9]{2,})( {4,})([0-9]+[0-9Xx]) *")
_KNOWN = frozenset("0123456789X*")
# Real lengths by kind, likeliest first: what a row of stars is stretched to.
_LENGTHS = {"id_card": (18, 15), "mobile": (11,), "bank_card": (19, 16), "disability_cert": (20,)}


def has_lengths(rule: Rule) -> bool:
    """Whether values of the rule's kind have a few fixed lengths."""
    return rule.kind in _LENGTHS


def stars(compact: str) -> str:
    """A compact value with every hidden character as a star."""
    if "XX" not in compact:
        return compact
    return _X_MASK.sub(lambda m: "*" * len(m.group()), compact)


def stretch(starred: str, length: int) -> str | None:
    """The value with its only row of stars made as long as `length` asks; None where it cannot."""
    if len(starred) == length:
        return starred
    rows = _STARS.findall(starred)
    visible = len(starred) - sum(map(len, rows))
    if len(rows) != 1 or visible >= length or not set(starred) <= _KNOWN:
        return None
    return starred.replace(rows[0], "*" * (length - visible))


def spaced(rule: Rule, text: str) -> str | None:
    """The starred value of a cell where spaces stand for as many hidden digits; None for any
    other cell."""
    found = _SPACES.fullmatch(text)
    if found is None:
        return None
    starred = found.group(1) + "*" * len(found.group(2)) + found.group(3).upper()
    is_whole = len(starred) in _LENGTHS.get(rule.kind, ())
    return starred if is_whole and full_form(rule, starred) == starred else None


def full_form(rule: Rule, starred: str) -> str | None:
    """The value at a real length of the rule's kind; None where no real value fits it."""
    if rule.mask is None:
        return None
    lengths = _LENGTHS.get(rule.kind, (len(starred),))
    if min(lengths) <= len(starred) <= max(lengths) and FITS[rule.mask.fits](starred) > 0:
        return starred  # a real length as it stands
    for length in lengths:
        whole = stretch(starred, length)
        if whole is not None and FITS[rule.mask.fits](whole) > 0:
            return whole
    return None
