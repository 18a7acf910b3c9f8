"""What DOCX and PPTX share: parts as trees, properties, inner files, and the sweep of the rest."""

import re
from collections.abc import Iterable

from lxml import etree

from scanner.extract.container import Parts
from scanner.extract.draft import Draft, Element
from scanner.extract.nest import Nest
from scanner.extract.plain import drawing_blocks
from scanner.extract.swept import sweep_part
from scanner.extract.text import holds_data, one_line, words
from scanner.extract.xlsx_parts import read_properties
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

MAX_TREE = 60_000_000  # bytes of one part as a tree
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|webp|svg)$")
_EMBEDDED = re.compile(r"/(?:embeddings|activex|ctrlprops)/|\.(?:bin|xlsx?|docx?|pdf|ole|pptx?)$")
_DULL = re.compile(
    r"^\[content_types\]|\.rels$|/theme/|/printersettings/|^docprops/thumbnail|/fonts/"
    r"|/(?:styles|styleswitheffects|fonttable|websettings|numbering|tablestyles|presprops"
    r"|viewprops|settings|commentsids|commentsextended|commentsextensible)\.xml$"
    r"|^customxml/itemprops|/(?:style|colors)\d*\.xml$|vbaproject\.bin$"
)
_OWN = words(
    "TitlesOfParts HeadingPairs lpstr Application AppVersion created modified lastPrinted Template"
    " TotalTime Pages Words Characters Lines Paragraphs CharactersWithSpaces i4 DocSecurity"
    " revision Slides Notes HiddenSlides MMClips PresentationFormat"
)
_DULL_ATTRIBUTES = words(
    "id uid guid val w h x y cx cy rsidR rsidRPr rsidRDefault rsidP rsidTr rsidDel paraId textId"
    " uri embed link type style path d typeface panose spid gfxdata relId anchorId editId idx dur"
    " fill color themeColor cstate dirty off ext sz ln prst ilvl numId date initials o"
    " spt coordsize"
)
_MAX_NAMES = 5000  # a file may make up any number of them
_names: dict[object, str] = {}  # tag -> its name without the namespace
_CODE = re.compile(r"^[0-9A-Fa-f-]+$")


def salvaged() -> str:
    """Why a cut file was read only in part."""
    return tr("文件损坏或不完整，已尽量抢救", "damaged or cut off: salvaged what was readable")


def tree(parts: Parts, name: str) -> Element | None:
    """A part as a tree, as far as it can be read; no entity is ever expanded."""
    data = parts.read(name)
    if len(data) > MAX_TREE:
        data = data[:MAX_TREE]
        parts.faults[name] = tr("展开后过大，后面部分未读", "too large when expanded")
    if not data.strip():
        return None
    root, fault = recovered(data)
    if fault is not None:
        parts.faults.setdefault(name, fault)
    return root


def recovered(data: bytes) -> tuple[Element | None, str | None]:
    """(the tree of an XML as far as it can be read, in words what is wrong with it)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None, tr("文件损坏", "damaged")
    if root is None:
        return None, tr("文件损坏", "damaged")
    if len(parser.error_log) and parser.error_log[0].type_name != "ERR_NS_DECL_ERROR":
        return root, tr("部分内容损坏", "partly damaged")
    return root, None


def local(element: Element) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    name = _names.get(tag)
    if name is None:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        if len(_names) < _MAX_NAMES:
            _names[tag] = name
    return name


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def child(element: Element, name: str) -> Element | None:
    """The first child of that local name."""
    for below in element:
        if local(below) == name:
            return below
    return None


def attribute_texts(root: Element, seen: str) -> list[tuple[str, str]]:
    """(name, text) of attributes that may hold data and whose text is not in `seen`."""
    out: list[tuple[str, str]] = []
    known: set[str] = set()
    for element in root.iter():
        for key, value in element.items():
            name = key.rpartition("}")[2]
            if len(value) < 2 or name in _DULL_ATTRIBUTES or value in known:
                continue
            if holds_data(value) and not _is_code(value) and value not in seen:
                known.add(value)
                out.append((name, one_line(value)))
    return out


def _is_code(value: str) -> bool:
    """Whether it is an identifier with letters or a hyphen, or too short to be a value."""
    if _CODE.match(value) is None:
        return False
    return len(value) < 11 or not value[:11].isdigit()


class Package:
    """Parts of an Office file, with what was used of them already."""

    def __init__(self, body: bytes, nest: Nest) -> None:
        self.nest = nest
        self.parts = nest.parts(body)
        self.done: set[str] = set()
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.meta = PageMeta()
        if self.parts.damaged:
            what = tr("文件", "file")
            why = tr(
                "文件损坏或不完整，已尽量抢救", "damaged or cut off: salvaged what was readable"
            )
            self.unread.append(Unread(what, why))

    def tree(self, name: str) -> Element | None:
        """A part as a tree; it counts as read."""
        self.done.add(name)
        return tree(self.parts, name) if name in self.parts else None

    def field(self, name: str, text: str, where: Where) -> None:
        """A name with its text, outside the reading order."""
        place = Location(note=name)
        self.blocks.append(Block(BlockKind.FIELD, text, where, place, name=name))

    def finish(self, seen: str) -> None:
        """Properties, inner files, and a sweep of every part that nobody read."""
        self._properties()
        for part in self.parts.names:
            if part in self.done or part.endswith("/") or _DULL.search(part):
                continue
            if _PICTURE.search(part) or _EMBEDDED.search(part):
                self._inner(part)
            elif part.endswith((".xml", ".vml")):
                self._sweep(part, seen)
        self.unread.extend(Unread(part, why) for part, why in self.parts.faults.items())

    def _properties(self) -> None:
        values: dict[str, str] = {}
        for part in ("docprops/core.xml", "docprops/app.xml", "docprops/custom.xml"):
            self.done.add(part)
            found, fault = read_properties(self.parts.chunks(part))
            self.parts.note(part, fault)
            for name, text in found:
                values.setdefault(name, text)
                if name not in _OWN and holds_data(text):
                    self.field(name, text, Where.METADATA)
        self.meta = PageMeta(title=values.get("title", ""), author=values.get("creator", ""))

    def _inner(self, part: str) -> None:
        is_picture = _PICTURE.search(part) is not None
        if part.endswith((".emf", ".wmf")):
            seen = "\n".join(block.text for block in self.blocks)
            name = part.rpartition("/")[2]
            self.blocks.extend(drawing_blocks(self.parts.read(part), seen, name))
            return
        read = self.nest.inner(
            self.parts.read(part), part.rpartition("/")[2], hidden=not is_picture
        )
        self.blocks.extend(read.blocks)
        self.unread.extend(read.unread)

    def _sweep(self, part: str, seen: str) -> None:
        where, words_ = _place_of(part)
        for found in sweep_part(self.parts, part, where):
            if found.text in seen or _is_code(found.text):
                continue
            note = f"{words_} {found.name}"
            kind = BlockKind.PARAGRAPH if found.where is Where.VISIBLE else BlockKind.FIELD
            name = "" if kind is BlockKind.PARAGRAPH else found.name
            self.blocks.append(Block(kind, found.text, found.where, Location(note=note), name=name))


def _place_of(part: str) -> tuple[Where, str]:
    if "/charts/" in part or (part.startswith("object ") and part.endswith("content.xml")):
        return Where.VISIBLE, tr("图表", "chart")
    if "/diagrams/" in part:
        return Where.VISIBLE, tr("图示", "diagram")
    if part.startswith(("customxml/", "docprops/", "docmetadata/")) or "people" in part:
        return Where.METADATA, tr("附加数据", "custom data")
    return Where.HIDDEN, part


def texts_of(drafts: Iterable[Draft], blocks: Iterable[Block]) -> str:
    """All text read so far, to tell what a sweep adds."""
    out = [draft.text for draft in drafts]
    out.extend(cell.text for draft in drafts if draft.table for cell in draft.table.cells)
    out.extend(block.text for block in blocks)
    return "\n".join(out)
