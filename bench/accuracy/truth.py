"""The labels of a folder, in the form that is compared: what stands on each page, and what not."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.accuracy.labels import Page

LEAKS = frozenset({"leak", "under_masked"})
NAME = "person_name"
_FAMILY = {
    "landline_personal": "landline",
    "landline_office": "landline",
    "phone": "landline",
    "tel": "landline",
    "hk_macau_permit": "travel_permit",
    "taiwan_permit": "travel_permit",
    "health_info": "health",
}
_FUZZY = frozenset({"home_address", "health", "birth_date"})
_WIDTH = str.maketrans("０１２３４５６７８９Ｘ", "0123456789X")
_GAPS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\-—–－·•.,，。、:：;；()（）'’]")
_MASK = re.compile(r"[＊×●○□■]|X{2,}")
_COUNTRY = re.compile(r"^\+?0{0,2}86(?=1\d{10}$)")
_PAGE_SUFFIXES = ("html", "htm", "txt", "csv")


def family(kind: str) -> str:
    """The type under which values are compared and counted."""
    return _FAMILY.get(kind, kind)


def normal(kind: str, value: str) -> str:
    """Half width, capitals, no separators, one sign for hidden characters."""
    if kind == "birth_date" and not value.isdigit():
        return "".join(part.zfill(2) for part in re.findall(r"\d+", value))
    text = _GAPS.sub("", value.translate(_WIDTH).upper())
    if kind in ("mobile", "landline"):
        text = _COUNTRY.sub("", text).partition("转")[0]
    return _MASK.sub(lambda hidden: "*" * len(hidden.group()), text)


def same(kind: str, one: str, other: str) -> bool:
    """Whether two normalised values are the same; free text may be cut differently."""
    if one == other:
        return True
    if kind not in _FUZZY or not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return short in long and 2 * len(short) >= len(long)


@dataclass(slots=True)
class Entry:
    """One value of a page with everything its labels say."""

    dispositions: set[str] = field(default_factory=set)
    wheres: set[str] = field(default_factory=set)
    soft: bool = False  # contested: counts neither way

    @property
    def is_leak(self) -> bool:
        """Whether somebody would have to act on it."""
        return bool(self.dispositions & LEAKS)


@dataclass(frozen=True, slots=True)
class Trap:
    """A look-alike: its family and its value without separators."""

    trap: str
    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """One labelled page."""

    name: str
    kind: str
    path: Path | None
    body: bytes
    suffix: str
    entries: dict[tuple[str, str], Entry]
    traps: tuple[Trap, ...]


def of_page(page: Page) -> Truth:
    """The truth of a generated page."""
    return _truth(page.as_json(), page.name, page.body, page.suffix, None)


def load(folder: Path) -> list[Truth]:
    """The labelled pages of a folder: NAME.html (or .txt, .csv) beside NAME.json."""
    out = []
    for label_file in sorted(folder.glob("*.json")):
        data = json.loads(label_file.read_text("utf-8"))
        if "findings" not in data:
            continue
        files = (label_file.with_suffix(f".{suffix}") for suffix in _PAGE_SUFFIXES)
        path = next(file for file in files if file.exists())
        out.append(_truth(data, label_file.stem, path.read_bytes(), path.suffix[1:], path))
    return out


def folder_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files of a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file():
            total.update(path.name.encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _truth(data: dict[str, Any], name: str, body: bytes, suffix: str, path: Path | None) -> Truth:
    entries: dict[tuple[str, str], Entry] = {}
    for label in data["findings"]:
        kind = family(label["type"])
        entry = entries.setdefault((kind, normal(kind, str(label["value"]))), Entry())
        entry.dispositions.add(label["disposition"])
        entry.wheres.add(label["where"])
        entry.soft |= bool(label.get("contested") or label.get("debatable"))
    traps = tuple(_traps(data.get("negatives", ())))
    return Truth(name, str(data.get("kind", "")), path, body, suffix, entries, traps)


def _traps(negatives: Iterable[dict[str, Any]]) -> Iterable[Trap]:
    for negative in negatives:
        trap = negative.get("trap") or negative.get("looks_like") or "other"
        yield Trap(str(trap), normal("", str(negative["value"])))
