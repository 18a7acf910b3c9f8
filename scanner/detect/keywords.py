"""In which paragraphs and cells of a text the keywords of the rules stand, found in one pass.

Most rules need a literal word beside their value. All those words are looked for together, by an
automaton, and a rule is then tried only where one of its own was seen.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from scanner.model import BLOCK, CELL, ROW

_MOST_LETTERS = 8  # keywords of one letter: with more, most paragraphs hold one
_WALL = re.compile(f"[{CELL}{ROW}{BLOCK}]")


@dataclass(frozen=True, slots=True)
class Keywords:
    """Literals of which one must stand near a value."""

    words: tuple[str, ...]
    sought: bool  # each place is worth knowing; else it only counts whether any occurs

    @classmethod
    def of(cls, words: tuple[str, ...]) -> "Keywords":
        """With many keywords of one letter most paragraphs hold one."""
        letters = sum(len(word) == 1 for word in words)
        return cls(words, bool(words) and letters <= _MOST_LETTERS)


class WordIndex:
    """The keywords of all rules, ready to be looked for. Build once, use for many texts."""

    def __init__(self, keywords: Iterable[Keywords]) -> None:
        sought = list(dict.fromkeys(group.words for group in keywords if group.sought))
        groups: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(sought):
            for word in dict.fromkeys(words):
                groups[word].append(number)
        self._numbers = {words: number for number, words in enumerate(sought)}
        self._groups = [tuple(found) for found in groups.values()]
        self._automaton = AhoCorasick(list(groups)) if groups else None

    def places(self, text: str) -> "WordPlaces":
        """Where the keywords stand in a normalised text."""
        bounds = [0, *[wall.end() for wall in _WALL.finditer(text)], len(text) + 1]
        found: list[set[int]] = [set() for _ in self._numbers]
        if self._automaton is not None:
            hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
            for word, start, _ in hits:  # tens of thousands a page: no call to spare
                segment = bisect_right(bounds, start) - 1
                for group in self._groups[word]:
                    found[group].add(segment)
        return WordPlaces(text, bounds, found, self._numbers)


class WordPlaces:
    """Paragraphs and cells of a text, and which of them hold words of each group."""

    def __init__(
        self,
        text: str,
        bounds: list[int],
        found: list[set[int]],
        numbers: Mapping[tuple[str, ...], int],
    ) -> None:
        """`bounds` are the places where paragraphs and cells begin, `found` the numbers of those
        that hold a word of each group, `numbers` the number of each group."""
        self.text = text
        self._bounds = bounds
        self._found = found
        self._numbers = numbers

    def segment(self, place: int) -> int:
        """Number of the paragraph or cell that holds the character at `place`."""
        return bisect_right(self._bounds, place) - 1

    def stretches(
        self, keywords: Keywords, only: frozenset[int] | None = None
    ) -> Iterator[tuple[int, int]]:
        """Runs of paragraphs and cells that hold a keyword; the whole text where there is none.

        A value does not run over the walls between them, so the rest need not be searched.
        """
        if keywords.sought:
            hits = self._found[self._numbers[keywords.words]]
            if hits:
                yield from self._runs(sorted(hits if only is None else hits & only))
        elif not keywords.words or any(word in self.text for word in keywords.words):
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
