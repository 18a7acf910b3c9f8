"""The values that pass between the rooms: one small frozen dataclass an arrow.

    bytes -> Document -> Match -> Finding -> ledger

Nothing here shows a clear value when it is printed: `repr` masks.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from scanner.carried import carried
from scanner.lang import tr
from scanner.masking import mask_value

# Separators of a document's joined text. A value may run over LINE (a line end inside one
# paragraph or cell); CELL is crossed only by boxes of one digit each; ROW and BLOCK are walls.
LINE = "\n"
CELL = "\t"
ROW = "\x1d"
BLOCK = "\x1e"


class Where(StrEnum):
    """Where in a page or file a text stands, as a reader meets it."""

    VISIBLE = "visible"
    ATTRIBUTE = "attribute"
    COMMENT = "comment"
    HIDDEN = "hidden"
    SCRIPT = "script"
    METADATA = "metadata"


class Disposition(StrEnum):
    """What the classifier says of one value."""

    LEAK = "leak"
    UNDER_MASKED = "under_masked"
    MANDATED = "mandated"
    MASKED = "masked"
    DISMISSED = "dismissed"

    @property
    def is_leak(self) -> bool:
        """Whether somebody has to act on it."""
        return self in (Disposition.LEAK, Disposition.UNDER_MASKED)


class Severity(StrEnum):
    """How much harm a finding can do, by kind, combination and number of persons."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low to 3 for critical."""
        return list(Severity).index(self)


class BlockKind(StrEnum):
    """What part of a page or file a block is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FIELD = "field"  # a name and its value: attribute, meta, JSON key
    FOOTER = "footer"  # the site's own footer or header: owner, filing numbers, switchboard


class Outcome(StrEnum):
    """How the reading of one URL or file ended. Nothing ends without one."""

    SCANNED = "scanned"
    UNCHANGED = "unchanged"
    PARTLY_READ = "partly_read"
    NOT_READ = "not_read"  # fetched, but of a format that is not read
    FAILED = "failed"
    SKIPPED = "skipped"
    GONE = "gone"  # 404 or 410
    NOT_DUE = "not_due"  # known, and by its age not asked for in this sweep


class Cause(StrEnum):
    """Why an address was left alone, to be counted by; the reason says it in words."""

    NONE = ""
    ROBOTS = "robots"  # refused by robots.txt
    OUTSIDE = "outside"  # outside the listed domains, or an inner address
    LIMIT = "limit"  # too deep, too large, over the number of pages
    REDIRECT = "redirect"  # its target is read in its place


@carried
@dataclass(frozen=True, slots=True)
class Location:
    """Where to look: enough for a person to find the value again."""

    page: int | None = None  # from 1
    sheet: str | None = None
    cell: str | None = None  # spreadsheet address, "G12"
    table: int | None = None  # from 1, tables of the document in order
    row: int | None = None  # from 1
    column: int | None = None  # from 1
    paragraph: int | None = None  # from 1, blocks of the document in order
    line: int | None = None  # from 1
    xpath: str | None = None
    note: str | None = None  # e.g. the attribute's name

    def describe(self) -> str:
        """One phrase in the language in force, outermost part first."""
        parts: list[str] = []
        if self.page is not None:
            parts.append(tr(f"第{self.page}页", f"page {self.page}"))
        if self.sheet is not None:
            parts.append(tr(f"工作表“{self.sheet}”", f"sheet '{self.sheet}'"))
        if self.cell is not None:
            parts.append(tr(f"单元格{self.cell}", f"cell {self.cell}"))
        elif self.table is not None:
            parts.append(tr(f"第{self.table}个表", f"table {self.table}"))
            if self.row is not None and self.column is not None:
                parts.append(
                    tr(f"第{self.row}行第{self.column}列", f"row {self.row}, column {self.column}")
                )
        elif self.line is not None:
            parts.append(tr(f"第{self.line}行", f"line {self.line}"))
        elif self.paragraph is not None:
            parts.append(tr(f"第{self.paragraph}段", f"paragraph {self.paragraph}"))
            if self.row is not None:  # a roster in paragraphs, read as a table
                parts.append(tr(f"起第{self.row}行", f"line {self.row} from there"))
        if self.note is not None:
            parts.append(self.note)
        return tr("", ", ").join(parts)


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """One physical cell. Spans are kept here and resolved by `Table.grid`."""

    text: str
    row: int  # from 0
    column: int  # from 0
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False  # the file itself marks it so (<th>)
    where: Where = Where.VISIBLE
    address: str | None = None
    note: str | None = None  # in words: why nobody sees it, or how surely it was read

    def __repr__(self) -> str:
        return f"Cell(r{self.row} c{self.column}, {len(self.text)} chars, {self.where})"


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A table as published. Cells stand in reading order, each physical cell once."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    caption: str = ""

    def grid(self) -> list[list[Cell | None]]:
        """`rows` lists of `columns` cells; a spanning cell stands in every place it covers."""
        out: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for c in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    out[r][c] = cell
        return out

    def __repr__(self) -> str:
        return f"Table({self.rows}x{self.columns}, {len(self.cells)} cells)"


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """One paragraph, heading, field or table. A table's text is made from its cells."""

    kind: BlockKind
    text: str
    where: Where = Where.VISIBLE
    location: Location = Location()
    table: Table | None = None
    name: str = ""  # of a FIELD: the attribute's, meta's or JSON key's name

    @classmethod
    def of_table(
        cls, table: Table, where: Where = Where.VISIBLE, location: Location | None = None
    ) -> "Block":
        """The block of a table: cells joined by CELL, rows by ROW, in reading order."""
        rows: list[list[str]] = [[] for _ in range(table.rows)]
        for cell in table.cells:
            rows[cell.row].append(cell.text)
        text = ROW.join(CELL.join(row) for row in rows)
        return cls(BlockKind.TABLE, text, where, location or Location(), table)

    def __repr__(self) -> str:
        return f"Block({self.kind}, {self.where}, {len(self.text)} chars)"


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What a page says of itself: the meta names of 国办发〔2017〕47号, or its own rows."""

    site_name: str = ""
    site_domain: str = ""
    site_code: str = ""  # 网站标识码, ten digits
    column: str = ""
    title: str = ""
    published: str = ""  # ISO date, "" when unknown
    source: str = ""  # publishing body
    author: str = ""
    index_number: str = ""  # 索引号
    document_number: str = ""  # 文号


@carried
@dataclass(frozen=True, slots=True)
class Unread:
    """A part that was not read, and why: a result like any other."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """One page or file, read. Offsets of matches count characters of `text`."""

    source: str  # path or URL
    media_type: str
    meta: PageMeta
    blocks: tuple[Block, ...]
    text: str
    starts: tuple[int, ...]  # offset of each block in text
    unread: tuple[Unread, ...] = ()

    @classmethod
    def build(
        cls,
        source: str,
        media_type: str,
        blocks: Iterable[Block],
        meta: PageMeta | None = None,
        unread: Iterable[Unread] = (),
    ) -> "Document":
        """Join the blocks' texts with BLOCK between them."""
        kept = tuple(blocks)
        starts: list[int] = []
        offset = 0
        for block in kept:
            starts.append(offset)
            offset += len(block.text) + len(BLOCK)
        text = BLOCK.join(block.text for block in kept)
        return cls(source, media_type, meta or PageMeta(), kept, text, tuple(starts), tuple(unread))

    def block_at(self, offset: int) -> int:
        """Index of the block that holds the character at `offset`."""
        return bisect_right(self.starts, offset) - 1

    def __repr__(self) -> str:
        return f"Document({self.media_type}, {len(self.blocks)} blocks, {len(self.text)} chars)"


@carried
@dataclass(frozen=True, slots=True)
class Evidence:
    """One step of the reasoning: what was seen, and what it did to the judgement."""

    what: str  # e.g. "check digit", "header", "word before"
    words: str  # the words on the page, never a clear value
    effect: float = 0.0  # change of confidence


@carried
@dataclass(frozen=True, slots=True, repr=False)
class Match:
    """One value found in a document, before anybody judged whether it may stand there."""

    rule: str  # permanent code of the pattern
    kind: str  # output type: id_card, mobile, ...
    start: int
    end: int
    raw: str  # as written
    value: str  # half width, no separators
    where: Where
    location: Location
    confidence: float  # 0 to 1: that this is a value of that kind
    block: int  # index into Document.blocks
    row: int | None = None  # grid row of the cell, from 0
    column: int | None = None  # grid column of the cell, from 0
    header: str = ""  # the column's header, or the label before the value
    is_masked: bool = False  # some characters are hidden on the page
    institutional: bool = False  # a body's number by its own form: 400, 12345, ...
    record_row: int | None = None  # row that the record begins in: of a form, its first
    group: int = 0  # of two or more people in one row: which of them
    record_headers: tuple[str, ...] = ()  # headers of the columns that tell of the same person
    caption: str = ""  # title row or heading over the table
    explained_by: str = ""  # code of the not-personal rule that explains the digits better
    evidence: tuple[Evidence, ...] = ()

    @property
    def masked(self) -> str:
        """The value as it may be shown and stored. What the page hides of it is hidden once more
        in the program's own way: masks of two pages would complete each other."""
        return mask_value(self.kind, self.value)

    def __repr__(self) -> str:
        return (
            f"Match({self.rule} {self.kind} {self.masked!r} at {self.start}, {self.confidence:.2f})"
        )


@dataclass(frozen=True, slots=True)
class MaskSighting:
    """What a masked value shows, told in keyed hashes: enough to find out that masks of one person
    complete each other, and nothing that can be read."""

    name_hash: str  # HMAC of the kind and the person's name, 64 hexadecimal characters
    fits: str  # name in patterns.validators.FITS
    min_fits: int  # fewer real values that still fit: under-masked
    length: int  # characters of the value
    shown: int  # bit n: the character at position n, from 0, is shown
    marks: bytes  # a keyed hash of each character shown, `keys.MARK_BYTES` each, in order


@carried
@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One value, judged: the element's own verdict with its basis."""

    match: Match
    disposition: Disposition
    rule: str  # code of the exception or of the leak rule that decided
    basis: tuple[str, ...]  # law and article
    evidence: tuple[Evidence, ...]  # the whole chain, in order
    confidence: float  # that the disposition is right
    severity: Severity
    person: str | None  # findings of one person share it
    fingerprint: str  # HMAC of kind and value on this page of this site
    value_hash: str  # HMAC of kind and value alone: the same value anywhere
    context: str = ""  # words around it, every value masked
    candidates: int | None = None  # of a masked value: how many real values still fit
    needs_review: bool = False  # the basis is unverified, or the scope or term is in doubt
    sighting: MaskSighting | None = None  # of a well masked value beside a person's name

    def __repr__(self) -> str:
        return f"Finding({self.match!r} -> {self.disposition}, {self.rule}, {self.severity})"


class Decision(StrEnum):
    """What a reviewer says of a finding."""

    LEAK = "leak"
    LAWFUL = "lawful"
    NOT_PERSONAL = "not_personal"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's decision on one finding, with its reason and its term."""

    fingerprint: str
    decision: Decision
    who: str
    basis: str = ""  # code of an exception rule, required for LAWFUL
    reason: str = ""
    expires: str = ""  # ISO date; after it the finding comes back


@dataclass(frozen=True, slots=True, repr=False)
class Fetched:
    """One answer of a server, or the lack of one."""

    url: str  # as asked for
    final_url: str
    status: int | None  # None when nobody answered
    body: bytes = b""
    content_type: str = ""
    filename: str = ""  # from Content-Disposition
    etag: str = ""
    last_modified: str = ""
    error: str = ""  # why nobody answered, one phrase
    referrer: str = ""
    is_attachment: bool = False
    is_list_page: bool = False  # a further page of a list
    stable_hash: str = ""  # of the last reading, see `ItemResult.stable_hash`; "" when never

    def __repr__(self) -> str:
        return f"Fetched({self.status}, {len(self.body)} bytes, {self.content_type})"


@carried
@dataclass(frozen=True, slots=True)
class Link:
    """A link found on a page."""

    url: str
    text: str = ""
    is_attachment: bool = False
    is_list_page: bool = False  # a further page of a list, found by paging
    position: int = 0  # of a list page: the number in its address, by which the pages follow


@dataclass(frozen=True, slots=True)
class Listing:
    """What a page says of the list that it shows, and the records that stand on it."""

    records: int | None = None  # how many the list says it has, None when it does not say
    pages: int | None = None  # likewise, list pages
    shown: tuple[str, ...] = field(default=(), repr=False)  # addresses of the records on the page
    is_turned: bool = False  # whether further pages of it are known from the page

    @property
    def is_cut(self) -> bool:
        """Whether it says that it has more than it shows, and the rest is not known from it."""
        return not self.is_turned and self.records is not None and len(self.shown) < self.records


@dataclass(frozen=True, slots=True)
class Lease:
    """One address handed out for a limited time, with what an earlier sweep knew of it."""

    url: str
    parent: str = ""  # the page that linked to it
    depth: int = 0  # links away from a start address
    is_attachment: bool = False
    is_list_page: bool = False
    etag: str = ""  # of the last successful reading; "" when it has to be fetched whole
    last_modified: str = ""
    attempts: int = 0  # how often it was handed out before without a result
    content_hash: str = ""  # SHA-256 of the bytes last read in full, "" when never
    stable_hash: str = ""  # the same without the parts that change at each visit


@carried
@dataclass(frozen=True, slots=True)
class ItemResult:
    """What one URL gave: its coverage, its links and its findings. The unit of commit."""

    url: str
    outcome: Outcome
    reason: str = ""
    status: int | None = None
    media_type: str = ""
    title: str = ""
    published: str = ""
    source: str = ""  # publishing body named on the page
    column: str = ""  # 栏目 named on the page
    index_number: str = ""  # 索引号
    document_number: str = ""  # 文号
    cause: Cause = Cause.NONE
    content_hash: str = ""
    stable_hash: str = ""  # of the content without the parts that change at each visit
    etag: str = ""
    last_modified: str = ""
    parent_url: str = ""
    is_attachment: bool = False
    is_list_page: bool = False
    size: int = 0  # bytes
    links: tuple[Link, ...] = field(default=(), repr=False)
    findings: Sequence[Finding] = ()  # packed where a file has very many
    unread: tuple[Unread, ...] = ()
    listing: Listing | None = None  # of a page that shows a list
    moved_to: str = ""  # where the page that was asked for stands now, "" for where it was
    leads_on: bool = False  # shows lists or columns: new items are found from it
