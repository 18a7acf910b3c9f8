"""Document → Matches."""

from scanner.detect.engine import Engine
from scanner.detect.rosters import with_rosters

__all__ = ["Engine", "with_rosters"]
