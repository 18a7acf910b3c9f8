"""Writing the archive of a crawl: one encrypted WARC 1.1 file of each crawling process.

A file is written as `.part` and renamed when it is complete, beside a sidecar with counts and
hashes. A `.part` that a killed process left can be read to the last page that was written.
"""

import hashlib
import io
import json
import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from scanner import __version__
from scanner.archive.seal import SealedWriter
from scanner.errors import UnreadableError
from scanner.keys import Keyring
from scanner.lang import tr
from scanner.model import Fetched, ItemResult

ENDING = ".warc.gz.sealed"
_PART = ".part"
_LARGEST = 1024**3  # bytes of one file, about


class Keep(StrEnum):
    """Which pages are kept."""

    NONE = "none"
    FINDINGS = "findings"  # on which something has to go
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """What is kept, and where."""

    folder: Path
    keep: Keep = Keep.NONE

    def wants(self, result: ItemResult) -> bool:
        """Whether the page of `result` is kept."""
        if self.keep is Keep.FINDINGS:
            return any(finding.disposition.is_leak for finding in result.findings)
        return self.keep is Keep.ALL


class Archive:
    """The archive of one crawling process. Its methods may be called from any thread."""

    def __init__(self, options: ArchiveOptions, key: bytes, sweep_id: int) -> None:
        self.options = options
        self._key = key
        self._sweep_id = sweep_id
        self._lock = threading.Lock()
        self._file: _File | None = None
        self._number = 0

    def keep(self, fetched: Fetched, result: ItemResult) -> None:
        """Write the page, if it is wanted, and bring it to the disk.

        Raises UnreadableError when the archive cannot be written.
        """
        if not self.options.wants(result):
            return
        with self._lock:
            try:
                if self._file is None:
                    self._file = self._new()
                self._file.add(fetched, result)
                if self._file.size > _LARGEST:
                    self._finish()
            except OSError as error:
                raise _unwritable(self.options.folder, error) from error

    def close(self) -> None:
        """Complete the file in hand. Raises UnreadableError when it cannot be written."""
        with self._lock:
            try:
                self._finish()
            except OSError as error:
                raise _unwritable(self.options.folder, error) from error

    def _new(self) -> "_File":
        folder = self.options.folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._number += 1
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        name = f"sweep-{self._sweep_id}-{stamp}-{os.getpid()}-{self._number}{ENDING}"
        return _File(folder / name, self._key)

    def _finish(self) -> None:
        if self._file is not None:
            self._file.finish(self._sweep_id)
            self._file = None


class _File:
    """One WARC file that is being written."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._part = path.with_name(path.name + _PART)
        self._key = key
        descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._raw = os.fdopen(descriptor, "wb")
        self._sealed = SealedWriter(self._raw, key)
        self._writer = WARCWriter(self._sealed, gzip=True, warc_version="1.1")
        self._pages = self._leaks = self._bytes = 0
        info = {
            "software": f"privacy-sweep/{__version__}",
            "description": "HTTP headers abridged, bodies without their transfer encodings",
        }
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, info))

    @property
    def size(self) -> int:
        """Bytes in the file so far."""
        return self._raw.tell()

    def add(self, fetched: Fetched, result: ItemResult) -> None:
        """One response record."""
        headers = [("Content-Length", str(len(fetched.body)))]
        if fetched.content_type:
            headers.insert(0, ("Content-Type", _plain(fetched.content_type)))
        if fetched.filename:
            name = f"attachment; filename*=UTF-8''{quote(fetched.filename)}"
            headers.append(("Content-Disposition", name))
        record = self._writer.create_warc_record(
            _plain(fetched.url),
            "response",
            payload=io.BytesIO(fetched.body),
            http_headers=StatusAndHeaders(f"{fetched.status} OK", headers, protocol="HTTP/1.1"),
        )
        self._writer.write_record(record)
        self._sealed.settle()
        self._pages += 1
        self._bytes += len(fetched.body)
        self._leaks += sum(finding.disposition.is_leak for finding in result.findings)

    def finish(self, sweep_id: int) -> None:
        """Close the file, write its sidecar, and give it its name."""
        self._sealed.close()
        facts = {
            "file": self._path.name,
            "sweep": sweep_id,
            "key": Keyring(self._key).key_id,
            "pages": self._pages,
            "leaks": self._leaks,
            "bytes": self._bytes,
            "sha256": _digest(self._part),
            "written": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        sidecar = self._path.with_name(self._path.name + ".json")
        draft = sidecar.with_name(sidecar.name + _PART)
        draft.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
        draft.replace(sidecar)
        self._part.replace(self._path)


def _plain(text: str) -> str:
    """A header's value on one line."""
    return " ".join(text.split())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unwritable(folder: Path, error: OSError) -> UnreadableError:
    why = error.strerror or type(error).__name__
    return UnreadableError(
        tr(
            f"存档文件夹 {folder} 写不进去（{why}）；已提交的内容都在，"
            "排除后重新执行同一命令即可。",
            f"The archive folder {folder} cannot be written ({why}); everything committed is safe: "
            "mend that and run the same command again.",
        )
    )
