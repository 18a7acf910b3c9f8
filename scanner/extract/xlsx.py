"""XLSX: every sheet as one table, what hides in it, and what stands beside the cells.

Read straight from the parts, in one flat pass each, with budgets over expanded bytes and cells.
Formats: ECMA-376 / ISO 29500.
"""

import re
from collections.abc import Iterator

from scanner.extract.container import MAX_EXPANDED, Parts
from scanner.extract.nest import Nest
from scanner.extract.swept import sweep_part
from scanner.extract.text import holds_data
from scanner.extract.xlsx_grid import to_table
from scanner.extract.xlsx_parts import (
    Comment,
    Relation,
    SheetEntry,
    read_comments,
    read_index,
    read_properties,
    read_strings,
    relations,
)
from scanner.extract.xlsx_sheet import Book, CellBudget, Sheet, column_letters, read_sheet
from scanner.extract.xlsx_styles import read_styles
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

MAX_CELLS = 2_000_000
_WORKBOOK = "xl/workbook.xml"
_OWN_PROPERTIES = frozenset(
    ("TitlesOfParts", "lpstr", "Application", "AppVersion", "created", "modified", "lastPrinted")
)
_STRINGS = "xl/sharedstrings.xml"
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|webp|svg)$")
_EMBEDDED = re.compile(r"^xl/(?:embeddings|activex|ctrlprops)/|\.(?:bin|xlsx?|docx?|pdf|ole)$")
_DULL = re.compile(
    r"^\[content_types\]|\.rels$|^xl/theme/|^xl/calcchain|^xl/styles|^xl/metadata\.xml"
    r"|^xl/printersettings/|^xl/tables/|^docprops/thumbnail|^xl/sharedstrings|^customxml/itemprops"
)
# What a reader of the opened workbook sees, and what he does not.
_SWEPT = (
    (re.compile(r"^xl/(?:drawings|charts|diagrams)/"), Where.VISIBLE),
    (re.compile(r"^xl/persons/"), Where.METADATA),
    (re.compile(r"^(?:customxml|docmetadata|docprops)/"), Where.METADATA),
    (re.compile(r""), Where.HIDDEN),  # external caches, pivot caches, connections, revisions
)


def read_xlsx(
    body: bytes, budget: int = MAX_EXPANDED, nest: Nest | None = None
) -> tuple[list[Block], PageMeta, tuple[Unread, ...]]:
    """Blocks, the workbook's own title and author, and what was not read.

    `budget` is the most bytes that all parts together may expand to; with `nest` its budget holds
    and embedded files and pictures are read too.
    """
    reader = _Workbook(Parts(body, nest.budget if nest else budget), nest)
    reader.read()
    return reader.blocks, reader.meta, tuple(reader.unread)


class _Workbook:
    def __init__(self, parts: Parts, nest: Nest | None) -> None:
        self._nest = nest
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.meta = PageMeta()
        self._parts = parts
        self._done: set[str] = {_WORKBOOK}
        self._tables = 0

    def read(self) -> None:
        if self._parts.damaged:
            self._miss(
                tr("工作簿", "workbook"),
                tr(
                    "文件损坏或不完整，已尽量抢救", "damaged or cut off: salvaged what was readable"
                ),
            )
        index = read_index(self._parts.chunks(_WORKBOOK))
        self._parts.note(_WORKBOOK, index.fault)
        strings, fault = read_strings(self._parts.chunks(_STRINGS))
        fault = self._parts.faults.pop(_STRINGS, fault)
        if fault is not None:
            self._miss(tr("文字表", "shared texts"), fault)
        formats = read_styles(self._parts.chunks("xl/styles.xml"))
        self._properties()
        book = Book(strings, formats, index.from_1904)
        budget = CellBudget(MAX_CELLS)
        for entry in self._entries(index.sheets):
            self._sheet(entry, book, budget)
        for name, formula in index.names:
            if name.startswith("_xlnm."):
                continue  # print areas and filters, made by the program
            self._field(
                tr("名称", "defined name"), f"{name} {formula}", Where.HIDDEN, '"' in formula
            )
        self._others()
        self._faults()

    def _entries(self, listed: list[tuple[str, str, str]]) -> Iterator[SheetEntry]:
        """Sheets in the workbook's order; parts that it does not list come after, as hidden."""
        links = relations(self._parts, _WORKBOOK)
        seen: set[str] = set()
        for name, relation, state in listed:
            link = links.get(relation)
            if link is None or link.target not in self._parts:
                if self._parts.damaged:
                    self._miss(
                        tr(f"工作表“{name}”", f"sheet '{name}'"), tr("不在文件中", "missing")
                    )
                continue
            seen.add(link.target)
            yield SheetEntry(name, link.target, state)
        for part in self._parts.names:
            if (
                re.match(r"xl/(?:work|chart|dialog|macro)sheets/[^/]+\.xml$", part)
                and part not in seen
            ):
                name = part.rpartition("/")[2].removesuffix(".xml")
                yield SheetEntry(name, part, "visible" if self._parts.damaged else "hidden")

    # --- one sheet ----------------------------------------------------------------------------

    def _sheet(self, entry: SheetEntry, book: Book, budget: CellBudget) -> None:
        self._done.add(entry.part)
        sheet = read_sheet(self._parts.chunks(entry.part), book, budget)
        hidden = entry.state != "visible"
        note = tr("（隐藏工作表）", "(hidden sheet)") if hidden else None
        table, beneath, packed = to_table(sheet, hidden=hidden)
        where = Where.HIDDEN if hidden else Where.VISIBLE
        if table is not None:
            self._tables += 1
            place = Location(sheet=entry.name, table=self._tables, note=note)
            self.blocks.append(Block.of_table(table, where, place))
        for raw in beneath:
            address = f"{column_letters(raw.column)}{raw.row}"
            words = tr("（合并单元格下）", "(under merged cells)")
            place = Location(sheet=entry.name, cell=address, note=words)
            self.blocks.append(Block(BlockKind.FIELD, raw.text, Where.HIDDEN, place, name=words))
        self._extras(entry, sheet, note)
        self._related(entry, sheet)
        self._sheet_faults(entry, sheet, packed)

    def _extras(self, entry: SheetEntry, sheet: Sheet, note: str | None) -> None:
        for extra in sheet.extras:
            place = Location(sheet=entry.name, cell=extra.cell, note=f"{extra.name}{note or ''}")
            self.blocks.append(
                Block(BlockKind.FIELD, extra.text, extra.where, place, name=extra.name)
            )

    def _related(self, entry: SheetEntry, sheet: Sheet) -> None:
        """Comments of the sheet and the targets of its links."""
        links = relations(self._parts, entry.part)
        for cell, relation in sheet.links:
            link = links.get(relation)
            if link is not None and link.external:
                self._field(
                    tr("超链接", "hyperlink"), link.target, Where.ATTRIBUTE, True, entry, cell
                )
        for link in links.values():
            if "omment" in link.kind and link.target in self._parts:
                self._comments(entry, link)

    def _comments(self, entry: SheetEntry, link: Relation) -> None:
        self._done.add(link.target)
        comments, fault = read_comments(self._parts.chunks(link.target))
        self._parts.note(link.target, fault)
        for comment in comments:
            self._comment(entry, comment)

    def _comment(self, entry: SheetEntry, comment: Comment) -> None:
        cell = comment.cell or None
        if comment.text:
            self._field(tr("批注", "comment"), comment.text, Where.COMMENT, False, entry, cell)
        elif comment.author:
            words = tr("批注作者", "comment author")
            self._field(words, comment.author, Where.METADATA, False, entry, cell)

    def _sheet_faults(self, entry: SheetEntry, sheet: Sheet, packed: bool) -> None:
        name = tr(f"工作表“{entry.name}”", f"sheet '{entry.name}'")
        fault = self._parts.faults.pop(entry.part, sheet.fault)
        if fault is not None:
            self._miss(name, fault)
        if sheet.lost_strings:
            count = sheet.lost_strings
            self._miss(
                tr(f"{name}{count} 个单元格", f"{count} cells of {name}"),
                tr("文字表不完整，内容缺失", "their shared texts are missing"),
            )
        if packed:
            self._miss(name, tr("单元格过于分散，未保留列", "too scattered: columns not kept"))
        for column, (count, first) in sheet.rounded.items():
            letters = column_letters(column)
            self._miss(
                tr(f"{name}{letters}列 {count} 个单元格（自 {first}）",
                   f"{count} cells of {name}, column {letters}, from {first}"),
                tr("以数值保存，Excel 只保留 15 位，其后的数字已丢失",
                   "stored as numbers: rounded by Excel after 15 digits"),
            )  # fmt: skip

    # --- the rest of the workbook -------------------------------------------------------------

    def _properties(self) -> None:
        values: dict[str, str] = {}
        for part in ("docprops/core.xml", "docprops/app.xml", "docprops/custom.xml"):
            self._done.add(part)
            found, fault = read_properties(self._parts.chunks(part))
            self._parts.note(part, fault)
            for name, text in found:
                values.setdefault(name, text)
                if name not in _OWN_PROPERTIES:
                    self._field(name, text, Where.METADATA, True)
        self.meta = PageMeta(title=values.get("title", ""), author=values.get("creator", ""))

    def _others(self) -> None:
        """Every other part is swept for text; pictures and embedded files are named as unread."""
        for part in self._parts.names:
            if part in self._done or part.endswith("/") or _DULL.search(part):
                continue
            picture = _PICTURE.search(part) is not None
            if not picture and not _EMBEDDED.search(part):
                self._sweep(part)
            elif self._nest is None:
                self._miss(part, tr("内含文件未读", "a file inside: not read"))
            else:
                name = part.rpartition("/")[2]
                read = self._nest.inner(self._parts.read(part), name, hidden=not picture)
                self.blocks.extend(read.blocks)
                self.unread.extend(read.unread)

    def _sweep(self, part: str) -> None:
        where = next(place for expression, place in _SWEPT if expression.search(part))
        for found in sweep_part(self._parts, part, where):
            place = Location(note=f"{part} {found.name}")
            kind = BlockKind.PARAGRAPH if found.where is Where.VISIBLE else BlockKind.FIELD
            name = "" if kind is BlockKind.PARAGRAPH else found.name
            self.blocks.append(Block(kind, found.text, found.where, place, name=name))

    def _faults(self) -> None:
        for part, reason in self._parts.faults.items():
            self._miss(part, reason)

    def _field(
        self,
        name: str,
        text: str,
        where: Where,
        only_data: bool,
        entry: SheetEntry | None = None,
        cell: str | None = None,
    ) -> None:
        if only_data and not holds_data(text):
            return
        place = Location(sheet=entry.name if entry else None, cell=cell, note=name)
        self.blocks.append(Block(BlockKind.FIELD, text, where, place, name=name))

    def _miss(self, what: str, why: str) -> None:
        self.unread.append(Unread(what, why))
