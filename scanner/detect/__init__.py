"""Document → Matches."""

from scanner.detect.engine import Engine

__all__ = ["Engine"]
