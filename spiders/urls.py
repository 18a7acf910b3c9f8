"""Addresses in one spelling, and the traps among them.

One page must have one address, or it is read, counted and rectified twice. What changes what a
server answers is left alone: the order of the query, its case, its repeated names.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from scanner.lang import tr

MAX_LENGTH = 2000
_MAX_REPEATS = 3
_MAX_PARAMETERS = 40

ATTACHMENT_EXTENSIONS = frozenset(
    {
        "xls",
        "xlsx",
        "xlsm",
        "et",
        "doc",
        "docx",
        "wps",
        "pdf",
        "ofd",
        "zip",
        "rar",
        "7z",
        "jpg",
        "jpeg",
        "png",
        "tif",
        "tiff",
        "bmp",
        "gif",
        "ppt",
        "pptx",
        "dps",
        "rtf",
        "csv",
        "txt",
        "gz",
        "tar",
    }
)
IMAGE_EXTENSIONS = frozenset({"jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif", "webp"})
_NOT_CONTENT = frozenset(
    {
        "css",
        "js",
        "ico",
        "svg",
        "woff",
        "woff2",
        "ttf",
        "eot",
        "otf",
        "map",
        "mp3",
        "mp4",
        "avi",
        "wmv",
        "flv",
        "m3u8",
        "swf",
        "apk",
        "exe",
        "dmg",
        "iso",
        "webp",
    }
)
_DOWNLOAD = re.compile(
    r"/downfile\.jsp|/download(?:file|attach|s)?(?:\.\w+|/)?\?|/(?:attach|down)\w*\.\w+\?|"
    r"[?&](?:file_?name|attach\w*|fileid|file)=",
    re.IGNORECASE,
)
_NAMED_FILE = re.compile(r"[?&][\w.]*(?:file|name)[\w.]*=[^&]*\.(\w{2,4})(?:&|$)", re.IGNORECASE)
_SESSION_PATH = re.compile(
    r";(?:jsessionid|phpsessid)=[^/?#]*|/\([SXFAsxfa]\([^)/]*\)\)", re.IGNORECASE
)
_SESSION_QUERY = re.compile(
    r"(?:(?<=[?&])|(?<=^))(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|"
    r"cfid|cftoken)=[^&#]*(?:&|$)|(?:(?<=[?&])|(?<=^))(?:sid|sess|session|sessid)=[0-9A-Za-z-]{16,}"
    r"(?:&|$)",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_OTHER_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:(?!//)")
_PLAIN = re.compile(
    r"^https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::(?!80/|443/)(?:\d{2,4}|[1-5]\d{4}))?/[A-Za-z0-9_./~-]*$"
)
_CALENDAR = re.compile(
    r"calendar|rili|[?&](?:year|nian|yyyy|y)=|[?&](?:date|day|month|riqi)=", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|2[0-9]|3[0-9])[0-9]{2}(?![0-9])")
_FIRST_YEAR = 1995  # no body of government published on the web before


@lru_cache(maxsize=16384)
def _join(folder: str, href: str, encoding: str) -> str | None:
    return canonical(urljoin(folder, href), encoding)


def resolve(base: str, href: str, encoding: str = "utf-8") -> str | None:
    """The one spelling of the address that `href` names on the page `base`; None for none.

    None: empty, a place on the same page, a scheme other than http and https, a spelling that is
    no address, or credentials in it.
    """
    href = href.strip().replace("\t", "").replace("\r", "").replace("\n", "")
    if not href or href[0] == "#":
        return None
    if _OTHER_SCHEME.match(href) and not href[:5].lower().startswith("http"):
        return None
    href = href.replace("\\", "/") if "\\" in href and "?" not in href else href
    try:
        if href[0] == "?":
            return canonical(urljoin(base, href), encoding)
        return _join(_folder(base), href, encoding)
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _folder(url: str) -> str:
    """The address up to the last slash of its path."""
    cut = url.rfind("/", url.find("//") + 2, _end_of_path(url))
    return url[: cut + 1] if cut >= 0 else url[: _end_of_path(url)] + "/"


def _end_of_path(url: str) -> int:
    ends = [place for place in (url.find("?"), url.find("#")) if place >= 0]
    return min(ends, default=len(url))


def canonical(url: str, encoding: str = "utf-8") -> str | None:
    """The one spelling of a whole address, None when it is not one of http or https.

    Scheme and host in lower case, default port, fragment, session id and dot segments dropped,
    escapes in capitals; path in UTF-8 and query in the page's encoding, as browsers send them.
    """
    if _PLAIN.match(url) and "/." not in url:
        return url
    try:
        safe = safe_url_string(url.strip(), encoding=encoding)
        parts = urlsplit(safe)
        port = parts.port
    except (ValueError, LookupError):
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    shown = f"[{host}]" if ":" in host else host
    if port is not None and port != (443 if parts.scheme == "https" else 80):
        shown = f"{shown}:{port}"
    path = _SESSION_PATH.sub("", parts.path)
    query = _SESSION_QUERY.sub("", parts.query).rstrip("&")
    return urlunsplit((parts.scheme, shown, _upper(_dotless(path)) or "/", _upper(query), ""))


def _upper(text: str) -> str:
    return _ESCAPE.sub(lambda match: match[0].upper(), text) if "%" in text else text


def _dotless(path: str) -> str:
    if "/." not in path:
        return path
    out: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if len(out) > 1:
                out.pop()
        elif part != ".":
            out.append(part)
    if parts[-1] in (".", ".."):
        out.append("")
    return "/".join(out)


@lru_cache(maxsize=16384)  # a site's menu is on each of its pages
def extension(url: str) -> str:
    """The extension in lower case of the file that the path names, "" for none."""
    name = url[: _end_of_path(url)].rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and len(ending) <= 5 else ""


def is_attachment(url: str) -> bool:
    """Whether an address looks like a file to be downloaded rather than a page."""
    if extension(url) in ATTACHMENT_EXTENSIONS:
        return True
    if "?" not in url:
        return False
    named = _NAMED_FILE.search(url)
    return bool(named and named[1].lower() in ATTACHMENT_EXTENSIONS) or bool(_DOWNLOAD.search(url))


def is_decoration(url: str) -> bool:
    """Whether an address is of a kind that holds no text: style, script, font, film."""
    return extension(url) in _NOT_CONTENT


def trap(url: str) -> str:
    """Why an address is not followed: it looks like one of an endless row. "" when it is fine."""
    if len(url) > MAX_LENGTH:
        return tr(f"网址超过 {MAX_LENGTH} 个字符", f"address over {MAX_LENGTH} characters")
    place = _end_of_path(url)
    path, query = url[:place], url[place + 1 :]
    if _repeats(path.split("/")[3:]):
        return tr("路径反复重复", "path repeats itself")
    if query.count("&") >= _MAX_PARAMETERS:
        return tr("参数过多", "too many parameters")
    if _CALENDAR.search(url) and _is_beyond_time(url):
        return tr("日历中没有内容的年份", "calendar page of an impossible year")
    return ""


def _repeats(segments: list[str]) -> bool:
    """Whether one segment stands more than three times; short numbers (dates) may."""
    if len(segments) <= _MAX_REPEATS:
        return False
    counts: dict[str, int] = {}
    for segment in segments:
        if len(segment) > 2 or not segment.isdigit():
            counts[segment] = counts.get(segment, 0) + 1
    counts.pop("", None)
    return max(counts.values(), default=0) > _MAX_REPEATS


def _is_beyond_time(url: str) -> bool:
    last = datetime.now(UTC).year + 1
    return any(not _FIRST_YEAR <= int(found) <= last for found in _YEAR.findall(url))
