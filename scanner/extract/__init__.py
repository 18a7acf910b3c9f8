"""Bytes -> Document: one file a format, chosen by what the bytes hold, never by the name alone.

Nothing here fails on bad content: what could not be read is named in `Document.unread`.
"""

from pathlib import Path

from scanner.errors import UnreadableError
from scanner.extract.readers import MAX_INPUT, read
from scanner.extract.sniff import Format, sniff
from scanner.lang import tr
from scanner.model import Document

__all__ = ["MAX_INPUT", "Format", "extract", "extract_path", "sniff"]


def extract(body: bytes, source: str, *, content_type: str = "", filename: str = "") -> Document:
    """Read one page or file.

    `source` is its path or URL, `content_type` the HTTP header if there was one, `filename` the
    name it was offered under. Bad, cut or hostile content raises nothing (but `MemoryError`);
    a format that is not read gives a Document without blocks and a reason in `unread`.
    """
    return read(body, source, content_type, filename)


def extract_path(path: Path) -> Document:
    """Read one file. Raises `UnreadableError` when the file itself cannot be opened."""
    try:
        with path.open("rb") as stream:
            body = stream.read(MAX_INPUT + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(
            tr(f"无法读取 {path}：{reason}", f"cannot read {path}: {reason}")
        ) from error
    return extract(body, str(path), filename=path.name)
