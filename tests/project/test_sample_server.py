"""The sample server answers as a public site does: conditional requests, redirects, 404."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from sample.server import DOWNLOADS, Served, serving


@pytest.fixture
def served(tmp_path: Path) -> Served:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text("home", encoding="utf-8")
    (tmp_path / "a" / "page.html").write_text("一页", encoding="utf-8")
    (tmp_path.parent / "secret.txt").write_text("outside", encoding="utf-8")
    return Served(tmp_path)


@pytest.fixture
def base(served: Served) -> Iterator[str]:
    with serving(served) as url:
        yield url


def ask(
    base: str, path: str, headers: dict[str, str] | None = None, method: str = "GET"
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=5)
    connection.request(method, path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_a_folder_is_its_index(base: str) -> None:
    answer, body = ask(base, "/")
    assert (answer.status, body) == (200, b"home")


def test_known_etag_is_answered_without_a_body(base: str) -> None:
    first, _ = ask(base, "/a/page.html")
    again, body = ask(base, "/a/page.html", {"If-None-Match": first.headers["ETag"]})
    assert (again.status, body) == (304, b"")
    dated, _ = ask(base, "/a/page.html", {"If-Modified-Since": first.headers["Last-Modified"]})
    assert dated.status == 304


def test_changed_file_is_sent_again(base: str, served: Served) -> None:
    first, _ = ask(base, "/a/page.html")
    (served.folder / "a" / "page.html").write_text("另一页", encoding="utf-8")
    again, body = ask(base, "/a/page.html", {"If-None-Match": first.headers["ETag"]})
    assert (again.status, body.decode()) == (200, "另一页")


def test_bad_date_is_ignored(base: str) -> None:
    answer, _ = ask(base, "/a/page.html", {"If-Modified-Since": "yesterday"})
    assert answer.status == 200


@pytest.mark.parametrize("path", ["/no.html", "/../secret.txt", "/%2e%2e/secret.txt", "/a"])
def test_what_is_not_there_or_not_inside_is_404(base: str, path: str) -> None:
    assert ask(base, path)[0].status == 404


def test_redirect_leads_to_the_other_host(base: str) -> None:
    answer, _ = ask(base, "/yunling/tiaozhuan.html")
    assert answer.status == 302
    assert urlsplit(answer.headers["Location"]).hostname == "outside.invalid"


def test_download_is_named_by_its_header() -> None:
    with serving() as base:
        for path, download in DOWNLOADS.items():
            answer, body = ask(base, path)
            assert answer.status == 200
            assert unquote(answer.headers["Content-Disposition"]).endswith(download.name)
            assert "购机者姓名" in body.decode("gbk")


def test_head_has_the_length_and_no_body(base: str) -> None:
    answer, body = ask(base, "/a/page.html", method="HEAD")
    assert (answer.headers["Content-Length"], body) == ("6", b"")


def test_stalled_path_gives_no_answer(served: Served) -> None:
    served.stalled.add("/a/page.html")
    served.stall_seconds = 0.2
    with serving(served) as base, pytest.raises(http.client.RemoteDisconnected):
        ask(base, "/a/page.html")


def test_requests_are_listed_in_order(base: str, served: Served) -> None:
    ask(base, "/")
    ask(base, "/no.html")
    assert served.requests == ["GET / 200", "GET /no.html 404"]
