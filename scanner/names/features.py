"""What the scorer of names sees of a text: arrays of numbers, one row a possible start of a name.

Everything here works on whole arrays: a page of 2,500 characters costs the same few calls as one
of 25. The trainer in `models/names` computes its features with these functions, so that both see
the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Codes: TypeAlias = npt.NDArray[np.uint32]
Bytes: TypeAlias = npt.NDArray[np.uint8]
Places: TypeAlias = npt.NDArray[np.int64]

PAD = 10  # characters beside the text, so that no offset leaves the arrays
HAN_FIRST, HAN_LAST = 0x3400, 0x9FFF
HASH_BITS = 21
SLOT_BITS = 21
NOT_A_WORD, RARE, MEDIUM, COMMON, PLACE, PERSON, FOREIGN = range(7)
TAG_PLACE, TAG_PERSON, TAG_FOREIGN = 10, 11, 12  # classes of tags; the others are the trainer's
_TAG_KINDS = {TAG_PLACE: PLACE, TAG_PERSON: PERSON, TAG_FOREIGN: FOREIGN}
_MEDIUM_STEP, _COMMON_STEP = 4, 8  # of counts, in powers of two
WORD_SIZES = (2, 3, 4)
Marks: TypeAlias = dict[int, Bytes]  # by size of word

_GRAMS: tuple[tuple[int, ...], ...] = (
    (-1,), (-2, -1), (-3, -2, -1), (-2,), (0,), (0, 1), (1,), (1, 2), (2,), (0, 1, 2), (2, 3),
    (3,), (3, 4), (2, 3, 4), (3, 4, 5), (-1, 0), (-1, 0, 1), (-1, 2), (-1, 3), (1, 2, 3),
    (4,), (-2, -1, 0),
)  # fmt: skip
_WORD_RATHER = 1  # step of log odds: a hundred times rarer as a surname
_FIRST, _LAST = -4, 5  # offsets from a start that the features look at
_OFFSETS = np.arange(_FIRST, _LAST + 1)[:, None]
_PRIMES = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)


@dataclass(frozen=True, slots=True)
class Tables:
    """What is known of characters and words; arrays of one byte an entry.

    `surname` and `given` are indexed by code point (below 0x10000) and hold steps of log odds, 0
    for a character that is none; `pairs` holds compound surnames as `first << 16 | second`,
    sorted; `words` is a hash table of words, each slot a check, a class of tag and a step of count.
    """

    surname: Bytes
    given: Bytes
    pairs: npt.NDArray[np.uint32]
    words: npt.NDArray[np.uint16]


def codes_of(text: str) -> Codes:
    """Code points of the text between margins of line ends; other planes count as one sign."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    margin = np.full(PAD, 10, dtype=np.uint32)
    codes: Codes = np.concatenate((margin, raw, margin))
    codes[codes > 0xFFFF] = 0x3013
    return codes


def folded(codes: Codes) -> Codes:
    """Codes with digits, Latin letters and kinds of space made alike."""
    out = codes.copy()
    ascii_like = np.flatnonzero(((codes < 0x100) | (codes >= 0xFF01)) & (codes < 0xFF5F))
    if ascii_like.size:
        low = codes[ascii_like]
        low = np.where(low >= 0xFF01, low - 0xFEE0, low)
        low = np.where((low >= 48) & (low <= 57), 48, low)
        letters = ((low >= 65) & (low <= 90)) | ((low >= 97) & (low <= 122))
        out[ascii_like] = np.where(letters, 97, low)
    out[(codes == 0x1D) | (codes == 0x1E)] = 10
    out[codes == 0x3000] = 32
    out[codes == 0xA0] = 32
    return out


def slot_hash(codes: Codes, length: int) -> tuple[npt.NDArray[np.uint32], Codes]:
    """Slot and 8-bit check of the `length` characters that begin at each place but the last few."""
    size = len(codes) - length + 1
    mixed = np.full(size, 0x811C9DC5 + length, dtype=np.uint32)
    for step in range(length):
        mixed = (mixed ^ codes[step : step + size]) * np.uint32(0x9E3779B1)
        mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x85EBCA77)
    return mixed >> np.uint32(32 - SLOT_BITS), mixed & np.uint32(255)


def word_marks(codes: Codes, words: npt.NDArray[np.uint16], length: int) -> Bytes:
    """For each place what is known of the word of `length` characters that begins there: class of
    its tag << 4 | step of its count, 0 for no word."""
    slots, checks = slot_hash(codes, length)
    held = words[slots]
    marks = (held & 255).astype(np.uint8) * ((held >> 8) == checks)
    return np.concatenate((marks, np.zeros(length - 1, dtype=np.uint8)))


def _kind_of(mark: int) -> int:
    tag, step = mark >> 4, mark & 15
    if mark == 0:
        return NOT_A_WORD
    if tag in _TAG_KINDS:
        return _TAG_KINDS[tag]
    return RARE + (step >= _MEDIUM_STEP) + (step >= _COMMON_STEP)


_KINDS = np.array([_kind_of(mark) for mark in range(256)], np.uint8)


def starts_of(codes: Codes, tables: Tables) -> Places:
    """Places, in padded codes, where a name may begin: a surname before a Han character.

    Characters that are far oftener words than surnames (`国`, `是`, `有`) begin none.
    """
    han = (codes >= HAN_FIRST) & (codes <= HAN_LAST)
    first = tables.surname[codes] > _WORD_RATHER
    open_ = first[PAD:-PAD] & han[PAD + 1 : len(codes) - PAD + 1]
    return np.flatnonzero(open_) + PAD


def compound(codes: Codes, starts: Places, tables: Tables) -> npt.NDArray[np.bool_]:
    """Which starts begin with a compound surname."""
    keys = (codes[starts] << np.uint32(16)) | codes[starts + 1]
    at = np.searchsorted(tables.pairs, keys)
    at[at == len(tables.pairs)] = 0
    found: npt.NDArray[np.bool_] = tables.pairs[at] == keys
    return found


# Templates over what the tables say, by the names of `_rows`.
_KNOWN: tuple[tuple[str, ...], ...] = (
    ("own",), ("into",), ("second",), ("third",), ("after",), ("before",), ("own", "second"),
    ("third", "after"), ("into", "own"), ("before", "own"), ("second", "third"), ("sur", "one"),
    ("sur", "one", "two"), ("one", "two"), ("two", "three"), ("sur", "one", "own"),
    ("one", "two", "second", "third"), ("sur", "double", "one", "two"), ("into", "sur", "one"),
    ("w2+0", "w2+1", "w2+2", "w2+3"), ("w2+0", "w3+0", "one", "two"), ("last", "sur", "one"),
    ("w2-1", "w2+1", "w2+2", "two"), ("before", "w2+0", "w2+1", "w2+2"),
    ("c+2", "second", "one"), ("c+3", "third", "two"), ("into", "own", "second"),
)  # fmt: skip
_GROUPS = tuple(
    [
        (n, gram)
        for n, gram in (
            *((n, tuple(f"a{k:+d}" for k in gram)) for n, gram in enumerate(_GRAMS)),
            *((64 + n, names) for n, names in enumerate(_KNOWN)),
        )
        if len(gram) == size
    ]
    for size in (1, 2, 3, 4)
)


def marks_of(codes: Codes, tables: Tables) -> Marks:
    """The words that begin at each place, by their size."""
    return {size: word_marks(codes, tables.words, size) for size in WORD_SIZES}


def features(
    codes: Codes, starts: Places, tables: Tables, marks: Marks
) -> Iterator[npt.NDArray[np.uint32]]:
    """Hashed features, in blocks of one row a template and one column a start."""
    rows = _rows(codes, starts, tables, marks)
    index = {name: place for place, name in enumerate(rows)}
    stacked = np.stack(list(rows.values()))
    for group in _GROUPS:
        numbers = np.array([number for number, _ in group], np.uint32)[:, None]
        places = np.array([[index[name] for name in names] for _, names in group])
        yield _mix(numbers, *(stacked[places[:, part]] for part in range(places.shape[1])))


def _rows(codes: Codes, starts: Places, tables: Tables, marks: Marks) -> dict[str, Codes]:
    """Characters around each start, and what the tables say of them, as small numbers."""
    around = starts + _OFFSETS  # one look-up for all offsets: small arrays cost by the call
    alike = folded(codes)[around]
    rows = {f"a{k:+d}": alike[k - _FIRST] for k in range(-3, 6)}
    w2, w3, w4 = (_by_offset(_KINDS[marks[n][around]].astype(np.uint32)) for n in WORD_SIZES)
    rows |= {f"w2{k:+d}": w2[k] for k in range(-1, 4)}
    rows["w3+0"] = w3[0]
    crossing = np.maximum(np.maximum(w4[-1], w4[-2]), w4[-3])
    rows["into"] = w2[-1] * 64 + np.maximum(w3[-1], w3[-2]) * 8 + crossing
    for name, k in (("own", 0), ("second", 1), ("third", 2), ("after", 3)):
        rows[name] = w2[k] * 64 + w3[k] * 8 + w4[k]
    rows["before"] = w2[-2] * 64 + w3[-3] * 8 + w4[-4]
    rows["sur"] = tables.surname[codes[starts]].astype(np.uint32)
    for name, k in (("one", 1), ("two", 2), ("three", 3)):
        rows[name] = tables.given[codes[starts + k]].astype(np.uint32)
    rows["double"] = compound(codes, starts, tables).astype(np.uint32)
    rows["last"], rows["c+2"], rows["c+3"] = (codes[starts + k] for k in (-1, 2, 3))
    return rows


def _by_offset(rows: npt.NDArray[np.uint32]) -> dict[int, Codes]:
    return dict(enumerate(rows, _FIRST))


def _mix(template: int | Codes, *parts: Codes) -> npt.NDArray[np.uint32]:
    """One hash of `HASH_BITS` a place, of the number of the template and its parts."""
    seed = (np.uint64(0x811C9DC5) + np.asarray(template, np.uint64) * np.uint64(0x01000193)) & (
        np.uint64(0xFFFFFFFF)
    )
    mixed = np.zeros_like(parts[0])
    mixed += seed.astype(np.uint32)
    for part, prime in zip(parts, _PRIMES, strict=False):
        mixed ^= part
        mixed *= np.uint32(prime)
        mixed ^= mixed >> np.uint32(16)
    mixed *= np.uint32(0xC2B2AE35)
    mixed >>= np.uint32(32 - HASH_BITS)
    return mixed
