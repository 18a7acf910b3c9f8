"""Further pages of a list: those that the page links to and those that its script would ask for.

A spider that follows `<a href>` alone sees the first page of every column. Each system has a file
of its own here and is recognised by what its pages hold, never by the site they stand on:

- `trs`: `createPageHTML` of TRS WCM
- `jpage`: the record groups of 大汉 JCMS, by GET and by POST
- `lonsun`: `label/8888` of 龙讯
- `more`: 「加载更多」, and scripts that fetch page by page
- `plain`: numbered addresses up to the total that the page states, and 「下一页」
- `data`: records that come as XML, as JSON or in the arrays of a script
- `listing`: what a list says of itself (`claims`) and the records that it shows (`rows`)
"""

from scanner.model import Link, Unread
from spiders.lists import jpage, lonsun, more, plain, trs
from spiders.lists.base import MAX_LIST_PAGES, ListPage, Paging, position_of, stated_total
from spiders.lists.data import markup_in_page, markup_of_data
from spiders.lists.listing import listing_of
from spiders.lists.plain import is_beyond

__all__ = [
    "MAX_LIST_PAGES",
    "ListPage",
    "Paging",
    "find_pages",
    "is_beyond",
    "listing_of",
    "markup_in_page",
    "markup_of_data",
    "stated_total",
]


def find_pages(page: ListPage) -> Paging:
    """The further pages of the lists on `page`."""
    dropped: list[Unread] = []
    out: dict[str, Link] = {}
    groups = list(jpage.pages(page, dropped))
    turned = [*trs.pages(page, dropped), *groups, *lonsun.pages(page), *more.pages(page, dropped)]
    # Beside record groups, numbered addresses show the same records once more.
    if not groups:
        turned += plain.pages(page, dropped)
    for found in turned:
        out.setdefault(found, Link(found, is_list_page=True, position=position_of(found)))
    out.pop(page.url, None)
    out.pop(page.address, None)
    return Paging(tuple(out.values()), tuple(dict.fromkeys(dropped)))
