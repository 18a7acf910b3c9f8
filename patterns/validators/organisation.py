"""Numbers of bodies and things: what explains digits that are nobody's."""

import re

from patterns.rule import Proof

_USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_USCC = re.compile(rf"[1-9ANY][1-9A][0-9]{{6}}[{_USCC_CHARS}]{{10}}")
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ISBN13 = re.compile(r"97[89][0-9]{10}")
_ISBN10 = re.compile(r"[0-9]{9}[0-9X]")
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def uscc_check(first17: str) -> str:
    """The 18th character of GB 32100-2015 for the first 17."""
    total = sum(
        _USCC_CHARS.index(char) * weight
        for char, weight in zip(first17, _USCC_WEIGHTS, strict=True)
    )
    return _USCC_CHARS[(31 - total % 31) % 31]


def uscc(value: str) -> Proof:
    """Unified social credit code: form and check character of GB 32100-2015."""
    good = _USCC.fullmatch(value) is not None and uscc_check(value[:17]) == value[17]
    return Proof.PROVEN if good else Proof.DISPROVED


def org_check(first8: str) -> str:
    """The ninth character of GB 11714-1997 for the first eight."""
    total = sum(int(char, 36) * weight for char, weight in zip(first8, _ORG_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def org_code(value: str) -> Proof:
    """Organisation code of GB 11714: the check holds for one in eleven at random, so undecided."""
    good = _ORG.fullmatch(value) is not None and org_check(value[:8]) == value[8]
    return Proof.UNDECIDED if good else Proof.DISPROVED


def isbn(value: str) -> Proof:
    """ISBN: thirteen digits are proven, ten (one in eleven passes) are undecided."""
    if _ISBN13.fullmatch(value):
        total = sum(int(char) * (3 if place % 2 else 1) for place, char in enumerate(value))
        return Proof.PROVEN if total % 10 == 0 else Proof.DISPROVED
    if _ISBN10.fullmatch(value):
        digits = [10 if char == "X" else int(char) for char in value]
        total = sum(digit * (10 - place) for place, digit in enumerate(digits))
        return Proof.UNDECIDED if total % 11 == 0 else Proof.DISPROVED
    return Proof.DISPROVED


def vin(value: str) -> Proof:
    """Vehicle identification number (GB 16735): proven by its ninth character.

    Imported vehicles may carry none, so a wrong one leaves it undecided.
    """
    if not _VIN.fullmatch(value) or value.isdigit():
        return Proof.DISPROVED
    total = sum(
        (_VIN_VALUES[char] if char.isalpha() else int(char)) * weight
        for char, weight in zip(value, _VIN_WEIGHTS, strict=True)
    )
    return Proof.PROVEN if "0123456789X"[total % 11] == value[8] else Proof.UNDECIDED
