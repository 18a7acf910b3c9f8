"""Names of people in text and in cells. Import what is needed from here; numpy comes with it."""

from scanner.names.cells import chances, is_name, may_be_names, name_share, share_of
from scanner.names.finder import DEFAULT, LOOSE, STRICT, find_names
from scanner.names.span import NameSpan

__all__ = [
    "DEFAULT",
    "LOOSE",
    "STRICT",
    "NameSpan",
    "chances",
    "find_names",
    "is_name",
    "may_be_names",
    "name_share",
    "share_of",
]
