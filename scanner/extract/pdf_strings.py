"""Strings of a PDF: text strings, and what the strings of a content stream say."""

import re

STRING = re.compile(
    rb"\[(?:[^\]\\(]|\\.|\((?:[^()\\]|\\.)*\))*\]\s*TJ|\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]{8,}>",
    re.DOTALL,
)
_PIECE = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)


def shown_text(shown: bytes) -> str:
    """The letters of a string, or of the array of strings that one operator shows."""
    return "".join(_decoded(piece) for piece in _PIECE.finditer(shown))


def text_string(data: bytes) -> str:
    """A text string: UTF-16 or UTF-8 by its mark, else GB18030 where it fits, else Latin-1."""
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    for encoding in ("ascii", "utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _decoded(piece: re.Match[bytes]) -> str:
    literal, coded = piece.groups()
    if literal is not None:
        return text_string(_ESCAPE.sub(_unescape, literal))
    digits = re.sub(rb"\s+", b"", coded)
    data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return text_string(data) if data.startswith(b"\xfe\xff") else data.decode("latin-1")


def _unescape(found: re.Match[bytes]) -> bytes:
    code = found.group(1)
    if code[:1].isdigit():
        return bytes((int(code, 8) & 255,))
    if code in (b"\n", b"\r\n"):
        return b""
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(code, code)
