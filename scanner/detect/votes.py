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
_SURE = 0.85
_UPHELD = 0.88  # of a value that its column speaks for, where its own form does not
_MOSTLY = 0.6
_LEAST_CHECKED = 3  # that many check digits in a column do not pass by chance
_UNLISTED = "gb11643: undecided"


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
    if not shaped[key]:  # it stands beside other words in its cell: no column of numbers
        return match
    most = passed[key] >= _LEAST_SHARE * shaped[key]
    few = shaped[key] < _LEAST_CELLS
    believed = most and passed[key] >= _LEAST_PASSES if doubted else most or few
    if believed:
        return match
    share = f"{passed[key]}/{shaped[key]}"
    evidence = (*match.evidence, Evidence("column", share, -1 + _CHANCE_FACTOR))
    return replace(match, confidence=match.confidence * _CHANCE_FACTOR, evidence=evidence)


def uphold(matches: list[Match], cells: Iterable[ColumnCell]) -> list[Match]:
    """The matches, weak ones raised where the rest of their column is surely of their kind.

    A 15-digit ID number in a column of 18-digit ones has no check digit, and needs none. Numbers
    of an area that is not listed speak for each other where their check digits all hold.
    """
    weak = {_place(m) for m in matches if m.column is not None and _is_weak(m)}
    if not weak:
        return matches
    sure = Counter(
        _place(m)
        for m in matches
        if m.column is not None and not m.explained_by and (m.is_masked or m.confidence >= _SURE)
    )
    passes = Counter(_place(m) for m in matches if m.column is not None and _passes(m))
    sure += Counter({place: count for place, count in passes.items() if count >= _LEAST_CHECKED})
    filled = Counter(
        (cell.block, cell.column)
        for cell in cells
        if cell.text.strip() and any(char.isdigit() for char in cell.text)
    )
    return [_raise(m, sure[_place(m)], filled[m.block, m.column or 0]) for m in matches]


def _place(match: Match) -> tuple[int, int, str]:
    return (match.block, match.column or 0, match.kind)


def _passes(match: Match) -> bool:
    """Whether the check digit and the date hold, of an area that no list of areas has."""
    unlisted = any(e.what == "validator" and e.words == _UNLISTED for e in match.evidence)
    return unlisted and _is_weak(match) and not match.is_masked


def _is_weak(match: Match) -> bool:
    return match.confidence < _SURE and not match.explained_by


def _raise(match: Match, sure: int, filled: int) -> Match:
    believed = sure >= _LEAST_PASSES and sure >= _MOSTLY * filled
    if not believed or match.column is None or not _is_weak(match):
        return match
    gain = round(_UPHELD - match.confidence, 2)
    evidence = (*match.evidence, Evidence("column", f"{sure}/{filled}", gain))
    return replace(match, confidence=_UPHELD, evidence=evidence)
