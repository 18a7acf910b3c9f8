"""Dates of birth that no head names."""

import pytest

from patterns import load_pack
from scanner.detect import Engine
from tests.pages import page, table
from tests.people import ID, ID_2


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_pack())


@pytest.mark.parametrize("written", ["1981年11月5日", "1981-11-05", "1981/11/5", "19811105"])
def test_a_date_that_the_row_s_id_number_holds_is_that_of_birth(
    engine: Engine, written: str
) -> None:
    rows = [
        ["1", "林健", written, ID, "1990.6.30"],
        ["2", "胡凤英", "1976-02-03", ID_2, "1991.7.1"],
    ]
    found = [m for m in engine.find(page(table(*rows))) if m.kind == "birth_date"]
    assert [(m.row, m.column) for m in found] == [(0, 2), (1, 2)]


def test_another_person_s_date_and_a_headed_date_are_not(engine: Engine) -> None:
    rows = [["1", "林健", "1976-02-03", ID], ["2", "胡凤英", "1981-11-05", ID_2]]
    assert not [m for m in engine.find(page(table(*rows))) if m.kind == "birth_date"]
    headed = table(["姓名", "入党时间", "身份证号"], ["林健", "1981-11-05", ID])
    assert not [m for m in engine.find(page(headed)) if m.kind == "birth_date"]
