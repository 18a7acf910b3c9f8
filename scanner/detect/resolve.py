"""Several rules may explain the same digits. One reading of each span stays."""

from collections.abc import Iterable
from dataclasses import dataclass

from patterns.rule import Polarity
from scanner.detect.candidate import Candidate

_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Resolved:
    """What stayed, and what a not-personal reading beat."""

    winners: tuple[Candidate, ...]
    beaten: tuple[tuple[Candidate, Candidate], ...]  # personal loser, not-personal winner


def resolve(candidates: Iterable[Candidate]) -> Resolved:
    """The strongest candidate takes its span; what overlaps it is out.

    A personal reading that lost to a rule of what is not personal is kept beside its winner, so
    that the report can say why it was dismissed.
    """
    taken: list[Candidate] = []
    lost: list[tuple[Candidate, Candidate]] = []
    spans = _Spans()
    for candidate in sorted(candidates, key=lambda c: c.strength, reverse=True):
        holders = spans.holders(candidate)
        winner = next((held for held in holders if not _only_cuts(held, candidate)), None)
        if winner is None:
            for cut in holders:
                spans.remove(cut)
                taken.remove(cut)
            spans.add(candidate)
            taken.append(candidate)
        elif _worth_telling(candidate, winner):
            lost.append((candidate, winner))
    told: dict[tuple[int, int, str], tuple[Candidate, Candidate]] = {}
    for loser, winner in lost:
        told.setdefault((winner.start, winner.end, loser.rule.kind), (loser, winner))
    taken.sort(key=lambda c: (c.start, c.end))
    return Resolved(tuple(taken), tuple(told.values()))


def _worth_telling(loser: Candidate, winner: Candidate) -> bool:
    return (
        loser.rule.polarity is Polarity.PERSONAL
        and winner.rule.polarity is Polarity.NOT_PERSONAL
        and loser.confidence >= _LIKELY
    )


def _only_cuts(held: Candidate, candidate: Candidate) -> bool:
    """Whether a not-personal reading covers but a part of a likely value: `8688,520元` explains
    the end of a mobile number and an amount after it, and so neither."""
    return (
        held.rule.polarity is Polarity.NOT_PERSONAL
        and candidate.rule.polarity is Polarity.PERSONAL
        and candidate.confidence >= _LIKELY
        and not (held.start <= candidate.start and candidate.end <= held.end)
    )


class _Spans:
    """Spans taken so far, by blocks of text, so that a look-up is near constant."""

    _BLOCK = 64

    def __init__(self) -> None:
        self._blocks: dict[int, list[Candidate]] = {}

    def add(self, candidate: Candidate) -> None:
        for block in range(candidate.start // self._BLOCK, (candidate.end - 1) // self._BLOCK + 1):
            self._blocks.setdefault(block, []).append(candidate)

    def remove(self, candidate: Candidate) -> None:
        """Give a span up again."""
        for block in range(candidate.start // self._BLOCK, (candidate.end - 1) // self._BLOCK + 1):
            self._blocks[block].remove(candidate)

    def holders(self, candidate: Candidate) -> list[Candidate]:
        """What holds any part of the candidate's span."""
        found: list[Candidate] = []
        for block in range(candidate.start // self._BLOCK, (candidate.end - 1) // self._BLOCK + 1):
            for other in self._blocks.get(block, ()):
                overlaps = other.start < candidate.end and candidate.start < other.end
                if overlaps and other not in found:
                    found.append(other)
        return found
