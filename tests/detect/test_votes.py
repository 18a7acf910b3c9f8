"""A column's other cells speak for a value, or against it."""

import pytest

from patterns import load_pack
from scanner.detect import Engine
from tests.pages import page, table
from tests.people import ID, ID_2, MOBILE, MOBILE_2

_OLD_ID = "430623560322531"  # 15 digits: no check digit


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_pack())


def test_an_old_id_number_is_believed_among_new_ones(engine: Engine) -> None:
    rows = [["林健", ID, "6684.00"], ["许文博", _OLD_ID, "6504.00"], ["胡凤英", ID_2, "6568.37"]]
    found = {m.value: m for m in engine.find(page(table(*rows)))}
    assert found[_OLD_ID].kind == "id_card"
    assert found[_OLD_ID].confidence >= 0.85


def test_fifteen_digits_among_serial_numbers_are_not(engine: Engine) -> None:
    rows = [["甲", "430623560322532"], ["乙", _OLD_ID], ["丙", "430623560322533"]]
    found = {m.value: m for m in engine.find(page(table(*rows)))}
    assert _OLD_ID not in found or found[_OLD_ID].confidence < 0.5


def test_a_column_of_both_kinds_raises_nothing(engine: Engine) -> None:
    rows = [["甲", MOBILE], ["乙", _OLD_ID], ["丙", MOBILE_2]]
    found = {m.value: m for m in engine.find(page(table(*rows)))}
    assert _OLD_ID not in found or found[_OLD_ID].confidence < 0.5
