"""Trains the network that is the scorer's second opinion. Needs PyTorch, the only part that does."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from scanner.names.network import CLASSES, STEP_SCALE, UNKNOWN, Seen

_CHAR, _TAG, _STEP = 32, 4, 4  # sizes of embeddings
_HIDDEN = (128, 64)
_LEAST_SEEN = 48  # a character seen less often is an unknown one
_BATCH, _RATE, _WARM = 2048, 2e-3, 0.1
_DECAY, _DROP_CHARS, _DROP_HIDDEN = 1e-4, 0.15, 0.4


@dataclass(frozen=True)
class Examples:
    """What the network sees of each start, and what the start is."""

    seen: Seen
    classes: npt.NDArray[np.int64]


class Net(nn.Module):
    """The same sums as `scanner.names.network.Network`, for PyTorch to train."""

    def __init__(self, chars: int, offsets: int, words: int) -> None:
        super().__init__()
        self.chars = nn.Embedding(chars, _CHAR)
        nn.init.normal_(self.chars.weight, 0, 0.1)
        self.tags = nn.Parameter(torch.randn(words, 16, _TAG))
        self.steps = nn.Parameter(torch.randn(4, 16, _STEP))
        sizes = (offsets * _CHAR + words * (_TAG + 1) + 4 * _STEP + 1, *_HIDDEN, CLASSES)
        pairs = pairwise(sizes)
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in pairs])

    def forward(
        self, chars: torch.Tensor, words: torch.Tensor, steps: torch.Tensor, double: torch.Tensor
    ) -> torch.Tensor:
        """Scores of the classes, one row a start."""
        if self.training:
            chars = chars.masked_fill(torch.rand(chars.shape) < _DROP_CHARS, UNKNOWN)
        x = torch.cat(
            (
                self.chars(chars).flatten(1),
                self.tags[torch.arange(words.shape[1]), words >> 4].flatten(1),
                self.steps[torch.arange(4), steps].flatten(1),
                (words & 15).float() / STEP_SCALE,
                double.float(),
            ),
            1,
        )
        x = nn.functional.dropout(torch.relu(self.layers[0](x)), _DROP_HIDDEN, self.training)
        scores: torch.Tensor = self.layers[2](torch.relu(self.layers[1](x)))
        return scores


def numbering(chars: npt.NDArray[np.uint16]) -> tuple[npt.NDArray[np.uint16], int]:
    """Code point -> row of the embedding, commonest first; and the number of rows."""
    counts = np.bincount(chars.ravel(), minlength=0x10000)
    kept = np.flatnonzero(counts >= _LEAST_SEEN)
    kept = kept[np.argsort(-counts[kept], kind="stable")]
    numbers = np.full(0x10000, UNKNOWN, np.uint16)
    numbers[kept] = np.arange(2, 2 + len(kept))
    return numbers, 2 + len(kept)


def fit_network(examples: Examples, epochs: int, seed: int) -> dict[str, npt.NDArray[np.float16]]:
    """The arrays that `scanner.names.network.Network` holds, by their names in the package data."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # sums in one order: the same seed gives the same weights
    what = examples.seen
    numbers, rows = numbering(what.chars)
    net = Net(rows, what.chars.shape[1], what.words.shape[1])
    inputs = [
        torch.from_numpy(numbers[what.chars].astype(np.int64)),
        torch.from_numpy(what.words.astype(np.int64)),
        torch.from_numpy(np.minimum(what.steps, 15).astype(np.int64)),
        torch.from_numpy(what.double),
    ]
    wanted = torch.from_numpy(examples.classes)
    steps = epochs * -(-len(wanted) // _BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=steps, pct_start=_WARM
    )
    for epoch in range(epochs):
        loss = 0.0
        for rows_ in _batches(len(wanted)):
            error = nn.functional.cross_entropy(
                net(*(part[rows_] for part in inputs)), wanted[rows_]
            )
            optimiser.zero_grad()
            error.backward()  # type: ignore[no-untyped-call,unused-ignore]
            optimiser.step()
            schedule.step()
            loss += error.item() * len(rows_)
        print(f"network, epoch {epoch + 1}: loss {loss / len(wanted):.5f}", flush=True)
    return {"numbers": numbers, **_arrays(net)}


def _batches(size: int) -> Iterator[torch.Tensor]:
    order = torch.randperm(size)
    for at in range(0, size, _BATCH):
        yield order[at : at + _BATCH]


def _arrays(net: Net) -> dict[str, npt.NDArray[np.float16]]:
    held = {"chars": net.chars.weight, "tags": net.tags, "steps": net.steps}
    for number, layer in enumerate(net.layers):
        held |= {f"layer{number}": layer.weight, f"bias{number}": layer.bias}
    return {name: part.detach().numpy().astype(np.float16) for name, part in held.items()}
