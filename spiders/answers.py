"""From what Scrapy gives, a response or an exception, to what the crawl says of an address."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response

from scanner.disposition import decode_header_bytes, filename_of
from scanner.lang import tr
from scanner.model import Cause, Fetched, Outcome
from spiders.frontier import Lease
from spiders.middleware import RedirectsError, RefusedError
from spiders.options import MIB
from spiders.posted import split_posted

_NAME_LIMIT = 255


@dataclass(frozen=True, slots=True)
class Ending:
    """How an address ended before anything was scanned."""

    outcome: Outcome
    reason: str
    cause: Cause = Cause.NONE


def fetched(response: Response, lease: Lease) -> Fetched:
    """The answer as the rest of the program takes it."""
    headers = response.headers
    url = split_posted(lease.url)[0]
    return Fetched(
        url=lease.url,
        final_url=lease.url if response.url == url else response.url,
        status=response.status,
        body=response.body,
        content_type=_text(headers.get(b"Content-Type")),
        filename=filename_of(headers.get(b"Content-Disposition") or b""),
        etag=_text(headers.get(b"ETag")),
        last_modified=_text(headers.get(b"Last-Modified")),
        referrer=lease.parent,
        is_attachment=lease.is_attachment,
        is_list_page=lease.is_list_page,
        stable_hash=lease.stable_hash,
    )


def _text(value: bytes | None) -> str:
    return (value or b"").decode("latin-1").strip()[:_NAME_LIMIT]


def content_hash(body: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def redirect_target(response: Response) -> str:
    """Where a redirect points, "" when the answer is none or names no address."""
    location = response.headers.get(b"Location")
    if response.status not in (301, 302, 303, 307, 308) or not location:
        return ""
    return decode_header_bytes(location).strip()


def ending_of_status(status: int) -> Ending | None:
    """What a status alone says; None when there is a body to be read."""
    if status == 304:
        return Ending(Outcome.UNCHANGED, "")
    if status in (404, 410):
        return Ending(Outcome.GONE, f"HTTP {status}")
    if 200 <= status < 300:
        return None
    return Ending(Outcome.FAILED, f"HTTP {status}")


def ending_of_error(error: Exception, max_size: int) -> Ending:
    """What an exception of the download says. Never the text of the exception: it may quote."""
    if isinstance(error, RefusedError):
        return Ending(Outcome.SKIPPED, str(error), error.cause)
    if isinstance(error, RedirectsError):
        return Ending(Outcome.FAILED, str(error))
    if isinstance(error, DownloadCancelledError | IgnoreRequest):
        limit = f"{max_size / MIB:g} MiB" if max_size >= MIB else f"{max_size} B"
        reason = tr(f"大小超过上限 {limit}", f"larger than the limit of {limit}")
        return Ending(Outcome.SKIPPED, reason, Cause.LIMIT)
    for kind, zh, en in _REASONS:
        if isinstance(error, kind):
            return Ending(Outcome.FAILED, tr(zh, en))
    name = type(error).__name__
    return Ending(Outcome.FAILED, tr(f"连接失败（{name}）", f"the connection failed ({name})"))


_REASONS: tuple[tuple[type[Exception], str, str], ...] = (
    (DownloadTimeoutError, "超时未应答", "no answer in time"),
    (CannotResolveHostError, "域名无法解析", "the host name cannot be resolved"),
    (DownloadConnectionRefusedError, "连接被拒绝", "the connection was refused"),
    (ResponseDataLossError, "应答不完整", "the answer was cut off"),
    (UnsupportedURLSchemeError, "不支持的网址", "an address of an unknown kind"),
)


def host_of(url: str) -> str:
    """The host that politeness counts by."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
