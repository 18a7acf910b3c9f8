"""What each site gave: counted as it is committed, and looked up where others committed it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scanner.ledger import Ledger, Sweep
from scanner.model import ItemResult, Lease, Link, Outcome
from spiders.fence import Fence
from spiders.frontier import Frontier

_ANSWERED = frozenset(Outcome) - {Outcome.FAILED, Outcome.SKIPPED, Outcome.NOT_DUE}


@dataclass(frozen=True, slots=True)
class SiteCount:
    """What one site gave in one run, in items (条)."""

    name: str
    outcomes: tuple[tuple[Outcome, int], ...]
    reason: str = ""  # why its first failed address failed

    @property
    def answered(self) -> bool:
        """Whether at least one address of it answered; a site without results is not judged."""
        return not self.outcomes or any(outcome in _ANSWERED for outcome, _ in self.outcomes)


class CountingFrontier:
    """A frontier that counts, by site, what is committed through it."""

    def __init__(self, inner: Frontier, fence: Fence) -> None:
        self._inner = inner
        self._fence = fence
        self._counts: dict[str, Counter[Outcome]] = {site.name: Counter() for site in fence.sites}
        self._reasons: dict[str, str] = {}

    def push(self, links: Sequence[Link], parent: str, depth: int) -> int:
        """As the frontier itself."""
        return self._inner.push(links, parent, depth)

    def lease(self, limit: int, seconds: float) -> list[Lease]:
        """As the frontier itself."""
        return self._inner.lease(limit, seconds)

    def commit(self, results: Sequence[ItemResult]) -> None:
        """Commit, then count."""
        self._inner.commit(results)
        for result in results:
            site = self._fence.site_of(result.url)
            if site is not None:
                self._counts[site.name][result.outcome] += 1
                if result.outcome is Outcome.FAILED:
                    self._reasons.setdefault(site.name, result.reason)

    def release(self, urls: Sequence[str]) -> None:
        """As the frontier itself."""
        self._inner.release(urls)

    def pending(self) -> int:
        """As the frontier itself."""
        return self._inner.pending()

    def rest(self, hosts: Mapping[str, float]) -> None:
        """As the frontier itself."""
        self._inner.rest(hosts)

    def beat(self) -> bool:
        """As the frontier itself."""
        return self._inner.beat()

    def hurry(self) -> None:
        """As the frontier itself."""
        self._inner.hurry()

    def sites(self) -> tuple[SiteCount, ...]:
        """The counts, in the order of the list."""
        return tuple(
            SiteCount(name, tuple(sorted(counts.items())), self._reasons.get(name, ""))
            for name, counts in self._counts.items()
        )


def true_counts(
    counts: Sequence[SiteCount], fence: Fence, ledger: Ledger, sweep: Sweep
) -> tuple[SiteCount, ...]:
    """The counts, and for sites that answered nothing here what the whole sweep knows of them.

    Another worker, or this sweep before it was killed, may have had the answer, or the silence.
    """
    doubtful = {one.name for one in counts if not one.outcomes or not one.answered}
    if not doubtful:
        return tuple(counts)
    ends: dict[str, Counter[Outcome]] = {name: Counter() for name in doubtful}
    reasons: dict[str, str] = {}
    for line in ledger.endings(sweep.id):
        site = fence.site_of(line.url)
        if site is None or site.name not in doubtful:
            continue
        ends[site.name][line.outcome] += 1
        if line.outcome is Outcome.FAILED:
            reasons.setdefault(site.name, line.reason)
    return tuple(
        replace(
            one,
            outcomes=tuple(sorted(ends[one.name].items())),
            reason=one.reason or reasons.get(one.name, ""),
        )
        if one.name in doubtful
        else one
        for one in counts
    )
