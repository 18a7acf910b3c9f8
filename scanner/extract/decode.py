"""Bytes -> text by evidence: marks, NUL patterns, strict UTF-8, then GB18030.

A declaration (HTTP header, `<meta charset>`) is one voice among others, and often a wrong one:
old sites declare UTF-8 over GBK bytes and the other way round. GB18030 holds all of GBK and
GB2312. What no decoding explains is replaced by U+FFFD and counted.
"""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 8192  # bytes looked at to tell UTF-16
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_GB2312 = re.compile(rb"(?:[\x00-\x7f]+|[\xb0-\xd7][\xa1-\xfe]|[\xa1\xa3][\xa1-\xfe])*+")
_LONG_FORM = re.compile("[\u0800-\U0010ffff]")  # three bytes or more in UTF-8, as all Han are
_LETTERS = re.compile("[\u0100-\u07ff]")
_BIG5 = frozenset(("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cn-big5"))
# What Chinese pages are made of: ASCII text, Han, Chinese and full-width punctuation.
_USUAL = re.compile(
    "[\t\n\r\x20-\x7e\u00a0\u00b7\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff01-\uffee]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that explained it, and how many places did not decode."""

    text: str
    encoding: str
    bad: int = 0


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode a text file or page. `content_type` is the HTTP header, if there was one."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _replace(body, name)
    wide = _utf16(body)
    if wide is not None:
        return _replace(body, wide)
    try:
        text = body.decode("utf-8")
        if not _is_chinese_by_chance_utf8(body, text):
            return Decoded(text, "utf-8")
        return Decoded(body.decode("gb18030"), "gb18030")
    except UnicodeDecodeError as error:
        fault = error
    if _is_cut(body, fault):
        return Decoded(body[: fault.start].decode("utf-8"), "utf-8")
    if _says_big5(body, content_type):
        big5 = _replace(body, "big5hkscs")
        if big5.bad == 0:
            return big5
    return _better(_replace(body, "gb18030"), body)


def _is_chinese_by_chance_utf8(body: bytes, text: str) -> bool:
    """Whether valid UTF-8 is GB2312 after all: short words such as 联通 and 一 are both.

    Then every pair of bytes is one of GB2312's usual characters, and as UTF-8 they are letters
    beyond Latin-1 of no language (Cyrillic, Greek and Arabic need bytes outside these ranges).
    """
    if text.isascii() or _LONG_FORM.search(text) or not _LETTERS.search(text):
        return False
    return _GB2312.fullmatch(body) is not None


def _is_cut(body: bytes, fault: UnicodeDecodeError) -> bool:
    """Whether UTF-8 fails only because the file ends in the middle of a character."""
    is_end = fault.reason == "unexpected end of data" and len(body) - fault.start <= 3
    return is_end and any(byte > 127 for byte in body[max(0, fault.start - 3) : fault.start])


def _replace(body: bytes, encoding: str) -> Decoded:
    """Decode with U+FFFD for what fails; a character cut off at the end is no fault."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(body)
    bad = text.count("\ufffd") if "\ufffd" in text else 0
    if bad:
        # A page may hold U+FFFD itself, from an earlier accident of its author's.
        own = body.count("\ufffd".encode(encoding.removesuffix("-sig")))
        bad = max(bad - own, 0)
    return Decoded(text, encoding.removesuffix("-sig"), bad)


def _better(chinese: Decoded, body: bytes) -> Decoded:
    """GB18030, unless the bytes are UTF-8 with a few broken places."""
    utf8 = _replace(body, "utf-8")
    wide = len(body) - len(utf8.text)  # about two for each Chinese character that decoded
    if wide > 4 * utf8.bad:
        return utf8
    return chinese


def _utf16(body: bytes) -> str | None:
    """utf-16-le or utf-16-be without a mark, told by its NULs or by its Chinese."""
    sample = body[:_SAMPLE]
    if len(sample) < 4 or (len(body) % 2 and b"\x00" not in sample):
        return None
    sample = sample[: len(sample) // 2 * 2]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    nuls = max(even, odd)
    if nuls > half * 0.3 and nuls > 8 * min(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    if half < 8 or (nuls < half * 0.1 and _valid_utf8(sample)):
        return None
    # A few NULs mislead: 一 is 4E00. What the text would be decides.
    best = max(("utf-16-le", "utf-16-be"), key=lambda name: _share(sample, name))
    wide = _share(sample, best)
    return best if wide > 0.95 and wide > _share(sample, "gb18030") else None


def _valid_utf8(sample: bytes) -> bool:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(sample) - error.start <= 3
    return True


def _share(sample: bytes, encoding: str) -> float:
    """Share of characters that are usual in a Chinese text, if decoded so."""
    text = sample.decode(encoding, errors="replace")
    return len(_USUAL.findall(text)) / max(len(text), 1)


def _says_big5(body: bytes, content_type: str) -> bool:
    said = [m.decode("ascii").lower() for m in _DECLARED.findall(body[:4096])]
    said += [m.decode("ascii").lower() for m in _DECLARED.findall(content_type.encode())]
    if not any(name in _BIG5 for name in said):
        return False
    # Big5 bytes read as GB18030 give rare characters; GB2312's own 6,763 are the usual ones.
    text = body[:_SAMPLE].decode("gb18030", errors="replace")
    han = [c for c in text if "\u3400" <= c <= "\u9fff" or c == "\ufffd"]
    usual = sum(1 for c in han if c.encode("gb2312", errors="ignore"))
    return usual < 0.9 * len(han)
