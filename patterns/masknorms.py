"""Published norms of masking, from `patterns/data/mask_norms.toml`: what may still be shown."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scanner.lang import tr

_FILE = Path(__file__).resolve().parent / "data" / "mask_norms.toml"


@dataclass(frozen=True, slots=True)
class ShownLimit:
    """The most that one norm lets stand of one kind of value."""

    head: int = 0  # most characters that may be shown at the start
    tail: int = 0  # most characters that may be shown at the end
    delete: bool = False  # the value has to go, masked or not
    middle: bool = False  # no numbers given: the middle third has to be hidden

    def allows(self, shown: frozenset[int], length: int) -> bool:
        """Whether a value of `length` characters may show the positions `shown`, from 0."""
        if self.delete:
            return False
        if self.middle:
            return shown.isdisjoint(range(length // 3, length - length // 3))
        head = min(self.head, length - 1)  # at least one is hidden; of a short name the end first
        tail = min(self.tail, length - 1 - head)
        return all(place < head or place >= length - tail for place in shown)


@dataclass(frozen=True, slots=True)
class PublishedNorm:
    """One body's norm, with its source and how far that was verified ("read" or "mixed")."""

    code: str
    zh: str
    en: str
    source: str
    verified: str
    kinds: Mapping[str, ShownLimit]

    @property
    def words(self) -> str:
        """The norm in the language in force."""
        return tr(self.zh, self.en)


@cache
def published_norms() -> Mapping[str, PublishedNorm]:
    """Every norm that can be chosen, by code. The default, "", is the rules' own count of fits."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({code: _norm(code, row) for code, row in table.items()})


def _norm(code: str, row: Mapping[str, Any]) -> PublishedNorm:
    kinds = {kind: _limit(value) for kind, value in row["kinds"].items()}
    return PublishedNorm(
        code, row["zh"], row["en"], row["source"], row["verified"], MappingProxyType(kinds)
    )


def _limit(value: str | list[int]) -> ShownLimit:
    if isinstance(value, str):
        return ShownLimit(delete=value == "delete", middle=value == "middle")
    head, tail = value
    return ShownLimit(head, tail)
