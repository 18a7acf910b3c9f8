"""Reference lists in `patterns/data`, read once and only when asked for.

A line is one entry; `#` starts a comment; further columns stand after a tab.
"""

from functools import cache
from pathlib import Path

# Areas of the residence permits for Hong Kong, Macao and Taiwan residents.
RESIDENCE_AREAS = frozenset({"810000", "820000", "830000"})

_DATA = Path(__file__).resolve().parent / "data"


def _lines(name: str) -> list[list[str]]:
    text = (_DATA / name).read_text(encoding="utf-8")
    rows = (line.split("#", 1)[0].rstrip() for line in text.splitlines())
    return [row.split("\t") for row in rows if row]


@cache
def words(name: str) -> frozenset[str]:
    """First column of the list `name`, e.g. "surnames.txt"."""
    return frozenset(row[0] for row in _lines(name))


@cache
def areas() -> frozenset[str]:
    """Six-digit area codes ever assigned: GB/T 2260-1980 and every later state of it."""
    return words("areas.txt")


@cache
def id_areas() -> frozenset[str]:
    """Area codes that a citizen number begins with: of a city, district or county."""
    return frozenset(code for code in areas() if not code.endswith("0000"))


@cache
def id_provinces() -> frozenset[str]:
    """Province codes of citizen numbers."""
    return frozenset(code[:2] for code in id_areas())


@cache
def area_names() -> dict[str, str]:
    """Name of each area code, as first assigned."""
    return {row[0]: row[1] for row in _lines("areas.txt") if len(row) > 1}


@cache
def provinces() -> frozenset[str]:
    """Two-digit province codes."""
    return frozenset(code[:2] for code in areas())


@cache
def landline_areas() -> dict[str, str]:
    """Long-distance codes with the leading 0, and the lengths of local numbers ("7", "8", "78")."""
    return {row[0]: row[1] for row in _lines("landline_areas.txt")}


@cache
def card_prefixes() -> dict[str, tuple[int, ...]]:
    """Issuer prefixes of bank cards and the lengths of the cards issued under them."""
    return {row[0]: tuple(int(n) for n in row[1].split(",")) for row in _lines("card_prefixes.txt")}
