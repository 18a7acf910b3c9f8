"""Columns that many rosters share."""

from bench.accuracy import numbers
from bench.accuracy.kit import Kit
from bench.accuracy.labels import LEAK, MANDATED, Disposition
from bench.accuracy.people import Person
from bench.accuracy.tables import Column, col


def name(
    kit: Kit, *heads: str, disposition: Disposition = MANDATED, contested: bool = False
) -> Column:
    return col(
        *(heads or ("姓名", "姓 名", "姓　名")),
        cell=lambda p: kit.name(p, disposition, contested=contested),
    )


def id_card(kit: Kit, *heads: str, hidden: bool = False, old: bool = False) -> Column:
    """ID numbers, shown as the page happens to; `old` mixes in some 15-digit ones."""

    def cell(person: Person) -> str:
        if (
            old
            and person.born.year < 1975
            and kit.chance(0.3)
            and kit.style("id_card", "id_card").exposure == "clear"
        ):
            return kit.put("id_card", numbers.id_number_15(person.id), LEAK, person=person)
        return kit.exposed("id_card", person.id, person=person)

    words = heads or (
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "身份证",
        "证件号码",
        "身份证件号码",
    )
    return col(*words, cell=cell, hidden=hidden)


def mobile(kit: Kit, *heads: str, hidden: bool = False) -> Column:
    words = heads or ("联系电话", "电话", "手机", "手机号码", "联系方式", "电话号码")
    return col(*words, cell=lambda p: kit.exposed("mobile", p.mobile, person=p), hidden=hidden)


def role_mobile(kit: Kit, basis: str, *heads: str) -> Column:
    """Mobiles that may stand: of people named for their duty."""
    words = heads or ("联系电话", "电话", "手机", "联系方式")
    return col(
        *words,
        cell=lambda p: kit.put("mobile", p.mobile, MANDATED, basis=basis, person=p),
        needs_head=True,
    )


def card(kit: Kit, *heads: str) -> Column:
    words = heads or ("银行账号", "一卡通账号", "银行卡号", "社保卡银行账号", "账号", "打卡账号")
    return col(*words, cell=lambda p: kit.exposed("bank_card", p.card, person=p))


def home(kit: Kit, *heads: str) -> Column:
    """Addresses: down to group or house on some pages, to the village on others."""
    full = kit.chance(0.7)

    def cell(person: Person) -> str:
        if full:
            return kit.put("home_address", person.home, LEAK, person=person, raw=person.home)
        short = person.town + person.village
        return kit.no(short, "home_address", "只到村、社区", "village_only")

    return col(*(heads or ("家庭住址", "住址", "家庭地址", "现住址")), cell=cell)


def village(*heads: str) -> Column:
    return col(*(heads or ("村(居)", "所在村", "村（社区）", "行政村")), cell=lambda p: p.village)


def choice(*heads: str, words: tuple[str, ...], kit: Kit) -> Column:
    """A column of harmless words."""
    return col(*heads, cell=lambda _: kit.pick(*words))


def sex() -> Column:
    return col("性别", cell=lambda p: p.sex)


def money(kit: Kit, *heads: str, low: int = 60, high: int = 9000) -> Column:
    return col(
        *(heads or ("金额(元)", "发放金额", "补助金额（元）")), cell=lambda _: kit.money(low, high)
    )


def health(kit: Kit, *heads: str, words: tuple[str, ...]) -> Column:
    def cell(person: Person) -> str:
        word = kit.pick(*words)
        return kit.put("health_info", word, LEAK, person=person, raw=word)

    return col(*heads, cell=cell, needs_head=True)


def birth(kit: Kit, *heads: str) -> Column:
    words = heads or ("出生日期", "出生年月日", "生日")
    return col(*words, cell=kit.birth, needs_head=True)


def serial(kit: Kit, *heads: str) -> Column:
    """Numbers of eleven digits that look like mobiles."""
    words = heads or ("受理编号", "业务编号", "流水号", "户编号")
    return col(*words, cell=lambda _: kit.serial(words[0]), needs_head=True)


def wrong_id(kit: Kit, *heads: str) -> Column:
    """Numbers of eighteen digits that look like ID numbers."""
    words = heads or ("档案编号", "批准文号", "家庭编码")
    return col(*words, cell=lambda _: kit.wrong_id(words[0]), needs_head=True)


def fixed_number(kit: Kit, *heads: str, make: str, trap: str) -> Column:
    """Numbers after a pattern: `#` is a digit, `@` the area code, `%` the year."""
    return col(*heads, cell=lambda _: kit.pattern(make, heads[0], trap), needs_head=True)
