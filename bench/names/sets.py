"""Labelled texts and cells, where they are present, and what is counted on them."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Data sets are not part of the project; they are looked for beside it.
FOLDER = Path(__file__).parents[3] / "shared" / "names"
TEXTS = ("pd.dev", "gov_synth", "gsd.dev")
_DOCUMENT = 2500  # characters of a document made of sentences

Span = tuple[int, int, float]
Finder = Callable[[str], list[Span]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a finder reached on one set, names in Chinese form only."""

    precision: float
    recall: float
    speed: float  # characters a CPU second

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class ChineseForm:
    """Whether a name has 2 or 3 Han characters, or 3 or 4 after a compound surname."""

    def __init__(self, folder: Path) -> None:
        known = json.loads((folder / "surnames.json").read_text("utf-8"))
        self._one = {s for s in known if len(s) == 1}
        self._two = {s for s in known if len(s) == 2}

    def __call__(self, name: str) -> bool:
        """Whether the name is in Chinese form."""
        if not all("\u3400" <= char <= "\u9fff" for char in name):
            return False
        single = len(name) in (2, 3) and name[0] in self._one
        return single or (len(name) in (3, 4) and name[:2] in self._two)


def documents(path: Path) -> tuple[list[str], set[tuple[int, int, int]]]:
    """Sentences joined into documents, and the labelled spans as (document, start, end)."""
    docs: list[str] = []
    gold: set[tuple[int, int, int]] = set()
    text = ""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        gold |= {(len(docs), len(text) + a, len(text) + b) for a, b in row["spans"]}
        text += row["text"] + "\n"
        if len(text) >= _DOCUMENT:
            docs.append(text)
            text = ""
    return [*docs, text] if text else docs, gold


def measure(find: Finder, path: Path, least: float = 0.0) -> Figures:
    """Precision, recall and speed of a finder on one file."""
    docs, gold = documents(path)
    form = ChineseForm(path.parent)
    find(docs[0])
    begun = time.process_time()
    found = [find(doc) for doc in docs]
    seconds = time.process_time() - begun
    said = {(d, s, e) for d, spans in enumerate(found) for s, e, c in spans if c >= least}
    gold = {(d, s, e) for d, s, e in gold if form(docs[d][s:e])}
    said = {(d, s, e) for d, s, e in said if form(docs[d][s:e])}
    hits = len(gold & said)
    return Figures(
        hits / max(1, len(said)), hits / max(1, len(gold)), sum(map(len, docs)) / seconds
    )
