"""Rosters pasted as paragraphs: lines that split into the same fields are read as a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.model import LINE, Block, BlockKind, Cell, Document, Location, Table, Where

_LEAST_ROWS = 3
_FEWEST_FIELDS, _MOST_FIELDS = 3, 24
_LONGEST_FIELD = 48
_TEXT_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_DELIMITERS = (
    re.compile(r"[ \u3000\u00a0]*[|｜│][ \u3000\u00a0]*"),
    re.compile(r"[ \u3000\u00a0\t]{2,}|\t"),
    re.compile(r"[ \u3000\u00a0]*[,，;；、][ \u3000\u00a0]*"),
    re.compile(r"[ \u3000\u00a0\t]+"),
)
_HEADS_TOLD = re.compile(r"[（(]([^（）()]{4,120})[）)][^（）()]{0,6}$")
_BETWEEN_HEADS = re.compile(r"[ \u3000\u00a0、，,;；|/—-]+")
_SPREAD_NAME = re.compile(r"[\u3400-\u9fff]")
_VALUE = re.compile(r"[0-9０-９*＊]{6}")
_ENUMERATED = re.compile(r"^(?:[(（]?[0-9０-９]{1,3}[)）]?[、.．]|[^\w\s(（*＊\"'“‘]{1,3})\s*")


@dataclass(slots=True, eq=False)  # stays in this file; frozen ones cost three times as much
class _Line:
    text: str
    block: int
    where: Where
    has_value: bool


def with_rosters(document: Document) -> Document:
    """The document with every roster in its paragraphs turned into a table block.

    A roster is at least three lines in a row, each of the same three or more short fields by one
    delimiter, most of them holding a number of six or more digits. The document itself comes back
    where there is none.
    """
    lines = list(_lines(document))
    if not any(line.has_value for line in lines):
        return document
    taken: dict[int, tuple[int, Block]] = {}  # first block -> (last block, table)
    place = 0
    while place < len(lines):
        # Most lines of a roster hold a number: not the first, which may be its head, but the next.
        likely = any(line.has_value for line in lines[place + 1 : place + 3])
        found = _roster_at(lines, place) if likely else None
        if found is None:
            place += 1
            continue
        rows, fields = found
        first, last = lines[place].block, lines[place + rows - 1].block
        if _whole_blocks(lines, place, rows):
            location = document.blocks[first].location
            heads = _announced(lines[place - 1].text, len(fields[0])) if place else None
            rows_with_heads = fields if heads is None else [heads, *fields]
            taken[first] = (last, _table(rows_with_heads, lines[place].where, location))
        place += rows
    return _rebuilt(document, taken) if taken else document


def _lines(document: Document) -> Iterator[_Line]:
    valued = {document.block_at(found.start()) for found in _VALUE.finditer(document.text)}
    for index, block in enumerate(document.blocks):
        if block.kind not in _TEXT_KINDS or block.table is not None:
            continue
        if LINE not in block.text:
            text = block.text.strip()
            if text:
                yield _Line(text, index, block.where, index in valued)
            continue
        for line in block.text.split(LINE):
            if line.strip():
                has_value = index in valued and _VALUE.search(line) is not None
                yield _Line(line.strip(), index, block.where, has_value)


def _roster_at(lines: Sequence[_Line], place: int) -> tuple[int, list[list[str]]] | None:
    """Number of lines and their fields of the roster that begins at `place`."""
    for delimiter in _DELIMITERS:
        head = _fields(lines[place], delimiter)
        if head is None:
            continue
        rows, last = [head], lines[place].block
        for line in lines[place + 1 :]:
            fields = _fields(line, delimiter)
            near = line.block - last <= 1
            last = line.block
            if not near or fields is None or len(fields) != len(head):
                break
            if line.where is not lines[place].where:
                break
            rows.append(fields)
        with_value = sum(any(_VALUE.search(field) for field in row) for row in rows)
        if len(rows) >= _LEAST_ROWS and with_value * 3 >= len(rows) * 2:
            return len(rows), rows
    return None


def _fields(line: _Line, delimiter: "re.Pattern[str]") -> list[str] | None:
    if len(line.text) > _MOST_FIELDS * _LONGEST_FIELD:
        return None
    fields = _joined_names(delimiter.split(line.text.rstrip(" ,，;；。、")))
    if not _FEWEST_FIELDS <= len(fields) <= _MOST_FIELDS:
        return None
    fields[0] = _ENUMERATED.sub("", fields[0]) or fields[0]
    return fields if all(len(field) <= _LONGEST_FIELD for field in fields) else None


def _joined_names(fields: list[str]) -> list[str]:
    """Two letters that were spread to the width of a name of three are one field again."""
    out: list[str] = []
    for number, field in enumerate(fields):
        single = _SPREAD_NAME.fullmatch(field) is not None
        if (
            single
            and number
            and _SPREAD_NAME.fullmatch(fields[number - 1])
            and out[-1] == fields[number - 1]
        ):
            out[-1] += field
        else:
            out.append(field)
    return out


def _announced(line: str, columns: int) -> list[str] | None:
    """The heads that the line before a roster names: `情况如下（姓名 身份证号 供养方式）：`."""
    found = _HEADS_TOLD.search(line)
    if found is None:
        return None
    heads = [head for head in _BETWEEN_HEADS.split(found.group(1).strip()) if head]
    return heads if len(heads) == columns else None


def _whole_blocks(lines: Sequence[_Line], place: int, rows: int) -> bool:
    """Whether no line of the roster's first and last block stands outside it."""
    before = place == 0 or lines[place - 1].block != lines[place].block
    end = place + rows
    return before and (end == len(lines) or lines[end].block != lines[end - 1].block)


def _table(rows: list[list[str]], where: Where, location: Location) -> Block:
    cells = tuple(
        Cell(text, r, c, where=where) for r, row in enumerate(rows) for c, text in enumerate(row)
    )
    return Block.of_table(Table(cells, len(rows), len(rows[0])), where, location)


def _rebuilt(document: Document, taken: dict[int, tuple[int, Block]]) -> Document:
    blocks: list[Block] = []
    skip = -1
    for index, block in enumerate(document.blocks):
        if index <= skip:
            continue
        if index in taken:
            skip, table = taken[index]
            blocks.append(table)
        else:
            blocks.append(block)
    return Document.build(
        document.source, document.media_type, blocks, document.meta, document.unread
    )
