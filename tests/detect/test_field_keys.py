"""Keys of scripts stand for heads; what ties digits to other digits."""

import pytest

from patterns import load_pack
from patterns.words import head_of_key
from scanner.detect import Engine
from scanner.model import Block, Where
from tests.pages import page, paragraph, table
from tests.people import ID, ID_2, MOBILE, MOBILE_2


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_pack())


def _kinds(engine: Engine, *blocks: Block) -> dict[str, str]:
    return {m.value: m.kind for m in engine.find(page(*blocks)) if not m.explained_by}


@pytest.mark.parametrize(
    ("key", "head"),
    [("XDR_MC", "姓名"), ("sfzh", "身份证号"), ("tel_1", "联系电话"), ("docId", ""), ("je", "")],
)
def test_what_a_key_stands_for(key: str, head: str) -> None:
    assert head_of_key(key) == head


def test_a_key_heads_its_column(engine: Engine) -> None:
    rows = table(["XDR_MC", "yhzh"], ["苏长根", "20340104081359777"])
    script = Block(rows.kind, rows.text, Where.SCRIPT, rows.location, table=rows.table)
    found = _kinds(engine, script)
    assert found["苏长根"] == "person_name"
    assert found["20340104081359777"] == "bank_card"


def test_a_decimal_in_the_next_column_does_not_lengthen_a_number(engine: Engine) -> None:
    found = _kinds(engine, paragraph(f"毕招娣   {ID} 11.32   657.84"))
    assert found == {"毕招娣": "person_name", ID: "id_card"} or found == {ID: "id_card"}


def test_the_tail_of_a_longer_number_is_no_telephone(engine: Engine) -> None:
    number = f"{MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}"
    assert MOBILE in _kinds(engine, paragraph(f"电话：{number}"))
    weak = [m for m in engine.find(page(paragraph(f"015267867-{number}"))) if m.value == MOBILE]
    assert all(m.confidence < 0.5 for m in weak)


def test_single_underscores_part_a_telephone(engine: Engine) -> None:
    written = f"{MOBILE[:3]}_{MOBILE[3:7]}_{MOBILE[7:]}"
    assert _kinds(engine, paragraph(f"联系电话 {written}"))[MOBILE] == "mobile"


def test_an_unknown_head_that_counts_things_doubts_a_telephone(engine: Engine) -> None:
    block = table(["书名", "财产号"], ["《项羽传》", MOBILE], ["《运河水利志》", MOBILE_2])
    found = [m for m in engine.find(page(block)) if m.kind == "mobile"]
    assert all(m.confidence < 0.5 for m in found)


def test_a_label_that_heads_several_rows_prefixes_their_heads(engine: Engine) -> None:
    block = table(
        ["户主", "唐奕辰", "身份证", ID, "", ""],
        ["家庭成员", "称谓", "姓名", "证件号码", "务工地", "健康"],
        ["", "妻", "杜银娣", ID_2, "广东东莞", "糖尿病"],
        ["", "子", "岳富贵", "", "县二中", "健康"],
        spans={(0, 3): (1, 3), (1, 0): (3, 1)},
    )
    found = {m.value: m for m in engine.find(page(block))}
    assert found["杜银娣"].header == "家庭成员 姓名"
    assert found[ID_2].header.endswith("证件号码")
    assert "称谓" not in found
