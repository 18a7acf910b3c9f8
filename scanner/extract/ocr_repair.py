"""Letters that a picture's reader took for digits, put right where a check digit proves it.

A number is repaired only when exactly one way of reading its letters as digits is proven: a citizen
number by check digit, birth date and area (GB 11643-1999), a bank card by its check digit (ISO/IEC
7812) and its issuer. Digits are never changed, and every repair is told.
"""

import re
from itertools import product
from math import prod

from patterns.rule import Proof
from patterns.validators.cards import bank_card
from patterns.validators.identity import gb11643
from scanner.lang import tr

_LOOKS_LIKE = {
    "O": "0", "o": "0", "D": "0", "Q": "0", "U": "0", "C": "0",
    "I": "1", "l": "1", "i": "1", "|": "1", "!": "1",
    "Z": "27", "z": "2", "S": "58", "s": "5", "B": "836", "G": "6", "b": "6",
    "A": "4", "T": "71", "g": "9", "q": "9",
}  # fmt: skip
_LETTERS = "".join(_LOOKS_LIKE)
_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z])[0-9{re.escape(_LETTERS)}]{{15,18}}[0-9Xx{re.escape(_LETTERS)}](?![0-9A-Za-z])"
)
_MOST_LETTERS = 5
_MOST_WAYS = 64


def repaired(text: str) -> tuple[str, list[str]]:
    """(the text with its proven numbers, what was changed in words that hold no value)."""
    notes: list[str] = []

    def mend(found: re.Match[str]) -> str:
        read = found.group()
        value = _only_way(read)
        if value is None:
            return read
        notes.extend(
            tr(
                f"第{n}位“{old}”按校验位改为“{new}”",
                f"character {n}, '{old}', is '{new}' by the check digit",
            )
            for n, (old, new) in enumerate(zip(read, value, strict=True), start=1)
            if old != new and old.upper() != new
        )
        return value

    return _NUMBER.sub(mend, text), notes


def _only_way(read: str) -> str | None:
    """The one proven number that a run with letters may stand for; None without or with several."""
    letters = [letter for letter in read if letter in _LOOKS_LIKE]
    if not 0 < len(letters) <= _MOST_LETTERS:
        return None
    options = [_LOOKS_LIKE.get(letter, letter.upper()) for letter in read]
    if prod(map(len, options)) > _MOST_WAYS:
        return None
    proven = {value for value in map("".join, product(*options)) if _is_proven(value)}
    return proven.pop() if len(proven) == 1 else None


def _is_proven(value: str) -> bool:
    if len(value) == 18 and gb11643(value) is Proof.PROVEN:
        return True
    return value.isdigit() and bank_card(value) is Proof.PROVEN
