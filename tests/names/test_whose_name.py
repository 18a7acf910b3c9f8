"""Which names are found in a document, and which of them may not stand."""

import pytest

from patterns import load_pack
from scanner.classify import Classifier
from scanner.detect import Engine
from scanner.keys import Keyring
from scanner.model import Block, Disposition
from tests.pages import page, paragraph, table
from tests.people import CARD, ID, ID_2, MOBILE, MOBILE_2, id_number

LEAK, MANDATED, MASKED = Disposition.LEAK, Disposition.MANDATED, Disposition.MASKED


@pytest.fixture(scope="module")
def names():
    pack = load_pack()
    engine, classifier = Engine(pack), Classifier(pack, Keyring(b"k" * 32))

    def run(*blocks: Block, title: str = "") -> dict[str, Disposition]:
        document = page(*blocks, title=title)
        found = classifier.judge(document, engine.find(document))
        return {f.match.value: f.disposition for f in found if f.match.kind == "person_name"}

    return run


def test_a_column_without_a_head_is_one_of_names(names) -> None:
    rows = [["1", "王建国", ID], ["2", "李秀英", ID_2], ["3", "赵桂兰", ID]]
    assert {"王建国", "李秀英", "赵桂兰"} <= set(names(table(*rows)))


def test_a_column_of_villages_is_none(names) -> None:
    rows = [["高桥镇", "1"], ["李家村", "2"], ["王集镇", "3"], ["陈店村", "4"]]
    assert names(table(["所在村", "户数"], *rows)) == {}


def test_officials_in_the_text_are_kept(names) -> None:
    found = names(paragraph("县委书记谭志同主持会议，县长林采芬出席。"))
    assert found == {"谭志同": MANDATED, "林采芬": MANDATED}


def test_a_relative_in_the_text_is_a_leak_and_the_applicant_is_not(names) -> None:
    found = names(paragraph(f"申请人：李大山，其妻孙小红（联系电话{MOBILE}）代为申请。"))
    assert found["孙小红"] is LEAK
    assert found["李大山"] is MANDATED


def test_children_in_a_list_are_leaks(names) -> None:
    block = table(["姓名", "月标准"], ["薛子涵", "1400"], ["陈思雨", "1400"])
    found = names(block, title="某县孤儿和事实无人抚养儿童基本生活补贴名单")
    assert set(found.values()) == {LEAK}


def test_who_gave_an_opinion_on_a_project_is_not_named(names) -> None:
    block = table(
        ["姓名", "住址", "态度"], ["王敏", "后张庄村", "支持"], ["谢和平", "薛楼村", "支持"]
    )
    assert set(names(block, title="某项目环境影响评价公众参与信息公示").values()) == {LEAK}


def test_an_illness_in_the_row_guards_the_name_of_that_row_only(names) -> None:
    block = table(
        ["姓名", "救助病种", "金额"], ["张璟", "精神分裂症", "5066"], ["李水生", "阑尾炎", "2242"]
    )
    found = names(block, title="某区医疗救助对象名单公示")
    assert found["张璟"] is LEAK
    assert found["李水生"] is MANDATED


def test_an_annex_kept_for_work_names_nobody(names) -> None:
    roster = table(
        ["姓名", "身份证号", "手机号", "补助账号"],
        ["李秀芳", ID, MOBILE, CARD],
        ["张晨", ID_2, MOBILE_2, CARD],
    )
    found = names(
        paragraph("联系人：许倩"),
        paragraph("附件：学员花名册"),
        roster,
        title="关于举办培训班的通知",
    )
    assert found == {"许倩": MANDATED, "李秀芳": LEAK, "张晨": LEAK}


def test_a_name_in_passing_makes_no_record(names) -> None:
    pack = load_pack()
    document = page(paragraph(f"收款单位：某县财政局，会计王建国，账号：{CARD}"))
    matches = Engine(pack).find(document)
    found = Classifier(pack, Keyring(b"k" * 32)).judge(document, matches)
    assert {f.person for f in found if f.match.kind == "bank_card"} == {None}


def test_who_was_paid_is_named_without_the_verb(names) -> None:
    head = ["日期", "凭证号", "摘要", "支出", "备注(收款人)"]
    paid = ["付董峰", "付张凯卡号6222023304765004604", "付萨仁图雅", "付努尔比亚·阿卜杜外力"]
    rows = [[f"8.{n}", f"记-{n}", "支付工资", "966.00", who] for n, who in enumerate(paid, 1)]
    found = names(table(head, *rows), title="上湾村2024年第三季度村务公开")
    assert set(found) == {"董峰", "张凯", "萨仁图雅", "努尔比亚·阿卜杜外力"}


def test_a_child_and_its_parent_in_the_text_are_leaks(names) -> None:
    text = (
        "金树森途经南门大桥时救起一名落水女童盛语桐。"
        "盛语桐系盛国梁之女，县委书记谭志同看望了金树森。"
    )
    found = names(paragraph(text), title="关于拟确认金树森为见义勇为人员的公示")
    assert found["盛语桐"] is LEAK
    assert found["盛国梁"] is LEAK
    assert found["金树森"] is MANDATED
    assert found["谭志同"] is MANDATED


def test_residents_who_signed_are_leaks_and_their_doctors_are_not(names) -> None:
    found = names(
        table(["团队", "队长", "成员"], ["第一团队", "柯丽君", "敖春花"]),
        table(
            ["编号", "姓名", "疾病类型", "住址", "本人电话"],
            ["1", "屈福顺", "高血压", "石桥村", MOBILE],
            ["2", "冷桂兰", "2型糖尿病", "石桥村", MOBILE_2],
        ),
        title="石桥卫生院家庭医生签约服务团队及签约名单",
    )
    assert found["屈福顺"] is found["冷桂兰"] is LEAK
    assert found["柯丽君"] is found["敖春花"] is MANDATED


def test_workers_beside_their_accounts_are_leaks(names) -> None:
    head = ["序号", "姓名", "工种", "工资卡号", "应发工资"]
    rows = [["1", "王建国", "木工", CARD, "6200"], ["2", "李秀英", "瓦工", CARD, "5800"]]
    found = names(table(head, *rows), title="某项目农民工工资支付情况公示")
    assert found["王建国"] is found["李秀英"] is LEAK


def test_who_evaluates_bids_is_secret_before_the_award(names) -> None:
    members = paragraph("评标委员会成员：王建国、李秀英、赵桂兰")
    before = names(members, title="县实验小学运动场工程招标公告")
    assert set(before.values()) == {LEAK}
    after = names(members, title="县实验小学运动场工程中标结果公告")
    assert set(after.values()) == {MANDATED}


def test_who_got_legal_aid_is_a_leak_and_the_lawyer_is_not(names) -> None:
    text = "承办律师芦振宇调解后，受援人席连生领取拖欠的工资。"
    found = names(paragraph(text), title="法律援助典型案例：为农民工讨薪")
    assert found == {"芦振宇": MANDATED, "席连生": LEAK}


def test_a_child_by_the_date_of_birth_in_its_row_is_a_leak(names) -> None:
    head = ["班级", "姓名", "出生年月日"]
    rows = [["一（2）班", "许一诺", "2017年3月4日"], ["教师", "王建国", "1977年3月4日"]]
    found = names(table(head, *rows), title="实验小学师生信息登记表")
    assert found == {"许一诺": LEAK, "王建国": MANDATED}


def test_a_relative_told_in_brackets_is_a_leak(names) -> None:
    text = "经查，该宅基地登记在巩正民名下（系你胞弟），由王建国科长负责解释。家长阮永福已到场。"
    found = names(paragraph(text), title="信访事项处理意见书")
    assert found == {"巩正民": LEAK, "王建国": MANDATED, "阮永福": LEAK}


def test_a_surname_with_a_form_of_address_names_nobody(names) -> None:
    rows = [[who, MOBILE, "反映路灯不亮"] for who in ("于先生", "柴女士", "桂国英")]
    found = names(table(["来电人", "来电号码", "诉求内容"], *rows), title="热线工单办理情况通报")
    assert found == {"于先生": MASKED, "柴女士": MASKED, "桂国英": LEAK}


def test_the_head_of_a_household_is_no_child_in_a_child_s_row(names) -> None:
    child = id_number(born="20180305")
    rows = [["阎长根", "户主", "阎长根", ID], ["阎长根", "孙女", "阎诗涵", child]]
    found = names(
        table(["户主", "与户主关系", "姓名", "身份证号"], *rows), title="村务公开名单公示"
    )
    assert found == {"阎长根": MANDATED, "阎诗涵": LEAK}


def test_a_bystander_with_data_of_their_own_is_named_without_need(names) -> None:
    found = names(paragraph(f"群众莫玉龙（手机号码：{MOBILE}）报警称有人落水。"))
    assert found == {"莫玉龙": LEAK}


def test_a_party_that_is_served_by_notice_is_named(names) -> None:
    text = "本委受理的方红梅（身份证号码尾号051X）诉你单位经济补偿争议一案，现依法公告送达。"
    assert names(paragraph(text), title="劳动仲裁送达公告") == {"方红梅": MANDATED}


def test_the_head_of_a_household_under_a_head_of_family_members(names) -> None:
    rows = [["01", "阎长根", "户主", ID], ["01", "姚月娥", "配偶", ID_2]]
    heads = ["序号", "家庭成员", "", ""], ["", "姓名", "关系", "身份证号"]
    block = table(*heads, *rows, spans={(0, 0): (2, 1), (0, 1): (1, 3)})
    assert names(block, title="土地承包经营权确权公示表") == {"阎长根": MANDATED, "姚月娥": LEAK}


def test_a_recruit_is_named_whatever_the_remark_says(names) -> None:
    rows = [["1", "弓海霞", "女", "79.96", "复检：乙肝大三阳"], ["2", "任俊杰", "男", "79.93", ""]]
    head = ["序号", "姓名", "性别", "总成绩", "备注"]
    found = names(table(head, *rows), title="2024年度考试录用公务员拟录用人员公示")
    assert found == {"弓海霞": MANDATED, "任俊杰": MANDATED}


def test_contacts_of_the_sick_are_not_named(names) -> None:
    head = ["序号", "姓名", "证件号码", "现住址"]
    rows = [["1", "高雪梅", ID, "光明街道"], ["2", "唐国庆", ID_2, "光明街道"]]
    title = "新增确诊病例活动轨迹及协查密切接触者的通告"
    assert names(table(head, *rows), title=title) == {"高雪梅": LEAK, "唐国庆": LEAK}


def test_a_pupil_is_a_child_and_a_caller_is_not_named(names) -> None:
    pupil = names(paragraph("下河勇救落水学生高子涵（县实验小学四年级2班）。"))
    caller = names(paragraph("丁俊峰称其车辆被贴条。"), title="12345热线典型工单办理情况公开")
    assert (pupil, caller) == ({"高子涵": LEAK}, {"丁俊峰": LEAK})


def test_labels_on_the_left_under_an_empty_corner(names) -> None:
    block = table(
        ["", "建设单位", "勘察单位", "施工单位"],
        ["单位名称", "某县卫生健康委员会", "某市勘察院有限公司", "某建筑集团有限公司"],
        ["项目负责人", "包长林", "孟庆丰", "矫国平"],
        ["联系电话", "0551-65412345", MOBILE, MOBILE_2],
    )
    found = names(block, title="五方责任主体项目负责人质量终身责任信息公示")
    assert found == {"包长林": MANDATED, "孟庆丰": MANDATED, "矫国平": MANDATED}


def test_what_looks_like_a_name_and_is_none(names) -> None:
    assert names(paragraph("请周一前更新，周三下午报区卫健办。")) == {}
    rows = [["陈贵生", ID, "双女户"], ["余玉珍", ID_2, "独生子女"]]
    found = names(table(["姓名", "身份证号", "子女情况"], *rows), title="奖励扶助对象公示")
    assert set(found) == {"陈贵生", "余玉珍"}


def test_names_of_peoples_without_dots(names) -> None:
    text = "付永福　　吉克阿呷（女、彝族）　　沙马尔哈（彝族）　　副县长（女、回族）"
    assert {"吉克阿呷", "沙马尔哈"} <= set(names(paragraph(text)))
    assert "副县长" not in names(paragraph(text))


def test_a_roll_that_was_made_to_be_shown_names_its_people(names) -> None:
    rows = [["薛春燕", "汉", ID, MOBILE], ["刘宏伟", "汉", ID_2, MOBILE_2]]
    block = table(["姓名", "民族", "身份证号", "联系电话"], *rows)
    shown = names(block, title="培训班结业学员花名册公示")
    kept = names(block, title="培训班学员花名册")
    assert shown == {"薛春燕": MANDATED, "刘宏伟": MANDATED}
    assert kept == {"薛春燕": LEAK, "刘宏伟": LEAK}


def test_a_co_owner_beside_the_number_in_one_cell(names) -> None:
    block = table(
        ["被征收人", "蔡云霞", "身份证号", ID], ["共有人", f"周燕(身份证号{ID_2})", "", ""]
    )
    found = names(block, title="国有土地上房屋征收分户补偿情况公布")
    assert found == {"蔡云霞": MANDATED, "周燕": LEAK}


def test_a_column_of_names_that_only_write_sounds(names) -> None:
    rows = [["乌云其木格", ID, "2463"], ["那日苏", ID_2, "1820"], ["朝鲁门", ID, "1377"]]
    assert {"乌云其木格", "那日苏", "朝鲁门"} <= set(names(table(*rows)))


def test_a_head_that_is_an_office_heads_names(names) -> None:
    rows = [["大湾村", "贺大柱", MOBILE, "尤新平", MOBILE_2]]
    found = names(table(["村名", "书记", "电话", "村医", "电话"], *rows), title="村干部联系方式")
    assert found == {"贺大柱": MANDATED, "尤新平": MANDATED}


def test_parents_under_one_head_and_an_old_person_by_age(names) -> None:
    rows = [["贺子涵", "贺大柱、尤新平", "5"]]
    listed = names(table(["姓名", "父母姓名", "加分"], *rows), title="高考加分资格考生名单公示")
    told = names(paragraph("入住老人阎秀英（81岁，失能）房间插座老化。"))
    assert (listed["贺大柱"], listed["贺子涵"], told) == (LEAK, MANDATED, {"阎秀英": LEAK})


def test_whoever_the_check_found_ill_is_not_named_where_no_rule_orders_the_list(names) -> None:
    text = paragraph(f"苗桂荣（宫颈上皮内瘤变，{MOBILE}）、侯玉芬（乳腺结节4a级，{MOBILE_2}）")
    assert set(names(text, title="“两癌”免费检查结果反馈").values()) == {LEAK}
    rows = table(["班级", "姓名", "事由"], ["高一（3）班", "崔梓涵", "哮喘"])
    assert names(rows, title="新生军训请假统计")["崔梓涵"] is LEAK
    assert names(rows, title="学生医疗救助对象公示")["崔梓涵"] is MANDATED


def test_a_kind_of_household_is_nobody(names) -> None:
    block = table(["户主姓名", "农户类型"], ["马成林", "低保户"], ["郝玉梅", "特困户"])
    assert set(names(block, title="农村危房改造对象公示")) == {"马成林", "郝玉梅"}


def test_a_name_certain_elsewhere_is_read_whole(names) -> None:
    found = names(
        paragraph("2025年2月14日，村民郑福来、鲍广义等5户递交听证申请。"),
        paragraph("经与郑福来电话沟通，其自愿放弃听证。"),
        paragraph(f"再与郑福来电话（{MOBILE}）沟通。"),
    )
    assert "郑福" not in found
    assert "郑福来" in found


def test_names_that_a_wide_space_spreads(names) -> None:
    found = names(
        paragraph("常　青同志任市国资委副主任；"),
        paragraph("申请人公孙旺、华　山、时光辉诉你单位工伤待遇争议。"),
    )
    assert {"常青", "华山", "公孙旺"} <= set(found)


def test_parties_of_a_mediated_settlement_are_not_named(names) -> None:
    text = paragraph(f"甲方（当事人）：欧阳显贵，男，身份证号{ID}。")
    assert names(text, title="以案说法（附人民调解协议书）")["欧阳显贵"] is LEAK
