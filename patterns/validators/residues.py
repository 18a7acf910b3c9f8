"""Counting the numbers that fit a masked citizen number, part by part, by residue modulo 11.

A `Counts` has eleven places: how many fillings of a part have the weighted sum 0, 1 … 10 mod 11.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache

from patterns import reference

Counts = tuple[int, ...]

_AREA_WEIGHTS = (7, 9, 10, 5, 8, 4)
_DATE_WEIGHTS = (2, 1, 6, 3, 7, 9, 10, 5)
FIRST_YEAR = 1900  # nobody born before is alive or on a current list
_LEAP_DAY = "0229"
_COMMON_DAYS = tuple(
    f"{month:02d}{day:02d}"
    for month in range(1, 13)
    for day in range(1, monthrange(1900, month)[1] + 1)
)


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


@lru_cache(maxsize=4096)
def dates(pattern: str, today: date) -> Counts:
    """Counts of the real dates from 1900 to today that fit eight characters.

    Year and day are counted apart and joined: 500 steps instead of one for every day since 1900.
    """
    year, day = pattern[:4], pattern[4:]
    past = range(FIRST_YEAR, today.year)
    counts = [
        join(_years(year, past), _days(day, _COMMON_DAYS)),
        join(_years(year, [y for y in past if isleap(y)]), _days(day, [_LEAP_DAY])),
    ]
    this_year = [*_COMMON_DAYS, *([_LEAP_DAY] if isleap(today.year) else [])]
    so_far = [text for text in this_year if text <= f"{today:%m%d}"]
    counts.append(join(_years(year, [today.year]), _days(day, so_far)))
    return tuple(map(sum, zip(*counts, strict=True)))


def _years(pattern: str, years: Iterable[int]) -> Counts:
    return _fitting(pattern, map(str, years), _DATE_WEIGHTS[:4])


def _days(pattern: str, days: Iterable[str]) -> Counts:
    return _fitting(pattern, days, _DATE_WEIGHTS[4:])


def _fitting(pattern: str, texts: Iterable[str], weights: Sequence[int]) -> Counts:
    fits = re.compile(pattern.replace("*", "[0-9]")).fullmatch
    return _tally(_sum(text, weights) for text in texts if fits(text))
