"""`python -m bench.names`: figures of the finder of names beside its rivals'.

With `--gate` a figure below its floor in `floors.json` ends the run with status 1; sets that are
absent are said and cannot fail.
"""

import json
import sys
from pathlib import Path

import click

from bench.names.cells import columns, single
from bench.names.rivals import present
from bench.names.sets import FOLDER, TEXTS, Figures, Finder, Span, measure
from scanner.names import DEFAULT, LOOSE, STRICT, find_names

FLOORS = Path(__file__).with_name("floors.json")


def ours(text: str) -> list[Span]:
    """The program's own finder, every tier."""
    return [(s.start, s.end, s.confidence) for s in find_names(text, LOOSE)]


def _line(name: str, tier: str, figures: Figures) -> str:
    return (
        f"{name:14}{tier:9}{figures.precision:10.3f}{figures.recall:9.3f}{figures.f1:9.3f}"
        f"{figures.speed:14,.0f}"
    )


def texts(folder: Path, rivals: dict[str, Finder]) -> dict[str, float]:
    """Print the figures on every labelled text that is there; those with floors come back."""
    reached: dict[str, float] = {}
    for name in TEXTS:
        path = folder / f"{name}.jsonl"
        if not path.exists():
            click.echo(f"{name}: absent, not measured")
            continue
        click.echo(f"\n{name:23} precision   recall       F1  chars/CPU s")
        for tier, least in (("loose", LOOSE), ("default", DEFAULT), ("strict", STRICT)):
            figures = measure(ours, path, least)
            click.echo(_line("find_names", tier, figures))
            if tier == "default":
                reached[f"{name} f1"] = figures.f1
            if tier == "strict":
                reached[f"{name} strict precision"] = figures.precision
                reached[f"{name} strict recall"] = figures.recall
        for rival, find in rivals.items():
            click.echo(_line(rival, "", measure(find, path)))
    return reached


def cells(folder: Path) -> dict[str, float]:
    """Print the figures on cells and columns, if they are there."""
    path = folder / "cells.dev.json"
    if not path.exists():
        click.echo("cells.dev: absent, not measured")
        return {}
    click.echo("\ncells, one at a time: share taken for a name")
    shares = single(path, 0.5)
    for kind, share in shares.items():
        click.echo(f"  {kind:36}{share:8.4f}")
    reached = {"cells names": shares["names"]}
    click.echo("columns: recall, false")
    for size in (3, 5, 10, 20):
        recall, false = columns(path, size, 0.5)
        click.echo(f"  {size:4} cells{recall:10.4f}{false:10.4f}")
        reached[f"columns of {size}"] = recall
    return reached


@click.command()
@click.option("--data", type=click.Path(path_type=Path), default=FOLDER, help="Labelled sets.")
@click.option("--gate", is_flag=True, help="Fail below the floors.")
@click.option("--alone", is_flag=True, help="Leave the rivals out.")
def main(data: Path, gate: bool, alone: bool) -> None:
    """Measure, print, and with --gate compare with the floors."""
    rivals, absent = ({}, []) if alone else present()
    for name in absent:
        click.echo(f"{name}: not installed, not measured")
    reached = texts(data, rivals) | cells(data)
    if not gate:
        return
    floors = json.loads(FLOORS.read_text("utf-8"))
    low = {k: v for k, v in floors.items() if k in reached and reached[k] < v}
    for name, floor in low.items():
        click.echo(f"{name}: {reached[name]:.3f}, below its floor {floor}")
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
