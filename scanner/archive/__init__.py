"""Pages kept as evidence: WARC files, encrypted with the ledger's key, and how any WARC is read."""

from scanner.archive.keep import Archive, ArchiveOptions, Keep
from scanner.archive.records import Page, is_archive, read_archive
from scanner.archive.retention import expired_files, remove

__all__ = [
    "Archive",
    "ArchiveOptions",
    "Keep",
    "Page",
    "expired_files",
    "is_archive",
    "read_archive",
    "remove",
]
