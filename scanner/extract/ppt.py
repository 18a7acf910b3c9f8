"""PPT (PowerPoint 97-2003): texts of slides, notes and masters with their places. [MS-PPT]"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from scanner.extract.html import Read
from scanner.extract.nest import Nest, hide, noted
from scanner.extract.ole import Container
from scanner.extract.text import holds_data, one_line
from scanner.lang import tr
from scanner.model import Block, BlockKind, Cell, Location, Table, Where

_SLIDE, _NOTES, _MASTER, _LIST = 0x03EE, 0x03F0, 0x03F8, 0x0FF0
_SLIDE_INFO, _DOCUMENT_ATOM = 0x03F9, 0x03E9
_CHARS, _BYTES, _STRING = 0x0FA0, 0x0FA8, 0x0FBA
_STYLE = 0x0FA1
_GROUP, _SHAPE, _ANCHOR, _CHILD_ANCHOR = 0xF003, 0xF004, 0xF010, 0xF00F
_OLE_STORAGE = 0x1011
_MAX_DEPTH = 40
_MAX_RECORDS = 500_000
_WHITE = b"\xff\xff\xff\xfe"


@dataclass(slots=True)
class _Text:
    text: str
    box: tuple[int, int, int, int] | None = None  # left, top, right, bottom
    in_group: int = 0  # which group of shapes
    is_white: bool = False


@dataclass(slots=True)
class _Page:
    kind: int
    hidden: bool = False
    texts: list[_Text] = field(default_factory=list)


def read_ppt(body: bytes, nest: Nest) -> Read:
    """Slides in the file's order, their notes, masters, links; packed files."""
    container = Container(body, nest)
    stream = container.stream("PowerPoint Document")
    reader = _Reader(container)
    reader.walk(stream, 0, len(stream), 0)
    reader.write()
    container.properties()
    container.packed()
    container.pictures(container.stream("Pictures"))
    seen = "\n".join(block.text for block in container.blocks)
    container.sweep(seen, frozenset(("Pictures", "Current User")))
    return container.result()


class _Reader:
    def __init__(self, container: Container) -> None:
        self._container = container
        self._pages: list[_Page] = []
        self._page: _Page | None = None
        self._size = (5760, 4320)  # master units
        self._box: tuple[int, int, int, int] | None = None
        self._group = 0
        self._groups = 0
        self._left = _MAX_RECORDS
        self._listed: list[str] = []
        self._links: list[str] = []
        self._storages: list[bytes] = []

    def walk(self, data: bytes, start: int, end: int, depth: int) -> None:
        """Records between two offsets."""
        for kind, is_container, at, size in _records(data, start, end):
            self._left -= 1
            if self._left < 0 or depth > _MAX_DEPTH:
                return
            if is_container:
                self._inside(kind, data, at, at + size, depth)
            else:
                self._atom(kind, data[at : at + size])

    def _inside(self, kind: int, data: bytes, start: int, end: int, depth: int) -> None:
        outer_page, outer_group, outer_box = self._page, self._group, self._box
        if kind in (_SLIDE, _NOTES, _MASTER):
            self._page = _Page(kind)
            self._pages.append(self._page)
        elif kind == _GROUP:
            self._groups += 1
            self._group = self._groups
        elif kind == _SHAPE:
            self._box = None
        self.walk(data, start, end, depth + 1)
        self._page, self._group, self._box = outer_page, outer_group, outer_box

    def _atom(self, kind: int, data: bytes) -> None:
        if kind == _DOCUMENT_ATOM and len(data) >= 8:
            self._size = struct.unpack_from("<ii", data)
        elif kind == _SLIDE_INFO and len(data) >= 12 and self._page is not None:
            self._page.hidden = bool(data[10] & 4)
        elif kind in (_ANCHOR, _CHILD_ANCHOR):
            self._anchor(data)
        elif kind == _CHARS:
            self._text(data.decode("utf-16-le", "replace"))
        elif kind == _BYTES:
            self._text(data.decode("latin-1"))
        elif kind == _STRING:
            self._link(data)
        elif kind == _OLE_STORAGE:
            self._storages.append(data)
        elif kind == _STYLE and self._page is not None and self._page.texts:
            self._page.texts[-1].is_white = _WHITE in data

    def _anchor(self, data: bytes) -> None:
        """Of a shape on the page (short numbers, top first) or in a group (left first)."""
        if len(data) == 8:
            top, left, right, bottom = struct.unpack("<4h", data)
            self._box = (left, top, right, bottom)
        elif len(data) == 16:
            self._box = struct.unpack("<4i", data)

    def _link(self, data: bytes) -> None:
        text = one_line(data.decode("utf-16-le", "replace"))
        if text and holds_data(text):
            self._links.append(text)

    def _text(self, text: str) -> None:
        plain = one_line(text.replace("\r", "\n").replace("\x0b", "\n"))
        if not plain.strip():
            return
        if self._page is None:
            self._listed.append(plain)
            return
        self._page.texts.append(_Text(plain, self._box, self._group))

    # --- blocks -------------------------------------------------------------------------------

    def write(self) -> None:
        """Blocks of all pages, then what only the list of slides holds."""
        number = 0
        for page in self._pages:
            if page.kind == _SLIDE:
                number += 1
            self._write(page, number if page.kind != _MASTER else None)
        seen = "\n".join(block.text for block in self._container.blocks)
        for text in self._listed:
            if text not in seen:
                self._add(Block(BlockKind.PARAGRAPH, text, Where.VISIBLE))
        for number, data in enumerate(self._storages, start=1):
            inner = _storage(data, self._container.nest)
            if inner:
                self._container.inner(inner, tr(f"对象{number}", f"object {number}"))
        for text in self._links:
            words = tr("链接或名称", "link or name")
            block = Block(BlockKind.FIELD, text, Where.ATTRIBUTE, Location(note=words), name=words)
            self._add(block)

    def _add(self, block: Block) -> None:
        self._container.blocks.append(block)

    def _write(self, page: _Page, number: int | None) -> None:
        words = {
            _NOTES: tr("备注", "notes"),
            _MASTER: tr("母版", "master"),
        }.get(page.kind)
        if page.hidden:
            words = tr("隐藏幻灯片", "hidden slide")
        hidden = page.hidden or page.kind == _NOTES
        for block in self._blocks(page, number):
            placed = block
            if words is not None:
                placed = replace(block, location=noted(block.location, words))
            self._add(hide(placed) if hidden else placed)

    def _blocks(self, page: _Page, number: int | None) -> Iterator[Block]:
        groups: dict[int, list[_Text]] = {}
        for text in page.texts:
            groups.setdefault(text.in_group, []).append(text)
        for texts in groups.values():
            table = _table(texts)
            if table is not None:
                yield Block.of_table(table, location=Location(page=number, table=1))
                continue
            for text in texts:
                note = self._hidden(text)
                where = Where.VISIBLE if note is None else Where.HIDDEN
                yield Block(BlockKind.PARAGRAPH, text.text, where, Location(page=number, note=note))

    def _hidden(self, text: _Text) -> str | None:
        if text.is_white:
            return tr("白色文字", "white text")
        if text.box is None:
            return None
        left, top, right, bottom = text.box
        width, height = self._size
        if left >= width or top >= height or right <= 0 or bottom <= 0:
            return tr("页面之外", "outside the slide")
        return None


def _table(texts: list[_Text]) -> Table | None:
    """A group of shapes in rows and columns: how PowerPoint keeps a table."""
    boxes = [text.box for text in texts if text.box is not None]
    if len(boxes) != len(texts) or len(boxes) < 4:
        return None
    lefts, tops = sorted({box[0] for box in boxes}), sorted({box[1] for box in boxes})
    if len(lefts) < 2 or len(tops) < 2 or len(lefts) * len(tops) > 2 * len(boxes):
        return None
    cells = [
        Cell(text.text, tops.index(box[1]), lefts.index(box[0]))
        for text, box in zip(texts, boxes, strict=True)
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(tuple(cells), len(tops), len(lefts))


def _storage(data: bytes, nest: Nest) -> bytes:
    """The compound file of an embedded object, packed or not."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return data
    try:
        out = zlib.decompressobj().decompress(data[4:], max(nest.budget.bytes_left * 3 // 4, 1))
    except zlib.error:
        return b""
    nest.budget.bytes_left -= len(out)
    return out


def _records(data: bytes, start: int, end: int) -> Iterator[tuple[int, bool, int, int]]:
    """(type, whether it holds records, offset, size)."""
    at = start
    while at + 8 <= end:
        head, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        size = min(size, end - at)
        yield kind, head & 0xF == 0xF, at, size
        at += size
