"""What a person has to look at: findings by page, worst first; and one finding with its story."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, select

from scanner.ledger.found import location_of
from scanner.ledger.models import FindingRow, HistoryRow, ItemRow, SiteRow, UnitRow
from scanner.ledger.observe import reason_label
from scanner.ledger.sql import chunks, table_of
from scanner.ledger.states import OPEN_STATES, State
from scanner.model import Disposition, Location, Severity, Where

_FINDINGS = table_of(FindingRow)
_ITEMS = table_of(ItemRow)
_UNITS = table_of(UnitRow)
_SITES = table_of(SiteRow)
_HISTORY = table_of(HistoryRow)
RANK = case({str(one): one.rank for one in Severity}, value=_FINDINGS.c.severity)


@dataclass(frozen=True, slots=True)
class FindingView:
    """One value on one page, as stored: masked throughout."""

    id: int
    item_id: int
    fingerprint: str
    value_hash: str
    kind: str
    masked: str
    occurrences: int  # places on the page
    where: Where
    location: Location
    disposition: Disposition
    rule: str
    basis: tuple[str, ...]
    evidence: tuple[dict[str, Any], ...]  # what, words, effect
    confidence: float
    severity: Severity
    person: str
    context: str
    candidates: int | None
    needs_review: bool
    state: State
    decided_by: str
    decided_basis: str
    deadline: date | None
    expires: date | None
    present: bool
    recurred: int
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class PageView:
    """One item (条) with those of its findings that were asked for, worst first."""

    item_id: int
    url: str
    title: str
    published: str
    source: str
    media_type: str
    is_attachment: bool
    parent_url: str
    site: str
    unit: str  # "" when the item belongs to no unit
    level: str | None
    last_seen: datetime
    gone_at: datetime | None
    findings: tuple[FindingView, ...]
    column: str = ""  # 栏目 named on the page
    index_number: str = ""  # 索引号
    document_number: str = ""  # 文号

    @property
    def worst(self) -> Severity:
        """The severity of the worst finding."""
        return max((one.severity for one in self.findings), key=lambda s: s.rank)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of state."""

    at: datetime
    who: str  # "" for the program
    before: str  # "" for a new finding
    after: State
    reason: str
    sweep_id: int | None


@dataclass(frozen=True, slots=True)
class FlaggedUrl:
    """A page or attachment that a re-check has to fetch again."""

    url: str
    parent_url: str
    is_attachment: bool
    has_findings: bool  # False: fetched because its attachment has some
    unit: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings; an empty field is no condition."""

    states: Collection[State] = ()
    unit: str | None = None  # a unit's name; "" for items of no unit
    kinds: Collection[str] = ()
    item_ids: Collection[int] = ()
    present: bool | None = None

    def on(self, query: Select[Any]) -> Select[Any]:
        """The query, which speaks of findings, items and units, with the conditions."""
        for condition in self._conditions():
            query = query.where(condition)
        return query

    def _conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.states:
            found.append(_FINDINGS.c.state.in_(list(self.states)))
        if self.unit is not None:
            found.append(_UNITS.c.name == self.unit if self.unit else _ITEMS.c.unit_id.is_(None))
        if self.kinds:
            found.append(_FINDINGS.c.kind.in_(list(self.kinds)))
        if self.item_ids:
            found.append(_ITEMS.c.id.in_(list(self.item_ids)))
        if self.present is not None:
            found.append(_FINDINGS.c.present.is_(self.present))
        return found


def pages(
    connection: Connection, wanted: Filter, limit: int | None = None, offset: int = 0
) -> list[PageView]:
    """Items with findings that pass the filter, those with the worst first, then by number.

    The order does not change while a reviewer works: it depends on no decision of the others.
    """
    ids = list(ranked(connection, wanted, limit, offset))
    findings = _findings_of(connection, ids, wanted)
    heads = heads_of(connection, ids)
    return [_page(heads[item], findings[item]) for item in ids]


def ranked(
    connection: Connection, wanted: Filter, limit: int | None = None, offset: int = 0
) -> dict[int, int]:
    """Rank of the worst finding that passes the filter by item: the worst first, then by number."""
    rank = func.max(RANK)
    query = (
        select(_ITEMS.c.id, rank.label("rank"))
        .join(_FINDINGS, _FINDINGS.c.item_id == _ITEMS.c.id)
        .outerjoin(_UNITS, _UNITS.c.id == _ITEMS.c.unit_id)
        .group_by(_ITEMS.c.id)
        .order_by(rank.desc(), _ITEMS.c.id)
        .limit(limit)
        .offset(offset)
    )
    return {row.id: row.rank for row in connection.execute(wanted.on(query))}


def _findings_of(
    connection: Connection, ids: Sequence[int], wanted: Filter
) -> dict[int, list[FindingView]]:
    found: dict[int, list[FindingView]] = {item: [] for item in ids}
    for part in chunks(ids):
        query = (
            select(_FINDINGS)
            .join(_ITEMS, _ITEMS.c.id == _FINDINGS.c.item_id)
            .outerjoin(_UNITS, _UNITS.c.id == _ITEMS.c.unit_id)
            .where(_FINDINGS.c.item_id.in_(part))
            .order_by(RANK.desc(), _FINDINGS.c.id)
        )
        for row in connection.execute(wanted.on(query)):
            found[row.item_id].append(finding_view(row))
    return found


def heads_of(connection: Connection, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """What is known of items, by number, with the names of their sites and units."""
    heads: dict[int, Row[Any]] = {}
    for part in chunks(ids):
        query = (
            select(
                *_ITEMS.c,
                _SITES.c.name.label("site"),
                _UNITS.c.name.label("unit"),
                _UNITS.c.level.label("level"),
            )
            .outerjoin(_SITES, _SITES.c.id == _ITEMS.c.site_id)
            .outerjoin(_UNITS, _UNITS.c.id == _ITEMS.c.unit_id)
            .where(_ITEMS.c.id.in_(part))
        )
        heads.update({row.id: row for row in connection.execute(query)})
    return heads


def _page(head: Row[Any], findings: Sequence[FindingView]) -> PageView:
    return PageView(
        item_id=head.id,
        url=head.url,
        title=head.title,
        published=head.published,
        source=head.source,
        media_type=head.media_type,
        is_attachment=head.is_attachment,
        parent_url=head.parent_url,
        site=head.site or "",
        unit=head.unit or "",
        level=head.level,
        last_seen=head.last_seen,
        gone_at=head.gone_at,
        findings=tuple(findings),
        column=head.column_name,
        index_number=head.index_number,
        document_number=head.document_number,
    )


def finding_view(row: Row[Any]) -> FindingView:
    """The view of a row of the table of findings."""
    values = {name: getattr(row, name) for name in FindingView.__slots__}
    return FindingView(
        **values
        | {
            "where": Where(row.where),
            "location": location_of(row.location),
            "disposition": Disposition(row.disposition),
            "basis": tuple(row.basis),
            "evidence": tuple(row.evidence),
            "severity": Severity(row.severity),
            "state": State(row.state),
        }
    )


def findings(connection: Connection, which: Collection[int | str]) -> list[FindingView]:
    """Findings by id or fingerprint, in the order asked."""
    found: dict[int | str, dict[int, FindingView]] = {}
    ids = [one for one in which if isinstance(one, int)]
    prints = [one for one in which if isinstance(one, str)]
    queries = [select(_FINDINGS).where(_FINDINGS.c.id.in_(part)) for part in chunks(ids)]
    queries += [select(_FINDINGS).where(_FINDINGS.c.fingerprint.in_(p)) for p in chunks(prints)]
    for query in queries:
        for row in connection.execute(query.order_by(_FINDINGS.c.id)):
            view = finding_view(row)
            for key in (row.id, row.fingerprint):
                found.setdefault(key, {})[row.id] = view
    return [view for key in which for view in found.get(key, {}).values()]


def history(connection: Connection, finding: int) -> list[HistoryLine]:
    """Every change of state of a finding, oldest first."""
    query = select(_HISTORY).where(_HISTORY.c.finding_id == finding).order_by(_HISTORY.c.id)
    return [
        HistoryLine(
            row.at,
            row.who,
            row.from_state,
            State(row.to_state),
            reason_label(row.reason),
            row.sweep_id,
        )
        for row in connection.execute(query)
    ]


def flagged_urls(
    connection: Connection, unit: str | None, states: Collection[State] = ()
) -> list[FlaggedUrl]:
    """Items with open findings, each once, and the pages that link to flagged attachments.

    Parents come before their attachments, so that a re-check sees what the page links to now.
    """
    wanted = Filter(states=states or OPEN_STATES, unit=unit)
    query = (
        select(
            _ITEMS.c.id,
            _ITEMS.c.url,
            _ITEMS.c.parent_url,
            _ITEMS.c.is_attachment,
            _UNITS.c.name.label("unit"),
        )
        .join(_FINDINGS, _FINDINGS.c.item_id == _ITEMS.c.id)
        .outerjoin(_UNITS, _UNITS.c.id == _ITEMS.c.unit_id)
        .distinct()
        .order_by(_ITEMS.c.id)
    )
    rows = connection.execute(wanted.on(query)).all()
    own = {row.url for row in rows}
    flagged: dict[str, FlaggedUrl] = {}
    for row in rows:
        parent = row.parent_url
        if row.is_attachment and parent and parent not in own:
            flagged.setdefault(parent, FlaggedUrl(parent, "", False, False, row.unit or ""))
        flagged[row.url] = FlaggedUrl(row.url, parent, row.is_attachment, True, row.unit or "")
    return sorted(flagged.values(), key=lambda one: one.is_attachment)
