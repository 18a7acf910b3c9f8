"""Names of people in text and in cells. Import what is needed from here; numpy comes with it."""

from scanner.names.cells import is_name, name_share
from scanner.names.finder import DEFAULT, LOOSE, STRICT, NameSpan, find_names

__all__ = ["DEFAULT", "LOOSE", "STRICT", "NameSpan", "find_names", "is_name", "name_share"]
