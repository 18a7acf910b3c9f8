"""The worst pages, counted in the database: one file may hold 400,000 values."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from scanner.ledger.models import FindingRow, ItemRow, UnitRow
from scanner.ledger.queue import RANK, Filter, heads_of, ranked
from scanner.ledger.sql import table_of
from scanner.model import Severity

_FINDINGS, _ITEMS, _UNITS = table_of(FindingRow), table_of(ItemRow), table_of(UnitRow)


@dataclass(frozen=True, slots=True)
class WorstPage:
    """One item (条) with what stands open on it, in numbers."""

    url: str
    title: str
    is_attachment: bool
    unit: str  # "" when the item belongs to no unit
    worst: Severity
    kinds: tuple[tuple[str, int], ...]  # kind of value and how many, most first


def worst_pages(connection: Connection, wanted: Filter, limit: int) -> list[WorstPage]:
    """Items with findings that pass the filter, those with the worst first, then by number."""
    ranks = ranked(connection, wanted, limit)
    kinds: dict[int, list[tuple[str, int]]] = {item: [] for item in ranks}
    number = func.count()
    by_kind = (
        select(_FINDINGS.c.item_id, _FINDINGS.c.kind, number.label("number"))
        .join(_ITEMS, _ITEMS.c.id == _FINDINGS.c.item_id)
        .outerjoin(_UNITS, _UNITS.c.id == _ITEMS.c.unit_id)
        .where(_FINDINGS.c.item_id.in_(list(ranks)))
        .group_by(_FINDINGS.c.item_id, _FINDINGS.c.kind)
        .order_by(number.desc(), func.max(RANK).desc(), func.min(_FINDINGS.c.id))
    )
    for row in connection.execute(wanted.on(by_kind)):
        kinds[row.item_id].append((row.kind, row.number))
    heads = heads_of(connection, list(ranks))
    return [
        WorstPage(
            url=heads[item].url,
            title=heads[item].title,
            is_attachment=heads[item].is_attachment,
            unit=heads[item].unit or "",
            worst=_OF_RANK[level],
            kinds=tuple(kinds[item]),
        )
        for item, level in ranks.items()
    ]


_OF_RANK = {severity.rank: severity for severity in Severity}
