"""The lists that sites publish: what each says it has, and how much of it a sweep reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from scanner.ledger.batch import Taken
from scanner.ledger.list_models import ListRecordRow, ListRow
from scanner.ledger.models import CoverageRow, ItemRow, SiteRow
from scanner.ledger.sql import chunks, insert_rows, table_of
from scanner.ledger.texts import storable, url_key
from scanner.model import Cause, Listing, Outcome

_LISTS = table_of(ListRow)
_RECORDS = table_of(ListRecordRow)
_ITEMS = table_of(ItemRow)
_COVERAGE = table_of(CoverageRow)
_SITES = table_of(SiteRow)
_URL_LIMIT = 8_000
# How an address ended of which the sweep knows what it says.
_REACHED = frozenset(
    {
        *(Outcome.SCANNED, Outcome.UNCHANGED, Outcome.PARTLY_READ, Outcome.NOT_READ),
        Outcome.NOT_DUE,
    }
)
LOW_SHARE = 0.9  # of the records that its lists say they have; below it a site is marked


@dataclass(frozen=True, slots=True)
class ListCoverage:
    """One list in one sweep. Counts are records (items), but for the pages."""

    url: str  # of its first page
    site: str
    records: int | None  # that it says it has, None when it does not say
    pages: int | None  # list pages, likewise
    pages_read: int
    shown: int  # records seen on its pages
    reached: int
    failed: int
    skipped: int
    gone: int

    @property
    def share(self) -> float | None:
        """Reached of what it says it has, 0 to 1; None when it does not say."""
        if self.records is None:
            return None
        return min(1.0, self.reached / self.records) if self.records else 1.0

    @property
    def is_short(self) -> bool:
        """Whether records or pages that the list speaks of were not reached."""
        if self.records is not None:
            return self.reached < self.records
        return self.pages is not None and self.pages_read < self.pages


def record_lists(connection: Connection, taken: Sequence[Taken]) -> None:
    """Write what the pages of lists say, and the records on them. Every entry has its item."""
    entries = [(entry, entry.result.listing) for entry in taken if entry.result.listing]
    if not entries:
        return
    ids = _list_ids(connection, [entry for entry, _ in entries])
    said: dict[int, dict[str, Any]] = {}
    records: set[tuple[int, bytes]] = set()
    for entry, listing in entries:
        if listing is None:
            continue
        number = ids[entry.key]
        said.setdefault(number, {"list": number, "v_records": None, "v_pages": None})
        _learn(said[number], listing)
        records.update((number, url_key(url)) for url in listing.shown)
    statement = (
        _LISTS.update()
        .where(_LISTS.c.id == bindparam("list"))
        .values(
            records=func.coalesce(bindparam("v_records"), _LISTS.c.records),
            pages=func.coalesce(bindparam("v_pages"), _LISTS.c.pages),
        )
    )
    connection.execute(statement, [said[number] for number in sorted(said)])
    rows = [{"list_id": number, "url_key": key} for number, key in sorted(records)]
    insert_rows(connection, _RECORDS, rows, skip_known=True)
    connection.execute(
        _ITEMS.update().where(_ITEMS.c.id == bindparam("item")).values(list_id=bindparam("list")),
        [{"item": entry.item_id, "list": ids[entry.key]} for entry, _ in entries],
    )


def _learn(said: dict[str, Any], listing: Listing) -> None:
    """Of what several pages of a batch say, the most: a page that is cut short says less."""
    for name, value in (("v_records", listing.records), ("v_pages", listing.pages)):
        if value is not None:
            said[name] = max(value, said[name] or 0)


def _list_ids(connection: Connection, entries: Sequence[Taken]) -> dict[bytes, int]:
    """The list of each page: that of the page it was turned from, or else its own."""
    parents = {entry.key: url_key(entry.parent) for entry in entries if _is_further(entry)}
    of_parent: dict[bytes, int] = {}
    for part in chunks(sorted(set(parents.values()))):
        query = select(_ITEMS.c.url_key, _ITEMS.c.list_id).where(_ITEMS.c.url_key.in_(part))
        rows = connection.execute(query.where(_ITEMS.c.list_id.is_not(None)))
        of_parent.update({bytes(row.url_key): row.list_id for row in rows})
    ids: dict[bytes, int] = {}
    first: dict[bytes, str] = {}
    for entry in entries:
        above = parents.get(entry.key)
        if entry.known is not None and entry.known.list_id is not None:
            ids[entry.key] = entry.known.list_id
        elif above in of_parent:
            ids[entry.key] = of_parent[above]
        else:
            first[entry.key] = entry.parent if above else entry.result.url
    made = _make(connection, sorted(set(first.values())))
    return ids | {key: made[url] for key, url in first.items()}


def _is_further(entry: Taken) -> bool:
    return entry.flags["is_list_page"] and bool(entry.parent)


def _make(connection: Connection, urls: Sequence[str]) -> dict[str, int]:
    by_key = {url_key(url): url for url in urls}
    rows = [
        {
            "url_key": key,
            "url": storable(by_key[key])[:_URL_LIMIT],
            "records": None,
            "pages": None,
        }
        for key in sorted(by_key)
    ]
    insert_rows(connection, _LISTS, rows, skip_known=True)
    made: dict[str, int] = {}
    for part in chunks(sorted(by_key)):
        found = select(_LISTS.c.id, _LISTS.c.url_key).where(_LISTS.c.url_key.in_(part))
        made.update({by_key[bytes(row.url_key)]: row.id for row in connection.execute(found)})
    return made


def list_coverage(connection: Connection, sweep_id: int) -> list[ListCoverage]:
    """The lists of which the sweep covers a page, the one that lacks most first."""
    pages = _pages_of(connection, sweep_id)
    endings = _endings_of(connection, sweep_id, list(pages))
    shown = _shown_of(connection, list(pages))
    heads: list[Row[Any]] = []
    for part in chunks(sorted(pages)):
        heads += connection.execute(select(_LISTS).where(_LISTS.c.id.in_(part))).all()
    found = [
        _coverage(head, pages[head.id], shown.get(head.id, 0), endings.get(head.id, {}))
        for head in heads
    ]
    return sorted(found, key=lambda one: (-_lacking(one), one.url))


def _lacking(one: ListCoverage) -> int:
    if one.records is not None:
        return one.records - one.reached
    return (one.pages or 0) - one.pages_read


def _coverage(
    head: Row[Any], pages: tuple[str, int], shown: int, endings: dict[Outcome, int]
) -> ListCoverage:
    site, read = pages
    return ListCoverage(
        url=head.url,
        site=site,
        records=head.records,
        pages=head.pages,
        pages_read=read,
        shown=shown,
        reached=sum(count for outcome, count in endings.items() if outcome in _REACHED),
        failed=endings.get(Outcome.FAILED, 0),
        skipped=endings.get(Outcome.SKIPPED, 0),
        gone=endings.get(Outcome.GONE, 0),
    )


def _pages_of(connection: Connection, sweep_id: int) -> dict[int, tuple[str, int]]:
    """By list: its site, and how many of its pages the sweep read or knows unchanged."""
    query = (
        select(_ITEMS.c.list_id, func.max(_SITES.c.name), func.count())
        .select_from(_COVERAGE)
        .join(_ITEMS, _ITEMS.c.url_key == _COVERAGE.c.url_key)
        .outerjoin(_SITES, _SITES.c.id == _COVERAGE.c.site_id)
        .where(_COVERAGE.c.sweep_id == sweep_id, _ITEMS.c.list_id.is_not(None))
        .where(_COVERAGE.c.outcome.in_(list(_REACHED)))
        .group_by(_ITEMS.c.list_id)
    )
    return {number: (site or "", read) for number, site, read in connection.execute(query)}


def _endings_of(
    connection: Connection, sweep_id: int, lists: Sequence[int]
) -> dict[int, dict[Outcome, int]]:
    found: dict[int, dict[Outcome, int]] = {}
    for part in chunks(lists):
        query = (
            select(_RECORDS.c.list_id, _COVERAGE.c.outcome, _COVERAGE.c.cause, func.count())
            .join(_COVERAGE, _COVERAGE.c.url_key == _RECORDS.c.url_key)
            .where(_COVERAGE.c.sweep_id == sweep_id, _RECORDS.c.list_id.in_(part))
            .group_by(_RECORDS.c.list_id, _COVERAGE.c.outcome, _COVERAGE.c.cause)
        )
        for number, outcome, cause, count in connection.execute(query):
            # What redirects is read where it leads to.
            ending = Outcome.SCANNED if cause == Cause.REDIRECT else Outcome(outcome)
            of_list = found.setdefault(number, {})
            of_list[ending] = of_list.get(ending, 0) + count
    return found


def _shown_of(connection: Connection, lists: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in chunks(lists):
        query = (
            select(_RECORDS.c.list_id, func.count())
            .where(_RECORDS.c.list_id.in_(part))
            .group_by(_RECORDS.c.list_id)
        )
        for number, count in connection.execute(query):
            found[number] = count
    return found
