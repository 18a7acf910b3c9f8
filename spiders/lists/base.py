"""What all list systems share: the page, numbered addresses, stated totals, and the limit."""

import re
from dataclasses import dataclass

from scanner.lang import tr
from scanner.model import Link, Unread

MAX_LIST_PAGES = 5000  # of one list; more is a fault of the page or a trap

PARAMETER = (
    r"page|pageno|page_no|pagenum|page_num|pagenumber|pageindex|page_index|curpage|cur_page|"
    r"currentpage|current_page|currpage|nowpage|topage|gopage|pn|p"
)
QUERY_NUMBER = re.compile(rf"(?<=[?&])((?:{PARAMETER})=)(\d{{1,6}})(?=[&#]|$)", re.IGNORECASE)
PATH_NUMBER = re.compile(r"([_-])(\d{1,5})(\.(?:s?html?|jspx?|aspx?|php))(?=$|\?)", re.IGNORECASE)
FOLDER_NUMBER = re.compile(r"(/(?:page|p)/)(\d{1,5})(/?)(?=$|\?)", re.IGNORECASE)
_FORMS = (QUERY_NUMBER, PATH_NUMBER, FOLDER_NUMBER)

_START_RECORD = re.compile(r"(?<=[?&])startrecord=(\d{1,9})", re.IGNORECASE)

_TOTAL_WORDS = (
    r"total_?pages?|page_?(?:count|total)|all_?pages?|countPage|maxPage|m_?nRecordCountPage"
)
# Each with words, in lower case, of which one must stand on the page: most pages are no lists,
# and to look for a word is many times quicker than to try a pattern at every place.
_TOTALS = (
    (("共",), re.compile(r"共\s*(?:<[^<>]{1,80}>\s*)*(\d{1,6})\s*(?:<[^<>]{1,80}>\s*)*页")),
    (
        (
            *("totalpage", "total_page", "pagecount", "page_count", "pagetotal", "page_total"),
            *("allpage", "all_page", "countpage", "maxpage"),
        ),
        re.compile(rf"""\b(?:{_TOTAL_WORDS})["']?\s*[:=]\s*["']?(\d{{1,6}})\b""", re.IGNORECASE),
    ),
    (
        ("data-total", "data-page"),
        re.compile(
            r"""\bdata-(?:total-?pages?|page-?(?:count|total))\s*=\s*["']?(\d{1,6})""",
            re.IGNORECASE,
        ),
    ),
    (("页",), re.compile(r"/(?:(?<=\d/)|(?<=\d\s/))\s*(\d{1,6})\s*页")),
    (("页次",), re.compile(r"页次[:：]?\s*\d{1,5}\s*/\s*(\d{1,6})")),
)


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page, or the answer to a request of its script, as the list systems see it.

    The numbers of further pages never pass `total`.
    """

    text: str
    url: str  # what its links are relative to
    links: tuple[Link, ...]
    address: str  # what was asked for: the URL, and the fields of a POST
    total: int | None  # pages that the list says it has
    lowered: str  # the text in lower case


@dataclass(frozen=True, slots=True)
class Paging:
    """The further pages of the lists of one page, and what of them was left out."""

    links: tuple[Link, ...] = ()
    dropped: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """An address with a hole for the number of the page."""

    before: str
    after: str
    offset: int = 0  # the number in the address minus the number a reader sees

    def url(self, page: int) -> str:
        """The address of the page with the number a reader sees."""
        return f"{self.before}{page + self.offset}{self.after}"


def form_of(url: str) -> tuple[Form, int] | None:
    """The form of a numbered address and its number; None for an address without one."""
    for pattern in _FORMS:
        found = pattern.search(url)
        if found:
            start, end = found.span(2)
            return Form(url[:start], url[end:]), int(found[2])
    return None


def position_of(address: str) -> int:
    """The number in the address of a list page, by which its pages follow; 0 without one."""
    start = _START_RECORD.search(address)
    if start:
        return int(start[1])
    form = form_of(address.replace("#POST?", "&"))
    return form[1] if form else 0


def stated_total(text: str) -> int | None:
    """How many pages the list says it has, None when it does not say."""
    lowered = text.lower()
    for words, pattern in _TOTALS:
        found = pattern.search(text) if any(word in lowered for word in words) else None
        if found:
            return int(found[1])
    return None


def capped(total: int, dropped: list[Unread]) -> int:
    """The total, or the limit, and then a note among `dropped`."""
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
