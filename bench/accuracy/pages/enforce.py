"""Penalties and permits: tables, scripts, notices of void licences."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import numbers
from bench.accuracy.kit import Kit
from bench.accuracy.labels import ATTRIBUTE, LEAK, MANDATED, MASKED, SCRIPT
from bench.accuracy.pages import columns as c
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import col, plain_table, roster

_ACTS = ("占道经营", "未按规定倾倒垃圾", "无证运输", "擅自搭建", "超限运输")


@page_kind("penalty_table", "enforce")
def penalty_table(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}城市管理局", kit.pick("双公示", "行政处罚")
    kit.title = f"{kit.county.name}城市管理局{kit.day.year}年{kit.day.month}月行政处罚信息公示"
    kit.para("现将本月作出的行政处罚决定予以公示，公示七个工作日。")
    cols = [
        c.name(kit, "行政相对人名称", "当事人", "被处罚人"),
        c.id_card(kit, "证件号码", "身份证号", "居民身份证号"),
        c.fixed_number(kit, "决定书编号", "处罚决定书文号", make="5@%####", trap="serial"),
        c.choice("违法事实", "违法行为", words=_ACTS, kit=kit),
        c.money(kit, "处罚金额", "罚款(元)", low=100, high=3000),
    ]
    if kit.chance(0.3):
        cols.append(c.mobile(kit))
    roster(kit, kit.persons(3, 8), cols)
    kit.para(f"行政相对人为单位的：{kit.company()}，{kit.code()}。信用科电话：{kit.office()}")


@page_kind("penalty_script", "enforce")
def penalty_script(kit: Kit) -> None:
    """The table on the screen is masked, the data behind it are not."""
    kit.unit, kit.column = f"{kit.county.name}交通运输局", "双公示"
    kit.title = f"{kit.county.name}交通运输局行政处罚双公示信息"
    rows, shown = [], []
    for person in kit.persons(3, 7):
        number = kit.document_number("交罚")
        masked = person.id[:6] + "*" * 8 + person.id[14:]
        shown.append(
            [
                number,
                kit.name(person, MASKED),
                kit.put("id_card", masked, MASKED, person=person, raw=masked),
                kit.pick(*_ACTS),
            ]
        )
        rows.append(
            [
                ("wsh", number),
                (kit.pick("xdrmc", "XDR_MC", "name"), kit.name(person, where=SCRIPT)),
                (kit.pick("zjhm", "XDR_ZJHM", "sfzh"), kit.in_script("id_card", person.id, person)),
                *(
                    [("lxdh", kit.in_script("mobile", person.mobile, person))]
                    if kit.chance(0.6)
                    else []
                ),
                (
                    "je",
                    kit.no(
                        f"{kit.rng.randrange(1, 99)}.{numbers.digits(kit.rng, 4)}",
                        "mobile",
                        "金额(万元)",
                        "amount",
                    ),
                ),
            ]
        )
    rows.append(
        [("wsh", kit.document_number("交罚")), ("xdrmc", kit.company()), ("tyshxydm", kit.code())]
    )
    plain_table(kit, ["文书号", "相对人", "证件号码", "事由"], shown)
    kit.json_rows(rows, kit.pick("cfData", "rows", "publicityList"))
    kit.para(f"咨询电话：{kit.office()}")


@page_kind("permit_script", "enforce")
def permit_script(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}住房和城乡建设局", "行政许可"
    kit.title = f"{kit.county.name}{kit.day.year}年{kit.day.month}月建筑工程施工许可证核发情况"
    rows, lines = [], []
    for person in kit.persons(2, 5, (1965, 1995), local=False):
        held = kit.put("id_card", person.id, where=ATTRIBUTE, person=person)
        permit = kit.pattern("@%" + f"{kit.day:%m%d}" + "0#01", "施工许可证编号", "certificate")
        register = kit.pattern("14%0######", "注册编号", "certificate")
        lines.append(
            f'<tr data-{kit.pick("key", "pm", "idcard")}="{held}"><td>{permit}</td><td>{kit.company()}</td>'
            f"<td>{kit.name(person)}</td><td>{register}</td></tr>"
        )
        rows.append(
            [
                ("xm", kit.name(person, where=SCRIPT)),
                ("sjh", kit.in_script("mobile", person.mobile, person)),
            ]
        )
    head = "<tr><th>施工许可证编号</th><th>建设单位</th><th>项目经理</th><th>注册编号</th></tr>"
    kit.html(f'<table border="1">{head}{"".join(lines)}</table>')
    kit.json_rows(rows, "sgxk")
    kit.para(f"咨询电话：{kit.office()}")


@page_kind("licence_void", "enforce")
def licence_void(kit: Kit) -> None:
    """The number of a driving licence is the ID number."""
    kit.unit, kit.column = f"{kit.county.name}公安局交通警察大队", "公告"
    kit.title = f"关于{kit.day.year}年第{kit.rng.randrange(1, 9)}批机动车驾驶证{kit.pick('停止使用', '作废', '注销')}的公告"
    kit.para("下列驾驶人的机动车驾驶证因逾期未换证，依法公告作废。")
    cols = [
        c.name(kit, "驾驶人", "姓名", "驾驶人姓名"),
        c.id_card(kit, "驾驶证号", "驾驶证号码", "证号"),
        c.fixed_number(kit, "档案编号", make="@######", trap="serial"),
        c.choice("准驾车型", words=("C1", "B2", "D", "E"), kit=kit),
    ]
    roster(kit, kit.persons(4, 9), cols)
    kit.para(f"车驾管业务咨询：{kit.office()}")


@page_kind("traffic_notice", "enforce")
def traffic_notice(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}公安局交通警察大队", "公告送达"
    kit.title = "道路交通违法行为处理告知公告"
    kit.para("下列当事人请于公告之日起十五日内到大队接受处理。")
    cols = [
        c.name(kit, "当事人", "姓名"),
        c.id_card(kit),
        col("号牌号码", "车牌号", cell=lambda _: kit.plate(LEAK, contested=True)),
        c.fixed_number(kit, "决定书编号", "告知书编号", make="@-####", trap="serial"),
        c.choice("违法行为", words=("无证驾驶", "未戴头盔", "逆向行驶"), kit=kit),
    ]
    roster(kit, kit.persons(3, 8), cols)
    kit.para(f"联系电话：{kit.office()}")


@page_kind("market_penalties", "enforce")
def market_penalties(kit: Kit) -> None:
    """Sole traders: name and code are public, the ID number is not."""
    kit.unit, kit.column = f"{kit.county.name}市场监督管理局", "行政处罚"
    kit.title = f"{kit.county.name}市场监督管理局行政处罚信息摘要"
    rows = []
    for person in kit.persons(3, 6):
        shop = f"{kit.county.name}{person.name[0]}记{kit.pick('小吃店', '超市', '药房')}"
        number = kit.exposed("id_card", person.id, person=person) if kit.chance(0.6) else "—"
        rows.append(
            [
                shop,
                kit.code(),
                kit.name(person),
                number,
                kit.pick("过期食品", "未明码标价"),
                kit.money(100, 9000),
            ]
        )
    plain_table(
        kit,
        ["当事人", "统一社会信用代码", "经营者", "经营者身份证号", "违法行为", "罚没金额"],
        rows,
    )
    kit.para(
        f"处罚机关电话：{kit.office()}，投诉举报请拨{kit.no('12315', 'mobile', '热线', 'hotline')}。"
    )


@page_kind("vehicle_auction", "enforce")
def vehicle_auction(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}机关事务管理中心", "拍卖公告"
    basis = "拍卖法第四十六条"
    kit.title = f"{kit.county.name}公务用车拍卖公告"
    kit.para("受委托，定于下月公开拍卖下列车辆。")
    rows = []
    for number in range(1, kit.rng.randint(3, 6)):
        frame = kit.pattern(
            "LSV" + kit.pick("AB", "CD", "FG") + "4BR#" + kit.pick("EN", "DN") + "#######",
            "车辆识别代号",
            "vin",
            "id_card",
        )
        rows.append(
            [
                str(number),
                kit.plate(MANDATED, basis=basis),
                "大众牌轿车",
                frame,
                kit.money(8000, 60000),
            ]
        )
    plain_table(kit, ["标的", "车牌号", "厂牌型号", "车架号", "起拍价(元)"], rows)
    person = kit.person(local=False)
    kit.para(
        f"看样联系人：{kit.name(person)}，电话：{kit.put('mobile', person.mobile, MANDATED, basis=basis, person=person)}；",
        f"监督电话：{kit.office(basis)}。保证金账号：{kit.account('保证金账户')}（户名：{kit.company()}）。",
    )
