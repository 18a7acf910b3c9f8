"""Numbers with valid check digits, computed here so that errors of the scanner do not cancel out.

Nothing in this file is shared with `patterns.validators`: a mistake in one of the two shows as a
miss in the gate.
"""

from datetime import date, timedelta
from random import Random

_ID_WEIGHTS = [2 ** (17 - i) % 11 for i in range(17)]  # GB 11643: powers of two modulo 11
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MOBILE_HEADS = tuple(
    f"1{pair}"
    for pair in (
        *range(30, 40), 47, 50, 51, 52, 53, 55, 56, 57, 58, 59, 66, 73, 75, 76, 77, 78,
        *range(80, 90), 91, 93, 98, 99,
    )
)  # fmt: skip
_CARD_HEADS = (
    ("621700", 19),
    ("622848", 19),
    ("622202", 19),
    ("621799", 19),
    ("622188", 19),
    ("621660", 19),
    ("623059", 19),
    ("621226", 19),
    ("622588", 16),
    ("621286", 19),
)


def digits(rng: Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def id_check(head: str) -> str:
    """The 18th character for 17 digits."""
    total = sum(int(c) * w for c, w in zip(head, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def id_number(rng: Random, area: str, born: date, sex: str) -> str:
    """18 characters; the 17th is odd for men."""
    sequence = rng.randrange(1, 499) * 2 + (1 if sex == "男" else 0)
    head = f"{area}{born:%Y%m%d}{sequence:03d}"
    return head + id_check(head)


def id_number_15(number: str) -> str:
    """The old form: no century, no check digit. Only for people born before 2000."""
    return number[:6] + number[8:17]


def wrong_id(rng: Random, area: str, born: date) -> str:
    """18 digits that look like an ID number but whose check digit is wrong."""
    head = f"{area}{born:%Y%m%d}{digits(rng, 3)}"
    right = id_check(head)
    return head + rng.choice([d for d in "0123456789" if d != right])


def luhn_digit(head: str) -> str:
    total = 0
    for place, char in enumerate(reversed(head)):
        number = int(char) * (2 if place % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return str(-total % 10)


def bank_card(rng: Random) -> str:
    prefix, length = rng.choice(_CARD_HEADS)
    head = prefix + digits(rng, length - len(prefix) - 1)
    return head + luhn_digit(head)


def organisation_account(rng: Random) -> str:
    """An account of a body: 17 digits that begin with a branch number, no card prefix."""
    return rng.choice("123") + digits(rng, 16)


def mobile(rng: Random) -> str:
    return rng.choice(_MOBILE_HEADS) + digits(rng, 8)


def landline_local(rng: Random, length: int) -> str:
    return rng.choice("2345678") + digits(rng, length - 1)


def credit_code(rng: Random, area: str, head: str = "91") -> str:
    """统一社会信用代码, with the check characters of GB 11714 and GB 32100."""
    body = digits(rng, 8)
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11
    code = head + area + body + {10: "X", 11: "0"}.get(rest, str(rest))
    total = sum(_USCC_SIGNS.index(c) * pow(3, i, 31) for i, c in enumerate(code))
    return code + _USCC_SIGNS[-total % 31]


def passport(rng: Random) -> str:
    return rng.choice("EGP") + digits(rng, 8)


def plate(rng: Random, prefix: str) -> str:
    """An ordinary plate, or one of a new-energy car; prefix is province and city, "皖H"."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    if rng.random() < 0.25:
        return f"{prefix}{rng.choice('DF')}{digits(rng, 5)}"
    body = digits(rng, 5)
    at = rng.randrange(5)
    return prefix + body[:at] + rng.choice(letters) + body[at + 1 :]


def any_day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))
