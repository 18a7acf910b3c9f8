"""Rosters of social relief."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from datetime import date

from bench.accuracy import numbers, places
from bench.accuracy.kit import Kit
from bench.accuracy.labels import ATTRIBUTE, COMMENT, LEAK, MANDATED
from bench.accuracy.pages import columns as c
from bench.accuracy.people import Person
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import Column, col, roster

# What a row says, and the two digits that a certificate's number ends in.
DISABILITY = {
    f"{kind}{grade}级": f"{kind_digit}{grade_digit}"
    for kind_digit, kind in enumerate(("视力", "听力", "言语", "肢体", "智力", "精神"), 1)
    for grade_digit, grade in enumerate("一二三四", 1)
}
ILLNESS = (
    "尿毒症", "肺癌", "胃恶性肿瘤", "急性白血病", "脑出血后遗症", "肝硬化", "冠心病", "系统性红斑狼疮", "重型再生障碍性贫血",
    "糖尿病肾病", "乳腺癌", "帕金森病", "脑梗死", "慢性肾功能衰竭",
)  # fmt: skip
INCURABLE = ("精神分裂症", "艾滋病", "双相情感障碍", "癫痫性精神病")


def _closing(kit: Kit) -> None:
    kit.para(
        kit.pick("公示期间如有异议，请拨打", "如对上述名单有意见，可反映至", "监督举报电话："),
        kit.office(),
        kit.pick("。", "（民政办）。", "，受理时间为工作日。"),
    )


@page_kind("dibao", "aid")
def dibao(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.town}人民政府", kit.pick("社会救助", "低保公示")
    kit.title = f"{kit.town}{kit.day.year}年{kit.day.month}月{kit.pick('农村', '城市')}低保{kit.pick('对象花名册', '发放名单公示', '新增对象公示')}"
    kit.para(f"经个人申请、入户调查、民主评议，现将我{kit.town[-1]}低保对象公示如下，欢迎监督。")
    people = kit.persons(4, 9)
    cols: list[Column] = [c.name(kit, "户主姓名", "姓名", "保障对象"), c.id_card(kit, old=True)]
    optional = [
        c.village(),
        c.mobile(kit),
        c.card(kit),
        c.home(kit),
        c.money(kit, "月保障金额", "保障金(元)"),
        c.choice("保障类别", "类别", words=("A类", "B类", "C类"), kit=kit),
        c.fixed_number(kit, "低保证编号", "低保证号", make="@%#####", trap="serial_15"),
    ]
    cols += kit.rng.sample(optional, kit.rng.randint(2, 5))
    roster(kit, people, cols)
    _closing(kit)


@page_kind("tekun", "aid")
def tekun(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}民政局", "特困供养"
    kit.title = f"{kit.county.name}{kit.day.year}年第{kit.pick('一', '二', '三', '四')}季度特困人员供养{kit.pick('公示', '名单')}"
    kit.para("根据特困人员认定办法，经审核，下列人员享受特困供养待遇。")
    people = kit.persons(4, 8, (1932, 1960))
    cols = [
        c.name(kit),
        c.id_card(kit),
        c.village(),
        c.choice("供养方式", "供养形式", words=("集中供养", "分散供养"), kit=kit),
        c.money(kit, "供养金额(元)", "供养金"),
    ]
    if kit.chance(0.5):
        cols.append(
            c.health(kit, "自理能力", "自理情况", words=("半失能", "全失能", "生活不能自理"))
        )
    if kit.chance(0.5):
        cols.append(c.mobile(kit, "监护人电话", "照料人电话"))
    roster(kit, people, cols)
    _closing(kit)


@page_kind("medical_relief", "aid")
def medical_relief(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}医疗保障局", "医疗救助"
    kit.title = f"{kit.county.name}{kit.day.year}年{kit.day.month}月医疗救助对象{kit.pick('花名册', '公示')}"
    kit.para(f"本月共救助困难群众，合计支出{kit.amount()}元。")
    people = kit.persons(4, 9)
    cols = [
        c.name(kit, "姓名", "救助对象", "患者姓名", contested=True),
        c.health(kit, "病种", "所患疾病", "疾病名称", "诊断", words=ILLNESS + INCURABLE),
        c.money(kit, "住院费用", "医疗总费用", low=3000, high=200000),
        c.money(kit, "救助金额(元)", "救助金"),
    ]
    cols += kit.rng.sample([c.id_card(kit), c.mobile(kit), c.home(kit), c.card(kit), c.sex()], 3)
    roster(kit, people, cols)
    _closing(kit)


@page_kind("temp_relief", "aid")
def temp_relief(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.town}人民政府", "临时救助"
    kit.title = f"{kit.town}{kit.day.year}年{kit.day.month}月临时救助公示"
    kit.para("按照临时救助有关规定，拟对以下困难家庭给予一次性救助。")
    people = kit.persons(3, 8)
    cols = [
        c.name(kit, "申请人", "姓名"),
        c.choice(
            "救助原因", "困难类型", words=("火灾", "交通事故", "突发重大困难", "就学困难"), kit=kit
        ),
        c.money(kit, "救助金额", "救助金(元)", low=500, high=5000),
        c.id_card(kit),
    ]
    cols += kit.rng.sample([c.mobile(kit), c.card(kit), c.home(kit), c.serial(kit)], 2)
    roster(kit, people, cols)
    _closing(kit)


@page_kind("disability_subsidy", "aid")
def disability_subsidy(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}残疾人联合会", "残疾人福利"
    kit.title = f"{kit.town}{kit.day.year}年{kit.day.month}月残疾人两项补贴发放{kit.pick('明细', '名册', '公示')}"
    kit.para("现将本月困难残疾人生活补贴和重度残疾人护理补贴发放情况予以公示。")
    clear = kit.chance(0.75)

    people = kit.persons(4, 9, (1950, 2016))
    disability = {person.id: kit.pick(*DISABILITY) for person in people}

    def guardian(_: Person) -> str:
        other = kit.person()
        return kit.name(other, LEAK)

    def certificate(person: Person) -> str:
        return kit.certificate(person, DISABILITY[disability[person.id]], exposed=not clear)

    def what(person: Person) -> str:
        word = disability[person.id]
        return kit.put("health_info", word, LEAK, person=person, raw=word)

    cols = [
        c.name(kit, "姓名", "残疾人姓名"),
        col(
            "残疾证号",
            "残疾人证号",
            "残疾人证号码",
            cell=certificate,
        ),
        col("残疾类别等级", "类别及等级", "残疾类别和等级", cell=what, needs_head=True),
        c.money(kit, "补贴金额", "月补贴标准", low=60, high=200),
    ]
    if kit.chance(0.6):
        cols.append(col("监护人", "监护人姓名", cell=guardian))
    cols += kit.rng.sample([c.mobile(kit), c.card(kit), c.village(), c.serial(kit)], 2)
    roster(kit, people, cols)
    _closing(kit)


@page_kind("elderly_allowance", "aid")
def elderly_allowance(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.town}人民政府", "老年人福利"
    kit.title = f"{kit.town}{kit.day.year}年{kit.pick('一', '二', '三', '四')}季度高龄津贴发放{kit.pick('名单', '花名册')}"
    kit.para(f"现将80周岁以上老人高龄津贴名单公示。{kit.date_text(kit.day)}")
    cols = [
        c.name(kit),
        c.sex(),
        c.birth(kit),
        c.id_card(kit),
        c.village(),
        c.money(kit, "月标准", "津贴(元)", low=50, high=300),
    ]
    if kit.chance(0.5):
        collector = col(
            "代领人电话",
            "代领人联系电话",
            cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p),
        )
        cols.append(collector)
    roster(kit, kit.persons(4, 9, (1924, 1942)), cols)
    _closing(kit)


@page_kind("orphans", "aid")
def orphans(kit: Kit) -> None:
    """Only sums are shown; the children's data stand in attributes and comments."""
    kit.unit, kit.column = f"{kit.county.name}民政局", "儿童福利"
    kit.title = (
        f"{kit.county.name}{kit.day.year}年{kit.day.month}月孤儿和事实无人抚养儿童生活费发放汇总表"
    )
    kit.para("为保护儿童隐私，本表只公布乡镇人数和金额。")
    rows = []
    for _ in range(kit.rng.randint(2, 5)):
        child, guardian = kit.person((2008, 2019)), kit.person()
        holder = kit.pick("title", "data-detail", "data-row")
        shown = (
            f"{kit.name(child, LEAK, where=ATTRIBUTE)} "
            f"{kit.put('id_card', child.id, where=ATTRIBUTE, person=child)} "
            f"监护人{kit.name(guardian, LEAK, where=ATTRIBUTE)} "
            f"{kit.put('mobile', guardian.mobile, where=ATTRIBUTE, person=guardian)}"
        )
        sums = f"<td>1</td><td>{kit.money(900, 3000)}</td>"
        rows.append(f'<tr><td {holder}="{shown}">{places.town(kit.rng)}</td>{sums}</tr>')
    kit.html(
        f"<table border=1><tr><th>乡镇</th><th>人数</th><th>金额</th></tr>{''.join(rows)}</table>"
    )
    if kit.chance(0.6):
        child = kit.person((2008, 2019))
        number = kit.put("id_card", child.id, where=COMMENT, person=child)
        kit.html(f"<!-- 明细 {kit.name(child, LEAK, where=COMMENT)} {number} -->")
    _closing(kit)


@page_kind("veterans", "aid")
def veterans(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}退役军人事务局", "优抚安置"
    kit.title = f"{kit.county.name}{kit.day.year}年{kit.pick('优抚对象抚恤补助金', '义务兵家庭优待金')}发放名册"
    kit.para(f"根据{kit.document_number('退役军人')}，现将发放情况公示如下。")
    cols = [
        c.name(kit),
        c.id_card(kit, old=True),
        c.card(kit),
        c.choice(
            "优抚类别", "人员类别", words=("在乡复员军人", "参战退役人员", "烈士遗属"), kit=kit
        ),
        c.money(kit, "优待金额", "金额"),
    ]
    if kit.chance(0.5):
        cols.append(c.mobile(kit))
    roster(kit, kit.persons(4, 9, (1938, 2002)), cols)
    _closing(kit)


@page_kind("helpers_and_households", "aid")
def helpers_and_households(kit: Kit) -> None:
    """In one row the helper's phone is lawful and the household's is a leak."""
    kit.unit, kit.column = f"{kit.town}人民政府", kit.pick("脱贫攻坚", "巩固脱贫成果")
    kit.title = f"{kit.town}{kit.day.year}年{kit.pick('脱贫户', '监测对象')}与帮扶责任人结对名单"
    kit.para("现将结对帮扶情况公示，便于群众联系。")
    helpers: dict[int, Person] = {}

    def helper(person: Person) -> Person:
        return helpers.setdefault(id(person), kit.person(local=False))

    cols = [
        c.name(kit, "户主", "户主姓名"),
        c.village(),
        c.choice("家庭人口", "人口数", words=("1", "2", "3", "4", "5"), kit=kit),
        col("帮扶责任人", "帮扶人", "帮扶干部", cell=lambda p: kit.name(helper(p))),
        col(
            "帮扶责任人电话", "帮扶人联系电话", "帮扶干部电话",
            cell=lambda p: kit.put(
                "mobile", helper(p).mobile, MANDATED, basis="帮扶责任人联系方式按要求公示", person=helper(p)
            ),
            needs_head=True,
        ),
    ]  # fmt: skip
    if kit.chance(0.6):
        cols.append(
            col(
                "户主电话", "农户电话", "贫困户联系电话",
                cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p), needs_head=True,
            )
        )  # fmt: skip
    if kit.chance(0.5):
        cols.append(c.id_card(kit, "户主身份证号", "户主证件号码"))
    roster(kit, kit.persons(4, 8), cols)
    kit.para(
        f"系统户编号示例：{kit.no(numbers.digits(kit.rng, 13), 'mobile', '户编号', 'serial_13')}。"
    )


@page_kind("poverty_exit", "aid")
def poverty_exit(kit: Kit) -> None:
    """The model table: names and head counts, nothing else."""
    kit.unit, kit.column = f"{kit.county.name}乡村振兴局", "脱贫退出"
    kit.title = f"{kit.town}{kit.day.year}年脱贫户退出名单公告"
    kit.para(f"经核查，下列农户达到退出标准，现予公告。{kit.date_text(date(kit.day.year, 11, 20))}")
    cols = [
        c.name(kit, "户主姓名", "户主"),
        c.village("村民小组", "自然村"),
        c.choice("家庭人口数", "人口", words=("1", "2", "3", "4"), kit=kit),
    ]
    roster(kit, kit.persons(5, 10), cols)
    kit.para(
        f"家庭编号为内部编码，形如{kit.serial('家庭编号')}。咨询电话：{kit.office(local=True)}"
    )
