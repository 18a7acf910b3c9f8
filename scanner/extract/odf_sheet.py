"""Sheets of an OpenDocument spreadsheet -> cells at their addresses. ODF 1.3, part 3, chapter 9."""

from collections.abc import Callable, Iterator
from itertools import product

from scanner.extract.draft import Element
from scanner.extract.look import Look
from scanner.extract.odf_styles import OdfStyles
from scanner.extract.ooxml import attribute, child, local
from scanner.extract.text import holds_data, one_line
from scanner.extract.xlsx_sheet import Extra, RawCell, Sheet, column_letters, why_hidden
from scanner.lang import tr
from scanner.model import Where

MAX_COLUMN, MAX_ROW = 16_384, 1_048_576
_MAX_REPEATED = 1000  # of a filled cell or row: the rest says the same
_GROUPS = frozenset(
    ("table-columns", "table-column-group", "table-header-columns", "table-rows",
     "table-row-group", "table-header-rows")
)  # fmt: skip
_SHIFTED = frozenset(("collapse", "filter"))
Texts = Callable[[Element], str]


def is_hidden_sheet(table: Element, styles: OdfStyles) -> bool:
    """Whether a sheet is not shown."""
    return bool(styles.look("table", attribute(table, "style-name")).gone)


class OdfSheet:
    """One `table:table` of a spreadsheet."""

    def __init__(self, table: Element, styles: OdfStyles, text: Texts, left: int) -> None:
        """`text` gives the seen text of a cell's paragraphs; `left` is how many cells may come."""
        self.sheet = Sheet()
        self.notes: list[tuple[str, Element]] = []  # (address, annotation)
        self.drawn: list[Element] = []  # frames and shapes over the cells
        self.left = left
        self._styles = styles
        self._text = text
        self._hidden: list[tuple[int, int]] = []  # columns
        self._looks: list[tuple[int, int, str | None]] = []  # columns' own cell styles
        column = 0
        for part in _through(table, "table-column"):
            column = self._column(part, column)
        row = 0
        for part in _through(table, "table-row"):
            row = self._row(part, row)
        for part in table:
            if local(part) == "shapes":
                self.drawn.extend(part)

    def _column(self, part: Element, column: int) -> int:
        count = _count(part, "number-columns-repeated", MAX_COLUMN)
        span = (column + 1, column + count)
        width = self._styles.look("table-column", attribute(part, "style-name"))
        if attribute(part, "visibility") in _SHIFTED or width.gone:
            self._hidden.append(span)
        self._looks.append((*span, attribute(part, "default-cell-style-name")))
        return column + count

    def _row(self, part: Element, row: int) -> int:
        count = _count(part, "number-rows-repeated", MAX_ROW)
        height = self._styles.look("table-row", attribute(part, "style-name"))
        hidden = attribute(part, "visibility") in _SHIFTED or bool(height.gone)
        column = 0
        for cell in part:
            name = local(cell)
            if name in ("table-cell", "covered-table-cell"):
                repeated = _count(cell, "number-columns-repeated", MAX_COLUMN)
                if len(cell) or attribute(cell, "string-value"):
                    right = min(repeated, _MAX_REPEATED)
                    down = min(count, _MAX_REPEATED // right)
                    self._cell(cell, row + 1, column + 1, hidden, (down, right))
                column += repeated
        return row + count

    def _cell(
        self, cell: Element, row: int, column: int, row_hidden: bool, times: tuple[int, int]
    ) -> None:
        self._beside(cell, f"{column_letters(column)}{row}")
        self._merge(cell, row, column)
        text = self._text(cell)
        is_empty = not text.strip()
        if is_empty:  # a format that shows nothing leaves the value only
            text = one_line(attribute(cell, "string-value") or attribute(cell, "value") or "")
        if not text.strip():
            return
        column_hidden = any(first <= column <= last for first, last in self._hidden)
        is_hidden = (
            is_empty or row_hidden or column_hidden or self._look(cell, column).hides() is not None
        )
        note = why_hidden(column=column_hidden, row=row_hidden) if is_hidden else None
        where = Where.HIDDEN if is_hidden else Where.VISIBLE
        for down, right in product(range(times[0]), range(times[1])):
            if self.left <= 0:
                words = tr("单元格过多，后面部分未读", "too many cells: the rest was not read")
                self.sheet.fault = words
                return
            self.left -= 1
            self.sheet.cells.append(RawCell(row + down, column + right, text, where, note))

    def _beside(self, cell: Element, address: str) -> None:
        """Texts in a cell's formula, its comment, what is drawn on it."""
        formula = attribute(cell, "formula") or ""
        for literal in formula.split('"')[1::2]:
            if holds_data(literal):
                words = tr("公式", "formula")
                self.sheet.extras.append(Extra(words, one_line(literal), Where.HIDDEN, address))
        for part in cell:
            if local(part) == "annotation":
                self.notes.append((address, part))
            elif local(part) not in ("p", "h", "list"):
                self.drawn.append(part)

    def _merge(self, cell: Element, row: int, column: int) -> None:
        down = _count(cell, "number-rows-spanned", MAX_ROW)
        across = _count(cell, "number-columns-spanned", MAX_COLUMN)
        if down > 1 or across > 1:
            self.sheet.merges.append((row, column, row + down - 1, column + across - 1))

    def _look(self, cell: Element, column: int) -> Look:
        name = attribute(cell, "style-name")
        if name is None:
            styles = (style for first, last, style in self._looks if first <= column <= last)
            name = next(styles, None)
        return self._styles.look("table-cell", name)


def _through(table: Element, name: str) -> Iterator[Element]:
    """Columns or rows, those inside groups too."""
    for part in table:
        if local(part) == name:
            yield part
        elif local(part) in _GROUPS:
            yield from _through(part, name)


def _count(element: Element, name: str, most: int) -> int:
    value = attribute(element, name)
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 9:
        return 1
    return min(max(int(value), 1), most)


def sheet_name(table: Element) -> str:
    """As its tab says."""
    return attribute(table, "name") or tr("工作表", "sheet")


def annotation_texts(note: Element) -> tuple[str, str]:
    """(author, text) of a comment."""
    author = child(note, "creator")
    lines = ["".join(str(t) for t in p.itertext()) for p in note if local(p) in ("p", "list")]
    return ("" if author is None else (author.text or "")), one_line("\n".join(lines))
