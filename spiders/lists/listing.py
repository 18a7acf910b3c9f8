"""The list on a page: what it says of itself, and the records that it shows."""

import re
from collections.abc import Sequence

from lxml import html

from scanner.model import Link, Listing
from spiders.lists import claims, rows
from spiders.lists.base import ListPage

# What a list has that an article with "共120条" in it has not.
_PAGER = re.compile(
    r"每页|下一?页|末页|尾页|页次|跳转|共\s*(?:<[^<>]{1,80}>\s*)*\d{1,6}\s*(?:<[^<>]{1,80}>\s*)*页"
)
_ROWS_ENOUGH = 3


def listing_of(
    page: ListPage,
    roots: Sequence[html.HtmlElement],
    turned: Sequence[Link],
    resolve: rows.Resolve,
    *,
    is_answer: bool,
    is_data: bool,
) -> Listing | None:
    """The list that the page shows, None for a page that shows none.

    `turned`: the further pages found. `is_answer`: the page was asked for as a page of a list, so
    that it belongs to one whatever stands on it; so does an answer that `is_data`. Of the `roots`
    the first is the page itself, the second the records that stand beside it as data.
    """
    records = claims.stated_records(page)
    is_answer = is_answer or is_data
    if not turned and not is_answer and (records is None or not _PAGER.search(page.text)):
        return None
    shown = _shown(page, roots, resolve, is_data)
    if not turned and not is_answer and len(shown) < _ROWS_ENOUGH:
        return None
    if records is not None and records < len(shown):
        records = None  # a script's first value, or a number that is of something else
    return Listing(records, claims.stated_pages(page), tuple(shown), bool(turned))


def _shown(
    page: ListPage, roots: Sequence[html.HtmlElement], resolve: rows.Resolve, is_data: bool
) -> list[str]:
    if not roots:
        return []
    if is_data or len(roots) > 1:
        return rows.all_links(roots[-1], resolve)
    found = rows.record_links(roots[0], resolve)
    if not found and not claims.is_whole_page(page):
        return rows.all_links(roots[0], resolve)
    return found
