"""What a list says of itself: how many records it has, and on how many pages.

The number is read from wherever the systems write it: the words under a list (「共 4,895 条」), the
settings of its script (`totalRecord`, `totalCount`, `createPageHTML`), or the answer that its
script gets (`<totalrecord>`, `"total": 4895`).
"""

import re

from spiders.lists import trs
from spiders.lists.base import ListPage

_GAP = r"(?:\s|&nbsp;|<[^<>]{1,80}>){0,6}"
_NUMBER = r"(\d{1,3}(?:[,，]\d{3}){1,2}(?!\d)|\d{1,7})"
_UNIT = r"(?:条|篇|则|件|个(?:信息|文件|结果|记录)|项(?:信息|文件|记录|结果)|records?\b|items?\b)"
# With words of which one must stand on the page, in lower case, before a pattern is tried.
_RECORDS = (
    (
        ("共", "总"),
        re.compile(
            # Each branch begins with one letter that is plain: then the engine skips to it.
            rf"共(?:计|有|找到)?{_GAP}{_NUMBER}{_GAP}{_UNIT}|总计{_GAP}{_NUMBER}{_GAP}{_UNIT}"
            rf"|总(?:记录数?|条数|数(?<=(?:记录|信息)总数)){_GAP}[:：]?{_GAP}{_NUMBER}"
        ),
    ),
    (
        ("total", "count", "recordcount"),
        re.compile(
            r"""\b(?:total_?(?:records?|counts?|rows?|nums?|items?)|records?_?(?:count|total)"""
            r"""|row_?count|count_?record)["']?\s*[:=]\s*["']?(\d{1,7})\b"""
            r"""|<total_?record>\s*(?:<!\[CDATA\[)?\s*(\d{1,7})""",
            re.IGNORECASE,
        ),
    ),
)
# In an answer that is data, the bare word is the total of the list.
_BARE = re.compile(r"""["']total["']\s*:\s*["']?(\d{1,7})\b""", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:html|body|frameset)\b", re.IGNORECASE)
_JPAGE = re.compile(
    r"""\.jpage\s*\(\s*\{[^{}]{0,1500}?\btotalRecords?["']?\s*:\s*["']?(\d{1,7})""", re.IGNORECASE
)


def stated_records(page: ListPage) -> int | None:
    """How many records the lists of the page say they have; None when they do not say.

    A page with several lists of 大汉 jpage has the sum of them.
    """
    calls = _JPAGE.findall(page.text) if "jpage" in page.lowered else ()
    if calls:
        return sum(map(int, calls))
    for words, pattern in _RECORDS:
        found = pattern.search(page.text) if any(w in page.lowered for w in words) else None
        if found:
            digits = next(group for group in found.groups() if group)
            return int(digits.replace(",", "").replace("，", ""))
    if '"total"' in page.lowered and not is_whole_page(page):
        found = _BARE.search(page.text)
        if found:
            return int(found[1])
    return trs.stated_records(page)


def is_whole_page(page: ListPage) -> bool:
    """Whether it is a page of its own rather than what a script puts into one."""
    return bool(_WHOLE.search(page.text))


def stated_pages(page: ListPage) -> int | None:
    """How many pages the list says it has; None when it does not say."""
    return page.total if page.total is not None else trs.stated_pages(page)
