"""How a table is read: which rows are heads, which words head a cell, who shares a row.

A head may have several rows, be repeated further down, stand in the first column, label each
value (`姓名 | 张三 | 性别 | 男`), name two people a row, or be absent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from scanner.detect.vocabulary import Vocabulary, clean_head, is_value
from scanner.model import Cell, Table

_CONTACT_HEADS = ("电话", "手机", "联系方式", "号码", "手机号", "联系电话", "宅电")


_PLACES = frozenset(
    {"社区", "街道", "学校", "学院", "公司", "医院", "机构", "小区", "小学", "中学"}
)
_LONGEST_UNKNOWN_HEAD = 12
_LEAST_INNER = 3


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a table says about one of its cells."""

    header: str = ""  # head of the column, outer head first; or the label to the left
    record_row: int = 0
    group: int = 0
    record_headers: tuple[str, ...] = ()
    is_head: bool = False
    is_label_led: bool = False  # its head stands to the left, as in a form
    caption: str = ""


@dataclass(slots=True)
class _Section:
    """Rows under one head."""

    heads: list[str]  # one a column, "" where none
    caption: str
    first_row: int = 0
    groups: list[int] = field(default_factory=list)
    peers: dict[int, tuple[str, ...]] = field(default_factory=dict)  # heads by group, as asked for


class TableReading:
    """The reading of one table; ask it about any of its cells."""

    def __init__(
        self, table: Table, texts: Sequence[str], vocabulary: Vocabulary, caption: str = ""
    ) -> None:
        """`texts` holds the normalised text of each of `table.cells`, in their order."""
        self._vocabulary = vocabulary
        self._grid = table.grid()
        self._texts = {id(c): text.strip() for c, text in zip(table.cells, texts, strict=True)}
        self._readings: dict[tuple[int, int], CellReading] = {}
        self._columns = table.columns
        self._read(caption or table.caption)

    def of(self, cell: Cell) -> CellReading:
        """The reading of a cell by its place."""
        return self._readings.get((cell.row, cell.column), CellReading())

    def _read(self, caption: str) -> None:
        section = _Section([""] * self._columns, caption)
        pending: list[list[Cell | None]] = []
        for number, row in enumerate(self._grid):
            cells = list(_physical(row))
            kind = self._row_kind(cells)
            loose = kind in ("data", "pairs") and not any(section.heads)
            if loose and self._may_be_head(number, cells):
                kind = "head"
            if kind == "head":
                pending.append(row)
                self._mark_heads(cells, section.caption)
                continue
            if pending:
                section = self._new_section(pending, section.caption, number)
                pending = []
            if kind == "title":
                section = replace(section, caption=self._texts[id(cells[0])][:80])
            self._read_row(row, cells, section, kind)
        self._read_labels()

    def _read_labels(self) -> None:
        """A form tells of one person: each of its cells gets all of its labels as heads."""
        labels: dict[int, list[str]] = {}
        for reading in self._readings.values():
            if reading.is_label_led:
                labels.setdefault(reading.record_row, []).append(reading.header)
        for place, reading in self._readings.items():
            if reading.is_label_led:
                heads = tuple(dict.fromkeys(labels[reading.record_row]))
                self._readings[place] = replace(reading, record_headers=heads)

    def _row_kind(self, cells: list[Cell]) -> str:
        filled = [c for c in cells if self._texts[id(c)]]
        if not filled:
            return "blank"
        if len(filled) == 1:
            return "title" if len(cells) == 1 and self._columns > 1 else "data"
        heads = [self._is_label(c) for c in filled]
        if self._is_led(filled, heads):
            return "data"
        if (_alternates(heads) and not all(heads)) or self._is_long_pair(filled):
            return "pairs"
        if _heads_a_part(filled, heads):
            return "head"
        if any(is_value(self._texts[id(c)]) for c in filled):
            return "data"
        if all(c.is_header for c in filled):
            return "head"
        hits = sum(heads)
        return "head" if hits >= 2 and hits * 2 >= len(filled) else "data"

    def _is_long_pair(self, cells: list[Cell]) -> bool:
        """Whether the row is one label and one long value that takes the rest of its width:
        `项目名称 | 某小区供水管网改造工程施工`."""
        first, last = cells[0], cells[-1]
        wide = len(cells) == 2 and last.column_span > 1 and first.row_span == last.row_span == 1
        long = len(self._texts[id(last)]) > _LONGEST_UNKNOWN_HEAD
        return wide and long and self._is_label(first)

    def _is_led(self, cells: list[Cell], heads: list[bool]) -> bool:
        """Whether the first cell heads its row: it alone is marked as a head, or all others are
        places and bodies of one form, which only look like heads: `社区 | 临河社区 | 渭滨社区`."""
        if not heads[0] or len(cells) < 3 or cells[0].row_span > 1:
            return False
        if cells[0].is_header and not any(cell.is_header for cell in cells[1:]):
            return not _alternates(heads)
        ends = {self._texts[id(cell)][-2:] for cell in cells[1:]}
        return len(ends) == 1 and ends <= _PLACES

    def _may_be_head(self, number: int, cells: list[Cell]) -> bool:
        """A row of short words, one of them known, over the first row that holds values."""
        words = [text for c in cells if (text := self._texts[id(c)])]
        if len(words) < 2 or number + 1 >= len(self._grid):
            return False
        if any(is_value(w) or len(w) > _LONGEST_UNKNOWN_HEAD for w in words):
            return False
        below = [self._texts[id(c)] for c in _physical(self._grid[number + 1])]
        if not below or self._vocabulary.is_head(below[0]):  # labels stand in the first column
            return False
        known = any(self._vocabulary.is_head(w) for w in words)
        return known and any(is_value(text) for text in below)

    def _is_label(self, cell: Cell) -> bool:
        return self._vocabulary.is_head(self._texts[id(cell)])

    def _mark_heads(self, cells: list[Cell], caption: str) -> None:
        for cell in cells:
            self._readings[(cell.row, cell.column)] = CellReading(is_head=True, caption=caption)

    def _new_section(self, rows: list[list[Cell | None]], caption: str, first_row: int) -> _Section:
        heads: list[str] = []
        lows: list[str] = []
        for column in range(self._columns):
            words: list[str] = []
            for row in rows:
                cell = row[column]
                word = self._texts[id(cell)].replace("\n", "") if cell is not None else ""
                if word and (not words or words[-1] != word):
                    words.append(word)
            heads.append(" ".join(words))
            lows.append(clean_head(words[-1]) if words else "")
        side = rows[-1][0]
        if side is not None and side.row + side.row_span > first_row and self._is_label(side):
            label = self._texts[id(side)]  # heads the rows below as well: `家庭成员`
            heads = [heads[0], *(f"{label} {head}".strip() for head in heads[1:])]
        groups = _groups(lows)
        return _Section(heads, caption, first_row, groups if any(groups) else self._parts(heads))

    def _parts(self, heads: list[str]) -> list[int]:
        """Which person each column tells of, where heads of two rows name two persons:
        `科技人员 姓名 | 科技人员 电话 | 示范户 户主 | 示范户 电话`."""
        tops = [head.partition(" ")[0] if " " in head else "" for head in heads]
        named = {
            top
            for top, head in zip(tops, heads, strict=True)
            if top and any(r.kind == "person_name" for r, _ in self._vocabulary.rules_for(head))
        }
        if len(named) < 2:
            return [0] * len(heads)
        numbers = {top: number for number, top in enumerate(dict.fromkeys(tops), 1) if top in named}
        return [numbers.get(top, 0) for top in tops]

    def _read_row(
        self, row: list[Cell | None], cells: list[Cell], section: _Section, kind: str
    ) -> None:
        for position, cell in enumerate(cells):
            if row[cell.column] is not cell or (cell.row, cell.column) in self._readings:
                continue  # a spanning cell keeps the reading of its first row
            left = cells[position - 1] if position else None
            if any(section.heads) and kind != "pairs":
                reading = self._under_head(cell, section)
                if position and not section.heads[0] and self._is_label(cells[0]):
                    reading = self._crossed(reading, cells[0], section)
            else:
                reading = self._beside_label(cell, left, cells[0], section, kind)
            self._readings[(cell.row, cell.column)] = reading

    def _under_head(self, cell: Cell, section: _Section) -> CellReading:
        group = section.groups[cell.column] if section.groups else 0
        return CellReading(
            section.heads[cell.column],
            cell.row,
            group,
            _peers(section, group),
            caption=section.caption,
        )

    def _crossed(self, reading: CellReading, first: Cell, section: _Section) -> CellReading:
        """Under a head whose corner is empty, a label on the left says what the row holds and the
        head whose it is: `| 建设单位 | 施工单位`, `项目负责人 | 张三 | 李四`."""
        label = self._texts[id(first)]
        header = f"{reading.header} {label}".strip()
        column = next((i for i, h in enumerate(section.heads) if h == reading.header), 0)
        return replace(reading, header=header, record_row=section.first_row, group=column)

    def _beside_label(
        self, cell: Cell, left: Cell | None, first: Cell, section: _Section, kind: str
    ) -> CellReading:
        if left is None or (kind == "pairs" and self._is_label(cell)):
            return CellReading(
                record_row=cell.row, is_head=kind == "pairs", caption=section.caption
            )
        header = self._label_left(left, first)
        if not header:
            return CellReading(record_row=cell.row, caption=section.caption)
        # With one label for several values, each column tells of another person.
        group = cell.column if kind != "pairs" and header != self._texts[id(left)] else 0
        return CellReading(
            header, section.first_row, group, is_label_led=True, caption=section.caption
        )

    def _label_left(self, left: Cell, first: Cell | None) -> str:
        if self._is_label(left) or left.is_header:
            return self._texts[id(left)]
        if first is not None and (self._is_label(first) or first.is_header):
            return self._texts[id(first)]
        return ""


def _physical(row: list[Cell | None]) -> Iterator[Cell]:
    """Each physical cell of a grid row once."""
    last: Cell | None = None
    for cell in row:
        if cell is not None and cell is not last:
            yield cell
            last = cell


def _heads_a_part(cells: list[Cell], heads: list[bool]) -> bool:
    """Whether the row heads the rows that a label to the left spans: `家庭成员` beside them all."""
    inner = [head for cell, head in zip(cells, heads, strict=True) if cell.row_span == 1]
    if len(inner) == len(heads) or len(inner) < _LEAST_INNER or _alternates(inner):
        return False
    return sum(inner) >= 2 and sum(inner) * 2 >= len(inner)


def _alternates(heads: list[bool]) -> bool:
    """Label, value, label, value: every label is followed by something that is none."""
    return len(heads) % 2 == 0 and all(heads[::2]) and not any(heads[1::2])


def _groups(heads: list[str]) -> list[int]:
    """Which person of a row each column tells of: 0 for all of them, 1, 2, ... for each."""
    repeated = [h for h in heads if h and heads.count(h) > 1]
    if not repeated:
        return [0] * len(heads)
    mark = repeated[0]
    places = [i for i, head in enumerate(heads) if head == mark]
    groups = [0] * len(heads)
    if mark.endswith(_CONTACT_HEADS):  # a contact closes its person's columns
        start = max(0, places[0] - 1)
        for number, place in enumerate(places, 1):
            for column in range(start, place + 1):
                groups[column] = number
            start = place + 1
        return groups
    for number, place in enumerate(places, 1):
        stop = places[number] if number < len(places) else len(heads)
        for column in range(place, stop):
            groups[column] = number
    return groups


def _peers(section: _Section, group: int) -> tuple[str, ...]:
    if group not in section.peers:
        section.peers[group] = tuple(
            head
            for head, of in zip(
                section.heads, section.groups or [0] * len(section.heads), strict=True
            )
            if head and of in (0, group)
        )
    return section.peers[group]
