"""What a sweep reached, what it did not and why, and what changed since the one before."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from scanner.ledger.models import CoverageRow, FindingRow, HistoryRow, SweepRow
from scanner.ledger.sql import table_of
from scanner.ledger.states import State, SweepKind
from scanner.model import Outcome, Unread

_COVERAGE = table_of(CoverageRow)
_FINDINGS = table_of(FindingRow)
_HISTORY = table_of(HistoryRow)
_SWEEPS = table_of(SweepRow)
# What is listed one by one: everything that was not read whole.
TROUBLE = (Outcome.FAILED, Outcome.PARTLY_READ, Outcome.NOT_READ, Outcome.SKIPPED)


@dataclass(frozen=True, slots=True)
class CoverageCounts:
    """How the URLs of a sweep ended. `urls` is the sum of the outcomes."""

    sweep_id: int | None = None  # None when there was no sweep
    urls: int = 0
    scanned: int = 0
    unchanged: int = 0
    partly_read: int = 0
    not_read: int = 0
    failed: int = 0
    skipped: int = 0
    gone: int = 0
    not_due: int = 0  # known, and by their age not asked for
    attachments: int = 0  # of the URLs
    size: int = 0  # bytes fetched
    leaks: int = 0  # places on the pages scanned, each time counted
    mandated: int = 0
    masked: int = 0
    dismissed: int = 0

    def __post_init__(self) -> None:
        if self.urls != sum(getattr(self, outcome) for outcome in Outcome):
            raise ValueError(f"the outcomes do not add up to the URLs: {self}")


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """How one URL ended."""

    url: str
    parent_url: str
    is_attachment: bool
    outcome: Outcome
    reason: str
    status: int | None
    size: int
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What one sweep changed, in values."""

    new: int  # suspected for the first time
    kept_by_rule: int  # found for the first time, and prescribed by law
    verified: int  # no longer there, by a successful fetch
    recurred: int  # back after they were verified
    reopened: int  # reported rectified but still there; expired; judged anew as a leak
    still_open: int  # open after the sweep


def coverage_counts(
    connection: Connection,
    sweep_id: int | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> CoverageCounts:
    """The counts of one sweep, or else of the newest sweep begun from `start` until `end`."""
    if sweep_id is None:
        query = select(func.max(_SWEEPS.c.id)).where(_SWEEPS.c.kind == SweepKind.SWEEP)
        if start is not None:
            query = query.where(_SWEEPS.c.started >= start)
        if end is not None:
            query = query.where(_SWEEPS.c.started < end)
        sweep_id = connection.execute(query).scalar()
    if sweep_id is None:
        return CoverageCounts()
    sums = [
        func.coalesce(func.sum(_COVERAGE.c[name]), 0).label(name)
        for name in ("size", "leak_count", "mandated_count", "masked_count", "dismissed_count")
    ]
    grouped = connection.execute(
        select(_COVERAGE.c.outcome, _COVERAGE.c.is_attachment, func.count().label("urls"), *sums)
        .where(_COVERAGE.c.sweep_id == sweep_id)
        .group_by(_COVERAGE.c.outcome, _COVERAGE.c.is_attachment)
    ).all()
    return _added_up(sweep_id, grouped)


def _added_up(sweep_id: int, grouped: list[Row[Any]] | Any) -> CoverageCounts:
    counts = {one.name: 0 for one in fields(CoverageCounts)}
    for row in grouped:
        counts["urls"] += row.urls
        counts[row.outcome] += row.urls
        counts["attachments"] += row.urls if row.is_attachment else 0
        counts["size"] += int(row.size)
        counts["leaks"] += int(row.leak_count)
        counts["mandated"] += int(row.mandated_count)
        counts["masked"] += int(row.masked_count)
        counts["dismissed"] += int(row.dismissed_count)
    return CoverageCounts(**(counts | {"sweep_id": sweep_id}))


def coverage_lines(
    connection: Connection, sweep_id: int, outcomes: tuple[Outcome, ...] = TROUBLE
) -> Iterator[CoverageLine]:
    """The URLs of a sweep with one of the outcomes, in order; without a word: all trouble."""
    rows = connection.execute(
        select(_COVERAGE)
        .where(_COVERAGE.c.sweep_id == sweep_id, _COVERAGE.c.outcome.in_(outcomes))
        .order_by(_COVERAGE.c.outcome, _COVERAGE.c.url)
        .execution_options(yield_per=5_000)
    )
    for row in rows:
        yield CoverageLine(
            row.url,
            row.parent_url,
            row.is_attachment,
            Outcome(row.outcome),
            row.reason,
            row.status,
            row.size,
            tuple(Unread(part["what"], part["why"]) for part in row.unread),
        )


def changes(connection: Connection, sweep_id: int) -> Changes:
    """What a sweep changed, from the history it wrote."""
    rows = connection.execute(
        select(_HISTORY.c.from_state, _HISTORY.c.to_state, _HISTORY.c.reason, func.count())
        .where(_HISTORY.c.sweep_id == sweep_id)
        .group_by(_HISTORY.c.from_state, _HISTORY.c.to_state, _HISTORY.c.reason)
    ).all()
    found = dict.fromkeys(("new", "kept_by_rule", "verified", "recurred", "reopened"), 0)
    for before, after, reason, count in rows:
        name = _kind_of_change(before, after, reason)
        if name:
            found[name] += count
    still_open = connection.execute(
        select(func.count())
        .select_from(_FINDINGS)
        .where(_FINDINGS.c.state.in_((State.SUSPECTED, State.OUTSTANDING, State.RECTIFIED)))
    ).scalar_one()
    return Changes(**found, still_open=still_open)


def _kind_of_change(before: str, after: str, reason: str) -> str:
    if not before:
        return "new" if after == State.SUSPECTED else "kept_by_rule" if reason == "rule" else ""
    if after == State.VERIFIED:
        return "verified"
    if reason == "recurred":
        return "recurred"
    return "reopened" if after in (State.SUSPECTED, State.OUTSTANDING) else ""
