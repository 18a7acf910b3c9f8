"""The commands of `audit`: each parses its words, calls one function and returns its exit status.

Everything heavy is imported inside the command that needs it, so that `audit --help` is quick.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scanner.commands.clicks import (
    DAY,
    BiGroup,
    asked_language,
    lang_option,
    option,
    tell_version,
)
from scanner.commands.program import Program

if TYPE_CHECKING:
    from scanner.commands.context import Common

F = TypeVar("F", bound=Callable[..., Any])

_PATH = click.Path(path_type=Path)
_SEVERITY = click.Choice(["low", "medium", "high", "critical"])
_STATS_FORMAT = click.Choice(["text", "json", "csv"])
_GROUPING = click.Choice(["unit", "level", "type", "week"])
_MEASURE = click.Choice(["items", "values", "persons"])
_TEXT_OR_JSON = click.Choice(["text", "json"])
_TEXT_OR_JSONL = click.Choice(["text", "jsonl"])
_REPORT_FORMAT = click.Choice(["text", "json", "jsonl"])


def common(function: F) -> F:
    """The options that every command has; the function gets them as one `Common`."""

    @option("config", "--config", metavar="FILE")
    @option("ledger", "--ledger", metavar="URL", envvar="AUDIT_LEDGER")
    @lang_option
    @wraps(function)
    def with_common(config: str | None, ledger: str | None, **rest: Any) -> Any:
        from scanner.commands.context import Common

        return function(common=Common(config, asked_language(), ledger), **rest)

    return with_common  # type: ignore[return-value]


@click.group(cls=Program, words="audit")
@option(
    "version", "--version", is_flag=True, is_eager=True, expose_value=False, callback=tell_version
)
@lang_option
def main() -> None:
    """Parse the words of the whole program."""


@main.command("init", words="init")
@common
def init(common: Common) -> int:
    """Write a configuration."""
    from scanner.commands import init as command

    return command.init(common)


@main.command("sweep", words="sweep")
@option("sweep.site", "--site", "sites", multiple=True, metavar="NAME")
@option("sweep.full", "--full", is_flag=True)
@option("sweep.only_new", "--only-new", is_flag=True)
@option("sweep.since", "--since", type=DAY, metavar="DAY")
@option("sweep.plan", "--plan", is_flag=True)
@option("sweep.format", "--format", "form", type=_TEXT_OR_JSON, default="text")
@option("sweep.workers", "--workers", type=click.IntRange(1, 64), default=1, metavar="N")
@option("sweep.join", "--join", is_flag=True)
@option("rekey", "--rekey", is_flag=True)
@common
def sweep(common: Common, **given: Any) -> int:
    """Crawl and scan the sites, or tell what that would take."""
    from scanner.commands import sweep as command

    return command.sweep(common, command.SweepRequest(**given))


@main.command("scan", words="scan")
@click.argument("paths", type=_PATH, nargs=-1, required=True, metavar="PATH...")
@option("scan.format", "--format", "form", type=_TEXT_OR_JSONL, default="text")
@option("scan.reveal", "--reveal", is_flag=True)
@option("scan.fail_on", "--fail-on", type=_SEVERITY)
@option("scan.explain", "--explain", metavar="FINGERPRINT", default="")
@common
def scan(
    common: Common,
    paths: tuple[Path, ...],
    form: str,
    reveal: bool,
    fail_on: str | None,
    explain: str,
) -> int:
    """Scan files and folders."""
    from scanner.commands.context import find_config
    from scanner.commands.scan import ScanRequest, run_scan
    from scanner.model import Severity

    floor = Severity(fail_on) if fail_on else None
    request = ScanRequest(paths, form == "jsonl", reveal, floor, explain)
    return run_scan(request, find_config(common))


@main.command("review", words="review")
@option("review.unit", "--unit", metavar="NAME")
@option("review.kind", "--type", "kinds", multiple=True, metavar="TYPE")
@option("who", "--who", default="", metavar="NAME")
@common
def review(common: Common, unit: str | None, kinds: tuple[str, ...], who: str) -> int:
    """Review the findings one by one."""
    from scanner.commands import review as command

    return command.review(common, unit=unit, kinds=kinds, who=who)


@main.command("decide", words="decide")
@click.argument("fingerprints", nargs=-1, required=True, metavar="FINGERPRINT...")
@option("decide.leak", "--leak", is_flag=True)
@option("decide.lawful", "--lawful", metavar="CODE")
@option("decide.not_personal", "--not-personal", is_flag=True)
@option("decide.rectified", "--rectified", is_flag=True)
@option("decide.reason", "--reason", default="", metavar="TEXT")
@option("decide.expires", "--expires", type=DAY, metavar="DAY")
@option("who", "--who", default="", metavar="NAME")
@common
def decide(common: Common, **given: Any) -> int:
    """Decide on findings by fingerprint."""
    from scanner.commands import review as command

    return command.decide(common, command.DecideRequest(**given))


@main.command("recheck", words="recheck")
@option("recheck.unit", "--unit", metavar="NAME")
@common
def recheck(common: Common, unit: str | None) -> int:
    """Fetch what is open again."""
    from scanner.commands import sweep as command

    return command.recheck(common, unit=unit)


@main.command("notice", words="notice")
@click.argument("unit", metavar="UNIT")
@option("notice.output", "-o", "--output", type=_PATH, metavar="FILE.xlsx")
@option("force", "--force", is_flag=True)
@common
def notice(common: Common, unit: str, output: Path | None, force: bool) -> int:
    """Write the workbook of one unit."""
    from scanner.commands import reports as command

    return command.notice(common, unit=unit, output=output, force=force)


@main.command("stats", words="stats")
@option("stats.format", "--format", "form", type=_STATS_FORMAT, default="text")
@option("stats.by", "--by", "groupings", type=_GROUPING, multiple=True)
@option("stats.count", "--count", "measures", type=_MEASURE, multiple=True)
@option("stats.since", "--since", type=DAY, metavar="DAY")
@option("stats.until", "--until", type=DAY, metavar="DAY")
@common
def stats(common: Common, **given: Any) -> int:
    """Print the statistics."""
    from scanner.commands import reports as command

    return command.stats(common, command.StatsRequest(**given))


@main.command("report", words="report")
@option("report.sweep", "--sweep", "number", type=int, metavar="N")
@option("report.format", "--format", "form", type=_REPORT_FORMAT, default="text")
@common
def report(common: Common, number: int | None, form: str) -> int:
    """Report one sweep."""
    from scanner.commands import reports as command

    return command.report(common, number=number, form=form)


@main.command("purge", words="purge")
@option("purge.older_than", "--older-than", type=click.IntRange(1), metavar="DAYS")
@option("purge.site", "--site", default="", metavar="NAME")
@option("purge.yes", "--yes", is_flag=True)
@common
def purge(common: Common, **given: Any) -> int:
    """Delete old evidence and old data."""
    from scanner.commands import purge as command

    return command.run(common, command.PurgeRequest(**given))


@main.group("rules", cls=BiGroup, words="rules")
@lang_option
def rules() -> None:
    """Group of the commands on rules."""


@rules.command("list", words="rules.list")
@option("rules.exceptions", "--exceptions", is_flag=True)
@common
def rules_list(common: Common, exceptions: bool) -> int:
    """List rules or exceptions."""
    from scanner.commands import rules as command
    from scanner.commands.context import find_config

    return command.list_rules(find_config(common), exceptions=exceptions)


@rules.command("show", words="rules.show")
@click.argument("code", metavar="CODE")
@common
def rules_show(common: Common, code: str) -> int:
    """Show one rule or exception."""
    from scanner.commands import rules as command
    from scanner.commands.context import find_config

    return command.show_rule(find_config(common), code)


@rules.command("test", words="rules.test")
@common
def rules_test(common: Common) -> int:
    """Test every rule with its samples."""
    from scanner.commands import rules as command
    from scanner.commands.context import find_config

    return command.test_rules(find_config(common))


if __name__ == "__main__":
    main()
