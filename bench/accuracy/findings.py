"""What the program says of the pages: scanned in process, or read from `audit scan` output."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path, PurePosixPath

import click

from bench.accuracy.truth import Truth, family, normal
from scanner.pipeline import Pipeline

_KEY = bytes(32)  # hashes are not compared here
_TODAY = date(2026, 11, 22)  # expiry is judged against a fixed day


@dataclass(frozen=True, slots=True)
class Said:
    """One value that the program reported."""

    kind: str
    value: str
    disposition: str
    where: str
    confidence: float


Reports = dict[str, list[Said]]

_pipeline: list[Pipeline] = []  # one a worker process


def _start() -> None:
    _pipeline.append(Pipeline(None, _KEY, None, _TODAY))


def _scan_one(page: tuple[str, str, bytes]) -> tuple[str, list[Said]]:
    name, suffix, body = page
    _, found = _pipeline[0].scan(body, f"{name}.{suffix}", filename=f"{name}.{suffix}")
    return name, [
        said(f.match.kind, f.match.value, str(f.disposition), str(f.match.where), f.confidence)
        for f in found
    ]


def said(kind: str, value: str, disposition: str, where: str, confidence: float) -> Said:
    """One report in the form that is compared."""
    group = family(kind)
    return Said(group, normal(group, value), disposition, where, confidence)


def scan(truths: Sequence[Truth], workers: int = 2) -> Reports:
    """Scan the pages in `workers` processes of their own."""
    jobs = [(truth.name, truth.suffix, truth.body) for truth in truths]
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start) as pool:
        return dict(pool.map(_scan_one, jobs, chunksize=8))


def read_jsonl(path: Path, names: Iterable[str]) -> Reports:
    """Findings as `audit scan FOLDER --format jsonl --reveal` writes them."""
    known = set(names)
    out: Reports = defaultdict(list)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            name = PurePosixPath(str(row["path"])).stem
            if name in known:
                report = said(
                    row["type"],
                    str(row["value"]),
                    row["disposition"],
                    str(row.get("where", "")),
                    float(row.get("confidence", 1)),
                )
                out[name].append(report)
        except (ValueError, KeyError, TypeError) as error:
            raise click.ClickException(f"{path}:{number}: not a revealed finding") from error
    return dict(out)
