"""Element by element: whose number it is decides, not on which page it stands."""

import pytest

from patterns import load_pack
from scanner.classify import Classifier
from scanner.detect import Engine
from scanner.keys import Keyring
from scanner.model import Block, BlockKind, Disposition, Finding
from tests.pages import heading, page, paragraph, table
from tests.people import CARD, ID, ID_2, MOBILE, MOBILE_2


@pytest.fixture(scope="module")
def judge():
    pack = load_pack()
    engine, classifier = Engine(pack), Classifier(pack, Keyring(b"k" * 32))

    def run(*blocks: Block, title: str = "") -> dict[str, Finding]:
        document = page(*blocks, title=title)
        return {f.match.value: f for f in classifier.judge(document, engine.find(document))}

    return run


def test_a_tender_contact_is_lawful_and_names_its_basis(judge) -> None:
    found = judge(
        paragraph("招标代理机构：某咨询有限公司，联系人：刘丹，手机：" + MOBILE),
        title="某小学教学楼施工招标公告",
    )[MOBILE]
    assert found.disposition is Disposition.MANDATED
    assert found.rule == "tender_notice"
    assert any("招标" in law for law in found.basis)


def test_the_roster_annexed_to_a_tender_is_judged_by_itself(judge) -> None:
    found = judge(
        paragraph("招标人联系人：刘丹，手机：" + MOBILE),
        paragraph("附件3：评标委员会签到及评审费发放表"),
        table(["专家姓名", "身份证号", "手机", "银行卡号"], ["谭爱芳", ID, MOBILE_2, CARD]),
        title="某小学教学楼施工招标公告",
    )
    assert found[MOBILE].disposition is Disposition.MANDATED
    assert {found[v].disposition for v in (ID, MOBILE_2, CARD)} == {Disposition.LEAK}


def test_one_row_holds_a_lawful_number_and_a_leak(judge) -> None:
    found = judge(
        table(
            ["户主姓名", "户主电话", "帮扶责任人", "联系电话"],
            ["李大山", MOBILE, "王小明", MOBILE_2],
        ),
        title="某村帮扶责任人结对帮扶公示",
    )
    assert found[MOBILE].disposition is Disposition.LEAK
    assert found[MOBILE_2].disposition is Disposition.MANDATED


def test_an_internal_directory_of_officials_is_a_leak(judge) -> None:
    found = judge(
        paragraph("（内部使用，注意保密）"),
        table(["姓名", "职务", "手机"], ["李大山", "乡长", MOBILE]),
        title="某乡干部通讯录",
    )
    assert found[MOBILE].disposition is Disposition.LEAK


def test_responsible_persons_published_by_role(judge) -> None:
    found = judge(
        table(["单位名称", "安全责任人", "联系电话"], ["某幼儿园", "曾丽娟", MOBILE]),
        title="幼儿园安全责任人公示",
    )
    assert found[MOBILE].disposition is Disposition.MANDATED


def test_office_lines_stand_and_home_lines_do_not(judge) -> None:
    found = judge(
        table(
            ["姓名", "职务", "办公电话", "宅电"], ["李大山", "乡长", "0998-6613231", "0998-8268446"]
        ),
        paragraph("监督电话：0998-3049317"),
    )
    assert found["09983049317"].disposition is Disposition.MANDATED
    assert found["09988268446"].disposition is Disposition.LEAK


def test_a_number_in_the_footer_is_the_sites_owner(judge) -> None:
    footer = Block(BlockKind.FOOTER, "主办单位：某县人民政府 网站维护 联系电话：" + MOBILE)
    found = judge(paragraph("正文"), footer)
    assert found[MOBILE].disposition is Disposition.MANDATED
    assert found[MOBILE].rule == "K-FOOT"


def test_id_numbers_are_lawful_in_three_kinds_of_list_only(judge) -> None:
    rows = table(["姓名", "身份证号码", "执行案号"], ["刘晓燕", ID, "（2020）湘0621执191号"])
    lawful = judge(rows, title="某县人民法院失信被执行人名单")[ID]
    assert lawful.disposition is Disposition.MANDATED
    assert lawful.needs_review
    assert judge(rows, title="某县低保对象名单公示")[ID].disposition is Disposition.LEAK


def test_a_private_person_in_a_letter(judge) -> None:
    found = judge(paragraph(f"信访人：刘静怡，住某县某镇西河村六组39号，联系电话：{MOBILE}。"))
    assert found[MOBILE].disposition is Disposition.LEAK


def test_illness_of_a_person_and_in_a_policy(judge) -> None:
    person = judge(table(["姓名", "所患疾病"], ["李春梅", "尿毒症"]))["尿毒症"]
    assert person.disposition is Disposition.LEAK
    policy = judge(
        paragraph("对尿毒症、重大精神疾病等患者的门诊费用按70%报销。"), title="医保政策解读"
    )
    assert not any(f.disposition.is_leak for f in policy.values())


def test_who_called_the_hotline_is_private(judge) -> None:
    rows = [["于先生", MOBILE, "城管局"], ["柴女士", MOBILE_2, "教育局"]]
    found = judge(table(["来电人", "来电号码", "办理单位"], *rows), title="12345热线办理情况通报")
    assert found[MOBILE].disposition is found[MOBILE_2].disposition is Disposition.LEAK


def test_the_account_of_a_body_does_not_bare_who_speaks_for_it(judge) -> None:
    found = judge(
        paragraph(
            f"乙方：康健医疗器械有限公司 联系人：莘海涛 电话：{MOBILE} 开户行：中国银行道里支行"
            " 账号：168500123456 合同金额：1234567.00元"
        ),
        title="采购合同公告",
    )
    assert found[MOBILE].disposition is Disposition.MANDATED
    assert not found["168500123456"].disposition.is_leak
    own = judge(paragraph(f"乙方：莘海涛 电话：{MOBILE} 开户行：中国银行 账号：{CARD}"))
    assert own[CARD].disposition is own[MOBILE].disposition is Disposition.LEAK


def test_an_area_in_charge_and_a_lot_are_no_homes(judge) -> None:
    board = judge(table(["网格员", "联系电话", "网格"], ["乜建军", MOBILE, "上河村一组"]))
    assert board[MOBILE].disposition is Disposition.MANDATED
    assert not any(f.disposition.is_leak for f in board.values())
    lots = judge(
        table(["申请人", "拟建房地址"], ["欧大勇", "上河村二组12号"]), title="宅基地审批公示"
    )
    assert not any(f.disposition.is_leak for f in lots.values())
    home = judge(table(["申请人", "家庭住址"], ["欧大勇", "上河村二组12号"]))
    assert home["上河村二组12号"].disposition is Disposition.LEAK


def test_an_illness_right_after_a_name_is_that_person_s(judge) -> None:
    found = judge(
        paragraph("在村民汲翠英家中，得知其丈夫项大柱患肺癌晚期、儿子患重病，送上慰问金。"),
        title="副镇长走访慰问困难群众",
    )
    assert found["患肺癌晚期"].disposition is Disposition.LEAK


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"{ID[:6]}********{ID[14:]}", Disposition.MASKED),
        (f"{ID[:14]}****", Disposition.UNDER_MASKED),
        (f"{ID[:14]}XXXX", Disposition.UNDER_MASKED),
        (f"{ID[:16]}**", Disposition.UNDER_MASKED),
        (f"{'*' * 14}{ID[14:]}", Disposition.MASKED),
    ],
)
def test_masks_of_an_id_number(judge, written: str, expected: Disposition) -> None:
    found = judge(table(["姓名", "身份证号"], ["李春梅", written]))[written]
    assert found.disposition is expected
    assert found.candidates is not None
    assert (found.candidates < 2000) == (expected is Disposition.UNDER_MASKED)


@pytest.mark.parametrize(
    ("head", "written", "expected"),
    [
        ("手机", f"{MOBILE[:3]}****{MOBILE[7:]}", Disposition.MASKED),
        ("手机", f"{MOBILE[:9]}**", Disposition.UNDER_MASKED),
        ("手机", f"{MOBILE[:6]}*{MOBILE[7:]}", Disposition.UNDER_MASKED),
        ("银行卡号", f"{CARD[:17]}**", Disposition.UNDER_MASKED),
        ("银行卡号", f"{CARD[:6]}*********{CARD[15:]}", Disposition.MASKED),
    ],
)
def test_masks_of_numbers(judge, head: str, written: str, expected: Disposition) -> None:
    found = judge(table(["姓名", head], ["李春梅", written]))[written]
    assert found.disposition is expected


def test_values_of_one_row_share_a_person_and_rows_do_not(judge) -> None:
    found = judge(
        table(["姓名", "身份证号", "手机"], ["李春梅", ID, MOBILE], ["周学军", ID_2, MOBILE_2])
    )
    assert found[ID].person == found[MOBILE].person == found["李春梅"].person
    assert found[ID].person != found[ID_2].person


def test_an_attribute_that_repeats_a_lawful_contact(judge) -> None:
    link = Block(BlockKind.FIELD, f"tel:{MOBILE}", "attribute", name="href")
    found = judge(paragraph(f"咨询电话：{MOBILE}"), link, title="某镇公开招聘公告")
    assert found[MOBILE].disposition is Disposition.MANDATED


def test_a_blank_form_is_clean(judge) -> None:
    found = judge(
        heading("附件1：报名登记表"),
        table(["姓名", "", "身份证号", ""], ["联系电话", "", "家庭住址", ""]),
        title="某县公开招聘公告",
    )
    assert not any(f.disposition.is_leak for f in found.values())


def test_nothing_stored_shows_a_value(judge) -> None:
    found = judge(
        table(["姓名", "身份证号", "手机", "银行卡号"], ["李春梅", ID, MOBILE, CARD]),
        paragraph(f"联系人李春梅，电话{MOBILE_2}，身份证{ID_2}"),
    )
    for finding in found.values():
        told = repr(finding) + finding.context + "".join(e.words for e in finding.evidence)
        for value in (ID, ID_2, MOBILE, MOBILE_2, CARD):
            assert value not in told


def test_a_number_left_clear_in_a_masked_column_is_a_leak(judge) -> None:
    found = judge(
        table(
            ["姓名", "职业", "手机"],
            ["许立新", "退休人员", "166****1909"],
            ["董永福", "教师", "193****2366"],
            ["龚家祥", "退休人员", MOBILE],
        ),
        title="关于召开价格调整听证会的公告",
    )
    assert found[MOBILE].disposition is Disposition.LEAK


def test_a_contact_whose_surname_is_also_a_verb_is_no_private_person(judge) -> None:
    found = judge(
        paragraph("代理机构：青禾瑞信建设工程有限公司　项目联系人：付玉田　联系方式：" + MOBILE),
        title="办公设备采购项目中标公告",
    )
    assert found[MOBILE].disposition is Disposition.MANDATED


def test_an_id_number_is_not_lawful_because_a_title_says_assist(judge) -> None:
    row = ["1", "高雪梅", ID, "光明街道"]
    title = "新增确诊病例活动轨迹及协查密切接触者的通告"
    found = judge(table(["序号", "姓名", "证件号码", "现住址"], row), title=title)
    assert found[ID].disposition is Disposition.LEAK


def test_a_wanted_notice_names_the_suspect_s_number(judge) -> None:
    text = f"犯罪嫌疑人高雪梅，女，身份证号{ID}，涉嫌故意伤害在逃。"
    found = judge(paragraph(text), title="某市公安局协查通报")
    assert found[ID].disposition is Disposition.MANDATED


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("县长信箱来信选登", f"小区电梯坏了。我的情况属实，手机{MOBILE}，请联系我。"),
        ("12345热线工单办理情况", f"市民邓宏伟先生（电话：{MOBILE}）反映：楼上漏水。"),
        ("道路交通事故认定书", f"证人马晓峰（电话{MOBILE}）证实，该车未减速。"),
        ("12345热线工单办理情况", f"丁俊峰称其车被贴条，回拨电话{MOBILE}。"),
    ],
)
def test_the_number_of_who_wrote_called_or_bore_witness(judge, title: str, text: str) -> None:
    assert judge(paragraph(text), title=title)[MOBILE].disposition is Disposition.LEAK


def test_the_office_that_asks_to_be_called_may_be(judge) -> None:
    found = judge(paragraph(f"如有疑问，联系人：刘丹，手机{MOBILE}，请联系我局。"))
    assert found[MOBILE].disposition is Disposition.MANDATED


@pytest.mark.parametrize(
    ("text", "illness"),
    [
        ("第4件受援人系艾滋病病毒感染者，由办案机关通知。", "艾滋病病毒感染者"),
        ("经查，为卓爱莲静脉滴注，诊断为“急性盆腔炎”，收取185元。", "急性盆腔炎"),
        ("马晓峰因腰椎间盘突出请假12天。", "腰椎间盘突出"),
        ("申请人称其工作中被叉车撞伤致右跟骨粉碎性骨折。", "右跟骨粉碎性骨折"),
        ("经县医院诊断为肺癌，由张教授主刀。", "肺癌"),
        ("独居老人周淑琴对青霉素过敏。", "青霉素过敏"),
        ("已走访精神障碍患者孙桂兰。", "精神障碍"),
        (f"1.北岔口村：苗桂荣（宫颈上皮内瘤变，{MOBILE}）", "宫颈上皮内瘤变"),
    ],
)
def test_illnesses_told_of_somebody(judge, text: str, illness: str) -> None:
    assert judge(paragraph(text))[illness].disposition is Disposition.LEAK


@pytest.mark.parametrize(
    "text",
    [
        "对艾滋病病毒感染者提供免费药物。",
        "被诊断为职业病的劳动者，用人单位应当安排治疗。",
        "独生子女伤残死亡家庭特别扶助标准提高。",
        "因高血压住院的参保人员按比例报销。",
        "主任医师张建国（糖尿病、乳腺结节），每周三坐诊。",
    ],
)
def test_illnesses_of_nobody(judge, text: str) -> None:
    found = judge(paragraph(text)).values()
    assert not [f for f in found if f.disposition.is_leak]


def test_the_line_of_whoever_is_called_in_an_emergency(judge) -> None:
    found = judge(
        paragraph(f"谭春兰，女，身份证号{ID}。紧急联系人：韩军（女儿）、座机021-59224350。")
    )
    assert found["02159224350"].disposition is Disposition.LEAK


def test_year_and_month_of_birth_in_a_career_may_stand_the_day_not(judge) -> None:
    found = judge(
        paragraph("尤桂芳，女，1985年4月生，石桥镇中心小学教师。"),
        paragraph("桂海燕，女，1979年6月12日出生，护士长。"),
        title="三八红旗手推荐人选公示",
    )
    days = {f.match.value: f.disposition for f in found.values() if f.match.kind == "birth_date"}
    assert list(days.values()) == [Disposition.MANDATED, Disposition.LEAK]


def test_who_is_sent_by_an_office_may_be_called_though_a_home_is_told_before(judge) -> None:
    text = f"反映人家住大湾村六组12号，其妻患尿毒症。我镇已安排水利站阎国庆（{MOBILE}）上门处理。"
    assert judge(paragraph(text))[MOBILE].disposition is Disposition.MANDATED


def test_the_line_of_somebody_retired_is_a_home_s(judge) -> None:
    found = judge(
        paragraph(
            "走访了离休干部吴长河，1931年8月出生，住址：黄山路12号院，联系电话：0319-8175521。"
        )
    )
    assert found["03198175521"].disposition is Disposition.LEAK


def test_a_reader_with_a_complaint_is_told_whom_to_call(judge) -> None:
    found = judge(
        paragraph(
            "郭庆华，男，1979年6月12日出生。如有异议请与县委政法委联系，电话：0319-8162020，"
            f"手机{MOBILE}，邮箱：qhzfw2020@163.com。"
        ),
        title="见义勇为人员事迹公示",
    )
    assert found["qhzfw2020@163.com"].disposition is Disposition.MANDATED
    assert found[MOBILE].disposition is Disposition.MANDATED


def test_a_number_that_may_stand_in_full_is_not_masked_too_little(judge) -> None:
    masked = f"{ID[:10]}****{ID[14:]}"
    rows = table(["姓名", "身份证号码", "执行案号"], ["于海霞", masked, "（2020）湘0621执191号"])
    of_debtor = judge(rows, title="某县人民法院失信被执行人名单")
    assert [f.disposition for f in of_debtor.values() if f.match.kind == "id_card"] == [
        Disposition.MASKED
    ]
    helped = judge(rows, title="某县低保对象名单公示")
    assert [f.disposition for f in helped.values() if f.match.kind == "id_card"] == [
        Disposition.UNDER_MASKED
    ]


def test_numbers_of_those_on_duty_are_their_own_and_the_duty_line_is_not(judge) -> None:
    found = judge(
        table(
            ["日期", "值班人员", "值班电话"],
            ["1月28日", f"柴玉兰 {MOBILE}", MOBILE_2],
        ),
        title="春节期间值班安排表",
    )
    assert found[MOBILE].disposition is Disposition.LEAK
    assert found[MOBILE_2].disposition is Disposition.MANDATED


def test_an_illness_alone_in_a_cell_of_somebody_s_row(judge) -> None:
    found = judge(
        table(["母亲姓名", "筛查项目", "联系方式"], ["董丽娟", "苯丙酮尿症", MOBILE]),
        title="新生儿疾病筛查召回通知",
    )
    assert found["苯丙酮尿症"].disposition is Disposition.LEAK
    doctors = judge(
        table(["姓名", "擅长", "联系方式"], ["董丽娟", "乳腺结节", MOBILE]), title="专家门诊安排"
    )
    assert not [f for f in doctors.values() if f.match.kind == "health" and f.disposition.is_leak]


def test_numbers_beside_a_passport_are_its_holder_s(judge) -> None:
    text = f"冷雪松（护照 ED4181294，受理号230000547078889，{MOBILE}）"
    assert judge(paragraph(text), title="领取证件的通知")[MOBILE].disposition is Disposition.LEAK


def test_every_number_of_a_line_of_contacts_is_offered(judge) -> None:
    text = f"联系电话：110、0517-62482203（刑警大队）；贲警官 {MOBILE_2}，厉剑锋 {MOBILE}"
    assert judge(paragraph(text), title="悬赏通告")[MOBILE].disposition is Disposition.MANDATED


def test_two_dates_with_a_hyphen_are_no_fixed_line(judge) -> None:
    rows = table(["申请人", "有效期"], ["宋德", "2024.04.18-2024.07.10"])
    assert not [f for f in judge(rows).values() if f.match.kind == "landline"]


def test_the_line_of_a_centre_for_pupils_is_an_office_s(judge) -> None:
    text = f"学生拓跋昊天（身份证号{ID}）转入我校。区学生资助管理中心：0954-3673391。"
    assert judge(paragraph(text))["09543673391"].disposition is Disposition.MANDATED


def test_numbers_of_badges_and_totals_are_nobody_s(judge) -> None:
    badge = judge(paragraph("执法人员：程亮（执法证号：13110526017）"), title="行政处罚决定书")
    rows = table(["指标", "单位", "绝对数"], ["社会消费品零售总额", "元", "18820476300"])
    total = judge(rows, title="统计公报")
    for found in (badge, total):
        assert not [f for f in found.values() if f.match.kind == "mobile" and f.disposition.is_leak]


def test_an_illness_stated_under_a_head_of_content_is_somebody_s(judge) -> None:
    rows = table(["姓名", "诉求内容", "联系方式"], ["董丽娟", "父亲患尿毒症", MOBILE])
    found = judge(rows, title="信访事项台账")
    assert [f.disposition for f in found.values() if f.match.kind == "health"] == [Disposition.LEAK]


def test_what_an_examination_measured_is_of_who_was_examined(judge) -> None:
    rows = table(
        ["姓名", "身份证号", "备注"],
        ["甯思琪", ID, "血压160/100mmHg"],
        ["苟佳慧", ID_2, "左眼矫正视力0.3"],
    )
    found = judge(rows, title="公开招聘教师体检结果公告")
    told = {value: f.disposition for value, f in found.items() if f.match.kind == "health"}
    assert set(told.values()) == {Disposition.LEAK}
    assert len(told) == 2
    rule = judge(paragraph("双眼矫正视力4.8以上，血压160/100以下。"), title="体检标准")
    assert not [f for f in rule.values() if f.match.kind == "health"]
