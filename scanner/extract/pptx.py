"""PPTX: slides in order with their notes, comments, charts, inner files. ECMA-376 part 1, 19."""

import re
from dataclasses import replace

from scanner.extract.draft import Draft, Element, to_blocks
from scanner.extract.html import Read
from scanner.extract.nest import Nest, hide, noted
from scanner.extract.ooxml import Package, attribute, attribute_texts, child, local, texts_of
from scanner.extract.pptx_slide import Slide
from scanner.extract.xlsx_parts import Relation, relations
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, Where

_MAIN = "ppt/presentation.xml"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml$")
_LAYER = re.compile(r"ppt/slide(?:layouts|masters)/[^/]+\.xml$")
_DEFAULT_SIZE = (9144000, 6858000)  # EMU


def read_pptx(body: bytes, nest: Nest) -> Read:
    """Slides, notes, comments, layouts, alternative texts, and every part beside them."""
    reader = _Presentation(Package(body, nest))
    reader.read()
    package = reader.package
    return Read(package.blocks, package.meta, tuple(package.unread))


class _Presentation:
    def __init__(self, package: Package) -> None:
        self.package = package
        self._size = _DEFAULT_SIZE
        self._drafts: list[Draft] = []
        self._paragraphs = 0
        self._tables = 0
        self._dark: dict[str, bool | None] = {}

    def read(self) -> None:
        for number, (part, shown) in enumerate(self._slides(), start=1):
            self._slide(part, number, shown)
        for part in self.package.parts.names:
            if _LAYER.match(part):
                self._layer(part)
        self.package.finish(texts_of(self._drafts, self.package.blocks))

    def _slides(self) -> list[tuple[str, bool]]:
        """(part, whether it is shown) in the presentation's order, unlisted ones after."""
        root = self.package.tree(_MAIN)
        links = relations(self.package.parts, _MAIN)
        listed: list[str] = []
        for element in root.iter() if root is not None else ():
            name = local(element)
            if name == "sldSz":
                self._size = _size(element)
            elif name == "sldId":
                link = links.get(_relation(element))
                if link is not None and link.target in self.package.parts:
                    listed.append(link.target)
        others = [p for p in self.package.parts.names if _SLIDE.match(p) and p not in listed]
        others.sort(key=lambda part: int(part[16:-4]) if part[16:-4].isdigit() else 0)
        whole = not self.package.parts.damaged
        return [(part, True) for part in listed] + [(part, not whole) for part in others]

    def _slide(self, part: str, number: int, shown: bool) -> None:
        root = self.package.tree(part)
        if root is None:
            return
        hidden = not shown or attribute(root, "show") in ("0", "false")
        links = relations(self.package.parts, part)
        slide = Slide(self._size, links, dark=self._background(root, links))
        words = tr("隐藏幻灯片", "hidden slide") if hidden else None
        self._add(slide.read(root), number, words, root)
        for link in links.values():
            if "notesslide" in link.target:
                self._beside(link.target, number, tr("备注", "notes"), Where.HIDDEN)
            elif "/comments/" in link.target:
                self._beside(link.target, number, tr("批注", "comment"), Where.COMMENT)

    def _add(self, drafts: list[Draft], number: int, hidden: str | None, root: Element) -> None:
        self._drafts.extend(drafts)
        for block in to_blocks(drafts, paths=False):
            placed = self._placed(block, number)
            if hidden is not None:
                placed = _with(hide(placed), hidden)
            self.package.blocks.append(placed)
        seen = texts_of(drafts, ())
        for name, text in attribute_texts(root, seen):
            place = Location(page=number, note=f"{tr('属性', 'attribute')} {name}")
            self.package.blocks.append(
                Block(BlockKind.FIELD, text, Where.ATTRIBUTE, place, name=name)
            )

    def _placed(self, block: Block, number: int | None) -> Block:
        """The block on its slide, paragraphs and tables counted through."""
        place = block.location
        self._paragraphs += 1
        table = place.table
        if block.table is not None:
            self._tables += 1
            table = self._tables
        elif table is not None:
            table = self._tables
        where = Location(number, None, None, table, place.row, place.column, self._paragraphs)
        where = noted(where, place.note) if place.note else where
        return Block(block.kind, block.text, block.where, where, block.table, block.name)

    def _beside(self, part: str, number: int, words: str, where: Where) -> None:
        """Notes and comments of a slide."""
        root = self.package.tree(part)
        if root is None:
            return
        drafts = Slide(self._size, {}, dark=None).read(root)
        self._drafts.extend(drafts)
        for block in to_blocks(drafts, paths=False):
            placed = _with(self._placed(block, number), words)
            if where is Where.HIDDEN:
                placed = hide(placed)
            elif placed.where is Where.VISIBLE:
                placed = replace(placed, where=where)
            self.package.blocks.append(placed)

    def _layer(self, part: str) -> None:
        """Layouts and masters: what is no placeholder is seen on the slides that use them."""
        root = self.package.tree(part)
        if root is None:
            return
        drafts = Slide(self._size, {}, dark=self._background(root, {})).read(root, layer=True)
        self._drafts.extend(drafts)
        words = tr("版式或母版", "layout or master")
        for block in to_blocks(drafts, paths=False):
            self.package.blocks.append(_with(self._placed(block, None), words))

    def _background(self, root: Element, links: dict[str, Relation]) -> bool | None:
        """Whether what is behind the text is not white; None when nothing says so."""
        own = _own_background(root)
        if own is not None:
            return own
        for link in links.values():
            if "/slidelayouts/" in link.target or "/slidemasters/" in link.target:
                return self._behind(link.target)
        return None

    def _behind(self, part: str) -> bool | None:
        if part not in self._dark:
            self._dark[part] = None  # ends a circle of relations
            root = self.package.tree(part)
            if root is not None:
                self._dark[part] = self._background(root, relations(self.package.parts, part))
        return self._dark[part]


def _own_background(root: Element) -> bool | None:
    content = child(root, "cSld")
    behind = None if content is None else child(content, "bg")
    if behind is None:
        return None
    for element in behind.iter():
        name = local(element)
        if name in ("gradFill", "blipFill", "pattFill"):
            return True
        if name == "srgbClr":
            return (attribute(element, "val") or "").upper() != "FFFFFF"
        if name == "schemeClr":
            return attribute(element, "val") not in ("bg1", "lt1")
    return None


def _with(block: Block, words: str) -> Block:
    place = noted(block.location, words)
    return Block(block.kind, block.text, block.where, place, block.table, block.name)


def _size(element: Element) -> tuple[int, int]:
    numbers = [attribute(element, name) or "" for name in ("cx", "cy")]
    if all(number.isdigit() and len(number) < 12 for number in numbers):
        return int(numbers[0]), int(numbers[1])
    return _DEFAULT_SIZE


def _relation(element: Element) -> str:
    """`r:id`, not the plain `id` beside it."""
    return next((v for k, v in element.items() if k.endswith("}id")), "")
