"""Sites and units: which body a URL belongs to."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, select

from scanner.errors import ConfigError
from scanner.lang import tr
from scanner.ledger.models import ItemRow, SiteRow, UnitRow
from scanner.ledger.sql import table_of
from scanner.ledger.states import LEVELS
from scanner.ledger.whose import UnitFinder, host_of

_UNITS = table_of(UnitRow)
_SITES = table_of(SiteRow)
_ITEMS = table_of(ItemRow)


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """A body that publishes, as configured."""

    name: str
    level: str | None = None  # one of states.LEVELS; None is counted as 未归类
    parent: str = ""  # another unit's name
    aliases: tuple[str, ...] = ()  # other names found as "source" on its pages
    # Where a page names no known unit: "host/path/" of its pages, names of its columns.
    paths: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteSpec:
    """A site, or a part of one, as configured."""

    name: str
    # "www.x.gov.cn" (with its subdomains), "www.x.gov.cn/town/", or with a port that is exact
    prefixes: tuple[str, ...]
    unit: str = ""  # whose pages these are where a page does not name another known unit


def _port_of(url: str) -> int:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return 0
    return port or (443 if parts.scheme == "https" else 80)


class Directory:
    """Looks up the site and the unit of a URL: the longest prefix wins."""

    def __init__(self, connection: Connection) -> None:
        self._prefixes: list[tuple[str, str, int, int | None]] = []  # host, path, site, unit
        self._site_ids: dict[str, int] = {}
        for row in connection.execute(select(_SITES)):
            self._site_ids[row.name] = row.id
            for prefix in row.prefixes:
                host, _, path = str(prefix).partition("/")
                self._prefixes.append((host.lower(), "/" + path, row.id, row.unit_id))
        self._prefixes.sort(key=lambda p: (-len(p[0]), -len(p[1])))
        self._units = UnitFinder(connection.execute(select(_UNITS).order_by(_UNITS.c.id)).all())
        self._hosts: dict[str, list[tuple[str, int, int | None]]] = {}

    def site(self, url: str) -> tuple[int | None, int | None]:
        """Ids of the site and of the site's unit."""
        host, port = host_of(url), _port_of(url)
        place = f"{host}:{port}"
        if place not in self._hosts:
            self._hosts[place] = [
                (path, site, unit)
                for name, path, site, unit in self._prefixes
                if name == place or (host == name or host.endswith("." + name))
            ]
        path = urlsplit(url).path or "/" if self._hosts[place] else ""
        for prefix, site, unit in self._hosts[place]:
            if path.startswith(prefix):
                return site, unit
        return None, None

    def within(self, names: Collection[str]) -> Callable[[str], bool]:
        """A test whether a URL belongs to one of the named sites; to any or none without names."""
        if not names:
            return lambda _url: True
        wanted = {self._site_ids[name] for name in names if name in self._site_ids}
        return lambda url: self.site(url)[0] in wanted

    def unit(self, url: str, source: str, column: str, otherwise: int | None) -> int | None:
        """Id of the unit whose page it is, or the site's own unit. See `UnitFinder`."""
        found = self._units.find(url, source, column)
        return otherwise if found is None else found


def register(connection: Connection, units: Sequence[UnitSpec], sites: Sequence[SiteSpec]) -> None:
    """Write units and sites as configured and file every item anew.

    Names are the identity: what is no longer configured stays, since findings speak of it.
    Raises ConfigError naming every fault.
    """
    if connection.dialect.name == "postgresql":
        # Machines that join one sweep write the same list, perhaps at the same moment.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7250121)")
    faults = list(_faults(units, sites))
    if faults:
        raise ConfigError(faults)
    before = _written(connection)
    unit_ids = _write_units(connection, units)
    _write_sites(connection, sites, unit_ids)
    if _written(connection) != before:  # else every item is filed rightly already
        _file_items(connection)


def _written(connection: Connection) -> list[object]:
    return [
        tuple(row)
        for table in (_UNITS, _SITES)
        for row in connection.execute(select(table).order_by(table.c.id))
    ]


def _faults(units: Sequence[UnitSpec], sites: Sequence[SiteSpec]) -> Iterable[str]:
    names = {unit.name for unit in units}
    for unit in units:
        if unit.level is not None and unit.level not in LEVELS:
            known = "、".join(LEVELS)
            yield tr(
                f"单位“{unit.name}”的层级“{unit.level}”不认识，应为：{known}。",
                f"Unit '{unit.name}' has an unknown level '{unit.level}': use one of {known}.",
            )
        if unit.parent and unit.parent not in names:
            yield tr(
                f"单位“{unit.name}”的上级“{unit.parent}”没有登记。",
                f"The parent '{unit.parent}' of unit '{unit.name}' is not listed.",
            )
    for site in sites:
        if site.unit and site.unit not in names:
            yield tr(
                f"网站“{site.name}”的单位“{site.unit}”没有登记。",
                f"The unit '{site.unit}' of site '{site.name}' is not listed.",
            )


def _write_units(connection: Connection, units: Sequence[UnitSpec]) -> dict[str, int]:
    ids = {row.name: row.id for row in connection.execute(select(_UNITS.c.name, _UNITS.c.id))}
    for unit in units:
        values = {
            "level": unit.level,
            "aliases": list(unit.aliases),
            "paths": list(unit.paths),
            "columns": list(unit.columns),
        }
        if unit.name in ids:
            connection.execute(_UNITS.update().where(_UNITS.c.name == unit.name), values)
        else:
            inserted = _UNITS.insert().values(name=unit.name, **values).returning(_UNITS.c.id)
            ids[unit.name] = connection.execute(inserted).scalar_one()
    for unit in units:
        parent = ids[unit.parent] if unit.parent else None
        connection.execute(
            _UNITS.update().where(_UNITS.c.name == unit.name).values(parent_id=parent)
        )
    return ids


def _write_sites(
    connection: Connection, sites: Sequence[SiteSpec], unit_ids: dict[str, int]
) -> None:
    known = set(connection.execute(select(_SITES.c.name)).scalars())
    for site in sites:
        values = {
            "prefixes": list(site.prefixes),
            "unit_id": unit_ids[site.unit] if site.unit else None,
        }
        if site.name in known:
            connection.execute(_SITES.update().where(_SITES.c.name == site.name), values)
        else:
            connection.execute(_SITES.insert().values(name=site.name, **values))


def _file_items(connection: Connection) -> None:
    directory = Directory(connection)
    changes = []
    pages: dict[str, int | None] = {}
    names = (
        *("id", "url", "source", "column_name", "site_id", "unit_id"),
        *("is_attachment", "parent_url"),
    )
    query = select(*(_ITEMS.c[name] for name in names))
    # Pages first: an attachment is of the unit of its page.
    for row in connection.execute(query.order_by(_ITEMS.c.is_attachment)):
        site, owner = directory.site(row.url)
        page = pages.get(row.parent_url) if row.is_attachment else None
        if page:
            unit = directory.unit("", row.source, "", page)
        else:
            unit = directory.unit(row.url, row.source, row.column_name, owner)
        if not row.is_attachment:
            pages[row.url] = unit
        if (site, unit) != (row.site_id, row.unit_id):
            changes.append({"item": row.id, "site": site, "unit": unit})
    if changes:
        connection.execute(
            _ITEMS.update()
            .where(_ITEMS.c.id == bindparam("item"))
            .values(site_id=bindparam("site"), unit_id=bindparam("unit")),
            changes,
        )
