"""Recruitment, examinations, appointments, training."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import numbers, places
from bench.accuracy.kit import Kit
from bench.accuracy.labels import LEAK, MANDATED
from bench.accuracy.pages import columns as c
from bench.accuracy.people import Person
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import Column, col, form, roster

RECRUIT = "事业单位公开招聘规定:招聘公告载明咨询电话和报名办法"
_SCHOOLS = ("某省师范学院", "江北大学", "华东职业技术学院", "中南医学院")


def _ticket(kit: Kit) -> Column:
    return c.fixed_number(kit, "准考证号", "准考证号码", "考号", make="%@####", trap="exam_ticket")


def _score(kit: Kit) -> str:
    return f"{kit.rng.randrange(45, 95)}.{numbers.digits(kit.rng, 2)}"


@page_kind("recruit_notice", "jobs")
def recruit_notice(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}人力资源和社会保障局", "招考信息"
    kit.title = (
        f"{kit.county.name}{kit.pick('中医院', '城投公司', '街道办事处')}公开招聘工作人员公告"
    )
    kit.para(
        f"现面向社会公开招聘工作人员{kit.rng.randrange(3, 20)}名，岗位代码{kit.pattern('@##', '岗位代码', 'serial')}。"
    )
    kit.para(
        "报名须携带身份证、毕业证原件及复印件，填写报名表（样表填写示例：身份证号码XXXXXXXXXXXXXXXXXX）。"
    )
    person = kit.person(local=False)
    kit.para(
        f"报名联系人：{kit.name(person)}　{kit.pick('联系电话', '电话')}：",
        kit.put("mobile", person.mobile, MANDATED, basis=RECRUIT, person=person)
        if kit.chance(0.6)
        else kit.office(RECRUIT),
        f"　监督电话：{kit.office(RECRUIT)}",
    )
    if kit.chance(0.5):
        group = kit.no(numbers.digits(kit.rng, 9), "qq", "报名QQ群号", "group_number")
        kit.para(f"报名咨询QQ群：{group}。")


@page_kind("exam_scores", "jobs")
def exam_scores(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}人力资源和社会保障局", "人事考试"
    kit.title = f"{kit.county.name}{kit.day.year}年{kit.pick('事业单位', '教师')}公开招聘{kit.pick('笔试', '面试')}成绩公告"
    kit.para("缺考记为-1。成绩如有疑问请在两日内申请复核。")
    cols = [
        c.name(kit, "姓名", "考生姓名"),
        _ticket(kit),
        c.fixed_number(kit, "岗位代码", "职位代码", make="@###", trap="serial"),
        col("笔试成绩", "成绩", "总成绩", cell=lambda _: _score(kit)),
    ]
    if kit.chance(0.6):
        cols.append(c.id_card(kit))
    if kit.chance(0.2):
        cols.append(c.mobile(kit))
    roster(kit, kit.persons(5, 10, (1985, 2003), local=False), cols)
    kit.para(f"咨询电话：{kit.office()}、{kit.office(local=True)}")


@page_kind("hires_publicity", "jobs")
def hires_publicity(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}人力资源和社会保障局", "人事招考"
    kit.title = (
        f"{kit.county.name}{kit.day.year}年{kit.pick('事业单位拟聘用', '公务员拟录用')}人员公示"
    )
    kit.para("公示期五个工作日，如有问题请来电反映。")

    def month(person: Person) -> str:
        raw = f"{person.born.year}{kit.pick('.', '年')}{person.born.month:02d}"
        raw += "月" if "年" in raw else ""
        value = f"{person.born:%Y%m}"
        return kit.put("birth_date", value, MANDATED, person=person, raw=raw, contested=True)

    cols = [
        c.name(kit),
        c.sex(),
        col("毕业院校", cell=lambda _: kit.pick(*_SCHOOLS)),
        _ticket(kit),
        col("拟聘岗位", cell=lambda _: kit.pick("语文教师", "护士", "管理岗")),
    ]
    if kit.chance(0.5):
        cols.append(col("出生年月", cell=month, needs_head=True))
    if kit.chance(0.5):
        cols.append(c.id_card(kit))
    roster(kit, kit.persons(4, 9, (1985, 2002), local=False), cols)
    kit.para(f"监督电话：{kit.office()}")


_BLANK = (
    ("姓名", ""), ("性别", ""), ("出生年月", "　　年　月"), ("身份证号码", "□□□□□□□□□□□□□□□□□□"), ("家庭住址", "　　　　　"),
    ("联系电话", "___________"), ("健康状况", ""), ("银行账号", ""), ("电子邮箱", ""), ("紧急联系人及电话", ""),
)  # fmt: skip


@page_kind("blank_form", "jobs")
def blank_form(kit: Kit) -> None:
    """Labels without values; what is filled in stands for a form number."""
    kit.unit, kit.column = f"{kit.county.name}政务服务中心", "表格下载"
    kit.title = f"{kit.pick('报名登记表', '临时救助申请表', '政府信息公开申请表')}（样表）"
    pairs = list(_BLANK)
    kit.rng.shuffle(pairs)
    pairs.append(("表格编号", kit.serial("表格编号")))
    form(kit, pairs)
    kit.para("填表说明：身份证号码填写18位；联系电话填写本人手机；有疾病的请如实填写病史。")
    sample = kit.no(
        kit.pick("13800000000", "13800138000", "13912345678"), "mobile", "样例号码", "sample_number"
    )
    kit.para(f"填写示例：张三，联系电话{sample}。窗口电话：{kit.office()}")


@page_kind("filled_form", "jobs")
def filled_form(kit: Kit) -> None:
    """The same form with a person's data."""
    kit.unit, kit.column = f"{kit.county.name}政务服务中心", kit.pick("公示公告", "资料下载")
    kit.title = f"{kit.pick('应聘人员登记表', '入党积极分子登记表', '推荐人选审批表')}"
    person, family = kit.person(), kit.person()
    mail = kit.email_value()
    pairs = [
        ("姓名", kit.name(person)),
        ("出生日期", kit.birth(person)),
        (
            "身份证号",
            kit.boxes("id_card", person)
            if kit.chance(0.4) and not kit.plain_text
            else kit.put("id_card", person.id, person=person),
        ),
        ("手机", kit.put("mobile", person.mobile, person=person)),
        ("家庭住址", kit.put("home_address", person.home, person=person, raw=person.home)),
        ("电子邮箱", kit.put("email", mail, person=person, raw=mail)),
    ]
    if kit.chance(0.5):
        number = str(kit.rng.randrange(10**8, 4 * 10**9))
        pairs.append(("QQ号", kit.put("qq", number, person=person, raw=number)))
    if kit.chance(0.4):
        account = kit.pick("wxid_", "lm_", "happy") + numbers.digits(kit.rng, 6)
        pairs.append(("微信号", kit.put("wechat", account, person=person, raw=account)))
    if kit.chance(0.5):
        word = kit.pick("患有高血压", "甲状腺结节术后", "乙肝病毒携带", "糖尿病")
        pairs.append(("健康状况", kit.put("health_info", word, person=person, raw=word)))
    pairs.append(
        (
            "家庭成员",
            f"配偶 {kit.name(family, LEAK)} {kit.put('mobile', family.mobile, person=family)}",
        )
    )
    pairs.append(("登记表编号", kit.serial("登记表编号")))
    form(kit, pairs, 1 if any("box" in value for _, value in pairs) else 2)
    kit.para(f"组织科电话：{kit.office()}")


@page_kind("title_certificates", "jobs")
def title_certificates(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}人力资源和社会保障局", "职称评审"
    kit.title = f"{kit.day.year}年度{kit.pick('工程系列中级职称', '技能等级证书', '安全员考核合格')}通过人员名单"
    kit.para("经评审（考核）合格，现予公布。")
    cols = [
        c.name(kit),
        col("工作单位", cell=lambda _: kit.company()),
        c.fixed_number(kit, "证书编号", "证书管理号", make="S@%########", trap="certificate"),
    ]
    if kit.chance(0.6):
        cols.append(c.id_card(kit))
    if kit.chance(0.2):
        cols.append(c.mobile(kit))
    roster(kit, kit.persons(4, 9, local=False), cols)
    kit.para(f"咨询电话：{kit.office()}")


@page_kind("commendation", "jobs")
def commendation(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}总工会", "评选表彰"
    kit.title = f"{kit.day.year}年{kit.pick('劳动模范', '优秀教师', '道德模范')}拟推荐人选公示"
    for person in kit.persons(2, 4, (1960, 1995)):
        extra = (
            f"，联系电话{kit.put('mobile', person.mobile, person=person)}"
            if kit.chance(0.3)
            else ""
        )
        extra += (
            f"，身份证号{kit.put('id_card', person.id, person=person)}" if kit.chance(0.3) else ""
        )
        kit.para(
            f"{kit.name(person)}，{person.sex}，中共党员，现任{kit.company()}车间主任{extra}。该同志爱岗敬业，事迹突出。"
        )
    kit.para(f"公示期间受理电话：{kit.office()}，推荐批次号{kit.serial('批次号')}。")


@page_kind("cadre_appointment", "jobs")
def cadre_appointment(kit: Kit) -> None:
    kit.unit, kit.column = f"中共{kit.county.name}委组织部", "干部公示"
    kit.title = f"中共{kit.county.name}委组织部干部任前公示"
    for person in kit.persons(2, 4, (1965, 1992), local=False):
        month = kit.put(
            "birth_date", f"{person.born:%Y%m}", MANDATED, person=person, contested=True,
            raw=f"{person.born.year}年{person.born.month}月",
        )  # fmt: skip
        full = kit.chance(0.3)
        leak = f"（身份证号{kit.put('id_card', person.id, person=person)}）" if full else ""
        kit.para(
            f"{kit.name(person)}{leak}，{person.sex}，汉族，{month}生，大学学历，现任{kit.county.name}农业农村局副局长，拟任正科级领导职务。"
        )
    kit.para(f"公示时间五个工作日，监督电话：{kit.office()}，邮寄编号{kit.serial('邮件号')}。")


@page_kind("training_roster", "jobs")
def training_roster(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}农业农村局", "通知公告"
    kit.title = (
        f"关于举办{kit.day.year}年{kit.pick('高素质农民', '电商技能', '家政服务')}培训班的通知"
    )
    kit.para(f"请各乡镇通知学员按时报到。会务联系电话：{kit.office()}")
    kit.para("附件：学员花名册")
    cols = [c.name(kit, "姓名", "学员姓名", contested=True), c.sex(), c.id_card(kit), c.mobile(kit)]
    cols += kit.rng.sample([c.home(kit), c.card(kit, "补助账号"), c.serial(kit, "学员编号")], 2)
    roster(kit, kit.persons(4, 9, (1960, 1999)), cols)


@page_kind("skill_subsidy", "jobs")
def skill_subsidy(kit: Kit) -> None:
    """A page as it should be: ID numbers masked, certificates named by their numbers."""
    kit.unit, kit.column = f"{kit.county.name}人力资源和社会保障局", "就业创业"
    kit.title = f"{kit.day.year}年失业保险技能提升补贴拟发放人员公示"
    kit.para("公示期五个工作日。")
    kit.mask_column("id_card")
    cols = [
        c.name(kit),
        c.id_card(kit),
        c.fixed_number(kit, "证书编号", make="Y00003########", trap="certificate"),
        c.money(kit, "补贴金额(元)", low=1000, high=2000),
    ]
    roster(kit, kit.persons(4, 9, local=False), cols)
    kit.para(f"监督电话：{kit.office()}")


@page_kind("welfare_posts", "jobs")
def welfare_posts(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}公共就业服务中心", "社保补贴"
    kit.title = f"{kit.day.year}年{kit.pick('公益性岗位补贴', '灵活就业社保补贴')}人员公示"
    cols = [
        c.name(kit),
        c.id_card(kit, "社会保障号", "社会保障号码", "公民身份号码"),
        c.choice("人员类别", words=("大龄失业人员", "零就业家庭"), kit=kit),
        c.money(kit, "补贴金额"),
        c.serial(kit, "单位编号", "认定编号"),
    ]
    if kit.chance(0.4):
        cols.append(c.card(kit))
    if kit.chance(0.3):
        cols.append(c.mobile(kit))
    roster(kit, kit.persons(4, 9, (1958, 1985)), cols)
    kit.para(
        f"地址：{kit.county.name}{places.road(kit.rng)}{kit.rng.randrange(1, 200)}号，电话：{kit.office()}"
    )
