"""TEXT rules: searched in the normalised text, in linear time or within a time limit.

The standard library's engine is several times faster on long alternations, so the bundled rules
run on it where they can. What only the `regex` module understands, and every rule of an office's
own folder, runs on that under a time limit.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import regex

import patterns
from patterns.rule import Proof, Rule, Scope, compiled
from patterns.validators import VALIDATORS
from scanner.detect.candidate import Candidate
from scanner.model import BLOCK, CELL, ROW

TIME_LIMIT = 2.0  # seconds of one rule on one document
_MOST_LETTERS = 8  # keywords of one letter: with more, most paragraphs hold one
_VALUE_GROUP = re.compile(r"\(\?P<value>")
_WALL = re.compile(f"[{CELL}{ROW}{BLOCK}]")
_BUNDLED = Path(patterns.__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class _Entry:
    rule: Rule
    fast: "re.Pattern[str] | None"
    slow: "regex.Pattern[str]"
    values: tuple[str, ...]  # groups of the pattern in use that may hold the value
    keywords: "Keywords"


class TextRules:
    """All TEXT rules of a pack."""

    def __init__(self, rules: Iterable[Rule], time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._entries = [
            _entry(rule) for rule in rules if rule.scope is Scope.TEXT and rule.expression
        ]

    @property
    def alphabet(self) -> frozenset[str]:
        """First letters of the keywords of all rules."""
        return frozenset().union(*(entry.keywords.initials for entry in self._entries))

    def read(
        self, places: "WordPlaces", timed_out: list[str], only: frozenset[int] | None = None
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
        matches: Iterable[re.Match[str] | regex.Match[str]] = (
            entry.slow.finditer(text, start, stop, timeout=self._time_limit)
            if entry.fast is None
            else entry.fast.finditer(text, start, stop)
        )
        for found in matches:
            for name in entry.values:
                if found.start(name) >= 0:
                    yield found.span(name)
                    break
            else:
                yield found.span()


@dataclass(frozen=True, slots=True)
class Keywords:
    """Literals of which one must stand near a value, and how they are best looked for."""

    words: tuple[str, ...]
    initials: frozenset[str]
    sought: bool  # each place is worth knowing; else it only counts whether any occurs

    @classmethod
    def of(cls, words: tuple[str, ...]) -> "Keywords":
        """With many keywords of one letter most paragraphs hold one."""
        letters = sum(len(word) == 1 for word in words)
        initials = frozenset(word[0] for word in words)
        return cls(words, initials, bool(words) and letters <= _MOST_LETTERS)


class WordPlaces:
    """In which paragraphs and cells of a text the rules' keywords stand.

    Rules share keywords: each is looked for once.
    """

    def __init__(self, text: str, alphabet: str) -> None:
        """`alphabet` holds the first letters of all keywords that will be asked for."""
        self.text = text
        # Looking for a few hundred letters is cheaper than gathering those of a long page.
        self.letters = frozenset(letter for letter in alphabet if letter in text)
        self._bounds = [0, *(wall.end() for wall in _WALL.finditer(text)), len(text) + 1]
        self._known: dict[str, frozenset[int]] = {}

    def segment(self, place: int) -> int:
        """Number of the paragraph or cell that holds the character at `place`."""
        return bisect_right(self._bounds, place) - 1

    def stretches(
        self, keywords: Keywords, only: frozenset[int] | None = None
    ) -> Iterator[tuple[int, int]]:
        """Runs of paragraphs and cells that hold a keyword; the whole text where there is none.

        A value does not run over the walls between them, so the rest need not be searched.
        """
        words = keywords.words
        if words and self.letters.isdisjoint(keywords.initials):
            return
        if keywords.sought:
            hits: set[int] = set()
            for word in words:
                if word[0] in self.letters:
                    hits |= self._segments(word)
            yield from self._runs(sorted(hits if only is None else hits & only))
        elif not words or any(w in self.text for w in words if w[0] in self.letters):
            if only is None:
                yield 0, len(self.text)
            else:
                yield from self._runs(sorted(only))

    def _runs(self, segments: list[int]) -> Iterator[tuple[int, int]]:
        """Neighbouring paragraphs and cells as one stretch."""
        last, start = -2, 0
        for segment in segments:
            if segment != last + 1:
                if last >= 0:
                    yield start, self._bounds[last + 1] - 1
                start = self._bounds[segment]
            last = segment
        if last >= 0:
            yield start, self._bounds[last + 1] - 1

    def _segments(self, word: str) -> frozenset[int]:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = frozenset(self._find(word))
        return known

    def _find(self, word: str) -> Iterator[int]:
        place = self.text.find(word)
        while place >= 0:
            segment = self.segment(place)
            yield segment
            place = self.text.find(word, self._bounds[segment + 1])


def _entry(rule: Rule) -> _Entry:
    slow = compiled(rule.expression)
    keywords = Keywords.of(rule.keywords)
    if rule.path.resolve().is_relative_to(_BUNDLED):
        try:
            fast = re.compile(_apart(rule.expression))
        except re.error:  # a feature of the regex module: searched with a time limit
            return _Entry(rule, None, slow, ("value",) * ("value" in slow.groupindex), keywords)
        values = tuple(name for name in fast.groupindex if name.startswith("value"))
        return _Entry(rule, fast, slow, values, keywords)
    return _Entry(rule, None, slow, ("value",) * ("value" in slow.groupindex), keywords)


def _apart(expression: str) -> str:
    """The expression with a name of its own for each group `value`: the standard library does not
    let two alternatives share one."""
    numbers = count(1)
    return _VALUE_GROUP.sub(lambda _: f"(?P<value{next(numbers)}>", expression)
