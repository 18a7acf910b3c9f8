"""A small network over the characters and words around a start: the second opinion on names.

It is asked only where the scorer opens, some dozens of places a page, and sees what the scorer's
hashed features cannot generalise over: characters by what they are like, words by their tags.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scanner.names.features import (
    PAD,
    WORD_SIZES,
    Bytes,
    Codes,
    Marks,
    Places,
    Tables,
    codes_of,
    compound,
    folded,
    marks_of,
)

CHARS_FIRST, CHARS_LAST = -6, 9  # offsets from a start that it sees the characters of
WORDS_FIRST, WORDS_LAST = -4, 5  # offsets that words may begin at
CLASSES = 4  # no name, or one of 2, 3, 4 characters
STEP_SCALE = 8.0  # steps of count are divided by it
UNKNOWN = 1  # the number of a character that training did not see often enough

_BETWEEN = "\n" * 10  # cells do not see each other
_DEPTH = 3
_PARTS = (
    "chars", "tags", "steps", *(f"{part}{n}" for n in range(_DEPTH) for part in ("layer", "bias"))
)  # fmt: skip

Floats = npt.NDArray[np.float32]
_CHARS = np.arange(CHARS_FIRST, CHARS_LAST + 1)
_WORDS = np.arange(WORDS_FIRST, WORDS_LAST + 1)
_GIVEN = np.arange(1, 4)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network sees: one row a start."""

    chars: npt.NDArray[np.uint16]  # folded code points
    words: Bytes  # marks of words by size and offset
    steps: Bytes  # log odds of the surname and of three given-name characters, in steps
    double: Bytes  # 1 after a compound surname


def seen(codes: Codes, starts: Places, tables: Tables, marks: Marks) -> Seen:
    """The inputs of the network for starts in padded codes."""
    last = len(codes) - 1
    chars = folded(codes)[np.clip(starts[:, None] + _CHARS, 0, last)].astype(np.uint16)
    at = np.clip(starts[:, None] + _WORDS, 0, last)
    words = np.concatenate([marks[size][at] for size in WORD_SIZES], axis=1)
    sur = tables.surname[codes[starts]][:, None]
    given = tables.given[codes[np.clip(starts[:, None] + _GIVEN, 0, last)]]
    double = compound(codes, starts, tables)[:, None].astype(np.uint8)
    return Seen(chars, words, np.concatenate((sur, given), axis=1), double)


def seen_in_cells(cells: Sequence[str], tables: Tables) -> Seen:
    """The inputs of the network for cells, each as a line by itself."""
    codes = codes_of(_BETWEEN.join(cells))
    sizes = np.array([len(cell) for cell in cells], np.int64) + len(_BETWEEN)
    starts = PAD + np.cumsum(sizes) - sizes
    return seen(codes, starts, tables, marks_of(codes, tables))


@dataclass(frozen=True, slots=True)
class Network:
    """Weights: embeddings of characters, tags and steps, then three layers."""

    numbers: npt.NDArray[np.uint16]  # code point -> row of `chars`
    chars: Floats  # (characters, size)
    tags: Floats  # (places, 16, size)
    steps: Floats  # (4, 16, size)
    layers: tuple[tuple[Floats, Floats], ...]  # weights (out, in) and biases

    @classmethod
    def of(cls, held: Mapping[str, npt.NDArray[Any]], which: str) -> "Network":
        """From the arrays of the package data whose names begin with `which`."""
        part = {name: held[f"{which}.{name}"].astype(np.float32) for name in _PARTS}
        layers = tuple((part[f"layer{n}"], part[f"bias{n}"]) for n in range(_DEPTH))
        numbers = held[f"{which}.numbers"]
        return cls(numbers, part["chars"], part["tags"], part["steps"], layers)

    def log_chances(self, what: Seen) -> Floats:
        """One row a start: log chance of no name, of a name of 2, 3, 4 characters."""
        rows = len(what.chars)
        words, steps = what.words, np.minimum(what.steps, 15)
        x = np.concatenate(
            (
                self.chars[self.numbers[what.chars]].reshape(rows, -1),
                self.tags[np.arange(words.shape[1]), words >> 4].reshape(rows, -1),
                self.steps[np.arange(steps.shape[1]), steps].reshape(rows, -1),
                (words & 15).astype(np.float32) / np.float32(STEP_SCALE),
                what.double.astype(np.float32),
            ),
            axis=1,
        )
        for depth, (weights, bias) in enumerate(self.layers):
            x = x @ weights.T + bias
            if depth < len(self.layers) - 1:
                np.maximum(x, 0, out=x)
        x -= x.max(axis=1, keepdims=True)
        x -= np.log(np.exp(x).sum(axis=1, keepdims=True))
        return x
