"""TRS WCM (拓尔思): `createPageHTML(pages, current, name, ext)` in all its forms.

Page 0 is NAME.EXT, page k is NAME_k.EXT, k = 1 to pages - 1, beside the list page.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.model import Unread
from spiders.lists.base import ListPage, capped
from spiders.urls import resolve

_CREATE = re.compile(r"createPageHTML\s*\(([^()]{1,300})\)", re.IGNORECASE)
_ARGUMENT = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|(-?\d{1,9}))\s*(?:,|$)""")
_EXTENSION = re.compile(r"^\.?(s?html?|jspx?|aspx?|php|xhtml)$", re.IGNORECASE)
_NAME = re.compile(r"^[\w./~-]{1,80}$")


@dataclass(frozen=True, slots=True)
class _Call:
    pages: int
    current: int
    name: str
    ending: str
    records: int | None  # where the call has one number more


def stated_pages(page: ListPage) -> int | None:
    """How many pages the first call on the page speaks of, None without a call."""
    call = _first_call(page)
    return call.pages if call else None


def stated_records(page: ListPage) -> int | None:
    """How many records the first call speaks of, None where it has no such number."""
    call = _first_call(page)
    return call.records if call else None


def _first_call(page: ListPage) -> _Call | None:
    if "createpagehtml" not in page.lowered:
        return None
    calls = (_call(found[1]) for found in _CREATE.finditer(page.text))
    return next((call for call in calls if call is not None), None)


def pages(page: ListPage, dropped: list[Unread]) -> Iterable[str]:
    """The list pages that the scripts of the page draw links to."""
    if "createpagehtml" not in page.lowered:
        return
    for found in _CREATE.finditer(page.text):
        call = _call(found[1])
        if call is not None:
            yield from _pages_of_call(call, page.url, dropped)


def _call(arguments: str) -> _Call | None:
    """Read (pages, current, name, ext), (records, pages, current, name, ext) and kin."""
    values: list[int | str] = []
    place = 0
    while place < len(arguments):
        found = _ARGUMENT.match(arguments, place)
        if not found or found.end() == place:
            return None
        text = found[1] if found[1] is not None else found[2]
        values.append(int(found[3]) if found[3] is not None else text)
        place = found.end()
    for index in range(1, len(values)):
        name, ending = values[index - 1], values[index]
        if isinstance(name, str) and isinstance(ending, str) and _EXTENSION.match(ending):
            numbers = [value for value in values[: index - 1] if isinstance(value, int)]
            if len(numbers) < 2 or not _NAME.match(name):
                return None
            more = [value for value in values[index + 1 :] if isinstance(value, int)]
            records = next((n for n in (*numbers[:-2], *more) if n >= numbers[-2]), None)
            return _Call(numbers[-2], numbers[-1], name, ending.lstrip("."), records)
    return None


def _pages_of_call(call: _Call, url: str, dropped: list[Unread]) -> Iterable[str]:
    """Page 0 is NAME.EXT, page k is NAME_k.EXT; every one from the first page, else the next two.

    In the variant that counts from 1, the first page says 1 and the last is NAME_N.EXT.
    """
    count = capped(call.pages, dropped)
    own = _own_number(url, call)
    from_one = call.current >= 1 and own in (0, call.current) and not _is_zero_based(call, own)
    last = count if from_one else count - 1
    numbers: Iterable[int]
    if own == 0:
        numbers = range(2 if from_one else 1, last + 1)
    else:
        # Not NAME_1: where counting begins at 1 there is none, and the first page knows.
        numbers = [k for k in (own - 1, own + 1) if 2 <= k <= last]
        yield from _resolved(url, f"{call.name}.{call.ending}")
    for number in numbers:
        yield from _resolved(url, f"{call.name}_{number}.{call.ending}")


def _is_zero_based(call: _Call, own: int) -> bool:
    """On a numbered page both conventions may agree; only the first page tells them apart."""
    return own == call.current and own != 0


def _own_number(url: str, call: _Call) -> int:
    """The k of NAME_k.EXT in the page's own address, 0 on the first page."""
    name = re.escape(call.name.rpartition("/")[2])
    found = re.search(rf"/{name}_(\d{{1,6}})\.{re.escape(call.ending)}(?:$|\?)", url)
    return int(found[1]) if found else 0


def _resolved(url: str, href: str) -> Iterable[str]:
    full = resolve(url, href)
    if full:
        yield full
