"""What passes between the program and its workers.

A worker may have been taken over by the file it read: its answers are unpickled into the values
of `scanner.model` only, never into anything that runs.
"""

import io
import pickle
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

from scanner.model import Block, PageMeta, Unread

_LENGTH = struct.Struct(">Q")
MAX_ANSWER = 1_000_000_000  # bytes
_VALUES = frozenset(
    ("Block", "BlockKind", "Cell", "Location", "PageMeta", "Table", "Unread", "Where")
)


@dataclass(frozen=True, slots=True)
class Request:
    """One file to read."""

    kind: str  # a Format
    body: bytes
    name: str
    content_type: str
    lang: str
    plain: bool  # the plain sweep alone
    depth: int
    bytes_left: int
    entries_left: int
    seconds: float  # until the reader stops by itself


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker read, and what it left of the budget."""

    blocks: list[Block]
    meta: PageMeta
    unread: tuple[Unread, ...]
    bytes_left: int
    entries_left: int


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Only the values of the model, and this module's own."""
        if module == "scanner.model" and name in _VALUES:
            return super().find_class(module, name)
        if module == __name__ and name in ("Request", "Answer"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"not a value: {module}.{name}")


def send(stream: BinaryIO, value: Request | Answer) -> None:
    """Write one message. Raises `OSError` when nobody listens any more."""
    data = pickle.dumps(value, protocol=5)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> Request | Answer | None:
    """The next message; None at the end of the stream or when it is no message."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MAX_ANSWER:
        return None
    data = stream.read(length)
    if len(data) < length:
        return None
    try:
        value = _Values(io.BytesIO(data)).load()
    except (pickle.UnpicklingError, AttributeError, EOFError, IndexError, TypeError, ValueError):
        return None
    return value if isinstance(value, (Request, Answer)) else None
