"""What a sweep would ask for again, counted without beginning one."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from scanner.ledger import seeding
from scanner.ledger.list_models import ListRecordRow, ListRow
from scanner.ledger.models import CoverageRow, SiteRow
from scanner.ledger.registry import Directory
from scanner.ledger.rhythm import Rhythm
from scanner.ledger.sql import table_of
from scanner.model import Outcome

_LISTS = table_of(ListRow)
_RECORDS = table_of(ListRecordRow)
_COVERAGE = table_of(CoverageRow)
_SITES = table_of(SiteRow)


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list of an earlier sweep."""

    url: str
    shown: int  # records seen on its pages


@dataclass(slots=True)
class SiteForecast:
    """What the ledger knows of one site, in items."""

    known: int = 0
    due: int = 0
    mean_size: int = 0  # bytes of a page read, 0 when none was
    lists: list[KnownList] = field(default_factory=list)


def forecast(
    connection: Connection, engine: str, names: Collection[str], rhythm: Rhythm
) -> dict[str, SiteForecast]:
    """By the name of the site; only sites that the ledger knows something of."""
    directory = Directory(connection)
    titles = {row.id: row.name for row in connection.execute(select(_SITES.c.id, _SITES.c.name))}
    found: dict[str, SiteForecast] = {}

    def of(url: str) -> SiteForecast | None:
        name = titles.get(directory.site(url)[0] or 0)
        return found.setdefault(name, SiteForecast()) if name in names and name else None

    for row in seeding.known_urls(connection, rhythm.now, engine):
        site = of(row.url)
        if site is not None:
            site.known += 1
            site.due += row.facts is None or rhythm.is_due(row.facts)
    for url, shown in connection.execute(
        select(_LISTS.c.url, func.count(_RECORDS.c.url_key).label("shown"))
        .outerjoin(_RECORDS, _RECORDS.c.list_id == _LISTS.c.id)
        .group_by(_LISTS.c.url)
        .order_by(_LISTS.c.url)
    ):
        site = of(url)
        if site is not None:
            site.lists.append(KnownList(url, shown))
    for name, size in connection.execute(
        select(_SITES.c.name, func.avg(_COVERAGE.c.size))
        .join(_SITES, _SITES.c.id == _COVERAGE.c.site_id)
        .where(_COVERAGE.c.size > 0, _COVERAGE.c.outcome == Outcome.SCANNED)
        .group_by(_SITES.c.name)
    ):
        if name in found:
            found[name].mean_size = int(size)
    return found
