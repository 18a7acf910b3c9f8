"""Rows whose cells hold text only: most rows of most pages, read without the general walk."""

from scanner.extract.attributes import NOISE
from scanner.extract.draft import Element
from scanner.extract.footer import names_site_part
from scanner.extract.frames import RawCell
from scanner.extract.text import collapse
from scanner.extract.visibility import read_style
from scanner.model import Where

_MAX_ROW_SPAN = 65534  # as browsers have it
_CELLS = frozenset(("td", "th"))
_SPECIAL = frozenset(("hidden", "width", "height", "style"))
_QUIET = (NOISE | {"rowspan", "colspan"}) - _SPECIAL


def plain_row(row: Element, where: Where) -> list[RawCell] | None:
    """The cells of a `<tr>` in which nothing but text stands; None when the walk must look."""
    cells: list[RawCell] = []
    for node in row:
        tag = node.tag
        if tag not in _CELLS or len(node):
            return None
        tail = node.tail
        if tail and not tail.isspace():
            return None
        cell = RawCell(node, where, tag == "th")
        items = node.items()
        if items and not _take(cell, items):
            return None
        text = node.text
        if text:
            cell.plain = collapse([text])
        cells.append(cell)
    return cells


def _take(cell: RawCell, items: list[tuple[str, str]]) -> bool:
    """Note the spans; False when an attribute hides, colours, or may hold data."""
    for name, value in items:
        if name == "style":
            style = read_style(value)
            if style.hides or style.white:
                return False
        elif name == "rowspan":
            cell.row_span = span(value, 0)
        elif name == "colspan":
            cell.column_span = span(value, 1)
        elif not _is_quiet(name, value):
            return False
    return True


def _is_quiet(name: str, value: str) -> bool:
    """Whether the attribute changes nothing and holds nothing."""
    if name in ("width", "height"):
        return value != "0"
    if name == "class":
        return not names_site_part(value)
    return name in _QUIET


def span(value: str | None, least: int) -> int:
    """A rowspan or colspan as a browser reads it; 0 is allowed for rows: to the table's end."""
    if value is None:
        return 1
    digits = value.strip()[:6]
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(max(int(digits), least), _MAX_ROW_SPAN)
