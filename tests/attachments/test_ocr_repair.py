"""Letters read for digits: put right only where one way of reading them is proven, and told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.validators.cards import luhn_holds
from patterns.validators.identity import check_digit
from scanner.extract.ocr_repair import repaired

ID = "110101199003070" + "01" + check_digit("11010119900307001")
CARD = next(c for c in (f"622848402056489001{n}" for n in range(10)) if luhn_holds(c))


@pytest.mark.parametrize(
    "read",
    [ID.replace("0", "O", 1), ID.replace("0", "O", 3), "l" + ID[1:], ID.replace("9", "g", 1)],
)
def test_the_one_proven_reading_is_taken_and_told(read: str) -> None:
    text, notes = repaired(f"身份证号{read}，男")
    assert text == f"身份证号{ID}，男"
    assert notes
    assert all("校验位" in note for note in notes)
    assert not any(ID[4:12] in note for note in notes)


def test_a_card_is_repaired_by_its_own_check_digit() -> None:
    assert repaired(CARD.replace("8", "B", 1)) == (CARD, ["第4位“B”按校验位改为“8”"])


def test_what_no_reading_proves_stays_as_it_was_read() -> None:
    wrong = ID[:-1] + ("0" if ID[-1] != "0" else "1")
    for text in (wrong.replace("0", "O", 1), f"A{ID}", "OIBSZOIBSZOIBSZOIB", ID):
        assert repaired(text) == (text, [])


def test_two_proven_readings_are_none() -> None:
    # Places 6 and 16 weigh alike, and both districts exist: 5 and 8 may stand either way round.
    first, second = "11010519900307081", "11010819900307051"
    assert check_digit(first) == check_digit(second)
    read = f"11010S199003070S1{check_digit(first)}"
    assert repaired(read) == (read, [])


@given(st.text(alphabet="0123456789OIlZSBXx 号", max_size=60))
def test_nothing_but_letters_ever_changes(read: str) -> None:
    text, notes = repaired(read)
    assert len(text) == len(read)
    changed = [(old, new) for old, new in zip(read, text, strict=True) if old != new]
    assert all(not old.isdigit() and new in "0123456789X" for old, new in changed)
    assert bool(notes) == any(old.upper() != new for old, new in changed)
