"""Read every attachment of a folder with planted values and count what was found.

    python -m bench.attachments [--misses] [--images] [file ...]

The folder holds `manifest.json`: file -> planted values, each with kind, place and location. It is
`../shared/attachments` beside the project, or what `PRIVACY_SWEEP_ATTACHMENTS` names.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.attachments.places import allowed
from patterns import load_pack
from scanner.detect import Engine
from scanner.extract import extract_path
from scanner.model import CELL, Block, Cell, Document, Where

_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "attachments"
_IN_PICTURES = frozenset(("image", "image_page", "image_inset", "image_in_sheet"))
_JUDGED = {"id": "id_card", "mobile": "mobile", "bank": "bank_card"}
_TABLES = frozenset(
    ("table_cell", "cell_text", "cell_number", "hidden_column", "hidden_row", "filtered_row")
)
# Read whole in spite of its shape, or a text whose cut end nothing tells.
_WHOLE = frozenset(
    ("bomb_html_deep.html", "bomb_xlsx_dim.xlsx", "trunc_html_utf8.html", "trunc_csv_gbk.csv")
)
_SPACES = str.maketrans("", "", " \n\u3000\u00a0\u200b" + CELL)


@dataclass
class Tally:
    """Counts of one file or type of file."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    where: int = 0
    judged: int = 0
    to_judge: int = 0
    columns: int = 0
    in_columns: int = 0
    cpu: float = 0.0
    wall: float = 0.0

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        self.planted += other.planted
        self.found += other.found
        for name in ("where", "judged", "to_judge", "columns", "in_columns", "cpu", "wall"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Places:
    """Where each text of a document stands."""

    def __init__(self, document: Document) -> None:
        self._texts: list[tuple[str, Where, Block, Cell | None]] = []
        for block in document.blocks:
            if block.table is None:
                self._texts.append((block.text.translate(_SPACES), block.where, block, None))
                continue
            for cell in block.table.cells:
                where = cell.where if block.where is Where.VISIBLE else block.where
                self._texts.append((cell.text.translate(_SPACES), where, block, cell))
        self._joined = "\x00".join(text for text, *_ in self._texts)

    def of(self, spellings: list[str]) -> list[tuple[Where, Block, Cell | None]]:
        """Every place where one of the spellings stands."""
        if not any(value in self._joined for value in spellings):
            return []
        return [
            (where, block, cell)
            for text, where, block, cell in self._texts
            if any(value in text for value in spellings)
        ]


def spellings(item: dict[str, Any]) -> list[str]:
    """How a planted value may be written and still be right."""
    value = str(item["value"])
    out = [value, *item.get("alt", [])]
    if item["place"] in ("cell_number16", "cell_number_sci"):
        out.append(value[:15] + "…")  # what is certain of a number
    if value.isdigit() and len(value) == 11:
        out.append(f"{value[:3]}-{value[3:7]}-{value[7:]}")
    return [text.translate(_SPACES) for text in out]


class Measure:
    """Counts of one file."""

    def __init__(self, document: Document, engine: Engine) -> None:
        self.tally = Tally()
        self.misses: list[str] = []
        self._places = Places(document)
        matches, _ = engine.search(engine.arrange(document))
        self._kinds = {(match.kind, match.value) for match in matches}
        self._columns: dict[tuple[str, str], Counter[int]] = {}

    def count(self, item: dict[str, Any]) -> None:
        """Count one planted value."""
        group = "picture" if item["place"] in _IN_PICTURES else "text"
        self.tally.planted[group] += 1
        hits = self._places.of(spellings(item))
        label = f"{item['place']} {item['kind']} {item['value']} {item.get('loc', '')}"
        if not hits:
            self.misses.append(f"missing {label}")
            return
        self.tally.found[group] += 1
        self._judged(item, label)
        if group == "picture" or {where for where, *_ in hits} & allowed(item["place"]):
            self.tally.where += 1
        else:
            self.misses.append(f"where {label}: {sorted({str(hit[0]) for hit in hits})}")
        if item["place"] in _TABLES:
            self._column(item, [cell for _, _, cell in hits if cell is not None], label)

    def _judged(self, item: dict[str, Any], label: str) -> None:
        kind = _JUDGED.get(item["kind"])
        if kind is None or item["place"] in ("cell_number16", "cell_number_sci"):
            return
        self.tally.to_judge += 1
        if (kind, item["value"]) in self._kinds:
            self.tally.judged += 1
        else:
            self.misses.append(f"not judged {label}")

    def _column(self, item: dict[str, Any], cells: list[Cell], label: str) -> None:
        self.tally.columns += 1
        address = item.get("loc", {}).get("cell")
        if address is None:
            if cells:
                count = self._columns.setdefault((item["place"], item["kind"]), Counter())
                count[cells[0].column] += 1
            return
        right = any(cell.address == address for cell in cells)
        self.tally.in_columns += right
        if not right:
            self.misses.append(f"cell {label}")

    def finish(self) -> None:
        """Values of a kind that stand in the usual column of their kind."""
        for count in self._columns.values():
            self.tally.in_columns += count.most_common(1)[0][1]


def measure(
    path: Path, planted: list[dict[str, Any]], engine: Engine
) -> tuple[Tally, list[str], Document]:
    """Read one file; (counts, what was missed, the document)."""
    cpu, wall = time.process_time(), time.monotonic()
    document = extract_path(path)
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    found = Measure(document, engine)
    for item in planted:
        found.count(item)
    found.finish()
    found.tally.cpu, found.tally.wall = cpu, wall
    return found.tally, found.misses, document


def _row(name: str, tally: Tally) -> str:
    text, picture = tally.planted["text"], tally.planted["picture"]
    found = sum(tally.found.values())
    parts = [
        f"{name:30}",
        f"{tally.found['text']:6}/{text:<6}",
        f"{tally.found['picture']:4}/{picture:<4}",
        f"{tally.where:6}/{found:<6}",
        f"{tally.judged:6}/{tally.to_judge:<6}",
        f"{tally.in_columns:6}/{tally.columns:<6}",
        f"{tally.wall:6.2f}s",
    ]
    return " ".join(parts)


def main() -> int:
    """Print the table; 1 when a hostile or cut file did not end as it should."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*")
    parser.add_argument("--misses", action="store_true", help="print each miss")
    parser.add_argument("--most", type=int, default=8, help="misses printed of each file")
    options = parser.parse_args()
    folder = Path(os.environ.get("PRIVACY_SWEEP_ATTACHMENTS", _FOLDER))
    if not (folder / "manifest.json").is_file():
        print(f"no attachments: {folder} is absent; set PRIVACY_SWEEP_ATTACHMENTS", file=sys.stderr)
        return 0
    manifest = json.loads((folder / "manifest.json").read_text())
    engine = Engine(load_pack())
    total, hostile_faults = Tally(), 0
    types: dict[str, Tally] = {}
    print(f"{'file':30} {'text':>13} {'picture':>9} {'where':>13} {'judged':>13} {'column':>13}")
    for name, entry in manifest.items():
        if options.files and name not in options.files:
            continue
        planted = [item for item in entry["planted"] if item.get("present", True)]
        tally, misses, document = measure(folder / name, planted, engine)
        print(_row(name, tally), flush=True)
        for unread in document.unread:
            print(f"      unread: {unread.what}: {unread.why}")
        if options.misses:
            for miss, count in Counter(misses).most_common(options.most):
                print(f"      {miss}" + (f" x{count}" if count > 1 else ""))
        is_hostile = name.startswith(("bomb_", "trunc_"))
        if is_hostile and (tally.wall > 60 or (name not in _WHOLE and not document.unread)):
            hostile_faults += 1
            print("      FAULT: too slow, or its outcome is not named")
        locked = any("密码" in u.why or "locked" in u.why for u in document.unread)
        if not is_hostile and not (locked and not document.blocks):
            total.add(tally)
            types.setdefault(name.rpartition(".")[2], Tally()).add(tally)
    print("\nby type")
    for kind, tally in sorted(types.items()):
        print(_row(kind, tally))
    print(_row("all but hostile and locked", total))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"memory: {own} MB, workers {children} MB; hostile files at fault: {hostile_faults}")
    return 1 if hostile_faults else 0


if __name__ == "__main__":
    sys.exit(main())
