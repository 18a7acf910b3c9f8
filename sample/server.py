"""Serve a folder on loopback as a public site would be served.

    python -m sample.server --port 8734

Answers carry ETag and Last-Modified, so that a second sweep fetches only what changed. One path
redirects to another host and one download is named by its answer's header alone.
"""

import argparse
import hashlib
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

FOLDER = Path(__file__).parent / "site"
DEFAULT_PORT = 8734

# Redirects to a host that is not on anybody's list (RFC 2606 keeps .invalid unregistered).
REDIRECTS = {"/yunling/tiaozhuan.html": "http://outside.invalid/notice.html"}


@dataclass(frozen=True, slots=True)
class Download:
    """A file without a telling URL: where it lies, and the name its answer gives it."""

    path: str
    name: str


DOWNLOADS = {
    "/yunling/xiazai?id=1": Download("/yunling/xiazai/1", "农机购置补贴受益对象明细表.csv")
}

_TYPES = {
    ".html": "text/html",  # without a charset: the page must say it
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass
class Served:
    """What is served, and how. Tests change it while the server runs."""

    folder: Path = FOLDER
    redirects: Mapping[str, str] = field(default_factory=lambda: REDIRECTS)
    downloads: Mapping[str, Download] = field(default_factory=lambda: DOWNLOADS)
    stalled: set[str] = field(default_factory=set)  # paths that get no answer in time
    stall_seconds: float = 30.0
    requests: list[str] = field(default_factory=list)  # "GET /path 200", in order


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], served: Served) -> None:
        self.served = served
        self.closing = threading.Event()
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away; report everything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        served = self.server.served
        path = urlsplit(self.path).path
        if path in served.stalled:
            self.server.closing.wait(served.stall_seconds)
            self.close_connection = True
            return
        if path in served.redirects:
            self._head(HTTPStatus.FOUND, 0, {"Location": served.redirects[path]})
            return
        download = served.downloads.get(self.path)
        file = _locate(served.folder, download.path if download else unquote(path))
        if file is None:
            self._send(HTTPStatus.NOT_FOUND, b"404 Not Found\n", {}, with_body=with_body)
            return
        self._send_file(file, download, with_body=with_body)

    def _send_file(self, file: Path, download: Download | None, *, with_body: bool) -> None:
        body = file.read_bytes()
        modified = int(file.stat().st_mtime)
        headers = {
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:24]}"',
            "Last-Modified": formatdate(modified, usegmt=True),
            "Content-Type": _TYPES.get(file.suffix, "application/octet-stream"),
        }
        if download:
            name = quote(download.name)
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        if self._is_unchanged(headers["ETag"], modified):
            self._head(HTTPStatus.NOT_MODIFIED, None, headers)
            return
        self._send(HTTPStatus.OK, body, headers, with_body=with_body)

    def _is_unchanged(self, etag: str, modified: int) -> bool:
        """RFC 9110 13.2.2: an ETag asked about decides alone; the date counts without one."""
        asked = self.headers.get("If-None-Match")
        if asked is not None:
            return etag in (tag.strip() for tag in asked.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return modified <= parsedate_to_datetime(since).timestamp()
        except ValueError:  # RFC 9110 13.1.3: a date that is none is ignored
            return False

    def _send(
        self, status: HTTPStatus, body: bytes, headers: Mapping[str, str], *, with_body: bool
    ) -> None:
        self._head(status, len(body), headers)
        if with_body:
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, length: int | None, headers: Mapping[str, str]) -> None:
        self.server.served.requests.append(f"{self.command} {self.path} {int(status)}")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stay quiet: `Served.requests` is the log."""


def _locate(folder: Path, path: str) -> Path | None:
    """The file of a path, never outside the folder; a folder means its index.html."""
    root = folder.resolve()
    file = (root / path.lstrip("/")).resolve()
    if file.is_dir():
        file = file / "index.html"
    return file if file.is_relative_to(root) and file.is_file() else None


@contextmanager
def serving(served: Served | None = None, port: int = 0) -> Iterator[str]:
    """Serve in a thread on 127.0.0.1 and give the base URL, without a slash at its end.

    `port` 0 takes a free one. Raises OSError when the port is taken.
    """
    server = _Server(("127.0.0.1", port), served or Served())
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> int:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description="serve the sample site on loopback")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    try:
        with serving(Served(options.folder), options.port) as base:
            print(f"{base}/  (Ctrl-C)", flush=True)
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        print(f"127.0.0.1:{options.port}: {error.strerror}; --port N", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
