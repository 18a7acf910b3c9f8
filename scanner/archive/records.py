"""Reading WARC files, our own and foreign ones, as they come: hostile until shown otherwise.

A file may claim any length, unpack to terabytes, be cut off in the middle, or hold lines without
end. Nothing is held in memory but one page of a limited size; what is not read is told.
"""

import contextlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.bufferedreaders import DecompressingBufferedReader  # type: ignore[import-untyped]

from scanner.archive.seal import MAGIC, SealedReader
from scanner.disposition import filename_of
from scanner.errors import UnreadableError
from scanner.lang import tr

MAX_PAGE = 64 * 1024**2  # bytes of one page, unpacked
_MAX_RECORD = 2 * 1024**3  # bytes that are unpacked on the way to the next record
_MAX_LINE = 64 * 1024
_MAX_HEADS = 1024**2  # bytes of the lines of one record's headers
_PIECE = 64 * 1024
_PAGES = frozenset({"response", "resource", "conversion"})


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an archive, or what stands in the way of reading it."""

    url: str
    body: bytes = b""
    content_type: str = ""
    filename: str = ""
    problem: str = ""


class _HostileError(Exception):
    """The file claims what no honest file does; the text says what."""


class _TooLargeError(Exception):
    """One page is over the limit; the next one can be read."""


def is_archive(path: Path) -> bool:
    """Whether a file begins as a WARC file, plain, packed or sealed. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((MAGIC, b"WARC/")):
        return True
    if not head.startswith(b"\x1f\x8b"):
        return False
    with contextlib.suppress(zlib.error):
        return zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/")
    return False


def read_archive(path: Path, key: bytes) -> Iterator[Page]:
    """The pages of a WARC file, one at a time; what could not be read comes as a `problem`.

    Raises ConfigError for a file sealed with another key, OSError when it cannot be opened.
    """
    with path.open("rb") as file:
        is_sealed = file.read(len(MAGIC)) == MAGIC
        file.seek(0)
        if not is_sealed:
            yield from _pages(file, path.name)
            return
        sealed = SealedReader(file, key, path.name)
        yield from _pages(sealed, path.name)
        if not sealed.is_whole:
            yield Page(path.name, problem=_cut())


def _pages(file: BinaryIO | SealedReader, name: str) -> Iterator[Page]:
    records = _records(file)
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except _HostileError as error:
            yield Page(name, problem=str(error))
            return
        except UnreadableError as error:
            yield Page(name, problem=str(error))
            return
        except Exception as error:  # noqa: BLE001 - the library fails in ways of its own
            yield Page(name, problem=_damaged(error))
            return
        if record.rec_type in _PAGES:
            yield _page(record)


def _records(file: BinaryIO | SealedReader) -> Iterator[Any]:
    iterator = ArchiveIterator(file, verify_http=False)
    iterator.reader = reader = _BoundedReader(iterator.fh)
    while True:
        reader.begin()
        with _quiet():
            record = next(iterator, None)
        if record is None:
            if reader.is_cut:
                raise _HostileError(_cut())
            return
        yield record


def _quiet() -> contextlib.redirect_stderr[io.StringIO]:
    """The library writes lines of a damaged file, which may hold anything, to standard error."""
    return contextlib.redirect_stderr(io.StringIO())


class _BoundedReader(DecompressingBufferedReader):  # type: ignore[misc]
    """The library's reader with limits on lines, headers, pieces and records."""

    _is_packed_to_the_end = True

    def begin(self) -> None:
        """A new record."""
        self._lines = 0
        self._has_words = False
        self._start = self.num_read

    @property
    def is_cut(self) -> bool:
        """At the end: whether a record was begun, or a packed one not completed."""
        return self._has_words or not self._is_packed_to_the_end

    def close_decompressor(self) -> None:
        """The end. The library takes a cut record for no record."""
        if self.decompressor:
            self._is_packed_to_the_end = self.decompressor.eof
        super().close_decompressor()

    def readline(self, length: int | None = None) -> bytes:
        """One line. Raises _HostileError for one without end."""
        limit = min(length or _MAX_LINE, _MAX_LINE)
        line: bytes = super().readline(limit)
        self._lines += len(line)
        self._has_words = self._has_words or bool(line.strip())
        if (limit == _MAX_LINE and len(line) >= limit) or self._lines > _MAX_HEADS:
            raise _HostileError(
                tr("记录头过长，其余未读", "endless headers, the rest was not read")
            )
        return line

    def read(self, length: int | None = None) -> bytes:
        """A piece. Raises _TooLargeError for one over the limit of a page."""
        if length is None or length > MAX_PAGE:
            raise _TooLargeError
        if self.num_read - self._start > _MAX_RECORD:
            raise _HostileError(
                tr(
                    "一条记录解压后过大，其余未读",
                    "one record unpacks without end, the rest was not read",
                )
            )
        piece: bytes = super().read(length)
        return piece


def _page(record: Any) -> Page:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    try:
        with _quiet():
            body, problem = _body(record)
    except _HostileError as error:
        return Page(url, problem=str(error))
    except _TooLargeError:
        limit = MAX_PAGE // 1024**2
        return Page(url, problem=tr(f"超过 {limit} MB", f"larger than {limit} MB"))
    except UnreadableError as error:
        return Page(url, problem=str(error))
    except Exception as error:  # noqa: BLE001 - the library fails in ways of its own
        return Page(url, problem=_damaged(error))
    if problem:
        return Page(url, problem=problem)
    return Page(url, body, *_headers(record))


def _body(record: Any) -> tuple[bytes, str]:
    """The page without chunks and packing, and a problem where it is cut off."""
    stream = record.content_stream()
    out = io.BytesIO()
    while piece := stream.read(_PIECE):
        out.write(piece)
        if out.tell() > MAX_PAGE:
            raise _TooLargeError
    while record.raw_stream.read(_PIECE):
        pass  # what a chunked body has behind its end
    left = getattr(record.raw_stream, "limit", 0)
    return out.getvalue(), _cut() if left > 0 else ""


def _headers(record: Any) -> tuple[str, str]:
    """Content type and file name."""
    headers = record.http_headers
    if headers is None:
        return (record.rec_headers.get_header("Content-Type") or ""), ""
    disposition = headers.get_header("Content-Disposition") or ""
    raw = disposition.encode("latin-1", "replace")
    return (headers.get_header("Content-Type") or ""), filename_of(raw)


def _cut() -> str:
    return tr("文件在此处截断", "the file is cut off here")


def _damaged(error: Exception) -> str:
    kind = type(error).__name__
    return tr(f"已损坏（{kind}），其余未读", f"damaged ({kind}), the rest was not read")
