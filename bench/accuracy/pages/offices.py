"""Offices and their people: functions, leaders, directories, rosters of duty and of responsibility."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import numbers, places
from bench.accuracy.kit import Kit
from bench.accuracy.labels import LEAK, MANDATED
from bench.accuracy.pages import columns as c
from bench.accuracy.people import Person
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import Column, col, plain_table, roster

OGI = "政府信息公开条例第二十条第(二)项"
RESPONSIBLE = "责任人公示:姓名、职务和联系电话"


def _post(kit: Kit) -> Column:
    return c.choice(
        "职务", "职 务", words=("主任", "副主任", "科员", "四级调研员", "股长"), kit=kit
    )


def _office(kit: Kit, *heads: str) -> Column:
    return col(*heads, cell=lambda _: kit.office(OGI))


@page_kind("org_functions", "offices")
def org_functions(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}{kit.pick('审计局', '水利局', '统计局')}", "机构职能"
    kit.title = f"{kit.unit}机构职能"
    kit.para("主要职责：贯彻执行国家有关方针政策，组织拟订规划并监督实施。")
    kit.para(
        f"办公地址：{kit.county.name}{places.road(kit.rng)}{kit.rng.randrange(2, 300)}号　办公时间：工作日8:30-12:00，14:30-17:30"
    )
    kit.para(
        f"负责人：{kit.name(kit.person(local=False))}　办公电话：{kit.office(OGI)}　传真：{kit.office(OGI)}"
    )
    rows = [
        [kit.pick("办公室", "综合科", "法规科", "业务一科") + str(i), kit.name(p), kit.office(OGI)]
        for i, p in enumerate(kit.persons(3, 6, local=False), 1)
    ]
    plain_table(kit, ["内设机构", "负责人", "联系电话"], rows)
    kit.para(f"统一社会信用代码：{kit.code()}")


@page_kind("leaders", "offices")
def leaders(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}人民政府办公室", "领导之窗"
    kit.title = f"{kit.county.name}人民政府领导分工"
    for person in kit.persons(2, 4, (1966, 1985), local=False):
        month = kit.put(
            "birth_date", f"{person.born:%Y%m}", MANDATED, person=person, contested=True,
            raw=f"{person.born.year}年{person.born.month}月",
        )  # fmt: skip
        phone = f"分管秘书联系电话：{kit.office(OGI)}。"
        kit.para(
            f"{kit.name(person)}，{person.sex}，汉族，{month}出生，研究生学历，现任{kit.county.name}副{kit.county.name[-1]}长。{phone}"
        )
    kit.para(f"领导信箱受理编号规则：年月日加流水，如{kit.serial()}。")


@page_kind("gov_info_guide", "offices")
def gov_info_guide(kit: Kit) -> None:
    basis = "政府信息公开条例第十二条"
    kit.unit, kit.column = f"{kit.county.name}人民政府办公室", "公开指南"
    kit.title = f"{kit.county.name}人民政府办公室政府信息公开指南"
    mail = kit.email_value()
    kit.para("依申请公开受理机构：政务公开科。申请人可当面、邮寄或通过网络提交申请。")
    kit.para(
        f"办公地址：{kit.county.name}行政中心{kit.rng.randrange(2, 9)}楼　联系电话：{kit.office(basis)}　传真：{kit.office(basis)}　",
        f"电子邮箱：{kit.put('email', mail, MANDATED, basis=basis, raw=mail)}　邮编：{kit.no(kit.county.area[:4] + '00', 'mobile', '邮政编码', 'post_code')}",
    )
    kit.para(
        f"申请表须填写姓名、证件号码、联系电话。公民申请请附身份证复印件。监督电话：{kit.office(basis)}"
    )


@page_kind("annual_report", "offices")
def annual_report(kit: Kit) -> None:
    kit.unit, kit.column = (
        f"{kit.county.name}{kit.pick('民政局', '教育局', '人民政府办公室')}",
        "公开年报",
    )
    kit.title = f"{kit.unit}{kit.day.year}年政府信息公开工作年度报告"
    kit.para(
        f"全年主动公开信息{kit.rng.randrange(300, 9000)}条，受理申请{kit.rng.randrange(1, 90)}件，其中自然人{kit.rng.randrange(1, 60)}件。"
    )
    rows = [
        [word, str(kit.rng.randrange(0, 300)), str(kit.rng.randrange(0, 20))]
        for word in ("予以公开", "部分公开", "不予公开", "结转下年度")
    ]
    plain_table(kit, ["办理结果", "自然人", "法人或其他组织"], rows)
    kit.para(
        f"政府集中采购总金额（元）{kit.amount()}。如对报告有疑问请联系，电话：{kit.office()}。"
    )


@page_kind("directory_office", "offices")
def directory_office(kit: Kit) -> None:
    """Published numbers of offices, with the heads' names."""
    kit.unit, kit.column = f"{kit.county.name}人民政府办公室", "便民电话"
    kit.title = f"{kit.county.name}{kit.pick('部门办公电话一览表', '村（社区）办公电话公示', '便民服务电话')}"
    cols = [
        col(
            "单位",
            "部门",
            cell=lambda _: kit.pick("财政局", "林业局", "信访局", "交通运输局", "卫健委"),
        ),
        c.name(kit, "负责人", "主要负责人"),
        _office(kit, "办公电话", "值班电话", "联系电话"),
    ]
    roster(
        kit, kit.persons(4, 9, local=False), cols, layouts=("th", "td", "thead", "titled", "two_up")
    )
    kit.para(f"网站受理编号：{kit.serial()}")


@page_kind("directory_internal", "offices")
def directory_internal(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.town}人民政府", "通讯录"
    kit.title = f"{kit.town}{kit.pick('机关干部', '村组干部', '乡村干部')}通讯录"
    kit.para(kit.pick("（内部使用，请勿外传）", "（内部资料，注意保存）"))

    def home_phone(person: Person) -> str:
        if kit.chance(0.3):
            return ""
        return kit.put("landline_personal", kit.landline_value(), LEAK, person=person)

    cols = [
        c.name(kit),
        _post(kit),
        col(
            "手机",
            "手机号码",
            "移动电话",
            cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p),
        ),
    ]
    if kit.chance(0.6):
        cols.append(col("宅电", "住宅电话", "家庭电话", cell=home_phone, needs_head=True))
    if kit.chance(0.5):
        cols.append(_office(kit, "办公电话", "办电"))
    roster(
        kit,
        kit.persons(5, 10, (1962, 1998)),
        cols,
        layouts=("th", "td", "thead", "titled", "two_up", "repeated"),
    )
    kit.para(f"值班室：{kit.office()}，档案编号{kit.wrong_id('档案编号')}")


@page_kind("duty_roster", "offices")
def duty_roster(kit: Kit) -> None:
    kit.unit, kit.column = (
        f"{kit.county.name}{kit.pick('应急管理局', '林业局', '人民政府办公室')}",
        "值班安排",
    )
    kit.title = f"{kit.unit}{kit.pick('国庆', '春节', '清明', '汛期')}值班安排表"
    kit.para(f"各单位：现将值班安排印发给你们，请严格执行。值班电话：{kit.office()}")
    cols = [
        c.name(kit, "值班人员", "带班领导", "姓名"),
        c.choice("值班日期", "日期", words=("10月1日", "10月2日", "10月3日", "10月4日"), kit=kit),
        _post(kit),
        col(
            "手机",
            "手机号码",
            "联系电话",
            cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p),
        ),
    ]
    roster(
        kit,
        kit.persons(4, 8, (1968, 1999), local=False),
        cols,
        layouts=("th", "td", "thead", "titled"),
    )
    driver = kit.person(local=False)
    kit.para(
        f"值班司机：{kit.name(driver, contested=True)}，手机{kit.put('mobile', driver.mobile, person=driver)}。"
    )
    kit.para(f"文件编号{kit.document_number('应急')}")


def _responsible(kit: Kit, name_heads: tuple[str, ...], extra: Column) -> None:
    cols = [
        c.name(kit, *name_heads),
        _post(kit),
        extra,
        c.role_mobile(kit, RESPONSIBLE, "联系电话", "电话", "手机号码"),
    ]
    roster(
        kit,
        kit.persons(4, 8, (1966, 1996)),
        cols,
        layouts=("th", "td", "thead", "titled", "repeated"),
    )
    kit.para(f"监督电话：{kit.office()}")


@page_kind("river_chiefs", "offices")
def river_chiefs(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}水利局", "河长制"
    word = kit.pick("河长", "林长", "路长")
    kit.title = f"{kit.county.name}{kit.day.year}年{word}名单公示"
    _responsible(
        kit,
        (f"{word}姓名", word, f"村级{word}"),
        c.choice("责任区域", "河段", words=("东河段", "西沟段", "二干渠"), kit=kit),
    )
    kit.para(
        f"河道代码{kit.pattern('F####00000#', '河道代码', 'serial')}，长度{kit.rng.randrange(2, 90)}.{numbers.digits(kit.rng, 2)}公里。"
    )


@page_kind("reservoir_persons", "offices")
def reservoir_persons(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}水利局", "防汛抗旱"
    kit.title = f"{kit.county.name}{kit.day.year}年小型水库{kit.pick('防汛“三个责任人”', '大坝安全责任人')}名单公示"
    kit.para("为落实水库安全管理责任，现将责任人予以公示，接受监督。")
    reservoir = c.choice("水库名称", words=("前岗水库", "石坝水库", "团结水库"), kit=kit)
    _responsible(kit, ("行政责任人", "巡查责任人", "技术责任人"), reservoir)
    kit.para(
        f"水库注册登记号{kit.pattern('@00##-A#', '注册登记号', 'serial')}，总库容{kit.rng.randrange(10, 99)}万立方米。"
    )


@page_kind("fire_responsible", "offices")
def fire_responsible(kit: Kit) -> None:
    """Responsible persons may be named with their phones; the staff roster below may not."""
    kit.unit, kit.column = f"{kit.county.name}教育局", "校园安全"
    kit.title = f"{kit.county.name}幼儿园{kit.pick('消防安全责任人', '安全责任人')}公示及教职工信息"
    garden = c.choice(
        "单位名称", "幼儿园", words=("城关中心幼儿园", "童星幼儿园", "育蕾幼儿园"), kit=kit
    )
    _responsible(kit, ("安全责任人", "消防安全责任人", "消防安全管理人"), garden)
    kit.para("附：教职工信息表")
    cols = [
        c.name(kit, disposition=LEAK, contested=True),
        c.birth(kit),
        col("手机", "联系手机", cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p)),
        col(
            "家庭住址", "住址", cell=lambda p: kit.put("home_address", p.home, person=p, raw=p.home)
        ),
        c.health(
            kit,
            "健康状况",
            "身体状况",
            words=("妊娠5个月", "甲状腺结节术后", "患有高血压", "腰椎间盘突出"),
        ),
    ]
    roster(kit, kit.persons(3, 6, (1968, 1999)), cols, layouts=("th", "td", "thead"))
    kit.para(f"园所备案号{kit.serial('备案号')}")


@page_kind("village_team", "offices")
def village_team(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}委组织部", "驻村帮扶"
    kit.title = (
        f"{kit.county.name}{kit.day.year}年驻村第一书记和工作队员{kit.pick('名单公示', '信息公开')}"
    )
    kit.para("现将驻村帮扶干部名单及联系电话公布，便于群众联系和监督。")
    basis = "驻村第一书记、工作队员联系方式按要求公示"
    cols = [
        c.name(kit, "第一书记", "工作队员", "驻村干部"),
        c.village("派驻村", "帮扶村"),
        col("派出单位", cell=lambda _: kit.pick("县财政局", "县人民医院", "县税务局")),
        c.role_mobile(kit, basis, "联系电话", "手机", "联系方式"),
    ]
    roster(
        kit,
        kit.persons(4, 9, (1968, 1996), local=False),
        cols,
        layouts=("th", "td", "thead", "titled"),
    )
    kit.para(f"监督电话：{kit.office()}，考核编号{kit.serial('考核编号')}。")


@page_kind("committee_members", "offices")
def committee_members(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.town}人民政府", "政府文件"
    kit.title = f"关于调整{kit.town}{kit.pick('安全生产委员会', '防汛抗旱指挥部', '森林防火领导小组')}成员的通知"
    kit.para(f"各村、社区：因人事变动，经研究，决定调整成员如下（{kit.document_number('政')}）。")
    kit.para(
        f"主　任：{kit.name(kit.person())}　副主任：{kit.name(kit.person())}、{kit.name(kit.person())}"
    )
    kit.para("成　员：" + "、".join(kit.name(p) for p in kit.persons(4, 8)))
    clerk = kit.person()
    kit.para(f"办公室设在镇应急办，{kit.name(clerk)}同志兼任办公室主任，联系电话：{kit.office()}。")
