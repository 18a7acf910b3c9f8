"""Cards that are no tables, hidden clear forms, and lists that nothing orders."""

import pytest

from patterns import load_pack
from scanner.classify import Classifier
from scanner.detect import Engine
from scanner.extract import extract
from scanner.keys import Keyring
from scanner.model import Block, BlockKind, Disposition, Finding, Where
from tests.pages import heading, page, paragraph, table
from tests.people import CARD, ID, ID_2, MOBILE, MOBILE_2


@pytest.fixture(scope="module")
def judge():
    pack = load_pack()
    engine, classifier = Engine(pack), Classifier(pack, Keyring(b"k" * 32))

    def run(*blocks: Block, title: str = "") -> list[Finding]:
        document = engine.arrange(page(*blocks, title=title))
        return classifier.judge(document, engine.find(document))

    return run


def _one(findings: list[Finding], value: str, where: Where = Where.VISIBLE) -> Finding:
    return next(f for f in findings if f.match.value == value and f.match.where is where)


def _card(name: str, number: str, mobile: str) -> list[Block]:
    lines = [f"购机者：{name}", "类型：个人", f"证件号码：{number}", f"手机号码：{mobile}"]
    return [Block(BlockKind.LIST_ITEM, line) for line in lines]


def test_the_lines_of_a_card_tell_of_one_person(judge) -> None:
    found = judge(
        *_card("高丽萍", ID, MOBILE), *_card("魏守义", ID_2, MOBILE_2), title="农机购置补贴公示"
    )
    assert _one(found, MOBILE).disposition is Disposition.LEAK
    assert _one(found, MOBILE).person == _one(found, ID).person
    assert _one(found, MOBILE).person != _one(found, MOBILE_2).person


def test_a_contact_line_under_a_card_is_somebody_elses(judge) -> None:
    found = judge(
        *_card("高丽萍", ID, MOBILE),
        Block(BlockKind.LIST_ITEM, f"联系人：赵建民 {MOBILE_2}"),
        title="农机购置补贴公示",
    )
    assert _one(found, MOBILE_2).disposition is Disposition.MANDATED


def test_a_name_masked_for_the_reader_and_clear_in_the_script_is_a_leak(judge) -> None:
    script = table(["xm", "sfzh"], ["熊启鹏", ID], ["杨守超", ID_2])
    hidden = Block(script.kind, script.text, Where.SCRIPT, script.location, table=script.table)
    shown = table(["姓名", "岗位"], ["熊**", "保洁员"], ["杨守超", "巡逻员"])
    found = judge(shown, hidden, title="公益性岗位补贴人员公示")
    assert _one(found, "熊启鹏", Where.SCRIPT).disposition is Disposition.LEAK
    assert _one(found, "杨守超", Where.SCRIPT).disposition is Disposition.MANDATED


@pytest.mark.parametrize(
    ("title", "disposition"),
    [
        ("关于3号楼加装电梯业主意见的公示", Disposition.LEAK),
        ("2024年高龄津贴发放名单公示", Disposition.MANDATED),
    ],
)
def test_a_name_in_a_list_follows_what_orders_the_list(judge, title, disposition) -> None:
    found = judge(
        table(["姓名", "身份证号"], ["方桃英", ID], ["薛立新", ID_2]), heading(title), title=title
    )
    assert _one(found, "方桃英").disposition is disposition


def test_an_informant_is_not_named_and_whoever_answers_is(judge) -> None:
    found = judge(
        table(
            ["受理编号", "反映情况", "调查核实情况"],
            ["X1", f"举报人包建国（{MOBILE}）反映养殖场排污", "经查，戴秀娟负责的场区存在问题。"],
        ),
        title="生态环境保护督察群众举报环境问题查处情况",
    )
    assert _one(found, "包建国").disposition is Disposition.LEAK
    assert all(f.disposition is not Disposition.LEAK for f in found if f.match.value == "戴秀娟")


def test_the_seat_of_a_body_is_nobodys_home(judge) -> None:
    found = judge(
        table(
            ["名称", "信用代码", "法定代表人", "联系电话", "住所"],
            ["枝源市柑橘协会", "51420583MJH187858Y", "杨秀菊", MOBILE, "枝源市团结路10号"],
        ),
        title="社会组织年检结论公告",
    )
    assert not [f for f in found if f.match.kind == "home_address" and f.disposition.is_leak]
    assert _one(found, MOBILE).disposition is Disposition.MANDATED


def test_a_line_that_offers_contacts_speaks_for_the_lines_below(judge) -> None:
    found = judge(
        paragraph(f"四、各乡镇联络人：\n更楼乡：陆三毛，{MOBILE}\n寿昌镇：沈梦瑶，{MOBILE_2}"),
        title="关于实施飞机防治作业的公告",
    )
    assert _one(found, MOBILE_2).disposition is Disposition.MANDATED


def test_heads_told_in_the_sentence_before_a_roster(judge) -> None:
    found = judge(
        paragraph("供养对象如下（姓名 身份证号 自理能力 照料护理人）："),
        paragraph(f"刘玉山   {ID}   全失能   唐海军 {MOBILE}"),
        paragraph(f"武　军   {ID_2}   半失能   廖思琪 {MOBILE_2}"),
        paragraph(f"谭玉柱   {ID}   全自理   罗美凤 {MOBILE}"),
        title="特困人员救助供养对象名单",
    )
    assert _one(found, "半失能").disposition is Disposition.LEAK
    assert _one(found, "廖思琪").disposition is Disposition.LEAK
    assert _one(found, "刘玉山").disposition is Disposition.MANDATED


def test_cards_need_three_fields(judge) -> None:
    found = judge(
        Block(BlockKind.LIST_ITEM, f"证件号码：{ID}"),
        Block(BlockKind.LIST_ITEM, f"咨询手机：{MOBILE}"),
        paragraph(f"账号：{CARD}"),
        title="招标公告",
    )
    assert _one(found, MOBILE).person != _one(found, ID).person


def test_an_id_number_and_the_certificate_that_holds_it_are_one_persons(judge) -> None:
    found = judge(
        table(["姓名", "身份证号"], ["王学军", ID]),
        table(["姓名", "残疾证号"], ["王学军", f"{ID}31"]),
        title="残疾人护理补贴发放名册",
    )
    assert _one(found, ID).person == _one(found, f"{ID}31").person is not None


def test_terms_that_hold_a_value_head_nothing(judge) -> None:
    body = "".join(
        f"<dt>{i}. 借款人:{name}</dt><dd>身份证号码:{number}</dd><dd>手机:{mobile}</dd>"
        f"<dd>抵押物坐落:{home}</dd>"
        for i, name, number, mobile, home in (
            (1, "欧阳霖", ID, MOBILE, "龙城镇滨江路16号港务小区2栋502"),
            (2, "况志坚", ID_2, MOBILE_2, "阳光公馆A3幢2101"),
        )
    )
    read = extract(f"<html><body><dl>{body}</dl></body></html>".encode(), "p.html")
    found = judge(*read.blocks)
    persons = {f.match.value: f.person for f in found if f.match.kind in ("id_card", "mobile")}
    assert persons[ID] == persons[MOBILE] != persons[ID_2] == persons[MOBILE_2]
    assert all(f.disposition.is_leak for f in found if f.match.kind != "person_name")
