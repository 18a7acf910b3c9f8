"""Health: rosters that must never be published, teams that may be, and texts about nobody."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import numbers, places
from bench.accuracy.kit import Kit
from bench.accuracy.labels import LEAK, MANDATED, METADATA
from bench.accuracy.pages import columns as c
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import col, roster


@page_kind("epidemic_list", "health")
def epidemic_list(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.town}疫情防控指挥部", "疫情防控"
    kit.title = f"{kit.town}{kit.pick('返乡人员排查台账', '密切接触者信息表', '居家隔离人员名单')}"
    cols = [
        c.name(kit, disposition=LEAK, contested=True),
        col("身份证号", "身份证号码", cell=lambda p: kit.put("id_card", p.id, LEAK, person=p)),
        col("联系电话", "手机号", cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p)),
        col(
            "现住址",
            "家庭住址",
            "居住地址",
            cell=lambda p: kit.put("home_address", p.home, person=p, raw=p.home),
        ),
        c.choice("返回方式", words=("自驾", "高铁", "客车"), kit=kit),
    ]
    if kit.chance(0.5):
        train = ("G", "D", "K")
        cols.append(
            col(
                "车次",
                cell=lambda _: kit.no(
                    kit.pick(*train) + numbers.digits(kit.rng, 4), "license_plate", "车次", "train"
                ),
                needs_head=True,
            )
        )
    roster(kit, kit.persons(4, 9), cols)
    kit.para(f"社区值班电话：{kit.office()}，表单编号{kit.serial('表单编号')}。")


@page_kind("mental_roster", "health")
def mental_roster(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}卫生健康委员会", "健康服务"
    kit.title = f"{kit.town}{kit.pick('严重精神障碍患者免费服药', '重性精神疾病患者管理')}花名册"
    words = ("精神分裂症", "双相情感障碍", "偏执性精神病", "癫痫所致精神障碍")
    cols = [
        c.name(kit, "患者姓名", "姓名", disposition=LEAK, contested=True),
        c.health(kit, "诊断", "疾病诊断", "病种", words=words),
        col(
            "监护人电话",
            "监护人联系电话",
            cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p),
        ),
        c.choice("服药情况", words=("规律", "间断"), kit=kit),
    ]
    if kit.chance(0.7):
        cols.append(
            col("身份证号", "证件号码", cell=lambda p: kit.put("id_card", p.id, LEAK, person=p))
        )
    cols.append(c.fixed_number(kit, "档案编号", "健康档案号", make="@###########", trap="serial"))
    roster(kit, kit.persons(4, 8), cols)
    kit.para(f"项目办电话：{kit.office()}")


@page_kind("family_doctors", "health")
def family_doctors(kit: Kit) -> None:
    """The team is public; the residents who signed are not."""
    basis = "家庭医生签约服务团队公示"
    kit.unit, kit.column = f"{kit.county.name}卫生健康委员会", "家庭医生"
    kit.title = f"{kit.town}卫生院家庭医生签约服务团队公示"
    kit.para("为方便居民签约，现将家庭医生团队成员公示。")
    cols = [
        c.name(kit, "家庭医生", "团队长", "医生姓名"),
        c.choice("职称", words=("主治医师", "全科医生", "乡村医生", "护师"), kit=kit),
        c.village("服务区域", "服务村"),
        c.role_mobile(kit, basis),
    ]
    roster(kit, kit.persons(3, 6, (1966, 1994)), cols, layouts=("th", "td", "thead"))
    if kit.chance(0.6):
        kit.para("附：签约居民名单")
        patients = [
            c.name(kit, "居民姓名", "签约居民", disposition=LEAK, contested=True),
            col("联系电话", "居民电话", cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p)),
            c.health(
                kit,
                "慢病情况",
                "疾病情况",
                words=("高血压", "2型糖尿病", "冠心病", "慢性阻塞性肺病"),
            ),
            col("身份证号", cell=lambda p: kit.put("id_card", p.id, LEAK, person=p)),
        ]
        roster(kit, kit.persons(3, 6, (1940, 1975)), patients, layouts=("th", "td", "thead"))
    kit.para(
        f"卫生院电话：{kit.office()}，机构编码{kit.pattern('PDY#########', '机构编码', 'serial')}"
    )


@page_kind("policy_illness", "health")
def policy_illness(kit: Kit) -> None:
    """Illnesses of nobody in particular."""
    kit.unit, kit.column = f"{kit.county.name}医疗保障局", "政策文件"
    kit.title = (
        f"关于{kit.pick('调整门诊慢特病病种范围', '完善大病保险待遇', '做好残疾人康复救助')}的通知"
    )
    for word in kit.rng.sample(
        ("尿毒症", "精神分裂症", "恶性肿瘤", "高血压", "糖尿病", "艾滋病", "肢体残疾二级"), 4
    ):
        kit.no(word, "health", "政策里的病种", "illness_in_policy")
        kit.para(
            f"{kit.pick('一是', '同时', '此外')}，将{word}{kit.pick('纳入保障范围', '报销比例提高到百分之七十', '患者年度限额予以调整')}。"
        )
    kit.para("参保人员患上述疾病的，凭诊断证明和身份证到窗口申请，无须提供银行卡复印件。")
    kit.para(f"政策咨询：{kit.office()}，文号{kit.document_number('医保')}。")


@page_kind("volunteers", "health")
def volunteers(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}文明办", "志愿服务"
    kit.title = f"{kit.county.name}{kit.day.year}年{kit.pick('优秀志愿者', '志愿服务队员')}名单"
    cols = [
        c.name(kit, "姓名", "志愿者"),
        c.choice("服务队", words=("红马甲服务队", "夕阳红服务队"), kit=kit),
        c.fixed_number(kit, "志愿者编号", make="@%#####", trap="serial_15"),
        c.id_card(kit),
    ]
    if kit.chance(0.5):
        cols.append(c.mobile(kit, "手机", "手机号码"))
    roster(kit, kit.persons(4, 9, (1955, 2003)), cols)
    kit.para(f"志愿服务中心电话：{kit.office()}")


@page_kind("charity_donors", "health")
def charity_donors(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}慈善总会", "慈善捐赠"
    kit.title = f"{kit.county.name}慈善总会{kit.day.year}年{kit.day.month}月捐赠收支公示"
    cols = [
        c.name(kit, "捐赠人", "捐赠者"),
        c.money(kit, "捐赠金额(元)"),
        c.serial(kit, "票据号", "收据编号"),
    ]
    if kit.chance(0.4):
        cols.append(
            col(
                "捐赠人电话", "联系手机", cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p)
            )
        )
    roster(kit, kit.persons(4, 9), cols)
    kit.para(
        f"捐赠账号：{kit.account('慈善总会账户')}，户名：{kit.county.name}慈善总会，电话：{kit.office()}"
    )


@page_kind("food_inspection", "health")
def food_inspection(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}市场监督管理局", "食品安全"
    kit.title = f"{kit.county.name}市场监督管理局食品安全监督抽检信息公告（{kit.day.year}年第{kit.rng.randrange(1, 40)}期）"
    rows = []
    for person in kit.persons(3, 6):
        shop = f"{kit.town}{person.name[0]}家{kit.pick('早餐店', '水果店', '粮油店')}"
        place = f"{kit.town}{places.road(kit.rng)}{kit.rng.randrange(2, 200)}号"
        kit.no(place, "home_address", "经营场所地址", "business_address")
        sample = kit.pattern("XBJ%@########", "抽样编号", "serial")
        batch = kit.no(
            f"{kit.day:%Y%m%d}{numbers.digits(kit.rng, 3)}", "mobile", "生产批号", "batch"
        )
        rows.append(
            [
                sample,
                shop,
                place,
                kit.pick("韭菜", "食用油", "糕点"),
                batch,
                kit.pick("合格", "不合格"),
            ]
        )
    heads = ["抽样编号", "被抽样单位名称", "被抽样单位地址", "食品名称", "批号", "结论"]
    kit.html(
        "<table border=1>"
        + "".join(
            "<tr>" + "".join(f"<td>{x}</td>" for x in row) + "</tr>" for row in [heads, *rows]
        )
        + "</table>"
    )
    if kit.chance(0.3):
        person = kit.person()
        kit.para(
            f"投诉人{kit.name(person, LEAK)}（电话{kit.put('mobile', person.mobile, person=person)}）反映的问题已核查。"
        )
    kit.para(f"投诉举报电话：{kit.office()}")


@page_kind("meta_leak", "health")
def meta_leak(kit: Kit) -> None:
    """A clean article whose description field carries an ID number and a phone."""
    kit.unit, kit.column = f"{kit.county.name}医疗保障局", "办事结果"
    kit.title = (
        f"关于{kit.pick('门诊慢特病资格认定', '异地就医备案', '生育津贴申领')}办理结果的公告"
    )
    person = kit.person()
    described = (
        f"申请人{person.name} 身份证{kit.put('id_card', person.id, where=METADATA, person=person)} "
        f"电话{kit.put('mobile', person.mobile, where=METADATA, person=person)}"
    )
    kit.metas.append((kit.pick("Description", "Keywords", "description"), described))
    kit.para(
        f"本期共受理{kit.rng.randrange(20, 300)}件，办结率百分之百。受理批次{kit.serial('批次')}。"
    )
    contact = kit.person(local=False)
    kit.para(f"经办窗口负责人：{kit.name(contact)}，窗口电话：{kit.office()}。")
    if kit.chance(0.5):
        other = kit.person()
        kit.hidden(
            lambda: (
                f"{kit.put('mobile', other.mobile, LEAK, person=other)} {kit.put('id_card', other.id, LEAK, person=other)}"
            )
        )
    kit.para(
        f"资格有效期按规定执行，依据{kit.document_number('医保')}。",
        f"定点机构联系：{kit.put('mobile', contact.mobile, MANDATED, person=contact, contested=True)}",
    )
