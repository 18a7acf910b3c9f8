"""Train the scorer of names: `python -m models.names.train --gsd GSD.jsonl --laws laws.db`.

Writes `scanner/names/data/names.npz` and its SHA-256. The same seed and the same sources give the
same file. Needs scipy beside the program's own dependencies; see the data card.
"""

import argparse
import hashlib
import math
import time
from pathlib import Path
from random import Random

import numpy as np
from scipy import sparse

from models.names.corpus import Labelled, Maker, joined, made_cells
from models.names.sources import (
    char_counts,
    given_counts,
    labelled,
    law_articles,
    surnames,
    words,
)
from scanner.names import features as f

OUT = Path(__file__).parents[2] / "scanner" / "names" / "data" / "names.npz"
_KINDS = {"ns": f.PLACE, "nr": f.PERSON, "nrt": f.FOREIGN, "nrfg": f.FOREIGN}
_CLASSES = 4  # no name, or one of 2, 3, 4 characters


def steps(log_odds: float, low: float, high: float, most: int) -> int:
    """A log odds as one of `most` steps from 1."""
    return 1 + int(np.clip((log_odds - low) / (high - low) * most, 0, most - 1))


def tables() -> f.Tables:
    """Surnames, given-name characters and words as the scorer reads them."""
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
    return f.Tables(surname, given, np.array(pairs, np.uint32), word_table())


def word_table() -> f.Bytes:
    """Words of two to four characters: kind and a 5-bit check in each slot."""
    table = np.zeros(1 << f.SLOT_BITS, np.uint8)
    for word in sorted(words(), key=lambda w: (w.count, w.text)):
        if not 2 <= len(word.text) <= 4:
            continue
        kind = f.RARE + (word.count >= 20) + (word.count >= 300)
        kind = _KINDS.get(word.tag, kind)
        codes = np.array([ord(c) for c in word.text], np.uint32)
        slots, checks = f.slot_hash(codes, len(codes))
        table[slots[0]] = (int(checks[0]) << 3) | kind
    return table


def texts(args: argparse.Namespace, rng: Random) -> list[Labelled]:
    """All training texts, in chunks."""
    maker = Maker(rng)
    rows: list[Labelled] = [maker.notice() for _ in range(args.notices)]
    rows += [maker.pseudo(rng.randint(15, 50), names=True) for _ in range(args.pseudo)]
    if args.gsd:
        for sentence in labelled(args.gsd):
            rows.append(sentence)
            for _ in range(args.copies if sentence[1] or "他" in sentence[0] else 1):
                text, spans = maker.swapped(sentence, 0.85)
                rows.append(maker.named(text, 0.7, spans))
    if args.laws:
        for text in law_articles(args.laws, rng, args.articles):
            rows += [(text, []), maker.named(text, 0.7, [])]
    rng.shuffle(rows)
    return [joined(iter(rows[i : i + 400])) for i in range(0, len(rows), 400)]


def examples(chunks: list[Labelled], known: f.Tables) -> tuple[np.ndarray, np.ndarray]:
    """Feature rows and classes of every possible start in the texts."""
    xs, ys = [], []
    for text, spans in chunks:
        codes = f.codes_of(text)
        starts = f.starts_of(codes, known)
        length = np.zeros(len(codes), np.int8)
        double = f.compound(codes, starts, known)
        for a, b in spans:
            if 2 <= b - a <= 4:
                length[a + f.PAD] = b - a - 1
        y = length[starts]
        y[(y == 3) & ~double] = 0  # foreign
        xs.append(np.concatenate(list(f.features(codes, starts, known))).T.copy())
        ys.append(y)
    return np.concatenate(xs), np.concatenate(ys)


def fit(x: np.ndarray, y: np.ndarray, epochs: int, seed: int, drop: float) -> np.ndarray:
    """Weights of a softmax regression over hashed features, by AdaGrad.

    A share `drop` of the features is left out of each step: no single sign may decide.
    """
    size = 1 << f.HASH_BITS
    weights = np.zeros((size, _CLASSES), np.float32)
    squares = np.full((size, _CLASSES), 1e-2, np.float32)
    rng = np.random.default_rng(seed)
    width, batch = x.shape[1], 4096
    one_hot = np.eye(_CLASSES, dtype=np.float32)
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


def fit_cells(rng: Random, known: f.Tables, size: int, epochs: int) -> np.ndarray:
    """Weights of a logistic regression over features of cells."""
    cells = list(made_cells(rng, size))
    rng.shuffle(cells)
    codes = np.array([[ord(c) for c in text.ljust(4, "\0")] for text, _ in cells], np.uint32)
    x = f.cell_features(codes, known).astype(np.int64)
    y = np.array([is_name for _, is_name in cells], np.float32)
    weights = np.zeros(1 << f.HASH_BITS, np.float32)
    squares = np.full(1 << f.HASH_BITS, 1e-2, np.float32)
    for epoch in range(epochs):
        loss = 0.0
        for at in range(0, len(y), 1024):
            rows, wanted = x[at : at + 1024], y[at : at + 1024]
            p = 1 / (1 + np.exp(-weights[rows].sum(axis=1)))
            loss -= float(np.log(np.where(wanted > 0, p, 1 - p) + 1e-9).sum())
            g = np.bincount(
                rows.ravel(), np.repeat(p - wanted, x.shape[1]), minlength=len(weights)
            ).astype(np.float32)
            used = np.unique(rows)
            g = g[used] + 2e-2 * weights[used]
            squares[used] += g * g
            weights[used] -= 0.1 * g / np.sqrt(squares[used])
        print(f"cells, epoch {epoch + 1}: loss {loss / len(y):.5f}", flush=True)
    return weights


def softmax(scores: np.ndarray) -> np.ndarray:
    """Rows of scores as probabilities."""
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def save(weights: np.ndarray, cells: np.ndarray, known: f.Tables, out: Path) -> None:
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
        cells=cells.astype(np.float16),
        surname=known.surname,
        given=known.given,
        pairs=known.pairs,
        words=known.words,
    )
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    out.with_suffix(".sha256").write_text(digest + "\n", "ascii")


def main() -> None:
    """Parse the words of the command line, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gsd", type=Path)
    parser.add_argument("--laws", type=Path)
    parser.add_argument("--notices", type=int, default=70000)
    parser.add_argument("--pseudo", type=int, default=60000)
    parser.add_argument("--articles", type=int, default=6000)
    parser.add_argument("--cells", type=int, default=150000)
    parser.add_argument("--copies", type=int, default=12)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    begun = time.process_time()
    known = tables()
    chunks = texts(args, Random(args.seed))
    print(f"{sum(len(t) for t, _ in chunks):,} characters, {time.process_time() - begun:.0f} s")
    x, y = examples(chunks, known)
    print(f"{len(y):,} starts, {np.bincount(y).tolist()}, {time.process_time() - begun:.0f} s")
    weights = fit(x, y, args.epochs, args.seed, args.drop)
    save(weights, fit_cells(Random(args.seed), known, args.cells, 3), known, args.out)
    print(f"{args.out}: {args.out.stat().st_size:,} bytes, {time.process_time() - begun:.0f} s")


if __name__ == "__main__":
    main()
