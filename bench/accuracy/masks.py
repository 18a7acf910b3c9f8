"""Masks as published: well made and badly made ones.

A style is a pair (characters kept at the start, kept at the end), or a hole in the middle; the
signs differ from page to page. Well masked by the norms read: an ID number that shows at most
6 + 4, a mobile with four or more digits hidden, a card that shows at most 6 + 4. Badly masked: an
ID number whose birth date stands while the last digits are hidden, one whose month and day alone
are hidden, a mobile with one or two digits hidden, a card with two hidden.
"""

from random import Random

SIGNS = ("*", "*", "*", "*", "＊", "×", "X", "●", "□", "x")
_SAFE_SIGNS = ("*", "*", "*", "＊", "×", "●", "□")

WELL: dict[str, tuple[tuple[int, int], ...]] = {
    "id_card": ((6, 4), (6, 4), (6, 4), (3, 4), (4, 4), (0, 4), (2, 3), (1, 1), (6, 0), (6, 2)),
    "mobile": ((3, 4), (3, 4), (3, 4), (3, 2), (0, 4), (3, 0), (7, 0)),
    "bank_card": ((6, 4), (4, 4), (0, 4), (6, 3)),
    "disability_cert": ((6, 4), (4, 4), (6, 2)),
}
BAD: dict[str, tuple[tuple[int, int], ...]] = {
    "id_card": ((14, 0), (14, 0), (16, 0), (17, 0), (10, 4)),
    "mobile": ((9, 0), (6, 4), (10, 0), (5, 4)),
    "bank_card": ((17, 0), (15, 2)),
}


def style(type_: str, well: bool, rng: Random) -> tuple[int, int, str]:
    """How many characters a page keeps at the start and end, and its sign."""
    head, tail = rng.choice((WELL if well else BAD)[type_])
    signs = SIGNS if type_ == "id_card" and tail == 0 and head == 14 else _SAFE_SIGNS
    return head, tail, rng.choice(signs)


def apply(value: str, head: int, tail: int, sign: str) -> str:
    """Hide the middle; a style that would hide nothing of a short value hides two characters."""
    if head + tail >= len(value):
        head = len(value) - tail - 2
    return value[:head] + sign * (len(value) - head - tail) + value[len(value) - tail :]


def name(value: str, rng: Random) -> str:
    """A masked name: surname and signs, surname and 某, first and last kept."""
    forms = [
        value[0] + "*" * (len(value) - 1),
        value[0] + "某" * min(2, len(value) - 1),
        value[0] + "××",
        value[0] + "某",
    ]
    if len(value) == 3:
        forms.append(f"{value[0]}*{value[2]}")
    return rng.choice(forms)
