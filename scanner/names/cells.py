"""Names in cells: one cell by itself, and whole columns without a head."""

import math
import re
from collections.abc import Sequence
from functools import cache

from patterns import reference
from scanner.names.scorer import load_scorer

_GAPS = re.compile(r"[ \u3000\u00a0\n]+")
_SHAPE = re.compile(r"[\u3400-\u9fff]{2,4}")
_FORM = re.compile(r"\s*[\u3400-\u9fff](?:[ \u3000·•・‧]*[\u3400-\u9fff]){1,12}\s*")
_FOREIGN = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•・‧][\u3400-\u9fff]{1,8}){1,4}")
_FOREIGN_CONFIDENCE = 0.9
_MOST, _LEAST = 3.0, -3.0  # log odds of one cell in the vote of its column
_COLUMN_BIAS = 0.1  # a column is none before its cells have spoken


def is_name(cell: str) -> float:
    """The chance that the content of one cell is a person's name, 0 to 1."""
    return chances((cell,))[0]


def name_share(cells: Sequence[str]) -> float:
    """The chance that a column is one of names, by all of its cells, 0 to 1.

    Empty cells do not vote. A few cells that are none (`合计`, `无`) do not sway a column of names.
    """
    return share_of(chances([cell for cell in cells if cell.strip()]))


def share_of(voting: Sequence[float]) -> float:
    """The chance of a column by the chances of its cells."""
    if not voting:
        return 0.0
    mean = sum(map(_odds, voting)) / len(voting)
    return 1 / (1 + math.exp(-(mean - _COLUMN_BIAS) * math.sqrt(len(voting)) * 2))


def may_be_names(cells: Sequence[str]) -> bool:
    """Whether half of the cells have the form of a name: cheap, to be asked first."""
    return sum(bool(_FORM.fullmatch(cell)) for cell in cells) * 2 >= len(cells)


def _odds(chance: float) -> float:
    if chance <= 0.0:
        return _LEAST
    return min(_MOST, max(_LEAST, math.log(chance / (1.0001 - chance))))


def chances(cells: Sequence[str]) -> list[float]:
    """The chance of each cell that it is a name."""
    bare = [_GAPS.sub("", cell) for cell in cells]
    shaped = [i for i, text in enumerate(bare) if _SHAPE.fullmatch(text)]
    out = [_FOREIGN_CONFIDENCE if _FOREIGN.fullmatch(text) else 0.0 for text in bare]
    if shaped:
        found = load_scorer().cell_chances([bare[i] for i in shaped])
        for i, chance in zip(shaped, found, strict=True):
            out[i] = 0.0 if bare[i] in _not_names() else chance
    return out


@cache
def _not_names() -> frozenset[str]:
    return reference.words("not_names.txt")
