"""The bound that knows positions alone is never below the count that knows the characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.mask_bounds import most_fits
from patterns.validators import FITS
from tests.patterns.made import card, id_numbers

places = st.frozensets(st.integers(0, 19))


def _masked(value: str, shown: frozenset[int]) -> str:
    return "".join(char if place in shown else "*" for place, char in enumerate(value))


def _holds(fits: str, value: str, shown: frozenset[int]) -> None:
    kept = {place for place in shown if place < len(value)}
    assert FITS[fits](_masked(value, shown)) <= most_fits(fits, len(value), kept)


@given(id_numbers, places)
def test_citizen_numbers_and_what_holds_one(number: str, shown: frozenset[int]) -> None:
    _holds("gb11643", number, shown)
    _holds("disability", f"{number}42", shown)
    _holds("student_g", f"G{number}", shown)


@given(st.integers(0, 999), places)
def test_fifteen_digits(order: int, shown: frozenset[int]) -> None:
    _holds("gb11643_15", f"110102880721{order:03d}", shown)


@given(st.integers(0, 10**8 - 1), places)
def test_mobiles(number: int, shown: frozenset[int]) -> None:
    _holds("mobile", f"138{number:08d}", shown)


@given(st.integers(0, 10**12 - 1), places)
def test_cards(number: int, shown: frozenset[int]) -> None:
    value = card(f"621700{number:012d}")
    _holds("bank_card", value, shown)
    _holds("luhn", value, shown)


@pytest.mark.parametrize("fits", sorted(FITS))
def test_what_is_shown_whole_leaves_one_and_each_hidden_place_never_fewer(fits: str) -> None:
    counts = [most_fits(fits, 18, range(shown)) for shown in range(18, -1, -1)]
    assert counts[0] == 1
    assert counts == sorted(counts)
