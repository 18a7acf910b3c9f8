"""Legal services, contracts, hearings, land: lists and notices of civic life."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import numbers, places
from bench.accuracy.kit import Kit
from bench.accuracy.labels import LEAK, MANDATED
from bench.accuracy.pages import columns as c
from bench.accuracy.pages.works import TENDER, contact
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import col, plain_table, roster


@page_kind("legal_services", "civic")
def legal_services(kit: Kit) -> None:
    basis = "公共法律服务领域基层政务公开标准指引"
    kit.unit, kit.column = f"{kit.county.name}司法局", "公共法律服务"
    kit.title = f"{kit.county.name}{kit.pick('村（社区）法律顾问', '法律援助律师')}名册"
    cols = [
        c.name(kit, "律师姓名", "法律顾问", "姓名"),
        c.fixed_number(
            kit,
            "执业证号",
            "律师执业证号",
            make=f"1{kit.county.area[:4]}%########",
            trap="certificate",
        ),
        col("执业机构", "律师事务所", cell=lambda _: kit.pick("正衡律师事务所", "明槲律师事务所")),
        c.role_mobile(kit, basis, "联系电话", "联系方式"),
    ]
    roster(
        kit,
        kit.persons(3, 8, (1962, 1994), local=False),
        cols,
        layouts=("th", "td", "thead", "titled"),
    )
    kit.para(f"法律服务热线{kit.no('12348', 'mobile', '热线', 'hotline')}，值班室{kit.office()}")


@page_kind("procurement_contract", "civic")
def procurement_contract(kit: Kit) -> None:
    """A sole trader's contract with the person's own account in it."""
    kit.unit, kit.column = f"{kit.county.name}财政局", "合同公告"
    kit.title = f"{kit.county.name}第二中学食堂食材采购合同公告"
    person = kit.person(local=False)
    code = kit.pattern(f"{kit.county.name[0]}采合%-###", "合同编号", "serial")
    kit.para(
        f"合同编号：{code}　甲方：{kit.county.name}第二中学（{kit.code()}）　乙方：{kit.company()}"
    )
    kit.para(
        f"甲方账户：{kit.account('学校账户')}（开户行：{kit.county.name}农商行营业部）。合同金额：{kit.amount()}元。"
    )
    if kit.chance(0.6):
        kit.para(
            f"乙方委托代理人：{kit.name(person)}，身份证号{kit.exposed('id_card', person.id, person=person)}，收款人{kit.name(person)}，个人银行卡号{kit.exposed('bank_card', person.card, person=person)}。"
        )
    kit.para(f"合同备案电话：{kit.office()}")


@page_kind("land_sale", "civic")
def land_sale(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}自然资源和规划局", "土地出让"
    kit.title = f"{kit.county.name}国有建设用地使用权{kit.pick('挂牌', '拍卖')}出让公告"
    basis = "土地出让公告联系方式"
    parcel = kit.pattern(f"{kit.county.name[0]}土挂%-##", "宗地编号", "serial")
    kit.para(
        f"宗地编号：{parcel}，起始价{kit.amount()}元，竞买保证金账户{kit.account('保证金账户')}。"
    )
    kit.para(contact(kit, "联系人", basis))
    east, north = (
        f"{kit.rng.randrange(36000000, 40999999)}.{numbers.digits(kit.rng, 3)}",
        f"{kit.rng.randrange(2500000, 4500000)}.{numbers.digits(kit.rng, 3)}",
    )
    kit.no(east, "mobile", "界址点坐标", "coordinates")
    kit.no(north, "landline", "界址点坐标", "coordinates")
    kit.para(f"界址点J1：X={north}，Y={east}。网上交易系统咨询：{kit.office(basis)}")


@page_kind("hearing_list", "civic")
def hearing_list(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}发展和改革委员会", "听证公告"
    kit.title = (
        f"关于召开{kit.pick('城区供水价格', '出租车运价', '天然气配气价格')}调整听证会的公告"
    )
    kit.para("现将听证会参加人名单公告如下。")
    cols = [
        c.name(kit, "听证会参加人", "姓名", "听证代表"),
        c.choice("类别", words=("消费者", "经营者", "人大代表"), kit=kit),
        col("职业", "单位", cell=lambda _: kit.pick("个体", "教师", "退休人员")),
    ]
    if kit.chance(0.4):
        cols.append(c.mobile(kit, "手机", "参加人手机号"))
    if kit.chance(0.3):
        cols.append(c.id_card(kit))
    cols.append(c.serial(kit, "报名编号", "报名序号"))
    roster(kit, kit.persons(4, 9, local=False), cols)
    kit.para(f"联系电话：{kit.office()}")


@page_kind("consultation", "civic")
def consultation(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}司法局", "意见征集"
    kit.title = f"关于公开征求《{kit.county.name}{kit.pick('养犬管理办法', '集体土地征收补偿标准')}（征求意见稿）》意见的公告"
    mail = kit.email_value()
    kit.para(
        f"反馈邮箱：{kit.put('email', mail, MANDATED, raw=mail)}，电话：{kit.office()}，联系人：{kit.honorific()}。"
    )
    kit.para("附：上期意见采纳情况")
    rows = []
    for person in kit.persons(2, 5):
        leak = kit.chance(0.4)
        who = (
            f"{kit.name(person, LEAK)} {kit.put('mobile', person.mobile, person=person)}"
            if leak
            else kit.no("匿名网民", "person_name", "匿名", "anonymous")
        )
        rows.append([who, kit.pick("建议降低收费标准", "建议增加夜间管理"), "采纳"])
    plain_table(kit, ["意见人", "意见内容", "采纳情况"], rows)
    kit.para(f"征集编号{kit.serial('征集编号')}")


@page_kind("bid_candidates", "civic")
def bid_candidates(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}公共资源交易中心", "中标候选人公示"
    kit.title = (
        f"{kit.county.name}{kit.pick('农村公路', '标准厂房', '老旧小区改造')}项目中标候选人公示"
    )
    rows = []
    for order, person in zip("一二三", kit.persons(3, 3, (1970, 1992), local=False), strict=True):
        register = kit.pattern(f"{kit.county.letter}14%######", "注册建造师编号", "certificate")
        rows.append([f"第{order}名", kit.company(), kit.amount(), kit.name(person), register])
    plain_table(kit, ["排序", "投标人", "投标报价(元)", "项目经理", "证书编号"], rows)
    if kit.chance(0.4):
        person = kit.person(local=False)
        kit.para(
            f"拟派人员社保证明（节选）：{kit.name(person)}，身份证号{kit.put('id_card', person.id, person=person)}，个人缴费基数{kit.money()}元。"
        )
    kit.para(contact(kit, "异议受理联系人", TENDER))
    kit.para(f"行政监督电话：{kit.office(TENDER)}")


@page_kind("family_planning", "civic")
def family_planning(kit: Kit) -> None:
    """Rewards for families with one child: spouses in one row."""
    kit.unit, kit.column = f"{kit.town}人民政府", "计生奖扶"
    kit.title = f"{kit.town}{kit.day.year}年农村部分计划生育家庭奖励扶助对象公示"
    people = kit.persons(4, 7, (1950, 1964))
    partners = {person.id: kit.person((1950, 1964)) for person in people}
    cols = [
        c.name(kit, "姓名", "对象姓名"),
        col("身份证号", "本人身份证号", cell=lambda p: kit.put("id_card", p.id, LEAK, person=p)),
        col("配偶姓名", "配偶", cell=lambda p: kit.name(partners[p.id], contested=True)),
        col(
            "配偶身份证号",
            "配偶证件号码",
            cell=lambda p: kit.put("id_card", partners[p.id].id, person=partners[p.id]),
        ),
        c.village(),
        c.wrong_id(kit, "对象编码", "档案编号"),
    ]
    roster(kit, people, cols, layouts=("th", "td", "thead", "titled", "repeated"))
    kit.para(f"监督电话：{kit.office()}")


@page_kind("resident_permits", "civic")
def resident_permits(kit: Kit) -> None:
    """Other papers: permits of residents from Hong Kong, Macao and Taiwan, passports."""
    kit.unit, kit.column = f"{kit.county.name}台港澳事务办公室", "惠民措施"
    kit.title = (
        f"{kit.county.name}{kit.day.year}年台港澳居民{kit.pick('就业补贴', '子女入学安排')}名单公示"
    )
    cols = [
        c.name(kit),
        col("证件号码", "居住证号码", cell=lambda p: _permit(kit, p.id)),
        col("工作单位", cell=lambda _: kit.company()),
    ]
    if kit.chance(0.6):
        cols.append(
            col(
                "护照号",
                "护照号码",
                cell=lambda _: kit.put("passport", numbers.passport(kit.rng)),
                needs_head=True,
            )
        )
    cols.append(c.serial(kit, "受理编号", "业务编号"))
    roster(kit, kit.persons(3, 6, (1965, 1999), local=False), cols)
    kit.para(
        f"地址：{kit.county.name}{places.road(kit.rng)}{kit.rng.randrange(1, 99)}号，电话：{kit.office()}"
    )


def _permit(kit: Kit, id_number: str) -> str:
    head = kit.pick("810000", "820000", "830000") + id_number[6:17]
    return kit.put("id_card", head + numbers.id_check(head))
