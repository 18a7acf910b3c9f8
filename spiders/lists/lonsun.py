"""龙讯 (LonSun; the platform of Anhui's 政务公开网): lists come from `/site/label/8888`.

The request stands in the page's script, or follows from the address of the column and the page's
SiteId. Its answer, HTML or JSON, is turned by `more`, as every answer with a page number is.
"""

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.lists.base import ListPage
from spiders.urls import resolve

_LABEL = re.compile(r"""["']([^"'\s<>]{0,200}/?label/8888\?[^"'\s<>]{10,1500})["']""")
_INDEX = re.compile(r"(?<=[?&])(pageIndex=)\d*(?=&|$)")
_COLUMN = re.compile(r"^(.*?)/public/column/(\d{1,12})/?$")
_SITE = re.compile(
    r"""<meta\s+(?:name\s*=\s*["']?SiteId["']?\s+content\s*=\s*["']?(\d{1,12})|"""
    r"""content\s*=\s*["']?(\d{1,12})["']?\s+name\s*=\s*["']?SiteId\b)""",
    re.IGNORECASE,
)
_PAGE_SIZE = 20


def pages(page: ListPage) -> Iterable[str]:
    """The first page of each list that the page's script would fetch."""
    if "label/8888" in page.address:
        return
    named = False
    if "label/8888" in page.text:
        for found in _LABEL.finditer(page.text):
            full = resolve(page.url, unescape(found[1]))
            if full is not None:
                named = True
                yield _first(full)
    if not named:
        yield from _of_column(page)


def _first(url: str) -> str:
    if _INDEX.search(url):
        return _INDEX.sub(r"\g<1>1", url, count=1)
    return f"{url}&pageIndex=1"


def _of_column(page: ListPage) -> Iterable[str]:
    """The request that a column page makes, put together from its address."""
    parts = urlsplit(page.url)
    column, site = _COLUMN.match(parts.path), _SITE.search(page.text)
    if not column or not site:
        return
    query = dict(parse_qsl(parts.query))
    fields = {
        "IsAjax": "1",
        "dataType": "html",
        "labelName": "publicInfoList",
        "siteId": site[1] or site[2],
        "pageSize": str(_PAGE_SIZE),
        "pageIndex": "1",
        "action": query.get("action", "list"),
        "isDate": "true",
        "dateFormat": "yyyy-MM-dd",
        "organId": column[2],
        "type": query.get("type", "4"),
        "catId": query.get("catId", ""),
    }
    full = resolve(page.url, f"{column[1]}/site/label/8888?{urlencode(fields)}")
    if full:
        yield full
