"""OLE compound files: their streams, properties, and files packed into them. [MS-CFB]"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.plain import runs
from scanner.extract.text import holds_data, one_line
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

_MAX_STREAMS = 5000
_MAX_STREAM = 50_000_000  # bytes
_MAX_PICTURES = 60
_PICTURE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xe0\xe1\xdb\xee]")
_NATIVE = "\x01Ole10Native"
_PACKED = frozenset(("Package", "CONTENTS", "EmbeddedOdf", "package_stream"))
_PROPERTIES = (
    "title", "subject", "author", "keywords", "comments", "template", "last_saved_by",
    "category", "manager", "company",
)  # fmt: skip


class Container:
    """The streams of a compound file by path."""

    def __init__(self, body: bytes, nest: Nest) -> None:
        self.nest = nest
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.meta = PageMeta()
        self._file = olefile.OleFileIO(BytesIO(body), raise_defects=olefile.DEFECT_FATAL)
        self.paths: list[str] = ["/".join(entry) for entry in self._file.listdir()][:_MAX_STREAMS]

    def stream(self, path: str) -> bytes:
        """A stream's bytes; what is cut or damaged is named."""
        if path not in self.paths:
            return b""
        try:
            return bytes(self._file.openstream(path).read(_MAX_STREAM))
        except (OSError, ValueError, IndexError):
            why = tr("文件损坏或不完整", "damaged or cut off")
            self.unread.append(Unread(one_line(path), why))
            return b""

    def properties(self) -> None:
        """The document properties: author, title, company, custom ones."""
        facts = self._file.get_metadata()
        texts = {name: _text(getattr(facts, name, None)) for name in _PROPERTIES}
        for name, text in texts.items():
            if text and holds_data(text):
                self.field(name, text)
        for text in self._custom():
            self.field(tr("自定义属性", "custom property"), text)
        self.meta = PageMeta(title=texts["title"], author=texts["author"])

    def _custom(self) -> Iterator[str]:
        if "\x05DocumentSummaryInformation" in self.paths:
            known = {block.text for block in self.blocks}
            for text in runs(self.stream("\x05DocumentSummaryInformation")):
                if text not in known:
                    yield text

    def field(self, name: str, text: str) -> None:
        """A property with its text."""
        place = Location(note=name)
        self.blocks.append(Block(BlockKind.FIELD, text, Where.METADATA, place, name=name))

    def packed(self) -> None:
        """Files packed into streams, and whole documents stored as folders."""
        for path in self.paths:
            name = path.rpartition("/")[2]
            if name == _NATIVE:
                inner, data = _native(self.stream(path))
            elif name in _PACKED:
                inner, data = name, self.stream(path)
            else:
                continue
            if data:
                self.inner(data, inner)

    def pictures(self, data: bytes) -> None:
        """PNG and JPEG pictures that lie in a stream among other data."""
        for number, found in enumerate(_PICTURE.finditer(data), start=1):
            if number > _MAX_PICTURES:
                return
            picture = found.group()
            if picture.startswith(b"\x89PNG"):
                end = data.find(b"IEND\xaeB`\x82", found.start())
                picture = data[found.start() : end + 8] if end > 0 else data[found.start() :]
            else:
                # A thumbnail ends before its picture does: the reader stops by itself.
                picture = data[found.start() :]
            name = tr(f"图片{number}", f"picture {number}")
            read = self.nest.inner(picture, name)
            self.blocks.extend(read.blocks)
            self.unread.extend(read.unread)

    def inner(self, data: bytes, name: str) -> None:
        """Read a file that lies in this one; nobody sees it who opens the outer file."""
        read = self.nest.inner(data, name, hidden=True)
        self.blocks.extend(read.blocks)
        self.unread.extend(read.unread)

    def sweep(self, seen: str, skipped: frozenset[str] = frozenset()) -> None:
        """Text runs of the streams that no reader gave."""
        known = set(seen.split("\n"))
        for path in self.paths:
            name = path.rpartition("/")[2]
            if name in skipped or name in _PACKED or name.startswith("\x05"):
                continue
            for text in runs(self.stream(path)):
                plain = one_line(text).strip()
                if plain in known or plain in seen or not _is_value(plain, seen):
                    continue
                known.add(plain)
                note = tr(f"数据流 {one_line(name)}", f"stream {one_line(name)}")
                place = Location(note=note)
                self.blocks.append(Block(BlockKind.PARAGRAPH, plain, Where.HIDDEN, place))

    def result(self) -> Read:
        """All of it."""
        return Read(self.blocks, self.meta, tuple(self.unread))


def read_ole(body: bytes, nest: Nest) -> Read:
    """A compound file of no known kind: packed files, properties, and a sweep."""
    container = Container(body, nest)
    container.properties()
    container.packed()
    container.sweep("", frozenset((_NATIVE,)))
    return container.result()


def _is_value(text: str, seen: str) -> bool:
    """Whether a run holds six digits or more that stand nowhere in what was read."""
    digits: list[str] = []
    for letter in text + " ":
        if letter.isascii() and (letter.isdigit() or letter in "Xx"):
            digits.append(letter)
            continue
        run = "".join(digits)
        digits.clear()
        if len(run) >= 11 and run not in seen:
            return True
    return "@" in text and "." in text and text not in seen


def _text(value: object) -> str:
    if isinstance(value, bytes):
        try:
            return one_line(value.decode("utf-8").strip("\x00"))
        except UnicodeDecodeError:
            return one_line(value.decode("gb18030", "replace").strip("\x00"))
    return one_line(value.strip("\x00")) if isinstance(value, str) else ""


def _native(data: bytes) -> tuple[str, bytes]:
    """(name, bytes) of an Ole10Native stream: label, two paths, then the file."""
    if len(data) < 10:
        return "", b""
    at = 6
    name, at = _zero_ended(data, at)
    _, at = _zero_ended(data, at)
    at += 8
    _, at = _zero_ended(data, at)
    if at + 4 > len(data):
        return name, data[4:]
    (size,) = struct.unpack_from("<I", data, at)
    inner = data[at + 4 : at + 4 + size]
    return (name, inner) if inner else (name, data[4:])


def _zero_ended(data: bytes, at: int) -> tuple[str, int]:
    end = data.find(b"\x00", at)
    if end < 0:
        return "", len(data)
    return data[at:end].decode("gb18030", "replace"), end + 1
