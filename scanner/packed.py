"""Findings of a document with very many, held as compressed bytes: some hundred bytes each
instead of kilobytes, unpacked while they are read."""

import pickle
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

from scanner.classify.severity import raised, steps_of
from scanner.model import Finding, Match

_CHUNK = 500  # findings that are unpacked together
_QUICK = 1  # level of compression: hashes shrink no further at a higher one


def exposed(findings: Sequence[Finding]) -> int:
    """Persons whose values leak, counted by rows as the judgement counts them."""
    return len({_person(one.match, one) for one in findings if one.disposition.is_leak})


def _person(match: Match, finding: Finding) -> tuple[object, ...]:
    if match.row is None:
        return (finding.person or finding.fingerprint,)
    return match.block, match.row if match.record_row is None else match.record_row, match.group


@dataclass(frozen=True, slots=True)
class _Chunk:
    data: bytes
    size: int
    persons: int  # whose values leaked in the portion that was judged together


class PackedFindings(Sequence[Finding]):
    """The findings of one document, in the order that they were added."""

    def __init__(self) -> None:
        self._chunks: list[_Chunk] = []
        self._size = 0
        self._persons = 0

    def add(self, findings: Sequence[Finding], judged_with: int) -> None:
        """Findings that were judged with values of `judged_with` persons leaking; severity counts
        the persons of the whole document."""
        self._persons += exposed(findings)
        self._size += len(findings)
        for at in range(0, len(findings), _CHUNK):
            part = list(findings[at : at + _CHUNK])
            data = zlib.compress(pickle.dumps(part, pickle.HIGHEST_PROTOCOL), _QUICK)
            self._chunks.append(_Chunk(data, len(part), judged_with))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Finding]:
        for chunk in self._chunks:
            yield from self._read(chunk)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> list[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | list[Finding]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._size))]
        place = index + self._size if index < 0 else index
        if not 0 <= place < self._size:
            raise IndexError(index)
        for chunk in self._chunks:
            if place < chunk.size:
                return self._read(chunk)[place]
            place -= chunk.size
        raise IndexError(index)

    def _read(self, chunk: _Chunk) -> list[Finding]:
        found: list[Finding] = pickle.loads(zlib.decompress(chunk.data))  # noqa: S301 - our own
        more = steps_of(self._persons) - steps_of(chunk.persons)
        if not more:
            return found
        return [
            replace(one, severity=raised(one.severity, more)) if one.disposition.is_leak else one
            for one in found
        ]
