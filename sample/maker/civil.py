"""市民政局 (level 市直): relief lists, masked and not, and the lawful pages beside them."""

from sample.maker.files import docx, xlsx
from sample.maker.site import (
    Notice,
    Site,
    attachment,
    link_list,
    paragraphs,
    table,
)
from sample.maker.values import People, Person

UNIT = "青禾市民政局"
COLUMN = "公示公告"
FOLDER = "/smzj/gsgg"
_VILLAGES = ("许畈村", "联合村", "前进村", "河西社区")


def _notice(number: int, day: str, title: str) -> Notice:
    path = f"{FOLDER}/t{day.replace('-', '')}_{number}.html"
    index = f"003499001/{day[:4]}{day[5:7]}-{number:05d}"
    return Notice(path, title, UNIT, COLUMN, day, index)


def build(site: Site, people: People, twice: Person) -> None:
    """Add the bureau's pages. `twice` is masked in one way here and in another in the town."""
    notices = [
        _low_income(site, people),
        _well_masked(site, people),
        _under_masked(site, people, twice),
        _directory(site),
        _tender(site, people),
        _hidden_column(site, people),
        _plan(site),
        _medical_relief(site, people),
        _gbk(site, people),
    ]
    _lists(site, notices)


def _lists(site: Site, notices: list[Notice]) -> None:
    """Three list pages whose links to each other only the script knows (createPageHTML)."""
    for page in range(3):
        name = "index" if page == 0 else f"index_{page}"
        shown = notices[page * 3 : page * 3 + 3]
        entries = [(n.path.rpartition("/")[2], n.title, n.published) for n in shown]
        script = f'<script>createPageHTML(3, {page}, "index", "html");</script>\n'
        notice = Notice(f"{FOLDER}/{name}.html", COLUMN, UNIT, COLUMN, notices[0].published)
        site.page(notice, link_list(entries) + script)
    home = Notice("/smzj/index.html", UNIT, UNIT, "首页", notices[0].published)
    site.page(
        home,
        paragraphs(
            '<a href="gsgg/index.html">公示公告</a>',
            "青禾市民政局贯彻落实党中央关于民政工作的方针政策，承担社会救助、养老服务等职责。",
            "办公地址：青禾市人民路1号 办公时间：工作日8:30—17:30 办公电话：0556-5340100",
        ),
    )


def _low_income(site: Site, people: People) -> Notice:
    notice = _notice(1001, "2026-09-08", "2026年第三季度城乡低保对象名单公示")
    plot = site.plot(notice.path)
    rows = []
    for number, p in enumerate(people.persons(8), 1):
        rows.append(
            [
                str(number),
                _VILLAGES[number % 4],
                p.name,
                plot.put("id_card", p.id_card, p.name),
                plot.put("bank_card", p.bank_card, p.name),
                str(480 + 15 * number),
            ]
        )
    header = ["序号", "村（社区）", "姓名", "身份证号码", "一卡通账号", "月补助金额（元）"]
    file = f"{FOLDER}/W020260908_dibao.xlsx"
    site.page(
        notice,
        paragraphs(
            "根据《社会救助暂行办法》，现将2026年第三季度城乡最低生活保障对象公示如下。",
            "公示期7天，监督电话：0556-5340111。",
        )
        + table(header, rows)
        + attachment("W020260908_dibao.xlsx", "新增低保对象花名册.xlsx"),
    )
    site.files[file] = _roster(site, people, file)
    return notice


def _roster(site: Site, people: People, path: str) -> bytes:
    """A workbook with a hidden ID column and a hidden sheet of mobiles."""
    plot = site.plot(path)
    persons = people.persons(6)
    roster = [["序号", "姓名", "身份证号", "村（社区）", "月补助金额"]]
    phones = [["姓名", "联系电话"]]
    for number, p in enumerate(persons, 1):
        shown = plot.put("id_card", p.id_card, p.name, where="hidden")
        roster.append([str(number), p.name, shown, _VILLAGES[number % 4], str(500 + number)])
        phones.append([p.name, plot.put("mobile", p.mobile, p.name, where="hidden")])
    return xlsx(
        [("花名册", roster), ("联系方式", phones)],
        hidden_columns={"花名册": {2}},
        hidden_sheets={"联系方式"},
    )


def _well_masked(site: Site, people: People) -> Notice:
    notice = _notice(1002, "2026-09-01", "2026年8月临时救助发放情况公示")
    plot = site.plot(notice.path)
    rows = []
    for number, p in enumerate(people.persons(6), 1):
        hidden = p.id_card[:2] + "*" * 13 + p.id_card[-3:]
        mobile = p.mobile[:3] + "****" + p.mobile[-4:]
        rows.append(
            [
                str(number),
                f"{p.name[0]}*{p.name[-1]}" if len(p.name) > 2 else f"{p.name[0]}*",
                plot.put("id_card", hidden, p.name, disposition="masked"),
                plot.put("mobile", mobile, p.name, disposition="masked"),
                str(1200 + 100 * number),
            ]
        )
    header = ["序号", "姓名", "身份证号", "联系电话", "救助金额（元）"]
    site.page(notice, paragraphs("现将8月份临时救助发放情况公示如下。") + table(header, rows))
    return notice


def _under_masked(site: Site, people: People, twice: Person) -> Notice:
    notice = _notice(1003, "2026-08-25", "2026年度孤儿基本生活保障监护人名单公示")
    plot = site.plot(notice.path)
    rows = []
    for number, p in enumerate([twice, *people.persons(4)], 1):
        # The birth date and the order's first digits stand there: under a thousand numbers fit.
        card = p.id_card[:14] + "****"
        mobile = p.mobile[:7] + "**" + p.mobile[-2:]
        rows.append(
            [
                str(number),
                p.name,
                plot.put("id_card", card, p.name, disposition="under_masked"),
                plot.put("mobile", mobile, p.name, disposition="under_masked"),
                _VILLAGES[number % 4],
            ]
        )
    header = ["序号", "监护人姓名", "身份证号", "联系电话", "村（社区）"]
    site.page(notice, paragraphs("现将监护人名单予以公示。") + table(header, rows))
    return notice


def _directory(site: Site) -> Notice:
    notice = _notice(1004, "2026-08-12", "青禾市民政局内设机构及联系方式")
    plot = site.plot(notice.path)
    offices = ("办公室", "社会救助科", "养老服务科", "社会事务科", "区划地名科")
    rows = []
    for number, office in enumerate(offices):
        phone = f"055653401{number + 1}0"
        raw = f"（0556）{phone[4:]}" if number % 2 else f"0556-{phone[4:]}"
        shown = plot.put("landline", phone, office, raw=raw, disposition="mandated")
        rows.append([office, f"人民路1号{number + 2}01室", shown])
    site.page(
        notice,
        paragraphs("主要职责、办公地址和联系方式如下。社会救助服务热线：12345。")
        + table(["科室", "办公地址", "办公电话"], rows),
    )
    return notice


def _tender(site: Site, people: People) -> Notice:
    notice = _notice(1005, "2026-08-05", "青禾市社会福利院改造工程招标公告")
    plot = site.plot(notice.path)
    owner, agent = people.persons(2)
    first = plot.put("mobile", owner.mobile, owner.name, disposition="mandated")
    second = plot.put("mobile", agent.mobile, agent.name, disposition="mandated")
    site.page(
        notice,
        paragraphs(
            "1. 招标条件：青禾市社会福利院改造工程已由青发改审〔2026〕87号文批准建设。",
            "项目编号：QHZB20260805012345678，招标控制价3862150.00元。",
            "2. 投标文件的递交：截止时间2026年8月26日9时00分。",
            f"3. 联系方式<br/>招标人：青禾市民政局<br/>联系人：{owner.name}<br/>电话：{first}",
            "招标代理机构：青禾正信工程咨询有限公司（统一社会信用代码：91340800MA2N0ABC10）<br/>"
            f"联系人：{agent.name}<br/>电话：{second}",
        ),
    )
    return notice


def _hidden_column(site: Site, people: People) -> Notice:
    notice = _notice(1006, "2026-07-20", "2026年7月残疾人两项补贴发放公示")
    plot = site.plot(notice.path)
    rows = ""
    for number, p in enumerate(people.persons(5), 1):
        cert = plot.put("disability_cert", p.disability_cert, p.name, where="hidden")
        rows += (
            f"<tr><td>{number}</td><td>{p.name[0]}某</td>"
            f'<td style="display:none">{cert}</td><td>{_VILLAGES[number % 4]}</td><td>66</td></tr>'
        )
    body = (
        '<table border="1"><tr><th>序号</th><th>姓名</th><th style="display:none">残疾证号</th>'
        f"<th>村（社区）</th><th>金额（元）</th></tr>{rows}</table>\n"
    )
    site.page(notice, paragraphs("现将7月份残疾人两项补贴发放情况公示如下。") + body)
    return notice


def _plan(site: Site) -> Notice:
    """Digits of every sort, and not one of them anybody's."""
    notice = _notice(1007, "2026-07-10", "青禾市“十五五”养老服务体系建设实施方案")
    site.page(
        notice,
        paragraphs(
            "青民〔2026〕45号，索引号：003499001/202607-01007，组织机构代码：00349900-1。",
            "到2030年，全市养老床位达到13800座，投入资金13812345678.00元，同比增长13.8%。",
            "项目代码：2026-340826-84-01-138123，受理号：15012345678，订单编号18712345678。",
            "政策解读见 http://www.example.gov.cn/art/2026/7/10/art_13812345678_1.html 。",
            "项目点坐标：东经116.138123，北纬30.151238。实施时间：2026年7月10日至2030年12月31日。",
        ),
    )
    return notice


def _medical_relief(site: Site, people: People) -> Notice:
    notice = _notice(1008, "2026-07-02", "2026年第二季度医疗救助对象公示")
    plot = site.plot(notice.path)
    rows = []
    illnesses = ("尿毒症", "肺癌", "白血病", "精神分裂症")
    for number, (p, illness) in enumerate(zip(people.persons(4), illnesses, strict=True), 1):
        rows.append(
            [
                str(number),
                p.name,
                plot.put("health", illness, p.name),
                plot.put("mobile", p.mobile, p.name),
                str(3000 + 500 * number),
            ]
        )
    file = f"{FOLDER}/P020260702_shenqing.docx"
    word = site.plot(file)
    p = people.person()
    site.files[file] = docx(
        [
            "医疗救助申请审批表",
            f"申请人：{p.name} 身份证号：{word.put('id_card', p.id_card, p.name)}",
            f"联系电话：{word.put('mobile', p.mobile, p.name)}",
        ]
    )
    site.page(
        notice,
        paragraphs("现将第二季度医疗救助对象公示如下。")
        + table(["序号", "姓名", "病种", "联系电话", "救助金额（元）"], rows)
        + attachment("P020260702_shenqing.docx", "申请审批表.docx"),
    )
    return notice


def _gbk(site: Site, people: People) -> Notice:
    notice = _notice(1009, "2026-06-20", "2026年上半年特困人员救助供养名单公示")
    plot = site.plot(notice.path)
    lines = []
    for p in people.persons(4, youngest=60):
        card = plot.put("id_card", p.id_card, p.name)
        mobile = plot.put("mobile", p.mobile, p.name)
        lines.append(f"{p.name}，{p.gender}，身份证号{card}，联系电话{mobile}，分散供养；")
    site.page(notice, paragraphs("经审核确认，以下人员纳入供养：", *lines), encoding="gbk")
    return notice
