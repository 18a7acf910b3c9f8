"""Numbers under a disability certificate's head, held against what their rows say.

The last two digits of such a number are the kind and the grade of the disability (第二代残疾人证:
1 视力 to 7 多重, 一级 to 四级). Where a roster tells both beside the number and its rows mostly
say otherwise, the digits are no such suffix: what is proven is the ID number before them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scanner.detect.cells import PlacedCell
from scanner.detect.derived import inner_id
from scanner.model import Evidence, Match

_KIND = "disability_cert"
_ID_KIND, _ID_RULE = "id_card", "ID001"
_ID_LENGTH = 18
_TYPE = re.compile("视力|听力|言语|肢体|智力|精神|多重")
_TYPES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
_GRADE = re.compile("([一二三四1234])[级等]")
_GRADES = "一二三四"
_LEAST_ROWS = 3
_LEAST_SHARE = 0.5

Row = tuple[int, int]  # block and grid row of a cell


def hold_to_rows(matches: list[Match], cells: Iterable[PlacedCell]) -> list[Match]:
    """The matches; a column that its rows contradict is turned into the ID numbers in it."""
    numbers = [m for m in matches if m.kind == _KIND and m.row is not None and inner_id(m)]
    if len(numbers) < _LEAST_ROWS:
        return matches
    rows = _texts({(m.block, m.row or 0) for m in numbers}, cells)
    agree: dict[tuple[int, int | None], Counter[bool]] = defaultdict(Counter)
    for match in numbers:
        for answer in _agrees(match, rows[match.block, match.row or 0]):
            agree[match.block, match.column][answer] += 1
    doubted = {column: said for column, said in agree.items() if _contradicted(said)}
    if not doubted:
        return matches
    held = {id(m) for m in numbers}
    return [
        _as_id(m, doubted[m.block, m.column])
        if id(m) in held and (m.block, m.column) in doubted
        else m
        for m in matches
    ]


def _texts(wanted: set[Row], cells: Iterable[PlacedCell]) -> dict[Row, str]:
    texts: dict[Row, list[str]] = defaultdict(list)
    for cell in cells:
        place = (cell.block, cell.cell.row)
        if place in wanted:
            texts[place].append(cell.text)
    return {place: "\t".join(texts[place]) for place in wanted}


def _agrees(match: Match, row: str) -> Iterator[bool]:
    """Whether the suffix is what the row says; nothing where the row does not say it clearly."""
    types, grades = set(_TYPE.findall(row)), set(_GRADE.findall(row))
    if len(types) != 1:
        return
    suffix = match.value[_ID_LENGTH:]
    fits = suffix[0] == str(_TYPES.index(types.pop()) + 1)
    if len(grades) == 1:
        grade = grades.pop()
        fits = fits and suffix[1] == (grade if grade.isdigit() else str(_GRADES.index(grade) + 1))
    yield fits


def _contradicted(said: Counter[bool]) -> bool:
    return said.total() >= _LEAST_ROWS and said[True] < _LEAST_SHARE * said.total()


def _as_id(match: Match, said: Counter[bool]) -> Match:
    told = Evidence("kind and grade in its row", f"{said[True]}/{said.total()}")
    return replace(
        match,
        rule=_ID_RULE,
        kind=_ID_KIND,
        value=match.value[:_ID_LENGTH],
        evidence=(*match.evidence, told),
    )
