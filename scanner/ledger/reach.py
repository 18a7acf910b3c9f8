"""What a sweep reached of each site, and why not the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from scanner.ledger.lists import LOW_SHARE, ListCoverage
from scanner.ledger.models import CoverageRow, SiteRow
from scanner.ledger.sql import table_of
from scanner.model import Cause, Outcome

_COVERAGE = table_of(CoverageRow)
_SITES = table_of(SiteRow)
# Without one of these nobody can say that the site was there at all.
_ANSWERS = frozenset(Outcome) - {Outcome.FAILED, Outcome.SKIPPED, Outcome.NOT_DUE}


@dataclass(frozen=True, slots=True)
class SiteCoverage:
    """How the URLs of one site ended in one sweep. `urls` is the sum of the outcomes."""

    name: str  # "" for what belongs to no listed site
    urls: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    causes: dict[Cause, int] = field(default_factory=dict)  # of those skipped
    lists: int = 0  # lists that say how many records they have
    records: int = 0  # that those lists say they have
    reached: int = 0  # of these
    reason: str = ""  # why one of its addresses failed

    @property
    def share(self) -> float | None:
        """Reached of what its lists say they have, 0 to 1; None when none says."""
        if not self.lists:
            return None
        return self.reached / self.records if self.records else 1.0

    @property
    def is_low(self) -> bool:
        """Whether so little was reached that nothing found there means little."""
        return self.share is not None and self.share < LOW_SHARE

    @property
    def is_silent(self) -> bool:
        """Whether addresses were asked for and none of them answered."""
        asked = any(self.outcomes.get(one) for one in (Outcome.FAILED, Outcome.SKIPPED))
        return asked and not any(self.outcomes.get(one) for one in _ANSWERS)


def site_coverage(
    connection: Connection, sweep_id: int, lists: Sequence[ListCoverage]
) -> list[SiteCoverage]:
    """Every site of the sweep, in order of its name; what belongs to none stands last."""
    query = (
        select(
            _SITES.c.name,
            _COVERAGE.c.outcome,
            _COVERAGE.c.cause,
            func.count().label("urls"),
            func.min(_COVERAGE.c.reason).label("reason"),
        )
        .select_from(_COVERAGE)
        .outerjoin(_SITES, _SITES.c.id == _COVERAGE.c.site_id)
        .where(_COVERAGE.c.sweep_id == sweep_id)
        .group_by(_SITES.c.name, _COVERAGE.c.outcome, _COVERAGE.c.cause)
    )
    sites: dict[str, dict[str, Any]] = {}
    for row in connection.execute(query):
        name = row.name or ""
        site = sites.setdefault(name, {"urls": 0, "outcomes": {}, "causes": {}, "reason": ""})
        site["urls"] += row.urls
        outcome = Outcome(row.outcome)
        site["outcomes"][outcome] = site["outcomes"].get(outcome, 0) + row.urls
        if outcome is Outcome.SKIPPED:
            site["causes"][Cause(row.cause)] = row.urls
        if outcome is Outcome.FAILED or (outcome is Outcome.SKIPPED and not site["reason"]):
            site["reason"] = row.reason
    return [
        SiteCoverage(name, **sites[name] | _of_lists([one for one in lists if one.site == name]))
        for name in sorted(sites, key=lambda name: (not name, name))
    ]


def _of_lists(lists: Sequence[ListCoverage]) -> dict[str, Any]:
    said = [(one.records, one.reached) for one in lists if one.records is not None]
    return {
        "lists": len(said),
        "records": sum(records for records, _ in said),
        "reached": sum(min(records, reached) for records, reached in said),
    }
