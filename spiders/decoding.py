"""Whether a body is markup, and its text: what the bytes prove goes before what is declared."""

import re

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|a|div|p|table|script|meta|title|iframe|frame)\b", re.I
)
_OTHER_MAGIC = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")


def is_markup(body: bytes) -> bool:
    """Whether a body is a page or a part of one, by its bytes."""
    head = body[:4096]
    if head.startswith(_OTHER_MAGIC):
        return False
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return b"\x00" not in head and bool(_MARKUP.search(head) or _MARKUP.search(body[:65536]))


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Text and encoding of a page: byte order mark, then what the bytes prove, then what is said.

    Bytes that are good UTF-8 are UTF-8 whatever the header says; the reverse holds for GBK.
    """
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(name, "replace"), "utf-8"
    try:
        return body.decode("utf-8"), _said(body, content_type) if body.isascii() else "utf-8"
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3:  # cut within its last character
            return body.decode("utf-8", "replace"), "utf-8"
    said = _said(body, content_type)
    if said not in ("utf-8", "gb18030"):
        try:
            return body.decode(said), said
        except (UnicodeDecodeError, LookupError):
            pass  # the declaration is wrong: fall back to what Chinese pages are
    try:
        return body.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        return body.decode("utf-8" if said == "utf-8" else "gb18030", "replace"), said


def _said(body: bytes, content_type: str) -> str:
    found = _DECLARED.search(content_type.encode("latin-1", "ignore")) or _DECLARED.search(
        body[:2048]
    )
    name = found[1].decode("ascii").lower() if found else "utf-8"
    return {"utf8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030"}.get(name, name)
