"""Values that a column's head or a label before them leads to.

A passport number, an account, a name or an illness has little shape of its own; the words over or
before it say what it is. The rule's `cell` expression says what may stand there.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from patterns.rule import Polarity, Proof, Rule, Scope, compiled
from patterns.validators import VALIDATORS
from scanner.detect.candidate import Candidate
from scanner.detect.keywords import Keywords, WordPlaces
from scanner.detect.masked import full_form, has_lengths, spaced, stars
from scanner.detect.runs import Token
from scanner.detect.token_rules import lengths, shape_factor
from scanner.detect.vocabulary import Vocabulary
from scanner.model import LINE, Evidence

_NOT_COMPACT = re.compile(r"[\s\-./·•()'+\"]+")
_LEAST_VISIBLE = 2  # fewer are a placeholder, not a masked value
_PARTS = re.compile(r"[^、，,;；/\n|]+")
# A cell that offers answers to choose from: `健康/残疾/患病`.
_CHOICES = re.compile(r" *[□☐○]? *(?:健康|良好|正常|是|有|无|男) *[/、|]")
_BROKEN = frozenset({"home_address", "person_name"})
_LONG_DIGITS = re.compile(r"[0-9]{7}")
_BEFORE_NUMBER = re.compile(
    r"[^0-9()*+、，,;；/:\n|]{2,12}?"
    r"(?= ?[(:]? ?(?:(?:公民)?身份证?(?:件)?号?码?|(?:联系)?电话|手机号?)?[: ]{0,2}[+0-9*]{5})"
)
_BEFORE_KIN = re.compile(r"[^0-9()*+、，,;；/:\n|]{2,8}?(?= ?\([\u4e00-\u9fff]{1,5}\)$)")
_AFTER_LABEL = re.compile(r"(?: *[:：] *| +)([^\n\t\x1d\x1e，,。;；、:]{1,60})")


def compact(text: str) -> str:
    """Normalised text without separators, upper case."""
    return _NOT_COMPACT.sub("", text).upper()


def read_cell(vocabulary: Vocabulary, head: str, text: str, start: int) -> Iterator[Candidate]:
    """What the rules of a head make of a cell's normalised text, which begins at `start`."""
    for rule, word in vocabulary.rules_for(head):
        if not rule.cell:
            continue
        whole = _match(rule, text) or _over_lines(rule, text)
        if whole is not None:
            yield _candidate(rule, text, start, whole, head or word)
            continue
        if rule.polarity is not Polarity.PERSONAL or _CHOICES.match(text):
            continue
        for part in _parts(text):
            value = _match(rule, part.group())
            if value is not None and part.group() != text:
                yield _candidate(rule, part.group(), start + part.start(), value, head or word)


def _over_lines(rule: Rule, text: str) -> str | None:
    """A home, or a name, that a narrow cell breaks into lines: all but the last are as wide as the
    cell. Lines of a whole name or number each are several values."""
    if LINE not in text or rule.kind not in _BROKEN:
        return None
    lines = [line.strip() for line in text.strip().split(LINE)]
    widths = [sum(1 if char.isascii() else 2 for char in line) for line in lines]
    most = max(widths)
    if min(widths[:-1]) < most - 2 or any(_LONG_DIGITS.search(line) for line in lines):
        return None
    if rule.kind == "person_name" and min(map(len, lines)) > 1:
        return None
    return _match(rule, "".join(lines))


def _parts(text: str) -> "Iterator[re.Match[str]]":
    """What a cell with more than one value holds: its parts, or the words before a number."""
    yield from _PARTS.finditer(text)
    before = _BEFORE_NUMBER.match(text) or _BEFORE_KIN.match(text)
    if before is not None:
        yield before


class Labels:
    """Labels before values in running text."""

    def __init__(self, rules: tuple[Rule, ...], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._text_rules = [
            (rule, Keywords.of(_literals(rule.headers)), _alternation(rule.headers))
            for rule in rules
            if rule.cell and rule.cell_scope is Scope.TEXT and rule.headers
        ]

    @property
    def keywords(self) -> list[Keywords]:
        """The labels sought in text, by rule."""
        return [keywords for _, keywords, _ in self._text_rules]

    def read_token(self, text: str, token: Token) -> Iterator[Candidate]:
        """TOKEN rules whose label stands right before the token."""
        word = self._vocabulary.label_before(text, token.start)
        if not word:
            return
        for rule in self._vocabulary.rules_of_word(word):
            if not rule.cell or rule.cell_scope is not Scope.TOKEN:
                continue
            value = _match_token(rule, token.written)
            if value is not None:
                written = text[token.start : token.end]
                candidate = _candidate(rule, written, token.start, value, word)
                shape = shape_factor(rule, token)
                yield replace(candidate, confidence=candidate.confidence * shape, shape=shape)

    def read_text(self, places: WordPlaces) -> Iterator[Candidate]:
        """TEXT rules whose label stands anywhere in the normalised text."""
        text = places.text
        for rule, literals, alternation in self._text_rules:
            for start, stop in places.stretches(literals):
                for label in alternation.finditer(text, start, stop):
                    found = _AFTER_LABEL.match(text, label.end())
                    candidate = _after_label(rule, label.group(), found) if found else None
                    if candidate is not None:
                        yield candidate


def _after_label(rule: Rule, label: str, found: "re.Match[str]") -> Candidate | None:
    """The longest stretch after a label that can be the value."""
    chunk, start = found.group(1), found.start(1)
    for stop in _stops(chunk):
        value = _match(rule, chunk[:stop])
        if value is not None:
            return _candidate(rule, chunk[:stop].rstrip(), start, value, label)
    return None


def _stops(chunk: str) -> Iterator[int]:
    """Ends to try: the whole chunk, then each bracket or gap before it, last to first."""
    yield len(chunk)
    for place in range(len(chunk) - 1, 0, -1):
        if chunk[place] in " ()[]":
            yield place


def _match(rule: Rule, text: str) -> str | None:
    if rule.cell_scope is Scope.TOKEN:
        hidden = spaced(rule, text) if "    " in text else None
        return hidden or _match_token(rule, compact(text))
    stripped = text.strip()
    found = compiled(rule.cell).fullmatch(stripped)
    if found is None or _disproved(rule, stripped):
        return None
    named = found.groupdict().get("value")
    return re.sub(r"\s+", "", named if named is not None else stripped)


def _match_token(rule: Rule, text: str) -> str | None:
    if "*" in stars(text):
        return _masked_value(rule, text)
    found = compiled(rule.cell).fullmatch(text)
    if found is None:
        return None
    named = found.groupdict().get("value")
    value = named if named is not None else found.group()
    return None if _disproved(rule, value) else value


def _disproved(rule: Rule, value: str) -> bool:
    return bool(rule.validator) and VALIDATORS[rule.validator](value) is Proof.DISPROVED


def _masked_value(rule: Rule, written: str) -> str | None:
    """A masked value as written, if some real value fits it."""
    starred = stars(written)
    visible = len(starred) - starred.count("*")
    if visible < _LEAST_VISIBLE or full_form(rule, starred) is None:
        return None
    # Of a kind without lengths of its own the expression says how long a value can be: eighteen
    # places under `医保编号` are an ID number.
    if not has_lengths(rule) and len(starred) > lengths(rule.cell)[1]:
        return None
    return written


def _candidate(rule: Rule, text: str, start: int, value: str, header: str) -> Candidate:
    lead = len(text) - len(text.lstrip())
    proof = Proof.UNDECIDED
    confidence = rule.headed
    masked = "*" in stars(value)
    if rule.validator and not masked:
        proof = VALIDATORS[rule.validator](value)
        if proof is Proof.PROVEN:
            confidence = max(rule.proven, rule.headed)
    return Candidate(
        rule,
        start + lead,
        start + lead + len(text.strip()),
        value,
        confidence,
        proof,
        (Evidence("header", header, round(rule.headed - rule.base, 2)),),
        header,
        masked,
    )


def _literals(words: tuple[str, ...]) -> tuple[str, ...]:
    """The shortest words that every other one contains."""
    return tuple(w for w in words if not any(o != w and o in w for o in words))


def _alternation(words: tuple[str, ...]) -> "re.Pattern[str]":
    ordered = sorted(words, key=len, reverse=True)
    # Spaces inside a label (`姓  名`) are the layout's, not the word's.
    return re.compile("|".join(r" *".join(map(re.escape, word)) for word in ordered))
