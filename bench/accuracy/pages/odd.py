"""Rosters as careless people make them: lying headers, split tables, pasted text, exports."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

import csv
import io
from collections.abc import Sequence

from bench.accuracy.kit import Kit
from bench.accuracy.labels import ATTRIBUTE, LEAK, MANDATED
from bench.accuracy.people import Person
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import plain_table


def _id(kit: Kit, person: Person) -> str:
    return kit.put("id_card", person.id, LEAK, person=person)


def _mobile(kit: Kit, person: Person) -> str:
    return kit.put("mobile", person.mobile, LEAK, person=person)


def _closing(kit: Kit) -> None:
    kit.para(f"联系电话：{kit.office()}，受理编号：{kit.serial()}")


@page_kind("lying_headers", "odd")
def lying_headers(kit: Kit) -> None:
    """编号 stands over ID numbers, 备注 holds phones."""
    kit.unit, kit.column = f"{kit.town}人民政府", "公示公告"
    kit.title = (
        f"{kit.town}{kit.day.year}年{kit.pick('农机购置补贴', '产业奖补', '公益林补偿')}公示"
    )
    rows = []
    for person in kit.persons(4, 8):
        note = kit.pick("", "手机", "电话")
        rows.append(
            [kit.name(person), _id(kit, person), kit.money(), f"{note}{_mobile(kit, person)}"]
        )
    plain_table(
        kit,
        ["姓名", kit.pick("编号", "证号", "代码"), "金额", kit.pick("备注", "说明", "其他")],
        rows,
    )
    _closing(kit)


@page_kind("split_tables", "odd")
def split_tables(kit: Kit) -> None:
    """The roster goes on in a second table without a header."""
    kit.unit, kit.column = f"{kit.town}人民政府", "补贴发放"
    kit.title = (
        f"{kit.town}{kit.day.year}年{kit.pick('农村低保', '边民补助', '生态护林员补助')}发放表"
    )
    rows = [
        [
            str(i),
            kit.name(p),
            _id(kit, p),
            p.village,
            kit.put("bank_card", p.card, person=p),
            kit.money(),
        ]
        for i, p in enumerate(kit.persons(6, 10), 1)
    ]
    half = len(rows) // 2
    plain_table(kit, ["序号", "姓名", "身份证号", "村", "银行账号", "金额"], rows[:half])
    kit.html(
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{x}</td>" for x in row) + "</tr>" for row in rows[half:])
        + "</table>"
    )
    _closing(kit)


@page_kind("households", "odd")
def households(kit: Kit) -> None:
    """Households with members: the head's cells span the rows of the family."""
    kit.unit, kit.column = f"{kit.town}人民政府", "易地搬迁"
    kit.title = f"{kit.town}{kit.pick('易地搬迁', '生态移民', '安置房分配')}人口核定表"
    rows = [
        "<tr><th>户主</th><th>户主电话</th><th>家庭成员</th><th>与户主关系</th><th>身份证号码</th></tr>"
    ]
    for head in kit.persons(2, 4, (1955, 1985)):
        members = [
            ("本人", head),
            *((kit.pick("配偶", "儿子", "女儿"), m) for m in kit.persons(1, 3, (1960, 2012))),
        ]
        span = f' rowspan="{len(members)}"'
        for at, (relation, member) in enumerate(members):
            lead = (
                f"<td{span}>{kit.name(head)}</td><td{span}>{_mobile(kit, head)}</td>"
                if at == 0
                else ""
            )
            name = kit.name(member, contested=True)
            rows.append(
                f"<tr>{lead}<td>{name}</td><td>{relation}</td><td>{_id(kit, member)}</td></tr>"
            )
    kit.html(f"<table border=1>{''.join(rows)}</table>")
    _closing(kit)


@page_kind("pasted_roster", "odd")
def pasted_roster(kit: Kit) -> None:
    """A roster in one running paragraph."""
    kit.unit, kit.column = f"{kit.town}人民政府", "通知公告"
    kit.title = f"关于公布{kit.pick('村级后备人才', '护林员', '网格员')}拟聘人选的通知"
    before, inside = kit.pick(("；", "，"), ("。", "、"), ("<br/>", "，"))
    items = []
    for number, person in enumerate(kit.persons(4, 8), 1):
        number_text = f"{number}.{kit.name(person)}"
        items.append(
            inside.join(
                (
                    number_text,
                    person.sex,
                    f"身份证号{_id(kit, person)}",
                    f"联系电话{_mobile(kit, person)}",
                )
            )
        )
    kit.para("人选名单如下：", before.join(items), "。")
    _closing(kit)


@page_kind("several_tables", "odd")
def several_tables(kit: Kit) -> None:
    """A clean table, a table of officials, a leaking annex on one page."""
    kit.unit, kit.column = f"{kit.county.name}农业农村局", "乡村振兴"
    kit.title = (
        f"{kit.county.name}{kit.day.year}年{kit.pick('庭院经济', '雨露计划', '小额信贷')}项目公示"
    )
    plain_table(
        kit,
        ["项目名称", "项目编号", "资金(元)"],
        [
            ["种植", kit.serial("项目编号"), kit.amount()],
            ["养殖", kit.serial("项目编号"), kit.amount()],
        ],
    )
    plain_table(kit, ["部门", "联系电话"], [["产业股", kit.office()], ["监督股", kit.office()]])
    kit.para("附件：受益户名单")
    plain_table(
        kit,
        ["户主", "身份证号", "联系电话"],
        [[kit.name(p), _id(kit, p), _mobile(kit, p)] for p in kit.persons(3, 6)],
    )


@page_kind("attachment_titles", "odd")
def attachment_titles(kit: Kit) -> None:
    """A list of attachments whose titles and alternative texts give people away."""
    kit.unit, kit.column = f"{kit.county.name}教育局", "附件下载"
    kit.title = f"{kit.county.name}{kit.day.year}年{kit.pick('教师资格认定', '普通话测试', '学籍办理')}有关附件"
    for person in kit.persons(2, 5):
        name = kit.name(person, LEAK, where=ATTRIBUTE, contested=True)
        number = kit.put("id_card", person.id, where=ATTRIBUTE, person=person)
        file = kit.no(
            f"0{kit.day:%Y%m%d}{kit.rng.randrange(10**11, 10**12)}",
            "id_card",
            "附件文件名",
            "file_name",
        )
        holder = kit.pick(
            f'<p><a href="/upload/P{file}.xls" title="{name}{number}">附件.xls</a></p>',
            f'<p><img src="/upload/P{file}.jpg" alt="{name} {number}"/></p>',
            f'<p><a href="/upload/P{file}.doc" data-title="{name} {number}">附件.doc</a></p>',
        )
        kit.html(holder)
    if kit.chance(0.6):
        person = kit.person()
        number = kit.put("mobile", person.mobile, where=ATTRIBUTE, person=person)
        kit.html(
            f'<input type="hidden" name="{kit.pick("lxdh", "phone", "mobile")}" value="{number}"/>'
        )
    _closing(kit)


def _csv(kit: Kit, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    kit.csv_text = out.getvalue()


@page_kind("csv_roster", "odd")
def csv_roster(kit: Kit) -> None:
    """An export with people in it."""
    kit.plain_text = True
    kit.title = f"{kit.town}补贴发放明细"
    rows = [
        [
            kit.serial("业务编号"),
            kit.name(p),
            _id(kit, p),
            _mobile(kit, p),
            kit.put("bank_card", p.card, person=p),
            kit.money(),
        ]
        for p in kit.persons(5, 12)
    ]
    _csv(kit, ["业务编号", "姓名", "身份证号", "手机号码", "银行账号", "金额"], rows)


@page_kind("csv_open_data", "odd")
def csv_open_data(kit: Kit) -> None:
    """An export without people: bodies, codes, coordinates, switchboards."""
    kit.plain_text = True
    kit.title = f"{kit.county.name}公共服务机构名录"
    rows = []
    for _ in range(kit.rng.randint(4, 9)):
        east = kit.no(
            f"11{kit.rng.randrange(10)}.{kit.rng.randrange(10**7, 10**8)}",
            "mobile",
            "经度",
            "coordinates",
        )
        phone = kit.put("landline_office", kit.landline_value(), MANDATED)
        rows.append([kit.company(), kit.code(), phone, east, kit.serial("采集编号"), kit.amount()])
    _csv(kit, ["机构名称", "统一社会信用代码", "办公电话", "经度", "采集编号", "注册资本"], rows)
