"""Invented people for tests: every number synthetic, with its check digit worked out here.

The arithmetic is written a second time, apart from `patterns.validators`, so that one mistake
cannot hide behind the other.
"""

_ID_WEIGHTS = [2 ** (17 - i) % 11 for i in range(17)]  # GB 11643: 7 9 10 5 8 4 2 1 6 3 ...
_ID_CHECKS = "10X98765432"


def id_number(area: str = "340811", born: str = "19811105", order: int = 123) -> str:
    """An 18-character ID number; odd orders are men, even ones women."""
    body = f"{area}{born}{order:03d}"
    total = sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True))
    return body + _ID_CHECKS[total % 11]


def card_number(body: str = "621700133643301228") -> str:
    """A card number: the body and its Luhn digit."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def mobile(number: int = 0) -> str:
    """An 11-digit mobile number."""
    return f"138{(number * 7919 + 41_605_273) % 100_000_000:08d}"


ID = id_number()
ID_2 = id_number(born="19760203", order=240)
ID_WITH_X = next(n for i in range(1, 999) if (n := id_number(order=i)).endswith("X"))
CARD = card_number()
MOBILE = mobile(1)
MOBILE_2 = mobile(2)
