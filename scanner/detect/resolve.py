"""Several rules may explain the same digits. One reading of each span stays."""

from collections.abc import Iterable

from patterns.rule import Polarity
from scanner.detect.candidate import Candidate


def resolve(candidates: Iterable[Candidate]) -> list[tuple[Candidate, Candidate | None]]:
    """The winners in text order, and personal losers with the not-personal reading that beat them.

    The strongest candidate takes its span; what overlaps it is out. A personal reading that lost
    to a rule of what is not personal comes back beside its winner, so that the report can say why
    it was dismissed.
    """
    ordered = sorted(candidates, key=lambda c: c.strength, reverse=True)
    taken: list[Candidate] = []
    lost: list[tuple[Candidate, Candidate]] = []
    spans = _Spans()
    for candidate in ordered:
        winner = spans.holder(candidate)
        if winner is None:
            spans.add(candidate)
            taken.append(candidate)
        elif _worth_telling(candidate, winner):
            lost.append((candidate, winner))
    out: list[tuple[Candidate, Candidate | None]] = [
        (c, None) for c in taken if c.rule.polarity is not Polarity.NOT_PERSONAL
    ]
    told: set[tuple[int, int, str]] = set()
    for loser, winner in lost:
        key = (winner.start, winner.end, loser.rule.kind)
        if key not in told:
            told.add(key)
            out.append((loser, winner))
    return sorted(out, key=lambda pair: (pair[0].start, pair[0].end))


def _worth_telling(loser: Candidate, winner: Candidate) -> bool:
    return (
        loser.rule.polarity is Polarity.PERSONAL
        and winner.rule.polarity is Polarity.NOT_PERSONAL
        and loser.confidence >= 0.4
    )


class _Spans:
    """Spans taken so far, by blocks of text, so that a look-up is near constant."""

    _BLOCK = 64

    def __init__(self) -> None:
        self._blocks: dict[int, list[Candidate]] = {}

    def add(self, candidate: Candidate) -> None:
        for block in range(candidate.start // self._BLOCK, (candidate.end - 1) // self._BLOCK + 1):
            self._blocks.setdefault(block, []).append(candidate)

    def holder(self, candidate: Candidate) -> Candidate | None:
        for block in range(candidate.start // self._BLOCK, (candidate.end - 1) // self._BLOCK + 1):
            for other in self._blocks.get(block, ()):
                if other.start < candidate.end and candidate.start < other.end:
                    return other
        return None
