"""Reading one table of a rule file key by key; what is wrong is noted, never raised."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from patterns.tomlfile import Faults, Place, TomlFile
from scanner.lang import tr

T = TypeVar("T")


@dataclass(slots=True)
class Section:
    """A table of a file. Each reader returns a harmless value when the key is absent or wrong."""

    file: TomlFile
    faults: Faults
    data: Mapping[str, object]
    place: Place = ()
    seen: set[str] = field(default_factory=set)

    def fault(self, key: str, what: str) -> None:
        """Note a fault at a key (or at the table when the key is not written)."""
        self.faults.add(self.file.path, self.file.line_of((*self.place, key)), what)

    def _get(self, key: str, wanted: type[T] | tuple[type[T], ...], name: str) -> T | None:
        self.seen.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            self.fault(
                key, tr(f"{self._name(key)} 应为{name}", f"{self._name(key)} must be {name}")
            )
            return None
        return value

    def _name(self, key: str) -> str:
        return ".".join([*(str(part) for part in self.place), key])

    def text(self, key: str, *, required: bool = False, among: Collection[str] = ()) -> str:
        """A string; with `among`, one of the given ones."""
        value = self._get(key, str, tr("字符串", "a string")) or ""
        name = self._name(key)
        if not value:
            if required and not isinstance(self.data.get(key), int | float | list | dict):
                self.fault(key, tr(f"缺少 {name}", f"{name} is missing"))
            return ""
        if among and value not in among:
            words = ", ".join(sorted(among))
            self.fault(
                key,
                tr(
                    f"{name} 的值 {value!r} 不在 {words} 之中",
                    f"{name} is {value!r}, not one of {words}",
                ),
            )
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of non-empty strings."""
        value: list[object] | None = self._get(key, list, tr("字符串列表", "a list of strings"))
        name = self._name(key)
        if not value:
            if required and (value == [] or key not in self.data):
                self.fault(key, tr(f"缺少 {name}", f"{name} is missing"))
            return ()
        good = tuple(item for item in value if isinstance(item, str) and item)
        if len(good) != len(value):
            self.fault(
                key,
                tr(f"{name} 只能含非空字符串", f"{name} may hold only strings that are not empty"),
            )
        return good

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        value = self._get(key, (int, float), tr("数", "a number"))
        if value is None:
            return default
        if not low <= value <= high:
            name = self._name(key)
            self.fault(
                key,
                tr(
                    f"{name} 应在 {low:g} 到 {high:g} 之间",
                    f"{name} must lie from {low:g} to {high:g}",
                ),
            )
            return default
        return float(value)

    def integer(self, key: str, default: int, low: int = 0) -> int:
        """A whole number of at least `low`."""
        value = self._get(key, int, tr("整数", "a whole number"))
        if value is None:
            return default
        if value < low:
            name = self._name(key)
            self.fault(key, tr(f"{name} 不得小于 {low}", f"{name} must be at least {low}"))
            return default
        return value

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._get(key, bool, tr("true 或 false", "true or false"))
        return default if value is None else value

    def section(self, key: str) -> "Section":
        """A table inside this one; an empty one when it is not written."""
        value: dict[str, object] | None = self._get(key, dict, tr("表", "a table"))
        return Section(self.file, self.faults, value or {}, (*self.place, key))

    def items(self, key: str) -> list[object]:
        """A list of anything."""
        value: list[object] | None = self._get(key, list, tr("列表", "a list"))
        return value or []

    def sections(self, key: str) -> "list[Section]":
        """The tables of an array of tables."""
        found = []
        for index, item in enumerate(self.items(key)):
            if isinstance(item, dict):
                found.append(Section(self.file, self.faults, item, (*self.place, key, index)))
            else:
                self.fault(key, tr(f"{key} 只能含表", f"{key} may hold only tables"))
        return found

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.data:
            if key not in self.seen:
                name = self._name(key)
                self.fault(key, tr(f"不认识的键 {name}", f"unknown key {name}"))
