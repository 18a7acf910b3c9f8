"""Taking old data out of the ledger, so that figures and history stay true.

What is over is blanked, not forgotten: a finding keeps its kind, state, dates and history, and
loses everything that says whose value it was (mask, hashes, words around it, place). Each purge
is a line in the history of the finding. What is still to be done, and what still stands on its
page, is never purged: the one has to be rectified, the other would be asked about again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from scanner.errors import AuditError, ConfigError
from scanner.lang import tr
from scanner.ledger.mask_models import MaskSightingRow
from scanner.ledger.models import CoverageRow, FindingRow, HistoryRow, ItemRow, SiteRow
from scanner.ledger.sql import chunks, table_of
from scanner.ledger.states import OPEN_STATES

_FINDINGS = table_of(FindingRow)
_ITEMS = table_of(ItemRow)
_SITES = table_of(SiteRow)
_COVERAGE = table_of(CoverageRow)
_HISTORY = table_of(HistoryRow)
_SIGHTINGS = table_of(MaskSightingRow)

PURGED = "purged:"  # begins what stands in the place of a fingerprint, person or URL


@dataclass(frozen=True, slots=True)
class Order:
    """What is to go: what was last seen before `before`, or all of one site."""

    who: str
    now: datetime
    before: datetime | None = None
    site: str = ""


@dataclass(frozen=True, slots=True)
class Purged:
    """How much went, or would go."""

    findings: int  # values
    items: int  # pages and attachments whose address went


def purge(connection: Connection, order: Order, *, dry_run: bool) -> Purged:
    """Blank what `order` names. Raises ConfigError for a site that is not known, AuditError for
    one with findings that are still open."""
    over = _over(connection, order)
    findings = [
        row.id
        for row in connection.execute(
            select(_FINDINGS.c.id)
            .join(_ITEMS, _ITEMS.c.id == _FINDINGS.c.item_id)
            .where(over, _FINDINGS.c.fingerprint.not_like(PURGED + "%"))
            .order_by(_FINDINGS.c.id)
        )
    ]
    if not dry_run:
        for part in chunks(findings):
            _blank_findings(connection, part, order)
    items = _items_over(connection, order, findings)
    if not dry_run:
        for part in chunks(items):
            _blank_items(connection, part)
    return Purged(len(findings), len(items))


def _over(connection: Connection, order: Order) -> ColumnElement[bool]:
    """Which findings go."""
    if not order.site:
        return and_(
            _FINDINGS.c.state.not_in(OPEN_STATES),
            _FINDINGS.c.present.is_(False),
            _FINDINGS.c.last_seen < order.before,
        )
    site = connection.execute(select(_SITES.c.id).where(_SITES.c.name == order.site)).scalar()
    if site is None:
        raise ConfigError(
            tr(f"台账里没有网站“{order.site}”", f"the ledger has no site {order.site!r}")
        )
    of_site: ColumnElement[bool] = _ITEMS.c.site_id == site
    still_open = connection.execute(
        select(func.count())
        .select_from(_FINDINGS.join(_ITEMS, _ITEMS.c.id == _FINDINGS.c.item_id))
        .where(of_site, _FINDINGS.c.state.in_(OPEN_STATES))
    ).scalar_one()
    if still_open:
        raise AuditError(
            tr(
                f"网站“{order.site}”还有 {still_open} 个值没有办结：请先审核或复查，再清除。",
                f"site {order.site!r} still has {still_open} values that are open: "
                "decide on them or re-check them before the purge.",
            )
        )
    return of_site


def _items_over(connection: Connection, order: Order, findings: Sequence[int]) -> list[int]:
    """Items that nothing needs any more: all of the site, or long gone without findings."""
    query = select(_ITEMS.c.id).where(_ITEMS.c.url.not_like(PURGED + "%")).order_by(_ITEMS.c.id)
    if order.site:
        site = select(_SITES.c.id).where(_SITES.c.name == order.site).scalar_subquery()
        return list(connection.execute(query.where(_ITEMS.c.site_id == site)).scalars())
    going = set(findings)
    gone = list(connection.execute(query.where(_ITEMS.c.gone_at < order.before)).scalars())
    needed: set[int] = set()
    for part in chunks(gone):
        rows = connection.execute(
            select(_FINDINGS.c.id, _FINDINGS.c.item_id, _FINDINGS.c.fingerprint).where(
                _FINDINGS.c.item_id.in_(part)
            )
        )
        needed.update(
            row.item_id
            for row in rows
            if row.id not in going and not row.fingerprint.startswith(PURGED)
        )
    return [one for one in gone if one not in needed]


def _blank_findings(connection: Connection, ids: Sequence[int], order: Order) -> None:
    rows = connection.execute(select(_FINDINGS).where(_FINDINGS.c.id.in_(ids))).all()
    for row in rows:
        connection.execute(
            _SIGHTINGS.delete().where(
                _SIGHTINGS.c.item_id == row.item_id, _SIGHTINGS.c.fingerprint == row.fingerprint
            )
        )
    for row in rows:
        connection.execute(
            update(_FINDINGS)
            .where(_FINDINGS.c.id == row.id)
            .values(
                fingerprint=f"{PURGED}{row.id}",
                value_hash="",
                key_id="",
                masked="",
                location={},
                evidence=[],
                context="",
            )
        )
    _blank_persons(connection, {row.person for row in rows if row.person})
    connection.execute(
        _HISTORY.insert(),
        [
            {
                "finding_id": row.id,
                "at": order.now,
                "who": order.who,
                "from_state": row.state,
                "to_state": row.state,
                "reason": "purged",
            }
            for row in rows
        ],
    )


def _blank_persons(connection: Connection, persons: set[str]) -> None:
    """A person of whom nothing is left is a number from now on, so that counts stay as they are."""
    for part in chunks(sorted(persons)):
        rows = connection.execute(
            select(
                _FINDINGS.c.person,
                func.min(_FINDINGS.c.id).label("first"),
                func.max(_FINDINGS.c.masked).label("left"),
            )
            .where(_FINDINGS.c.person.in_(part))
            .group_by(_FINDINGS.c.person)
        ).all()
        for row in rows:
            if not row.left and not row.person.startswith(PURGED):
                connection.execute(
                    update(_FINDINGS)
                    .where(_FINDINGS.c.person == row.person)
                    .values(person=f"{PURGED}{row.first}")
                )


def _blank_items(connection: Connection, ids: Sequence[int]) -> None:
    rows = connection.execute(
        select(_ITEMS.c.id, _ITEMS.c.url_key).where(_ITEMS.c.id.in_(ids))
    ).all()
    for row in rows:
        connection.execute(
            update(_COVERAGE)
            .where(_COVERAGE.c.url_key == row.url_key)
            .values(url=f"{PURGED}{row.id}", parent_url="", reason="", unread=[])
        )
        connection.execute(
            update(_ITEMS)
            .where(_ITEMS.c.id == row.id)
            .values(
                # The key is of the address; a page that comes back is a new item.
                url_key=_new_key(row.id),
                url=f"{PURGED}{row.id}",
                parent_url="",
                title="",
                source="",
                column_name="",
                index_number="",
                document_number="",
                etag="",
                last_modified="",
                content_hash="",
                stable_hash="",
                reason="",
                unread=[],
            )
        )


def _new_key(item: int) -> bytes:
    return b"purged\0\0" + item.to_bytes(8, "big")
