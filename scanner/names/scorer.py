"""The learnt scorer: how likely a name of 2, 3 or 4 characters begins at each place."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from scanner.errors import ConfigError
from scanner.names.features import (
    PAD,
    Codes,
    Marks,
    Places,
    Tables,
    codes_of,
    features,
    marks_of,
    starts_of,
)
from scanner.names.network import CLASSES, Network, seen, seen_in_cells

_PART = 20_000  # starts that are weighed together
_OPEN = math.log(0.99)  # the networks are asked where "no name" is less certain
_SECOND = 0.45  # the networks' share in the log chances
NETWORKS = 3  # that are asked of texts: each errs in its own way

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
        self,
        weights: npt.NDArray[np.int8],
        scale: float,
        tables: Tables,
        networks: Sequence[Network],
        cells: Network,
    ) -> None:
        """`networks` are asked of texts, each for its own opinion; `cells` of cells."""
        self.tables = tables
        self._cells = cells
        self._scale = np.float32(scale)
        self._networks = networks
        # One look-up brings the weights of all lengths; the first byte, "no name", stays 0.
        padded = np.zeros((len(weights), CLASSES), np.int8)
        padded[:, 1:] = weights
        self._weights = padded.view(np.uint32).ravel()

    def _linear(self, codes: Codes, starts: Places, marks: Marks) -> Scores:
        """One row a start: log chances of no name, name of 2, 3, 4 characters."""
        sums = np.zeros((len(starts), CLASSES), np.int16)
        for block in features(codes, starts, self.tables, marks):
            held = self._weights.take(block).view(np.int8)
            sums += held.reshape(len(block), -1, CLASSES).sum(axis=0, dtype=np.int16)
        scores = sums * self._scale
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return scores

    def _part(self, codes: Codes, starts: Places) -> tuple[Places, Scores]:
        """The starts of a part that stay open, and chances of their lengths; a part at a time, so
        that long texts need no more memory."""
        first = int(starts[0]) - PAD
        codes, starts = codes[first : int(starts[-1]) + 2 * PAD], starts - first
        marks = marks_of(codes, self.tables)
        logs = self._linear(codes, starts, marks)
        open_ = np.flatnonzero(logs[:, 0] <= _OPEN)
        starts, logs = starts[open_], logs[open_]
        if starts.size:
            what = seen(codes, starts, self.tables, marks)
            opinions = [network.log_chances(what) for network in self._networks]
            logs = (1 - _SECOND) * logs + _SECOND * np.mean(opinions, axis=0)
        chances = np.exp(logs)
        chances /= chances.sum(axis=1, keepdims=True)
        return starts + first, chances

    def cell_chances(self, cells: Sequence[str]) -> list[float]:
        """The chance of each cell of two to four Han characters that all of it is a name."""
        logs = self._cells.log_chances(seen_in_cells(cells, self.tables))
        sizes = np.array([len(cell) - 1 for cell in cells], np.int64)
        chances: list[float] = np.exp(logs[np.arange(len(cells)), sizes]).tolist()
        return chances

    def read(self, text: str, least: float) -> list[Scored]:
        """Possible names with a probability of at least `least`, in text order."""
        codes = codes_of(text)
        starts = starts_of(codes, self.tables)
        if not starts.size:
            return []
        parts = [self._part(codes, starts[i : i + _PART]) for i in range(0, len(starts), _PART)]
        at = np.concatenate([part[0] for part in parts]) - PAD
        chances = np.concatenate([part[1] for part in parts])
        sizes = chances[:, 1:].argmax(axis=1) + 2
        sure = chances[np.arange(len(chances)), sizes - 1]
        return [
            Scored(int(s), int(s) + int(n), float(p))
            for s, n, p in zip(at.tolist(), sizes.tolist(), sure.tolist(), strict=True)
            if p >= least
        ]


@cache
def load_scorer() -> Scorer:
    """The scorer with the weights of the package; raises ConfigError if they were altered.

    From here on this process multiplies matrices in one thread: products as small as the network's
    cost twice the CPU on two, and a sweep has a process for every core anyhow.
    """
    folder = resources.files("scanner.names").joinpath("data")
    data = folder.joinpath("names.npz").read_bytes()
    expected = folder.joinpath("names.sha256").read_text("ascii").strip()
    if hashlib.sha256(data).hexdigest() != expected:
        raise ConfigError("scanner/names/data/names.npz: not the file it was; install again")
    threadpool_limits(limits=1, user_api="blas")
    with np.load(BytesIO(data), allow_pickle=False) as held:
        tables = Tables(held["surname"], held["given"], held["pairs"], held["words"])
        texts = [Network.of(held, f"text{number}") for number in range(NETWORKS)]
        cells = Network.of(held, "cells")
        return Scorer(held["weights"], float(held["scale"]), tables, texts, cells)
