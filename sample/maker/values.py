"""Invented people and numbers: valid check digits, nobody's data, the same on every run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡"
_GIVEN = "秀桂英华玉兰明建国志文军平春梅丽娟芳敏静强磊洋艳勇涛超霞刚燕辉玲桦晨曦雨泽浩宇梓涵"
_MOBILE_HEADS = ("135", "138", "139", "150", "151", "158", "159", "182", "187", "188")
_CARD_HEADS = ("622848", "621700", "622202")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_check_digit(body: str) -> str:
    """The 18th character of an ID number whose first 17 digits are given (GB 11643, MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def luhn_check_digit(body: str) -> str:
    """The last digit of a bank card whose other digits are given (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person with everything a careless list might publish."""

    name: str
    is_female: bool
    birth: date
    id_card: str
    mobile: str
    bank_card: str
    disability_cert: str

    @property
    def gender(self) -> str:
        """The gender as a list writes it."""
        return "女" if self.is_female else "男"


class People:
    """A stream of people from one seed. No name, mobile or ID number comes twice."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - a repeatable stream is the point, not a secret one
        self._seen: set[str] = set()

    def pick(self, choices: Sequence[str]) -> str:
        """One of the choices."""
        return choices[self.number(len(choices))]

    def number(self, below: int) -> int:
        """A whole number from 0 up to, not including, `below`.

        Built on random() alone: only its sequence is promised to stay the same from one
        Python version to the next.
        """
        return int(self._random.random() * below)

    def digits(self, count: int) -> str:
        """`count` digits."""
        return "".join(str(self.number(10)) for _ in range(count))

    def _fresh(self, make: Callable[[], str]) -> str:
        while True:
            value = make()
            if value not in self._seen:
                self._seen.add(value)
                return value

    def name(self) -> str:
        """A name of two or three characters."""

        def make() -> str:
            given = 2 if self.number(4) else 1
            return self.pick(_SURNAMES) + "".join(self.pick(_GIVEN) for _ in range(given))

        return self._fresh(make)

    def mobile(self) -> str:
        """A mobile number: 11 digits."""
        return self._fresh(lambda: self.pick(_MOBILE_HEADS) + self.digits(8))

    def bank_card(self) -> str:
        """A debit card number: 19 digits with their Luhn digit."""

        def make() -> str:
            body = self.pick(_CARD_HEADS) + self.digits(12)
            return body + luhn_check_digit(body)

        return self._fresh(make)

    def id_card(self, birth: date, is_female: bool, area: str = "340826") -> str:
        """An ID number of 18 characters for that birth date; the 17th digit is the gender's."""

        def make() -> str:
            order = f"{self.digits(2)}{self.number(5) * 2 + (0 if is_female else 1)}"
            body = f"{area}{birth:%Y%m%d}{order}"
            return body + id_check_digit(body)

        return self._fresh(make)

    def person(self, youngest: int = 22, oldest: int = 84) -> Person:
        """A whole person whose age in autumn 2026 lies between the two."""
        days = (oldest - youngest) * 365
        birth = date(2026 - oldest, 9, 1) + timedelta(days=self.number(days))
        is_female = bool(self.number(2))
        id_card = self.id_card(birth, is_female)
        cert = f"{id_card}{self.number(7) + 1}{self.number(4) + 1}"
        return Person(self.name(), is_female, birth, id_card, self.mobile(), self.bank_card(), cert)

    def persons(self, count: int, youngest: int = 22, oldest: int = 84) -> list[Person]:
        """`count` people."""
        return [self.person(youngest, oldest) for _ in range(count)]
