"""A column's other cells speak for a value, or against it."""

import pytest

from patterns import load_pack
from scanner.detect import Engine
from tests.pages import page, table
from tests.people import ID, ID_2, MOBILE, MOBILE_2, id_number

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


def test_check_digits_of_an_unlisted_area_speak_for_each_other() -> None:
    numbers = [id_number(area="152599", order=n, born="19721019") for n in (3, 6, 9)]
    engine = Engine(load_pack())
    roster = page(table(*([f"王建{n}", number, "2463"] for n, number in enumerate(numbers))))
    alone = page(table(["王建国", numbers[0], "2463"]))
    sure = {m.value: m.confidence for m in engine.find(roster) if m.kind == "id_card"}
    assert all(sure[number] > 0.8 for number in numbers)
    assert [m.confidence < 0.5 for m in engine.find(alone) if m.kind == "id_card"] == [True]
