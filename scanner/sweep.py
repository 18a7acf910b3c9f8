"""The sweep: every site of the list, from its start addresses to the last page that changed.

The same call takes up a sweep that was stopped or killed: what was committed is done, what was
handed out waits again.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import patterns
from scanner import __version__
from scanner.archive import ArchiveOptions
from scanner.counting import CountingFrontier, SiteCount, true_counts
from scanner.errors import AuditError, ConfigError
from scanner.lang import tr
from scanner.ledger import Ledger, Pace, Sweep, SweepKind, UnitSpec
from scanner.ledger import SiteSpec as LedgerSite
from scanner.model import Link, Outcome
from scanner.team import Run, Team, crawl_with
from scanner.workers import PipelineSpec
from spiders import browser
from spiders.fence import Fence
from spiders.job import CrawlEnd, Progress
from spiders.options import CrawlOptions, SiteSpec
from spiders.site import SiteSpider
from spiders.urls import canonical


@dataclass(frozen=True, slots=True)
class SweepOptions:
    """What is swept, and how."""

    sites: tuple[SiteSpec, ...]
    crawl: CrawlOptions = field(default_factory=CrawlOptions)
    units: tuple[UnitSpec, ...] = ()  # of the configuration; those only sites name are added
    pace: Pace = Pace.USUAL  # how much of what is known is asked for again
    since: date | None = None  # for `Pace.SINCE`
    workers: int | None = None  # scanning processes; None: one a core; 0: none, scan in here
    crawlers: int = 1  # processes that fetch, each with scanning processes of its own
    join: bool = False  # take part in the sweep of these sites that is running, if one is
    archive: ArchiveOptions | None = None  # which pages are kept as evidence


@dataclass(frozen=True, slots=True)
class SweepReport:
    """How a run of a sweep or re-check ended. Counts are items (条) of this run."""

    sweep: Sweep
    interrupted: bool
    pending: int  # addresses still without a result: 0 when the sweep is complete
    outcomes: tuple[tuple[Outcome, int], ...]
    sites: tuple[SiteCount, ...]
    seconds: float

    @property
    def done(self) -> int:
        """Results committed in this run."""
        return sum(count for _, count in self.outcomes)

    @property
    def silent_sites(self) -> tuple[SiteCount, ...]:
        """Sites of which no address answered."""
        return tuple(site for site in self.sites if not site.answered)


def run_sweep(
    options: SweepOptions,
    ledger: Ledger,
    spec: PipelineSpec,
    on_progress: Callable[[Progress], None] | None = None,
) -> SweepReport:
    """Sweep the sites of `options`; blocks until done, interrupted or stopped by an error.

    Begins a sweep or takes up the unfinished one of the same sites and rules. Raises ConfigError
    for a list or rules that cannot be used, MissingExtraError for a browser that is asked for and
    not installed, AuditError while another sweep runs on the ledger,
    UnreadableError when the ledger cannot be written: then nothing committed is lost, and the
    same call goes on.
    """
    starts = start_links(options.sites)
    if options.crawl.browser:
        browser.program()
    engine = engine_version(spec)
    register(options, ledger)
    names = [site.name for site in options.sites]
    sweep = ledger.start_sweep(
        SweepKind.SWEEP, scope=_scope(options), engine=engine, join=options.join
    )
    try:
        frontier = ledger.frontier(sweep)
        frontier.push(starts, "", 0)
        ledger.seed_known(sweep, names, options.pace, options.since)
    except BaseException:
        ledger.interrupt_sweep(sweep)
        raise
    conditional = options.crawl.conditional and options.pace is not Pace.FULL
    crawl = replace(options.crawl, conditional=conditional)
    run = Run(
        SiteSpider,
        Fence(options.sites),
        crawl,
        options.workers,
        options.crawlers,
        archive=options.archive,
    )
    return run_over(run, ledger, sweep, spec, on_progress)


def _scope(options: SweepOptions) -> str:
    """What the sweep covers: only one of the same sites and pace is taken up again."""
    parts = sorted(site.name for site in options.sites)
    if options.pace is not Pace.USUAL:
        parts.append(f"{options.pace} {options.since or ''}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def run_over(
    run: Run,
    ledger: Ledger,
    sweep: Sweep,
    spec: PipelineSpec,
    on_progress: Callable[[Progress], None] | None = None,
) -> SweepReport:
    """Crawl the frontier of `sweep` and mark it finished or interrupted. Raises as run_sweep."""
    frontier = CountingFrontier(ledger.frontier(sweep, delay=run.crawl.delay), run.fence)
    team = Team(run, ledger, sweep, spec)
    try:
        with team:
            end = crawl_with(run, frontier, spec, sweep.id, on_progress)
        pending = frontier.pending()
        if not pending:
            ledger.finish_sweep(sweep)
    except BaseException:
        _leave(ledger, sweep)
        raise
    if pending:
        ledger.interrupt_sweep(sweep)
    now = ledger.sweep(sweep.id) or sweep
    sites = true_counts(frontier.sites(), run.fence, ledger, sweep)
    return _report(replace(now, resumed=sweep.resumed), end, pending, sites)


def _leave(ledger: Ledger, sweep: Sweep) -> None:
    """After an error: leave in good order, if the ledger lets us. The error is what is told."""
    with contextlib.suppress(AuditError):
        ledger.interrupt_sweep(sweep)


def _report(sweep: Sweep, end: CrawlEnd, pending: int, sites: tuple[SiteCount, ...]) -> SweepReport:
    return SweepReport(
        sweep=sweep,
        interrupted=end.interrupted or pending > 0,
        pending=pending,
        outcomes=end.outcomes,
        sites=sites,
        seconds=end.seconds,
    )


def register(options: SweepOptions, ledger: Ledger) -> None:
    """Write the units and sites of the list into the ledger."""
    units = {unit.name: unit for unit in options.units}
    for site in options.sites:
        if site.unit:
            units.setdefault(site.unit, UnitSpec(site.unit, site.level or None))
    ledger.register(
        tuple(units.values()),
        tuple(LedgerSite(site.name, tuple(_hosts(site)), site.unit) for site in options.sites),
    )


def _hosts(site: SiteSpec) -> Iterable[str]:
    for entry in site.domains or site.start_urls:
        host = urlsplit(entry if "://" in entry else f"//{entry}").hostname
        if host:
            yield host
    for url in site.start_urls:  # two sites may share a host
        parts = urlsplit(url)
        if parts.hostname and parts.port:
            yield f"{parts.hostname}:{parts.port}"


def start_links(sites: Sequence[SiteSpec]) -> list[Link]:
    """The start addresses of all sites. Raises ConfigError for none, or for one that is none."""
    if not sites:
        raise ConfigError(
            tr("没有要巡查的网站：请在配置中写明", "there is no site to sweep: list one")
        )
    links: list[Link] = []
    faults: list[str] = []
    for site in sites:
        for url in site.start_urls:
            full = canonical(url)
            if full is None:
                faults.append(tr(f"{site.name}：网址无效 {url!r}", f"{site.name}: bad URL {url!r}"))
            else:
                links.append(Link(full))
    if faults:
        raise ConfigError(faults)
    return links


def engine_version(spec: PipelineSpec) -> str:
    """What reads the pages: program, rules and allow-list. A change makes every page be read anew.

    Raises ConfigError for rules that cannot be loaded.
    """
    pack = patterns.load_pack(spec.pack_dir)
    digest = hashlib.sha256()
    for folder in (Path(patterns.__file__).parent, spec.pack_dir):
        for path in sorted(folder.rglob("*.t*") if folder else ()):
            if path.suffix in (".toml", ".txt"):
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    if spec.allow is not None:
        digest.update(spec.allow.read_bytes())
    digest.update(spec.mask_norm.encode())
    return f"{__version__}/{pack.version}/{digest.hexdigest()[:12]}"
