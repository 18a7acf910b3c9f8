"""`audit sweep --plan`: what a sweep would take."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from scanner.commands.ledgers import SQLITE
from scanner.commands.reports import write_utf8
from scanner.config import Config
from scanner.errors import NOT_READ
from scanner.lang import get_lang, tr
from scanner.ledger import Ledger
from scanner.plan import Plan, SitePlan, plan_sweep
from scanner.report.console import err, out
from scanner.safe_text import cut, json_line, one_line, styled
from scanner.sweep import SweepOptions
from scanner.workers import PipelineSpec

_UNITS = ((1024**3, "GiB"), (1024**2, "MiB"), (1024, "KiB"))


def plan(config: Config, options: SweepOptions, form: str) -> int:
    """Print the estimate; 3 where a site did not answer."""
    # Nothing is hashed: the rules are read for their version alone, and no key is made.
    spec = PipelineSpec(b"", config.rules, config.allow_list, get_lang(), config.mask_norm)
    ledger = _existing(config)
    try:
        made = plan_sweep(options, ledger, spec)
    finally:
        if ledger is not None:
            ledger.close()
    if form == "json":
        write_utf8(json_line(plan_record(made)) + "\n")
    else:
        _print(made)
    silent = [site for site in made.sites if site.reason]
    for site in silent:
        words = tr(
            f"网站“{site.name}”没有应答：{site.reason}",
            f"site {site.name!r} did not answer: {site.reason}",
        )
        err().print(styled(words, "red"), soft_wrap=True)
    return NOT_READ if silent else 0


def _existing(config: Config) -> Ledger | None:
    """The ledger, where there is one: an estimate makes none."""
    path = config.ledger_url.removeprefix(SQLITE)
    if config.ledger_url.startswith(SQLITE) and not Path(path).exists():
        return None
    return Ledger.open(config.ledger_url)


def plan_record(made: Plan) -> dict[str, Any]:
    """The estimate as plain values, for JSON."""
    return {
        "seconds": round(made.seconds, 1),
        "requests": sum(site.requests for site in made.sites),
        "size": sum(site.size for site in made.sites),
        "sites": [asdict(site) for site in made.sites],
    }


def _print(made: Plan) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(tr("网站", "Site"), max_width=20, overflow="ellipsis", no_wrap=True)
    for name in (
        tr("已知", "known"),
        tr("复读", "again"),
        tr("列表", "lists"),
        tr("称有", "said"),
        tr("新增", "new"),
        tr("请求", "requests"),
        tr("流量", "size"),
        tr("时间", "time"),
    ):
        table.add_column(name, justify="right", no_wrap=True)
    for site in made.sites:
        table.add_row(
            styled(cut(one_line(site.name), 20)),
            *(str(one) for one in (site.known, site.due, site.lists, site.said, site.new)),
            *(str(site.requests), _size(site.size), _time(site.seconds)),
        )
    console = out()
    console.print(table)
    requests = sum(site.requests for site in made.sites)
    console.print(
        Text(
            tr(
                f"合计约 {requests} 次请求，{_time(made.seconds)}（各网站同时进行）。"
                "只读了起始页和列表页，没有扫描，台账未变。",
                f"About {requests} requests in all, {_time(made.seconds)} with the sites side by "
                "side. Only start and list pages were read; nothing was scanned or changed.",
            )
        )
    )
    for site in made.sites:
        for words in _doubts(site):
            console.print(Text("  ") + styled(words, "dim"))


def _doubts(site: SitePlan) -> list[str]:
    name = one_line(site.name)
    found = []
    if site.silent_lists:
        count = site.silent_lists
        found.append(
            tr(
                f"{name}：{count} 个列表没有写明总数，未计入",
                f"{name}: {count} lists do not say how many they have and are not counted",
            )
        )
    if site.left_out:
        found.append(
            tr(
                f"{name}：另有 {site.left_out} 个栏目未看，实际会更多",
                f"{name}: {site.left_out} more columns were not looked at; there will be more",
            )
        )
    return found


def _size(count: int) -> str:
    for unit, name in _UNITS:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} B"


def _time(seconds: float) -> str:
    minutes, hours = round(seconds / 60), seconds / 3600
    if seconds < 90:
        return tr(f"{seconds:.0f} 秒", f"{seconds:.0f} s")
    if hours < 2:
        return tr(f"{minutes} 分钟", f"{minutes} min")
    return tr(f"{hours:.1f} 小时", f"{hours:.1f} h")
