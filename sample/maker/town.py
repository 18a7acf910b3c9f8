"""石桥镇 (level 乡镇街道), the service guides that belong to no unit, and the excluded folder."""

from sample.maker.site import ROBOTS, Notice, Site, link_list, paragraphs, table
from sample.maker.values import People, Person

UNIT = "石桥镇人民政府"
COLUMN = "村务公开"
FOLDER = "/shiqiao"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _notice(number: int, day: str, title: str) -> Notice:
    return Notice(f"{FOLDER}/t{day.replace('-', '')}_{number}.html", title, UNIT, COLUMN, day)


def build(site: Site, people: People, twice: Person) -> None:
    """Add the town's pages, the guides and the excluded folder."""
    notices = [
        _written_forms(site, people),
        _helpers(site, people),
        _look_alikes(site, people),
        _other_mask(site, people, twice),
        _duty(site),
    ]
    entries = [(n.path.rpartition("/")[2], n.title, n.published) for n in notices]
    home = Notice(f"{FOLDER}/index.html", UNIT, UNIT, COLUMN, notices[0].published)
    site.page(home, link_list(entries))
    _guides(site, people)
    _excluded(site, people)


def _person_with_x(people: People) -> Person:
    while True:
        person = people.person()
        if person.id_card.endswith("X"):
            return person


def _written_forms(site: Site, people: People) -> Notice:
    """Full width, spaces, hyphens, +86, entities, zero-width characters, tags, lower-case x."""
    notice = _notice(3001, "2026-09-05", "石桥镇2026年危房改造对象公示")
    plot = site.plot(notice.path)
    a, b, c, d, e, f = people.persons(6)
    x = _person_with_x(people)
    card_a = plot.put("id_card", a.id_card, a.name, raw=a.id_card.translate(_FULL_WIDTH))
    card_b = plot.put(
        "id_card", b.id_card, b.name, raw=f"{b.id_card[:6]}<b>{b.id_card[6:14]}</b>{b.id_card[14:]}"
    )
    card_x = plot.put("id_card", x.id_card, x.name, raw=x.id_card.lower())
    mobile_c = plot.put(
        "mobile", c.mobile, c.name, raw=f"+86 {c.mobile[:3]}-{c.mobile[3:7]}-{c.mobile[7:]}"
    )
    mobile_d = plot.put(
        "mobile", d.mobile, d.name, raw="".join(f"&#{ord(digit)};" for digit in d.mobile)
    )
    mobile_e = plot.put("mobile", e.mobile, e.name, raw=f"{e.mobile[:5]}&#8203;{e.mobile[5:]}")
    bank_f = plot.put(
        "bank_card",
        f.bank_card,
        f.name,
        raw=" ".join(f.bank_card[i : i + 4] for i in range(0, 19, 4)),
    )
    site.page(
        notice,
        paragraphs(
            "经村民代表会议评议，以下农户拟纳入2026年农村危房改造：",
            f"{a.name}，身份证号：{card_a}；",
            f"{b.name}，身份证号：{card_b}；",
            f"{x.name}，身份证号：{card_x}；",
            f"{c.name}，联系电话：{mobile_c}；",
            f"{d.name}，联系电话：{mobile_d}；",
            f"{e.name}，联系电话：{mobile_e}；",
            f"{f.name}，银行卡号：{bank_f}。",
        ),
    )
    return notice


def _helpers(site: Site, people: People) -> Notice:
    """In one row the helper's phone may stand and the household's may not."""
    notice = _notice(3002, "2026-08-20", "石桥镇脱贫户帮扶责任人公示")
    plot = site.plot(notice.path)
    rows = []
    for number in range(1, 6):
        household, helper = people.persons(2)
        rows.append(
            [
                str(number),
                household.name,
                plot.put("mobile", household.mobile, household.name),
                helper.name,
                "镇农业综合服务站干部",
                plot.put("mobile", helper.mobile, helper.name, disposition="mandated"),
            ]
        )
    header = ["序号", "户主姓名", "户主电话", "帮扶责任人", "单位及职务", "帮扶责任人联系电话"]
    site.page(notice, paragraphs("现将帮扶责任人予以公示。") + table(header, rows))
    return notice


def _look_alikes(site: Site, people: People) -> Notice:
    notice = _notice(3003, "2026-08-01", "石桥镇2026年小型水利工程验收情况")
    # An ID number in all but its check digit.
    card = people.person().id_card
    wrong = card[:-1] + ("1" if card[-1] != "1" else "2")
    rows = [
        ["前进村塘坝", f"合同编号：{wrong}", "验收号13900001234", "186532.50"],
        ["许畈村渠道", "项目编号：622848202608010000001", "验收号15800005678", "138001.00"],
    ]
    site.page(
        notice,
        paragraphs("现将工程验收情况予以公开。ISBN 978-7-5000-1234-4《小型水利工程手册》。")
        + table(["工程名称", "合同编号", "验收编号", "结算金额（元）"], rows),
    )
    return notice


def _other_mask(site: Site, people: People, twice: Person) -> Notice:
    """Properly masked here; with the bureau's page of the same person nothing stays hidden."""
    notice = _notice(3004, "2026-07-15", "石桥镇2026年第二季度补贴发放公示")
    plot = site.plot(notice.path)
    rows = []
    for number, p in enumerate([twice, *people.persons(3)], 1):
        card = "*" * 14 + p.id_card[-4:]
        rows.append(
            [str(number), p.name, plot.put("id_card", card, p.name, disposition="masked"), "360"]
        )
    header = ["序号", "姓名", "身份证号", "金额（元）"]
    site.page(notice, paragraphs("现将补贴发放情况公示如下。") + table(header, rows))
    return notice


def _duty(site: Site) -> Notice:
    notice = _notice(3005, "2026-07-01", "石桥镇机构设置与联系方式")
    plot = site.plot(notice.path)
    rows = []
    for number, office in enumerate(("党政综合办公室", "为民服务中心", "农业综合服务站"), 1):
        shown = plot.put("landline", f"53475{number}0", office, disposition="mandated")
        rows.append([office, "石桥镇桥头街1号", shown])
    site.page(
        notice,
        paragraphs("镇政府办公地址：云岭县石桥镇桥头街1号，邮编：246500。")
        + table(["机构名称", "办公地址", "办公电话"], rows),
    )
    return notice


def _guides(site: Site, people: People) -> None:
    """Pages of no unit: they show up as 未归类 in the statistics."""
    unit = "青禾市政务服务中心"
    form = Notice(
        "/bszn/shenqingbiao.html", "临时救助申请表（样表）", unit, "办事指南", "2026-03-01"
    )
    site.page(
        form,
        table(
            ["姓名", "", "性别", ""], [["身份证号", "", "联系电话", ""], ["家庭住址", "", "", ""]]
        )
        + paragraphs("填表说明：身份证号为18位，联系电话请填写本人手机号。"),
    )
    filled = Notice(
        "/bszn/shili.html", "临时救助申请表（填写示例）", unit, "办事指南", "2026-03-01"
    )
    plot = site.plot(filled.path)
    p = people.person()
    card = plot.put("id_card", p.id_card, p.name)
    mobile = plot.put("mobile", p.mobile, p.name)
    site.page(
        filled,
        table(
            ["姓名", p.name, "性别", p.gender],
            [
                ["身份证号", card, "联系电话", mobile],
                ["申请事项", "临时救助", "日期", "2026-02-10"],
            ],
        ),
    )
    site.page(
        Notice("/bszn/index.html", "办事指南", unit, "办事指南", "2026-03-01"),
        link_list(
            [
                ("shenqingbiao.html", form.title, form.published),
                ("shili.html", filled.title, filled.published),
                ("/neibu/mingdan.html", "内部资料（限制抓取）", "2026-03-01"),
            ]
        ),
    )


def _excluded(site: Site, people: People) -> None:
    """A folder that robots.txt asks crawlers to leave alone: a sweep must say that it did."""
    notice = Notice("/neibu/mingdan.html", "工作人员名单", UNIT, "内部资料", "2026-03-01")
    plot = site.plot(notice.path, ROBOTS)
    rows = [
        [p.name, plot.put("id_card", p.id_card, p.name), plot.put("mobile", p.mobile, p.name)]
        for p in people.persons(3)
    ]
    site.page(notice, table(["姓名", "身份证号", "手机号码"], rows))
