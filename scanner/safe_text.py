"""Text of published pages, made safe for the place where it is shown.

A page's title, a file's name and the words around a value are written by strangers. They may hold
terminal escapes, characters that turn the reading direction, markup of the library that paints the
terminal, or a spreadsheet formula. Every room that shows such text passes it through here.
"""

import json
import re
import unicodedata
from typing import Any

from rich.cells import cell_len
from rich.text import Text

_REPLACEMENT = "�"
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[\s\u3000]+")
# What a spreadsheet program reads as the start of a formula; the full-width forms are read as the
# half-width ones by programs set to an East Asian language.
_FORMULA_START = re.compile(r"\s*[=+\-@|%＝＋－＠﹢﹣﹦﹫−]|[\t\r\n]")
# What may stand neither in XML 1.0 nor in a spreadsheet.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CELL_LIMIT = 32_767  # characters a spreadsheet cell holds
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Everything but printable ASCII, Han characters and their punctuation is looked at one by one.
_UNUSUAL = re.compile("[^\x20-\x7e\u3001-\u303f\u4e00-\u9fff\uff01-\uffee]")


def _safe_char(match: re.Match[str]) -> str:
    char = match.group()
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category == "Cf":  # invisible by nature: zero width, direction, tags
        return ""
    return _REPLACEMENT if category in _UNSAFE_CATEGORIES else char


def printable(text: str) -> str:
    """`text` with its lines kept and nothing in it that a terminal obeys.

    Every line end becomes a line feed, a tab a space. Control characters (C0, C1 and DEL) and
    lone surrogates are shown as U+FFFD; direction marks, zero-width and tag characters go.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return _UNUSUAL.sub(_safe_char, text)


def one_line(text: str, width: int | None = None) -> str:
    """`printable` text on one line, cut to `width` terminal columns (a Han character has two)."""
    line = _SPACES.sub(" ", printable(text)).strip()
    return line if width is None else cut(line, width)


def cut(text: str, width: int) -> str:
    """`text` cut to `width` terminal columns, with an ellipsis where something went.

    Characters without a width of their own are counted too, so that a flood of combining marks
    cannot pass.
    """
    if cell_len(text) <= width and len(text) <= 2 * width:
        return text
    if width < 1:
        return ""
    kept: list[str] = []
    columns = 0
    for char in text:
        columns += cell_len(char)
        if columns > width - 1 or len(kept) >= 2 * width - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def styled(text: str, style: str = "", width: int | None = None) -> Text:
    """One safe line as a rich `Text`: rich markup in it stays plain characters."""
    return Text(one_line(text, width), style=style)


def for_cell(text: str) -> str:
    """`text` as a spreadsheet cell that is read as text, never as a formula.

    A leading apostrophe is put where the cell would otherwise be taken for a formula.
    """
    text = _NOT_XML.sub(_REPLACEMENT, text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    if _FORMULA_START.match(text):
        text = "'" + text
    return text[:_CELL_LIMIT]


def json_line(value: Any) -> str:
    """`value` as one line of JSON that a terminal shows as written.

    Han characters stay as they are. What a terminal would obey or hide is written as an escape of
    JSON, so that the parsed value is the same.
    """
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNUSUAL.sub(_json_char, line)


def _json_char(match: re.Match[str]) -> str:
    char = match.group()
    unsafe = unicodedata.category(char) in _UNSAFE_CATEGORIES
    return json.dumps(char)[1:-1] if unsafe else char
