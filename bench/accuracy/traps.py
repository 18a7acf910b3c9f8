"""Sentences with look-alikes that any page may carry: nobody's data, whatever they resemble."""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from bench.accuracy import numbers
from bench.accuracy.kit import Kit


def _serial(kit: Kit) -> str:
    word = kit.pick("受理编号", "业务流水号", "工单编号", "项目编号", "订单号", "收件编号")
    return f"{word}：{kit.serial(word)}。"


def _wrong_id(kit: Kit) -> str:
    word = kit.pick("批次编号", "流水号", "合同编号", "备案编号", "任务编号")
    return f"本次{word}为{kit.wrong_id(word)}。"


def _amount(kit: Kit) -> str:
    value = kit.amount()
    return kit.pick(
        f"累计下达资金{value}元。", f"总投资{value}元，已到位。", f"年末余额（元）：{value}"
    )


def _url(kit: Kit) -> str:
    number = kit.no(numbers.mobile(kit.rng), "mobile", "网址中的数字", "url_number")
    folder = f"{kit.day:%Y%m}"
    return kit.pick(
        f'相关阅读：<a href="/art/{folder}/art_{number}_8823.html">关于做好有关工作的通知</a>',
        f'<a href="http://www.example.gov.cn/content/{number}.html">上一篇</a>',
        f"原文链接：http://www.example.gov.cn/zwgk/{folder}/t{number}.html",
    )


def _file_name(kit: Kit) -> str:
    number = kit.no(
        f"0{kit.day:%Y%m%d}{numbers.digits(kit.rng, 12)}", "id_card", "附件文件名", "file_name"
    )
    return f'附件：<a href="/upload/P{number}.pdf">有关材料.pdf</a>'


def _account(kit: Kit) -> str:
    number = kit.no(
        numbers.organisation_account(kit.rng), "bank_card", "单位银行账户", "organisation_account"
    )
    return f"收款单位：{kit.county.name}财政局，开户行：{kit.county.name}农村商业银行营业部，账号：{number}。"


def _credit_code(kit: Kit) -> str:
    return f"承办单位：{kit.company()}（统一社会信用代码{kit.code()}）。"


def _invoice(kit: Kit) -> str:
    number = kit.no(
        f"{kit.day:%y}{kit.county.area[:2]}2{numbers.digits(kit.rng, 15)}",
        "id_card/bank_card",
        "数电发票号码",
        "invoice",
    )
    return f"发票号码：{number}。"


def _masked_name(kit: Kit) -> str:
    name = kit.no(
        kit.pick("陈某某", "李某", "王某某", "张某"), "person_name", "某某", "masked_name"
    )
    return f"例如，群众{name}反映的问题已经办结。"


def _coordinates(kit: Kit) -> str:
    east = f"1{kit.rng.randrange(10, 19)}.{numbers.digits(kit.rng, 8)}"
    north = f"3{kit.rng.randrange(0, 9)}.{numbers.digits(kit.rng, 8)}"
    kit.no(east, "mobile", "经度", "coordinates")
    kit.no(north, "mobile", "纬度", "coordinates")
    return f"中心坐标：东经{east}，北纬{north}。"


def _batch(kit: Kit) -> str:
    number = kit.no(f"{kit.day:%Y%m%d}{numbers.digits(kit.rng, 3)}", "mobile", "批号", "batch")
    return f"产品批号：{number}。"


def _isbn(kit: Kit) -> str:
    number = kit.no(
        f"978-7-{numbers.digits(kit.rng, 3)}-{numbers.digits(kit.rng, 5)}-{kit.rng.randrange(10)}",
        "mobile",
        "书号",
        "isbn",
    )
    return f"参考用书书号ISBN {number}。"


def _project_code(kit: Kit) -> str:
    value = f"{kit.day:%y%m}-{kit.county.area}-04-0{kit.rng.randrange(1, 6)}-{numbers.digits(kit.rng, 6)}"
    return f"项目代码：{kit.no(value, 'id_card', '投资项目代码', 'project_code')}。"


def _hotline(kit: Kit) -> str:
    number = kit.no(
        kit.pick("12345", "12315", "12333", "12348", "12388"), "mobile", "热线", "hotline"
    )
    return f"也可拨打{number}热线咨询。"


def _post_code(kit: Kit) -> str:
    number = kit.no(kit.county.area[:4] + "00", "birth_date", "邮政编码", "post_code")
    return f"邮政编码：{number}。"


def _document(kit: Kit) -> str:
    return f"依据{kit.document_number(kit.pick('政办', '民', '发', '财农'))}文件执行。"


_SENTENCES = (
    _serial,
    _wrong_id,
    _amount,
    _url,
    _file_name,
    _account,
    _credit_code,
    _invoice,
    _masked_name,
    _coordinates,
    _batch,
    _isbn,
    _project_code,
    _hotline,
    _post_code,
    _document,
)


def sprinkle(kit: Kit, low: int = 1, high: int = 3) -> None:
    """Add some of the sentences, each as a paragraph of its own."""
    for write in kit.rng.sample(_SENTENCES, kit.rng.randint(low, high)):
        kit.para(write(kit))
