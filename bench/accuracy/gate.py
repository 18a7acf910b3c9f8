"""The gate: floors of accuracy that are never lowered in silence.

`floors.json` holds, for each set of pages, the hash of the set and the floors of its figures. A
figure below its floor (above it, for the shares that should be low) or a changed set fails.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bench.accuracy import findings, generate, truth
from bench.accuracy.labels import Page
from bench.accuracy.score import Score, score

FLOORS = Path(__file__).with_name("floors.json")
SLICE = 400
LOWER_IS_BETTER = frozenset({"mandated_accused", "name_mandated_accused", "trap_rate"})
_MARGIN = 0.002  # a floor stands this far below the figure it was taken from


@dataclass(frozen=True, slots=True)
class Set:
    """One set of labelled pages."""

    name: str
    truths: list[truth.Truth]
    hash: str


def generated(count: int) -> Set:
    """The project's own pages: a slice of the corpus, or all of it."""
    pages: list[Page] = list(generate.pages(count))
    name = "generated" if count == generate.PAGES else f"generated_{count}"
    return Set(name, [truth.of_page(page) for page in pages], generate.corpus_hash(iter(pages)))


def labelled(folder: Path) -> Set:
    """A labelled set from elsewhere."""
    return Set("gold", truth.load(folder), truth.folder_hash(folder))


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    """The pinned floors; an absent file has none."""
    if not path.exists():
        return {"sets": {}, "history": []}
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def faults(
    name: str, set_hash: str, figures: dict[str, float], floors: dict[str, Any]
) -> list[str]:
    """One sentence for each thing that fails."""
    pinned = floors["sets"].get(name)
    if pinned is None:
        return [f"{name}: no floors are pinned; run the gate with --update once."]
    out = []
    if pinned["hash"] != set_hash:
        out.append(
            f"{name}: the pages or labels changed since the floors were pinned "
            f"({pinned['hash'][:12]} -> {set_hash[:12]}); look at the change, then --update."
        )
    for figure, floor in pinned["floors"].items():
        value = figures.get(figure)
        if value is None:
            out.append(f"{name}: {figure} could not be measured, its floor is {floor:.3f}.")
        elif _below(figure, value, floor):
            word = "above its ceiling" if figure in LOWER_IS_BETTER else "below its floor"
            out.append(f"{name}: {figure} is {value:.4f}, {word} of {floor:.4f}.")
    return out


def _below(figure: str, value: float, floor: float) -> bool:
    return value > floor + 1e-9 if figure in LOWER_IS_BETTER else value < floor - 1e-9


def update(
    floors: dict[str, Any],
    name: str,
    set_hash: str,
    figures: dict[str, float],
    reason: str = "",
) -> dict[str, Any]:
    """Floors raised to what was measured, with a small margin.

    A floor is only lowered when a reason is given, and the reason is kept in the history; without
    one a `ClickException` names the floors that would fall.
    """
    old = floors["sets"].get(name, {"hash": "", "floors": {}})
    new = {figure: _margin(figure, value) for figure, value in sorted(figures.items())}
    fallen = {
        figure: (floor, new[figure])
        for figure, floor in old["floors"].items()
        if figure in new and _below(figure, new[figure], floor)
    }
    lost = sorted(set(old["floors"]) - set(new))
    kept = dict(new)
    if not reason:
        really = {f: pair for f, pair in fallen.items() if _below(f, figures[f], pair[0])}
        if really or lost:
            which = ", ".join([*really, *lost])
            raise click.ClickException(
                f"{name}: this would lower {which}; mend the engine, or give --allow-lower REASON."
            )
        kept |= {figure: floor for figure, (floor, _) in fallen.items()}
    sets = floors["sets"] | {name: {"hash": set_hash, "floors": kept}}
    history = list(floors["history"])
    if reason and (fallen or lost):
        history.append(
            {
                "date": f"{datetime.now(UTC):%Y-%m-%d}",
                "set": name,
                "reason": reason,
                "lowered": {figure: list(pair) for figure, pair in fallen.items()},
                "dropped": lost,
            }
        )
    return {"sets": sets, "history": history}


def _margin(figure: str, value: float) -> float:
    if figure in LOWER_IS_BETTER:
        return round(min(1.0, value + _MARGIN) if value else 0.0, 4)
    return round(max(0.0, value - _MARGIN) if value < 1 else 1.0, 4)


def write_floors(floors: dict[str, Any], path: Path = FLOORS) -> None:
    """Write the floors in one piece."""
    spare = path.with_suffix(".new")
    spare.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", "utf-8")
    spare.replace(path)


def measure(sets: Sequence[Set], workers: int = 2) -> list[tuple[Set, Score]]:
    """Scan and score each set."""
    return [(one, score(one.truths, findings.scan(one.truths, workers))) for one in sets]
