"""Records that do not come as a page: XML with HTML in CDATA, JSON, and the arrays of scripts."""

import json
import re
from collections.abc import Iterator
from html import escape, unescape

_RECORD = re.compile(
    r"<record>\s*(?:<!\[CDATA\[(.*?)\]\]>|(.*?))\s*</record>", re.DOTALL | re.IGNORECASE
)
_STORE = re.compile(r"<(?:datastore|recordset)\b", re.IGNORECASE)
_OPENING = re.compile(r"""\[\s*(?=["'])""")
_NAME = re.compile(r"(?:dataStore|record|data|list|item)\w{0,20}[\"']?\s*[:=]\s*$", re.IGNORECASE)
_ASSIGNED = re.compile(r"""(?:var\s+|window\.)?[\w$.]{1,60}\s*=\s*\[\s*["']""")
_STRING = re.compile(r""""((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'""")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_CALLBACK = re.compile(r"^[\w$.]{1,80}\s*\(\s*(?=[\[{])")
_DATA_HEAD = re.compile(rb"[\[{]|(?:var\s+|window\.)?[\w$.]{1,80}\s*[=(]\s*[\[{]")
_ADDRESS_KEYS = frozenset(
    (
        *("url", "link", "linkurl", "href", "htmlurl", "pageurl", "docurl", "docpuburl", "puburl"),
        *("contenturl", "articleurl", "staticurl", "infourl", "detailurl"),
        *("fileurl", "filepath", "attachurl", "downloadurl"),
    )
)
_TITLE_KEYS = ("title", "name", "doctitle", "articletitle", "showtitle")
_MAX_DEPTH = 12
_MAX_RECORDS = 20_000  # of one answer


def records(text: str) -> list[str]:
    """The HTML of each record that the answer or the page's scripts hold as data."""
    out: list[str] = []
    if _STORE.search(text):
        for found in _RECORD.finditer(text):
            out.append(found[1] if found[1] is not None else unescape(found[2]))
            if len(out) >= _MAX_RECORDS:
                return out
    for start in _OPENING.finditer(text):
        if not _NAME.search(text[max(0, start.start() - 80) : start.start()]):
            continue
        out += [one for one in _strings(text, start.end()) if "<a" in one.lower()]
        if len(out) >= _MAX_RECORDS:
            break
    return out


def _strings(text: str, place: int) -> Iterator[str]:
    """The strings of a script's array that begins at `place`, up to its end."""
    while True:
        found = _STRING.match(text, place)
        if not found:
            return
        yield _plain(found[1] if found[1] is not None else found[2])
        place = found.end()
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1


def _plain(text: str) -> str:
    """A script's string without its escapes."""

    def one(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else _CONTROLS.get(found[3], found[3])

    return _ESCAPE.sub(one, text) if "\\" in text else text


def markup_in_page(text: str) -> str:
    """HTML of the records that a page holds beside its markup, "" for none."""
    return "\n".join(records(text))


def may_be_data(body: bytes) -> bool:
    """Whether a body may be data rather than a page, by its first bytes."""
    head = body[:600].lstrip(b"\xef\xbb\xbf \t\r\n")
    return bool(_DATA_HEAD.match(head)) or (head[:1] == b"<" and b"<datastore" in head.lower())


def markup_of_data(text: str) -> str | None:
    """HTML of an answer that is data rather than a page; None when it is a page or neither."""
    body = text.lstrip("\ufeff \t\r\n")
    value = _json(body)
    if value is not None:
        return "\n".join(_of_json(value, 0))
    if body[:1] == "<" and not _STORE.search(body[:500]):
        return None
    if body[:1] != "<" and not _ASSIGNED.match(body):
        return None
    return "\n".join(records(body))


def _json(body: str) -> object | None:
    callback = _CALLBACK.match(body)
    if callback:
        body = body[callback.end() :].rstrip(" \t\r\n;)")
    if body[:1] not in ("{", "["):
        return None
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value


def _of_json(value: object, depth: int) -> Iterator[str]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, str):
        if "<a" in value.lower():
            yield value
    elif isinstance(value, list):
        for one in value[:_MAX_RECORDS]:
            yield from _of_json(one, depth + 1)
    elif isinstance(value, dict):
        title = next((str(value[key]) for key in value if key.lower() in _TITLE_KEYS), "")
        for key, one in value.items():
            if isinstance(one, str) and key.lower() in _ADDRESS_KEYS and _is_address(one):
                yield f'<a href="{escape(one)}">{escape(title[:200])}</a>'
            else:
                yield from _of_json(one, depth + 1)


def _is_address(text: str) -> bool:
    return bool(text) and len(text) < 2000 and not re.search(r"[\s<>\"]", text)
