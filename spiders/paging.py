"""Further pages of a list: those that the page links to and those that its script would ask for.

A spider that follows `<a href>` alone sees the first page of every column. Here are plain paging
and the paging script of TRS WCM; the page is recognised by what it holds, never by its site.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner.lang import tr
from scanner.model import Link, Unread
from spiders.urls import resolve

MAX_LIST_PAGES = 5000  # of one list; more is a fault of the page or a trap

_CREATE = re.compile(r"createPageHTML\s*\(([^()]{1,300})\)", re.IGNORECASE)
_ARGUMENT = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|(-?\d{1,9}))\s*(?:,|$)""")
_EXTENSION = re.compile(r"^\.?(s?html?|jspx?|aspx?|php|xhtml)$", re.IGNORECASE)
_NAME = re.compile(r"^[\w./~-]{1,80}$")

_TOTAL_WORDS = (
    r"total_?pages?|page_?(?:count|total)|all_?pages?|countPage|maxPage|m_?nRecordCountPage"
)
_SCRIPT_WORDS = (
    "totalpage",
    "total_page",
    "pagecount",
    "page_count",
    "pagetotal",
    "page_total",
    "allpage",
    "all_page",
    "countpage",
    "maxpage",
    "recordcountpage",
)
# Each with words, in lower case, of which one must occur: searching for those is far cheaper.
_TOTALS = (
    (("页",), re.compile(r"共\s*(?:<[^<>]{1,80}>\s*)*(\d{1,6})\s*(?:<[^<>]{1,80}>\s*)*页")),
    (
        _SCRIPT_WORDS,
        re.compile(
            rf"""\b(?:{_TOTAL_WORDS})["']?\s*[:=]\s*["']?(\d{{1,6}})\b""", re.IGNORECASE
        ),
    ),
    (
        ("data-total", "data-page"),
        re.compile(
            r"""\bdata-(?:total-?pages?|page-?(?:count|total))\s*=\s*["']?(\d{1,6})""",
            re.IGNORECASE,
        ),
    ),
    (("页",), re.compile(r"(?<![\d/])\d{1,5}\s*/\s*(\d{1,6})\s*页")),
    (("页次",), re.compile(r"页次[:：]?\s*\d{1,5}\s*/\s*(\d{1,6})")),
)  # fmt: skip
_PARAMETER = (
    r"page|pageno|page_no|pagenum|page_num|pagenumber|pageindex|page_index|curpage|cur_page|"
    r"currentpage|current_page|currpage|nowpage|topage|gopage|pn|p"
)
_QUERY_NUMBER = re.compile(rf"(?<=[?&])((?:{_PARAMETER})=)(\d{{1,6}})(?=&|$)", re.IGNORECASE)
_PATH_NUMBER = re.compile(r"([_-])(\d{1,5})(\.(?:s?html?|jspx?|aspx?|php))(?=$|\?)", re.IGNORECASE)
_FOLDER_NUMBER = re.compile(r"(/(?:page|p)/)(\d{1,5})(/?)(?=$|\?)", re.IGNORECASE)
_PAGE_PAIR = re.compile(rf"(?:{_PARAMETER})=\d{{1,6}}$", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:s?html?|jspx?|aspx?|php)$", re.IGNORECASE)
_FIRST_NAMES = frozenset({"", "index", "list", "default"})
_FORMS = (_QUERY_NUMBER, _PATH_NUMBER, _FOLDER_NUMBER)
_SCRIPT_QUERY = re.compile(rf"""[?&]({_PARAMETER})=["']\s*\+""", re.IGNORECASE)
_SCRIPT_NAME = re.compile(r"""["']([\w./-]{1,60}_)["']\s*\+\s*\w+\s*\+\s*["'](\.s?html?)["']""")
_DIGITS = re.compile(r"^\D{0,2}(\d{1,6})\D{0,2}$")


@dataclass(frozen=True, slots=True)
class Paging:
    """The further pages of the lists of one page, and what of them was left out."""

    links: tuple[Link, ...] = ()
    dropped: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """An address with a hole for the number of the page."""

    before: str
    after: str
    offset: int = 0  # the number in the address minus the number a reader sees

    def url(self, page: int) -> str:
        return f"{self.before}{page + self.offset}{self.after}"


def find_pages(text: str, url: str, links: Sequence[Link]) -> Paging:
    """The further pages of the lists on the page at `url`, whose markup is `text`.

    `links` are the links already found on it. Numbers never pass the total the page states.
    """
    out: dict[str, Link] = {}
    dropped: list[Unread] = []
    for page in _script_pages(text, url, dropped):
        out.setdefault(page, Link(page, is_list_page=True))
    total = stated_total(text)
    if total is not None and total > 1:
        for page in _plain_pages(text, url, links, _capped(total, dropped)):
            out.setdefault(page, Link(page, is_list_page=True))
    out.pop(url, None)
    return Paging(tuple(out.values()), tuple(dict.fromkeys(dropped)))


def is_beyond(url: str, page_url: str, total: int | None) -> bool:
    """Whether `url` is a page of the list at `page_url` beyond its stated total."""
    if total is None:
        return False
    form = _form_of(url)
    if form is None or form[1] <= total + 1 or not _same_list(url, page_url):
        return False
    if _QUERY_NUMBER.search(url):
        return True
    # By path, the list's own pages only: list_7.html beside index.html may be another column.
    own = _form_of(page_url)
    same_name = form[0].before.rstrip("_-") == _ENDING.sub("", page_url)
    return same_name or (own is not None and own[1] <= total + 1 and own[0] == form[0])


def stated_total(text: str) -> int | None:
    """How many pages the list says it has, None when it does not say."""
    lower = text.lower()
    for words, pattern in _TOTALS:
        found = pattern.search(text) if any(word in lower for word in words) else None
        if found:
            return int(found[1])
    return None


def _capped(total: int, dropped: list[Unread]) -> int:
    if total <= MAX_LIST_PAGES:
        return total
    dropped.append(
        Unread(
            tr("列表", "list"),
            tr(
                f"称有 {total} 页，只读前 {MAX_LIST_PAGES} 页",
                f"said to have {total} pages, only {MAX_LIST_PAGES} are read",
            ),
        )
    )
    return MAX_LIST_PAGES


# createPageHTML of TRS WCM


@dataclass(frozen=True, slots=True)
class _Call:
    pages: int
    current: int
    name: str
    ending: str


def _script_pages(text: str, url: str, dropped: list[Unread]) -> Iterable[str]:
    if "createPageHTML" not in text and "createpagehtml" not in text.lower():
        return
    for found in _CREATE.finditer(text):
        call = _call(found[1])
        if call is not None:
            yield from _pages_of_call(call, url, dropped)


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
            return _Call(numbers[-2], numbers[-1], name, ending.lstrip("."))
    return None


def _pages_of_call(call: _Call, url: str, dropped: list[Unread]) -> Iterable[str]:
    """Page 0 is NAME.EXT, page k is NAME_k.EXT; every one from the first page, else the next two.

    In the variant that counts from 1, the first page says 1 and the last is NAME_N.EXT.
    """
    pages = _capped(call.pages, dropped)
    own = _own_number(url, call)
    from_one = call.current >= 1 and own in (0, call.current) and not _is_zero_based(call, own)
    last = pages if from_one else pages - 1
    numbers: Iterable[int]
    if own == 0:
        numbers = range(2 if from_one else 1, last + 1)
    else:
        numbers = [k for k in (own - 1, own + 1) if 1 <= k <= last]
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


# plain paging


def _form_of(url: str) -> tuple[_Form, int] | None:
    for pattern in _FORMS:
        found = pattern.search(url)
        if found:
            start, end = found.span(2)
            return _Form(url[:start], url[end:]), int(found[2])
    return None


def _list_keys(url: str, numbered: bool) -> set[tuple[str, str]]:
    """What is the same for all pages of a list: (path without number and ending, query)."""
    keys = set()
    address, _, query = url.partition("?")
    pairs = [pair for pair in query.split("&") if pair and not _PAGE_PAIR.match(pair)]
    rest = "&".join(pairs)
    if not numbered or len(pairs) != query.count("&") + bool(query):
        keys.add((_stem(address), rest))
    for pattern in (_PATH_NUMBER, _FOLDER_NUMBER):
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
    by_query = bool(_QUERY_NUMBER.search(url))
    return by_query or any(stem.rpartition("/")[2] == "index" for stem, _ in shared)


def _plain_pages(text: str, url: str, links: Sequence[Link], total: int) -> Iterable[str]:
    own = _form_of(url)
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


def _form_from_links(url: str, links: Sequence[Link], total: int) -> _Form | None:
    """The form of the numbered links; the text of one tells whether its numbers start at 0."""
    best: _Form | None = None
    for link in links:
        form = _form_of(link.url)
        if form is None or form[1] > total + 1 or not _same_list(link.url, url):
            continue
        shown = _DIGITS.match(link.text.strip())
        if shown and abs(form[1] - int(shown[1])) <= 1:
            return _Form(form[0].before, form[0].after, form[1] - int(shown[1]))
        best = best or form[0]
    return best


def _form_from_script(text: str, url: str) -> _Form | None:
    """The form that the page's script puts together: "?page=" + n, or "list_" + n + ".html"."""
    query = _SCRIPT_QUERY.search(text)
    if query:
        if _QUERY_NUMBER.search(url):
            return None
        joint = "&" if "?" in url else "?"
        return _Form(f"{url}{joint}{query[1]}=", "")
    name = _SCRIPT_NAME.search(text)
    if name:
        full = resolve(url, f"{name[1]}0{name[2]}")
        form = _form_of(full) if full else None
        return form[0] if form else None
    return None
