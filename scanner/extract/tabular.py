"""CSV -> one table; plain text -> paragraphs, and tables where lines stand in columns."""

import csv
import io
import re
from collections.abc import Callable, Sequence

from scanner.extract import pagemeta
from scanner.extract.text import clean, one_line
from scanner.model import Block, BlockKind, Cell, Location, PageMeta, Table

_DELIMITERS = ",\t;|，"
_MAX_FIELD = 1_000_000  # characters of one CSV field
_RULED = re.compile(r"\s*\|[^|\n]*\|.*\|\s*$")  # `| 序号 | 姓名 |`
_MIN_LINES = 3  # lines in columns before they count as a table
_COLUMNS = re.compile(r"\t+[ \u3000]*|[ \u3000]{2,}")
# A line that begins with text, and at least two lines that begin with a tab.
_COPIED_ROW = re.compile(r"^[^\t\n][^\n]*(?:\n\t[^\n]*){2,}", re.MULTILINE)
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_FORMULA = re.compile(r'="(.*)"$', re.DOTALL)
_FEW_COLUMNS = 2
csv.field_size_limit(_MAX_FIELD)


def read_csv(text: str) -> tuple[list[Block], PageMeta]:
    """A delimited file as one table, whatever its delimiter."""
    text = _normal(text)
    rows = _rows(text, _delimiter(text))
    table = _table(rows)
    if table is None:
        return [], PageMeta()
    return [Block.of_table(table, location=Location(table=1, line=1))], PageMeta()


def read_text(text: str) -> tuple[list[Block], PageMeta]:
    """Plain text: a paragraph a line; at least three lines in the same columns are a table.

    A file without a fitting name may still be delimited: where nearly all lines have the same
    number of commas or tabs it is read as CSV.
    """
    text = _rejoined(_normal(text))
    delimiter = _sure_delimiter(text)
    if delimiter is not None:
        return read_csv(text)
    blocks: list[Block] = []
    lines = text.split("\n")
    tables = 0
    at = 0
    while at < len(lines):
        rows, end = _aligned(lines, at)
        if len(rows) >= _MIN_LINES:
            table = _table(rows)
            if table is not None:
                tables += 1
                place = Location(table=tables, paragraph=len(blocks) + 1, line=at + 1)
                blocks.append(Block.of_table(table, location=place))
            at = end
            continue
        line = one_line(lines[at])
        at += 1
        if line.strip():
            place = Location(paragraph=len(blocks) + 1, line=at)
            blocks.append(Block(BlockKind.PARAGRAPH, line, location=place))
    return blocks, pagemeta.of_text(blocks)


def _normal(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return clean(text)


def _rejoined(text: str) -> str:
    """Rows that a browser copied as a line a cell, each but the first after a tab, in one line."""
    return _COPIED_ROW.sub(lambda row: "\t".join(row.group().split("\n\t")).rstrip("\t"), text)


def _delimiter(text: str) -> str:
    """The delimiter that splits most lines alike; a comma when none does."""
    sample = _QUOTED.sub('""', text[:200_000])
    lines = [line for line in sample.split("\n") if line.strip()][:200]
    best, score = ",", 0.0
    for mark in _DELIMITERS:
        counts = [line.count(mark) for line in lines]
        used = [n for n in counts if n]
        if not used:
            continue
        usual = max(set(used), key=used.count)
        share = counts.count(usual) / len(lines) + 0.01 * min(usual, 20)
        if share > score:
            best, score = mark, share
    return best


def _sure_delimiter(text: str) -> str | None:
    """A delimiter that nearly every line of at least three has equally often."""
    lines = [line for line in text[:200_000].split("\n") if line.strip()]
    if len(lines) < _MIN_LINES:
        return None
    for mark in ",|;":
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count)
        if usual >= _FEW_COLUMNS and counts.count(usual) >= 0.9 * len(lines):
            return mark
    return None


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Rows of fields; a stray quote that would swallow the file makes quotes plain text."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        rows = []
    if not rows or any("\n" in field and field.count("\n") > 50 for row in rows for field in row):
        return [line.split(delimiter) for line in text.split("\n")]
    return rows


def _table(rows: Sequence[Sequence[str]]) -> Table | None:
    """A table of the rows; lines without any field are dropped."""
    cells: list[Cell] = []
    number = 0
    columns = 0
    for row in rows:
        if not any(field.strip() for field in row):
            continue
        for column, field in enumerate(row):
            cells.append(Cell(_plain(field), number, column))
        columns = max(columns, len(row))
        number += 1
    return Table(tuple(cells), number, columns) if cells else None


def _plain(field: str) -> str:
    """A field without the tricks that keep Excel from rounding: a tab, `'`, or `="…"`."""
    text = one_line(field)
    if text.startswith('="'):
        found = _FORMULA.match(text)
        if found is not None:
            return found.group(1)
    if text[:1] in "'‘`" and text[1:2].isalnum():
        return text[1:]
    return text


def _aligned(lines: Sequence[str], start: int) -> tuple[list[list[str]], int]:
    """Rows of fields from `start` on while the lines stand in the same columns, and the first
    line after them.

    Lines that a browser or a spreadsheet copied have one tab a column, an empty cell its own, and
    often an empty line between two rows.
    """
    if "\t" in lines[start]:
        found = _take_rows(lines, start, _tabbed, loose=True)
        if len(found[0]) >= _MIN_LINES:
            return found
    if _RULED.match(lines[start]):
        rows, end = _take_rows(lines, start, _piped, loose=False)
        return [row for row in rows if not all(map(_is_rule, row))], end
    return _take_rows(lines, start, _spaced, loose=False)


def _take_rows(
    lines: Sequence[str], start: int, split: Callable[[str], list[str]], *, loose: bool
) -> tuple[list[list[str]], int]:
    """Rows that have as many fields as the first; where `loose`, or fewer, with gaps between."""
    rows: list[list[str]] = []
    end = start
    for number in range(start, len(lines)):
        line = lines[number]
        if not line.strip():
            if loose and number == end:  # one empty line between two rows
                continue
            break
        fields = split(line)
        fits = (
            len(fields) <= len(rows[0])
            if loose and rows
            else len(fields) == len((rows or [fields])[0])
        )
        if len(fields) < _FEW_COLUMNS or not fits:
            break
        rows.append(fields)
        end = number + 1
    return rows, end


def _spaced(line: str) -> list[str]:
    return _COLUMNS.split(line.strip(" \u3000"))


def _piped(line: str) -> list[str]:
    """Fields between bars, `| 1 | 张三 |`; one where the line has no bars at its ends."""
    return line.strip()[1:-1].split("|") if _RULED.match(line) else [line]


def _is_rule(field: str) -> bool:
    """Whether a field is the line under a head: `---`, `:---:`."""
    return not field.strip(" :-") and "-" in field


def _tabbed(line: str) -> list[str]:
    return line.rstrip("\t \u3000").split("\t")
