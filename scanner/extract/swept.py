"""What nobody read in a part of a container: every text and attribute that may hold data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from scanner.extract.attributes import unescape
from scanner.extract.container import Parts
from scanner.extract.text import holds_data, one_line, words
from scanner.extract.xml_events import parse
from scanner.lang import tr
from scanner.model import Where

_MAX_FOUND = 50_000  # texts taken from one part
_MAX_SALVAGED = 8_000_000  # bytes of a part that breaks off which are read a second time


@dataclass(frozen=True, slots=True)
class Found:
    """A text of a part that no reader above knows."""

    name: str  # attribute or element
    text: str
    where: Where


_DULL_ATTRIBUTES = words(
    "id uid guid xmlns typeface panose style d path o gfxdata spid type Target x y cx cy val"
    " coordsize coordorigin adj fillcolor strokecolor rot"
)
_DULL_ELEMENTS = words("colOff rowOff col row from to pt ptCount Anchor")
_RUNS = words("r rPr t b i u font span")  # tags inside one paragraph


def sweep(chunks: Iterable[bytes], where: Where) -> tuple[list[Found], str | None]:
    """(texts and attributes of a part that may hold data, in words what was not read of it).

    Runs of a paragraph are joined. A part that is no well-formed XML, as the drawings of some
    programs are, is read a second time by a parser that goes on after a fault.
    """
    sweeper, kept = _Sweeper(where), _Kept(chunks)
    fault = parse(kept, sweeper.start, sweeper.end, sweeper.buffer.append)
    if fault is None:
        return sweeper.found, None
    kept.drain()
    body, rest = b"".join(kept.pieces), _Sweeper(where)
    is_whole = _feed_recovered(body, rest) and not kept.is_cut and b"<!ENTITY" not in body
    known = {(found.name, found.text) for found in sweeper.found}
    found = sweeper.found + [f for f in rest.found if (f.name, f.text) not in known]
    return found, None if is_whole else tr("部分内容损坏", "partly damaged")


def sweep_part(parts: Parts, name: str, where: Where) -> list[Found]:
    """What may hold data in a part of a container, which is told what was not read of it."""
    found, fault = sweep(parts.chunks(name), where)
    parts.note(name, fault)
    return found


class _Kept:
    """The chunks of a part, the first of which are kept for a second reading."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.pieces: list[bytes] = []
        self.is_cut = False
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._keep(chunk)
            yield chunk

    def drain(self) -> None:
        """Keep what a reader that gave up left over."""
        for chunk in self._chunks:
            self._keep(chunk)

    def _keep(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size <= _MAX_SALVAGED:
            self.pieces.append(chunk)
        else:
            self.is_cut = True


def _feed_recovered(body: bytes, sweeper: "_Sweeper") -> bool:
    """Sweep what a forgiving parser makes of a part; whether its outermost element ends it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return False
    if root is None:
        return False
    for event, node in etree.iterwalk(root, events=("start", "end")):
        text = node.text if event == "start" else node.tail
        if isinstance(node.tag, str):  # no entity
            tag = _local(node.tag)
            if event == "start":
                sweeper.start(tag, {_local(k): v for k, v in node.attrib.items()})
            else:
                sweeper.end(tag)
        if text:
            sweeper.buffer.append(text)
    name = f"{root.prefix}:" if root.prefix else ""
    return body.rstrip().endswith(f"</{name}{_local(str(root.tag))}>".encode())


def _local(name: str) -> str:
    """A name without its namespace or prefix; what a damaged file calls so may be no name."""
    return name.rpartition("}")[2].rpartition(":")[2]


class _Sweeper:
    def __init__(self, where: Where) -> None:
        self.found: list[Found] = []
        self.buffer: list[str] = []
        self._where = where
        self._attribute = Where.ATTRIBUTE if where is Where.VISIBLE else where

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in _RUNS and tag != "pPr":
            self._flush(tag)
        for name, value in attributes.items():
            local = name.rpartition(":")[2]
            if local not in _DULL_ATTRIBUTES and not name.startswith("xmlns"):
                self._add(local, unescape(value) if "%" in value else value, self._attribute)

    def end(self, tag: str) -> None:
        if tag not in _RUNS:
            self._flush(tag)

    def _flush(self, tag: str) -> None:
        if self.buffer:
            if tag not in _DULL_ELEMENTS:
                self._add(tag, "".join(self.buffer), self._where)
            self.buffer.clear()

    def _add(self, name: str, text: str, where: Where) -> None:
        plain = one_line(text)
        if plain and holds_data(plain) and len(self.found) < _MAX_FOUND:
            self.found.append(Found(name, plain, where))
