"""Data inside scripts: literals become tables and fields, the rest lines of decoded text."""

import json
import re
from collections.abc import Iterable, Sequence

from scanner.extract.draft import Draft
from scanner.extract.literals import parse_at, unescape
from scanner.extract.text import collapse, holds_data, one_line
from scanner.extract.walk import FragmentReader
from scanner.lang import tr
from scanner.model import LINE, BlockKind, Cell, Table, Where

MAX_SCRIPT = 2_000_000  # characters of one script that are read as data; the rest as lines
_MAX_TRIES = 5000  # braces of one script that are tried as data
_MAX_ITEMS = 200_000  # values taken from one script
_MAX_DEPTH = 30
_MAX_KEYS = 200  # columns of a table made of objects
_LONG_LINE = 1000
_TOKEN = re.compile(
    # What is not closed ends with its line, or with the text: every match is a step forward.
    r"""(?P<string>"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?)"""
    r"""|(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))|(?P<brace>[\[{])""",
    re.DOTALL,
)
_JOIN = re.compile(r"""(["'])\s*\+\s*\1""")
_MARKUP = re.compile(r"</?(?:t[rdh]|table|p|div|span|li|ul|a|b|br|strong|font|h\d|input)\b", re.I)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_PIECE = re.compile(r"[;{}]")


class ScriptData:
    """Collects the blocks of one script or JSON text."""

    def __init__(self, fragment: FragmentReader, where: Where, depth: int) -> None:
        self.drafts: list[Draft] = []
        self._fragment = fragment
        self._where = where
        self._depth = depth
        self._left = _MAX_ITEMS

    def script(self, text: str, kind: str) -> None:
        """Read the content of a `<script>` with its `type`."""
        if "xml" in kind or "html" in kind or "template" in kind:
            self._markup(unwrap(text))
            return
        if len(text) > MAX_SCRIPT:
            self._lines(unescape(text[MAX_SCRIPT:]))
        self._code(text[:MAX_SCRIPT])

    def value(self, value: object, name: str = "", depth: int = 0) -> None:
        """Blocks of one parsed value: objects of a list as a table, the rest as fields."""
        if depth > _MAX_DEPTH or self._left <= 0:
            self._note_budget()
            return
        if isinstance(value, dict):
            for key, inner in value.items():
                self.value(inner, str(key), depth + 1)
        elif isinstance(value, list):
            self._list(value, name, depth)
        else:
            self._scalar(value, name)

    # --- code ---------------------------------------------------------------------------------

    def _code(self, text: str) -> None:
        text = _JOIN.sub("", text)
        rest: list[str] = []
        markup: list[str] = []
        at, tries, spent = 0, 0, 0
        while (token := _TOKEN.search(text, at)) is not None:
            rest.append(text[at : token.start()])
            at = token.end()
            if token.lastgroup == "string":
                rest.append(self._string(token.group(), markup))
            elif token.lastgroup == "comment":
                rest.append(token.group())
            else:
                tries += 1
                found = parse_at(text, token.start()) if self._may_try(tries, spent, text) else None
                if found is not None:
                    spent += found.end - token.start()
                if found is None or not found.ok:
                    rest.append(token.group())
                else:
                    self.value(found.value)
                    at = found.end
        rest.append(text[at:])
        if markup:
            self._markup("".join(markup))
        self._lines(unescape("".join(rest)))

    @staticmethod
    def _may_try(tries: int, spent: int, text: str) -> bool:
        return tries <= _MAX_TRIES and spent <= 4 * len(text) + 10_000

    @staticmethod
    def _string(literal: str, markup: list[str]) -> str:
        content = unescape(literal[1:].removesuffix(literal[0]))
        if _MARKUP.search(content):
            markup.append(content)
            return ""
        return f'"{content}"'

    def _lines(self, text: str) -> None:
        for line in text.split("\n"):
            if not holds_data(line):
                continue
            pieces = _PIECE.split(line) if len(line) > _LONG_LINE else [line]
            for piece in pieces:
                if holds_data(piece):
                    self._add(BlockKind.PARAGRAPH, collapse([piece]))

    # --- values -------------------------------------------------------------------------------

    def _list(self, items: list[object], name: str, depth: int) -> None:
        objects = [item for item in items if isinstance(item, dict)]
        rows = [item for item in items if isinstance(item, list)]
        if items and len(objects) == len(items) and self._objects(objects, name, depth):
            return
        if len(rows) > 1 and len(rows) == len(items) and all(map(_is_flat, rows)):
            self._table([[_text(v) for v in row] for row in rows], name, header=False)
            return
        plain = [item for item in items if not isinstance(item, dict | list)]
        if len(plain) > 1 and len(plain) == len(items):
            self._table([[_text(v)] for v in plain], name, header=False)
            return
        for item in items:
            self.value(item, name, depth + 1)

    def _objects(self, objects: Sequence[dict[str, object]], name: str, depth: int) -> bool:
        """A table with the keys as its header, when the objects share them."""
        keys: dict[str, int] = {}
        for item in objects:
            for key, value in item.items():
                if not isinstance(value, dict | list):
                    keys[key] = keys.get(key, 0) + 1
        if not keys or len(keys) > _MAX_KEYS or max(keys.values()) * 2 < len(objects):
            return False
        if len(keys) == 1 and len(objects) == 1:
            return False
        header = list(keys)
        rows = [header]
        rows.extend([self._cell(item.get(key)) for key in header] for item in objects)
        self._table(rows, name, header=True)
        for item in objects:
            for key, value in item.items():
                if isinstance(value, dict | list):
                    self.value(value, key, depth + 1)
        return True

    def _cell(self, value: object) -> str:
        text = _text(value)
        if _MARKUP.search(text):
            parts = self._fragment(text, self._where, self._depth)
            return LINE.join(p.text for p in parts if p.table is None)
        return text

    def _table(self, rows: list[list[str]], name: str, *, header: bool) -> None:
        body = rows[1:] if header else rows
        if not any(holds_data(text) for row in body for text in row):
            return
        columns = max(len(row) for row in rows)
        self._left -= len(rows) * columns
        cells = tuple(
            Cell(text, r, c, is_header=header and r == 0, where=self._where)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        )
        table = Table(cells, len(rows), columns, name)
        self.drafts.append(
            Draft(BlockKind.TABLE, "", self._where, name=name, note=name or None, table=table)
        )

    def _scalar(self, value: object, name: str) -> None:
        text = _text(value)
        if _MARKUP.search(text):
            self._markup(text)
        elif holds_data(text):
            self._left -= 1
            self._add(BlockKind.FIELD, text, name)

    def _markup(self, text: str) -> None:
        self.drafts.extend(self._fragment(text, self._where, self._depth))

    def _add(self, kind: BlockKind, text: str, name: str = "") -> None:
        if text:
            self.drafts.append(Draft(kind, text, self._where, name=name, note=name or None))

    def _note_budget(self) -> None:
        words = tr("数据过多或嵌套过深，未读", "too many or too deeply nested values, not read")
        if not self.drafts or self.drafts[-1].text != words:
            self._add(BlockKind.PARAGRAPH, words)


def unwrap(text: str) -> str:
    """XML with its CDATA sections as plain markup, as list pages carry their records."""
    return _CDATA.sub(r"\1", text)


def _is_flat(row: Iterable[object]) -> bool:
    return not any(isinstance(item, dict | list) for item in row)


def _text(value: object) -> str:
    if value is None or value is True or value is False:
        return ""
    return one_line(str(value))


def parse_json(text: str) -> object | None:
    """The value of a whole JSON text, numbers as text; None when it is not JSON."""
    try:
        value: object = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return value
