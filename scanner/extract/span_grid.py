"""Rows that the style sheet lays out: spans of one class, side by side, are columns to the reader.

Their texts touch in the source; read as running text the end of one number would be the beginning
of the next.
"""

import re

from lxml import etree

_LEAST = 4  # spans in a row
_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"[0-9Xx*\s-]{6,}")


def is_grid_cell(node: etree._Element) -> bool:
    """Whether a span is a column of such a row, and not its first."""
    before = node.getprevious()
    parent = node.getparent()
    if before is None or parent is None or len(parent) < _LEAST:
        return False
    name = node.get("class")
    if not name or before.tag != "span" or before.get("class") != name or _gap(before):
        return False
    return _is_row(parent, name)


def _gap(node: etree._Element) -> bool:
    return bool(node.tail and node.tail.strip())


def _is_row(parent: etree._Element, name: str) -> bool:
    """Whether a parent holds nothing but spans of one class, words in one, a number in another: a
    number that an editor cut into spans has no words between."""
    words = numbers = False
    for child in parent:
        if child.tag != "span" or child.get("class") != name or _gap(child):
            return False
        text = "".join(child.itertext()).strip()
        words = words or bool(_HAN.search(text))
        numbers = numbers or bool(_NUMBER.fullmatch(text))
    return words and numbers
