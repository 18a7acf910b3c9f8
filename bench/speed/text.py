"""Text engine beside Python `re`, hyperscan and ripgrep: MB of UTF-8 a second of CPU.

    python -m bench.speed.text                 2 MB, best of five rounds, table
    python -m bench.speed.text --json out.json the same figures for a program
    python -m bench.speed.text --check         fail when a ratio fell under floors.json
    python -m bench.speed.text --pin           pin nine tenths of today's ratios; never lower ones
    python -m bench.speed.text --names         the whole engine, names included; no floors
    python -m bench.speed.text --memory        1 GB through the engine: is the memory flat?

Rounds are interleaved, so that a busy machine is busy for all. Ratios hold across machines,
MB a second do not.
"""

import argparse
import json
import resource
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.speed import corpus, rivals
from patterns import load_pack
from scanner.classify import Classifier
from scanner.detect import Engine
from scanner.keys import KEY_BYTES, Keyring
from scanner.model import BLOCK, Document, Finding

FLOORS = Path(__file__).with_name("floors.json")
MB = 1_000_000
OWN = "privacy-sweep"
JUDGED = "with judgement"  # the same, each value judged as well; its ratio is to the engine alone


@dataclass(frozen=True, slots=True)
class Figure:
    """One contestant's best round."""

    name: str
    mb_per_second: float  # of CPU time; 0 when it is not installed
    found: int
    ratio: float = 0.0  # the engine's speed over this one's


def main() -> int:
    """Run what was asked for; status 1 when a floor is broken."""
    parser = argparse.ArgumentParser(description="speed of the text engine beside others")
    parser.add_argument("--size", type=float, help="MB of text (2; with --memory 1000)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--check", action="store_true", help="hold the ratios to floors.json")
    parser.add_argument("--pin", action="store_true", help="write floors.json, upwards only")
    parser.add_argument("--memory", action="store_true", help="peak memory over a long stream")
    parser.add_argument("--names", action="store_true", help="names too; floors are without")
    options = parser.parse_args()
    if options.names and (options.check or options.pin):
        parser.error("--names has no floors: leave --check and --pin out")
    engine = _engine(names=options.names)
    if options.memory:
        return _memory(engine, options.size or 1000.0)
    figures = _compare(engine, options.size or 2.0, options.rounds)
    _show(figures)
    if options.json:
        options.json.write_text(json.dumps([asdict(f) for f in figures], indent=1) + "\n")
    if options.pin:
        return _pin(figures)
    return _held(figures) if options.check else 0


def _engine(*, names: bool) -> Engine:
    """The whole engine, or that of the structured kinds, whose floors are pinned."""
    pack = load_pack()
    rules = tuple(r for r in pack.rules if names or r.kind != "person_name")
    return Engine(replace(pack, rules=rules))


def _compare(engine: Engine, size: float, rounds: int) -> list[Figure]:
    documents = corpus.take(int(size * MB))
    texts = [document.text for document in documents]
    megabytes = sum(len(text.encode("utf-8")) for text in texts) / MB
    print(f"{len(documents)} notices, {megabytes:.2f} MB of UTF-8, best of {rounds}")
    scanner = rivals.hyperscan(texts)
    classifier = Classifier(load_pack(), Keyring(b"k" * KEY_BYTES))
    best: dict[str, tuple[float, int]] = {}

    def judge(document: Document) -> list[Finding]:
        return classifier.judge(document, engine.find(document))

    def note(name: str, result: tuple[float, int] | None) -> None:
        if result is not None and (name not in best or result[0] < best[name][0]):
            best[name] = result

    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(BLOCK.join(texts).replace(BLOCK, "\n").encode("utf-8"))
        file.flush()
        for _ in range(rounds):
            note(OWN, rivals.timed(lambda: sum(len(engine.find(d)) for d in documents)))
            note(JUDGED, rivals.timed(lambda: sum(len(judge(d)) for d in documents)))
            note("python re", rivals.timed(rivals.python_re(texts)))
            note("hyperscan", rivals.timed(scanner) if scanner else None)
            note("ripgrep", rivals.ripgrep(Path(file.name)))
    own = megabytes / best[OWN][0]
    figures = []
    for name, (seconds, found) in best.items():
        speed = megabytes / seconds
        figures.append(Figure(name, speed, found, speed / own if name == JUDGED else own / speed))
    return figures


def _show(figures: list[Figure]) -> None:
    print(f"{'':16}{'MB/s CPU':>10}{'found':>9}{'ours over it':>14}")
    for figure in figures:
        print(f"{figure.name:16}{figure.mb_per_second:10.1f}{figure.found:9d}{figure.ratio:14.3f}")
    for name in {"hyperscan", "ripgrep"} - {figure.name for figure in figures}:
        print(f"{name:16}not installed: left out")


def _floors() -> dict[str, float]:
    if not FLOORS.exists():
        return {}
    return dict(json.loads(FLOORS.read_text(encoding="utf-8"))["ratios"])


def _held(figures: list[Figure]) -> int:
    floors = _floors()
    if not floors:
        print("no floors are pinned; run --pin once")
        return 1
    broken = [f for f in figures if f.ratio < floors.get(f.name, 0.0)]
    for figure in broken:
        floor = floors[figure.name]
        print(f"below its floor: {figure.ratio:.4f} of {figure.name}, floor {floor}")
    return 1 if broken else 0


def _pin(figures: list[Figure]) -> int:
    """Nine tenths of today's ratios, where that is not lower than what is pinned."""
    old = _floors()
    new = {f.name: round(f.ratio * 0.9, 4) for f in figures if f.name != OWN}
    lower = [name for name, floor in new.items() if floor < old.get(name, 0.0)]
    if lower:
        print(
            f"not pinned: {', '.join(lower)} would go down; delete {FLOORS.name} if that is meant"
        )
        return 1
    FLOORS.write_text(json.dumps({"ratios": old | new}, indent=1) + "\n", encoding="utf-8")
    return 0


def _peak() -> float:
    """Peak resident memory of this process in MB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB


def _memory(engine: Engine, size: float) -> int:
    """Feed `size` MB, one notice after another, and compare the peaks at a tenth and at the end."""
    fed, at_tenth = 0, 0.0
    for document in corpus.Notices():
        engine.find(document)
        fed += corpus.utf8_size(document)
        if not at_tenth and fed >= size * MB / 10:
            at_tenth = _peak()
            print(f"{fed / MB:8.0f} MB read, peak memory {at_tenth:7.1f} MB", flush=True)
        if fed >= size * MB:
            break
    at_end = _peak()
    print(f"{fed / MB:8.0f} MB read, peak memory {at_end:7.1f} MB")
    is_flat = at_end <= at_tenth * 1.05
    print("flat" if is_flat else "NOT flat: it grew by more than 5%")
    return 0 if is_flat else 1


if __name__ == "__main__":
    sys.exit(main())
