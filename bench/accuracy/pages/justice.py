"""Courts, taxes, police: where the law wants an ID number on the page, and where it does not."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import places
from bench.accuracy.kit import Kit
from bench.accuracy.labels import LEAK, MANDATED
from bench.accuracy.pages import columns as c
from bench.accuracy.people import Person
from bench.accuracy.registry import page_kind
from bench.accuracy.tables import col, form, roster

DEBTOR = "关于公布失信被执行人名单信息的若干规定第六条"
TAX = "欠税公告办法第五条"
WANTED = "公安机关办理刑事案件程序规定第二百七十五条"


@page_kind("dishonest_debtors", "justice")
def dishonest_debtors(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}人民法院", kit.pick("失信名单", "执行信息公开")
    kit.title = f"{kit.county.name}人民法院失信被执行人名单（第{kit.rng.randrange(2, 30)}批）"
    kit.para("下列被执行人有履行能力而拒不履行生效法律文书确定的义务，现予公布。")
    masked = kit.chance(0.35)

    def number(person: Person) -> str:
        if masked:
            return kit.exposed("id_card", person.id, person=person)
        return kit.put("id_card", person.id, MANDATED, basis=DEBTOR, person=person)

    if masked:
        kit.mask_column("id_card")
    cols = [
        c.name(kit, "被执行人", "被执行人姓名", "姓名"),
        c.sex(),
        col("身份证号码", "身份证号", "公民身份号码", cell=number, needs_head=True),
        c.fixed_number(
            kit, "执行案号", "案号", make=f"(%){kit.county.letter}####执###号", trap="case_number"
        ),
        c.money(kit, "未履行金额(元)", "执行标的", low=5000, high=900000),
    ]
    if kit.chance(0.3):
        cols.append(
            col(
                "家庭住址",
                "住址",
                cell=lambda p: kit.put("home_address", p.home, person=p, raw=p.home),
            )
        )
    if kit.chance(0.2):
        cols.append(
            col("手机号", "联系电话", cell=lambda p: kit.put("mobile", p.mobile, LEAK, person=p))
        )
    roster(kit, kit.persons(3, 7, local=True), cols)
    kit.para(f"举报线索电话：{kit.office()}")


@page_kind("court_service", "justice")
def court_service(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}人民法院", "公告送达"
    kit.title = kit.pick("开庭传票公告", "送达公告", "民事判决书送达公告")
    person, other = kit.person(), kit.person()
    number = (
        f"（公民身份号码{kit.exposed('id_card', person.id, person=person)}）"
        if kit.chance(0.7)
        else ""
    )
    kit.para(f"{kit.name(person)}{number}：")
    case = kit.no(
        f"（{kit.day.year}）{kit.county.letter}{kit.county.area[2:]}民初{kit.rng.randrange(99, 9999)}号",
        "document_number",
        "案号",
        "case_number",
    )
    kit.para(
        f"本院受理原告{kit.name(other)}与你买卖合同纠纷一案，案号{case}，现依法向你公告送达起诉状副本及开庭传票。",
        f"诉讼费缴费通知书编号{kit.wrong_id('缴费通知书编号')}。自公告之日起经过三十日即视为送达。",
    )
    judge = kit.person(local=False)
    kit.para(f"承办法官：{kit.name(judge)}　联系电话：{kit.office()}")


@page_kind("court_auction", "justice")
def court_auction(kit: Kit) -> None:
    """The lot's address is the lot itself."""
    kit.unit, kit.column = f"{kit.county.name}人民法院", "司法拍卖"
    kit.title = "关于不动产网络司法拍卖的公告（第一次）"
    basis = "网络司法拍卖规定第十三条"
    owner = kit.person()
    lot = f"{kit.county.name}{places.road(kit.rng)}{kit.rng.randrange(2, 200)}号{kit.rng.randrange(1, 20)}幢{kit.rng.randrange(101, 909)}室"
    kit.no(lot, "home_address", "拍卖标的坐落", "lot_address")
    certificate = kit.pattern(
        f"{kit.county.letter}（%）{kit.county.name}不动产权第#######号",
        "不动产权证号",
        "certificate",
    )
    kit.para(
        f"一、拍卖标的：{lot}不动产，{certificate}，建筑面积{kit.rng.randrange(60, 160)}.35平方米。"
    )
    kit.para(
        f"二、被执行人：{kit.name(owner)}。起拍价：{kit.amount()}元，保证金{kit.money(20000, 90000)}元。"
    )
    kit.para(f"三、保证金账户：{kit.account('法院案款账户')}，户名：{kit.county.name}人民法院。")
    person = kit.person(local=False)
    number = (
        kit.put("mobile", person.mobile, MANDATED, basis=basis, person=person)
        if kit.chance(0.5)
        else kit.office(basis)
    )
    kit.para(
        f"四、咨询、看样联系人：{kit.name(person)}，联系电话：{number}；监督电话：{kit.office(basis)}。"
    )


@page_kind("tax_arrears", "justice")
def tax_arrears(kit: Kit) -> None:
    kit.unit, kit.column = f"国家税务总局{kit.county.name}税务局", "欠税公告"
    kit.title = f"国家税务总局{kit.county.name}税务局欠税公告（{kit.day.year}年第{kit.rng.randrange(1, 9)}号）"
    kit.para("根据税收征收管理法及欠税公告办法，现将纳税人欠税情况公告如下。")
    cols = [
        col("纳税人名称", "企业名称", cell=lambda _: kit.company()),
        col("纳税人识别号", cell=lambda _: kit.code()),
        c.name(kit, "法定代表人(负责人)", "法定代表人姓名", "业主姓名"),
        col(
            "居民身份证号码", "身份证件号码", "身份证号码",
            cell=lambda p: kit.put("id_card", p.id, MANDATED, basis=TAX, person=p), needs_head=True,
        ),
        c.choice("欠税税种", words=("增值税", "企业所得税", "土地增值税"), kit=kit),
        col("欠税余额(元)", "欠税金额", cell=lambda _: kit.amount()),
    ]  # fmt: skip
    roster(kit, kit.persons(3, 6, (1955, 1995), local=False), cols)
    kit.para(f"咨询电话：{kit.office()}，或拨打{kit.no('12366', 'mobile', '热线', 'hotline')}。")


@page_kind("wanted_notice", "justice")
def wanted_notice(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}公安局", "警情通报"
    kit.title = kit.pick("通缉令", "关于敦促在逃人员投案自首的悬赏通告", "悬赏通告")
    kit.para(
        f"{kit.day.year}年{kit.day.month}月，辖区发生一起重大刑事案件，现对在逃犯罪嫌疑人公开通缉。"
    )
    for person in kit.persons(1, 3, (1965, 2000)):
        kit.para(
            f"{kit.pick('犯罪嫌疑人', '在逃人员')}：{kit.name(person)}，{person.sex}，户籍地{person.county}{person.town}，",
            f"{kit.pick('身份证号码', '公民身份号码', '身份证号')}：{kit.put('id_card', person.id, MANDATED, basis=WANTED, person=person)}，",
            f"身高约1{kit.rng.randrange(60, 85)}厘米，本地口音。",
        )
    officer = kit.person(local=False)
    kit.para(
        f"联系人：{officer.name[0]}警官，电话：{kit.put('mobile', officer.mobile, MANDATED, basis=WANTED, person=officer)}、{kit.office()}。",
        f"案件编号A{kit.wrong_id('案件编号')}。",
    )


@page_kind("community_police", "justice")
def community_police(kit: Kit) -> None:
    basis = "警务公开:社区民警联系方式"
    kit.unit, kit.column = f"{kit.county.name}公安局", "警务公开"
    kit.title = f"{kit.county.name}{kit.pick('社区民警', '一村一警')}联系方式公示"
    kit.para("为方便群众办事，现将辖区社区民警信息公示。")
    cols = [
        c.name(kit, "民警姓名", "社区民警", "姓名"),
        c.fixed_number(kit, "警号", make="######", trap="serial"),
        c.village("责任社区", "辖区"),
        c.role_mobile(kit, basis, "联系电话", "警务电话", "手机"),
    ]
    roster(kit, kit.persons(3, 8, (1970, 1998)), cols)
    kit.para(f"派出所值班电话：{kit.office()} 网站受理编号示例：{kit.serial()}")


@page_kind("deregistration", "justice")
def deregistration(kit: Kit) -> None:
    basis = "公司法第二百三十五条、市场主体登记管理条例第三十二条"
    kit.unit, kit.column = f"{kit.county.name}市场监督管理局", kit.pick("注销公告", "清算公告")
    company = kit.company()
    kit.title = f"{company}{kit.pick('注销', '清算')}公告"
    person = kit.person(local=False)
    kit.para(f"{company}（统一社会信用代码：{kit.code()}）经股东会决议解散，清算组已经成立。")
    kit.para(
        f"请债权人自公告之日起45日内申报债权。清算组负责人：{kit.name(person)}，联系人：{kit.name(kit.person())}，联系电话：",
        kit.put("mobile", person.mobile, MANDATED, basis=basis, person=person),
        f"，地址：{kit.county.name}{places.road(kit.rng)}{kit.rng.randrange(1, 99)}号。",
    )


@page_kind("certificate_loss", "justice")
def certificate_loss(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}不动产登记中心", "遗失声明"
    kit.title = f"不动产权证书{kit.pick('遗失', '作废')}公告"
    person = kit.person()
    place = (
        f"{kit.town}{places.road(kit.rng)}{kit.rng.randrange(2, 300)}号{kit.rng.randrange(1, 9)}幢"
    )
    kit.no(place, "home_address", "登记的不动产坐落", "lot_address")
    certificate = kit.pattern(
        f"{kit.county.letter}（%）{kit.county.name}不动产权第#######号",
        "不动产权证号",
        "certificate",
    )
    number = (
        f"（身份证号{kit.exposed('id_card', person.id, person=person)}）" if kit.chance(0.6) else ""
    )
    kit.para(
        f"{kit.name(person)}{number}因保管不善，将坐落于{place}的{certificate}遗失，现声明该证书作废。"
    )
    pairs = [
        ("权利人", kit.name(person)), ("不动产坐落", place),
        ("不动产单元号", kit.pattern("@00#00#GB0####F####0##", "不动产单元号", "certificate")), ("受理编号", kit.serial()),
    ]  # fmt: skip
    form(kit, pairs)
    kit.para(f"异议受理电话：{kit.office()}")
