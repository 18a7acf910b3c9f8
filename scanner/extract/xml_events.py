"""Flat XML reading: callbacks for local names, no tree, so size costs no memory.

Entities declared in the file are not expanded by more than the parser's own bound, external
ones never; a file that ends early gives what came before.
"""

from collections.abc import Callable, Iterable
from xml.parsers import expat

StartHandler = Callable[[str, dict[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]


class StopReading(Exception):  # noqa: N818 - a signal, not a fault
    """A handler has enough: the budget is spent."""


def parse(
    chunks: Iterable[bytes], start: StartHandler, end: EndHandler, text: TextHandler
) -> str | None:
    """Feed the handlers; None when all was read, else the reason why not. No bytes are no fault.

    Handlers get local names ("row", not "x:row").
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    names: dict[str, str] = {}

    def on_start(name: str, attributes: dict[str, str]) -> None:
        local = names.get(name)
        if local is None:
            local = name.rpartition(":")[2]
            if len(names) < 5000:
                names[name] = local
        start(local, attributes)

    def on_end(name: str) -> None:
        end(names.get(name) or name.rpartition(":")[2])

    def no_doctype(*_: object) -> None:
        raise StopReading("doctype")

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = no_doctype
    return _feed(parser, chunks)


def _feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> str | None:
    empty = True
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            empty = False
        if not empty:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        return expat.ErrorString(error.code) or "XML"
    except StopReading as stop:
        return str(stop)
    except (LookupError, ValueError) as error:  # a coding that the declaration makes up
        return str(error)
    return None


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """An attribute by its local name, whatever its prefix."""
    value = attributes.get(name)
    if value is not None:
        return value
    for key, other in attributes.items():
        if key.endswith(f":{name}"):
            return other
    return None
