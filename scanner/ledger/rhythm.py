"""Which known pages a sweep asks for again: pure, without the database.

A page published this month is still being worked on; one of three years ago seldom changes. What
shows lists or columns is asked in every sweep, since new items are found from it; so is whatever
failed, has ever held a finding, or was read by other rules. Old pages take turns.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from scanner.model import Outcome


class Pace(StrEnum):
    """How much of what is known a sweep asks for again."""

    USUAL = "usual"  # by age
    FULL = "full"  # everything, changed or not
    ONLY_NEW = "only_new"  # lists and columns, and what was never read
    SINCE = "since"  # the same, and what was published from a day on


# (age up to, asked again after): the first line whose age is not passed counts. A server that
# answers "not changed" is asked more often: it costs a request, but hardly a byte.
_WITHOUT_VALIDATORS = (
    (timedelta(days=30), timedelta(0)),
    (timedelta(days=365), timedelta(weeks=4)),
    (timedelta.max, timedelta(weeks=12)),
)
_WITH_VALIDATORS = (
    (timedelta(days=365), timedelta(0)),
    (timedelta.max, timedelta(weeks=4)),
)
_LIST_PAGES = timedelta(weeks=4)  # those behind the first, when it brings nothing new
_SPREAD = 0.25  # of the interval, so that pages read in one sweep do not come due in one sweep
_READ = frozenset({Outcome.SCANNED, Outcome.PARTLY_READ, Outcome.NOT_READ})


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of a page when a sweep begins."""

    is_list_page: bool
    position: int  # in its list; 0 where pages have no numbers
    leads_on: bool
    outcome: Outcome  # of the last reading
    is_gone: bool
    same_engine: bool  # whether the same rules read it last
    has_findings: bool
    has_validators: bool  # whether its server can say "not changed"
    published: str  # ISO date, "" when unknown
    changed: datetime  # when its content was last seen to be another
    asked: datetime  # when its server was last asked for it
    chance: float  # 0 to 1, always the same for one page


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The pace of one sweep."""

    now: datetime
    pace: Pace = Pace.USUAL
    since: date | None = None  # for `Pace.SINCE`

    def is_due(self, page: Known) -> bool:
        """Whether the sweep asks for the page."""
        if self.pace is Pace.FULL:
            return True
        if page.is_list_page and page.position and not page.has_findings:
            return self._list_page_is_due(page)
        if page.leads_on or page.is_list_page:
            return True
        if page.outcome not in _READ and not page.is_gone:
            return True  # never read
        if self.pace is Pace.USUAL:
            return self._by_age(page)
        return self.pace is Pace.SINCE and self._is_since(page)

    def _list_page_is_due(self, page: Known) -> bool:
        if self.pace is Pace.USUAL and not page.same_engine:
            return True
        if self.pace is Pace.USUAL and page.has_validators:
            return True
        return page.outcome not in _READ or self._has_passed(page, _LIST_PAGES)

    def _is_since(self, page: Known) -> bool:
        return self.since is not None and _day(page).date() >= self.since

    def _by_age(self, page: Known) -> bool:
        if page.is_gone or page.has_findings or not page.same_engine:
            return True
        age = self.now - _day(page)
        table = _WITH_VALIDATORS if page.has_validators else _WITHOUT_VALIDATORS
        interval = next(again for up_to, again in table if age <= up_to)
        return self._has_passed(page, interval)

    def _has_passed(self, page: Known, interval: timedelta) -> bool:
        spread = 1 - _SPREAD + 2 * _SPREAD * page.chance
        return self.now - page.asked >= interval * spread


def _day(page: Known) -> datetime:
    """From when the age counts: publication, or a later change."""
    try:
        published = datetime.fromisoformat(page.published).replace(tzinfo=UTC)
    except ValueError:
        return page.changed
    return published
