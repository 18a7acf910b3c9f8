"""TEXT rules: searched in the normalised text, in linear time or within a time limit.

The standard library's engine is several times faster on long alternations, so the bundled rules
run on it where they can. What only the `regex` module understands, and every rule of an office's
own folder, runs on that under a time limit.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import regex

import patterns
from patterns.rule import Proof, Rule, Scope, compiled
from patterns.validators import VALIDATORS
from scanner.detect.candidate import Candidate
from scanner.detect.keywords import Keywords, WordPlaces

TIME_LIMIT = 2.0  # seconds of one rule on one document
# Characters on which a bundled rule needs no clock: starting one costs as much as the search.
_SHORT = 2_000
_VALUE_GROUP = re.compile(r"\(\?P<value>")
_BUNDLED = Path(patterns.__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class _Entry:
    rule: Rule
    fast: "re.Pattern[str] | None"
    slow: "regex.Pattern[str]"
    values: tuple[str, ...]  # groups of the pattern in use that may hold the value
    keywords: Keywords
    bundled: bool


class TextRules:
    """All TEXT rules of a pack."""

    def __init__(self, rules: Iterable[Rule], time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._entries = [
            _entry(rule) for rule in rules if rule.scope is Scope.TEXT and rule.expression
        ]

    @property
    def keywords(self) -> list[Keywords]:
        """What must stand near the values of each rule."""
        return [entry.keywords for entry in self._entries]

    def read(
        self, places: WordPlaces, timed_out: list[str], only: frozenset[int] | None = None
    ) -> Iterator[Candidate]:
        """Candidates of every rule; codes of rules that ran out of time go to `timed_out`.

        `only` limits the search to some paragraphs and cells.
        """
        text = places.text
        for entry in self._entries:
            try:
                for start, stop in places.stretches(entry.keywords, only):
                    yield from self._search(entry, text, start, stop)
            except TimeoutError:
                timed_out.append(entry.rule.code)

    def _search(self, entry: _Entry, text: str, start: int, stop: int) -> Iterator[Candidate]:
        rule = entry.rule
        for found in self._spans(entry, text, start, stop):
            value = text[found[0] : found[1]]
            proof = VALIDATORS[rule.validator](value) if rule.validator else Proof.UNDECIDED
            if proof is Proof.DISPROVED:
                continue
            confidence = rule.proven if proof is Proof.PROVEN else rule.base
            yield Candidate(rule, *found, value.replace(" ", ""), confidence, proof)

    def _spans(self, entry: _Entry, text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
        matches: Iterable[re.Match[str] | regex.Match[str]]
        if entry.fast is not None:
            matches = entry.fast.finditer(text, start, stop)
        elif entry.bundled and stop - start <= _SHORT:
            matches = entry.slow.finditer(text, start, stop)
        else:
            matches = entry.slow.finditer(text, start, stop, timeout=self._time_limit)
        for found in matches:
            for name in entry.values:
                if found.start(name) >= 0:
                    yield found.span(name)
                    break
            else:
                yield found.span()


def _entry(rule: Rule) -> _Entry:
    slow = compiled(rule.expression)
    keywords = Keywords.of(rule.keywords)
    bundled = rule.path.resolve().is_relative_to(_BUNDLED)
    fast = _in_standard_library(rule.expression) if bundled else None
    if fast is None:
        values: tuple[str, ...] = ("value",) * ("value" in slow.groupindex)
    else:
        values = tuple(name for name in fast.groupindex if name.startswith("value"))
    return _Entry(rule, fast, slow, values, keywords, bundled)


def _in_standard_library(expression: str) -> "re.Pattern[str] | None":
    """None for an expression with a feature of the regex module: searched with a time limit."""
    try:
        return re.compile(_apart(expression))
    except re.error:
        return None


def _apart(expression: str) -> str:
    """The expression with a name of its own for each group `value`: the standard library does not
    let two alternatives share one."""
    numbers = count(1)
    return _VALUE_GROUP.sub(lambda _: f"(?P<value{next(numbers)}>", expression)
