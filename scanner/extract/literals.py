"""JavaScript object and array literals: JSON, and what JSON does not allow but pages write.

Numbers stay text: an 18-digit number in a page is not rounded here as a browser would.
"""

import json
import re
from typing import NamedTuple

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)
# A brace that opens data, not code: a key and a colon, an item, or nothing.
_DATA_START = re.compile(
    r"""\{\s*(?:\}|(?:"(?:[^"\\\n]|\\.){0,80}"|'(?:[^'\\\n]|\\.){0,80}'|[\w$]{1,80})\s*:)"""
    r"""|\[\s*(?:\]|[\[{"'\d-])"""
)
_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r"""("(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|`(?:[^`\\]|\\.)*+`)""", re.DOTALL)
_WORD = re.compile(r"[\w$.+-]+")
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": " ", "v": " ", "0": "", "\n": ""}
_MAX_DEPTH = 50
_DEEP = 2000  # characters charged for nesting that exhausts the parser


class NotDataError(ValueError):
    """The text is no literal; `at` is where that showed."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(at)


class Parsed(NamedTuple):
    """What stood at a place: `value` up to `end`, or no literal, which showed at `end`."""

    ok: bool
    value: object
    end: int


def parse_at(text: str, start: int) -> Parsed:
    """Read the literal that starts at `start`."""
    if _DATA_START.match(text, start) is None:
        return Parsed(False, None, start + 1)
    try:
        return Parsed(True, *_DECODER.raw_decode(text, start))
    except RecursionError:
        return Parsed(False, None, start + _DEEP)  # deeper than data is
    except json.JSONDecodeError as error:
        reached = error.pos
        try:
            return Parsed(True, *_value(text, start, 0))
        except NotDataError as miss:
            return Parsed(False, None, max(miss.at, reached))


def unescape(text: str) -> str:
    r"""Undo the escapes of a JavaScript string: \uXXXX, \xXX, \/ and the rest."""
    if "\\" not in text:
        return text
    out = _ESCAPE.sub(_escape, text)
    return _PAIR.sub(lambda m: m.group().encode("utf-16", "surrogatepass").decode("utf-16"), out)


def _escape(found: re.Match[str]) -> str:
    code = found.group(1)
    if len(code) > 1:
        number = int(code.lstrip("ux").strip("{}"), 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    return _PLAIN.get(code, code)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found is not None else at


def _value(text: str, at: int, depth: int) -> tuple[object, int]:
    if depth > _MAX_DEPTH or at >= len(text):
        raise NotDataError(at)
    first = text[at]
    if first == "{":
        return _object(text, at + 1, depth)
    if first == "[":
        return _array(text, at + 1, depth)
    if first in "\"'`":
        return _string(text, at)
    found = _WORD.match(text, at)
    if found is None:
        raise NotDataError(at)
    return found.group(), found.end()


def _string(text: str, at: int) -> tuple[str, int]:
    found = _STRING.match(text, at)
    if found is None:
        raise NotDataError(len(text))  # looked for its end all the way
    return unescape(found.group()[1:-1]), found.end()


def _object(text: str, at: int, depth: int) -> tuple[object, int]:
    out: dict[str, object] = {}
    while True:
        at = _skip(text, at)
        if text.startswith("}", at):
            return out, at + 1
        key, at = _value(text, at, _MAX_DEPTH) if text[at : at + 1] not in "{[" else _refuse(at)
        at = _skip(text, at)
        if not text.startswith(":", at):
            raise NotDataError(at)
        value, at = _value(text, _skip(text, at + 1), depth + 1)
        out[str(key)] = value
        at = _after_item(text, at, "}")


def _array(text: str, at: int, depth: int) -> tuple[object, int]:
    out: list[object] = []
    while True:
        at = _skip(text, at)
        if text.startswith("]", at):
            return out, at + 1
        value, at = _value(text, at, depth + 1)
        out.append(value)
        at = _after_item(text, at, "]")


def _after_item(text: str, at: int, end: str) -> int:
    at = _skip(text, at)
    if text.startswith(",", at):
        return at + 1
    if text.startswith(end, at):
        return at
    raise NotDataError(at)


def _refuse(at: int) -> tuple[object, int]:
    raise NotDataError(at)
