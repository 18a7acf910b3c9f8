"""What a rule is: one kind of value, how it is found, and how far it is believed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from pathlib import Path

import regex

Fits = Callable[[str], int]


class Polarity(StrEnum):
    """Whom a value belongs to by its own form."""

    PERSONAL = "personal"
    INSTITUTIONAL = "institutional"  # a body's by its form: 400, 12345
    NOT_PERSONAL = "not_personal"  # digits that something else explains better


class Proof(Enum):
    """The answer of a validator."""

    PROVEN = "proven"
    UNDECIDED = "undecided"
    DISPROVED = "disproved"


Validator = Callable[[str], Proof]


class Scope(StrEnum):
    """What an expression is applied to."""

    # A compacted run of digits and letters, of which the whole must match.
    TOKEN = "token"  # noqa: S105
    TEXT = "text"  # searched in the normalised text


class Stage(StrEnum):
    """How settled a rule is."""

    PREVIEW = "preview"
    STABLE = "stable"


# Output types of `audit scan`; a personal rule gives one of them.
PERSONAL_KINDS = frozenset(
    {
        *("id_card", "mobile", "landline", "bank_card", "person_name", "home_address"),
        *("email", "qq", "wechat", "passport", "travel_permit", "license_plate"),
        *("disability_cert", "student_id", "birth_date", "health", "social_security"),
        "exam_ticket",
    }
)
FAMILIES = frozenset({"identity", "contact", "finance", "place", "person", "special", "public"})


@dataclass(frozen=True, slots=True)
class ContextWords:
    """Words near a value that raise or lower the confidence in it."""

    words: tuple[str, ...]
    distance: int  # characters between the word and the value
    side: str  # before, after, both
    effect: float  # -1 to 1, added to the confidence


@dataclass(frozen=True, slots=True)
class MaskNorm:
    """How a value of this kind has to be masked before it may be published."""

    norm: str  # whose norm, in words
    head: int  # most characters that may be shown at the start
    tail: int  # most characters that may be shown at the end
    min_fits: int  # fewer real values that still fit: under-masked
    fits: str  # name in patterns.validators.FITS


@dataclass(frozen=True, slots=True)
class Sample:
    """A text that a rule must hit or must not hit."""

    text: str
    header: str = ""  # when given, `text` is a cell under this header
    value: str = ""  # of a hit: the value that must come out, "" when it is not compared


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as its file says it. `CONTRIBUTING.md` explains each key."""

    code: str  # permanent: verdicts and exports refer to it
    kind: str
    name_zh: str
    name_en: str
    family: str
    polarity: Polarity
    scope: Scope
    expression: str  # "" when only headers and labels lead to the value
    keywords: tuple[str, ...]  # TEXT: tried only where one of them occurs; empty: everywhere
    cell: str  # whole content of a cell under one of `headers`, or after such a label
    cell_scope: Scope
    headers: tuple[str, ...]  # without spaces
    headers_against: tuple[str, ...]
    validator: str  # name in patterns.validators.VALIDATORS, or ""
    base: float  # confidence when nothing but the expression speaks
    proven: float  # confidence when the validator proves it
    headed: float  # confidence when header or label says so
    context: tuple[ContextWords, ...]
    severity: str  # low, medium, high, critical; "" when not personal
    mask: MaskNorm | None
    priority: int  # the higher one explains the same digits
    sources: tuple[str, ...]
    stage: str
    hit: tuple[Sample, ...]
    miss: tuple[Sample, ...]
    path: Path


def find_rule(rules: Iterable[Rule], code: str) -> Rule | None:
    """The rule of that code; None where a pack has none."""
    return next((rule for rule in rules if rule.code == code), None)


@cache
def compiled(expression: str) -> "regex.Pattern[str]":
    """The compiled form of a rule's expression; the same object for the same text.

    Raises `regex.error` when the expression is faulty.
    """
    return regex.compile(expression, regex.V0)
