"""The streams of a Word 97-2003 file: pieces of text, and properties of characters and paragraphs.

[MS-DOC]: FIB 2.5, CLX 2.9.38, FKP 2.9.33 and 2.9.175, sprms 2.6.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from scanner.lang import tr

_PAGE = 512
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_MAX_CHARACTERS = 20_000_000
_TINY = 5  # half points
_WHITE_ICO = 8

SEEN, VANISH, WHITE, TINY, GONE = range(5)


def reason(look: int) -> str | None:
    """In words, why characters of a look are not seen."""
    return {
        VANISH: tr("隐藏文字", "hidden text"),
        WHITE: tr("白色文字", "white text"),
        TINY: tr("极小字号文字", "tiny text"),
        GONE: tr("修订中已删除的内容", "tracked deletion"),
    }.get(look)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Properties of a paragraph."""

    depth: int = 0  # of tables
    row_end: bool = False
    inner_cell: bool = False
    inner_row_end: bool = False
    edges: tuple[int, ...] = ()  # of the row's cells, twips
    flags: tuple[int, ...] = ()  # of the row's cells: merges


@dataclass(slots=True)
class DocText:
    """The text by character position, and each character's look and place in the file."""

    text: str
    looks: bytes
    offsets: list[tuple[int, int, int]]  # (first character, file offset, bytes a character)
    counts: tuple[int, ...]  # characters of body, footnotes, headers, macros, notes, ...
    _starts: list[int] = field(default_factory=list)
    _paragraphs: list[tuple[int, int, Paragraph]] = field(default_factory=list)

    def paragraph(self, at: int) -> Paragraph:
        """Properties of the paragraph that ends at a character."""
        index = bisect_right(self.offsets, (at, 1 << 40, 9)) - 1
        if index < 0 or not self._paragraphs:
            return Paragraph()
        first, offset, width = self.offsets[index]
        place = offset + (at - first) * width
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self._paragraphs[number][1]:
            return Paragraph()
        return self._paragraphs[number][2]


def is_locked(main: bytes) -> bool:
    """Whether the file is encrypted."""
    return len(main) > 12 and bool(struct.unpack_from("<H", main, 10)[0] & 0x0100)


def read_streams(main: bytes, tables: dict[int, bytes]) -> DocText:
    """Text and properties. Raises `struct.error` or `ValueError` for a damaged file."""
    if len(main) < 0x200 or main[:2] not in (b"\xec\xa5", b"\xdc\xa5"):
        raise ValueError("no Word file")
    flags = struct.unpack_from("<H", main, 10)[0]
    table = tables[1 if flags & 0x0200 else 0]
    pieces = _pieces(main, table)
    looks = _looks(main, table)
    return _assemble(main, table, pieces, looks)


def _assemble(
    main: bytes,
    table: bytes,
    pieces: list[tuple[int, int, int, int]],
    looks: list[tuple[int, int, int]],
) -> DocText:
    texts: list[str] = []
    marks = bytearray()
    offsets: list[tuple[int, int, int]] = []
    for first, last, offset, width in pieces:
        count = last - first
        if count <= 0 or len(marks) + count > _MAX_CHARACTERS:
            continue
        raw = main[offset : offset + count * width]
        text = raw.decode("utf-16-le" if width == 2 else "cp1252", "replace")[:count]
        text = text.ljust(count, "\x00")
        texts.append(text)
        offsets.append((len(marks), offset, width))
        marks += _marks(looks, offset, count, width)
    counts = struct.unpack_from("<8i", main, 0x4C)
    document = DocText("".join(texts), bytes(marks), offsets, counts)
    document._paragraphs = sorted(_paragraphs(main, table), key=lambda run: run[0])
    document._starts = [start for start, _, _ in document._paragraphs]
    return document


def _pieces(main: bytes, table: bytes) -> list[tuple[int, int, int, int]]:
    """(first character, last, file offset, bytes a character)."""
    at, size = struct.unpack_from("<II", main, 0x1A2)
    end = min(at + size, len(table))
    while at < end and table[at] == 1:
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if at >= end or table[at] != 2:
        raise ValueError("no piece table")
    length = struct.unpack_from("<I", table, at + 1)[0]
    count = (length - 4) // 12
    at += 5
    if count <= 0 or at + length > len(table):
        raise ValueError("piece table cut off")
    ends = struct.unpack_from(f"<{count + 1}I", table, at)
    out: list[tuple[int, int, int, int]] = []
    for number in range(count):
        place = struct.unpack_from("<I", table, at + 4 * (count + 1) + 8 * number + 2)[0]
        narrow = bool(place & 0x40000000)
        offset = (place & 0x3FFFFFFF) // 2 if narrow else place & 0x3FFFFFFF
        out.append((ends[number], ends[number + 1], offset, 1 if narrow else 2))
    return out


def _marks(looks: list[tuple[int, int, int]], offset: int, count: int, width: int) -> bytes:
    """The look of each character of a piece."""
    out = bytearray(count)
    index = max(bisect_right(looks, (offset, 1 << 40, 9)) - 1, 0)
    for start, end, look in looks[index:]:
        if start >= offset + count * width:
            break
        first = max((start - offset) // width, 0)
        last = min(-(-(end - offset) // width), count)
        if look and last > first:
            out[first:last] = bytes((look,)) * (last - first)
    return bytes(out)


def _pages(main: bytes, table: bytes, pair: int) -> Iterator[bytes]:
    """The 512-byte pages that hold properties."""
    at, size = struct.unpack_from("<II", main, pair)
    count = (size - 4) // 8
    if count <= 0 or at + size > len(table):
        return
    numbers = struct.unpack_from(f"<{count}I", table, at + 4 * (count + 1))
    for number in numbers:
        start = (number & 0x3FFFFF) * _PAGE
        page = main[start : start + _PAGE]
        if len(page) == _PAGE:
            yield page


def _looks(main: bytes, table: bytes) -> list[tuple[int, int, int]]:
    """(file offset, end, look) of character runs, in order."""
    out: list[tuple[int, int, int]] = []
    for page in _pages(main, table, 0xFA):
        count = page[511]
        if 4 * (count + 1) + count > 511:
            continue
        places = struct.unpack_from(f"<{count + 1}I", page, 0)
        for number in range(count):
            start = page[4 * (count + 1) + number] * 2
            length = page[start] if start else 0
            look = _look(page[start + 1 : start + 1 + length]) if start else SEEN
            out.append((places[number], places[number + 1], look))
    out.sort()
    return out


def _look(properties: bytes) -> int:
    look = SEEN
    for code, operand in sprms(properties):
        if code == 0x0800 and operand[:1] == b"\x01":
            return GONE
        if code == 0x083C and operand[:1] in (b"\x01", b"\x81"):
            look = VANISH
        elif look == SEEN and _is_white(code, operand):
            look = WHITE
        elif look == SEEN and code == 0x4A43 and int.from_bytes(operand, "little") <= _TINY:
            look = TINY
    return look


def _is_white(code: int, operand: bytes) -> bool:
    if code == 0x2A42:
        return operand[:1] == bytes((_WHITE_ICO,))
    return code == 0x6870 and min(operand[:3], default=0) >= 0xF6 and operand[3:4] == b"\x00"


def _paragraphs(main: bytes, table: bytes) -> Iterator[tuple[int, int, Paragraph]]:
    """(file offset, end, properties) of paragraphs."""
    for page in _pages(main, table, 0x102):
        count = page[511]
        if 4 * (count + 1) + 13 * count > 511:
            continue
        places = struct.unpack_from(f"<{count + 1}I", page, 0)
        for number in range(count):
            start = page[4 * (count + 1) + 13 * number] * 2
            if not start:
                yield places[number], places[number + 1], Paragraph()
                continue
            length = page[start] * 2 - 1
            if length < 0:
                start += 1
                length = page[start] * 2
            grpprl = page[start + 3 : start + 1 + length]
            yield places[number], places[number + 1], _paragraph(grpprl)


def _paragraph(properties: bytes) -> Paragraph:
    out = Paragraph()
    for code, operand in sprms(properties):
        on = operand[:1] == b"\x01"
        if code == 0x2416 and on:
            out = replace(out, depth=max(out.depth, 1))
        elif code == 0x2417 and on:
            out = replace(out, row_end=True)
        elif code == 0x6649:
            out = replace(out, depth=min(int.from_bytes(operand, "little"), 60))
        elif code == 0x244B and on:
            out = replace(out, inner_cell=True)
        elif code == 0x244C and on:
            out = replace(out, inner_row_end=True)
        elif code == 0xD608:
            edges, flags = _row(operand)
            out = replace(out, edges=edges, flags=flags)
    return out


def _row(operand: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(edges of the cells, their merge flags) of a table row's definition."""
    if not operand or len(operand) < 1 + 2 * (operand[0] + 1):
        return (), ()
    count = operand[0]
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    flags: list[int] = []
    for number in range(count):
        at = 1 + 2 * (count + 1) + 20 * number
        flags.append(struct.unpack_from("<H", operand, at)[0] if at + 2 <= len(operand) else 0)
    return edges, tuple(flags)


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of a list of property modifiers."""
    at = 0
    while at + 2 < len(data):
        code = struct.unpack_from("<H", data, at)[0]
        at += 2
        size = _OPERAND.get(code >> 13)
        if size is None:
            if code == 0xD608:
                size = struct.unpack_from("<H", data, at)[0] - 1 if at + 2 <= len(data) else 0
                at += 2
            else:
                size = data[at]
                at += 1
        yield code, data[at : at + size]
        at += max(size, 0)
