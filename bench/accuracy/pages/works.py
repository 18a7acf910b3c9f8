"""Tenders, procurement, environmental assessment: contacts that the law wants to be there."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import numbers, places
from bench.accuracy.kit import Kit
from bench.accuracy.labels import LEAK, MANDATED, MASKED
from bench.accuracy.pages import columns as c
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import roster

TENDER = "招标公告和公示信息发布管理办法第五条:招标人、代理机构的联系人及联系方式"
PROCUREMENT = "政府采购法实施条例第四十三条:采购人、代理机构名称、地址和联系方式"
EIA = "环境影响评价公众参与办法第九条、第十条:建设单位、编制单位联系方式"


def contact(kit: Kit, role: str, basis: str, *, phone_word: str = "") -> str:
    """A contact of an organisation: name, then a mobile or a landline."""
    person = kit.person(local=False)
    who = kit.honorific() if kit.chance(0.4) else kit.name(person)
    number = (
        kit.put("mobile", person.mobile, MANDATED, basis=basis, person=person)
        if kit.chance(0.55)
        else kit.office(basis)
    )
    word = phone_word or kit.pick("电话", "联系电话", "联系方式", "电　话")
    return f"{role}：{who}　{word}：{number}"


@page_kind("tender_notice", "works")
def tender_notice(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}公共资源交易中心", "招标公告"
    kit.title = (
        f"{kit.county.name}{kit.pick('人民医院综合楼', '第四小学', '城区雨污分流')}工程施工招标公告"
    )
    code = kit.no(
        f"{kit.pick('E', 'GC')}{kit.county.area}07{numbers.digits(kit.rng, 10)}",
        "id_card",
        "招标项目编号",
        "project_code",
    )
    kit.para(f"项目编号：{code}。本项目估算投资{kit.amount()}元，资金已落实。")
    kit.para(
        "投标保证金账户：",
        kit.no(
            numbers.organisation_account(kit.rng), "bank_card", "保证金账户", "organisation_account"
        ),
        f"，户名：{kit.county.name}公共资源交易中心。",
    )
    kit.para(
        f"招标人：{kit.company()}　地址：{kit.county.name}{places.road(kit.rng)}{kit.rng.randrange(1, 300)}号"
    )
    kit.para(contact(kit, "联系人", TENDER))
    kit.para(f"招标代理机构：{kit.company()}")
    kit.para(contact(kit, kit.pick("联系人", "项目负责人"), TENDER))
    if kit.chance(0.5):
        mail = kit.email_value()
        kit.para(f"电子邮箱：{kit.put('email', mail, MANDATED, basis=TENDER, raw=mail)}")


@page_kind("procurement_result", "works")
def procurement_result(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}财政局", "政府采购"
    kit.title = f"{kit.county.name}{kit.pick('办公设备', '校服', '体检设备', '物业服务')}采购项目{kit.pick('中标', '成交')}公告"
    code = kit.no(
        f"{kit.county.name[0]}采招{kit.day:%Y%m%d}-{numbers.digits(kit.rng, 3)}",
        "mobile",
        "采购项目编号",
        "project_code",
    )
    kit.para(f"一、项目编号：{code}　二、中标金额：{kit.money(10000, 900000)}元")
    kit.para(f"三、供应商名称：{kit.company()}（{kit.code()}）")
    kit.para("四、评审专家名单：", "、".join(kit.name(p) for p in kit.persons(3, 5, local=False)))
    kit.para(
        f"五、采购人信息　名称：{kit.county.name}教育局　{contact(kit, '联系人', PROCUREMENT)}"
    )
    kit.para(f"六、代理机构信息　名称：{kit.company()}　{contact(kit, '项目联系人', PROCUREMENT)}")


@page_kind("expert_fees", "works")
def expert_fees(kit: Kit) -> None:
    """A lawful notice with an annex that is not: the experts' ID numbers and accounts."""
    kit.unit, kit.column = f"{kit.county.name}公共资源交易中心", "评标情况"
    kit.title = (
        f"{kit.county.name}{kit.pick('市政道路', '信息化系统')}项目评标情况及专家劳务费发放表"
    )
    kit.para(contact(kit, "招标人联系人", TENDER))
    kit.para("附件：评标专家劳务费发放表")
    cols = [
        c.name(kit, "专家姓名", "姓名", contested=True),
        c.id_card(kit),
        c.mobile(kit),
        c.card(kit, "银行账号", "开户账号"),
        c.money(kit, "劳务费(元)", low=300, high=1200),
    ]
    roster(kit, kit.persons(3, 6, (1960, 1990), local=False), cols)


@page_kind("eia_first", "works")
def eia_first(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}生态环境分局", "环评公示"
    kit.title = f"年产{kit.rng.randrange(1, 90)}万吨{kit.pick('水泥熟料', '饲料', '再生铝')}项目环境影响评价第一次信息公示"
    kit.para(f"建设单位：{kit.company()}")
    kit.para(contact(kit, "联系人", EIA))
    kit.para(f"环评编制单位：{kit.company()}")
    kit.para(contact(kit, "联系人", EIA))
    if kit.chance(0.7):
        mail = f"{numbers.digits(kit.rng, 9)}@qq.com" if kit.chance(0.5) else kit.email_value()
        kit.para(f"电子邮箱：{kit.put('email', mail, MANDATED, basis=EIA, raw=mail)}")
    kit.para("公众可通过信函、电话、电子邮件等方式提出意见。")


@page_kind("eia_signatures", "works")
def eia_signatures(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}生态环境分局", "环评公示"
    kit.title = (
        f"{kit.pick('生活垃圾焚烧发电', '养殖场扩建', '采石场')}项目环境影响报告书报批前公示"
    )
    kit.para(f"建设单位：{kit.company()}　{contact(kit, '联系人', EIA)}")
    kit.para(f"附件：公众参与{kit.pick('调查人员名单', '座谈会签到表', '意见表统计')}")
    cols = [
        c.name(kit, "姓名", "被调查人", disposition=LEAK, contested=True),
        c.sex(),
        c.home(kit, "住址", "家庭住址"),
        c.mobile(kit),
        c.choice("态度", "意见", words=("支持", "有条件支持", "不反对"), kit=kit),
    ]
    if kit.chance(0.5):
        cols.append(c.id_card(kit))
    roster(kit, kit.persons(4, 9), cols)


@page_kind("eia_masked_opinions", "works")
def eia_masked_opinions(kit: Kit) -> None:
    """The same annex as it should be: names and numbers masked."""
    kit.unit, kit.column = f"{kit.county.name}生态环境分局", "环评公示"
    kit.title = f"{kit.pick('纸业', '建材', '化工')}项目环境影响报告书公众参与说明（节选）"
    kit.para(contact(kit, "建设单位联系人", EIA))
    people = kit.persons(3, 6)
    style = kit.pick((3, 4), (3, 0), (0, 4))
    rows = []
    for person in people:
        shown = person.mobile[: style[0]] + "*" * (11 - sum(style)) + person.mobile[11 - style[1] :]
        number = kit.put("mobile", shown, MASKED, person=person, raw=shown)
        rows.append(
            f"<tr><td>{kit.name(person, MASKED)}</td><td>{number}</td><td>建议加强绿化</td></tr>"
        )
    kit.html(
        f"<table border=1><tr><td>意见人</td><td>联系方式</td><td>意见</td></tr>{''.join(rows)}</table>"
    )
    kit.para(f"受理编号：{kit.serial()}")
