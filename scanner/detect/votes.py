"""What a whole column says of one of its cells.

A check digit passes by chance once in ten or eleven times. Where most cells of a column have the
form of a number and fail its check, the few that pass are chance; a roster of real numbers passes
almost throughout.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from scanner.detect.headed import compact
from scanner.model import Evidence, Match

_LEAST_CELLS = 4
_LEAST_SHARE = 0.5
_LEAST_PASSES = 2  # under a head that names something else
_CHANCE_FACTOR = 0.4


@dataclass(frozen=True, slots=True)
class ColumnCell:
    """A data cell: its table (index of the block), column and normalised text."""

    block: int
    column: int
    text: str


def outvote(
    matches: list[Match],
    cells: Iterable[ColumnCell],
    checked: Callable[[Match], bool],
    names_another: Callable[[Match], bool],
) -> list[Match]:
    """The matches, those of a column whose other numbers fail the same check weakened.

    `checked` tells whether a match was proven by a check digit: only those are put to the vote.
    Under a head that names another kind of number (`names_another`) a few passes are not enough:
    a head that lies lies over the whole column.
    """
    candidates = [m for m in matches if m.column is not None and not m.is_masked and checked(m)]
    if not candidates:
        return matches
    passed = Counter(map(_key, candidates))
    wanted = {(block, column) for block, column, _ in passed}
    shaped: Counter[tuple[int, int, int]] = Counter()
    for cell in cells:
        if (cell.block, cell.column) in wanted:
            number = compact(cell.text)
            if number.isascii() and number.isalnum():
                shaped[cell.block, cell.column, len(number)] += 1
    voted = {id(m) for m in candidates}
    return [
        _weaken(m, passed, shaped, doubted=names_another(m)) if id(m) in voted else m
        for m in matches
    ]


def _key(match: Match) -> tuple[int, int, int]:
    return (match.block, match.column or 0, len(match.value))


def _weaken(
    match: Match,
    passed: Counter[tuple[int, int, int]],
    shaped: Counter[tuple[int, int, int]],
    *,
    doubted: bool,
) -> Match:
    key = _key(match)
    most = passed[key] >= _LEAST_SHARE * shaped[key]
    few = shaped[key] < _LEAST_CELLS
    believed = most and passed[key] >= _LEAST_PASSES if doubted else most or few
    if believed:
        return match
    share = f"{passed[key]}/{shaped[key]}"
    evidence = (*match.evidence, Evidence("column", share, -1 + _CHANCE_FACTOR))
    return replace(match, confidence=match.confidence * _CHANCE_FACTOR, evidence=evidence)
