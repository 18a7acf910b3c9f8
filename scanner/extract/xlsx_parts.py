"""The small parts of a workbook: its index, shared texts, comments, properties, and the rest."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from scanner.extract.container import Parts
from scanner.extract.text import one_line
from scanner.extract.xml_events import StopReading, attribute, parse

MAX_STRINGS = 2_000_000
_MAX_FOUND = 50_000  # texts taken from one of the other parts


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it."""

    name: str
    part: str
    state: str = "visible"  # visible, hidden, veryHidden


@dataclass(slots=True)
class Index:
    """The workbook's own part."""

    sheets: list[tuple[str, str, str]] = field(default_factory=list)  # name, relation, state
    names: list[tuple[str, str]] = field(default_factory=list)  # defined names and their formulas
    from_1904: bool = False
    fault: str | None = None  # where it broke off


@dataclass(frozen=True, slots=True)
class Relation:
    """One entry of a `.rels` part."""

    target: str
    kind: str  # last word of its type: worksheet, comments, hyperlink, ...
    external: bool


def read_index(chunks: Iterable[bytes]) -> Index:
    """Sheets, defined names and the date system of xl/workbook.xml."""
    index = Index()
    name: list[str] = []
    buffer: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            relation = attribute(attributes, "id") or ""
            # `sheetId` also ends in "Id", but only the relation has the local name "id".
            state = attributes.get("state", "visible")
            index.sheets.append((attributes.get("name", ""), relation, state))
        elif tag == "workbookPr":
            index.from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "definedName":
            name[:] = [attributes.get("name", "")]
            buffer.clear()

    def end(tag: str) -> None:
        if tag == "definedName" and name:
            index.names.append((name[0], "".join(buffer)))
            name.clear()

    index.fault = parse(chunks, start, end, lambda data: buffer.append(data) if name else None)
    return index


def relations(parts: Parts, owner: str) -> dict[str, Relation]:
    """Relations of a part by id, targets resolved to part names."""
    folder, _, file = owner.rpartition("/")
    out: dict[str, Relation] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship":
            return
        external = attributes.get("TargetMode", "").lower() == "external"
        target = attributes.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/").lower()
        kind = attributes.get("Type", "").rpartition("/")[2]
        out[attributes.get("Id", "")] = Relation(target, kind, external)

    parse(
        parts.chunks(f"{folder}/_rels/{file}.rels".lstrip("/")),
        start,
        lambda _tag: None,
        lambda _data: None,
    )
    return out


def read_strings(chunks: Iterable[bytes]) -> tuple[list[str], str | None]:
    """(shared texts with their runs joined, why reading ended early)."""
    reader = _Strings()
    fault = parse(chunks, reader.start, reader.end, reader.text)
    return reader.strings, fault


class _Strings:
    """Runs of one text are joined; phonetic guides (`rPh`) are not part of it."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._runs: list[str] = []
        self._in_text = False
        self._phonetic = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == "t":
            self._in_text = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "si":
            self._runs = []

    def end(self, tag: str) -> None:
        if tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            if len(self.strings) >= MAX_STRINGS:
                raise StopReading("sharedStrings")
            self.strings.append(one_line("".join(self._runs)))

    def text(self, data: str) -> None:
        if self._in_text:
            self._runs.append(data)


@dataclass(frozen=True, slots=True)
class Comment:
    """A note or comment on a cell."""

    cell: str
    author: str
    text: str


def read_comments(chunks: Iterable[bytes]) -> tuple[list[Comment], str | None]:
    """Notes (`comments*.xml`) and threaded comments, with their authors' names; and the fault
    where they broke off."""
    authors: list[str] = []
    comments: list[Comment] = []
    buffer: list[str] = []
    now: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in ("comment", "threadedComment"):
            now["cell"] = attributes.get("ref", "")
            now["author"] = attributes.get("authorId", "")
            buffer.clear()
        elif tag == "author":
            buffer.clear()

    def end(tag: str) -> None:
        if tag == "author":
            authors.append(one_line("".join(buffer)))
        elif tag in ("comment", "threadedComment") and len(comments) < _MAX_FOUND:
            number = now.get("author", "")
            known = number.isascii() and number.isdigit() and int(number) < len(authors)
            author = authors[int(number)] if known else ""
            comments.append(Comment(now.get("cell", ""), author, one_line("".join(buffer))))

    fault = parse(chunks, start, end, buffer.append)
    comments.extend(Comment("", author, "") for author in authors if author)
    return comments, fault


def read_properties(chunks: Iterable[bytes]) -> tuple[list[tuple[str, str]], str | None]:
    """(name, text) of a docProps part: author, company, custom properties; and the fault where it
    broke off."""
    found: list[tuple[str, str]] = []
    buffer: list[str] = []
    custom: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        buffer.clear()
        if tag == "property":
            custom[:] = [attributes.get("name", "")]

    def end(tag: str) -> None:
        text = one_line("".join(buffer))
        buffer.clear()
        if text and len(found) < _MAX_FOUND:
            found.append((custom[0] if custom else tag, text))
        if tag == "property":
            custom.clear()

    fault = parse(chunks, start, end, buffer.append)
    return found, fault
