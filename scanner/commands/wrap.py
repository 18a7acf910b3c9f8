"""Help texts laid out by terminal columns: a Han character takes two, and needs no space."""

import re
import unicodedata

import click

from scanner.lang import tr

_TOKEN = re.compile(r"\s+|[!-~]+|.")
_NOT_FIRST = frozenset("，。、；：）》”’！？】…·,.;:)]")


def columns(text: str) -> int:
    """Terminal columns that `text` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns, where a single word allows it; line ends are kept."""
    return [line for part in text.split("\n") for line in _wrap_line(part, width)]


def _wrap_line(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    for token in _TOKEN.findall(text):
        if line and columns("".join(line) + token.rstrip()) > width:
            # Punctuation does not begin a line: the word before it comes along.
            carried = [line.pop()] if token[0] in _NOT_FIRST and len(line) > 1 else []
            lines.append("".join(line).rstrip())
            line = carried
        if line or not token.isspace() or not lines:
            line.append(token)
    return [*lines, "".join(line).rstrip()]


class ColumnsFormatter(click.HelpFormatter):
    """click's help formatter, counting columns instead of characters."""

    def write_heading(self, heading: str) -> None:
        """A heading with the colon of its language."""
        self.write(f"{' ' * self.current_indent}{heading}{tr('：', ':')}\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, wrapped."""
        pad = " " * self.current_indent
        for line in wrap(text, self.width - self.current_indent):
            self.write(f"{pad}{line}\n" if line else "\n")

    def write_dl(self, rows: object, col_max: int = 26, col_spacing: int = 2) -> None:
        """A definition list in two columns."""
        pairs = [(str(first), str(second)) for first, second in rows]  # type: ignore[attr-defined]
        first_width = min(max(columns(first) for first, _ in pairs), col_max) + col_spacing
        pad = " " * self.current_indent
        for first, second in pairs:
            self._write_pair(pad, first, second, first_width)

    def _write_pair(self, pad: str, first: str, second: str, first_width: int) -> None:
        lines = wrap(second, self.width - len(pad) - first_width)
        if columns(first) + 2 > first_width:
            self.write(f"{pad}{first}\n")
            head = " " * first_width
        else:
            head = first + " " * (first_width - columns(first))
        for line in lines:
            self.write(f"{pad}{head}{line}".rstrip() + "\n")
            head = " " * first_width
