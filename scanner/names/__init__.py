"""Names of people in text and in cells. Import what is needed from here; numpy comes with it."""

from scanner.names.finder import DEFAULT, LOOSE, STRICT, NameSpan, find_names

__all__ = ["DEFAULT", "LOOSE", "STRICT", "NameSpan", "find_names"]
