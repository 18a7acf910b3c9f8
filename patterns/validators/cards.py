"""Bank cards: the check digit of ISO/IEC 7812 (Luhn) and the issuer prefixes seen in China."""

from functools import cache, lru_cache

from patterns import reference
from patterns.rule import Proof

# Payment cards of the world have 13 to 19 digits (ISO/IEC 7812-1).
_LENGTHS = range(13, 20)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the Luhn check of the others."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        total += _DOUBLED[int(char)] if place % 2 else int(char)
    return total % 10 == 0


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit()


def luhn(value: str) -> Proof:
    """Luhn alone proves nothing (one number in ten passes): it only disproves."""
    good = _is_number(value) and len(value) in _LENGTHS and luhn_holds(value)
    return Proof.UNDECIDED if good else Proof.DISPROVED


@cache
def prefixes(length: int) -> frozenset[str]:
    """Issuer prefixes of cards of this length, without those that a shorter one covers."""
    all_of_length = {p for p, lengths in reference.card_prefixes().items() if length in lengths}
    return frozenset(
        p for p in all_of_length if not any(p[:n] in all_of_length for n in range(1, len(p)))
    )


def _has_prefix(value: str) -> bool:
    known = prefixes(len(value))
    return any(value[:n] in known for n in range(2, 9))


def bank_card(value: str) -> Proof:
    """Proven by Luhn, a known issuer prefix and that issuer's length; Luhn alone is undecided."""
    if luhn(value) is Proof.DISPROVED:
        return Proof.DISPROVED
    return Proof.PROVEN if _has_prefix(value) else Proof.UNDECIDED


def generic_fits(masked: str) -> int:
    """10 to the number of hidden characters: nothing is known of the value's form."""
    return int(10 ** masked.count("*"))


def _is_masked_number(masked: str) -> bool:
    return bool(masked) and _is_number(masked.replace("*", "0"))


@lru_cache(maxsize=4096)
def _luhn_fillings(masked: str) -> int:
    """How many fillings of `*` satisfy Luhn."""
    counts = [1] + [0] * 9
    for place, char in enumerate(reversed(masked)):
        step = [0] * 10
        for digit in range(10) if char == "*" else (int(char),):
            weight = _DOUBLED[digit] if place % 2 else digit
            for total, count in enumerate(counts):
                step[(total + weight) % 10] += count
        counts = step
    return counts[0]


def luhn_fits(masked: str) -> int:
    """How many numbers that satisfy Luhn fit."""
    if not _is_masked_number(masked) or len(masked) not in _LENGTHS:
        return 0
    return _luhn_fillings(masked)


def bank_card_fits(masked: str) -> int:
    """How many numbers fit that `bank_card` would prove.

    The prefixes of one length are disjoint, so their counts add up.
    """
    if not _is_masked_number(masked):
        return 0
    return sum(
        _luhn_fillings(prefix + masked[len(prefix) :])
        for prefix in prefixes(len(masked))
        if _agrees(masked[: len(prefix)], prefix)
    )


def _agrees(masked: str, text: str) -> bool:
    return all(a in ("*", b) for a, b in zip(masked, text, strict=True))
