"""Validators: what they prove, disprove and leave open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.rule import Proof
from patterns.validators import VALIDATORS
from patterns.validators.identity import CHECKS, check_digit, is_birth_date
from patterns.validators.organisation import org_check
from tests.patterns.made import card, credit_code, id18, id_numbers

PROVEN, UNDECIDED, DISPROVED = Proof.PROVEN, Proof.UNDECIDED, Proof.DISPROVED


@given(id_numbers)
def test_a_sound_citizen_number_is_proven_and_every_other_check_disproved(number: str) -> None:
    assert VALIDATORS["gb11643"](number) is PROVEN
    for check in set(CHECKS) - {number[17]}:
        assert VALIDATORS["gb11643"](number[:17] + check) is DISPROVED


@given(id_numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, step: int) -> None:
    wrong = str((int(number[place]) + step) % 10)
    changed = number[:place] + wrong + number[place + 1 :]
    assert VALIDATORS["gb11643"](changed) is DISPROVED


@given(st.text(max_size=30))
def test_no_text_breaks_a_validator(text: str) -> None:
    for validator in VALIDATORS.values():
        assert validator(text) in Proof


def test_the_birth_date_of_a_number_has_to_be_real() -> None:
    assert VALIDATORS["gb11643"](id18(born="19880229")) is PROVEN
    assert VALIDATORS["gb11643"](id18(born="19890229")) is DISPROVED
    assert VALIDATORS["gb11643"](id18(born="18991231")) is DISPROVED
    assert VALIDATORS["gb11643"](id18(born="29880721")) is DISPROVED


def test_an_area_that_was_never_assigned() -> None:
    assert VALIDATORS["gb11643"](id18(area="110999")) is UNDECIDED
    assert VALIDATORS["gb11643"](id18(area="110000")) is UNDECIDED
    assert VALIDATORS["gb11643"](id18(area="990101")) is DISPROVED


def test_today_counts_as_a_birth_date_and_tomorrow_does_not() -> None:
    assert is_birth_date("20200301", date(2020, 3, 1))
    assert not is_birth_date("20200302", date(2020, 3, 1))


@pytest.mark.parametrize(
    ("name", "value", "proof"),
    [
        ("gb11643_15", "110201880721003", UNDECIDED),
        ("gb11643_15", "110201881321003", DISPROVED),
        ("gb11643_15", "999201880721003", DISPROVED),
        ("residence_permit", id18("810000", "19010101"), PROVEN),
        ("residence_permit", id18("110201", "19880721"), DISPROVED),
        ("gb11643", id18("810000", "19010101"), DISPROVED),
        ("foreign_pr", id18("911156", "19010101"), PROVEN),
        ("foreign_pr", id18("900156", "19010101"), UNDECIDED),
        ("foreign_pr", id18("811156", "19010101"), DISPROVED),
        ("foreign_pr", "FRA110001010112", UNDECIDED),
        ("foreign_pr", "ABC110001010112", DISPROVED),
        ("foreign_pr", "FRA110001130112", DISPROVED),
        ("disability", id18() + "42", PROVEN),
        ("disability", id18() + "42B1", PROVEN),
        ("disability", id18() + "82", DISPROVED),
        ("disability", id18() + "45", DISPROVED),
        ("disability", id18("810000", "19010101") + "11", PROVEN),
        ("student_g", "G" + id18(), PROVEN),
        ("student_g", "L" + id18(), PROVEN),
        ("student_g", "J110201000000000000", UNDECIDED),
        ("student_g", "G110201000000000000", DISPROVED),
        ("uscc", credit_code("91110000000000001"), PROVEN),
        ("uscc", credit_code("91110000000000001")[:17] + "0", DISPROVED),
        ("org_code", "00000000" + org_check("00000000"), UNDECIDED),
        ("org_code", "123456780", DISPROVED),
        ("isbn", "9787000000001", PROVEN),
        ("isbn", "9787000000002", DISPROVED),
        ("isbn", "7000000001", DISPROVED),
        ("isbn", "0000000000", UNDECIDED),
        ("vin", "LSVAA4189E0000001", PROVEN),
        ("vin", "LSVAA4180E0000001", UNDECIDED),
        ("vin", "11111111111111111", DISPROVED),
        ("luhn", card("999999999999999"), UNDECIDED),
        ("luhn", card("99999999999"), DISPROVED),
        ("bank_card", card("622848000000000000"), PROVEN),
        ("bank_card", card("955991000000000000"), PROVEN),
        ("bank_card", card("955991000000000"), UNDECIDED),
        ("bank_card", card("34000000000000000"), UNDECIDED),
        ("mobile", "13800138000", PROVEN),
        ("mobile", "17400000000", PROVEN),
        ("mobile", "17410000000", UNDECIDED),
        ("mobile", "16000000000", UNDECIDED),
        ("mobile", "12800138000", DISPROVED),
        ("mobile", "1380013800", DISPROVED),
        ("landline", "05565340000", PROVEN),
        ("landline", "01066000000", PROVEN),
        ("landline", "0106600000", DISPROVED),
        ("landline", "03205340000", UNDECIDED),
        ("landline", "5340000", UNDECIDED),
        ("landline", "5565340000", PROVEN),
        ("birth_date", "199003", UNDECIDED),
        ("landline", "05561340000", DISPROVED),
        ("birth_date", "1990年3月5日", UNDECIDED),
        ("birth_date", "1990.03", UNDECIDED),
        ("birth_date", "19900305", UNDECIDED),
        ("birth_date", "1990-13-05", DISPROVED),
        ("birth_date", "2990年3月", DISPROVED),
        ("surname", "欧阳小明", PROVEN),
        ("surname", "王 小 明", PROVEN),
        ("surname", "买买提·艾力江", PROVEN),
        ("surname", "张*", PROVEN),
        ("surname", "李某某", PROVEN),
        ("surname", "们小明", UNDECIDED),
        ("surname", "合计", DISPROVED),
        ("surname", "张女士", DISPROVED),
        ("surname", "王工", DISPROVED),
        ("surname", "综合办公室", DISPROVED),
    ],
)
def test_what_a_validator_says(name: str, value: str, proof: Proof) -> None:
    assert VALIDATORS[name](value) is proof


@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_digit_is_that_of_iso_7064(first: str) -> None:
    total = 0
    for digit in first:
        total = (total + int(digit)) * 2 % 11
    check = (12 - total) % 11
    assert check_digit(first) == ("X" if check == 10 else str(check))
