"""Every address on a page that a reader can reach by clicking, and the scans that hang in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml import etree, html

from scanner.lang import tr
from scanner.model import Link, Listing, Unread
from spiders.decoding import decode, is_markup
from spiders.lists import (
    ListPage,
    Paging,
    find_pages,
    is_beyond,
    listing_of,
    markup_in_page,
    markup_of_data,
    stated_total,
)
from spiders.lists.data import may_be_data
from spiders.posted import split_posted
from spiders.urls import (
    ATTACHMENT_EXTENSIONS,
    IMAGE_EXTENSIONS,
    canonical,
    extension,
    is_attachment,
    is_decoration,
    resolve,
    trap,
)

MAX_LINKS = 10_000  # of one page
_MAX_TEXT = 200  # characters kept of a link's words
_QUOTED = r"""\(?\s*(?:'([^'<>\n]{1,1000})'|"([^"<>\n]{1,1000})")(?!\s*\+)"""
_OPEN = re.compile(rf"window\s*\.\s*open\s*{_QUOTED}", re.IGNORECASE)
_GO = re.compile(
    rf"\blocation\s*(?:\.\s*href\s*)?=\s*{_QUOTED}|\blocation\s*\.\s*(?:replace|assign)\s*{_QUOTED}",
    re.IGNORECASE,
)
# A file that a script is told to open or fetch: its path stands in the call, by any name.
_FILE = re.compile(
    rf"""['"]((?:https?:/)?/?[^'"<>\n]{{0,800}}/[^'"<>/\n]{{1,300}}\.(?:{"|".join(sorted(ATTACHMENT_EXTENSIONS))}))['"]""",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"""^\s*[\d.]*\s*[;,]?\s*url\s*=\s*['"]?\s*([^'"]+)""", re.IGNORECASE)
_VIEWER = re.compile(r"viewer\w*\.(?:s?html?|jspx?|aspx?|php)\?", re.IGNORECASE)
_ARTICLE = re.compile(
    r"TRS_|UCAP|editor|content|article|detail|zoom|xxgk|news|\bcon\b|text|wenzhang|neirong|zhengwen"
    r"|view|page-?body|main-?txt|info",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"nav|menu|header|foot|banner|logo|sidebar|share|qrcode|ewm|breadcrumb|copyright|friend|"
    r"topbar|icon|btn|button",
    re.IGNORECASE,
)
_SCAN_NAME = re.compile(r"^[WP]0?20\d{6,}", re.IGNORECASE)  # TRS WCM names what editors put in
_ICON_NAME = re.compile(
    r"logo|icon|banner|btn|button|ewm|qrcode|bg\b|arrow|jiucuo|dzjg|gongan", re.I
)
_MIN_SIDE = 100  # pixels; smaller pictures are furniture


@dataclass(frozen=True, slots=True)
class LinkScan:
    """The links of one page in the order they stand, each once, and what was not followed."""

    links: tuple[Link, ...] = ()
    dropped: tuple[Unread, ...] = ()
    listing: Listing | None = None  # the list that the page shows


def find_links(
    body: bytes, url: str, content_type: str = "", *, is_list_page: bool = False
) -> LinkScan:
    """The links of the page `body`, which was read from `url` (with the fields of a POST).

    `is_list_page`: it was asked for as a further page of a list.

    Of data, as list scripts fetch it (XML, JSON, arrays), the links in its records. Nothing for a
    body that is neither, whatever `content_type` says. Encoding is decided by the bytes first and
    by the declarations after. Addresses are in their canonical spelling.
    """
    is_data = may_be_data(body)
    if not is_data and not is_markup(body):
        return LinkScan()
    text, encoding = decode(body, content_type)
    markup = markup_of_data(text) if is_data else None
    beside = ""
    if markup is None:
        if not is_markup(body):
            return LinkScan()
        markup, beside = text, markup_in_page(text)
    place = split_posted(url)[0]
    roots = [root for root in (_parse(markup), _parse(beside)) if root is not None]
    is_data = is_data and markup is not text
    return _collect(
        roots, text, _Place(canonical(place) or place, encoding, url, is_list_page, is_data)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page was read."""

    url: str
    encoding: str
    address: str  # as asked for, with the fields of a POST
    is_answer: bool  # a page of a list by what was asked for
    is_data: bool


def _parse(text: str) -> html.HtmlElement | None:
    if not text.strip():
        return None
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _collect(roots: Sequence[html.HtmlElement], text: str, place: _Place) -> LinkScan:
    url, encoding = place.url, place.encoding
    base = next((found for root in roots for found in _base(root, place)), url)
    found: dict[str, Link] = {}
    dropped: dict[str, int] = {}
    total = stated_total(text)
    for href, words, is_scan in chain.from_iterable(_references(root) for root in roots):
        full = resolve(base, href, encoding)
        if full is None or full in found or is_decoration(full):
            continue
        why = trap(full)
        if not why and is_beyond(full, url, total):
            why = tr("页码超出列表总页数", "page number beyond the list's total")
        if not why and len(found) >= MAX_LINKS:
            why = tr(f"一页超过 {MAX_LINKS} 个链接", f"over {MAX_LINKS} links on one page")
        if why:
            dropped[why] = dropped.get(why, 0) + 1
            continue
        found[full] = Link(full, words, is_scan or is_attachment(full))
    found.pop(url, None)
    page = ListPage(text, base, tuple(found.values()), place.address, total, text.lower())
    paging = find_pages(page)
    turned = {link.url for link in paging.links}

    def record(href: str) -> str | None:
        full = resolve(base, href, encoding)
        return None if full in turned or full in (url, place.address) else full

    listing = listing_of(
        page, roots, paging.links, record, is_answer=place.is_answer, is_data=place.is_data
    )
    return replace(_with_pages(found, dropped, paging, place), listing=listing)


def _base(root: html.HtmlElement, place: _Place) -> Iterator[str]:
    for element in root.iter("base"):
        yield resolve(place.url, element.get("href") or "", place.encoding) or place.url
        return


def _with_pages(
    found: dict[str, Link], dropped: dict[str, int], paging: Paging, place: _Place
) -> LinkScan:
    for link in paging.links:
        if link.url not in (place.url, place.address) and not trap(link.url):
            known = found.get(link.url)
            found[link.url] = replace(link, text=known.text) if known else link
    left_out = [
        Unread(tr("链接", "links"), tr(f"{count} 个：{why}", f"{count}: {why}"))
        for why, count in dropped.items()
    ]
    return LinkScan(tuple(found.values()), (*left_out, *paging.dropped))


def _references(root: html.HtmlElement) -> Iterator[tuple[str, str, bool]]:
    """(reference, words, whether it is a scan in the article) of every element that has one."""
    for element in root.iter(etree.Element):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        read = _READERS.get(tag)
        if read is not None:
            yield from read(element)
        script = element.get("onclick")
        if script:
            for href in _from_script(script):
                yield href, _words(element), False


def _words(element: html.HtmlElement) -> str:
    words = element.get("title") or " ".join("".join(element.itertext()).split())
    return words[:_MAX_TEXT]


def _from_script(script: str) -> Iterator[str]:
    for pattern in (_OPEN, _GO):
        for match in pattern.finditer(script):
            href = next((group for group in match.groups() if group), "")
            if href and not href.lower().startswith("javascript:"):
                yield href
    for match in _FILE.finditer(script):
        yield match[1]


def _anchor(element: html.HtmlElement) -> Iterator[tuple[str, str, bool]]:
    is_file = element.get("download") is not None
    for name in ("href", "data-href", "data-url"):
        href = element.get(name)
        if not href:
            continue
        if href[:11].lower() == "javascript:":
            for inner in _from_script(unquote(href) if "%" in href else href):
                yield inner, _words(element), False
        else:
            yield href, _words(element), is_file
            yield from _inside_viewer(href)
    yield from _file_attributes(element)


def _file_attributes(element: html.HtmlElement) -> Iterator[tuple[str, str, bool]]:
    """A file named in an attribute of any other name: data-file, fileurl, data-path."""
    for name, value in element.items():
        is_other = name.startswith(("data-", "file")) and name not in ("data-href", "data-url")
        if is_other and "/" in value and extension(value) in ATTACHMENT_EXTENSIONS:
            yield value, _words(element), True


def _embedded(element: html.HtmlElement) -> Iterator[tuple[str, str, bool]]:
    for name in ("src", "data", "data-src"):
        href = element.get(name)
        if href:
            yield href, element.get("title") or "", False
            yield from _inside_viewer(href)


def _inside_viewer(href: str) -> Iterator[tuple[str, str, bool]]:
    """The file that a viewer on the page shows: viewer.html?file=/P0201.pdf."""
    if not _VIEWER.search(href):
        return
    for name in ("file", "url", "src", "path"):
        for value in parse_qs(urlsplit(href).query).get(name, ()):
            yield urljoin(href, unquote(value).partition("#")[0]), "", True


def _meta(element: html.HtmlElement) -> Iterator[tuple[str, str, bool]]:
    if (element.get("http-equiv") or "").lower() == "refresh":
        found = _REFRESH.search(element.get("content") or "")
        if found:
            yield found[1], "", False


def _script(element: html.HtmlElement) -> Iterator[tuple[str, str, bool]]:
    code = element.text
    if code and ("location" in code or "window.open" in code):
        for href in _from_script(code):
            yield href, "", False


def _image(element: html.HtmlElement) -> Iterator[tuple[str, str, bool]]:
    for name in ("data-original", "data-src", "src"):
        source = element.get(name)
        if source and extension(source) in IMAGE_EXTENSIONS and _is_scan(element, source):
            yield source, element.get("alt") or "", True
            return


def _is_scan(element: html.HtmlElement, source: str) -> bool:
    """Whether a picture belongs to the article rather than to the furniture of the page."""
    name = source.rpartition("/")[2]
    if _SCAN_NAME.match(name):
        return True
    if _ICON_NAME.search(name) or any(_is_small(element.get(side)) for side in ("width", "height")):
        return False
    inside = False
    for holder in element.iterancestors():
        mark = f"{holder.get('class') or ''} {holder.get('id') or ''}"
        if holder.tag in ("nav", "header", "footer", "button") or _FURNITURE.search(mark):
            return False
        inside = inside or holder.tag == "article" or bool(_ARTICLE.search(mark))
    return inside


def _is_small(size: str | None) -> bool:
    digits = (size or "").strip().removesuffix("px")
    return digits.isdigit() and int(digits[:6]) < _MIN_SIDE


_READERS = {
    "a": _anchor,
    "area": _anchor,
    "iframe": _embedded,
    "frame": _embedded,
    "embed": _embedded,
    "object": _embedded,
    "meta": _meta,
    "script": _script,
    "img": _image,
}
