"""`python -m bench.accuracy generate | gate`."""

from pathlib import Path

import click

from bench.accuracy import generate


@click.group()
def cli() -> None:
    """Measure how many leaks are found, and how many lawful values are accused."""


@cli.command("generate")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--pages", default=generate.PAGES, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=generate.SEED, show_default=True, type=int)
def generate_command(out: Path, pages: int, seed: int) -> None:
    """Write labelled pages into a folder and print the corpus hash."""
    click.echo(generate.write(out, pages, seed))


if __name__ == "__main__":
    cli()
