"""The list of page kinds. A kind is a function that fills a kit; the decorator registers it."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.accuracy.kit import Kit

Fill = Callable[[Kit], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One page kind."""

    name: str
    family: str
    fill: Fill


_KINDS: dict[str, Kind] = {}


def page_kind(name: str, family: str) -> Callable[[Fill], Fill]:
    """Register a function as the writer of a page kind; names are unique."""

    def register(fill: Fill) -> Fill:
        if name in _KINDS:
            raise ValueError(f"page kind {name} is registered twice")
        _KINDS[name] = Kind(name, family, fill)
        return fill

    return register


def kinds() -> tuple[Kind, ...]:
    """All kinds, by name."""
    import bench.accuracy.pages  # noqa: F401, PLC0415  -- registers them on first use

    return tuple(_KINDS[name] for name in sorted(_KINDS))
