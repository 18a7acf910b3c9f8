"""How many real values can fit a mask of which only the shown positions are known.

An upper bound for each counting function of `patterns.validators.FITS`: the check digit, the date
and the parts that every value begins with are taken into account, the areas and blocks in use are
not, since for them the characters would have to be known.
"""

from collections.abc import Callable, Collection

_LONGEST = 64


def most_fits(fits: str, length: int, shown: Collection[int]) -> int:
    """The most real values of `length` that fit, whatever the characters at `shown` are.

    `fits`: name of a counting function; one without a rule here counts ten a hidden position.
    """
    hidden = frozenset(range(min(length, _LONGEST))) - frozenset(shown)
    return _BOUNDS.get(fits, _plain)(hidden, length)


def _plain(hidden: frozenset[int], _length: int) -> int:
    return int(10 ** len(hidden))


def _mobile(hidden: frozenset[int], _length: int) -> int:
    return int(10 ** len(hidden - {0}))  # all begin with 1


def _luhn(hidden: frozenset[int], _length: int) -> int:
    return int(10 ** max(0, len(hidden) - 1))


def _two(hidden: frozenset[int], first: int, most: int) -> int:
    """Two digits of a month or day of which at most `most` are real."""
    return min(most, int(10 ** len(hidden & {first, first + 1})))


def _date(hidden: frozenset[int], first: int) -> int:
    """A date YYYYMMDD of the last 150 years."""
    centuries = 2 if hidden & {first, first + 1} else 1
    years = centuries * int(10 ** len(hidden & {first + 2, first + 3}))
    return min(150, years) * _two(hidden, first + 4, 12) * _two(hidden, first + 6, 31)


def _citizen(hidden: frozenset[int], _length: int) -> int:
    """A citizen number: area, date, sequence, check character."""
    free = len(hidden & {0, 1, 2, 3, 4, 5, 14, 15, 16})
    if free and 17 not in hidden:
        free -= 1  # the check character leaves one of its ten values at most
    return int(10**free) * _date(hidden, 6)


def _citizen_15(hidden: frozenset[int], _length: int) -> int:
    free = len(hidden & {0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14})
    return int(10**free) * _two(hidden, 8, 12) * _two(hidden, 10, 31)


def _certificate(hidden: frozenset[int], length: int) -> int:
    """A disability certificate: a citizen number, type 1 to 7, level 1 to 4."""
    kinds = (7 if 18 in hidden else 1) * (4 if 19 in hidden else 1)
    return _citizen(hidden, length) * kinds


def _student(hidden: frozenset[int], length: int) -> int:
    """A national student number: a letter and a citizen number."""
    letters = 2 if 0 in hidden else 1
    return letters * _citizen(frozenset(place - 1 for place in hidden if place), length)


_BOUNDS: dict[str, Callable[[frozenset[int], int], int]] = {
    "mobile": _mobile,
    "luhn": _luhn,
    "bank_card": _luhn,
    "gb11643": _citizen,
    "gb11643_15": _citizen_15,
    "disability": _certificate,
    "student_g": _student,
}
