"""Damaged files of every format: no exception may leave `extract`, and nothing may hang.

    python -m bench.attachments.fuzz [--minutes 10] [--seed 1]

Each round takes one of the files (the sample folder's, or small ones made here), damages it (bytes
changed, cut, doubled, two files crossed) and reads it. A fault prints the seed that makes it again.
"""

import argparse
import os
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from scanner.extract import extract, sniff
from scanner.extract.pictures import available

_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "attachments"
_MAX_SIZE = 300_000  # bytes of a file that is damaged
_SLOW = 60.0  # seconds


def bodies() -> list[bytes]:
    """The files to damage."""
    folder = Path(os.environ.get("PRIVACY_SWEEP_ATTACHMENTS", _FOLDER))
    names = [p for p in sorted(folder.glob("*.*")) if not p.name.startswith(("bomb_", "manifest"))]
    sample = Path(__file__).resolve().parents[2] / "sample" / "site"
    names += [p for p in sorted(sample.rglob("*.*")) if p.suffix in (".docx", ".pdf", ".xlsx")]
    return [p.read_bytes() for p in names if p.stat().st_size <= _MAX_SIZE]


def damaged(body: bytes, other: bytes, chance: random.Random) -> bytes:
    """A file with one kind of damage."""
    way = chance.randrange(5)
    at = chance.randrange(max(len(body), 1))
    if way == 0:
        return body[:at]
    if way == 1:
        return body[:at] + other[chance.randrange(max(len(other), 1)) :]
    if way == 2:
        end = min(len(body), at + chance.randrange(1, 2000))
        return body[:end] + body[at:]
    data = bytearray(body)
    for _ in range(chance.randrange(1, 60)):
        place = chance.randrange(len(data))
        data[place] = chance.choice((0, 255, 127, chance.randrange(256)))
    return bytes(data)


def main() -> int:
    """Run until the time is over; 1 when something failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if available():
        print("without the extra ocr more files are tried in the same time", file=sys.stderr)
    files = bodies()
    if not files:
        print("no files to damage", file=sys.stderr)
        return 0
    end = time.monotonic() + options.minutes * 60
    kinds: Counter[str] = Counter()
    faults, seed = 0, options.seed
    while time.monotonic() < end:
        chance = random.Random(seed)
        body = damaged(chance.choice(files), chance.choice(files), chance)
        start = time.monotonic()
        try:
            extract(body, "fuzz")
        except Exception:  # noqa: BLE001 - what is looked for
            faults += 1
            print(f"seed {seed}: exception")
            traceback.print_exc()
        if time.monotonic() - start > _SLOW:
            faults += 1
            print(f"seed {seed}: {time.monotonic() - start:.0f} s")
        kinds[sniff(body).value] += 1
        seed += 1
    print(f"{sum(kinds.values())} files, {faults} faults: {dict(kinds.most_common())}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
