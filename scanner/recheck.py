"""The re-check: fetch what was flagged again, and let only what the net says today close it.

A page that is gone, or that answers without the value, closes its findings; one that times out,
is refused or cannot be read closes nothing.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from scanner.ledger import Ledger, SweepKind, UnitSpec
from scanner.model import Link
from scanner.sweep import SweepOptions, SweepReport, engine_version, register, run_over
from scanner.team import Run
from scanner.workers import PipelineSpec
from spiders.fence import Fence
from spiders.job import Progress
from spiders.moved import Flagged
from spiders.options import CrawlOptions, SiteSpec
from spiders.recheck import RecheckSpider


@dataclass(frozen=True, slots=True)
class RecheckOptions:
    """What is fetched again, and how."""

    sites: tuple[SiteSpec, ...]  # the fence: what is no longer listed is not fetched
    crawl: CrawlOptions = field(default_factory=CrawlOptions)
    units: tuple[UnitSpec, ...] = ()
    unit: str | None = None  # only this unit's; None for all
    workers: int | None = None


def run_recheck(
    options: RecheckOptions,
    ledger: Ledger,
    spec: PipelineSpec,
    on_progress: Callable[[Progress], None] | None = None,
) -> SweepReport:
    """Fetch every page and attachment with open findings again, whole; blocks until done.

    The states move with each commit (`Ledger.changes(report.sweep.id)` tells how). Takes up a
    re-check that was stopped. Raises as `run_sweep` does.
    """
    engine = engine_version(spec)
    register(SweepOptions(options.sites, units=options.units), ledger)
    scope = hashlib.sha256((options.unit or "").encode()).hexdigest()[:16] if options.unit else ""
    sweep = ledger.start_sweep(SweepKind.RECHECK, scope=scope, engine=engine)
    try:
        items = ledger.flagged_urls(options.unit)
        ledger.frontier(sweep).add(
            (Link(item.url, is_attachment=item.is_attachment), item.parent_url, 0) for item in items
        )
        known = ledger.namesakes([item.url for item in items if item.has_findings])
    except BaseException:
        ledger.interrupt_sweep(sweep)
        raise
    crawl = replace(options.crawl, conditional=False, max_pages=0)
    flagged = {url: Flagged(title, elsewhere) for url, (title, elsewhere) in known.items()}
    run = Run(RecheckSpider, Fence(options.sites), crawl, options.workers, flagged=flagged)
    return run_over(run, ledger, sweep, spec, on_progress)
