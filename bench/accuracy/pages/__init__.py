"""Page kinds, one file a family. Importing this package registers all of them."""

from bench.accuracy.pages import (
    aid,
    civic,
    enforce,
    health,
    jobs,
    justice,
    land,
    letters,
    odd,
    offices,
    plain,
    works,
)

__all__ = [
    "aid",
    "civic",
    "enforce",
    "health",
    "jobs",
    "justice",
    "land",
    "letters",
    "odd",
    "offices",
    "plain",
    "works",
]
