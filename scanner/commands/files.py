"""Which files a `scan` reads: named files, and folders all the way down."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scanner.lang import tr

MAX_SIZE = 256 * 1024 * 1024  # bytes of one file: it is read whole
_VCS_FOLDERS = frozenset({".git", ".hg", ".svn", ".bzr"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to scan, or what stands in the way of reading it."""

    path: Path
    named: bool  # the user named this very file
    problem: str = ""
    skipped: bool = False  # left out on purpose: said, but no failure


def find_files(paths: Sequence[Path]) -> Iterator[Found]:
    """Every file of `paths`, each once, folders in the order of their names.

    Links to folders are not followed. What is neither file nor folder (a pipe, a device), what
    cannot be reached and what is left out comes as a `Found` with its problem.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        for found in _visit(path, named=True):
            if found.problem:
                yield found
                continue
            try:
                new = _is_new(found.path, seen)
            except OSError as error:  # it went away since the folder was listed
                yield Found(found.path, found.named, _reason(error))
                continue
            if new:
                yield found


def _is_new(path: Path, seen: set[tuple[int, int]]) -> bool:
    status = path.stat()
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return False
    seen.add(identity)
    return True


def _visit(path: Path, *, named: bool) -> Iterator[Found]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Found(path, named, _reason(error))
        return
    if stat.S_ISDIR(mode):
        yield from _visit_folder(path)
    elif stat.S_ISREG(mode):
        yield Found(path, named)
    else:
        yield Found(path, named, tr("不是普通文件", "not a regular file"))


def _visit_folder(folder: Path) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, True, _reason(error))
        return
    for entry in entries:
        path = Path(entry.path)
        try:
            is_folder = entry.is_dir(follow_symlinks=True)
        except OSError as error:
            yield Found(path, False, _reason(error))
            continue
        if is_folder and entry.is_symlink():
            why = tr("指向文件夹的链接，没有跟随", "a link to a folder, not followed")
            yield Found(path, False, why, skipped=True)
        elif not (is_folder and entry.name in _VCS_FOLDERS):
            yield from _visit(path, named=False)


def read_file(path: Path) -> tuple[bytes, str]:
    """The bytes of a file, or no bytes and the reason why it was not read."""
    try:
        size = path.stat().st_size
        if size > MAX_SIZE:
            limit = MAX_SIZE // 1024**2
            return b"", tr(f"文件超过 {limit} MB", f"larger than {limit} MB")
        return path.read_bytes(), ""
    except OSError as error:
        return b"", _reason(error)


def _reason(error: OSError) -> str:
    reasons = {
        FileNotFoundError: tr("文件不存在", "no such file"),
        PermissionError: tr("没有读取权限", "no permission to read it"),
    }
    return reasons.get(type(error), error.strerror or type(error).__name__)
