"""Quick pickling of the frozen values that cross from a scanning process to the crawl.

What `dataclasses` gives to frozen classes with slots asks for the list of fields again for every
object; a page's findings are some forty of them, and each is written and read once.
"""

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

_C = TypeVar("_C", bound=type)


def carried(cls: _C) -> _C:
    """Class decorator over a frozen dataclass with slots and at least two fields."""
    names = tuple(field.name for field in fields(cls))
    read = attrgetter(*names)
    write = object.__setattr__

    def getstate(self: Any) -> tuple[Any, ...]:
        state: tuple[Any, ...] = read(self)
        return state

    def setstate(self: Any, state: Sequence[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            write(self, name, value)

    setattr(cls, "__getstate__", getstate)  # noqa: B010 - a type checker sees no such slot
    setattr(cls, "__setstate__", setstate)  # noqa: B010
    return cls
