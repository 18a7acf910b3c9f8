"""Pages about things: nobody's data but the office's own phone, and look-alikes in plenty."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import numbers, places
from bench.accuracy.kit import Kit
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import plain_table


@page_kind("project_approvals", "plain")
def project_approvals(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}发展和改革委员会", "项目审批"
    kit.title = f"{kit.county.name}{kit.day.year}年{kit.day.month}月投资项目审批结果"
    rows = []
    for _ in range(kit.rng.randint(4, 8)):
        code = kit.pattern("2%-@-04-01-######", "项目代码", "project_code")
        rows.append(
            [
                kit.serial("受理编号"),
                code,
                kit.company(),
                kit.code(),
                kit.amount(),
                kit.wrong_id("办件编号"),
            ]
        )
    plain_table(
        kit,
        ["受理编号", "项目代码", "项目单位", "统一社会信用代码", "总投资(元)", "办件编号"],
        rows,
    )
    kit.para(f"咨询电话：{kit.office()}")


@page_kind("statistics", "plain")
def statistics(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}统计局", "统计公报"
    kit.title = f"{kit.county.name}{kit.day.year}年国民经济和社会发展统计公报"
    kit.para(
        f"全年实现地区生产总值{kit.amount()}元，增长{kit.rng.randrange(2, 9)}.{kit.rng.randrange(10)}%；户籍人口{kit.no(numbers.digits(kit.rng, 7), 'landline', '人口数', 'count')}人。"
    )
    rows = [
        [name, kit.amount(), f"{kit.rng.randrange(1, 12)}.{kit.rng.randrange(10)}"]
        for name in ("第一产业", "第二产业", "第三产业", "固定资产投资")
    ]
    plain_table(kit, ["指标", "总量(元)", "增速(%)"], rows)
    kit.para(f"数据解释电话：{kit.office()}")


@page_kind("news", "plain")
def news(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}融媒体中心", "今日要闻"
    leader = kit.person((1966, 1980), local=False)
    kit.title = f"{kit.county.name}召开{kit.pick('安全生产', '乡村振兴', '招商引资')}工作推进会"
    kit.para(
        f"{kit.day.month}月{kit.day.day}日，{kit.county.name}召开工作推进会。{kit.county.name[-1]}长{kit.name(leader)}出席会议并讲话。"
    )
    kit.para(
        f"会议指出，要高度重视，压实责任，方便群众办事。全年完成投资{kit.amount()}元，新增就业{kit.rng.randrange(1000, 9999)}人。"
    )
    link = kit.no(numbers.mobile(kit.rng), "mobile", "网址中的数字", "url_number")
    kit.html(
        f'<p><a href="/news/{link}.html"><img src="/images/{kit.day:%Y%m}/{link}.jpg" alt="会议现场"/></a></p>'
    )
    kit.para(
        f"（记者 {kit.name(kit.person(local=False), contested=True)}）新闻热线：{kit.office()}"
    )


@page_kind("downloads", "plain")
def downloads(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}财政局", "资料下载"
    kit.title = f"{kit.county.name}{kit.day.year}年部门决算公开附件汇总"
    for word in kit.rng.sample(("民政局", "教育局", "水利局", "林业局", "审计局"), 4):
        name = f"P0{kit.day:%Y%m%d}{numbers.digits(kit.rng, 12)}"
        kit.no(name[1:], "id_card", "附件文件名", "file_name")
        other = kit.no(numbers.mobile(kit.rng), "mobile", "附件文件名", "file_name")
        kit.html(
            f'<p><a href="/files/{name}.pdf" title="{word}决算_{other}.pdf">{word}{kit.day.year}年决算_{other}.pdf</a></p>'
        )
    kit.para(f"财政局预算股：{kit.office()}")


@page_kind("books_and_goods", "plain")
def books_and_goods(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}图书馆", "公告"
    kit.title = (
        f"{kit.pick('农家书屋', '图书馆')}{kit.day.year}年{kit.pick('新书', '设备')}采购清单"
    )
    rows = []
    for _ in range(kit.rng.randint(4, 8)):
        book = f"9787{numbers.digits(kit.rng, 9)}"
        kit.no(book, "mobile/bank_card", "书号", "isbn")
        bar = kit.pattern("69########" + numbers.digits(kit.rng, 3), "商品条码", "barcode")
        rows.append(
            [
                kit.pick("农村实用技术", "少儿百科", "法律问答"),
                book,
                bar,
                kit.serial("订单号"),
                f"{kit.rng.randrange(20, 99)}.{kit.rng.randrange(10, 99)}",
            ]
        )
    plain_table(kit, ["名称", "ISBN", "条码", "订单号", "单价"], rows)
    kit.para(f"馆务电话：{kit.office()}")


@page_kind("monitoring", "plain")
def monitoring(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}生态环境分局", "环境质量"
    kit.title = f"{kit.county.name}集中式饮用水水源水质监测信息"
    rows = []
    for _ in range(kit.rng.randint(3, 7)):
        east = f"1{kit.rng.randrange(10, 19)}.{numbers.digits(kit.rng, 8)}"
        kit.no(east, "mobile", "经度", "coordinates")
        north = f"3{kit.rng.randrange(10)}.{numbers.digits(kit.rng, 8)}"
        kit.no(north, "mobile", "纬度", "coordinates")
        station = kit.pattern("@####", "站点编码", "serial")
        rows.append(
            [
                station,
                east,
                north,
                kit.no(f"0.{numbers.digits(kit.rng, 11)}", "mobile", "监测值", "decimal"),
                kit.pick("Ⅱ类", "Ⅲ类"),
            ]
        )
    plain_table(kit, ["站点编码", "经度", "纬度", "浓度(mg/L)", "水质类别"], rows)
    kit.para(f"监测站电话：{kit.office()}")


@page_kind("finance_disclosure", "plain")
def finance_disclosure(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}财政局", "财政资金"
    kit.title = f"{kit.county.name}{kit.day.year}年专项资金拨付情况表"
    rows = []
    for _ in range(kit.rng.randint(4, 8)):
        invoice = kit.no(
            f"{kit.day:%y}{kit.county.area[:2]}2{numbers.digits(kit.rng, 15)}",
            "id_card/bank_card",
            "数电发票号码",
            "invoice",
        )
        rows.append(
            [
                kit.company(),
                kit.account(),
                invoice,
                kit.amount(),
                kit.pattern("%####", "凭证号", "voucher"),
            ]
        )
    plain_table(kit, ["收款单位", "收款账号", "发票号码", "拨付金额(元)", "凭证号"], rows)
    kit.para(f"监督电话：{kit.office()}")


@page_kind("bus_and_hotlines", "plain")
def bus_and_hotlines(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}交通运输局", "便民服务"
    kit.title = f"{kit.county.name}公交线路和便民热线"
    rows = [
        [
            f"{kit.rng.randrange(1, 40)}路",
            f"{places.road(kit.rng)}—{places.road(kit.rng)}",
            "6:30-18:30",
        ]
        for _ in range(4)
    ]
    plain_table(kit, ["线路", "起讫站", "运营时间"], rows)
    for word, number in (
        ("供水抢修", "96" + numbers.digits(kit.rng, 3)),
        ("政务服务", "12345"),
        ("消费投诉", "12315"),
        ("银行客服", "400" + numbers.digits(kit.rng, 7)),
    ):
        kit.no(number, "mobile/landline", "热线", "hotline")
        kit.para(f"{word}：{number}")
    kit.para(f"客运站问询处：{kit.office()}")


@page_kind("express_orders", "plain")
def express_orders(kit: Kit) -> None:
    """Serials of everything: waybills, licences, seeds, standards."""
    kit.unit, kit.column = f"{kit.county.name}邮政管理局", "公告"
    kit.title = f"{kit.pick('无着快件', '暂扣物品', '涉案财物')}公告"
    rows = []
    for _ in range(kit.rng.randint(4, 9)):
        way = kit.no(
            kit.pick("SF", "YT", "78") + numbers.digits(kit.rng, 13),
            "bank_card",
            "运单号",
            "waybill",
        )
        rows.append(
            [
                way,
                kit.serial("快件编号"),
                kit.wrong_id("登记编号"),
                kit.no(
                    f"GB/T {kit.rng.randrange(10000, 45999)}-{kit.day.year}",
                    "landline",
                    "标准号",
                    "standard",
                ),
            ]
        )
    plain_table(kit, ["运单号", "快件编号", "登记编号", "适用标准"], rows)
    kit.para(f"认领电话：{kit.office()}")


@page_kind("village_contacts_clean", "plain")
def village_contacts_clean(kit: Kit) -> None:
    """A roster as it should be: names and villages, an office line each."""
    kit.unit, kit.column = f"{kit.county.name}民政局", "基层自治"
    kit.title = f"{kit.county.name}村（居）民委员会主任名单及办公电话"
    rows = [[p.village, kit.name(p), kit.office()] for p in kit.persons(4, 9, (1962, 1990))]
    plain_table(kit, ["村（社区）", "主任", "村委会办公电话"], rows)
    kit.para(
        f"区划代码：{kit.pattern('@100###', '统计用区划代码', 'serial')}，换届选举批复{kit.document_number('民')}"
    )
