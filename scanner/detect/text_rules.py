"""TEXT rules: searched in the normalised text, in linear time or within a time limit.

The standard library's engine is several times faster on long alternations, so the bundled rules
run on it where they can. What only the `regex` module understands, and every rule of an office's
own folder, runs on that under a time limit.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

import patterns
from patterns.rule import Proof, Rule, Scope, compiled
from patterns.validators import VALIDATORS
from scanner.detect.candidate import Candidate

TIME_LIMIT = 2.0  # seconds of one rule on one document
_BUNDLED = Path(patterns.__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class _Entry:
    rule: Rule
    fast: "re.Pattern[str] | None"
    slow: "regex.Pattern[str]"
    has_value: bool


class TextRules:
    """All TEXT rules of a pack."""

    def __init__(self, rules: Iterable[Rule], time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._entries = [
            _entry(rule) for rule in rules if rule.scope is Scope.TEXT and rule.expression
        ]

    def read(self, text: str, timed_out: list[str]) -> Iterator[Candidate]:
        """Candidates of every rule; codes of rules that ran out of time go to `timed_out`."""
        for entry in self._entries:
            keywords = entry.rule.keywords
            if keywords and not any(word in text for word in keywords):
                continue
            try:
                yield from self._search(entry, text)
            except TimeoutError:
                timed_out.append(entry.rule.code)

    def _search(self, entry: _Entry, text: str) -> Iterator[Candidate]:
        rule = entry.rule
        for found in self._spans(entry, text):
            value = text[found[0] : found[1]]
            proof = VALIDATORS[rule.validator](value) if rule.validator else Proof.UNDECIDED
            if proof is Proof.DISPROVED:
                continue
            confidence = rule.proven if proof is Proof.PROVEN else rule.base
            yield Candidate(rule, *found, value.replace(" ", ""), confidence, proof)

    def _spans(self, entry: _Entry, text: str) -> Iterator[tuple[int, int]]:
        matches: Iterable[re.Match[str] | regex.Match[str]] = (
            entry.slow.finditer(text, timeout=self._time_limit)
            if entry.fast is None
            else entry.fast.finditer(text)
        )
        for found in matches:
            named = entry.has_value and found.group("value") is not None
            yield found.span("value") if named else found.span()


def _entry(rule: Rule) -> _Entry:
    slow = compiled(rule.expression)
    fast = None
    if rule.path.resolve().is_relative_to(_BUNDLED):
        try:
            fast = re.compile(rule.expression)
        except re.error:
            fast = None  # a feature of the regex module: searched with a time limit
    return _Entry(rule, fast, slow, "value" in slow.groupindex)
