"""What a new sweep has to ask for beyond its start addresses: all that earlier ones knew of."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select

from scanner.ledger.models import CoverageRow, FindingRow, FrontierRow, ItemRow, SweepRow
from scanner.ledger.purge import PURGED
from scanner.ledger.rhythm import Known
from scanner.ledger.sql import table_of
from scanner.ledger.states import SweepKind, SweepState
from scanner.model import Outcome

_SWEEPS = table_of(SweepRow)
_FRONTIER = table_of(FrontierRow)

# How long a page that answered 404 or 410, and never held a finding, is still asked for.
GONE_FOR = timedelta(days=90)
_AT_ONCE = 2_000


class KnownUrl(NamedTuple):
    """A URL of an earlier sweep."""

    url: str
    parent_url: str
    depth: int
    is_attachment: bool
    is_list_page: bool
    position: int = 0
    facts: Known | None = None  # None: it has to be asked for whatever the rhythm
    ending: tuple[str, str, list[Any]] = ("", "", [])  # outcome, reason, unread when it rests


_NAMES = ("url", "parent_url", "depth", "is_attachment", "is_list_page")
_FACTS = (
    *("position", "leads_on", "outcome", "reason", "unread", "gone_at", "engine", "etag"),
    *("last_modified", "published", "changed", "first_seen", "last_seen", "url_key"),
)
# A file that could not be read and is not asked for again still could not be read.
_NOT_WHOLE = frozenset({Outcome.PARTLY_READ, Outcome.NOT_READ})


def known_urls(connection: Connection, now: datetime, engine: str) -> Iterator[KnownUrl]:
    """Every URL that a new sweep has to ask for again, whether or not a page still links to it.

    A page that answers "not changed" shows no links, and an attachment lives on when the page
    that linked to it is gone.
    """
    items, findings = table_of(ItemRow), table_of(FindingRow)
    with_findings = select(findings.c.item_id).distinct()
    query = (
        select(
            *(items.c[name] for name in (*_NAMES, *_FACTS)),
            items.c.id.in_(with_findings).label("has_findings"),
        )
        .where(items.c.url.not_like(PURGED + "%"))
        .where(
            items.c.gone_at.is_(None)
            | (items.c.gone_at > now - GONE_FOR)
            | items.c.id.in_(with_findings)
        )
        # What new items are found from first, then the newest: they come first within a host.
        .order_by(
            (items.c.leads_on | items.c.is_list_page).desc(),
            items.c.published.desc(),
            items.c.id,
        )
    )
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield _known(row, engine)
    yield from _skipped_before(connection)
    yield from _left_over(connection)


def _known(row: Any, engine: str) -> KnownUrl:
    outcome = Outcome(row.outcome)
    facts = Known(
        is_list_page=row.is_list_page,
        position=row.position,
        leads_on=row.leads_on,
        outcome=outcome,
        is_gone=row.gone_at is not None,
        same_engine=row.engine == engine,
        has_findings=row.has_findings,
        has_validators=bool(row.etag or row.last_modified),
        published=row.published,
        changed=row.changed or row.first_seen,
        asked=row.last_seen,
        chance=bytes(row.url_key)[0] / 255,
    )
    ending: tuple[str, str, list[Any]] = (Outcome.NOT_DUE, "", [])
    if outcome in _NOT_WHOLE:
        ending = (outcome, row.reason, row.unread)
    return KnownUrl(
        row.url,
        row.parent_url,
        row.depth,
        row.is_attachment,
        row.is_list_page,
        row.position,
        facts,
        ending,
    )


def _skipped_before(connection: Connection) -> Iterator[KnownUrl]:
    """What the last sweep skipped has no item, but belongs into the coverage of every sweep.

    The last of each scope: the last sweep of all may have covered a few sites only.
    """
    coverage = table_of(CoverageRow)
    last = (
        select(func.max(_SWEEPS.c.id))
        .where(_SWEEPS.c.kind == SweepKind.SWEEP, _SWEEPS.c.state == SweepState.FINISHED)
        .group_by(_SWEEPS.c.scope)
    )
    query = select(*(coverage.c[name] for name in _NAMES)).where(
        coverage.c.sweep_id.in_(last), coverage.c.outcome == Outcome.SKIPPED
    )
    query = query.where(coverage.c.url.not_like(PURGED + "%"))
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield KnownUrl(*row)


def _left_over(connection: Connection) -> Iterator[KnownUrl]:
    """What interrupted sweeps found and did not get to.

    The page that told of it was committed, may answer "not changed" now, and tells nothing more.
    """
    names = ("url", "parent", "depth", "is_attachment", "is_list_page")
    query = (
        select(*(_FRONTIER.c[name] for name in names))
        .join(_SWEEPS, _SWEEPS.c.id == _FRONTIER.c.sweep_id)
        .where(_SWEEPS.c.kind == SweepKind.SWEEP, _SWEEPS.c.state == SweepState.INTERRUPTED)
        .where(_FRONTIER.c.state != "done")
        .order_by(_FRONTIER.c.id)
    )
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield KnownUrl(*row)


def forget_left_over(connection: Connection, sweep_id: int) -> None:
    """Drop what sweeps that were given up had left, as far as sweep `sweep_id` has taken it over.

    An interrupted sweep that may still be taken up again keeps its own.
    """
    given_up = select(_SWEEPS.c.id).where(
        _SWEEPS.c.state == SweepState.INTERRUPTED, _SWEEPS.c.ended.is_not(None)
    )
    taken = select(_FRONTIER.c.url_key).where(_FRONTIER.c.sweep_id == sweep_id)
    connection.execute(
        delete(_FRONTIER).where(
            _FRONTIER.c.sweep_id.in_(given_up), _FRONTIER.c.url_key.in_(taken.scalar_subquery())
        )
    )
