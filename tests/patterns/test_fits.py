"""Counting functions against counting one by one."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import reference
from patterns.rule import Proof
from patterns.validators import FITS, VALIDATORS, residues
from tests.patterns.made import card, id18, id_numbers


def hide(value: str, places: set[int]) -> str:
    return "".join("*" if place in places else char for place, char in enumerate(value))


def fillings(masked: str, alphabets: dict[int, str] | None = None) -> list[str]:
    options = [
        ((alphabets or {}).get(place, "0123456789") if char == "*" else char)
        for place, char in enumerate(masked)
    ]
    return ["".join(chars) for chars in product(*options)]


def brute(masked: str, holds: Callable[[str], bool], **kwargs: dict[int, str]) -> int:
    return sum(holds(value) for value in fillings(masked, kwargs.get("alphabets")))


def proven(name: str) -> Callable[[str], bool]:
    return lambda value: VALIDATORS[name](value) is Proof.PROVEN


places18 = st.sets(st.integers(0, 17), max_size=4)


@settings(max_examples=40, deadline=None)
@given(id_numbers, places18)
def test_citizen_numbers(number: str, places: set[int]) -> None:
    masked = hide(number, places)

    def holds(value: str) -> bool:
        return proven("gb11643")(value) or proven("residence_permit")(value)

    expected = brute(masked, holds, alphabets={17: "0123456789X"})
    assert FITS["gb11643"](masked) == expected
    assert expected >= 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 900), st.sets(st.integers(0, 14), max_size=4))
def test_fifteen_digits(sequence: int, places: set[int]) -> None:
    masked = hide(f"110201880721{sequence:03d}", places)
    expected = brute(masked, lambda v: VALIDATORS["gb11643_15"](v) is not Proof.DISPROVED)
    assert FITS["gb11643_15"](masked) == expected


@settings(max_examples=25, deadline=None)
@given(st.text("0123456789", min_size=12, max_size=17), st.data())
def test_cards(first: str, data: st.DataObject) -> None:
    number = card(data.draw(st.sampled_from(["62", "95599", "4", "103", "436742"])) + first[2:])
    places = data.draw(st.sets(st.integers(0, len(number) - 1), max_size=4))
    masked = hide(number, places)
    assert FITS["luhn"](masked) == brute(
        masked, lambda v: VALIDATORS["luhn"](v) is not Proof.DISPROVED
    )
    assert FITS["bank_card"](masked) == brute(masked, proven("bank_card"))


@settings(max_examples=40, deadline=None)
@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True).filter(str.isascii),
    st.sets(st.integers(0, 10), max_size=4),
)
def test_mobiles(number: str, places: set[int]) -> None:
    masked = hide(number, places)
    assert FITS["mobile"](masked) == brute(masked, proven("mobile"))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["05565340000", "01066000000", "5340000", "66000000", "075566000000"]),
    st.sets(st.integers(0, 11), max_size=4),
)
def test_landlines(number: str, places: set[int]) -> None:
    masked = hide(number, places)

    def holds(value: str) -> bool:
        proof = VALIDATORS["landline"](value)
        if len(value) < 9:
            return proof is Proof.UNDECIDED
        return proof is Proof.PROVEN and value.startswith("0")

    assert FITS["landline"](masked) == brute(masked, holds)


@settings(max_examples=20, deadline=None)
@given(id_numbers, st.sets(st.integers(14, 19), max_size=4))
def test_disability_certificates(number: str, places: set[int]) -> None:
    masked = hide(number + "42", places)
    expected = brute(masked, proven("disability"), alphabets={17: "0123456789X"})
    assert FITS["disability"](masked) == expected


@settings(max_examples=20, deadline=None)
@given(id_numbers, st.sets(st.integers(0, 18), max_size=3))
def test_student_numbers(number: str, places: set[int]) -> None:
    masked = hide("G" + number, places)
    expected = brute(masked, proven("student_g"), alphabets={0: "GL", 18: "0123456789X"})
    assert FITS["student_g"](masked) == expected


def test_a_whole_number_hidden_counts_every_number() -> None:
    everything = FITS["gb11643"]("*" * 18)
    parts = [FITS["gb11643"]("*" * 17 + check) for check in "0123456789X"]
    assert everything == sum(parts)
    assert everything % 1000 == 0
    assert everything > 7000 * 40000 * 1000
    blocks = reference.words("mobile_blocks.txt")
    assert FITS["mobile"]("*" * 11) == sum(10 ** (11 - len(block)) for block in blocks)


def test_the_mask_of_six_and_four_still_fits_thousands() -> None:
    masked = id18()[:6] + "*" * 8 + id18()[14:]
    assert 3000 < FITS["gb11643"](masked) < 6000


@pytest.mark.parametrize("name", sorted(FITS))
def test_what_is_no_number_fits_nothing(name: str) -> None:
    assert FITS[name]("张**") in (0, 100)
    assert FITS[name]("") in (0, 1)


@given(
    st.dates(min_value=date(1999, 12, 31), max_value=date(2030, 1, 1)),
    st.sets(st.integers(0, 7), max_size=8),
    st.dates(min_value=date(1900, 1, 1), max_value=date(1999, 12, 31)),
)
@settings(max_examples=25, deadline=None)
def test_dates_are_those_of_the_calendar(today: date, places: set[int], born: date) -> None:
    masked = hide(f"{born:%Y%m%d}", places)
    fits = re.compile(masked.replace("*", ".")).fullmatch
    every_day = (date(1900, 1, 1) + timedelta(days=n) for n in range(50_000))
    expected = [0] * 11
    for day in every_day:
        text = day.isoformat().replace("-", "")
        if day <= today and fits(text):
            weights = (2, 1, 6, 3, 7, 9, 10, 5)
            expected[sum(int(d) * w for d, w in zip(text, weights, strict=True)) % 11] += 1
    assert residues.dates(masked, today) == tuple(expected)
