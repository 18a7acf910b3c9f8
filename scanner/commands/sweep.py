"""`audit sweep` and `audit recheck`: the crawls, and what they came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from scanner.archive import ArchiveOptions, Keep
from scanner.commands.context import Common, need_config
from scanner.commands.ledgers import existing_ledger, open_ledger
from scanner.commands.plan import plan
from scanner.commands.progress import Progress as ProgressLine
from scanner.commands.reports import refuse_unknown_unit, sweep_facts, write_sweep
from scanner.config import Config, Site
from scanner.errors import NOT_READ, ConfigError
from scanner.keys import load_key
from scanner.lang import get_lang, tr
from scanner.ledger import Ledger, Pace, UnitSpec
from scanner.recheck import RecheckOptions, run_recheck
from scanner.report.console import err
from scanner.report.names import outcome_name
from scanner.safe_text import styled
from scanner.sweep import SweepOptions, SweepReport, run_sweep
from scanner.workers import PipelineSpec
from spiders.job import Progress
from spiders.options import CrawlOptions, SiteSpec

INTERRUPTED = 130  # as for every program that Ctrl-C ended


@dataclass(frozen=True, slots=True)
class SweepRequest:
    """What `audit sweep` was asked."""

    sites: tuple[str, ...] = ()
    full: bool = False
    only_new: bool = False
    since: date | None = None
    plan: bool = False
    form: str = "text"
    workers: int = 1
    join: bool = False
    rekey: bool = False

    @property
    def pace(self) -> Pace:
        """How much of what is known is asked for again. Raises ConfigError for two answers."""
        if self.full and (self.only_new or self.since):
            raise ConfigError(
                tr(
                    "--full 不能与 --only-new、--since 同用",
                    "--full cannot be given with --only-new or --since",
                )
            )
        if self.full:
            return Pace.FULL
        if self.since:
            return Pace.SINCE
        return Pace.ONLY_NEW if self.only_new else Pace.USUAL


def sweep(common: Common, request: SweepRequest) -> int:
    """Crawl and scan the sites of the configuration; 3 where a site did not answer."""
    pace = request.pace
    config = need_config(common)
    options = SweepOptions(
        sites=tuple(map(_site_spec, _chosen(config, request.sites))),
        crawl=crawl_options(config),
        units=unit_specs(config),
        pace=pace,
        since=request.since,
        crawlers=request.workers,
        join=request.join,
        archive=ArchiveOptions(config.archive.folder, Keep(config.archive.keep)),
    )
    if request.plan:
        return plan(config, options, request.form)
    with open_ledger(config, rekey=request.rekey) as ledger, ProgressLine() as line:
        line.show(tr("正在准备…", "getting ready…"))
        ledger.expire()
        _be_patient(ledger, config, line)
        result = run_sweep(
            options, ledger, pipeline_spec(config), lambda now: line.show(_progress(now))
        )
        line.clear()
        return finish(ledger, result, request.form)


def _be_patient(ledger: Ledger, config: Config, line: ProgressLine) -> None:
    """A crawl of hours outlives a restart of the database; it says that it waits."""
    told = tr(
        f"台账没有应答，最多等 {config.patience:g} 秒…",
        f"the ledger does not answer; waiting up to {config.patience:g} seconds…",
    )
    ledger.be_patient(config.patience, lambda: line.message(told))


def recheck(common: Common, *, unit: str | None) -> int:
    """Fetch what is open again and move its states; 3 where a site did not answer."""
    config, ledger = existing_ledger(common, with_key=True)
    options = RecheckOptions(
        sites=site_specs(config),
        unit=unit,
        crawl=crawl_options(config),
        units=unit_specs(config),
    )
    with ledger, ProgressLine() as line:
        if unit is not None:
            refuse_unknown_unit(ledger, unit)
        if not ledger.flagged_urls(unit):
            err().print(styled(tr("没有需要复查的网页。", "Nothing has to be re-checked.")))
            return 0
        line.show(tr("正在准备…", "getting ready…"))
        _be_patient(ledger, config, line)
        result = run_recheck(
            options, ledger, pipeline_spec(config), lambda now: line.show(_progress(now))
        )
        line.clear()
        return finish(ledger, result)


def finish(ledger: Ledger, result: SweepReport, form: str = "text") -> int:
    """The report on standard output, troubles on standard error, and the exit status."""
    write_sweep(sweep_facts(ledger, result.sweep), form)
    for site in result.silent_sites:
        err().print(
            styled(
                tr(
                    f"网站“{site.name}”没有应答：{site.reason or '原因不明'}",
                    f"site {site.name!r} did not answer: {site.reason or 'reason unknown'}",
                ),
                "red",
            ),
            soft_wrap=True,
        )
    if result.interrupted:
        err().print(
            styled(
                tr(
                    f"已中断，还有 {result.pending} 个网址；再次运行同一命令会从这里继续",
                    f"interrupted with {result.pending} URLs to go; "
                    "run the same command again to go on from here",
                )
            ),
            soft_wrap=True,
        )
        return INTERRUPTED
    return NOT_READ if result.silent_sites else 0


def pipeline_spec(config: Config) -> PipelineSpec:
    """What every scanning process needs."""
    key = load_key(config.key_file)
    return PipelineSpec(key, config.rules, config.allow_list, get_lang(), config.mask_norm)


def crawl_options(config: Config) -> CrawlOptions:
    """The crawl settings of the configuration."""
    crawl = config.crawl
    return CrawlOptions(
        delay=crawl.delay,
        concurrency=crawl.concurrency,
        timeout=crawl.timeout,
        retries=crawl.retries,
        max_size=crawl.max_size,
        max_pages=crawl.max_pages,
        obey_robots=crawl.robots,
        contact=crawl.contact,
        browser=crawl.browser,
    )


def site_specs(config: Config) -> tuple[SiteSpec, ...]:
    """Every site of the configuration."""
    return tuple(map(_site_spec, config.sites))


def _site_spec(site: Site) -> SiteSpec:
    return SiteSpec(site.name, site.unit, site.level, site.start, site.domains)


def unit_specs(config: Config) -> tuple[UnitSpec, ...]:
    """Every unit of the configuration."""
    return tuple(
        UnitSpec(unit.name, unit.level or None, unit.parent, unit.aliases, unit.paths, unit.columns)
        for unit in config.units
    )


def _chosen(config: Config, names: Sequence[str]) -> tuple[Site, ...]:
    known = {site.name: site for site in config.sites}
    unknown = [name for name in names if name not in known]
    if unknown:
        near = get_close_matches(unknown[0], list(known), n=1, cutoff=0.4)
        hint = tr(f"；您要的是“{near[0]}”吗？", f"; did you mean {near[0]!r}?") if near else ""
        raise ConfigError(
            tr(
                f"配置里没有网站“{unknown[0]}”{hint}",
                f"the configuration has no site {unknown[0]!r}{hint}",
            )
        )
    return tuple(known[name] for name in names) if names else config.sites


def _progress(now: Progress) -> str:
    parts = tr("，", ", ").join(f"{outcome_name(name)} {count}" for name, count in now.outcomes)
    rate = now.done / now.seconds if now.seconds > 0 else 0.0
    return tr(
        f"已完成 {now.done}，待抓取 {now.pending}，每秒 {rate:.1f} 个  {parts}",
        f"done {now.done}, to go {now.pending}, {rate:.1f}/s  {parts}",
    )
