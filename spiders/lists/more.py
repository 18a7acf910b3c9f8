"""「加载更多」: scripts that fetch the next records, and the answers that they get.

The address stands on the button, in an address that the script puts together, or in a request
object with its fields (GET or POST). No total is needed: a page follows while records come.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urlencode

from scanner.model import Unread
from spiders.lists.base import MAX_LIST_PAGES, PARAMETER, ListPage, capped, form_of
from spiders.posted import posted
from spiders.urls import resolve

# The words of a button, or of the script behind it.
_WORDS = (
    *(
        "加载更多",
        "点击加载",
        "更多加载",
        "点击更多",
        "上拉加载",
        "loadmore",
        "load-more",
        "load_more",
    ),
    *("load more", "label/8888"),
)
_BUTTON = re.compile(
    r"""<(?:a|button|div|span|p)\b[^<>]*\bdata-(?:url|href|src|next|api)\s*=\s*["']([^"'<>]+)["']"""
    r"""[^<>]*>[^<>]{0,20}(?:更多|加载|more)""",
    re.IGNORECASE,
)
_JOINED = re.compile(
    rf"""["']([^"'\s<>]{{1,300}}[?&](?:{PARAMETER})=)["']\s*\+\s*[\w.+() ]{{1,40}}"""
    r"""(?:\+\s*["'](&[^"'\s<>]{0,300})["'])?""",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"""\burl["']?\s*:\s*["']([^"'\s<>]{1,300})["'](.{0,600}?)\bdata["']?\s*:\s*\{([^{}]{1,1000})\}""",
    re.DOTALL,
)
_CALL = re.compile(
    r"""\$\s*\.\s*(get|post|getJSON)\s*\(\s*["']([^"'\s<>]{1,300})["']\s*,\s*\{([^{}]{1,1000})\}"""
)
_PAIR = re.compile(
    r"""["']?(\w{1,40})["']?\s*:\s*(?:'([^'\n]{0,200})'|"([^"\n]{0,200})"|([^,}\n]{1,80}))\s*(?:,|$)"""
)
_POST = re.compile(r"""\b(?:type|method)["']?\s*:\s*["']post["']""", re.IGNORECASE)
_PARAMETER = re.compile(rf"(?:{PARAMETER})", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:html|body|frameset)\b", re.IGNORECASE)
_RECORD_TOTAL = re.compile(
    r"""["'](?:total|totalCount|totalRecords?|recordCount|totalNum)["']\s*:\s*["']?(\d{1,7})"""
)
_SIZE = re.compile(r"(?<=[?&])(?:pagesize|page_size|rows|limit|size)=(\d{1,4})", re.IGNORECASE)


def pages(page: ListPage, dropped: list[Unread]) -> Iterable[str]:
    """What a script on the page would ask for first, or what follows the answer that it got."""
    if not _WHOLE.search(page.text):
        yield from _following(page, dropped)
        return
    if "data-" in page.lowered and any(word in page.lowered for word in ("更多", "加载", "more")):
        for found in _BUTTON.finditer(page.text):
            full = resolve(page.url, unescape(found[1]))
            if full and form_of(full):
                yield full
    if any(word in page.lowered for word in _WORDS):
        for address in _requests(page.text):
            full = _resolved(page.url, *address)
            if full:
                yield full


def _resolved(url: str, href: str, fields: list[tuple[str, str]] | None) -> str | None:
    full = resolve(url, unescape(href))
    if full is None or fields is None:
        return full
    return posted(full, fields)


def _requests(text: str) -> Iterator[tuple[str, list[tuple[str, str]] | None]]:
    """(address, fields of a POST or None) of each request for more that the page shows."""
    for found in _JOINED.finditer(text):
        # The first records stand on the page itself; should they not, page 1 is asked for too.
        for number in (1, 2):
            yield f"{found[1]}{number}{found[2] or ''}", None
    for found in _OBJECT.finditer(text):
        rest = text[found.end() : found.end() + 300]
        yield from _with_fields(found[1], found[3], bool(_POST.search(found[2] + rest)))
    for found in _CALL.finditer(text):
        yield from _with_fields(found[2], found[3], found[1] == "post")


def _with_fields(
    href: str, script: str, by_post: bool
) -> Iterator[tuple[str, list[tuple[str, str]] | None]]:
    """The request with its fields; a field that the script computes is left out, the page set."""
    for number in ("1", "2"):
        fields: list[tuple[str, str]] = []
        numbered = False
        for found in _PAIR.finditer(script):
            name, bare = found[1], found[4]
            if _PARAMETER.fullmatch(name):
                fields.append((name, number))
                numbered = True
            elif bare is None or re.fullmatch(r"\d{1,12}|true|false", bare.strip()):
                fields.append((name, bare.strip() if bare else found[2] or found[3] or ""))
        if not numbered:
            return
        if by_post:
            yield href, fields
        else:
            yield f"{href}{'&' if '?' in href else '?'}{urlencode(fields)}", None


def _following(page: ListPage, dropped: list[Unread]) -> Iterable[str]:
    """The pages after an answer that is a part of a page, or data, and holds records."""
    own = form_of(page.address)
    if own is None or not page.links:
        return
    form, number = own
    total = _total(page)
    if total is None:
        last = min(number + 1, MAX_LIST_PAGES)
    else:
        last = capped(total, dropped)
        last = last if number <= 2 else min(number + 1, last)
    for following in range(number + 1, last + 1):
        yield form.url(following)


def _total(page: ListPage) -> int | None:
    total = page.total
    if total is not None:
        return total
    found, size = _RECORD_TOTAL.search(page.text), _SIZE.search(page.address)
    if found and size and int(size[1]):
        return -(-int(found[1]) // int(size[1]))
    return None
