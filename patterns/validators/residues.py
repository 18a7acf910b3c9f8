"""Counting the numbers that fit a masked citizen number, part by part, by residue modulo 11.

A `Counts` has eleven places: how many fillings of a part have the weighted sum 0, 1 … 10 mod 11.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from patterns import reference

Counts = tuple[int, ...]

_AREA_WEIGHTS = (7, 9, 10, 5, 8, 4)
_DATE_WEIGHTS = (2, 1, 6, 3, 7, 9, 10, 5)
_FIRST = date(1900, 1, 1)


def _sum(text: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(text, weights, strict=True)) % 11


def _tally(rows: Iterable[int]) -> Counts:
    counts = [0] * 11
    for residue in rows:
        counts[residue] += 1
    return tuple(counts)


def join(left: Counts, right: Counts) -> Counts:
    """The counts of two parts written one after the other."""
    counts = [0] * 11
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            counts[(i + j) % 11] += a * b
    return tuple(counts)


def digits(pattern: str, weights: Sequence[int]) -> Counts:
    """Counts of free digits: every `*` may be any of 0 to 9."""
    counts: Counts = (1, *[0] * 10)
    for char, weight in zip(pattern, weights, strict=True):
        values = range(10) if char == "*" else (int(char),)
        counts = join(counts, _tally(value * weight % 11 for value in values))
    return counts


@cache
def _weighed_areas(permits: bool) -> dict[str, int]:
    codes = reference.id_areas() | (reference.RESIDENCE_AREAS if permits else frozenset())
    return {code: _sum(code, _AREA_WEIGHTS) for code in codes}


@lru_cache(maxsize=4096)
def areas(pattern: str, *, permits: bool = True) -> Counts:
    """Counts of the area codes that fit six characters; `permits`: also 810000 and so on."""
    known = _weighed_areas(permits)
    if "*" not in pattern:
        return _tally([known[pattern]] if pattern in known else [])
    fits = re.compile(pattern.replace("*", "[0-9]")).fullmatch
    return _tally(residue for code, residue in known.items() if fits(code))


@cache
def _weighed_days(today: date) -> tuple[tuple[str, int], ...]:
    days = ((_FIRST + timedelta(days=n)) for n in range((today - _FIRST).days + 1))
    texts = (day.strftime("%Y%m%d") for day in days)
    return tuple((text, _sum(text, _DATE_WEIGHTS)) for text in texts)


@lru_cache(maxsize=4096)
def dates(pattern: str, today: date) -> Counts:
    """Counts of the real dates from 1900 to today that fit eight characters."""
    fits = re.compile(pattern.replace("*", "[0-9]")).fullmatch
    return _tally(residue for text, residue in _weighed_days(today) if fits(text))
