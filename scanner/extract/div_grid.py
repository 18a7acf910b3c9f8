"""Tables that are built of `<div>`: rows of as many short cells each, laid out by a style sheet.

Read as paragraphs, their values would lose the heads of their columns and whose they are.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

Element = etree._Element

_LEAST_ROWS, _LEAST_CELLS, _MOST_CELLS = 3, 3, 24
_LONGEST_CELL = 60  # characters
_ROW_TAGS = frozenset(("div", "ul", "li", "section", "article"))
_CELL_TAGS = frozenset(("div", "li", "span", "p", "i", "b", "em", "strong", "label"))
_INLINE = frozenset(("a", "b", "strong", "em", "i", "u", "font", "span", "br", "small", "label"))
_PERSONS = re.compile(r"姓\s*名|户\s*主|申请人|当事人")  # heads of columns
_NUMBER = re.compile(r"[0-9０-９*＊Xx]{6}")


@contextmanager
def as_tables(root: Element) -> Iterator[None]:
    """While it lasts, the elements of every such grid bear the names of a table's: `<table>`,
    `<tr>`, `<td>`. Their own names come back, so that paths into the page hold."""
    renamed: list[tuple[Element, str]] = []
    try:
        for node in list(root.iter("div", "section", "ul", "ol")):
            if len(node) >= _LEAST_ROWS and _is_grid(node):
                _rename(node, renamed)
        yield
    finally:
        for node, tag in renamed:
            node.tag = tag


def _rename(grid: Element, renamed: list[tuple[Element, str]]) -> None:
    def name(node: Element, tag: str) -> None:
        renamed.append((node, str(node.tag)))
        node.tag = tag

    name(grid, "table")
    for row in grid:
        if isinstance(row.tag, str):
            name(row, "tr")
            for cell in row:
                if isinstance(cell.tag, str):
                    name(cell, "td")


def _is_grid(grid: Element) -> bool:
    rows = [row for row in grid if isinstance(row.tag, str)]
    if len(rows) < _LEAST_ROWS or _has_words(grid.text):
        return False
    width = len(rows[0])
    if not _LEAST_CELLS <= width <= _MOST_CELLS:
        return False
    if any(len(row) != width or row.tag not in _ROW_TAGS for row in rows):
        return False
    if not all(map(_is_row, rows)):
        return False
    if _PERSONS.search("".join(rows[0].itertext())):
        return True
    numbered = sum(_NUMBER.search("".join(row.itertext())) is not None for row in rows)
    return numbered * 2 >= len(rows)


def _is_row(row: Element) -> bool:
    """Whether nothing but short cells stands in it; spans must be told apart by `<div>` rows."""
    return not _has_words(row.text) and not _has_words(row.tail) and all(map(_is_cell, row))


def _is_cell(cell: Element) -> bool:
    if cell.tag not in _CELL_TAGS or _has_words(cell.tail):
        return False
    if any(child.tag not in _INLINE for child in cell.iterdescendants() if child is not cell):
        return False
    return len("".join(cell.itertext()).strip()) <= _LONGEST_CELL


def _has_words(text: str | None) -> bool:
    return bool(text and text.strip())
