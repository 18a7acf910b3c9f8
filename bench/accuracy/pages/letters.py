"""Letters, petitions, decisions and service of documents: running text."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy.kit import Kit
from bench.accuracy.labels import LEAK, MANDATED, MASKED
from bench.accuracy.registry import page_kind


@page_kind("mailbox_reply", "letters")
def mailbox_reply(kit: Kit) -> None:
    kit.unit, kit.column = (
        f"{kit.county.name}人民政府办公室",
        kit.pick("县长信箱", "网民留言", "12345留言选登"),
    )
    kit.title = f"关于{kit.pick('小区噪音扰民', '道路破损', '自来水水压低', '公交线路调整')}问题的来信与答复"
    writer = kit.person()
    code = kit.serial("信件编号")
    who = kit.name(writer, MASKED if kit.chance(0.5) else LEAK)
    kit.para(f"信件编号：{code}　来信人：{who}　来信时间：{kit.day:%Y-%m-%d}")
    question = [f"领导您好，我是{kit.town}的居民，"]
    if kit.chance(0.6):
        question.append(
            f"家住{kit.put('home_address', writer.home, person=writer, raw=writer.home)}，"
        )
    question.append(
        kit.pick("楼下商铺每晚施工到十一点，影响休息。", "门口的路坑洼不平，多次反映未修。")
    )
    if kit.chance(0.8):
        word = kit.pick("我的电话是", "请联系我：", "本人手机", "联系方式")
        question.append(f"{word}{kit.put('mobile', writer.mobile, person=writer)}，盼回复。")
    kit.para("来信内容：", *question)
    surname = f"{writer.name[0]}{'先生' if writer.sex == '男' else '女士'}"
    kit.para(
        f"答复内容：{kit.pick('尊敬的网友', '来信人')}：您好！您反映的问题已收悉。经{kit.county.name}住建局现场核查，",
        f"已要求责任单位限期整改。如有疑问，请拨打{kit.office()}咨询。感谢{kit.no(surname, 'person_name', '只有姓的称呼', 'honorific')}对我们工作的关心。",
    )


@page_kind("petition_opinion", "letters")
def petition_opinion(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.town}人民政府", "信访"
    number = kit.document_number("信处")
    kit.title = f"信访事项处理意见书（{number}）"
    person, other = kit.person(), kit.person()
    birth = kit.birth(person) if kit.chance(0.3) else ""
    kit.para(
        f"信访人：{kit.name(person, LEAK)}，{person.sex}，",
        f"{birth}出生，" if birth else "",
        f"{kit.pick('身份证号', '公民身份号码')}：{kit.put('id_card', person.id, person=person)}，",
        f"住{kit.put('home_address', person.home, person=person, raw=person.home)}，",
        f"电话{kit.put('mobile', person.mobile, person=person)}。" if kit.chance(0.6) else "。",
    )
    ill = ""
    if kit.chance(0.4):
        word = kit.pick("患有精神分裂症", "患有高血压三级", "患有尿毒症")
        ill = f"另查明，{kit.name(other, LEAK)}{kit.put('health_info', word, person=other, raw=word)}，生活困难。"
    kit.para(f"你反映的宅基地纠纷问题已经调查终结。{ill}本机关认为，请求事项缺乏依据，不予支持。")
    kit.para(
        f"如不服本意见，可在30日内向{kit.county.name}人民政府申请复查。联系电话：{kit.office()}。"
    )


@page_kind("penalty_decision", "letters")
def penalty_decision(kit: Kit) -> None:
    kit.unit, kit.column = (
        f"{kit.county.name}{kit.pick('城市管理局', '市场监督管理局', '交通运输局')}",
        "行政处罚",
    )
    kit.title = f"行政处罚决定书（{kit.document_number('罚决')}）"
    person = kit.person()
    kit.para(
        f"当事人：{kit.name(person)}，{person.sex}，{kit.pick('身份证号码', '身份证号', '证件号码')}",
        f"{kit.pick('：', ' ', '为')}{kit.exposed('id_card', person.id, person=person)}，",
        f"{kit.pick('住址', '住所')}：{kit.put('home_address', person.home, person=person, raw=person.home)}。"
        if kit.chance(0.7)
        else f"住{kit.county.name}。",
        f"联系电话：{kit.exposed('mobile', person.mobile, person=person)}。"
        if kit.chance(0.5)
        else "",
    )
    plate = f"驾驶{kit.plate(LEAK, contested=True)}号车" if kit.chance(0.3) else "在人行道"
    kit.para(
        f"{kit.date_text(kit.day)}，执法人员检查发现当事人{plate}违反规定。依据有关法律，",
        f"决定罚款{kit.money(100, 5000)}元。罚款缴至指定银行，账号：",
        kit.no(
            f"1{kit.rng.randrange(10**15, 10**16 - 1)}",
            "bank_card",
            "罚款专户",
            "organisation_account",
        ),
        f"。缴款书编号{kit.wrong_id('缴款书编号')}。",
    )


@page_kind("service_notice", "letters")
def service_notice(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}人力资源和社会保障局", "公告送达"
    kit.title = f"关于送达{kit.pick('工伤认定决定书', '催告书', '行政处罚事先告知书')}的公告"
    person = kit.person()
    shown = kit.name(person, MANDATED)
    kit.para(
        f"{shown}（{kit.pick('身份证号', '公民身份号码')}：{kit.exposed('id_card', person.id, person=person)}",
        f"，住{kit.put('home_address', person.home, person=person, raw=person.home)}）："
        if kit.chance(0.5)
        else "）：",
    )
    if kit.chance(0.4):
        word = kit.pick("左手食指骨折", "腰椎压缩性骨折", "右眼球挫伤")
        kit.para(
            f"你于{kit.date_text(kit.day)}受伤，诊断为{kit.put('health_info', word, person=person, raw=word)}。"
        )
    kit.para(
        f"因其他方式无法送达，现依法公告送达，自公告之日起满三十日视为送达。文书编号{kit.document_number('人社工认')}。",
        f"联系人：{kit.name(kit.person())}，联系电话：{kit.office()}。",
    )


@page_kind("judgment", "letters")
def judgment(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}人民法院", "裁判文书"
    case = kit.no(
        f"（{kit.day.year}）{kit.county.letter}{kit.county.area[2:]}民初{kit.rng.randrange(100, 9999)}号",
        "document_number", "案号", "case_number",
    )  # fmt: skip
    kit.title = "民事判决书"
    one, two = kit.person(), kit.person()
    clear = kit.chance(0.7)
    kit.para(case)
    for role, person in (("原告", one), ("被告", two)):
        text = f"{role}：{kit.name(person)}，{person.sex}，"
        if clear:
            text += (
                f"{kit.birth(person)}出生，汉族，住{kit.put('home_address', person.home, person=person, raw=person.home)}，"
                f"公民身份号码{kit.put('id_card', person.id, person=person)}。"
            )
        else:
            text += f"汉族，住{kit.county.name}{person.town}。"
        kit.para(text)
    kit.para(
        f"原告诉称，被告欠款{kit.money(9000, 90000)}元，有转账记录（交易流水号{kit.wrong_id('交易流水号')}）为证。",
        "本院认为，被告应当偿还。判决如下：被告于判决生效后十日内支付。",
    )
    judge = kit.person(local=False)
    kit.para(
        f"审判员　{kit.name(judge)}　书记员　{kit.name(kit.person(local=False))}　电话 {kit.office()}"
    )


@page_kind("informant_list", "letters")
def informant_list(kit: Kit) -> None:
    kit.unit, kit.column = f"{kit.county.name}生态环境分局", "环保督察"
    kit.title = f"群众举报转办和边督边改公开情况一览表（第{kit.rng.randrange(1, 30)}批）"
    rows = []
    for number in range(kit.rng.randint(3, 6)):
        code = kit.no(
            f"D{kit.county.letter}{kit.day:%Y%m%d}{number:04d}", "id_card", "受理编号", "serial"
        )
        person = kit.person()
        leak = kit.chance(0.45)
        who = (
            f"举报人{kit.name(person, LEAK)}（{kit.put('mobile', person.mobile, person=person)}）反映"
            if leak
            else "群众来电反映"
        )
        rows.append(
            f"<tr><td>{code}</td><td>{who}{kit.town}某厂夜间排放异味。</td><td>属实，已责令整改</td></tr>"
        )
    kit.html(
        f"<table border=1><tr><th>受理编号</th><th>反映情况</th><th>办理情况</th></tr>{''.join(rows)}</table>"
    )
    kit.para(f"举报电话：{kit.office()}")
