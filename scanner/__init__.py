"""Find, judge and track personal data on published pages of Chinese public bodies.

`scanner.find_names(text)` finds the names of people in running text; it is loaded when first asked
for, so that nothing else pays for it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.names import NameSpan as NameSpan
    from scanner.names import find_names as find_names

__version__ = "0.1.0"

_LAZY = frozenset({"NameSpan", "find_names"})


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from scanner import names  # noqa: PLC0415 - numpy is loaded when names are wanted

        return getattr(names, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
