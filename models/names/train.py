"""Train the scorer of names: `python -m models.names.train --gsd GSD.jsonl --laws laws.db`.

Writes `scanner/names/data/names.npz` and its SHA-256. The same seed and the same sources give the
same file. Needs scipy and torch beside the program's own dependencies; see the data card.
"""

import argparse
import hashlib
import math
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from models.names.corpus import Labelled, Maker, joined, made_cells
from models.names.network import Examples, fit_network
from models.names.sources import (
    Word,
    char_counts,
    given_counts,
    labelled,
    law_articles,
    prose_lines,
    surnames,
    towns,
    words,
)
from scanner.names import features as f
from scanner.names.network import CLASSES, Seen, seen, seen_in_cells
from scanner.names.scorer import NETWORKS

OUT = Path(__file__).parents[2] / "scanner" / "names" / "data" / "names.npz"
_TAGS = {
    "n": 1, "v": 2, "vn": 2, "vd": 2, "vi": 2, "vq": 2, "df": 2, "a": 3, "an": 3, "ad": 3, "z": 3,
    "b": 3, "d": 4, "i": 5, "l": 5, "m": 6, "q": 6, "mq": 6, "t": 6, "nz": 8, "j": 8, "nt": 9,
    "ns": f.TAG_PLACE, "nr": f.TAG_PERSON, "nrt": f.TAG_FOREIGN, "nrfg": f.TAG_FOREIGN,
}  # fmt: skip
_OTHER = 7
_SEEN = ("chars", "words", "steps", "double")


def steps(log_odds: float, low: float, high: float, most: int) -> int:
    """A log odds as one of `most` steps from 1."""
    return 1 + int(np.clip((log_odds - low) / (high - low) * most, 0, most - 1))


def tables(towns_: Sequence[str]) -> f.Tables:
    """Surnames, given-name characters, words and towns as the scorer reads them."""
    every = sum(char_counts().values())
    surname = np.zeros(0x10000, np.uint8)
    listed = surnames()
    people = sum(listed.values())
    for name, count in listed.items():
        if len(name) == 1:
            seen = char_counts()[name] / every + 1e-7
            surname[ord(name)] = steps(math.log(count / people / seen), -5, 6, 12)
    given = np.zeros(0x10000, np.uint8)
    borne = sum(given_counts().values())
    for char, count in given_counts().items():
        seen = char_counts()[char] / every + 1e-7
        given[ord(char)] = steps(math.log(count / borne / seen), -6, 6, 14)
    pairs = sorted((ord(s[0]) << 16) | ord(s[1]) for s in listed if len(s) == 2)
    for name in listed:
        if len(name) == 2 and not surname[ord(name[0])]:
            surname[ord(name[0])] = 15
    return f.Tables(surname, given, np.array(pairs, np.uint32), word_table(towns_))


def word_table(towns_: Sequence[str]) -> npt.NDArray[np.uint16]:
    """Words of two to four characters: check, class of tag and step of count in each slot."""
    table = np.zeros(1 << f.SLOT_BITS, np.uint16)
    rows = [Word(town, 1, "ns") for town in towns_]
    for word in (*rows, *sorted(words(), key=lambda w: (w.count, w.text))):
        if len(word.text) not in f.WORD_SIZES:
            continue
        codes = np.array([ord(c) for c in word.text], np.uint32)
        slots, checks = f.slot_hash(codes, len(codes))
        step = min(15, (word.count + 1).bit_length() - 1)
        table[slots[0]] = (int(checks[0]) << 8) | (_TAGS.get(word.tag, _OTHER) << 4) | step
    return table


def invented(maker: Maker, rng: Random, notices: int, pseudo: int) -> list[Labelled]:
    """Texts that a program made: notices of many frames, words in the order of their tags."""
    rows = [maker.notice() for _ in range(notices)]
    return rows + [maker.pseudo(rng.randint(15, 50), names=True) for _ in range(pseudo)]


def texts(args: argparse.Namespace, maker: Maker, rng: Random) -> list[Labelled]:
    """The texts that both parts of the scorer learn from."""
    rows = invented(maker, rng, args.notices, args.pseudo)
    for line in prose_lines():
        rows += [
            maker.prose(line) for _ in range(args.prose if any(c in line for c in "@#%$[<") else 4)
        ]
    if args.gsd:
        for sentence in labelled(args.gsd):
            rows.append(sentence)
            for _ in range(args.copies if sentence[1] or "他" in sentence[0] else 1):
                text, spans = maker.swapped(sentence, 0.85)
                rows.append(maker.named(text, 0.7, spans))
    if args.laws:
        for text in law_articles(args.laws, rng, args.articles):
            rows += [(text, []), maker.named(text, 0.7, [])]
    return rows


def chunks_of(rows: list[Labelled], rng: Random) -> list[Labelled]:
    """The texts shuffled, some hundreds a chunk, a line each."""
    rng.shuffle(rows)
    return [joined(iter(rows[i : i + 400])) for i in range(0, len(rows), 400)]


def examples(chunks: list[Labelled], known: f.Tables) -> tuple[np.ndarray, Examples]:
    """Hashed features of every possible start in the texts, and what the network sees of them."""
    hashed, parts, classes = [], [], []
    for text, spans in chunks:
        codes = f.codes_of(text)
        starts = f.starts_of(codes, known)
        length = np.zeros(len(codes), np.int64)
        double = f.compound(codes, starts, known)
        for a, b in spans:
            if 2 <= b - a <= 4:
                length[a + f.PAD] = b - a - 1
        y = length[starts]
        y[(y == 3) & ~double] = 0  # foreign
        marks = f.marks_of(codes, known)
        hashed.append(np.concatenate(list(f.features(codes, starts, known, marks))).T.copy())
        parts.append(seen(codes, starts, known, marks))
        classes.append(y)
    whole = Seen(*(np.concatenate([getattr(part, name) for part in parts]) for name in _SEEN))
    return np.concatenate(hashed), Examples(whole, np.concatenate(classes))


def fit(x: np.ndarray, y: np.ndarray, epochs: int, seed: int, drop: float) -> np.ndarray:
    """Weights of a softmax regression over hashed features, by AdaGrad.

    A share `drop` of the features is left out of each step: no single sign may decide.
    """
    size = 1 << f.HASH_BITS
    weights = np.zeros((size, CLASSES), np.float32)
    squares = np.full((size, CLASSES), 1e-2, np.float32)
    rng = np.random.default_rng(seed)
    width, batch = x.shape[1], 4096
    one_hot = np.eye(CLASSES, dtype=np.float32)
    for epoch in range(epochs):
        order = rng.permutation(len(y))
        loss = 0.0
        rate = 0.08 * (1 - epoch / epochs) + 0.01
        for at in range(0, len(y), batch):
            rows = order[at : at + batch]
            n = len(rows)
            ones = (rng.random(n * width) >= drop).astype(np.float32) / (1 - drop)
            m = sparse.csr_matrix(
                (ones, x[rows].ravel().astype(np.int32), np.arange(0, n * width + 1, width)),
                shape=(n, size),
            )
            p = softmax(m @ weights)
            loss -= float(np.log(p[np.arange(n), y[rows]] + 1e-9).sum())
            used = np.unique(x[rows])
            g = (m.T @ (p - one_hot[y[rows]]))[used]
            squares[used] += g * g
            weights[used] -= rate * g / np.sqrt(squares[used])
        print(f"epoch {epoch + 1}: loss {loss / len(y):.5f}", flush=True)
    return weights


def cell_examples(rng: Random, known: f.Tables, size: int, towns_: Sequence[str]) -> Examples:
    """What the network sees of cells, each a line by itself."""
    cells = list(made_cells(rng, size, towns_))
    rng.shuffle(cells)
    what = seen_in_cells([text for text, _ in cells], known)
    classes = [len(text) - 1 if is_name else 0 for text, is_name in cells]
    return Examples(what, np.array(classes, np.int64))


def softmax(scores: np.ndarray) -> np.ndarray:
    """Rows of scores as probabilities."""
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def save(
    weights: np.ndarray,
    networks: dict[str, npt.NDArray[Any]],
    known: f.Tables,
    out: Path,
) -> None:
    """Write weights as bytes with one scale, and the digest beside them."""
    weights = weights - weights[:, :1]  # only differences from "no name" matter
    held = np.abs(weights[weights != 0])
    scale = float(np.quantile(held, 0.9998) / 127)  # a few giants must not flatten the rest
    packed = np.clip(np.round(weights[:, 1:] / scale), -127, 127).astype(np.int8)
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        weights=packed,
        scale=np.float32(scale),
        surname=known.surname,
        given=known.given,
        pairs=known.pairs,
        words=known.words,
        **networks,
    )
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    out.with_suffix(".sha256").write_text(digest + "\n", "ascii")


def named(which: str, arrays: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """Arrays of a network by their names in the package data."""
    return {f"{which}.{name}": part for name, part in arrays.items()}


def opinion(
    args: argparse.Namespace, seed: int, known: f.Tables, towns_: Sequence[str]
) -> tuple[np.ndarray, dict[str, npt.NDArray[np.float16]]]:
    """Weights of the sums and of a network, learnt from one drawing of all texts.

    What one drawing makes by chance others do not: the mean of several errs less than any.
    """
    rng = Random(seed)
    maker = Maker(rng, towns_)
    x, shown = examples(chunks_of(texts(args, maker, rng), rng), known)
    # The hashed features need each word many times; the network learns the frames by heart if it
    # sees them as often.
    more = invented(maker, rng, args.more_notices, args.more_pseudo)
    more_x, more_shown = examples(chunks_of(more, rng), known)
    y = np.concatenate((shown.classes, more_shown.classes))
    print(f"{np.bincount(y).tolist()} starts", flush=True)
    weights = fit(np.concatenate((x, more_x)), y, args.epochs, seed, args.drop)
    return weights, fit_network(shown, args.network_epochs, seed)


def main() -> None:
    """Parse the words of the command line, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gsd", type=Path)
    parser.add_argument("--laws", type=Path)
    parser.add_argument("--towns", type=Path)
    parser.add_argument("--notices", type=int, default=30000)
    parser.add_argument("--pseudo", type=int, default=15000)
    parser.add_argument("--more-notices", type=int, default=40000)
    parser.add_argument("--more-pseudo", type=int, default=45000)
    parser.add_argument("--articles", type=int, default=6000)
    parser.add_argument("--cells", type=int, default=500000)
    parser.add_argument("--prose", type=int, default=60)
    parser.add_argument("--copies", type=int, default=12)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--network-epochs", type=int, default=4)
    parser.add_argument("--cell-epochs", type=int, default=6)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    begun = time.process_time()
    listed = towns(args.towns)
    known = tables(listed)
    fits = []
    networks: dict[str, npt.NDArray[Any]] = {}
    for number in range(NETWORKS):
        weights, network = opinion(args, args.seed + number, known, listed)
        fits.append(weights)
        networks |= named(f"text{number}", network)
        print(f"opinion {number + 1}: {time.process_time() - begun:.0f} s", flush=True)
    cells = cell_examples(Random(args.seed), known, args.cells, listed)
    networks |= named("cells", fit_network(cells, args.cell_epochs, args.seed))
    save(np.mean(fits, axis=0), networks, known, args.out)
    print(f"{args.out}: {args.out.stat().st_size:,} bytes, {time.process_time() - begun:.0f} s")


if __name__ == "__main__":
    main()
