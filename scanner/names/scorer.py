"""The learnt scorer: how likely a name of 2, 3 or 4 characters begins at each place."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO

import numpy as np
import numpy.typing as npt

from scanner.errors import ConfigError
from scanner.names.features import (
    PAD,
    Codes,
    Places,
    Tables,
    codes_of,
    features,
    starts_of,
)

_PART = 20_000  # starts that are weighed together

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scored:
    """A possible name in the text: characters `start` to `end`, with its probability."""

    start: int
    end: int
    probability: float


class Scorer:
    """Weights and tables; build once, use for many texts."""

    def __init__(
        self, weights: npt.NDArray[np.int8], scale: float, tables: Tables, cells: Scores
    ) -> None:
        self.tables = tables
        self._cells = cells
        self._scale = np.float32(scale)
        # One look-up brings the weights of all lengths; the first byte, "no name", stays 0.
        padded = np.zeros((len(weights), 4), np.int8)
        padded[:, 1:] = weights
        self._weights = padded.view(np.uint32).ravel()

    def probabilities(self, codes: Codes, starts: Places) -> Scores:
        """One row a start: no name, name of 2, 3, 4 characters."""
        sums = np.zeros((len(starts), 4), np.int16)
        for block in features(codes, starts, self.tables):
            held = self._weights.take(block).view(np.int8)
            sums += held.reshape(len(block), -1, 4).sum(axis=0, dtype=np.int16)
        scores = sums * self._scale
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def _part(self, codes: Codes, starts: Places) -> Scores:
        """Probabilities of a part of the starts, so that long texts need no more memory."""
        first = int(starts[0]) - PAD
        return self.probabilities(codes[first : int(starts[-1]) + 2 * PAD], starts - first)

    def cell_odds(self, rows: npt.NDArray[np.uint32]) -> Scores:
        """Log odds that cells, given by their features, are names."""
        odds: Scores = self._cells[rows].sum(axis=1)
        return odds

    def read(self, text: str, least: float) -> list[Scored]:
        """Possible names with a probability of at least `least`, in text order."""
        codes = codes_of(text)
        starts = starts_of(codes, self.tables)
        if not starts.size:
            return []
        chances = np.concatenate(
            [self._part(codes, starts[i : i + _PART]) for i in range(0, len(starts), _PART)]
        )
        open_ = np.flatnonzero(chances[:, 0] <= 1 - least)
        kept, at = chances[open_], starts[open_] - PAD
        sizes = kept[:, 1:].argmax(axis=1) + 2
        sure = kept[np.arange(len(kept)), sizes - 1]
        return [
            Scored(int(s), int(s) + int(n), float(p))
            for s, n, p in zip(at.tolist(), sizes.tolist(), sure.tolist(), strict=True)
            if p >= least
        ]


@cache
def load_scorer() -> Scorer:
    """The scorer with the weights of the package; raises ConfigError if they were altered."""
    folder = resources.files("scanner.names").joinpath("data")
    data = folder.joinpath("names.npz").read_bytes()
    expected = folder.joinpath("names.sha256").read_text("ascii").strip()
    if hashlib.sha256(data).hexdigest() != expected:
        raise ConfigError("scanner/names/data/names.npz: not the file it was; install again")
    with np.load(BytesIO(data), allow_pickle=False) as held:
        tables = Tables(held["surname"], held["given"], held["pairs"], held["words"])
        cells = held["cells"].astype(np.float32)
        return Scorer(held["weights"], float(held["scale"]), tables, cells)
