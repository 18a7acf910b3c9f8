"""Reading in warm worker processes with limits, for parsers that may crash, hang or swell."""

from scanner.extract.guard.pool import read_guarded

__all__ = ["read_guarded"]
