"""TOKEN rules, ordered by the lengths they can match, and what they make of a token."""

import re
import re._parser as sre_parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from patterns.rule import Proof, Rule, Scope, compiled
from patterns.validators import VALIDATORS
from scanner.detect.candidate import Candidate
from scanner.detect.runs import LONGEST, Token
from scanner.model import Evidence

# Parts that people cut a mobile number into; anything else is more likely two numbers.
_PHONE_CUTS = {
    (3, 4, 4),
    (3, 8),
    (7, 4),
    (5, 6),
    (4, 4, 3),
    (3, 3, 5),
    (4, 3, 4),
    (6, 5),
    (2, 3, 4, 4),
    (2, 11),
    (4, 11),
    (2, 3, 8),
}
# A class of characters: in a masked value a star may stand for any of them.
_CLASS = re.compile(r"\[([^\]]+)\]")
_GROUP_NAME = re.compile(r"\(\?P<[a-z_]+>")
# Counts of kinds whose masked form can be told without a head or label.
_SHAPED = frozenset({"gb11643", "gb11643_15", "mobile", "luhn", "bank_card", "disability"})
# The right length, and at least one real value that fits what is shown.
_MASKED_CONFIDENCE = 0.75
_GLUE_FACTOR = 0.45
_CUT_FACTOR = 0.5
_LEAST_AREA = 3  # digits of an area code
_JOINT_FACTOR = 0.98  # the fewer joints, the likelier one number


@dataclass(frozen=True, slots=True)
class _Entry:
    rule: Rule
    pattern: "regex.Pattern[str]"
    checks: bool  # a validator can prove the value


@cache
def lengths(expression: str) -> tuple[int, int]:
    """Shortest and longest match. The standard library's parser counts them for us, but does not
    let two alternatives share a group's name as the regex module does."""
    try:
        parsed = sre_parser.parse(expression)
    except re.error:
        parsed = sre_parser.parse(_GROUP_NAME.sub("(?:", expression))
    low, high = parsed.getwidth()
    return int(low), min(int(high), LONGEST)


class TokenRules:
    """All TOKEN rules of a pack."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._by_length: dict[int, list[_Entry]] = {n: [] for n in range(LONGEST + 1)}
        self._masked: list[tuple[Rule, regex.Pattern[str]]] = []
        for rule in rules:
            if rule.scope is not Scope.TOKEN or not rule.expression:
                continue
            entry = _Entry(rule, compiled(rule.expression), bool(rule.validator))
            low, high = lengths(rule.expression)
            for length in range(low, high + 1):
                self._by_length[length].append(entry)
            if rule.mask is not None and rule.mask.fits in _SHAPED:
                self._masked.append((rule, compiled(_CLASS.sub(r"[\1*]", rule.expression))))

    def read(self, token: Token) -> Iterator[Candidate]:
        """What the rules make of one token; nothing for a token that no rule explains."""
        if token.is_masked:
            yield from self._read_masked(token)
            return
        for entry in self._by_length.get(len(token.text), ()):
            found = entry.pattern.fullmatch(token.text)
            if found is None:
                continue
            candidate = _judge(entry.rule, _value(found), token)
            if candidate is not None:
                yield candidate

    def _read_masked(self, token: Token) -> Iterator[Candidate]:
        if len(token.text) - token.text.count("*") < 3:
            return
        for rule, pattern in self._masked:
            if pattern.fullmatch(token.text):
                evidence = (Evidence("mask", "已部分隐去"),)
                yield Candidate(
                    rule,
                    token.start,
                    token.end,
                    token.written,
                    _MASKED_CONFIDENCE,
                    Proof.UNDECIDED,
                    evidence,
                    "",
                    True,
                )


def _value(found: "regex.Match[str]") -> str:
    named = found.group("value") if "value" in found.re.groupindex else None
    return named if named is not None else found.group()


@cache
def _said_by(validator: str, proof: Proof) -> tuple[Evidence, ...]:
    return (Evidence("validator", f"{validator}: {proof.value}"),)


def _judge(rule: Rule, value: str, token: Token) -> Candidate | None:
    proof = VALIDATORS[rule.validator](value) if rule.validator else Proof.UNDECIDED
    if proof is Proof.DISPROVED:
        return None
    confidence = rule.proven if proof is Proof.PROVEN else rule.base
    evidence = _said_by(rule.validator, proof) if rule.validator else ()
    shape = shape_factor(rule, token)
    return Candidate(
        rule,
        token.start,
        token.end,
        value,
        confidence * shape,
        proof,
        evidence,
        shape=shape,
    )


def shape_factor(rule: Rule, token: Token) -> float:
    """How much the writing itself speaks against one value: glued letters, unlikely cuts."""
    factor = _GLUE_FACTOR if token.glued else 1.0
    if token.pieces > 1:
        if rule.kind == "landline":
            factor *= _JOINT_FACTOR ** (token.pieces - 1)
            if token.sizes[0] < _LEAST_AREA and not token.text.startswith("86"):
                factor *= _CUT_FACTOR  # `2024.04.18-2024.07.10`: two dates
        elif rule.kind == "mobile":
            if token.sizes not in _PHONE_CUTS:
                factor *= _CUT_FACTOR
        elif max(token.sizes) == 1:
            factor *= 1.0  # boxes of one digit each: a form
        elif min(token.sizes) < 2:
            factor *= 0.9
        if token.over_line:
            factor *= 0.95
    return factor
