"""Reading TOML so that every fault can be named with its file and line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scanner.lang import tr

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
_KEY = re.compile(r"""^\s*["']?([A-Za-z0-9_\-]+)["']?\s*=""")
_TOML_PLACE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")

Place = tuple[str | int, ...]  # ("context", 0, "words"): tables and keys, outermost first


@dataclass(slots=True)
class Faults:
    """All faults found so far, each as `path:line: what`."""

    lines: list[str] = field(default_factory=list)

    def add(self, path: Path, line: int, what: str) -> None:
        """Note one fault."""
        self.lines.append(f"{path}:{line}: {what}")


@dataclass(slots=True)
class TomlFile:
    """A file that was parsed, with its text kept for finding lines."""

    path: Path
    text: str
    data: Mapping[str, object]

    def line_of(self, place: Place) -> int:
        """Line of a key, or of the nearest table around it; 1 when neither is written."""
        known = _places(self.text)
        while place:
            if place in known:
                return known[place]
            place = place[:-1]
        return 1


def _places(text: str) -> dict[Place, int]:
    """Line of every table header and key of a TOML text (dotted keys and inline tables are not
    taken apart: their line is that of the key they stand under).
    """
    found: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table: Place = ()
    quote = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not quote:
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                table = _table_place(header.group(1), header.group(2), counts)
                found.setdefault(table, number)
            elif key:
                found.setdefault((*table, key.group(1)), number)
        quote = _open_quote(line, quote)
    return found


def _table_place(brackets: str, name: str, counts: dict[str, int]) -> Place:
    if brackets == "[":
        return tuple(name.split("."))
    index = counts.get(name, 0)
    counts[name] = index + 1
    return (name, index)


def _open_quote(line: str, quote: str) -> str:
    """The multi-line quote that is open after this line, given the one open before it."""
    for mark in (quote,) if quote else ('"""', "'''"):
        if line.count(mark) % 2:
            return "" if quote else mark
    return quote


def read_toml(path: Path, faults: Faults) -> TomlFile | None:
    """Parse one file. A file that cannot be read or parsed is noted as a fault and gives None."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        faults.add(path, 1, tr(f"文件读不了：{reason}", f"cannot be read: {reason}"))
        return None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.add(path, line, tr("文件不是 UTF-8 编码", "is not UTF-8"))
        return None
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place.group(1)) if place and place.group(1) else text.count("\n") + 1
        what = _TOML_PLACE.sub("", str(error)).strip()
        faults.add(path, line, tr(f"TOML 语法错误：{what}", f"TOML syntax: {what}"))
        return None
