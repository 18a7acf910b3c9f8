"""RTF -> tokens: groups, control words, bytes, hex-coded pictures and objects. RTF 1.9.1."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)|\\"
)


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    TEXT = auto()  # bytes in the code page in force
    SYMBOL = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `number` is None for a word without one."""

    kind: Kind
    data: bytes
    number: int | None = None


def tokens(body: bytes) -> Iterator[Token]:
    """Tokens in order; `\\binN` data is passed over."""
    at = 0
    while True:
        found = _TOKEN.match(body, at)
        if found is None:
            return
        at = found.end()
        word, number, coded, symbol, brace, text = found.groups()
        if word is not None:
            value = int(number) if number is not None else None
            if word == b"bin" and value is not None and value > 0:
                at += value
                continue
            yield Token(Kind.WORD, word, value)
        elif coded is not None:
            yield Token(Kind.TEXT, bytes((int(coded, 16),)))
        elif symbol is not None:
            yield Token(Kind.SYMBOL, symbol)
        elif brace is not None:
            yield Token(Kind.OPEN if brace == b"{" else Kind.CLOSE, brace)
        elif text is not None:
            yield Token(Kind.TEXT, text)
