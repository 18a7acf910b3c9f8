"""What a crawl works with, what it says of itself, and how a result is completed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from scanner.model import Fetched, ItemResult, Outcome
from spiders.fence import Fence
from spiders.frontier import Frontier, Lease
from spiders.moved import Flagged
from spiders.options import CrawlOptions

Fetch = Callable[[Lease], Awaitable[Fetched | ItemResult]]
Settle = Callable[[Lease, ItemResult], Awaitable[ItemResult]]
Process = Callable[[Fetched], Awaitable[ItemResult]]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a crawl stands."""

    done: int  # results committed in this run
    pending: int  # addresses of the sweep without a result
    outcomes: tuple[tuple[Outcome, int], ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class CrawlEnd:
    """How a crawl ended."""

    outcomes: tuple[tuple[Outcome, int], ...]  # results committed in this run
    interrupted: bool
    released: int  # addresses given back unfinished
    seconds: float

    @property
    def done(self) -> int:
        """Results committed in this run."""
        return sum(count for _, count in self.outcomes)


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """What one crawl works with."""

    frontier: Frontier
    process: Process  # scans one answer; it never raises for what an answer holds
    fence: Fence
    options: CrawlOptions
    backlog: int = 32  # answers fetched and not yet scanned, at most
    on_progress: Callable[[Progress], None] | None = None
    flagged: Mapping[str, Flagged] = field(default_factory=dict)  # of a re-check, by address


def completed(
    result: ItemResult, lease: Lease, answer: Fetched | None = None, digest: str = ""
) -> ItemResult:
    """The result with all that is known from the frontier and the answer's headers."""
    if answer is None:
        return replace(
            result,
            parent_url=lease.parent,
            is_attachment=lease.is_attachment,
            is_list_page=lease.is_list_page,
        )
    return replace(
        result,
        url=lease.url,
        status=answer.status,
        size=len(answer.body),
        content_hash=digest,
        etag=answer.etag,
        last_modified=answer.last_modified,
        parent_url=lease.parent,
        is_attachment=lease.is_attachment or result.is_attachment,
        is_list_page=lease.is_list_page,
    )
