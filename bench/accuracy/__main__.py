"""`python -m bench.accuracy generate | score | gate`."""

import os
import sys
from pathlib import Path

import click

from bench.accuracy import findings, gate, generate, tables_text, truth
from bench.accuracy.score import score

_GOLD = Path(os.environ.get("PRIVACY_SWEEP_GOLD", "../shared/gold/dev"))
_THERE = click.Path(path_type=Path, exists=True)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def cli() -> None:
    """Measure how many leaks are found, and how many lawful values are accused."""


@cli.command("generate")
@click.option("--out", type=_FOLDER, required=True, help="Folder to write into.")
@click.option("--pages", default=generate.PAGES, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=generate.SEED, show_default=True, type=int)
def generate_command(out: Path, pages: int, seed: int) -> None:
    """Write labelled pages into a folder and print the corpus hash."""
    click.echo(generate.write(out, pages, seed))


@cli.command("score")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument(
    "jsonl", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=False
)
@click.option("--show", default=0, help="Print this many mistakes.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1))
def score_command(folder: Path, jsonl: Path | None, show: int, workers: int) -> None:
    """Score a labelled folder, scanned now or from the lines of `audit scan --reveal`."""
    truths = truth.load(folder)
    if not truths:
        raise click.ClickException(f"{folder}: no labels")
    if jsonl is None:
        reports = findings.scan(truths, workers)
    else:
        reports = findings.read_jsonl(jsonl, (one.name for one in truths))
    click.echo(tables_text.report(str(folder), score(truths, reports), show))


@cli.command("gate")
@click.option("--full", is_flag=True, help="All generated pages, not the slice for CI.")
@click.option("--update", is_flag=True, help="Pin what is measured as the new floors.")
@click.option("--allow-lower", default="", metavar="REASON", help="Let floors fall, on record.")
@click.option("--show", default=0, help="Print this many mistakes of each set.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1))
def gate_command(full: bool, update: bool, allow_lower: str, show: int, workers: int) -> None:
    """Fail when a figure is below its floor, or when a set of pages changed."""
    sets = [gate.generated(generate.PAGES if full else gate.SLICE)]
    if _GOLD.is_dir():
        sets.append(gate.labelled(_GOLD))
    else:
        click.echo(f"{_GOLD} is not here: only the project's own pages are measured.")
    floors = gate.read_floors()
    wrong: list[str] = []
    for one, result in gate.measure(sets, workers):
        click.echo(tables_text.report(one.name, result, show) + "\n")
        if update:
            floors = gate.update(floors, one.name, one.hash, result.pinned(), allow_lower)
        else:
            wrong += gate.faults(one.name, one.hash, result.pinned(), floors)
    if update:
        gate.write_floors(floors)
    for sentence in wrong:
        click.echo(sentence, err=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    cli()
