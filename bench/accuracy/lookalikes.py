"""Look-alikes: numbers that are nobody's data, each noted when it is written."""

from datetime import date
from random import Random
from typing import TypeVar

from bench.accuracy import numbers, places, writing
from bench.accuracy.labels import Negative

T = TypeVar("T")


class LookAlikes:
    """The part of a kit that draws lots and writes what only looks personal."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.county = rng.choice(places.COUNTIES)
        self.day = numbers.any_day(rng, date(2015, 1, 5), date(2025, 12, 20))
        self.negatives: list[Negative] = []

    def pick(self, *choices: T) -> T:
        """One of the choices."""
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        """True in the share of cases given."""
        return self.rng.random() < share

    def no(self, value: str, looks_like: str, why: str, trap: str) -> str:
        """Write a look-alike and note that it is nobody's data."""
        self.negatives.append(Negative(value, looks_like, why, trap))
        return value

    def code(self) -> str:
        """A unified social credit code, noted as nobody's data."""
        code = numbers.credit_code(self.rng, self.county.area)
        return self.no(code, "id_card", "统一社会信用代码", "credit_code")

    def serial(self, why: str = "受理编号") -> str:
        """Eleven digits that look like a mobile."""
        return self.no(numbers.mobile(self.rng), "mobile", why, "serial_11")

    def wrong_id(self, why: str = "业务编号") -> str:
        """Eighteen digits with area and date of an ID number, and a wrong check digit."""
        day = numbers.any_day(self.rng, date(1960, 1, 1), self.day)
        value = numbers.wrong_id(self.rng, self.county.area, day)
        return self.no(value, "id_card/bank_card", why, "wrong_check")

    def amount(self) -> str:
        """An amount whose whole part looks like a mobile."""
        value = f"{numbers.mobile(self.rng)}.{numbers.digits(self.rng, 2)}"
        return self.no(value, "mobile", "金额", "amount")

    def money(self, low: int = 60, high: int = 9000) -> str:
        """An ordinary amount, in one of its written forms."""
        whole = self.rng.randrange(low, high)
        return self.pick(f"{whole}", f"{whole}.00", f"{whole}.{self.rng.randrange(10, 99)}")

    def document_number(self, word: str = "办") -> str:
        """A document number, noted as nobody's data."""
        head = self.county.name[0] + self.county.name[1]
        value = f"{head}{word}〔{self.day.year}〕{self.rng.randrange(1, 300)}号"
        return self.no(value, "document_number", "发文字号", "document_number")

    def account(self, why: str = "单位银行账户") -> str:
        """An account of a body."""
        value = numbers.organisation_account(self.rng)
        return self.no(value, "bank_card", why, "organisation_account")

    def pattern(self, make: str, why: str, trap: str, looks_like: str = "mobile/id_card") -> str:
        """A number after a pattern: `#` is a digit, `@` the area code, `%` the year."""
        text = "".join(numbers.digits(self.rng, 1) if c == "#" else c for c in make)
        text = text.replace("@", self.county.area).replace("%", str(self.day.year))
        return self.no(text, looks_like, why, trap)

    def honorific(self) -> str:
        """A surname with a form of address: nobody can be told by it."""
        surname = self.pick("王", "李", "张", "刘", "陈", "周", "吴", "徐")
        value = surname + self.pick("工", "先生", "女士", "经理", "老师")
        return self.no(value, "person_name", "只有姓的称呼", "honorific")

    def company(self) -> str:
        """An invented company of the county."""
        head = self.pick(
            "恒晟", "瑞禾", "众泽", "宏宇达", "嘉禾源", "金槲", "正川", "汇源通", "盛屿"
        )
        trade = self.pick(
            "建设工程", "环保科技", "农业发展", "商贸", "医疗器械", "物业服务", "置业"
        )
        return f"{self.county.name[:-1]}{head}{trade}有限公司"

    def date_text(self, day: date) -> str:
        """A date in one of its written forms."""
        return writing.write_date(day.year, day.month, day.day, self.rng)
