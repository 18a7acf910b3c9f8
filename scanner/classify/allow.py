"""The local allow-list: values that the office has decided to keep, each with reason and term.

The list holds keyed HMACs, never values, so that it can be kept and shared like any other file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scanner.errors import ConfigError
from scanner.lang import tr

_REQUIRED = ("value_hash", "reason", "basis", "who")
_KNOWN = {*_REQUIRED, "expires", "kind"}


@dataclass(frozen=True, slots=True)
class Allowed:
    """One entry: a value kept on a stated basis, until a stated day or without end."""

    value_hash: str
    reason: str
    basis: str
    who: str
    expires: date | None = None

    def holds(self, today: date) -> bool:
        """Whether the entry is still in force; its last day counts."""
        return self.expires is None or today <= self.expires


@dataclass(frozen=True, slots=True)
class AllowList:
    """All entries by the HMAC of their value."""

    entries: Mapping[str, Allowed] = field(default_factory=dict)

    def get(self, value_hash: str, today: date) -> Allowed | None:
        """The entry in force for a value."""
        entry = self.entries.get(value_hash)
        return entry if entry is not None and entry.holds(today) else None


def load_allow_list(path: Path) -> AllowList:
    """Read `[[allow]]` tables; raises ConfigError with every fault of the file."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(
            tr(f"{path}：读不了（{error.strerror}）", f"{path}: {error.strerror}")
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    faults: list[str] = []
    entries: dict[str, Allowed] = {}
    tables = data.get("allow", [])
    if not tables:
        faults.append(tr(f"{path}：没有[[allow]]条目", f"{path}: no [[allow]] entry"))
    for number, table in enumerate(tables, 1):
        wrong = _faults(table)
        faults += [f"{path}: [[allow]] {number}: {fault}" for fault in wrong]
        if not wrong:
            entries[table["value_hash"]] = Allowed(
                table["value_hash"],
                table["reason"],
                table["basis"],
                table["who"],
                table.get("expires"),
            )
    if faults:
        raise ConfigError(faults)
    return AllowList(entries)


def _faults(table: object) -> list[str]:
    if not isinstance(table, dict):
        return [tr("应为表", "must be a table")]
    faults = [
        tr(f"缺少{key}", f"{key} is missing")
        for key in _REQUIRED
        if not isinstance(table.get(key), str) or not table[key].strip()
    ]
    faults += [tr(f"不认识的键{key}", f"unknown key {key}") for key in table if key not in _KNOWN]
    expires = table.get("expires")
    if expires is not None and (not isinstance(expires, date)):
        faults.append(
            tr("expires应为日期，如2027-12-31", "expires must be a date such as 2027-12-31")
        )
    return faults
