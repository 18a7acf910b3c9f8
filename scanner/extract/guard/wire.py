"""What passes between the program and its workers.

A worker may have been taken over by the file it read: its answers are unpickled into the values
of `scanner.model` only, never into anything that runs.
"""

import io
import pickle
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

from scanner.extract.pictures import Picture
from scanner.model import Block, PageMeta, Unread

_LENGTH = struct.Struct(">Q")
MAX_ANSWER = 1_000_000_000  # bytes
_MESSAGES = frozenset(("Request", "Answer", "ReadPicture", "PictureText"))
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
    label: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker read, and what it left of the budget."""

    blocks: list[Block]
    meta: PageMeta
    unread: tuple[Unread, ...]
    bytes_left: int
    entries_left: int
    pictures: tuple[Picture, ...] = ()


Line = tuple[str, float, float, float, float, float]  # text, x0, y0, x1, y1, confidence


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """One picture to read."""

    data: bytes


@dataclass(frozen=True, slots=True)
class PictureText:
    """The lines of a picture."""

    lines: tuple[Line, ...]


Message = Request | Answer | ReadPicture | PictureText


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Only the values of the model, and this module's own."""
        if module == "scanner.model" and name in _VALUES:
            return super().find_class(module, name)
        if module == __name__ and name in _MESSAGES:
            return super().find_class(module, name)
        if module == "scanner.extract.pictures" and name == "Picture":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"not a value: {module}.{name}")


def send(stream: BinaryIO, value: Message) -> None:
    """Write one message. Raises `OSError` when nobody listens any more."""
    data = pickle.dumps(value, protocol=5)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> Message | None:
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
    return value if isinstance(value, (Request, Answer, ReadPicture, PictureText)) else None
