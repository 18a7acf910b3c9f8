"""OFD (GB/T 33190): pages with their layers and templates, notes, files inside, custom data."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from scanner.extract.draft import Element
from scanner.extract.html import Read
from scanner.extract.layout import lay_out
from scanner.extract.lines import Item
from scanner.extract.nest import Nest, out_of_time
from scanner.extract.ofd_page import OfdPage
from scanner.extract.ooxml import attribute, child, local, salvaged, tree
from scanner.extract.pdf_carry import Carried, is_margin
from scanner.extract.swept import sweep_part
from scanner.extract.text import holds_data, one_line
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

_MAX_PAGES = 3000
_PAGE = re.compile(r"pages/page_(\d+)/content\.xml$")
_DULL = re.compile(
    r"(?:signature|seal|digest|publicres|documentres|res)[^/]*\.xml$|/signs/|\.rels$"
)
_FILE_END = re.compile(r"\.[a-z0-9]{2,5}$")
_NO_FILE = re.compile(r"\.(?:xml|ttf|otf|ttc|esl|dat|sig|jb2|gbig2|bin)$")
_OWN = frozenset(("DocID", "CreationDate", "ModDate", "DocUsage", "CreatorVersion", "Creator"))


def read_ofd(body: bytes, nest: Nest) -> Read:
    """Everything in an OFD; a cut one by the local headers of its zip."""
    reader = _Ofd(body, nest)
    reader.read()
    return Read(reader.blocks, reader.meta, tuple(reader.unread))


class _Ofd:
    def __init__(self, body: bytes, nest: Nest) -> None:
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.meta = PageMeta()
        self._nest = nest
        self._parts = nest.parts(body)
        self._done: set[str] = set()
        self._tables = 0
        self._carried: Carried | None = None
        if self._parts.damaged:
            self.unread.append(Unread("OFD", salvaged()))

    def read(self) -> None:
        for part in [name for name in self._parts.names if posixpath.basename(name) == "ofd.xml"]:
            self._entry(part)
        roots = [n for n in self._parts.names if posixpath.basename(n) == "document.xml"]
        for part in roots:
            self._document(part)
        self._stray_pages()
        self._others()
        self.unread.extend(Unread(part, why) for part, why in self._parts.faults.items())

    def _tree(self, part: str) -> Element | None:
        self._done.add(part)
        return tree(self._parts, part) if part in self._parts else None

    def _entry(self, part: str) -> None:
        """The document's properties."""
        root = self._tree(part)
        values: dict[str, str] = {}
        for element in root.iter() if root is not None else ():
            text = one_line(element.text or "")
            name = local(element)
            if name == "CustomData":
                name = attribute(element, "Name") or name
            if text and name not in _OWN and holds_data(text) and "/" not in text:
                values.setdefault(name, text)
                self._field(name, text, Where.METADATA)
        self.meta = PageMeta(title=values.get("Title", ""), author=values.get("Author", ""))

    def _document(self, part: str) -> None:
        root = self._tree(part)
        if root is None:
            return
        folder = posixpath.dirname(part)
        size = _size(root)
        templates: dict[str, str] = {}
        number = 0
        for element in root.iter():
            name = local(element)
            place = _path(folder, attribute(element, "BaseLoc") or "")
            if name == "TemplatePage":
                templates[attribute(element, "ID") or ""] = place
            elif name == "Page" and place:
                number += 1
                self._page(place, number, size)
        for place in templates.values():
            self._page(place, None, size)
        for element in root.iter():
            name = local(element)
            place = _path(folder, element.text or "")
            if name == "Annotations":
                self._annotations(place)
            elif name == "Attachments":
                self._attachments(place)
            elif name == "OutlineElem":
                title = attribute(element, "Title") or ""
                self._field(tr("大纲", "outline"), title, Where.VISIBLE, only_data=True)

    def _stray_pages(self) -> None:
        """Pages that no document lists, in a cut file all of them."""
        for part in self._parts.names:
            found = _PAGE.search(part)
            if found is not None and part not in self._done:
                self._page(part, int(found.group(1)[:6]) + 1, (210.0, 297.0))

    def _page(self, part: str, number: int | None, size: tuple[float, float]) -> None:
        if part in self._done:
            return
        if self._nest.expired or (number or 0) > _MAX_PAGES:
            self.unread.append(Unread(part, out_of_time()))
            return
        root = self._tree(part)
        if root is None:
            return
        page = OfdPage(size)
        page.read(root)
        items = lay_out(page.bits, page.edges)
        if number is not None:
            self._carry(items, page.size[1])
        note = tr("模板页", "template page") if number is None else None
        for item in items:
            self.blocks.append(self._block(item, number, note))

    def _carry(self, items: list[Item], height: float) -> None:
        body = [i for i, item in enumerate(items) if not is_margin(item, height)]
        if body and self._carried is not None and self._carried.fits(items[body[0]]):
            items[body[0]] = self._carried.over(items[body[0]])
        self._carried = Carried.of(items[body[-1]]) if body else None

    def _block(self, item: Item, number: int | None, note: str | None) -> Block:
        words = "，".join(part for part in (note, item.note) if part) or None
        if item.table is None:
            place = Location(page=number, paragraph=len(self.blocks) + 1, note=words)
            return Block(BlockKind.PARAGRAPH, item.text, item.where, place)
        self._tables += 1
        place = Location(page=number, table=self._tables, note=words)
        return Block.of_table(item.table, item.where, place)

    # --- beside the pages ---------------------------------------------------------------------

    def _annotations(self, part: str) -> None:
        root = self._tree(part)
        folder = posixpath.dirname(part)
        for count, page in enumerate(root if root is not None else (), start=1):
            place = child(page, "FileLoc")
            target = "" if place is None else _path(folder, place.text or "")
            notes = self._tree(target) if target else None
            for note in notes if notes is not None else ():
                self._annotation(note, _number(attribute(page, "PageID"), count))

    def _annotation(self, note: Element, number: int) -> None:
        words = tr("注释", "annotation")
        for element in note.iter():
            name = local(element)
            if name in ("Remark", "Parameter"):
                self._field(words, one_line(element.text or ""), Where.COMMENT, page=number)
        look = child(note, "Appearance")
        if look is None:
            return
        page = OfdPage((210.0, 297.0))
        page.read(look)
        hidden = attribute(note, "Visible") == "false"
        for item in lay_out(page.bits, page.edges):
            seen = replace(item, where=Where.HIDDEN) if hidden else item
            self.blocks.append(self._block(seen, number, words))

    def _attachments(self, part: str) -> None:
        root = self._tree(part)
        folder = posixpath.dirname(part)
        for element in root if root is not None else ():
            place = child(element, "FileLoc")
            target = "" if place is None else _path(folder, place.text or "")
            if target in self._parts and target not in self._done:
                self._inner(target, attribute(element, "Name") or posixpath.basename(target))

    def _inner(self, part: str, name: str) -> None:
        self._done.add(part)
        data = self._parts.read(part)
        if not data:
            return
        read = self._nest.inner(data, name)
        self.blocks.extend(read.blocks)
        self.unread.extend(read.unread)

    def _others(self) -> None:
        """Custom tags and whatever else: swept; pictures and files: read."""
        for part in self._parts.names:
            if part in self._done or part.endswith("/") or self._nest.expired:
                continue
            if part.endswith(".xml"):
                if not _DULL.search(part):
                    self._sweep(part)
            elif _FILE_END.search(part) and not _NO_FILE.search(part):
                self._inner(part, posixpath.basename(part))

    def _sweep(self, part: str) -> None:
        for found in sweep_part(self._parts, part, Where.HIDDEN):
            self._field(f"{posixpath.basename(part)} {found.name}", found.text, Where.HIDDEN)

    def _field(
        self,
        name: str,
        text: str,
        where: Where,
        *,
        page: int | None = None,
        only_data: bool = True,
    ) -> None:
        if not text or (only_data and not holds_data(text)):
            return
        place = Location(page=page, note=name)
        self.blocks.append(Block(BlockKind.FIELD, text, where, place, name=name))


def _path(folder: str, target: str) -> str:
    """A part's name from a location, which is absolute or relative to the part that says it."""
    target = target.strip().replace("\\", "/")
    if not target:
        return ""
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/").lower()


def _size(root: Element) -> tuple[float, float]:
    box = next((e for e in root.iter() if local(e) == "PhysicalBox"), None)
    numbers = _floats(box.text or "") if box is not None else []
    return (numbers[2], numbers[3]) if len(numbers) == 4 else (210.0, 297.0)


def _floats(text: str) -> list[float]:
    return list(_each_float(text))


def _each_float(text: str) -> Iterator[float]:
    for word in text.split():
        try:
            yield float(word)
        except ValueError:
            return


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default
