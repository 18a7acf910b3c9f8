"""`audit purge`: old evidence and old ledger data go; nothing without --yes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scanner.archive import expired_files, remove
from scanner.commands.context import Common, need_config, user_name
from scanner.commands.ledgers import existing_ledger
from scanner.config import Config
from scanner.errors import UnreadableError
from scanner.lang import tr
from scanner.report.console import out
from scanner.safe_text import styled


@dataclass(frozen=True, slots=True)
class PurgeRequest:
    """What the user asked for."""

    older_than: int | None = None
    site: str = ""
    yes: bool = False


def run(common: Common, request: PurgeRequest) -> int:
    """Delete, or tell what would be deleted; 0."""
    config = need_config(common)
    lines = []
    if request.older_than is not None or request.site:
        lines.append(_ledger(common, request))
    if not request.site:
        lines.append(_archive(config, request))
    for line in lines:
        out().print(styled(line), soft_wrap=True)
    if not request.yes:
        out().print(
            styled(
                tr(
                    "以上只是预览，什么都没有删除；加 --yes 执行。",
                    "Nothing was deleted: this is what would be. Add --yes to do it.",
                )
            ),
            soft_wrap=True,
        )
    return 0


def _ledger(common: Common, request: PurgeRequest) -> str:
    _, ledger = existing_ledger(common)
    with ledger:
        gone = ledger.purge(
            older_than=request.older_than,
            site=request.site,
            who=user_name(),
            dry_run=not request.yes,
        )
    return tr(
        f"台账：清除 {gone.findings} 个值的内容、{gone.items} 个网址；状态、数字和历史保留。",
        f"Ledger: what {gone.findings} values showed and {gone.items} addresses; "
        "states, figures and history stay.",
    )


def _archive(config: Config, request: PurgeRequest) -> str:
    days = config.archive.days if request.older_than is None else request.older_than
    try:
        files = list(expired_files(config.archive.folder, days, datetime.now(UTC)))
        size = sum(path.stat().st_size for path in files)
        if request.yes:
            for path in files:
                remove(path)
    except OSError as error:
        raise _not_deleted(config.archive.folder, error) from error
    return tr(
        f"存档：{len(files)} 个超过 {days} 天的文件（{size / 1024**2:.1f} MB）。",
        f"Archive: {len(files)} files of more than {days} days ({size / 1024**2:.1f} MB).",
    )


def _not_deleted(folder: Path, error: OSError) -> UnreadableError:
    why = error.strerror or type(error).__name__
    return UnreadableError(
        tr(
            f"存档文件夹 {folder} 里有文件删不掉（{why}），请检查权限。",
            f"A file in the archive folder {folder} cannot be deleted ({why}): check permissions.",
        )
    )
