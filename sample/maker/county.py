"""云岭县 (level 县区): plain paging, scripts, comments, files without a name, dead links."""

import json

from sample.maker.files import csv, pdf
from sample.maker.site import (
    Notice,
    Site,
    attachment,
    link_list,
    paragraphs,
    table,
)
from sample.maker.values import People

UNIT = "云岭县人民政府"
COLUMN = "通知公告"
FOLDER = "/yunling/tzgg"
DOWNLOAD = "/yunling/xiazai?id=1"
DOWNLOAD_FILE = "/yunling/xiazai/1"
REDIRECT = "/yunling/tiaozhuan.html"
MISSING = f"{FOLDER}/t20260415_2009.html"


def _notice(number: int, day: str, title: str) -> Notice:
    return Notice(f"{FOLDER}/t{day.replace('-', '')}_{number}.html", title, UNIT, COLUMN, day)


def build(site: Site, people: People) -> None:
    """Add the county's pages."""
    notices = [
        _eia(site, people),
        _script(site, people),
        _students(site, people),
        _machines(site, people),
        _land(site, people),
        _comment(site, people),
        _mailbox(site, people),
    ]
    entries = [(n.path.rpartition("/")[2], n.title, n.published) for n in notices]
    entries.append((MISSING.rpartition("/")[2], "关于调整办公时间的通知", "2026-04-15"))
    entries.append(("../tiaozhuan.html", "省级平台公告（外部链接）", "2026-04-01"))
    _lists(site, entries)


def _list_name(page: int) -> str:
    return "list.html" if page == 1 else f"list_{page}.html"


def _lists(site: Site, entries: list[tuple[str, str, str]]) -> None:
    """Three list pages with numbered links."""
    for page in (1, 2, 3):
        pager = " ".join(f'<a href="{_list_name(n)}">{n}</a>' for n in (1, 2, 3) if n != page)
        after = f' <a href="{_list_name(page + 1)}">下一页</a>' if page < 3 else ""
        notice = Notice(f"{FOLDER}/{_list_name(page)}", COLUMN, UNIT, COLUMN, "2026-09-02")
        shown = entries[(page - 1) * 3 : page * 3]
        site.page(notice, link_list(shown) + f'<div class="page">{pager}{after} 共3页</div>\n')
    home = Notice("/yunling/index.html", UNIT, UNIT, "首页", "2026-09-02")
    site.page(home, paragraphs('<a href="tzgg/list.html">通知公告</a>', "云岭县政务公开专栏。"))


def _eia(site: Site, people: People) -> Notice:
    notice = _notice(2001, "2026-09-02", "云岭县污水处理厂扩建项目环境影响评价公众参与第一次公示")
    plot = site.plot(notice.path)
    owner, writer = people.persons(2)
    first = plot.put("mobile", owner.mobile, owner.name, disposition="mandated")
    second = plot.put("mobile", writer.mobile, writer.name, disposition="mandated")
    mail = plot.put("email", "ylwshp@example.com", writer.name, disposition="mandated")
    site.page(
        notice,
        paragraphs(
            "根据《环境影响评价公众参与办法》，现将有关信息公开如下。",
            f"一、建设单位名称和联系方式<br/>建设单位：云岭县水务发展有限公司<br/>"
            f"联系人：{owner.name}<br/>联系电话：{first}",
            "二、环境影响报告书编制单位名称<br/>编制单位：青禾绿源环境科技有限公司<br/>"
            f"联系人：{writer.name}<br/>联系电话：{second}<br/>电子邮箱：{mail}",
            "三、提交公众意见表的方式：填写公众意见表后发送至上述邮箱。",
        ),
    )
    return notice


def _script(site: Site, people: People) -> Notice:
    notice = _notice(2002, "2026-08-18", "2026年公益性岗位拟聘用人员公示")
    plot = site.plot(notice.path)
    rows, records = [], []
    for number, p in enumerate(people.persons(5), 1):
        rows.append([str(number), p.name, p.gender, "保洁"])
        records.append(
            {
                "xm": p.name,
                "sfzh": plot.put("id_card", p.id_card, p.name, where="script"),
                "lxdh": plot.put("mobile", p.mobile, p.name, where="script"),
            }
        )
    data = json.dumps(records, ensure_ascii=False)
    site.page(
        notice,
        paragraphs("现将拟聘用人员公示如下，公示期5个工作日。")
        + table(["序号", "姓名", "性别", "岗位"], rows)
        + f"<script>var ryList = {data};</script>\n",
    )
    return notice


def _students(site: Site, people: People) -> Notice:
    notice = _notice(2003, "2026-07-28", "2026年秋季学前教育资助幼儿名单公示")
    plot = site.plot(notice.path)
    rows = []
    for number, child in enumerate(people.persons(5, youngest=4, oldest=6), 1):
        guardian = people.person(youngest=25, oldest=40)
        rows.append(
            [
                str(number),
                child.name,
                plot.put("id_card", child.id_card, child.name),
                "云岭县实验幼儿园",
                guardian.name,
                plot.put("mobile", guardian.mobile, guardian.name),
            ]
        )
    header = ["序号", "幼儿姓名", "幼儿身份证号", "所在幼儿园", "监护人", "监护人电话"]
    site.page(notice, paragraphs("现将受资助幼儿名单公示如下。") + table(header, rows))
    return notice


def _machines(site: Site, people: People) -> Notice:
    """The file hangs behind a script and has no name but the one in its answer's header."""
    notice = _notice(2004, "2026-06-30", "2026年第一批农机购置补贴受益对象公示")
    plot = site.plot(DOWNLOAD)
    rows = [["序号", "购机者姓名", "联系电话", "银行卡号", "机具品目", "补贴额"]]
    for number, p in enumerate(people.persons(7), 1):
        rows.append(
            [
                str(number),
                p.name,
                plot.put("mobile", p.mobile, p.name),
                plot.put("bank_card", p.bank_card, p.name),
                "旋耕机",
                f"{1500 + number * 100}.00",
            ]
        )
    site.files[DOWNLOAD_FILE] = csv(rows, "gbk")
    site.page(
        notice,
        paragraphs(
            "现将受益对象予以公示。",
            f'附件：<a href="javascript:void(0)" onclick="window.open(\'{DOWNLOAD}\')">'
            "受益对象明细表</a>",
        ),
    )
    return notice


def _land(site: Site, people: People) -> Notice:
    notice = _notice(2005, "2026-06-11", "云岭县2026年第3批次征地补偿安置公告")
    file = f"{FOLDER}/P020260611_zhengdi.pdf"
    plot = site.plot(file)
    p = people.person()
    site.files[file] = pdf(
        [
            "征地补偿登记表",
            f"被征地农户：{p.name}",
            f"身份证号：{plot.put('id_card', p.id_card, p.name)}",
            f"开户账号：{plot.put('bank_card', p.bank_card, p.name)}",
        ]
    )
    site.page(
        notice,
        paragraphs(
            "征收范围：石桥镇前进村，总面积3.4082公顷，补偿标准每亩43960元。",
            "咨询单位：云岭县自然资源和规划局，咨询电话：0556-5347200。",
        )
        + attachment("P020260611_zhengdi.pdf", "补偿登记表.pdf"),
    )
    return notice


def _comment(site: Site, people: People) -> Notice:
    notice = _notice(2006, "2026-05-20", "云岭县2026年优秀护林员评选结果公示")
    plot = site.plot(notice.path)
    first, second = people.persons(2)
    card = plot.put("id_card", first.id_card, first.name, where="comment")
    mobile = plot.put("mobile", second.mobile, second.name, where="attribute")
    site.page(
        notice,
        paragraphs(
            f"{first.name}，云岭林场护林员。<!-- {first.name} 身份证号 {card} -->",
            f'<span title="联系电话：{mobile}">{second.name}</span>，石桥镇护林员。',
            "公示期5个工作日，监督电话：0556-5347300。",
        ),
    )
    return notice


def _mailbox(site: Site, people: People) -> Notice:
    notice = _notice(2007, "2026-05-06", "关于反映道路积水问题的来信及答复")
    plot = site.plot(notice.path)
    p = people.person()
    mobile = plot.put(
        "mobile", p.mobile, p.name, raw=f"{p.mobile[:3]} {p.mobile[3:7]} {p.mobile[7:]}"
    )
    address = plot.put("home_address", "云岭县石桥镇前进村团结组12号", p.name)
    site.page(
        notice,
        paragraphs(
            f"来信内容：县长您好，我叫{p.name}，家住{address}，门前道路一下雨就积水，"
            f"盼能尽快解决，我的电话是{mobile}。",
            "答复单位：云岭县住房和城乡建设局。经现场核查，已列入年度改造计划，感谢您的来信。",
        ),
    )
    return notice
