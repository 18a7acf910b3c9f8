"""Reads the pictures that a document's readers left: several at once, each in a worker."""

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from statistics import mean

from scanner.extract.guard import wire
from scanner.extract.guard.pool import read_picture
from scanner.extract.layout import lay_out
from scanner.extract.lines import Bit, Item
from scanner.extract.nest import hide
from scanner.extract.ocr_repair import repaired
from scanner.extract.pictures import Picture
from scanner.extract.ruled import Edges
from scanner.lang import get_lang, set_lang, tr
from scanner.model import Block, BlockKind, Cell, Location, Unread

_CACHED = 256  # pictures whose lines are kept: a letterhead is read once
_LEAST = 0.5  # confidence: less is no text
_cache: "OrderedDict[str, tuple[wire.Line, ...]]" = OrderedDict()
_lock = threading.Lock()


def read_pictures(
    pictures: Sequence[Picture], first_table: int
) -> tuple[list[Block], list[Unread]]:
    """Blocks of the pictures' texts in order, and the pictures that could not be read."""
    lang = get_lang()

    def read(picture: Picture) -> tuple[wire.Line, ...] | None:
        set_lang(lang)
        return _lines(picture.data)

    with ThreadPoolExecutor(min(os.cpu_count() or 1, len(pictures), 8) or 1) as threads:
        results = list(threads.map(read, pictures))
    blocks: list[Block] = []
    unread: list[Unread] = []
    for picture, lines in zip(pictures, results, strict=True):
        if lines is None:
            why = tr("图片识别超出内存或时间上限", "reading the picture hit a limit")
            unread.append(Unread(picture.what, why))
            continue
        for item in _items(lines):
            is_table = item.table is not None
            first_table += is_table
            block = _block(item, picture, lines, first_table if is_table else None)
            blocks.append(hide(block) if picture.hidden else block)
    return blocks, unread


def _lines(data: bytes) -> tuple[wire.Line, ...] | None:
    """The lines of a picture, from the cache when the same bytes were read before."""
    key = hashlib.sha256(data).hexdigest()
    with _lock:
        known = _cache.get(key)
        if known is not None:
            _cache.move_to_end(key)
            return known
    lines = read_picture(data)
    if lines is not None:
        with _lock:
            _cache[key] = lines
            while len(_cache) > _CACHED:
                _cache.popitem(last=False)
    return lines


def _items(lines: Sequence[wire.Line]) -> list[Item]:
    bits = [
        Bit(text, x0, y0, x1, y1, note=_marked((text, x0, y0, x1, y1, confidence)))
        for text, x0, y0, x1, y1, confidence in lines
        if confidence >= _LEAST
    ]
    return lay_out(_straightened(bits), Edges(), boxed=True)


def _straightened(bits: list[Bit]) -> list[Bit]:
    """A page photographed askew is turned straight: by the usual slope between neighbours."""
    slopes: list[float] = []
    for bit in bits:
        right = [
            other
            for other in bits
            if other.x0 >= bit.x1 and abs(other.middle - bit.middle) < 0.8 * bit.height
        ]
        if right:
            near = min(right, key=lambda other: other.x0)
            slopes.append((near.middle - bit.middle) / max(near.centre - bit.centre, 1.0))
    if len(slopes) < 8:
        return bits
    slope = sorted(slopes)[len(slopes) // 2]
    for bit in bits:
        shift = slope * bit.centre
        bit.y0, bit.y1 = bit.y0 - shift, bit.y1 - shift
    return bits


def _block(item: Item, picture: Picture, lines: Sequence[wire.Line], table: int | None) -> Block:
    base = picture.location
    if item.table is not None:
        mended = replace(item.table, cells=tuple(map(_mended, item.table.cells)))
        place = Location(page=base.page, table=table, note=_after(base.note, _by_ocr()))
        return Block.of_table(mended, item.where, place)
    text, repairs = repaired(item.text)
    inside = [line for line in lines if _holds(item, line)] or list(lines)
    box = (
        min(line[1] for line in inside), min(line[2] for line in inside),
        max(line[3] for line in inside), max(line[4] for line in inside),
    )  # fmt: skip
    words = _by_ocr() + _marked((item.text, *box, mean(line[5] for line in inside)))
    place = Location(page=base.page, note=_after(base.note, words, *repairs))
    return Block(BlockKind.PARAGRAPH, text, item.where, place)


def _by_ocr() -> str:
    return tr("OCR识别", "read by OCR")


def _marked(line: wire.Line) -> str:
    """How sure the reader is, and where in the picture it read: left, top, width, height."""
    _, x0, y0, x1, y1, confidence = line
    sure, box = round(100 * confidence), f"{x0:.0f},{y0:.0f},{x1 - x0:.0f},{y1 - y0:.0f}"
    return tr(f"（可信度{sure}%，位置{box}）", f" ({sure}% sure, box {box})")


def _mended(cell: Cell) -> Cell:
    text, repairs = repaired(cell.text)
    return replace(cell, text=text, note=_after(cell.note, *repairs)) if repairs else cell


def _after(*words: str | None) -> str:
    return tr("，", ", ").join(part for part in words if part)


def _holds(item: Item, line: wire.Line) -> bool:
    """Whether a line of the picture is part of the item."""
    return line[0] in item.text
