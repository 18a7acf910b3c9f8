"""One HTML table while it is read, and the decision what it is: data, or the layout of old sites.

A layout table holds paragraphs and other tables; as one table it would be a single huge cell.
Its content is given on as ordinary blocks. Rows of data inside it stay together as a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scanner.extract.draft import Draft, Element
from scanner.model import LINE, BlockKind, Cell, Table, Where

MAX_COLUMN_SPAN = 1000  # the HTML standard's own limit
MAX_PLACES = 2_000_000  # places of a grid; above it spans are taken as 1
_LONG_CELL = 1500  # characters of a cell that make its row a part of the page, not a record
_MANY_PARAGRAPHS = 5
_LONG_LABEL, _LONG_VALUE = 20, 120  # characters of a `<dt>` and a `<dd>` that are a field


@dataclass(slots=True)
class RawCell:
    """A `<td>` or `<th>` with the blocks found in it."""

    element: Element | None
    where: Where
    is_header: bool
    row_span: int = 1
    column_span: int = 1
    items: list[Draft] = field(default_factory=list)
    column: int = 0  # set when the rows are placed
    plain: str = ""  # text of a cell without elements; it has no items then

    length: int = 0  # characters of its own paragraphs; this and the next two by `measure`
    paragraphs: int = 0
    nests: bool = False  # another table stands in it

    def measure(self) -> None:
        """Count what the decision about the table needs."""
        items = self.items
        if self.plain:
            self.length, self.paragraphs = len(self.plain), 1
            return
        if len(items) == 1 and _is_text(items[0]):
            self.length, self.paragraphs = len(items[0].text), 1
            return
        for item in items:
            if _is_text(item):
                self.length += len(item.text)
                self.paragraphs += 1
            elif item.table is not None and item.where is self.where:
                self.nests = True


@dataclass(slots=True)
class Frame:
    """A `<table>` being read."""

    element: Element | None
    where: Where
    in_footer: bool = False
    rows: list[list[RawCell]] = field(default_factory=list)
    caption: list[Draft] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    columns_seen: int = 0  # by <col>


def finish(frame: Frame) -> list[Draft]:
    """The blocks of a table: itself and what stands beside its text, or its content."""
    rows = [row for row in frame.rows if row]
    _measure(rows)
    return _finished(frame, rows)


def _measure(rows: list[list[RawCell]]) -> None:
    """Count, once, what the decisions about a table need of its cells."""
    for row in rows:
        for cell in row:
            if cell.plain or cell.items:
                cell.measure()


def _finished(frame: Frame, rows: list[list[RawCell]]) -> list[Draft]:
    columns = _place(rows)
    if not rows:
        return list(frame.caption)
    if frame.in_footer:
        return frame.caption + [item for row in rows for item in _loose(row, BlockKind.FOOTER)]
    if _is_data(rows) or not any(_is_heavy(row) for row in rows):
        if len(rows) == 1 and len(rows[0]) == 1:
            return frame.caption + _loose(rows[0])
        return _table(frame, rows, columns)
    return _split(frame, rows)


def finish_terms(frame: Frame) -> list[Draft]:
    """The blocks of a `<dl>`: a table of labels and values where all of it is as short as that,
    else its content, as of any list."""
    _measure(frame.rows)
    if frame.rows and all(_is_term(row) for row in frame.rows):
        return _finished(frame, frame.rows)
    return [item for row in frame.rows for cell in row for item in cell.items]


def _is_term(row: list[RawCell]) -> bool:
    """A label and at least one value."""
    label, values = row[0], row[1:]
    short = all(cell.length <= _LONG_VALUE and not cell.nests for cell in values)
    return label.is_header and 0 < label.length <= _LONG_LABEL and bool(values) and short


def _loose(row: list[RawCell], kind: BlockKind = BlockKind.PARAGRAPH) -> list[Draft]:
    """What stands in the cells, as ordinary blocks."""
    out: list[Draft] = []
    for cell in row:
        if cell.plain:
            out.append(Draft(kind, cell.plain, cell.where, cell.element))
        out.extend(cell.items)
    return out


def _is_heavy(row: list[RawCell]) -> bool:
    """Whether a row is a part of the page: it nests a table, or one cell is a whole article."""
    for cell in row:
        length = cell.length
        if cell.nests or length > _LONG_CELL or (length > 100 and len(row) == 1):
            return True
        if length > 400 and cell.paragraphs >= _MANY_PARAGRAPHS:
            return True
    return False


def _is_data(rows: list[list[RawCell]]) -> bool:
    """Whether most rows are records: at least two plain ones with three filled cells."""
    nesting = records = 0
    for row in rows:
        if any(cell.nests for cell in row):
            nesting += 1
        elif len([1 for cell in row if 0 < cell.length <= _LONG_CELL]) >= 3:
            records += 1
    return nesting * 2 <= len(rows) and records >= 2 and records * 2 >= len(rows)


def _split(frame: Frame, rows: list[list[RawCell]]) -> list[Draft]:
    """A layout table: runs of ordinary rows stay tables, the rest becomes ordinary blocks."""
    out: list[Draft] = list(frame.caption)
    frame.caption = []
    run: list[list[RawCell]] = []
    for row in [*rows, []]:
        if row and len(row) > 1 and not _is_heavy(row):
            run.append(row)
            continue
        if len(run) > 1:
            out.extend(_table(frame, run, _place(run)))
        else:
            out.extend(item for kept in run for item in _loose(kept))
        run = []
        out.extend(_loose(row))
    return out


def _place(rows: Sequence[list[RawCell]]) -> int:
    """Give each cell its column, clip its spans so that none overlap; the number of columns."""
    if not all(c.row_span == 1 and c.column_span == 1 for row in rows for c in row):
        columns = _place_spans(rows)
        if columns is not None:
            return columns
        # Spans that make an endless grid are hostile: they are not believed.
        for row in rows:
            for cell in row:
                cell.row_span = cell.column_span = 1
    for row in rows:
        for number, cell in enumerate(row):
            cell.column = number
    return max((len(row) for row in rows), default=0)


def _place_spans(rows: Sequence[list[RawCell]]) -> int | None:
    """The number of columns, None when the grid would be endless."""
    busy: dict[int, int] = {}  # column -> rows below that a cell from above still covers
    columns = 0
    for number, row in enumerate(rows):
        below: dict[int, int] = {c: left - 1 for c, left in busy.items() if left > 1}
        at = 0
        for cell in row:
            while at in busy:
                at += 1
            cell.column = at
            width = 1
            while width < min(cell.column_span, MAX_COLUMN_SPAN) and at + width not in busy:
                width += 1
            left = len(rows) - number
            cell.row_span = left if cell.row_span == 0 else min(cell.row_span, left)
            cell.column_span = width
            if cell.row_span > 1:
                below.update(dict.fromkeys(range(at, at + width), cell.row_span - 1))
            at += width
        columns = max(columns, at)
        if columns * len(rows) > MAX_PLACES and columns > 4 * max(map(len, rows)):
            return None
        busy = below
    return columns


def _table(frame: Frame, rows: list[list[RawCell]], columns: int) -> list[Draft]:
    """The table's own block, then fields, hidden pieces and nested tables of its cells."""
    table_draft = Draft(BlockKind.TABLE, "", frame.where, frame.element)
    cells: list[Cell] = []
    beside: list[Draft] = []
    for number, row in enumerate(rows):
        for raw in row:
            where = raw.where
            if where is Where.VISIBLE and raw.column in frame.hidden_columns:
                where = Where.HIDDEN
            text, where, rest = _cell_text(raw, where)
            cells.append(
                Cell(text, number, raw.column, raw.row_span, raw.column_span, raw.is_header, where)
            )
            for item in rest:
                if item.host is None:
                    item.host, item.in_row, item.in_column = table_draft, number, raw.column
            beside.extend(rest)
    filled = [cell for cell in cells if cell.text]
    if not filled:
        return frame.caption + beside
    if all(cell.where is Where.HIDDEN for cell in filled):
        table_draft.where = Where.HIDDEN
    lead, frame.caption = frame.caption, []
    caption = LINE.join(d.text for d in lead if _is_text(d))
    table_draft.table = Table(tuple(cells), len(rows), columns, caption)
    return [*lead, table_draft, *beside]


def _cell_text(raw: RawCell, where: Where) -> tuple[str, Where, list[Draft]]:
    """(text, where, what is not the text) of a cell; a cell of hidden text only is hidden."""
    items = raw.items
    if not items:
        return raw.plain, where, []
    if len(items) == 1 and items[0].where is raw.where and _is_text(items[0]):
        return items[0].text, where, []
    seen = [d for d in items if d.where is raw.where and _is_text(d)]
    if not seen:
        seen = [d for d in items if d.where is Where.HIDDEN and _is_text(d)]
        if seen:
            where = Where.HIDDEN
    chosen = set(map(id, seen))
    return LINE.join(d.text for d in seen), where, [d for d in items if id(d) not in chosen]


def _is_text(draft: Draft) -> bool:
    return draft.table is None and draft.kind is not BlockKind.FIELD
