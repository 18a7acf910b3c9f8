"""Real servers on loopback for the tests: a site that behaves, and one that does not."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Answer:
    """What a page of the test site answers."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str | bytes] = field(default_factory=dict)
    wait: float = 0.0  # seconds before it answers


@dataclass(frozen=True)
class Seen:
    """One request as the server saw it."""

    path: str
    at: float
    headers: dict[str, str]
    answered: float = 0.0
    method: str = "GET"
    body: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the query and of the body, the body's above."""
        query = parse_qsl(urlsplit(self.path).query, keep_blank_values=True)
        return dict([*query, *parse_qsl(self.body, keep_blank_values=True)])


Page = Answer | Callable[[Seen], Answer]


class TestSite:
    """Pages by path, and the requests that came for them."""

    __test__ = False

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.pages: dict[str, Page] = {}
        self.programs: dict[str, Callable[[Seen], Answer]] = {}  # by path, whatever the query
        self.seen: list[Seen] = []
        self._lock = threading.Lock()
        self._open = 0
        self.most_open = 0  # requests in the server at one time, at most
        self.sent = 0  # bytes of bodies
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def do_POST(self) -> None:
                site.answer(self)

            def log_message(self, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

        self._server = Server((host, 0), Handler)
        self.host = host
        self.port = self._server.server_address[1]
        self.url = f"http://{host}:{self.port}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def add(self, path: str, body: str | bytes, **answer: object) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(data, **answer)  # type: ignore[arg-type]

    def link(self, path: str, *targets: str, title: str = "") -> None:
        """A page that links to the targets."""
        anchors = "".join(f'<li><a href="{target}">{target}</a></li>' for target in targets)
        self.add(
            path, f"<html><title>{title or path}</title><body><ul>{anchors}</ul></body></html>"
        )

    def paths(self) -> list[str]:
        """The paths asked for, in order, robots.txt left out."""
        return [seen.path for seen in self.seen if seen.path != "/robots.txt"]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        seen = Seen(
            handler.path,
            time.monotonic(),
            dict(handler.headers.items()),
            method=handler.command,
            body=body.decode("latin-1"),
        )
        with self._lock:
            self.seen.append(seen)
            self._open += 1
            self.most_open = max(self.most_open, self._open)
        try:
            page = self._page(handler.path)
            answer = page(seen) if callable(page) else page
            if answer.wait:
                time.sleep(answer.wait)
            self._send(handler, seen, answer)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True
        finally:
            with self._lock:
                self._open -= 1

    def _page(self, path: str) -> Page:
        program = self.programs.get(path.partition("?")[0])
        return self.pages.get(path) or program or Answer(b"not here", 404)

    def _send(self, handler: BaseHTTPRequestHandler, seen: Seen, answer: Answer) -> None:
        etag = answer.headers.get("ETag")
        status, body = answer.status, answer.body
        if etag is not None and seen.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        handler.send_response_only(status)
        handler.send_header("Content-Type", answer.content_type)
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        for name, value in answer.headers.items():
            handler.send_header(
                name, value.decode("latin-1") if isinstance(value, bytes) else value
            )
        handler.end_headers()
        with self._lock:
            self.sent += len(body)
        handler.wfile.write(body)


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[TestSite]:
    """A test site that answers while the block runs."""
    site = TestSite(host)
    site.start()
    try:
        yield site
    finally:
        site.stop()
