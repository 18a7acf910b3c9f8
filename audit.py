"""The commands of `audit`: each parses its words, calls one function and returns its exit status.

Everything heavy is imported inside the command that needs it, so that `audit --help` is quick.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from scanner.commands.clicks import BiGroup, option
from scanner.commands.program import Program

F = TypeVar("F", bound=Callable[..., Any])

_PATH = click.Path(path_type=Path)
_LANG = click.Choice(["zh", "en"])
_SEVERITY = click.Choice(["low", "medium", "high", "critical"])
_TEXT_OR_JSONL = click.Choice(["text", "jsonl"])


def common(function: F) -> F:
    """The options that every command has; the function gets them as one `Common`."""

    @option("config", "--config", metavar="FILE")
    @option("ledger", "--ledger", metavar="URL", envvar="AUDIT_LEDGER")
    @option("lang", "--lang", type=_LANG)
    @wraps(function)
    def with_common(config: str | None, ledger: str | None, lang: str | None, **rest: Any) -> Any:
        from scanner.commands.context import Common

        return function(common=Common(config, lang, ledger), **rest)

    return with_common  # type: ignore[return-value]


@click.group(cls=Program, words="audit")
@option("lang", "--lang", type=_LANG, expose_value=False)
def main() -> None:
    """Parse the words of the whole program."""


@main.command("init", words="init")
@common
def init(common: Any) -> int:
    """Write a configuration."""
    from scanner.commands import init as command

    return command.init(common)


@main.command("scan", words="scan")
@click.argument("paths", type=_PATH, nargs=-1, required=True, metavar="PATH...")
@option("scan.format", "--format", "form", type=_TEXT_OR_JSONL, default="text")
@option("scan.reveal", "--reveal", is_flag=True)
@option("scan.fail_on", "--fail-on", type=_SEVERITY)
@option("scan.explain", "--explain", metavar="FINGERPRINT", default="")
@common
def scan(
    common: Any,
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


@main.group("rules", cls=BiGroup, words="rules")
@option("lang", "--lang", type=_LANG, expose_value=False)
def rules() -> None:
    """Group of the commands on rules."""


@rules.command("list", words="rules.list")
@option("rules.exceptions", "--exceptions", is_flag=True)
@common
def rules_list(common: Any, exceptions: bool) -> int:
    """List rules or exceptions."""
    from scanner.commands import rules as command
    from scanner.commands.context import find_config

    return command.list_rules(find_config(common), exceptions=exceptions)


@rules.command("show", words="rules.show")
@click.argument("code", metavar="CODE")
@common
def rules_show(common: Any, code: str) -> int:
    """Show one rule or exception."""
    from scanner.commands import rules as command
    from scanner.commands.context import find_config

    return command.show_rule(find_config(common), code)


@rules.command("test", words="rules.test")
@common
def rules_test(common: Any) -> int:
    """Test every rule with its samples."""
    from scanner.commands import rules as command
    from scanner.commands.context import find_config

    return command.test_rules(find_config(common))


if __name__ == "__main__":
    main()
