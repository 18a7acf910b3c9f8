"""Archives: every member is read as a file of its own; nothing is ever written to disk."""

import tarfile
import zlib
from collections.abc import Iterable, Iterator
from importlib import import_module
from io import BytesIO
from typing import Any

from scanner.extract.html import Read
from scanner.extract.nest import Nest, out_of_time
from scanner.extract.text import holds_data, one_line
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

_CHUNK = 1 << 16


class _Archive:
    """Collects what the members give."""

    def __init__(self, nest: Nest) -> None:
        self.nest = nest
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []

    def name(self, name: str) -> None:
        """A member's name is read too: lists are filed under people's names."""
        plain = one_line(name)
        if not holds_data(plain):
            return
        words = tr("压缩包内文件名", "name in the archive")
        place = Location(note=words)
        self.blocks.append(Block(BlockKind.FIELD, plain, Where.VISIBLE, place, name=words))

    def member(self, body: bytes, name: str) -> None:
        """Read one member."""
        read = self.nest.inner(body, name)
        self.blocks.extend(read.blocks)
        self.unread.extend(read.unread)

    def miss(self, what: str, why: str) -> None:
        """Name what was not read."""
        self.unread.append(Unread(what, why))

    def result(self) -> Read:
        """All of it."""
        return Read(self.blocks, PageMeta(), tuple(self.unread))


def read_zip(body: bytes, nest: Nest) -> Read:
    """ZIP; one that is cut off is read by its local headers."""
    out = _Archive(nest)
    parts = nest.parts(body)
    if parts.damaged:
        out.miss(
            tr("压缩包", "archive"),
            tr("文件损坏或不完整，已尽量抢救", "damaged or cut off: salvaged what was readable"),
        )
    for part in parts.names:
        title = parts.titles[part]
        out.name(title)
        if part.endswith("/"):
            continue
        if nest.expired:
            out.miss(title, out_of_time())
            break
        data = parts.read(part)
        fault = parts.faults.pop(part, None)
        if fault is not None:
            out.miss(title, fault)
        if data:
            out.member(data, title)
    return out.result()


def read_gzip(body: bytes, nest: Nest) -> Read:
    """GZIP: one file inside, its end is not asked for."""
    out = _Archive(nest)
    engine = zlib.decompressobj(31)
    allowed = nest.budget.bytes_left * 3 // 4
    try:
        data = engine.decompress(body, max(allowed, 1))
    except zlib.error:
        out.miss("gzip", tr("文件损坏", "damaged"))
        return out.result()
    nest.budget.bytes_left -= len(data)
    if not engine.eof:
        words = tr("不完整，或展开后过大", "cut off, or too large when expanded")
        out.miss("gzip", words)
    out.member(data, "gzip")
    return out.result()


def read_tar(body: bytes, nest: Nest) -> Read:
    """TAR, plain."""
    out = _Archive(nest)
    try:
        with tarfile.open(fileobj=BytesIO(body), mode="r:", encoding="gb18030") as archive:
            for info in archive:
                out.name(info.name)
                stream = archive.extractfile(info) if info.isfile() else None
                if stream is not None:
                    out.member(stream.read(max(nest.budget.bytes_left, 0)), info.name)
                    nest.budget.bytes_left -= info.size
    except (tarfile.TarError, EOFError, OSError):
        out.miss(tr("压缩包", "archive"), tr("文件损坏或不完整", "damaged or cut off"))
    return out.result()


def read_7z(body: bytes, nest: Nest) -> Read:
    """7Z."""
    return _by_library(body, nest, "7zip")


def read_rar(body: bytes, nest: Nest) -> Read:
    """RAR 4 and 5. The format is forced: a stored member may look like another archive."""
    return _by_library(body, nest, "rar5" if body.startswith(b"Rar!\x1a\x07\x01") else "rar")


def _by_library(body: bytes, nest: Nest, kind: str) -> Read:
    out = _Archive(nest)
    try:
        library: Any = import_module("libarchive")
    except (ImportError, OSError, AttributeError):
        # The wheel only binds the system's library.
        words = tr(
            "缺少系统库 libarchive，请执行 apt install libarchive13",
            "the system library libarchive is missing: apt install libarchive13",
        )
        out.miss(tr("压缩包", "archive"), words)
        return out.result()
    try:
        with library.memory_reader(body, format_name=kind) as archive:
            _entries(archive, out)
    except library.exception.ArchiveError as error:
        locked = "ncrypt" in str(error) or "assphrase" in str(error)
        why = (
            tr("有密码保护，未读", "locked by a password: not read")
            if locked
            else tr("文件损坏或不完整", "damaged or cut off")
        )
        out.miss(tr("压缩包", "archive"), why)
    return out.result()


def _entries(archive: Iterable[Any], out: _Archive) -> None:
    for entry in archive:
        name = _name(entry)
        out.name(name)
        if not entry.isfile:
            continue
        if out.nest.expired:
            out.miss(name, out_of_time())
            return
        pieces: list[bytes] = []
        fault = None
        try:
            fault = _take(entry.get_blocks(_CHUNK), pieces, out.nest)
        finally:
            # What came before a cut is read even when the library gives up.
            if pieces:
                out.member(b"".join(pieces), name)
        if fault is not None:
            out.miss(name, fault)


def _take(chunks: Iterator[bytes], pieces: list[bytes], nest: Nest) -> str | None:
    """Collect a member on the shared budget; why it ended early, if it did."""
    allowed = nest.budget.bytes_left * 3 // 4
    for chunk in chunks:
        pieces.append(chunk)
        allowed -= len(chunk)
        nest.budget.bytes_left -= len(chunk)
        if allowed <= 0:
            return tr("展开后过大，后面部分未读", "too large when expanded")
    return None


def _name(entry: Any) -> str:
    """A member's name: UTF-8 where it is, else GB18030."""
    name = entry.pathname
    if isinstance(name, bytes):
        raw = name
    else:
        text = str(name or "")
        if not any("\udc80" <= letter <= "\udcff" for letter in text):
            return text
        raw = text.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
