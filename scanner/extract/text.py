"""White space, separators and the question whether a piece of text may hold data."""

import re

from scanner.model import LINE

GAP = "  "  # between columns that no table parts
BREAK = "\x1f"  # a <br> inside collected text, before white space is collapsed

# The separators of the joined text (model.py) must not occur inside a cell or a paragraph.
_SEPARATORS = re.compile("[\x00\x1c-\x1f]")
_SPACE = re.compile("[ \t\n\r\f\v\x1c-\x1e]+")
_UNEVEN = re.compile("[\t-\r\x1c-\x1f\u00a0\u3000]|  ")  # or no-break spaces: maybe only those
_AROUND_BREAK = re.compile(" ?\x1f ?")
_MANY_LINES = re.compile("\n{3,}")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_ONE = re.compile(f"[{_HAN}]")
_DATA = re.compile(
    f"[{_HAN}@＠]"
    "|[0-9０-９](?:[\\s\\-\u00a0\u2009\u200b\u3000\ufeff]?[0-9０-９]){4}"
    "|[0-9][*＊×xX]{3}"
)


def clean(text: str) -> str:
    """Remove NUL and turn the characters that separate blocks, rows and cells into spaces."""
    if _SEPARATORS.search(text) is None:
        return text
    return _SEPARATORS.sub(" ", text.replace("\x00", ""))


def collapse(parts: list[str], *, columns: bool = False) -> str:
    """Join inline pieces as a browser shows them: ASCII white space is one space, BREAK a LINE.

    No-break, ideographic and zero-width spaces stay: the engine reads numbers across them. With
    `columns`, a tab within a line is GAP: it parts the columns of a sheet pasted as text.
    """
    text = parts[0] if len(parts) == 1 else "".join(parts)
    if _UNEVEN.search(text) is None:
        return text.strip(" ")
    text = _SPACE.sub(_gap if columns and "\t" in text else " ", text)
    if BREAK in text:
        text = _MANY_LINES.sub("\n\n", _AROUND_BREAK.sub(LINE, text))
    text = text.strip(" \n")
    # A paragraph of no-break spaces only holds nothing.
    return text if text.strip() else ""


def _gap(space: "re.Match[str]") -> str:
    """A tab within a line parts the columns of a pasted sheet: they stay apart."""
    run = space.group()
    return GAP if "\t" in run and "\n" not in run and "\r" not in run else " "


def one_line(text: str) -> str:
    """The text of one cell or value without tabs and separators; line ends stay."""
    text = clean(text).replace("\r\n", LINE).replace("\r", LINE)
    return text.replace("\t", " ").strip(" \n")


def holds_data(text: str) -> bool:
    """Whether the text has Han characters, five digits in a row, an at sign or a mask."""
    return _DATA.search(text) is not None


def has_han(text: str) -> bool:
    """Whether the text has at least one Han character."""
    return _HAN_ONE.search(text) is not None


def words(text: str) -> frozenset[str]:
    """A set of names written as one text."""
    return frozenset(text.split())
