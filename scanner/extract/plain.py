"""The plain sweep: text runs of any bytes, when a format's parser failed or does not exist.

It knows no columns and no places: it only keeps a value from passing as clean.
"""

import re
import zlib
from collections.abc import Iterator

from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.sniff import Format
from scanner.extract.swept import sweep_part
from scanner.extract.text import holds_data, one_line
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

MAX_RUNS = 100_000
_MAX_BINARY = 20_000_000  # bytes of one stream searched
# UTF-16: ASCII, Chinese punctuation, Han, full-width forms; at least five in a row.
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00|[\x00-\xff][\x30\x4e-\x9f\xff]){5,2000}+")
_NARROW = re.compile(rb"(?:[\t\x20-\x7e]|[\x81-\xfe][\x40-\xfe]){6,2000}+")
_PDF_STREAM = re.compile(rb"stream\r?\n")
_ZIPS = frozenset(
    (
        Format.ZIP,
        Format.DOCX,
        Format.PPTX,
        Format.XLSX,
        Format.XLSB,
        Format.OFD,
        Format.ODF,
        Format.EPUB,
    )
)


def plain_sweep(kind: Format, body: bytes, nest: Nest) -> Read:
    """Every text run that may hold data, as paragraphs."""
    if kind in _ZIPS:
        return _zip(body, nest)
    if kind is Format.PDF:
        streams = [body, *_inflated(body, nest)]
        return Read(_blocks(run for data in streams for run in runs(data)), PageMeta())
    return Read(_blocks(runs(body)), PageMeta())


def read_plainly(body: bytes, nest: Nest) -> Read:
    """The reader of containers whose own order nothing here knows: ODF, XLSB, EPUB."""
    read = _zip(body, nest)
    words = tr("仅作全文检索，未保留表格", "plain text only, tables not kept")
    return Read(read.blocks, read.meta, (Unread(tr("文件", "file"), words), *read.unread))


def drawing_blocks(data: bytes, seen: str, name: str) -> list[Block]:
    """Texts of a WMF or EMF drawing with numbers that stand nowhere else."""
    found = (one_line(text) for text in runs(data))
    kept = [text for text in found if _LONG.search(text) and text not in seen]
    note = tr(f"图形“{name}”中的文字", f"text in drawing '{name}'")
    return _blocks(iter(kept), note)


def runs(body: bytes) -> Iterator[str]:
    """Text runs of bytes: UTF-16, and ASCII with GB18030 or UTF-8."""
    body = body[:_MAX_BINARY]
    for found in _WIDE.finditer(body):
        text = found.group().decode("utf-16-le", "replace")
        if holds_data(text):
            yield text
    for found in _NARROW.finditer(body):
        raw = found.group()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("gb18030", "replace")
        if holds_digits(text):
            yield text


_LONG = re.compile(r"[0-9]{11}")
_DIGITS = re.compile(r"[0-9]{6}|@")


def holds_digits(text: str) -> bool:
    """Whether a run of binary data is worth keeping: by chance every two bytes are Han."""
    return _DIGITS.search(text) is not None


def _blocks(texts: Iterator[str], note: str | None = None) -> list[Block]:
    out: list[Block] = []
    seen: set[str] = set()
    for text in texts:
        plain = one_line(text)
        if plain in seen:
            continue
        seen.add(plain)
        place = Location(paragraph=len(out) + 1, note=note or tr("全文检索", "plain sweep"))
        out.append(Block(BlockKind.PARAGRAPH, plain, Where.VISIBLE, place))
        if len(out) >= MAX_RUNS:
            break
    return out


def _zip(body: bytes, nest: Nest) -> Read:
    parts = nest.parts(body)
    blocks: list[Block] = []
    for name in parts.names:
        if nest.expired:
            break
        if name.endswith((".xml", ".rels", ".vml")):
            blocks.extend(
                Block(BlockKind.PARAGRAPH, found.text, found.where, Location(note=name))
                for found in sweep_part(parts, name, Where.VISIBLE)
            )
        else:
            blocks.extend(_blocks(runs(parts.read(name)), name))
    unread = tuple(Unread(part, why) for part, why in parts.faults.items())
    return Read(blocks, PageMeta(), unread)


def _inflated(body: bytes, nest: Nest) -> Iterator[bytes]:
    """The streams of a PDF that zlib can open, on the shared budget."""
    for found in _PDF_STREAM.finditer(body):
        if nest.expired or nest.budget.bytes_left <= 0:
            return
        engine = zlib.decompressobj()
        allowed = min(_MAX_BINARY, nest.budget.bytes_left)
        try:
            data = engine.decompress(body[found.end() :], allowed)
        except zlib.error:
            continue
        nest.budget.bytes_left -= len(data)
        yield data
