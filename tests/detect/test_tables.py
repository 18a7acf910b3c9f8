"""Tables read by column, however their heads stand."""

import pytest

from patterns import load_pack
from scanner.detect import Engine
from scanner.model import Block, Match
from tests.pages import page, table
from tests.people import CARD, ID, ID_2, MOBILE, MOBILE_2


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_pack())


def _by_value(engine: Engine, block: Block) -> dict[str, Match]:
    return {m.value: m for m in engine.find(page(block)) if not m.explained_by}


def test_a_head_leads_to_its_column(engine: Engine) -> None:
    found = _by_value(engine, table(["序号", "姓名", "护照号码"], ["1", "李雷", "557406424"]))
    assert found["557406424"].kind == "passport"
    assert found["557406424"].header == "护照号码"
    assert found["李雷"].kind == "person_name"


def test_a_head_of_two_rows(engine: Engine) -> None:
    block = table(
        ["序号", "巡查责任人", "", "技术责任人", ""],
        ["", "姓名", "联系电话", "姓名", "联系电话"],
        ["1", "张三丰", MOBILE, "李四光", MOBILE_2],
        spans={(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (1, 2)},
    )
    found = _by_value(engine, block)
    assert found[MOBILE].header == "巡查责任人 联系电话"
    assert found[MOBILE_2].header == "技术责任人 联系电话"
    assert found[MOBILE].group != found[MOBILE_2].group


def test_two_people_in_one_row_are_two_groups(engine: Engine) -> None:
    block = table(
        ["姓名", "手机", "姓名", "手机"],
        ["张三丰", MOBILE, "李四光", MOBILE_2],
        ["王小二", "", "", ""],
    )
    found = _by_value(engine, block)
    assert found["张三丰"].group == found[MOBILE].group
    assert found["李四光"].group == found[MOBILE_2].group
    assert found[MOBILE].group != found[MOBILE_2].group


def test_a_form_is_one_record(engine: Engine) -> None:
    block = table(["姓名", "张三丰", "性别", "男"], ["身份证号", ID, "手机", MOBILE])
    found = _by_value(engine, block)
    assert {m.record_row for m in found.values()} == {0}
    assert found[MOBILE].header == "手机"
    assert "身份证号" in found[MOBILE].record_headers


def test_heads_in_the_first_column(engine: Engine) -> None:
    block = table(["姓名", "张三丰", "李四光"], ["身份证号", ID, ID_2], ["银行卡号", CARD, ""])
    found = _by_value(engine, block)
    assert found[ID].header == "身份证号"
    assert found[ID].group != found[ID_2].group
    assert found[CARD].group == found[ID].group


def test_a_head_repeated_further_down(engine: Engine) -> None:
    block = table(
        ["序号", "姓名", "学号"],
        ["1", "张三丰", "20140733"],
        ["序号", "姓名", "护照号码"],
        ["1", "李四光", "557406424"],
    )
    found = _by_value(engine, block)
    assert found["557406424"].header == "护照号码"
    assert "护照号码" not in found


def test_without_a_head_shapes_still_speak(engine: Engine) -> None:
    found = _by_value(engine, table(["1", "张三丰", ID], ["2", "李四光", ID_2]))
    assert {found[ID].kind, found[ID_2].kind} == {"id_card"}


def test_a_head_that_speaks_against(engine: Engine) -> None:
    found = _by_value(engine, table(["受理编号", "事项"], [MOBILE, "立案"], [MOBILE_2, "立案"]))
    assert all(m.confidence < 0.5 for m in found.values() if m.kind == "mobile")


def test_a_lying_head_does_not_hide_id_numbers(engine: Engine) -> None:
    found = _by_value(engine, table(["编号", "事项"], [ID, "立案"], [ID_2, "立案"]))
    assert found[ID].kind == "id_card"
    assert found[ID].confidence >= 0.5


def test_masked_with_the_wrong_number_of_stars(engine: Engine) -> None:
    written = f"{ID[:6]}****{ID[14:]}"
    found = _by_value(engine, table(["姓名", "身份证号"], ["张三丰", written]))
    assert found[written].is_masked
    assert found[written].kind == "id_card"


def test_a_home_that_a_narrow_cell_breaks_into_lines_is_one_value(engine: Engine) -> None:
    found = _by_value(
        engine,
        table(
            ["姓名", "家庭住址"],
            ["欧阳小\n明", "青石镇\n柳林村1\n组10号"],
            ["张三\n李四", f"青石镇柳林村3组\n{MOBILE}"],
        ),
    )
    assert "青石镇柳林村1组10号" in found
    assert "欧阳小明" in found
    assert "张三李四" not in found
    assert MOBILE in found
    assert "青石镇柳林村3组" in found


def test_a_row_of_places_under_one_form_is_no_head(engine: Engine) -> None:
    block = table(
        ["申请人", "尤耀东", "袁守义", "汤国栋"],
        ["户籍社区", "临河社区", "渭滨社区", "东闸口社区"],
        ["打卡账号", CARD, CARD, "现金"],
        ["本人电话", MOBILE, MOBILE_2, "无"],
    )
    found = _by_value(engine, block)
    assert found[CARD].header == "打卡账号"
    assert found[MOBILE].header == "本人电话"
    assert found[MOBILE].group != found[MOBILE_2].group


def test_a_sentence_beside_a_label_heads_nothing(engine: Engine) -> None:
    block = table(
        ["家庭成员", "妻子欧阳春梅，某市医院护士；父亲潘德富，务农。", "", ""],
        ["证明人", "屈立新", "证明人电话", MOBILE],
        spans={(0, 1): (1, 3)},
    )
    assert _by_value(engine, block)[MOBILE].header == "证明人电话"


def test_a_label_over_a_long_value_that_spans_the_table_is_no_head(engine: Engine) -> None:
    block = table(
        ["项目名称", "云岭县城区老旧小区供水管网改造工程施工", ""],
        ["中标候选人", "第一名", "第二名"],
        ["项目经理", "缪志强", "闻人海波"],
        spans={(0, 1): (1, 2)},
    )
    found = _by_value(engine, block)
    assert found["缪志强"].header == "项目经理"
    assert "闻人海波" in found


def test_an_illness_in_a_row_without_a_head_heads_nothing(engine: Engine) -> None:
    block = table(
        ["4", "漆登科", "62042219480130XXXX", "慢性阻塞性肺疾病", "县人民医院"],
        ["5", "宁强", ID, "高血压", "县中医院"],
    )
    assert "县人民医院" not in _by_value(engine, block)
