"""PDF: pages by pdfium, everything beside the pages by pikepdf. ISO 32000."""

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from typing import cast

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image

from scanner.extract.html import Read
from scanner.extract.image import encoded, is_blank
from scanner.extract.layout import lay_out
from scanner.extract.lines import Item
from scanner.extract.nest import Nest, out_of_time
from scanner.extract.pdf_carry import Carried, is_margin
from scanner.extract.pdf_objects import Objects, squeezed
from scanner.extract.pdf_page import PageContent, read_page
from scanner.extract.pictures import available, missing
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

MAX_PAGES = 3000
_MAX_REVISIONS = 5
_INSET = 60  # points: a smaller picture on a page of text is a mark
_END = re.compile(rb"%%EOF[ \t]*\r?\n?")
_PAGE = re.compile(rb"\b(\d{1,7}) \d{1,5} obj\s*<<(?:(?!endobj).){0,2000}?/Type\s*/Page\b", re.S)
_FREE = 8_000_000  # numbers of the objects that a salvaged file is given


def read_pdf(body: bytes, nest: Nest) -> Read:
    """Pages, then what lies beside them; a locked file gives its outcome."""
    reader = _Pdf(body, nest)
    reader.read()
    return Read(reader.blocks, reader.meta, tuple(reader.unread))


class _Pdf:
    def __init__(self, body: bytes, nest: Nest) -> None:
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.meta = PageMeta()
        self._body = body
        self._nest = nest
        self._tables = 0
        self._carried: Carried | None = None
        self._last_table = 0  # the block of the table that ended the page before
        self._clear: set[int] = set()  # pages whose letters all have a text

    def read(self) -> None:
        document = _opened(self._body)
        if isinstance(document, str) and b"%%EOF" not in self._body[-4096:]:
            document = _salvaged(self._body) or document
        if isinstance(document, str):
            self.unread.append(Unread("PDF", document))
            return
        if b"%%EOF" not in self._body[-4096:]:
            words = tr("文件不完整，已尽量抢救", "cut off: salvaged what was readable")
            self.unread.append(Unread("PDF", words))
        objects = Objects(self._body, self._nest)
        try:
            self._pages(document, objects.layers_off)
        finally:
            document.close()
        seen = squeezed("".join(block.text for block in self.blocks))
        objects.read(seen, frozenset(self._clear))
        self.blocks.extend(objects.blocks)
        self.unread.extend(objects.unread)
        self.meta = objects.meta
        self._revisions(squeezed("".join(block.text for block in self.blocks)))

    # --- pages --------------------------------------------------------------------------------

    def _pages(self, document: pdfium.PdfDocument, layers_off: frozenset[str]) -> None:
        for number in range(1, len(document) + 1):
            if number > MAX_PAGES or self._nest.expired:
                rest = tr(f"第{number}页及以后", f"page {number} and after")
                self.unread.append(Unread(rest, out_of_time()))
                break
            try:
                page = document[number - 1]
                content = read_page(page, layers_off)
            except pdfium.PdfiumError:
                words = tr(f"第{number}页", f"page {number}")
                self.unread.append(Unread(words, tr("页面损坏", "damaged page")))
                continue
            if not content.unmapped:
                self._clear.add(number)
            self._page(content, number)
            self._pictures(page, content, number)

    def _pictures(self, page: pdfium.PdfPage, content: PageContent, number: int) -> None:
        """What of a page only its picture tells: the whole page, or pictures pasted into it."""
        words = tr(f"第{number}页", f"page {number}")
        boxes: list[tuple[float, float, float, float] | None] = []
        if content.unmapped or (content.is_picture and content.letters < 30):
            boxes = [None]
            words += tr("（字体无文字编码）", " (no text)") if content.unmapped else ""
        elif not content.is_picture:  # else a scan with its text layer
            boxes = [b for b in content.pictures if min(b[2] - b[0], b[3] - b[1]) > _INSET]
        for box in boxes:
            what = words if box is None else words + tr("插图", ", picture")
            refused: Unread | None = Unread(what, missing())
            if available():
                image = _render(page, box)
                if is_blank(image):
                    continue
                refused = self._nest.picture(encoded(image), what, Location(page=number))
            if refused is not None:
                self.unread.append(refused)

    def _page(self, content: PageContent, number: int) -> None:
        if content.unmapped and available():
            return  # letters without text: their picture is read instead
        items = _items(content, {0})
        self._carry(items, content.size)
        for item in items:
            if self._carried is not None and item is self._carried.item:
                self._last_table = len(self.blocks)
            self.blocks.append(self._block(item, number))
        for item in _items(content, content.bits.keys() - {0}):
            self.blocks.append(self._block(item, number))

    def _block(self, item: Item, number: int | None, note: str | None = None) -> Block:
        note = note or item.note
        if item.table is None:
            place = Location(page=number, paragraph=len(self.blocks) + 1, note=note)
            return Block(BlockKind.PARAGRAPH, item.text, item.where, place)
        self._tables += 1
        place = Location(page=number, table=self._tables, note=note)
        return Block.of_table(item.table, item.where, place)

    def _carry(self, items: list[Item], size: tuple[float, float]) -> None:
        """Give a table that goes on from the page before that page's header."""
        body = [i for i, item in enumerate(items) if not is_margin(item, size[1])]
        if body and self._carried is not None:
            first = items[body[0]]
            block = self.blocks[self._last_table]
            split = None if block.table is None else self._carried.split(block.table, first)
            if split is not None:
                table, first = split
                self.blocks[self._last_table] = Block.of_table(table, block.where, block.location)
                items[body[0]] = first
            if first.table is not None and self._carried.fits(first):
                items[body[0]] = self._carried.over(first)
        last = items[body[-1]] if body else None
        self._carried = None if last is None else Carried.of(last)

    # --- earlier revisions --------------------------------------------------------------------

    def _revisions(self, seen: str) -> None:
        """Pages as they were before the file was changed: a redaction may have only added to it."""
        ends = [found.end() for found in _END.finditer(self._body)]
        for number, end in enumerate(ends[:-1][-_MAX_REVISIONS:], start=1):
            if self._nest.expired:
                return
            document = _opened(self._body[:end])
            if isinstance(document, str):
                continue  # the first part of a file made for the web is no revision
            words = tr(f"早先版本（第{number}版）", f"earlier revision ({number})")
            try:
                for item in _all_items(document):
                    if _is_new(item, seen):
                        hidden = _hidden(item)
                        self.blocks.append(self._block(hidden, None, words))
                        seen += squeezed(self.blocks[-1].text)
            finally:
                document.close()


def _opened(body: bytes) -> "pdfium.PdfDocument | str":
    """The document, or in words why it does not open."""
    try:
        return pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            return tr("有密码保护，未读", "locked by a password: not read")
        return tr("文件损坏，无法打开", "damaged: cannot be opened")


def _salvaged(body: bytes) -> "pdfium.PdfDocument | None":
    """A cut file has lost its list of pages: give it one of the pages that are left."""
    pages = [int(found.group(1)) for found in _PAGE.finditer(body)][:MAX_PAGES]
    if not pages:
        return None
    kids = " ".join(f"{number} 0 R" for number in pages)
    tail = (
        f"\n{_FREE} 0 obj\n<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>\nendobj\n"
        f"{_FREE + 1} 0 obj\n<< /Type /Catalog /Pages {_FREE} 0 R >>\nendobj\n"
        f"trailer\n<< /Size {_FREE + 2} /Root {_FREE + 1} 0 R >>\n%%EOF\n"
    )
    document = _opened(body + tail.encode("ascii"))
    return None if isinstance(document, str) else document


def _items(content: PageContent, angles: Set[int]) -> list[Item]:
    """What stands on a page in letters that run these ways."""
    items: list[Item] = []
    for angle in sorted(angles & content.bits.keys()):
        items.extend(lay_out(content.bits[angle], content.edges[angle]))
    return items


def _all_items(document: pdfium.PdfDocument) -> Iterator[Item]:
    for index in range(min(len(document), MAX_PAGES)):
        try:
            content = read_page(document[index], frozenset())
            yield from _items(content, content.bits.keys())
        except pdfium.PdfiumError:
            continue  # a page that the later revision replaced may be broken here


def _is_new(item: Item, seen: str) -> bool:
    if item.table is None:
        return squeezed(item.text) not in seen
    return any(squeezed(cell.text) not in seen for cell in item.table.cells)


def _hidden(item: Item) -> Item:
    table = item.table
    if table is not None:
        cells = tuple(replace(cell, where=Where.HIDDEN) for cell in table.cells)
        table = replace(table, cells=cells)
    return replace(item, where=Where.HIDDEN, table=table)


def _render(page: pdfium.PdfPage, box: tuple[float, float, float, float] | None) -> Image.Image:
    """The page, or a part of it, as a picture of 200 dots an inch."""
    width, height = page.get_size()
    crop = (0.0, 0.0, 0.0, 0.0)
    if box is not None:
        left, bottom, right, top = page.get_bbox()
        crop = (
            max(box[0] - left, 0.0), max(box[1] - bottom, 0.0),
            max(right - box[2], 0.0), max(top - box[3], 0.0),
        )  # fmt: skip
    scale = min(200 / 72, 4000 / max(width, height, 1))
    return cast(Image.Image, page.render(scale=scale, crop=crop).to_pil())
