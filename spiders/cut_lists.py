"""Lists that say they have more than they show, and that nothing on the page tells how to turn."""

from collections.abc import Sequence
from dataclasses import replace

from scanner.lang import tr
from scanner.model import ItemResult, Listing, Unread
from spiders.links import find_links


def cut_short(listing: Listing, error: str = "") -> Unread:
    """What is said of a list that could not be turned. `error`: why the browser could not."""
    shown = len(listing.shown)
    if error:
        why = tr(f"浏览器未能翻页（{error}）", f"the browser could not turn it ({error})")
    else:
        why = tr(
            "翻页由脚本完成；安装 privacy-sweep[browser] 并写 browser = true 可翻",
            "its script turns it; privacy-sweep[browser] and browser = true can",
        )
    return Unread(
        tr("列表", "list"),
        tr(
            f"称有 {listing.records} 条，只见 {shown} 条：{why}",
            f"says {listing.records} records, shows {shown}: {why}",
        ),
    )


def presses(listing: Listing) -> int:
    """How often 「下一页」 has to be pressed to see all that the list says it has."""
    records, shown = listing.records or 0, max(1, len(listing.shown))
    return -(-records // shown)


def with_turned(result: ItemResult, url: str, pages: Sequence[str]) -> ItemResult:
    """The result with the links and records of the list as it stood after each press."""
    listing = result.listing
    if listing is None:
        return result
    links = {link.url: link for link in result.links}
    shown = dict.fromkeys(listing.shown)
    for page in pages:
        scan = find_links(page.encode("utf-8", "replace"), url, "text/html; charset=utf-8")
        for link in scan.links:
            links.setdefault(link.url, link)
        shown |= dict.fromkeys(scan.listing.shown if scan.listing else ())
    whole = replace(listing, shown=tuple(shown))
    unread = (cut_short(whole, tr("仍有未见", "some are still missing")),) if whole.is_cut else ()
    return replace(
        result, links=tuple(links.values()), listing=whole, unread=(*result.unread, *unread)
    )
