"""Archive files whose time is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from scanner.archive.keep import ENDING


def expired_files(folder: Path, days: int, now: datetime) -> Iterator[Path]:
    """Archive files last written more than `days` days ago, half ones of dead processes too."""
    limit = (now - timedelta(days=days)).timestamp()
    for path in sorted(folder.glob(f"*{ENDING}*")):
        if path.suffix != ".json" and path.stat().st_mtime < limit:
            yield path


def remove(path: Path) -> None:
    """Delete an archive file, then its sidecar."""
    path.unlink()
    path.with_name(path.name + ".json").unlink(missing_ok=True)
