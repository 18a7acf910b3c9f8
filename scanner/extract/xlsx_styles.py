"""Cell formats of a workbook: which are dates, which pad with zeros, which hide their cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum

from scanner.extract.xml_events import parse

CERTAIN_DIGITS = 15  # a stored number is a double; more digits are the writer's invention
_MAX_FORMATS = 100_000
_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_TIMES = frozenset((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56))
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_NOTHING = re.compile(r'(?:\[[^\]]*\])?(?:""|\s)*(?:;(?:""|\s)*){2,3}$')
_ZEROS = re.compile(r"0{2,20}$")


class Shape(Enum):
    """How a number is shown."""

    PLAIN = 0
    DATE = 1
    DATE_TIME = 2
    TIME = 3


@dataclass(frozen=True, slots=True)
class Format:
    """One entry of cellXfs."""

    shape: Shape = Shape.PLAIN
    zeros: int = 0  # least digits: "000000" shows 556 as 000556
    hides: bool = False  # ";;;" or white letters on no colour


PLAIN = Format()


def read_styles(chunks: Iterable[bytes]) -> list[Format]:
    """Formats by the index that cells name in `s`."""
    reader = _Styles()
    parse(chunks, reader.start, reader.end, lambda _text: None)
    return reader.formats()


class _Styles:
    def __init__(self) -> None:
        self._path: list[str] = []
        self._codes: dict[int, str] = {}
        self._white: list[bool] = []
        self._filled: list[bool] = []
        self._entries: list[tuple[int, int, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if name == "numFmt" and parent == "numFmts":
            self._codes[_int(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "font" and parent == "fonts":
            self._white.append(False)
        elif name == "color" and parent == "font" and self._white and "fonts" in self._path:
            self._white[-1] = _is_white(attributes)
        elif name == "fill" and parent == "fills":
            self._filled.append(False)
        elif name == "patternFill" and self._filled:
            self._filled[-1] = attributes.get("patternType", "none") != "none"
        elif name == "gradientFill" and self._filled:
            self._filled[-1] = True
        elif name == "fgColor" and self._filled and _is_white(attributes):
            self._filled[-1] = False
        elif name == "xf" and parent == "cellXfs" and len(self._entries) < _MAX_FORMATS:
            keys = ("numFmtId", "fontId", "fillId")
            number, font, fill = (_int(attributes.get(key)) for key in keys)
            self._entries.append((number, font, fill))

    def end(self, _name: str) -> None:
        if self._path:
            self._path.pop()

    def formats(self) -> list[Format]:
        known: dict[tuple[int, int, int], Format] = {}
        return [known.setdefault(entry, self._format(*entry)) for entry in self._entries]

    def _format(self, number: int, font: int, fill: int) -> Format:
        white = font < len(self._white) and self._white[font]
        filled = fill < len(self._filled) and self._filled[fill]
        return format_of(number, self._codes.get(number, ""), white=white, filled=filled)


def format_of(number: int, code: str, *, white: bool, filled: bool) -> Format:
    """The format of a built-in number or a written code, with white letters or a fill or both."""
    hides = (white and not filled) or _NOTHING.match(code) is not None
    zeros = _ZEROS.match(_LITERAL.sub("", code.partition(";")[0]))
    return Format(_shape(number, code), len(zeros.group()) if zeros else 0, hides)


def _int(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text[:9].isdigit() else 0


def _is_white(attributes: dict[str, str]) -> bool:
    if attributes.get("theme") == "0":
        return "tint" not in attributes
    if attributes.get("indexed") in ("1", "9"):
        return True
    return attributes.get("rgb", "").upper()[-6:] == "FFFFFF"


def _shape(number: int, code: str) -> Shape:
    if not code:
        if number == 22:
            return Shape.DATE_TIME
        if number in _DATES:
            return Shape.DATE
        return Shape.TIME if number in _TIMES else Shape.PLAIN
    letters = _LITERAL.sub("", code.partition(";")[0]).lower().replace("general", "")
    has_date = "y" in letters or "d" in letters or ("m" in letters and "h" not in letters)
    has_time = "h" in letters or "s" in letters
    if has_date:
        return Shape.DATE_TIME if has_time else Shape.DATE
    return Shape.TIME if has_time else Shape.PLAIN


def number_text(raw: str, style: Format, *, from_1904: bool = False) -> tuple[str, bool]:
    """(text, whether digits were lost) of a stored number.

    A double holds 15 digits for certain. Of a longer number the 15 are given and "…"; digits
    that the file itself writes out beyond them are kept, for no double wrote those.
    """
    if style.shape is not Shape.PLAIN:
        moment = _moment(raw, style.shape, from_1904)
        if moment is not None:
            return moment, False
    if len(raw) <= CERTAIN_DIGITS and raw.isascii() and raw.isdigit():
        return raw.zfill(style.zeros), False
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return raw, False
    if not value.is_finite() or value.adjusted() > 40 or value.adjusted() < -40:
        return raw, False
    if value != value.to_integral_value():
        return _fraction(value), False
    digits = format(abs(value), "f").partition(".")[0]
    sign = "-" if value < 0 else ""
    if len(digits) <= CERTAIN_DIGITS:
        return sign + digits.zfill(style.zeros), False
    is_written_out = "e" not in raw.lower() and len(digits.rstrip("0")) > CERTAIN_DIGITS
    if is_written_out:
        return sign + digits, False
    # Excel rounds to 15 digits; the double that it writes may be just below that number.
    certain = format(Decimal(f"{abs(value):.{CERTAIN_DIGITS}g}"), "f")
    return f"{sign}{certain[:CERTAIN_DIGITS]}…", True


def _fraction(value: Decimal) -> str:
    """A broken number to 15 digits, without the noise of its binary form and without exponent."""
    rounded = Decimal(f"{value:.15g}")
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(raw: str, shape: Shape, from_1904: bool) -> str | None:
    try:
        days = float(raw)
    except ValueError:
        return None
    if not 0 <= days < 2_958_466:
        return None
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    moment = start + timedelta(days=days)
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    if shape is Shape.TIME or days < 1:
        return moment.time().isoformat("minutes") if days < 1 else None
    if shape is Shape.DATE and moment.time() == time():
        return moment.date().isoformat()
    if moment.time() == time():
        return date.isoformat(moment.date())
    return moment.isoformat(" ", "minutes")
