"""Sites that behave badly: the crawl ends, with the right coverage, and keeps within its limits."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scanner.model import Cause, Outcome
from tests.servers import Answer, Seen, TestSite, serving
from tests.spiders.crawling import crawl


@pytest.fixture
def site() -> Iterator[TestSite]:
    with serving() as running:
        yield running


@contextmanager
def raw_server(
    answer: Callable[[socket.socket], None], context: ssl.SSLContext | None = None
) -> Iterator[int]:
    """A server that does to each connection what `answer` does; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stopping = threading.Event()

        def serve(connection: socket.socket) -> None:
            try:
                if context is not None:
                    connection = context.wrap_socket(connection, server_side=True)
                with connection:
                    answer(connection)
            except OSError:
                pass  # the crawl hung up

        def accept() -> None:
            while not stopping.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield listener.getsockname()[1]
        finally:
            stopping.set()


def test_a_calendar_without_end(site: TestSite) -> None:
    def month(seen: Seen) -> Answer:
        number = int(seen.fields.get("m", 24_000))
        year, month = divmod(number, 12)
        links = f"<a href='/rili?m={number + 1}&d={year}-{month + 1}'>下月</a>"
        return Answer(f"<html><a href='/rili?m={number - 1}'>上月</a>{links}</html>".encode())

    site.programs["/rili"] = month
    site.link("/", "/rili", "/a")
    site.link("/a")
    frontier, _ = crawl(site.url + "/")
    assert frontier.pending() == 0
    assert frontier.results[site.url + "/a"].outcome is Outcome.SCANNED
    assert len(site.paths()) < 200
    cut = [one for one in frontier.results.values() if one.outcome is Outcome.SKIPPED]
    assert {one.cause for one in cut} == {Cause.LIMIT}


@pytest.mark.parametrize(
    "form",
    [
        "{}.jsp;jsessionid={:032X}",
        "{}.jsp?jsessionid={:032X}",
        "{}.php?PHPSESSID={:026x}&a=1",
        "{}.jsp?a=1&sid={:032x}",
        "app/(S({1:024x}))/{0}.aspx",
    ],
)
def test_session_ids_in_addresses(site: TestSite, form: str) -> None:
    """Each answer hands out new ones; the site has three pages all the same."""
    numbers = count(1)

    def page(_: Seen) -> Answer:
        links = "".join(f'<a href="/{form.format(n, next(numbers))}">x</a>' for n in "abc")
        return Answer(f"<html>{links}</html>".encode())

    site.pages["/"] = page
    for name in "abc":
        for path in (f"/{name}.jsp", f"/{name}.php", f"/app/{name}.aspx"):
            site.programs[path] = page
    frontier, _ = crawl(site.url + "/")
    assert len(frontier.results) == 4
    assert {one.outcome for one in frontier.results.values()} == {Outcome.SCANNED}


def test_bytes_that_drip_for_ever() -> None:
    def drip(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
        while True:
            connection.sendall(b" ")
            threading.Event().wait(0.05)

    with raw_server(drip) as port:
        start = f"http://127.0.0.1:{port}/"
        frontier, _ = crawl(start, timeout=0.7, retries=0, obey_robots=False)
    assert frontier.results[start].outcome is Outcome.FAILED
    assert frontier.results[start].reason


def test_connections_that_are_reset(site: TestSite) -> None:
    def reset(connection: socket.socket) -> None:
        connection.recv(4096)
        linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    with raw_server(reset) as port:
        start = f"http://127.0.0.1:{port}/"
        frontier, _ = crawl(start, retries=1, obey_robots=False)
    assert frontier.results[start].outcome is Outcome.FAILED
    assert frontier.results[start].reason


def expired_certificate(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "www.example.gov.cn")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=700))
        .not_valid_after(now - timedelta(days=300))
        .sign(key, hashes.SHA256())
    )
    path = folder / "expired.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_an_expired_certificate_hides_no_page(tmp_path: Path) -> None:
    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        body = b"<html><p>open to everybody</p></html>"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)

    with raw_server(answer, expired_certificate(tmp_path)) as port:
        start = f"https://127.0.0.1:{port}/"
        frontier, _ = crawl(start, obey_robots=False)
    assert frontier.results[start].outcome is Outcome.SCANNED


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_patience_for_ever_is_given_up(site: TestSite, status: int) -> None:
    site.link("/", "/busy")
    site.add("/busy", "", status=status, headers={"Retry-After": "0"})
    frontier, _ = crawl(site.url + "/", retries=2)
    assert frontier.results[site.url + "/busy"].outcome is Outcome.FAILED
    assert site.paths().count("/busy") == 3


def test_ten_thousand_links_on_a_page(site: TestSite) -> None:
    site.add(
        "/", "<html>" + "".join(f"<a href='/p?n={n}'>x</a>" for n in range(10_400)) + "</html>"
    )
    site.programs["/p"] = lambda _: Answer(b"<html>x</html>")
    frontier, _ = crawl(site.url + "/", max_pages=50)
    assert len(frontier.results) == 10_001
    assert "400" in frontier.results[site.url + "/"].unread[0].why
    causes = [one.cause for one in frontier.results.values()]
    assert causes.count(Cause.LIMIT) == 9_951


def test_robots_that_cannot_be_read_and_robots_that_refuse_all(site: TestSite) -> None:
    site.link("/", "/a")
    site.link("/a")
    site.add("/robots.txt", b"\xff\xfe\x00nonsense" * 1000, content_type="text/plain")
    frontier, _ = crawl(site.url + "/")
    assert len(frontier.results) == 2
    site.add("/robots.txt", "User-agent: *\nDisallow: /\n", content_type="text/plain")
    frontier, _ = crawl(site.url + "/")
    (only,) = frontier.results.values()
    assert (only.outcome, only.cause) == (Outcome.SKIPPED, Cause.ROBOTS)
