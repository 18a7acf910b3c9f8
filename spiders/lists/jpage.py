"""大汉 JCMS with its jpage script: records come in groups, from an address that the page names.

Two ways are in use. The records stand in a `<datastore>` whose `<nextgroup>` links to the next
group (GET, `page=K`); or the script asks for `startrecord` to `endrecord`, mostly by POST. The
path of the address (`dataproxy.jsp`, `morecolumndataproxy.jsp`, in several folders) is the page's.
"""

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import parse_qsl, urlencode

from scanner.model import Unread
from spiders.lists.base import MAX_LIST_PAGES, QUERY_NUMBER, ListPage, capped, form_of
from spiders.lists.data import records
from spiders.posted import posted, split_posted
from spiders.urls import resolve

_GROUP = re.compile(
    r"<nextgroup>\s*(?:<!\[CDATA\[)?\s*(?:<a\b[^<>]*?href\s*=\s*[\"']?)?([^\s\"'<>\]]+)",
    re.IGNORECASE,
)
_PROXY = re.compile(r"""["']([^"'\s<>]{0,300}dataproxy\.jsp(?:\?[^"'\s<>]{0,800})?)["']""")
_TOTAL = re.compile(
    r"""\btotalRecords?["']?\s*[:=]\s*["']?(\d{1,7})|<totalrecord>\s*(?:<!\[CDATA\[)?(\d{1,7})""",
    re.IGNORECASE,
)
_PER_PAGE = re.compile(r"""\bperPage["']?\s*[:=]\s*["']?(\d{1,4})""", re.IGNORECASE)
_GROUP_SIZE = re.compile(r"""\bgroupSize["']?\s*[:=]\s*["']?(\d{1,2})\b""", re.IGNORECASE)
_FIELD = re.compile(
    r"""\b(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype)"""
    r"""["']?\s*:\s*(?:'([^'\n]{0,200})'|"([^"\n]{0,200})"|([\w./-]{1,60}))""",
)
_BY_GET = re.compile(r"""\b(?:ajax)?(?:type|method)["']?\s*:\s*["']get["']""", re.IGNORECASE)
_START = re.compile(r"(?<=[?&])startrecord=(\d{1,7})&endrecord=(\d{1,7})", re.IGNORECASE)
_USUAL_PAGE = 15  # records, when the script does not say
_USUAL_GROUP = 3  # pages in a group, likewise


def pages(page: ListPage, dropped: list[Unread]) -> Iterable[str]:
    """The record groups that the page, or the answer with one group, leads to."""
    if "nextgroup" in page.lowered:
        found = list(_by_link(page, dropped))
        if found:
            yield from found
            return
    if _START.search(page.address):
        yield from _after(page)
    elif "dataproxy.jsp" in page.text:
        yield from _by_number(page, dropped)


def _by_link(page: ListPage, dropped: list[Unread]) -> Iterable[str]:
    """The next group, and from the first page all that must follow it, should one fail."""
    for found in _GROUP.finditer(page.text):
        full = resolve(page.url, unescape(found[1]))
        if full is None:
            continue
        yield full
        form, total, held = form_of(full), _total(page.text), len(records(page.text))
        if form is None or not total or not held or "dataproxy.jsp" in page.address:
            continue
        groups = capped(-(-(total - held) // held), dropped)
        for number in range(form[1] + 1, form[1] + groups):
            yield QUERY_NUMBER.sub(rf"\g<1>{number}", full, count=1)


def _by_number(page: ListPage, dropped: list[Unread]) -> Iterable[str]:
    """All groups of each list on the page: from the first record that it does not show itself."""
    calls = list(_PROXY.finditer(page.text))
    for number, found in enumerate(calls):
        end = calls[number + 1].start() if number + 1 < len(calls) else len(page.text)
        begin = calls[number - 1].end() if number else 0
        # The settings of one list stand around its address.
        around = page.text[max(begin, found.start() - 3000) : min(end, found.end() + 3000)]
        total = _total(around)
        url = resolve(page.url, unescape(found[1]))
        if url is None or not total:
            continue
        per_page = _number(_PER_PAGE, around, _USUAL_PAGE)
        held = len(records(page.text)) if len(calls) == 1 else 0
        size = held or per_page * _number(_GROUP_SIZE, around, _USUAL_GROUP)
        groups = capped(-(-max(0, total - held) // size), dropped)
        for group in range(groups):
            start = held + 1 + group * size
            yield _request(url, around, start, min(start + size - 1, total), per_page)


def _request(url: str, script: str, start: int, end: int, per_page: int) -> str:
    address, _, query = url.partition("?")
    place = [("startrecord", str(start)), ("endrecord", str(end)), ("perpage", str(per_page))]
    fields = dict(parse_qsl(query, keep_blank_values=True))
    for found in _FIELD.finditer(script):
        fields[found[1]] = next(value for value in found.groups()[1:] if value is not None)
    if _BY_GET.search(script):
        return f"{address}?{urlencode([*place, *fields.items()])}"
    return posted(f"{address}?{urlencode(place)}", fields.items())


def _after(page: ListPage) -> Iterable[str]:
    """The group after the one that was asked for, when the answer says that there are more."""
    found = _START.search(page.address)
    total = _total(page.text)
    if found is None or not total or not records(page.text):
        return
    start, end = int(found[1]), int(found[2])
    size = end - start + 1
    if size < 1 or end >= total or end // size >= MAX_LIST_PAGES:
        return
    place = f"startrecord={end + 1}&endrecord={min(end + size, total)}"
    url, body = split_posted(page.address)
    url = _START.sub(place, url, count=1)
    yield url if body is None else posted(url, parse_qsl(body, keep_blank_values=True))


def _total(text: str) -> int:
    found = _TOTAL.search(text)
    return int(found[1] or found[2]) if found else 0


def _number(pattern: re.Pattern[str], text: str, otherwise: int) -> int:
    found = pattern.search(text)
    return max(1, int(found[1])) if found else otherwise
