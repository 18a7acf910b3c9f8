"""The half of the ledger that people use: review, decisions, statistics. Sweeps are the other."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta

from scanner.errors import AuditError
from scanner.lang import tr
from scanner.ledger import (
    allowances,
    coverage,
    decisions,
    lists,
    queue,
    reach,
    rechecks,
    stats,
    worst,
)
from scanner.ledger.allowances import Allowance, NewAllowance
from scanner.ledger.coverage import TROUBLE, Changes, CoverageCounts, CoverageLine
from scanner.ledger.database import Database
from scanner.ledger.decisions import Decided
from scanner.ledger.lists import ListCoverage
from scanner.ledger.queue import Filter, FindingView, FlaggedUrl, HistoryLine, PageView
from scanner.ledger.reach import SiteCoverage
from scanner.ledger.rechecks import RecheckLine
from scanner.ledger.states import OPEN_STATES, State
from scanner.ledger.stats import CHINA, Statistics
from scanner.ledger.worst import WorstPage
from scanner.model import Decision, Outcome, Verdict


class Office:
    """Decisions and figures over one database."""

    def __init__(
        self,
        database: Database,
        key_id: str,
        clock: Callable[[], datetime],
        deadline: timedelta,
    ) -> None:
        self.database = database
        self.key_id = key_id
        self._clock = clock
        self._deadline = deadline

    def today(self) -> date:
        """Today in China."""
        return self._clock().astimezone(CHINA).date()

    # Decisions

    def decide(  # noqa: PLR0913 - each by name
        self,
        findings: Collection[int | str],
        decision: Decision,
        *,
        who: str,
        basis: str = "",
        reason: str = "",
        expires: date | None = None,
        deadline: date | None = None,
        today: date | None = None,
    ) -> Decided:
        """Decide findings, given by id or fingerprint, in one stroke that is saved at once.

        A leak becomes 待整改 with a deadline, a lawful value 妥善保留 (`basis` is required; after
        `expires` it comes back), anything else 误报. Raises AuditError, and changes nothing, when
        one of them is not known or already rectified or verified.
        """
        day = today or self.today()
        stroke = decisions.stroke_of(
            decision,
            who=who,
            basis=basis,
            reason=reason,
            expires=expires,
            deadline=deadline or day + self._deadline,
            today=day,
        )
        with self.database.write() as connection:
            return decisions.decide(connection, findings, stroke, self._clock())

    def record(self, verdict: Verdict) -> Decided:
        """Save one verdict of the model."""
        return self.decide(
            [verdict.fingerprint],
            verdict.decision,
            who=verdict.who,
            basis=verdict.basis,
            reason=verdict.reason,
            expires=date.fromisoformat(verdict.expires) if verdict.expires else None,
        )

    def report_rectified(
        self, findings: Collection[int | str], *, who: str, reason: str = ""
    ) -> Decided:
        """Note that the unit says it has mended: 待整改 becomes 已整改, until a re-fetch tells."""
        stroke = decisions.reported(who, reason)
        with self.database.write() as connection:
            return decisions.decide(connection, findings, stroke, self._clock())

    def undo(self, *, who: str, batch: str = "") -> Decided:
        """Take back a stroke (`Decided.batch`), or the last one of that person.

        Raises AuditError when there is none or the finding has changed since.
        """
        with self.database.write() as connection:
            return decisions.undo(connection, batch=batch, who=who, now=self._clock())

    # The local allow-list

    def allow(self, entry: NewAllowance) -> int:
        """Let a value stand wherever it is found; the entry's id. Open findings of it are kept."""
        with self.database.write() as connection:
            return allowances.allow(connection, entry, self.key_id, self._clock(), self.today())

    def allowed(self, value_hash: str, kind: str, on: date | None = None) -> bool:
        """Whether a value may stand on that day (today)."""
        with self.database.read() as connection:
            found = allowances.allowed_hashes(
                connection, [value_hash], self.key_id, on or self.today()
            )
        return (kind, value_hash) in found

    def allowances(self, *, revoked: bool = False) -> list[Allowance]:
        """The entries of the allow-list, oldest first; withdrawn ones only if asked."""
        with self.database.read() as connection:
            return list(allowances.listed(connection, revoked=revoked))

    def revoke(self, allowance: int, *, who: str) -> int:
        """Withdraw an entry; how many findings are suspected again."""
        with self.database.write() as connection:
            return allowances.revoke(connection, allowance, who, self._clock(), self.today())

    def expire(self, today: date | None = None) -> int:
        """Bring back what was kept until a day that has passed; how many findings."""
        with self.database.write() as connection:
            return allowances.expire(connection, self._clock(), today or self.today())

    # Lists

    def queue(
        self, *, unit: str | None = None, kinds: Collection[str] = (), limit: int | None = None
    ) -> list[PageView]:
        """What is to be reviewed: 疑似 by page, worst page first, in an order that stays."""
        wanted = Filter(states=(State.SUSPECTED,), unit=unit, kinds=kinds)
        return self.pages(wanted, limit=limit)

    def outstanding(self, unit: str | None = None) -> list[PageView]:
        """What a unit has to rectify: 待整改 by page. `unit` "" for items of no unit."""
        return self.pages(Filter(states=(State.OUTSTANDING,), unit=unit))

    def pages(self, wanted: Filter, limit: int | None = None, offset: int = 0) -> list[PageView]:
        """Items with findings that pass a filter, worst first."""
        with self.database.read() as connection:
            return queue.pages(connection, wanted, limit, offset)

    def worst_pages(self, limit: int) -> list[WorstPage]:
        """The worst items with open findings on them, in numbers."""
        wanted = Filter(states=OPEN_STATES, present=True)
        with self.database.read() as connection:
            return worst.worst_pages(connection, wanted, limit)

    def item(self, item_id: int) -> PageView:
        """One item with all its findings. Raises AuditError for an unknown one."""
        found = self.pages(Filter(item_ids=(item_id,)))
        if not found:
            raise AuditError(
                tr(f"台账中没有第{item_id}条。", f"The ledger has no item {item_id} with findings.")
            )
        return found[0]

    def findings(self, which: Collection[int | str]) -> list[FindingView]:
        """Findings by id or fingerprint, in the order asked; unknown ones are left out."""
        with self.database.read() as connection:
            return queue.findings(connection, which)

    def history(self, finding: int) -> list[HistoryLine]:
        """Every change of state of a finding, oldest first."""
        with self.database.read() as connection:
            return queue.history(connection, finding)

    def flagged_urls(
        self, unit: str | None = None, states: Collection[State] = ()
    ) -> list[FlaggedUrl]:
        """What a re-check fetches: items with open findings, and the pages of such attachments."""
        with self.database.read() as connection:
            return queue.flagged_urls(connection, unit, states)

    def namesakes(self, urls: Sequence[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
        """By address of a flagged page: its title, and where other items of that title stand."""
        with self.database.read() as connection:
            return rechecks.namesakes(connection, urls)

    def recheck_lines(self, sweep_id: int) -> list[RecheckLine]:
        """What a re-check says of each flagged item."""
        with self.database.read() as connection:
            return list(rechecks.recheck_lines(connection, sweep_id))

    # Figures

    def statistics(
        self, since: date | None = None, until: date | None = None, today: date | None = None
    ) -> Statistics:
        """All figures of what was first found in the period, as it stands now."""
        with self.database.read() as connection:
            return stats.statistics(connection, today or self.today(), since, until)

    def coverage(self, sweep_id: int) -> CoverageCounts:
        """How the URLs of a sweep ended."""
        with self.database.read() as connection:
            return coverage.coverage_counts(connection, sweep_id)

    def coverage_lines(
        self, sweep_id: int, outcomes: Sequence[Outcome] = TROUBLE
    ) -> list[CoverageLine]:
        """The URLs of a sweep that were not read whole, with their reasons; or other outcomes."""
        with self.database.read() as connection:
            return list(coverage.coverage_lines(connection, sweep_id, tuple(outcomes)))

    def list_coverage(self, sweep_id: int) -> list[ListCoverage]:
        """Every list of which a sweep covers a page: what it says it has, and what was reached."""
        with self.database.read() as connection:
            return lists.list_coverage(connection, sweep_id)

    def site_coverage(
        self, sweep_id: int, of_lists: Sequence[ListCoverage] | None = None
    ) -> list[SiteCoverage]:
        """What a sweep reached of each site. `of_lists`: its lists, where they are known."""
        with self.database.read() as connection:
            known = lists.list_coverage(connection, sweep_id) if of_lists is None else of_lists
            return reach.site_coverage(connection, sweep_id, known)

    def changes(self, sweep_id: int) -> Changes:
        """What a sweep changed: new, verified, recurred, reopened."""
        with self.database.read() as connection:
            return coverage.changes(connection, sweep_id)
