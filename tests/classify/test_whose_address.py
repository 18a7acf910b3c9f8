"""Addresses: the seat of a body, a lot, a room alone, and homes however they are written."""

import pytest

from patterns import load_pack
from scanner.classify import Classifier
from scanner.detect import Engine
from scanner.keys import Keyring
from scanner.model import Block, Disposition
from tests.pages import page, paragraph, table
from tests.people import ID, ID_2, MOBILE

HOME = "古桥镇胜利路46号205室"
LEAK, DISMISSED, MANDATED = Disposition.LEAK, Disposition.DISMISSED, Disposition.MANDATED


@pytest.fixture(scope="module")
def judge():
    pack = load_pack()
    engine, classifier = Engine(pack), Classifier(pack, Keyring(b"k" * 32))

    def run(*blocks: Block, title: str = "") -> dict[str, Disposition]:
        document = page(*blocks, title=title)
        return {
            f.match.value: f.disposition for f in classifier.judge(document, engine.find(document))
        }

    return run


@pytest.mark.parametrize(
    "before",
    [
        "被申请人：某市公安局桥南分局。住所地：",
        "当事人：石桥镇好再来饭店\n主体资格证照名称：营业执照\n住所（住址）：",
        "当事人：石桥镇老李熟食店\n经营者：李保国\n身份证件号码：340811\n住所（住址）：",
        f"当事人：石桥镇老李熟食店，经营者：李保国，身份证件号码：{ID}，住所（住址）：",
        "当事人：某市鲜丰食品有限公司\n统一社会信用代码：91340811MA2ABCDE1X\n住所：",
    ],
)
def test_the_seat_of_a_party_that_is_a_body_is_no_home(judge, before: str) -> None:
    found = judge(paragraph(f"{before}{HOME}。"), title="行政处罚决定书")
    assert found[HOME] is DISMISSED


def test_the_home_of_who_runs_a_shop_is_a_home(judge) -> None:
    text = f"当事人：某市鲜丰食品店\n经营者：谭爱芳，女，身份证号{ID}\n住址：{HOME}"
    assert judge(paragraph(text), title="行政处罚决定书")[HOME] is LEAK


def test_a_form_about_a_body_holds_its_address_and_its_telephone(judge) -> None:
    form = table(
        ["采购人(甲方)", "某市第二中学", "法定代表人", "谭爱芳"],
        ["地址", HOME, "联系方式", "0551-65412345"],
        ["供应商(乙方)", "某市鲜丰蔬菜批发部(个体工商户)", "经营者", "保彩云"],
        ["经营者身份证号", ID, "联系电话", MOBILE],
    )
    found = judge(form, title="采购合同公告")
    assert found[HOME] is DISMISSED
    assert found["055165412345"] is MANDATED
    assert found[ID] is LEAK


def test_a_room_alone_is_a_home_only_in_a_list_of_houses(judge) -> None:
    rows = [["谭爱芳", ID, "722"], ["桂国英", ID_2, "519"]]
    away = judge(table(["姓名", "身份证号", "房号"], *rows), title="集中隔离点人员信息")
    let = judge(table(["姓名", "身份证号", "房号"], *rows), title="公租房配租结果公示")
    assert away["722"] is DISMISSED
    assert let["722"] is LEAK


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("我是锦绣江南3栋1单元1604号业主，电梯坏了。", "锦绣江南3栋1单元1604号"),
        (f"谭爱芳，女，身份证号{ID}，住古桥镇高塘村岭尾12号。", "古桥镇高塘村岭尾12号"),
        (f"附：被害人尤桂芳联系地址：{HOME}", HOME),
        (f"提案人通讯地址：{HOME}，邮编246000。", HOME),
        (f"谭爱芳，身份证号{ID}，本人联系地址{HOME}邮寄退回。", HOME),
        (
            f"谭爱芳，女，身份证号{ID}，户籍所在地某省某县古桥镇高塘村128号，",
            "某省某县古桥镇高塘村128号",
        ),
    ],
)
def test_homes_in_running_text(judge, text: str, home: str) -> None:
    assert judge(paragraph(text))[home] is LEAK


@pytest.mark.parametrize(
    ("before", "home"),
    [
        ("我家住在", "泰山路绿城嘉园6-2-1102"),
        ("当事人联系地址为", "永清镇金雀小区7号楼3单元402"),
    ],
)
def test_homes_in_sentences(judge, before: str, home: str) -> None:
    assert judge(paragraph(f"{before}{home}，暖气不热。"))[home] is LEAK


def test_the_seat_of_a_firm_stands_behind_who_represents_it(judge) -> None:
    text = f"1.施工单位：某钢结构工程有限公司，法定代表人：周勤学，注册资本2000万元，住所：{HOME}。"
    assert judge(paragraph(text), title="事故调查报告")[HOME] is DISMISSED


def test_a_flat_that_is_visited_is_a_home_and_one_that_is_sold_is_not(judge) -> None:
    flat = "建设小区5号楼4单元102室"
    text = f"在{flat}，县长握住老党员的手。"
    assert judge(paragraph(text), title="县领导走访慰问老党员")[flat] is LEAK
    assert judge(paragraph(f"拍卖标的：{flat}。"), title="拍卖公告")[flat] is DISMISSED


def test_a_unit_may_be_called_by_its_side(judge) -> None:
    home = "泰山小区11号楼东单元302"
    assert judge(paragraph(f"我家住在{home}，楼上漏水。"))[home] is LEAK
