"""Rosters of land, housing, wages and village money."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import places
from bench.accuracy.kit import Kit
from bench.accuracy.labels import LEAK, MANDATED
from bench.accuracy.pages import columns as c
from bench.accuracy.people import Person
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import col, plain_table, roster


@page_kind("farm_subsidy", "land")
def farm_subsidy(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.town}人民政府", "惠农补贴"
    kit.title = f"{kit.town}{kit.day.year}年{kit.pick('耕地地力保护补贴', '实际种粮农民补贴', '退耕还林补助')}发放{kit.pick('清册', '公示表')}"
    kit.para("补贴资金通过一卡通发放到户，公示期七天。")
    cols = [
        c.name(kit, "户主", "农户姓名", "姓名"),
        c.village("村组", "村民组"),
        col(
            "面积(亩)",
            "补贴面积",
            cell=lambda _: f"{kit.rng.randrange(1, 40)}.{kit.rng.randrange(10, 99)}",
        ),
        c.money(kit),
    ]
    cols += kit.rng.sample(
        [c.id_card(kit), c.card(kit), c.mobile(kit), c.serial(kit, "一卡通编号")], 2
    )
    roster(kit, kit.persons(5, 10), cols)
    kit.para(f"监督电话：{kit.office()}")


@page_kind("homestead", "land")
def homestead(kit: Kit) -> None:
    """The plot's location belongs to the notice; ID numbers and phones stand in hidden columns."""
    kit.unit, kit.column = f"{kit.town}人民政府", "宅基地审批"
    kit.title = f"{kit.town}{kit.day.year}年农村宅基地审批结果公示"
    kit.para("经村民会议讨论、联合审查，现将审批结果公布。")
    hidden = kit.chance(0.7)
    clear = kit.chance(0.8)

    def number(person: Person) -> str:
        if clear:
            return kit.put("id_card", person.id, LEAK, person=person)
        return kit.exposed("id_card", person.id, person=person)

    cols = [
        c.name(kit, "申请人", "户主"),
        col("身份证号", "证件号码", cell=number, hidden=hidden),
        c.fixed_number(kit, "许可证编号", "批准书编号", make="@%#####", trap="certificate"),
        col("用地面积(㎡)", "批准面积", cell=lambda _: str(kit.rng.randrange(80, 160))),
        col("四至", cell=lambda _: "东至村道，南至空地，西至水渠，北至农田"),
    ]
    if kit.chance(0.5):
        cols.append(c.mobile(kit, hidden=hidden))
    roster(kit, kit.persons(3, 7), cols, layouts=("th", "td", "thead"))
    kit.para(f"自然资源所电话：{kit.office()}")


@page_kind("land_compensation", "land")
def land_compensation(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}自然资源和规划局", "征地补偿"
    kit.title = f"{kit.pick('东环路', '高铁新区', '南山水库')}项目征地补偿分户公示"
    kit.para(f"本次征收共补偿{kit.amount()}元，分户情况如下。")
    cols = [
        c.name(kit, "被征地农户", "户主姓名"),
        c.id_card(kit),
        c.card(kit),
        col("征收面积(亩)", cell=lambda _: f"0.{kit.rng.randrange(100, 999)}"),
        c.money(kit, "补偿金额(元)", low=9000, high=300000),
    ]
    roster(kit, kit.persons(4, 9), cols)
    contact = kit.person(local=False)
    kit.para(
        f"征收工作联系人：{kit.name(contact)}，电话",
        kit.put("mobile", contact.mobile, MANDATED, basis="征收工作联系人", person=contact)
        if kit.chance(0.5)
        else kit.office(),
        "。",
    )


@page_kind("rural_house", "land")
def rural_house(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}住房和城乡建设局", "危房改造"
    kit.title = (
        f"{kit.county.name}{kit.day.year}年农村危房改造{kit.pick('补助对象', '资金发放')}名单"
    )
    kit.para("现对拟补助对象公示，接受社会监督。")
    cols = [
        c.name(kit, "户主姓名", "姓名"),
        c.home(kit),
        c.id_card(kit),
        c.choice("房屋等级", "危房等级", words=("C级", "D级"), kit=kit),
        c.money(kit, "补助金额(元)", low=6000, high=30000),
    ]
    if kit.chance(0.4):
        cols.append(c.card(kit))
    roster(kit, kit.persons(4, 8), cols)
    kit.para(f"联系电话：{kit.office()}")


@page_kind("public_housing", "land")
def public_housing(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}住房保障中心", "保障性住房"
    kit.title = f"{kit.day.year}年申请{kit.pick('公租房', '廉租住房', '经济适用房')}家庭名单公示"
    kit.para("经社区、街道、民政、住建四级审核，下列家庭符合条件，公示十五天。")
    cols = [
        c.name(kit, "申请人", "申请人姓名"),
        c.id_card(kit, old=True),
        c.home(kit, "现住址", "家庭住址"),
        c.choice("家庭人口", "人口", words=("1", "2", "3"), kit=kit),
    ]
    cols += kit.rng.sample(
        [c.mobile(kit), c.serial(kit, "受理编号"), c.wrong_id(kit, "档案编号")], 2
    )
    roster(kit, kit.persons(5, 9), cols)
    kit.para(f"联系电话：{kit.office()}{kit.pick('、', '；', ' / ')}{kit.office(local=True)}")


@page_kind("migrant_wages", "land")
def migrant_wages(kit: Kit) -> None:
    """A wage board: the officer's phone is lawful, the workers' data are not."""
    kit.unit, kit.column = f"{kit.county.name}人力资源和社会保障局", "根治欠薪"
    kit.title = f"{kit.pick('滨河小区', '实验学校', '污水处理厂')}项目农民工工资发放公示"
    officer = kit.person(local=False)
    kit.para(
        f"总承包单位：{kit.company()}；劳资专管员：{kit.name(officer)}，联系电话：",
        kit.put(
            "mobile",
            officer.mobile,
            MANDATED,
            basis="保障农民工工资支付条例第三十四条",
            person=officer,
        ),
        f"；投诉举报电话：{kit.office()}。",
    )
    cols = [
        c.name(kit, "姓名", "农民工姓名", disposition=LEAK, contested=True),
        c.id_card(kit),
        c.card(kit, "工资卡号", "银行卡号"),
        c.choice("工种", words=("钢筋工", "木工", "瓦工", "杂工"), kit=kit),
        c.money(kit, "实发工资", "应发工资", low=3000, high=9000),
    ]
    if kit.chance(0.5):
        cols.append(c.mobile(kit))
    roster(kit, kit.persons(4, 8, (1960, 2000), local=False), cols)


@page_kind("village_finance", "land")
def village_finance(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.town}人民政府", "村务公开"
    village = places.village(kit.rng)
    kit.title = f"{village}{kit.day.year}年第{kit.pick('一', '二', '三', '四')}季度财务公开"
    kit.para("经村务监督委员会审核，现将收支明细公开如下。")
    rows = []
    for person in kit.persons(4, 8):
        voucher = kit.no(f"记-{kit.rng.randrange(10, 99)}", "mobile", "凭证号", "voucher")
        note = kit.pick("plain", "card", "plate", "phone", "plain")
        text = kit.pick("保洁工资", "误工补助", "道路维修", "办公用品")
        if note == "card":
            text += f"（账号{kit.put('bank_card', person.card, person=person)}）"
        elif note == "plate":
            text = f"租车费（{kit.plate(LEAK)}）"
        elif note == "phone":
            text += f"，电话{kit.put('mobile', person.mobile, person=person)}"
        rows.append([voucher, kit.name(person, contested=True), text, kit.money()])
    plain_table(kit, ["凭证号", "收款人", "用途", "金额"], rows)
    kit.para(f"集体资金结余{kit.amount()}元。公开监督电话：{kit.office()}")


@page_kind("village_voters", "land")
def village_voters(kit: Kit) -> None:
    """Names, sex and age are what the law asks for; some lists carry the ID number as well."""
    kit.unit, kit.column = f"{kit.town}人民政府", "村民委员会选举"
    kit.title = f"{places.village(kit.rng)}登记参加选举的村民名单公告"
    kit.para("根据村民委员会组织法，现将登记参加选举的村民名单公布。")
    cols = [
        c.name(kit),
        c.sex(),
        col("年龄", cell=lambda p: str(kit.day.year - p.born.year)),
        c.choice("村民小组", "小组", words=("一组", "二组", "三组", "四组"), kit=kit),
    ]
    if kit.chance(0.4):
        cols.append(c.id_card(kit))
    cols.append(c.fixed_number(kit, "选民证号", "登记号", make="%######", trap="serial_11"))
    roster(kit, kit.persons(5, 10), cols)
    kit.para(f"选举委员会电话：{kit.office()}")


@page_kind("school_enrolment", "land")
def school_enrolment(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}教育局", "义务教育招生"
    kit.title = f"{kit.county.name}{kit.pick('实验小学', '第三中学', '城南学校')}{kit.day.year}年秋季新生录取名单"
    kit.para("根据划片招生方案，经审核，录取名单公布如下。")

    def guardian(_: Person) -> str:
        other = kit.person((1978, 1995))
        phone = kit.put("mobile", other.mobile, person=other)
        return f"{kit.name(other, LEAK)} {phone}"

    cols = [
        c.name(kit, "学生姓名", "姓名", disposition=LEAK, contested=True),
        c.sex(),
        c.id_card(kit),
        c.choice("录取学校", "班级", words=("一（1）班", "一（2）班", "一（3）班"), kit=kit),
    ]
    extra = [
        col("监护人及电话", "家长/电话", cell=guardian, needs_head=True),
        col("学籍号", "全国学籍号", cell=kit.school_number, needs_head=True),
        c.birth(kit),
        c.home(kit),
        c.serial(kit, "报名编号"),
    ]
    cols += kit.rng.sample(extra, 2)
    roster(kit, kit.persons(4, 9, (2009, 2018)), cols)
    kit.para(f"招生咨询电话：{kit.office()}")


@page_kind("student_aid", "land")
def student_aid(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}教育局", "学生资助"
    kit.title = f"{kit.day.year}年{kit.pick('春', '秋')}季学期家庭经济困难学生资助名单公示"
    kit.para("公示内容已按学校上报情况汇总，公示期五个工作日，期满撤下。")
    cols = [
        c.name(kit, "学生姓名", "姓名"),
        c.choice("学校", words=("城关中学", "第二小学", "职教中心"), kit=kit),
        c.choice("年级", "班级", words=("七（1）班", "八（2）班", "五（3）班"), kit=kit),
        c.money(kit, "资助金额", low=250, high=2500),
        c.id_card(kit),
    ]
    cols += kit.rng.sample(
        [c.card(kit, "社保卡号", "家长银行卡号"), c.mobile(kit, "家长电话"), c.home(kit)], 1
    )
    roster(kit, kit.persons(4, 9, (2004, 2015)), cols)
    kit.para(f"举报电话：{kit.office()}")
