"""Cells and columns: how many names are found, how much else is taken for one."""

import json
from pathlib import Path
from random import Random

from scanner.names import chances, name_share

_NOISE = 0.05  # cells of a column of names that are none
_COLUMNS = 600
_EMPTY = ("", "无", "-", "同上", "合计")


def single(path: Path, least: float) -> dict[str, float]:
    """The share of each kind of cell that is taken for a name."""
    sets = json.loads(path.read_text("utf-8"))
    kinds = {"names": sets["names"], **sets["not_names"]}
    return {
        kind: sum(chance >= least for chance in chances(cells)) / len(cells)
        for kind, cells in kinds.items()
    }


def columns(path: Path, size: int, least: float) -> tuple[float, float]:
    """Recall of columns of names, and the share of other columns taken for one."""
    sets = json.loads(path.read_text("utf-8"))
    rng = Random(size)

    def draw(cells: list[str]) -> bool:
        column = [
            rng.choice(_EMPTY) if rng.random() < _NOISE else rng.choice(cells) for _ in range(size)
        ]
        return name_share(column) >= least

    recall = sum(draw(sets["names"]) for _ in range(_COLUMNS)) / _COLUMNS
    others = [cells for cells in sets["not_names"].values() for _ in range(_COLUMNS // 4)]
    return recall, sum(map(draw, others)) / len(others)
