"""`audit scan`: files and folders, without a ledger."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from scanner.archive import is_archive, read_archive
from scanner.classify.allow import load_allow_list
from scanner.commands.files import Found, find_files, read_file
from scanner.commands.progress import Progress
from scanner.config import Config
from scanner.errors import LEAKS_FOUND, NOT_READ, ConfigError
from scanner.extract import Format, sniff
from scanner.keys import load_key
from scanner.lang import tr
from scanner.model import Document, Finding, Severity
from scanner.pipeline import Pipeline
from scanner.report.console import out
from scanner.report.files import ScanTotals, print_explanation, print_file, print_totals
from scanner.report.jsonl import finding_line

_READ_FORMATS = frozenset({Format.HTML, Format.XML, Format.CSV, Format.TXT, Format.XLSX})


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """What the user asked for."""

    paths: tuple[Path, ...]
    jsonl: bool = False
    reveal: bool = False
    fail_on: Severity | None = None
    explain: str = ""  # beginning of a fingerprint


def state_key_file() -> Path:
    """The key of scans without a configuration, in the user's own state folder."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "privacy-sweep" / "key"


def make_pipeline(config: Config | None) -> Pipeline:
    """The engine with the rules, the key and the allow-list of the configuration."""
    if config is None:
        return Pipeline(None, load_key(state_key_file()), None)
    allow = load_allow_list(config.allow_list) if config.allow_list is not None else None
    return Pipeline(config.rules, load_key(config.key_file), allow, mask_norm=config.mask_norm)


def run_scan(request: ScanRequest, config: Config | None) -> int:
    """Scan, print the findings as they come, and give the exit status."""
    key = load_key(state_key_file() if config is None else config.key_file)
    scan = _Scan(request, make_pipeline(config), key)
    with Progress() as progress:
        for found in find_files(request.paths):
            progress.show(str(found.path))
            scan.one(found, progress)
    scan.finish()
    return scan.status()


class _Scan:
    """The files of one run, one after the other."""

    def __init__(self, request: ScanRequest, pipeline: Pipeline, key: bytes) -> None:
        self._request = request
        self._key = key  # of sealed archives
        self._pipeline = pipeline
        self._console: Console = out()
        self._totals = ScanTotals()
        self._explained = 0
        self._failed = False

    def one(self, found: Found, progress: Progress) -> None:
        """Read, scan and print one file, or each page of an archive."""
        if not found.problem and self._is_archive(found):
            self._archive(found, progress)
            return
        body, problem = (b"", found.problem) if found.problem else read_file(found.path)
        if problem:
            self._failed |= not found.skipped
            if not found.skipped:
                self._totals.add((), complete=False)
            progress.message(
                tr(f"未读出 {found.path}：{problem}", f"not read: {found.path}: {problem}")
            )
            return
        source = str(found.path)
        document, findings = self._pipeline.scan(body, source, filename=found.path.name)
        if document.unread:
            self._note_unread(found, body, document, progress)
        self._totals.add(findings, complete=not document.unread)
        if findings:
            progress.clear()
            self._print(source, findings)

    @staticmethod
    def _is_archive(found: Found) -> bool:
        try:
            return is_archive(found.path)
        except OSError:
            return False  # reading it will say why

    def _archive(self, found: Found, progress: Progress) -> None:
        """Every page of a WARC file, one after the other; each counts as a file."""
        for page in read_archive(found.path, self._key):
            progress.show(page.url)
            if page.problem:
                self._failed = True
                self._totals.add((), complete=False)
                progress.message(
                    tr(
                        f"未读出 {found.path}：{page.url}：{page.problem}",
                        f"not read: {found.path}: {page.url}: {page.problem}",
                    )
                )
                continue
            document, findings = self._pipeline.scan(
                page.body, page.url, content_type=page.content_type, filename=page.filename
            )
            if document.unread:
                self._note_unread(found, page.body, document, progress)
            self._totals.add(findings, complete=not document.unread)
            if findings:
                progress.clear()
                self._print(page.url, findings)

    def _note_unread(
        self, found: Found, body: bytes, document: Document, progress: Progress
    ) -> None:
        for part in document.unread:
            progress.message(
                tr(
                    f"未读出 {found.path}：{part.what}：{part.why}",
                    f"not read: {found.path}: {part.what}: {part.why}",
                )
            )
        # A folder holds what it holds: a format that is not read yet is told, and no failure.
        if found.named or sniff(body, filename=found.path.name) in _READ_FORMATS:
            self._failed = True

    def _print(self, source: str, findings: Sequence[Finding]) -> None:
        request = self._request
        if request.explain:
            for finding in findings:
                if finding.fingerprint.startswith(request.explain):
                    self._explained += 1
                    print_explanation(self._console, source, finding)
        elif request.jsonl:
            for finding in findings:
                _write_line(finding_line(source, finding, reveal=request.reveal))
        else:
            print_file(self._console, source, findings, reveal=request.reveal)

    def finish(self) -> None:
        """The totals of a text report."""
        request = self._request
        if request.explain and not self._explained:
            raise ConfigError(
                tr(
                    f"没有指纹以 {request.explain} 开头的发现；用 --format jsonl 可以看到指纹",
                    f"no finding has a fingerprint that begins with {request.explain}; "
                    "--format jsonl shows them",
                )
            )
        if not request.jsonl and not request.explain:
            print_totals(self._console, self._totals)

    def status(self) -> int:
        """1 for a leak at or above --fail-on, 3 where something was not read, else 0."""
        floor, worst = self._request.fail_on, self._totals.worst
        if floor is not None and worst is not None and worst.rank >= floor.rank:
            return LEAKS_FOUND
        return NOT_READ if self._failed else 0


def _write_line(line: str) -> None:
    """One line in UTF-8, whatever the locale: JSON is read by programs."""
    sys.stdout.flush()
    sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
