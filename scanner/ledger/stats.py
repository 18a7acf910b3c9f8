"""The statistics: found, kept, rectified, outstanding; by unit, level, type and week; the rates.

Three things are counted, and never mixed: items (条: a page or an attachment), values, and
persons. Whatever is counted is in exactly one state and in exactly one row of each grouping, so
that suspected = undecided + outstanding + rectified + verified + kept + false holds in every row
and the rows of a grouping add up to the total.

* An item, or a person, is in the least closed state of its values: one open value keeps it open.
* In the grouping by type an item or a person with values of several types stands in the row of
  its worst one (by severity, then in the order of `KIND_ORDER`).
* In the grouping by week it stands in the week its first value was found; weeks are ISO weeks of
  China time, "2026-W47".
* A person is counted once in each unit: findings with the same person hash, or, where the
  classifier tied a value to no person, each value by itself.
* What has no unit, or a unit without a level, stands in a row 未归类.

Found names the cohort: with `since` and `until` (both days included) the values first found in
those days are counted, in the state they are in now.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, select

from scanner.lang import tr
from scanner.ledger.coverage import CoverageCounts, coverage_counts
from scanner.ledger.models import FindingRow, ItemRow, UnitRow
from scanner.ledger.sql import table_of
from scanner.ledger.states import BY_CLASSIFIER, LEVELS, UNFILED, State
from scanner.model import Severity

_Key = TypeVar("_Key")

_FINDINGS = table_of(FindingRow)
_ITEMS = table_of(ItemRow)
_UNITS = table_of(UnitRow)

# Days and weeks are those of the offices, wherever the machine stands. China has one time zone
# and no summer time.
CHINA = timezone(timedelta(hours=8), "CST")
# Worst first: what gives a person away by itself, then what reaches them, then the rest.
KIND_ORDER = (
    "id_card",
    "bank_card",
    "health",
    "disability_cert",
    "student_id",
    "social_security",
    "passport",
    "travel_permit",
    "home_address",
    "mobile",
    "landline",
    "birth_date",
    "license_plate",
    "wechat",
    "qq",
    "email",
    "person_name",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are in which state. Adding up is part of the type: it cannot be built wrongly."""

    suspected: int = 0  # 疑似总数: everything ever found
    undecided: int = 0  # 疑似, not yet reviewed
    outstanding: int = 0  # 待整改
    rectified: int = 0  # 已整改, not verified
    verified: int = 0  # 已核验
    kept: int = 0  # 妥善保留
    false: int = 0  # 误报
    overdue: int = 0  # of the outstanding: past their deadline
    recurred: int = 0  # of the suspected: back at least once after they were verified
    kept_by_rule: int = 0  # of the kept: prescribed by law, kept without a person's decision

    def __post_init__(self) -> None:
        if self.suspected != sum(getattr(self, name) for name in _PARTS.values()):
            raise ValueError(f"the parts do not add up to the whole: {self}")

    @property
    def rectification_rate(self) -> float | None:
        """整改率, 0 to 1; None while there is nothing to rectify."""
        return _share(self.verified, self.verified + self.rectified + self.outstanding)

    @property
    def settled_rate(self) -> float | None:
        """办结率, 0 to 1; None while nothing was found."""
        return _share(self.verified + self.kept + self.false, self.suspected)


_PARTS: dict[State, str] = {
    State.SUSPECTED: "undecided",
    State.OUTSTANDING: "outstanding",
    State.RECTIFIED: "rectified",
    State.VERIFIED: "verified",
    State.KEPT: "kept",
    State.FALSE: "false",
}


def rectification_formula() -> str:
    """整改率 in words."""
    return tr(
        "整改率 = 已核验 ÷（已核验 + 已整改未核验 + 待整改）",
        "rectification rate = verified ÷ (verified + rectified, not yet verified + outstanding)",
    )


def settled_formula() -> str:
    """办结率 in words."""
    return tr(
        "办结率 =（已核验 + 妥善保留 + 误报）÷ 疑似总数",
        "settled rate = (verified + kept + false alarms) ÷ suspected",
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grouping. `name` is "" for what has no unit or level (未归类)."""

    name: str
    counts: Counts

    @property
    def label(self) -> str:
        """The name, or 未归类."""
        return self.name or tr(UNFILED, "not assigned")


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the three things counted, in all groupings. Each grouping adds up to `total`."""

    total: Counts
    by_unit: tuple[Line, ...]
    by_level: tuple[Line, ...]
    by_type: tuple[Line, ...]
    by_week: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """All figures of one moment."""

    today: date
    since: date | None
    until: date | None
    items: Measure
    values: Measure
    persons: Measure
    coverage: CoverageCounts  # of the last sweep in the period


@dataclass(slots=True)
class _Subject:
    """One thing counted, gathered from its values."""

    unit: str
    level: str
    kind: str
    weight: tuple[int, int]
    week: date
    state: State
    overdue: bool = False
    recurred: bool = False
    by_rule: bool = True

    def add(self, other: "_Subject") -> None:
        if other.weight > self.weight:
            self.kind, self.weight = other.kind, other.weight
        if other.state.openness < self.state.openness:
            self.state = other.state
        self.week = min(self.week, other.week)
        self.overdue |= other.overdue
        self.recurred |= other.recurred
        self.by_rule &= other.by_rule

    def rows(self) -> tuple[str, str, str, str]:
        """The names of its row in the groupings by unit, level, type and week."""
        return self.unit, self.level, self.kind, week_name(self.week)


class _Tallies:
    """The total and every row of every grouping, counted in one pass."""

    def __init__(self, subjects: Iterable[_Subject] = ()) -> None:
        self._total: Counter[str] = Counter()
        self._rows: dict[str, dict[str, Counter[str]]] = {name: {} for name in _GROUPINGS}
        for subject in subjects:
            self.add(subject)

    def add(self, subject: _Subject) -> None:
        """Count one thing."""
        names = ["suspected", _PARTS[subject.state]]
        if subject.overdue and subject.state is State.OUTSTANDING:
            names.append("overdue")
        if subject.recurred:
            names.append("recurred")
        if subject.by_rule and subject.state is State.KEPT:
            names.append("kept_by_rule")
        self._total.update(names)
        for grouping, name in zip(_GROUPINGS, subject.rows(), strict=True):
            self._rows[grouping].setdefault(name, Counter()).update(names)

    def measure(self) -> Measure:
        """What was counted, rows in order."""
        rows = {
            grouping: tuple(Line(name, Counts(**tally[name])) for name in sorted(tally, key=order))
            for (grouping, order), tally in zip(
                _GROUPINGS.items(), self._rows.values(), strict=True
            )
        }
        return Measure(Counts(**self._total), **rows)


def _names_last(name: str) -> tuple[bool, str]:
    return not name, name


def _level_rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def _kind_rank(kind: str) -> int:
    return KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER)


# The groupings of `Measure`, each with the order of its rows.
_GROUPINGS: dict[str, Callable[[str], Any]] = {
    "by_unit": _names_last,
    "by_level": _level_rank,
    "by_type": _kind_rank,
    "by_week": str,
}


def statistics(
    connection: Connection, today: date, since: date | None = None, until: date | None = None
) -> Statistics:
    """All figures; see the head of this module for what is counted and how."""
    items: dict[int, _Subject] = {}
    persons: dict[tuple[str, str], _Subject] = {}
    values = _Tallies()
    for row in _rows(connection, since, until):
        value = _subject(row, today)
        values.add(value)
        _gather(items, row.item_id, value)
        _gather(persons, (value.unit, row.person or f"value {row.id}"), value)
    return Statistics(
        today,
        since,
        until,
        _Tallies(items.values()).measure(),
        values.measure(),
        _Tallies(persons.values()).measure(),
        coverage_counts(connection, None, *_moments(since, until)),
    )


def _gather(group: dict[_Key, _Subject], key: _Key, value: _Subject) -> None:
    known = group.get(key)
    if known is None:
        group[key] = replace(value)
    else:
        known.add(value)


def _moments(since: date | None, until: date | None) -> tuple[datetime | None, datetime | None]:
    """The first moment of the period and the first after it."""
    start = None if since is None else datetime.combine(since, time(), CHINA)
    end = None if until is None else datetime.combine(until, time(), CHINA) + timedelta(days=1)
    return start, end


def _rows(connection: Connection, since: date | None, until: date | None) -> Iterable[Row[Any]]:
    names = ("id", "item_id", "kind", "severity", "state", "decided_by", "person", "deadline")
    query = (
        select(
            *(_FINDINGS.c[name] for name in names),
            _FINDINGS.c.recurred,
            _FINDINGS.c.first_seen,
            _UNITS.c.name.label("unit"),
            _UNITS.c.level,
        )
        .join(_ITEMS, _ITEMS.c.id == _FINDINGS.c.item_id)
        .outerjoin(_UNITS, _UNITS.c.id == _ITEMS.c.unit_id)
        .order_by(_FINDINGS.c.id)
    )
    start, end = _moments(since, until)
    if start is not None:
        query = query.where(_FINDINGS.c.first_seen >= start)
    if end is not None:
        query = query.where(_FINDINGS.c.first_seen < end)
    return connection.execute(query.execution_options(yield_per=5_000))


def _subject(row: Row[Any], today: date) -> _Subject:
    state = State(row.state)
    found = row.first_seen.astimezone(CHINA).date()
    return _Subject(
        unit=row.unit or "",
        level=row.level or "",
        kind=row.kind,
        weight=(Severity(row.severity).rank, -_kind_rank(row.kind)),
        week=found - timedelta(days=found.weekday()),
        state=state,
        overdue=state is State.OUTSTANDING and row.deadline is not None and row.deadline < today,
        recurred=row.recurred > 0,
        by_rule=row.decided_by == BY_CLASSIFIER,
    )


def week_name(monday: date) -> str:
    """The ISO week of a day: "2026-W47"."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"
