"""Plain paging: numbered addresses up to the total that the page states, and 「下一页」."""

import re
from collections.abc import Iterable, Sequence

from scanner.model import Link, Unread
from spiders.lists.base import (
    FOLDER_NUMBER,
    MAX_LIST_PAGES,
    PARAMETER,
    PATH_NUMBER,
    QUERY_NUMBER,
    Form,
    ListPage,
    capped,
    form_of,
)
from spiders.posted import split_posted
from spiders.urls import resolve

_PAGE_PAIR = re.compile(rf"(?:{PARAMETER})=\d{{1,6}}$", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:s?html?|jspx?|aspx?|php)$", re.IGNORECASE)
_FIRST_NAMES = frozenset({"", "index", "list", "default"})
_SCRIPT_QUERY = re.compile(rf"""[?&]({PARAMETER})=["']\s*\+""", re.IGNORECASE)
_SCRIPT_NAME = re.compile(r"""["']([\w./-]{1,60}_)["']\s*\+\s*\w+\s*\+\s*["'](\.s?html?)["']""")
_DIGITS = re.compile(r"^\D{0,2}(\d{1,6})\D{0,2}$")
_NEXT = re.compile(r"^[\W_]{0,3}(?:下一?页|后一?页|next(?: page)?)[\W_]{0,3}$", re.IGNORECASE)


def pages(page: ListPage, dropped: list[Unread]) -> Iterable[str]:
    """The pages up to the stated total, and the next one."""
    for link in page.links:
        if _NEXT.match(link.text.strip()) and _is_next(link.url):
            yield link.url
    total = page.total
    if total is not None and total > 1 and split_posted(page.address)[1] is None:
        yield from _plain_pages(page.text, page.url, page.links, capped(total, dropped))


def _is_next(url: str) -> bool:
    """A next page without end is a trap; its number tells."""
    form = form_of(url)
    return form is None or form[1] <= MAX_LIST_PAGES


def is_beyond(url: str, page_url: str, total: int | None) -> bool:
    """Whether `url` is a page of the list at `page_url` beyond its stated total."""
    if total is None:
        return False
    form = form_of(url)
    if form is None or form[1] <= total + 1 or not _same_list(url, page_url):
        return False
    if QUERY_NUMBER.search(url):
        return True
    # By path, the list's own pages only: list_7.html beside index.html may be another column.
    own = form_of(page_url)
    same_name = form[0].before.rstrip("_-") == _ENDING.sub("", page_url)
    return same_name or (own is not None and own[1] <= total + 1 and own[0] == form[0])


def _list_keys(url: str, numbered: bool) -> set[tuple[str, str]]:
    """What is the same for all pages of a list: (path without number and ending, query)."""
    keys = set()
    address, _, query = url.partition("?")
    pairs = [pair for pair in query.split("&") if pair and not _PAGE_PAIR.match(pair)]
    rest = "&".join(pairs)
    if not numbered or len(pairs) != query.count("&") + bool(query):
        keys.add((_stem(address), rest))
    for pattern in (PATH_NUMBER, FOLDER_NUMBER):
        found = pattern.search(address)
        if found:
            keys.add((_stem(address[: found.start()] + found[3]), rest))
    return keys


def _stem(address: str) -> str:
    """Path without ending; the names that a folder's first page may have count as one."""
    stem = _ENDING.sub("", address)
    folder, _, name = stem.rpartition("/")
    return f"{folder}/index" if name in _FIRST_NAMES else stem


def _same_list(url: str, page_url: str) -> bool:
    """Whether the numbered address `url` is a page of the list that `page_url` shows.

    Notices of one day may differ by a number only: of two numbered addresses, the name must be
    one that lists have.
    """
    ours = _list_keys(url, numbered=True)
    if ours & {(_stem(page_url.partition("?")[0]), page_url.partition("?")[2])}:
        return True
    shared = ours & _list_keys(page_url, numbered=False)
    if not shared:
        return False
    by_query = bool(QUERY_NUMBER.search(url))
    return by_query or any(stem.rpartition("/")[2] == "index" for stem, _ in shared)


def _plain_pages(text: str, url: str, links: Sequence[Link], total: int) -> Iterable[str]:
    own = form_of(url)
    form = _form_from_links(url, links, total) or _form_from_script(text, url)
    if form is None and own is not None:
        form = own[0]
    if form is None:
        return
    current = own[1] - form.offset if own is not None and own[0].before == form.before else 1
    wanted = range(2, total + 1) if current <= 1 else (current - 1, current + 1)
    for page in wanted:
        if 2 <= page <= total:
            yield form.url(page)


def _form_from_links(url: str, links: Sequence[Link], total: int) -> Form | None:
    """The form of the numbered links; the text of one tells whether its numbers start at 0."""
    best: Form | None = None
    for link in links:
        form = form_of(link.url)
        if form is None or form[1] > total + 1 or not _same_list(link.url, url):
            continue
        shown = _DIGITS.match(link.text.strip())
        if shown and abs(form[1] - int(shown[1])) <= 1:
            return Form(form[0].before, form[0].after, form[1] - int(shown[1]))
        best = best or form[0]
    return best


def _form_from_script(text: str, url: str) -> Form | None:
    """The form that the page's script puts together: "?page=" + n, or "list_" + n + ".html"."""
    query = _SCRIPT_QUERY.search(text)
    if query:
        if QUERY_NUMBER.search(url):
            return None
        joint = "&" if "?" in url else "?"
        return Form(f"{url}{joint}{query[1]}=", "")
    name = _SCRIPT_NAME.search(text)
    if name:
        full = resolve(url, f"{name[1]}0{name[2]}")
        form = form_of(full) if full else None
        return form[0] if form else None
    return None
