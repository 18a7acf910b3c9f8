"""File names in Content-Disposition headers, as servers really write them."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote_to_bytes

_EXTENDED = re.compile(rb"filename\*\s*=\s*\"?([\w-]+)'[^']*'([^;\"]+)", re.IGNORECASE)
_PLAIN = re.compile(rb"filename\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;]+))", re.IGNORECASE)
_ENCODED_WORD = re.compile(rb"=\?[\w-]{2,20}\?[bBqQ]\?[^?\s]{1,400}\?=")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_NAME_LIMIT = 255


def filename_of(disposition: bytes) -> str:
    """The file name in a Content-Disposition header, "" when there is none.

    Written as RFC 6266 has it (filename*=), or as Chinese servers do: raw GBK or UTF-8 bytes,
    or percent-encoded in either. Only the last part of a path is kept.
    """
    found = _EXTENDED.search(disposition)
    if found:
        name = decode_header_bytes(unquote_to_bytes(found[2]), found[1].decode("ascii", "replace"))
    else:
        plain = _PLAIN.search(disposition)
        if not plain:
            return ""
        raw = plain[1] if plain[1] is not None else plain[2].strip()
        if _ENCODED_WORD.search(raw):
            name = _of_encoded_words(raw)
        else:
            name = decode_header_bytes(unquote_to_bytes(raw) if b"%" in raw else raw, "")
    name = _UNSAFE.sub("", name).replace("\\", "/").rpartition("/")[2].strip()
    return name[:_NAME_LIMIT]


def _of_encoded_words(raw: bytes) -> str:
    """A name written as mail writes it (RFC 2047): =?GBK?B?...?=."""
    parts: list[str] = []
    try:
        pieces = decode_header(raw.decode("latin-1"))
    except HeaderParseError:  # not the base64 that it says it is
        return decode_header_bytes(raw, "")
    for piece, charset in pieces:
        known = piece if isinstance(piece, bytes) else piece.encode("latin-1", "replace")
        parts.append(decode_header_bytes(known, charset or ""))
    return "".join(parts) or decode_header_bytes(raw, "")


def decode_header_bytes(raw: bytes, charset: str = "") -> str:
    """Bytes of a header as text: UTF-8, else what is declared, else GB18030, which decodes all."""
    for encoding in ("utf-8", charset, "gb18030"):
        try:
            return raw.decode(encoding) if encoding else raw.decode("utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("gb18030", "replace")
