"""Parts of a zip container, with budgets; a cut container is read by its local headers.

Nothing is written to disk, so no member name can lead anywhere.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from scanner.lang import tr

MAX_EXPANDED = 300_000_000  # bytes of all parts together
MAX_ENTRIES = 20_000
_CHUNK = 1 << 16
_STORED, _DEFLATED = 0, 8
_HEADER = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class _Member:
    offset: int  # of its local header
    method: int
    size: int | None  # compressed bytes, None when only its end tells
    encrypted: bool


class Spendable(Protocol):
    """A budget that several containers share."""

    bytes_left: int
    entries_left: int


@dataclass(slots=True)
class _Own:
    bytes_left: int
    entries_left: int = MAX_ENTRIES


class Parts:
    """The parts of a container by lower-case name. Reading never fails; `faults` says what did."""

    def __init__(self, body: bytes, budget: "int | Spendable" = MAX_EXPANDED) -> None:
        self._body = body
        self._budget = _Own(budget) if isinstance(budget, int) else budget
        self.titles: dict[str, str] = {}  # names as the archive's maker wrote them
        self.faults: dict[str, str] = {}
        self.damaged = False
        self._members: dict[str, _Member] = {}
        try:
            self._by_directory()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            self.damaged = True
            self._by_headers()

    @property
    def names(self) -> list[str]:
        """Lower-case names with forward slashes, in the container's order."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The whole part as far as it can be read; empty when it is missing."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part's bytes; ends early at a fault or at the budget's end, which `faults` notes."""
        member = self._members.get(name)
        if member is None:
            return
        if member.encrypted:
            self.faults[name] = tr("有密码保护", "locked by a password")
            return
        if member.method not in (_STORED, _DEFLATED):
            self.faults[name] = tr("压缩方法不支持", "unsupported compression")
            return
        # No part may use up everything: what follows a bomb is still read.
        allowed = self._budget.bytes_left * 3 // 4
        for piece in self._raw(name, member):
            taken = piece[:allowed]
            self._budget.bytes_left -= len(taken)
            allowed -= len(taken)
            yield taken
            if len(taken) < len(piece):
                self.faults[name] = tr("展开后过大，后面部分未读", "too large when expanded")
                return

    def note(self, name: str, fault: str | None) -> None:
        """What a reader of the part found wrong with it, where its bytes were sound."""
        if fault is not None:
            self.faults.setdefault(name, fault)

    def _raw(self, name: str, member: _Member) -> Iterator[bytes]:
        body = self._body
        head = body[member.offset : member.offset + 30]
        if len(head) < 30 or not head.startswith(_HEADER):
            self.faults[name] = tr("文件损坏", "damaged")
            return
        start = member.offset + 30 + _number(head, 26) + _number(head, 28)
        end = len(body) if member.size is None else min(start + member.size, len(body))
        if member.size is not None and start + member.size > len(body):
            self.faults[name] = tr("文件不完整", "cut off")
        if member.method == _STORED:
            for at in range(start, end, _CHUNK):
                yield body[at : min(at + _CHUNK, end)]
            return
        yield from self._inflate(name, start, end)

    def _inflate(self, name: str, start: int, end: int) -> Iterator[bytes]:
        engine = zlib.decompressobj(-15)
        at = start
        pending = b""
        while not engine.eof:
            if not pending:
                pending = self._body[at : min(at + _CHUNK, end)]
                at += len(pending)
            if not pending:
                self.faults[name] = tr("文件不完整", "cut off")
                yield engine.flush()
                return
            try:
                piece = engine.decompress(pending, 16 * _CHUNK)
            except zlib.error:
                self.faults[name] = tr("文件损坏", "damaged")
                return
            pending = engine.unconsumed_tail
            if piece:
                yield piece

    def _by_directory(self) -> None:
        with zipfile.ZipFile(BytesIO(self._body)) as archive:
            for info in archive.infolist()[:MAX_ENTRIES]:
                raw = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
                member = _Member(
                    info.header_offset,
                    info.compress_type,
                    info.compress_size,
                    bool(info.flag_bits & 1),
                )
                self._add(raw, member)

    def _by_headers(self) -> None:
        body = self._body
        at = body.find(_HEADER)
        while at >= 0 and len(self._members) < MAX_ENTRIES:
            head = body[at : at + 30]
            if len(head) < 30:
                return
            flags, size = _number(head, 6), int.from_bytes(head[18:22], "little")
            is_streamed = bool(flags & 8) and size == 0
            raw = body[at + 30 : at + 30 + _number(head, 26)]
            member = _Member(at, _number(head, 8), None if is_streamed else size, bool(flags & 1))
            self._add(raw, member)
            step = 30 if is_streamed else 30 + size
            at = body.find(_HEADER, at + step)

    def _add(self, raw: bytes, member: _Member) -> None:
        """Two members of one name are both kept: the second could hide behind the first."""
        title = _decoded(raw)
        name = _plain(title)
        number = 1
        while name in self._members:
            number += 1
            name = f"{_plain(title)}#{number}"
        self._members[name] = member
        self.titles[name] = title


def _decoded(raw: bytes) -> str:
    """A member's name: UTF-8 where it is, else GB18030, whatever the flag says."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _number(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 2], "little")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
