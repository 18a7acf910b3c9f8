"""Whose page it is: the unit that the page names, or whose path or column it stands in.

A page is believed first: 发布机构 as it is written, then the known name inside a longer one
(「青禾市石桥镇人民政府」 is the unit 石桥镇), then the known name that ends so (「市民政局」 is
青禾市民政局, where there is only one). A page that names nobody known belongs to the unit of its
path, then of its column.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Row

_LEAST = 3  # characters of a name that is looked for inside another


def host_of(url: str) -> str:
    """The host of a URL in lower case, "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


class UnitFinder:
    """Finds units among the rows of the table of units."""

    def __init__(self, rows: Sequence[Row[Any]]) -> None:
        self._by_name: dict[str, int] = {}
        self._columns: dict[str, int] = {}
        paths: list[tuple[str, int]] = []
        for row in rows:
            for name in (row.name, *row.aliases):
                self._by_name.setdefault(_plain(name), row.id)
            for name in row.columns:
                self._columns.setdefault(_plain(name), row.id)
            paths += [(_path(path), row.id) for path in row.paths]
        self._paths = sorted(paths, key=lambda one: -len(one[0]))
        self._sources: dict[str, int | None] = {}

    def find(self, url: str, source: str, column: str) -> int | None:
        """Id of the unit, None where nothing tells."""
        if source not in self._sources:
            self._sources[source] = self._named(_plain(source))
        found = self._sources[source]
        if found is None and self._paths:
            found = self._of_path(url)
        if found is None and column:
            found = self._columns.get(_plain(column))
        return found

    def _named(self, source: str) -> int | None:
        if source in self._by_name or len(source) < _LEAST:
            return self._by_name.get(source)
        inside = [name for name in self._by_name if len(name) >= _LEAST and name in source]
        if inside:
            # Names go from the large body to the small one: 青禾市云岭县石桥镇.
            return self._by_name[max(inside, key=lambda n: (source.rfind(n) + len(n), len(n)))]
        longer = {self._by_name[name] for name in self._by_name if name.endswith(source)}
        return longer.pop() if len(longer) == 1 else None

    def _of_path(self, url: str) -> int | None:
        parts = urlsplit(url)
        place = f"{host_of(url)}{parts.path or '/'}"
        with_port = f"{parts.netloc.lower()}{parts.path or '/'}"
        for path, unit in self._paths:
            if place.startswith(path) or with_port.startswith(path):
                return unit
        return None


def _path(path: str) -> str:
    host, slash, rest = (
        path.partition("://")[2].partition("/") if "://" in path else path.partition("/")
    )
    return f"{host.lower()}{slash or '/'}{rest}"


def _plain(name: str) -> str:
    return "".join(name.split()).lower()
