"""One worksheet's XML -> cells, with what hides them: a huge sheet costs its cells only."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scanner.extract.text import holds_data, one_line, words
from scanner.extract.xlsx_styles import PLAIN, Format, number_text
from scanner.extract.xml_events import StopReading, attribute, parse
from scanner.lang import tr
from scanner.model import Where

MAX_COLUMN = 16_384
MAX_ROW = 1_048_576
_MAX_EXTRAS = 20_000  # formulas, links, rules noted of one sheet
_MAX_MERGES = 50_000
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[LCRPNDTFAGZBIUESXYOH+-])')
_TEXT_TAGS = words(
    "v t f formula1 formula2 oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter"
    " sqref"
)
_RULE_ATTRIBUTES = ("promptTitle", "prompt", "errorTitle", "error")


@dataclass(slots=True)
class RawCell:
    """A filled cell at its real address (from 1)."""

    row: int
    column: int
    text: str
    where: Where
    note: str | None = None  # why it is hidden


@dataclass(frozen=True, slots=True)
class Extra:
    """A text of the sheet that stands in no cell: link, rule, formula, page header."""

    name: str
    text: str
    where: Where
    cell: str | None = None


@dataclass(slots=True)
class Sheet:
    """What one worksheet holds."""

    cells: list[RawCell] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # r1, c1, r2, c2
    extras: list[Extra] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)  # (cell, relation id)
    rounded: dict[int, tuple[int, str]] = field(default_factory=dict)  # column -> count, first
    lost_strings: int = 0  # cells whose shared text is missing
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """What sheets share."""

    strings: Sequence[str]
    formats: Sequence[Format]
    from_1904: bool = False


class CellBudget:
    """Cells that may still be read of the whole workbook."""

    def __init__(self, cells: int) -> None:
        self.left = cells


def read_sheet(chunks: Iterable[bytes], book: Book, budget: CellBudget) -> Sheet:
    """Read one worksheet. Never fails; `Sheet.fault` says where it ended early."""
    reader = _Reader(book, budget)
    reader.sheet.fault = parse(chunks, reader.start, reader.end, reader.text)
    return reader.sheet


class _Reader:
    def __init__(self, book: Book, budget: CellBudget) -> None:
        self.sheet = Sheet()
        self._book = book
        self._budget = budget
        self._row = 0
        self._column = 0
        self._row_hidden = False
        self._hidden_columns: set[int] = set()
        self._columns: dict[str, int] = {}
        self._buffer: list[str] | None = None
        self._type = "n"
        self._style = PLAIN
        self._value = ""
        self._inline: list[str] = []
        self._in_phonetic = False
        self._starts = {
            "c": self._start_cell,
            "row": self._start_row,
            "col": self._start_column,
            "mergeCell": self._merge,
            "hyperlink": self._hyperlink,
            "dataValidation": self._rule,
            "rPh": self._start_phonetic,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _TEXT_TAGS:
            self._buffer = []
            return
        handler = self._starts.get(name)
        if handler is not None:
            handler(attributes)

    def text(self, data: str) -> None:
        if self._buffer is not None:
            self._buffer.append(data)

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in _TEXT_TAGS:
            data = "".join(self._buffer or ())
            self._buffer = None
            self._take(name, data)
        elif name == "rPh":
            self._in_phonetic = False

    def _take(self, name: str, data: str) -> None:
        if name == "v":
            self._value = data
        elif name == "t":
            if not self._in_phonetic:
                self._inline.append(data)
        elif name == "f":
            self._quoted(data, tr("公式", "formula"), self._address())
        elif name in ("formula1", "formula2"):
            self._quoted(data, tr("数据有效性", "data validation"), None)
        elif name != "sqref":
            plain = _HEADER_CODE.sub(" ", data.replace("&&", "＆"))
            self._extra(tr("页眉页脚", "page header or footer"), plain, Where.METADATA)

    # --- rows, columns, cells -----------------------------------------------------------------

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _bounded(attributes.get("r"), self._row + 1, MAX_ROW)
        self._column = 0
        self._row_hidden = _is_on(attributes.get("hidden")) or _is_zero(attributes.get("ht"))

    def _start_column(self, attributes: dict[str, str]) -> None:
        if _is_on(attributes.get("hidden")) or _is_zero(attributes.get("width")):
            first = _bounded(attributes.get("min"), 1, MAX_COLUMN)
            last = _bounded(attributes.get("max"), first, MAX_COLUMN)
            self._hidden_columns.update(range(first, last + 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        reference = attributes.get("r")
        if reference is not None:
            self._place(reference)
        self._type = attributes.get("t", "n")
        self._style = PLAIN
        style = attributes.get("s")
        if style is not None and style.isdigit() and int(style) < len(self._book.formats):
            self._style = self._book.formats[int(style)]
        self._value = ""
        self._inline = []

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = column_number(letters)
            self._columns[letters] = column
        if column:
            self._column = column

    def _end_cell(self) -> None:
        text = self._cell_text()
        if not text.strip():
            return
        if self._column > MAX_COLUMN or self._row > MAX_ROW:
            raise StopReading(tr("行列超出上限", "rows or columns beyond the limit"))
        self._budget.left -= 1
        if self._budget.left < 0:
            raise StopReading(
                tr("单元格过多，后面部分未读", "too many cells: the rest was not read")
            )
        column_hidden = self._column in self._hidden_columns
        if not (self._row_hidden or column_hidden or self._style.hides):
            self.sheet.cells.append(RawCell(self._row, self._column, text, Where.VISIBLE))
            return
        note = why_hidden(column=column_hidden, row=self._row_hidden)
        self.sheet.cells.append(RawCell(self._row, self._column, text, Where.HIDDEN, note))

    def _cell_text(self) -> str:
        kind, value = self._type, self._value
        if kind == "s":
            return self._shared(value)
        if kind == "inlineStr":
            return one_line("".join(self._inline))
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE" if value == "0" else ""
        if kind == "n" and value:
            text, lost = number_text(value.strip(), self._style, from_1904=self._book.from_1904)
            if lost:
                count, first = self.sheet.rounded.get(self._column, (0, self._address()))
                self.sheet.rounded[self._column] = (count + 1, first)
            return text
        return one_line(value)

    def _shared(self, value: str) -> str:
        index = int(value) if value.isascii() and value[:9].isdigit() else -1
        if 0 <= index < len(self._book.strings):
            return self._book.strings[index]
        self.sheet.lost_strings += 1
        return ""

    def _start_phonetic(self, _attributes: dict[str, str]) -> None:
        self._in_phonetic = True

    def _address(self) -> str:
        return f"{column_letters(self._column)}{self._row}"

    # --- beside the cells ---------------------------------------------------------------------

    def _merge(self, attributes: dict[str, str]) -> None:
        area = _area(attributes.get("ref", ""))
        if area is not None and len(self.sheet.merges) < _MAX_MERGES:
            self.sheet.merges.append(area)

    def _hyperlink(self, attributes: dict[str, str]) -> None:
        cell = attributes.get("ref", "")
        for name in ("location", "tooltip"):
            value = attributes.get(name)
            if value:
                self._extra(tr("超链接", "hyperlink"), value, Where.ATTRIBUTE, cell)
        relation = attribute(attributes, "id")
        if relation is not None and len(self.sheet.links) < _MAX_EXTRAS:
            self.sheet.links.append((cell, relation))

    def _rule(self, attributes: dict[str, str]) -> None:
        for name in _RULE_ATTRIBUTES:
            value = attributes.get(name)
            if value:
                self._extra(tr("数据有效性", "data validation"), value, Where.HIDDEN)

    def _quoted(self, formula: str, name: str, cell: str | None) -> None:
        """Texts written inside a formula; references are nobody's data."""
        if '"' not in formula:
            return
        for found in _QUOTED.finditer(formula):
            self._extra(name, found.group(1).replace('""', '"'), Where.HIDDEN, cell)

    def _extra(self, name: str, text: str, where: Where, cell: str | None = None) -> None:
        plain = one_line(text)
        if plain and holds_data(plain) and len(self.sheet.extras) < _MAX_EXTRAS:
            self.sheet.extras.append(Extra(name, plain, where, cell))


def why_hidden(*, column: bool, row: bool) -> str:
    """In words, why a cell is not seen: its column, its row, else its own format."""
    if column:
        return tr("（隐藏列）", "(hidden column)")
    if row:
        return tr("（隐藏行）", "(hidden row)")
    return tr("（格式隐藏）", "(hidden by its format)")


def column_number(letters: str) -> int:
    """1 for A, 16384 for XFD; 0 for what is no column."""
    number = 0
    for letter in letters.replace("$", "")[:4].upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number if number <= MAX_COLUMN else 0


def column_letters(number: int) -> str:
    """A for 1, XFD for 16384."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def _area(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    corners = [_corner(first), _corner(last or first)]
    if None in corners:
        return None
    (r1, c1), (r2, c2) = (corner or (0, 0) for corner in corners)
    return min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)


def _corner(reference: str) -> tuple[int, int] | None:
    plain = reference.replace("$", "")
    letters = plain.rstrip("0123456789")
    column, digits = column_number(letters), plain[len(letters) :]
    if not column or not digits or len(digits) > 7:
        return None
    return int(digits), column


def _bounded(text: str | None, default: int, most: int) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return default
    return min(max(int(text), 1), most)


def _is_on(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _is_zero(text: str | None) -> bool:
    return text is not None and text.strip("0.") == "" and text != ""
