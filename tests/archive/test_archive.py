"""Pages kept as evidence: sealed, complete, and read again; foreign files, good and hostile."""

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scanner.archive import Archive, ArchiveOptions, Keep, is_archive, read_archive
from scanner.archive import records as reading
from scanner.archive.seal import SealedReader, SealedWriter
from scanner.errors import ConfigError, UnreadableError
from scanner.model import Fetched, ItemResult, Outcome
from tests.ledger.making import MOBILE, finding

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
URL = "http://www.qx.gov.cn/p1.html"


def fetched(number: int, body: bytes = b"", **more: str) -> Fetched:
    url = f"http://www.qx.gov.cn/p{number}.html"
    return Fetched(url, url, 200, body or f"page {number} {MOBILE}".encode(), **more)  # type: ignore[arg-type]


def kept(folder: Path, keep: Keep = Keep.ALL, pages: int = 3) -> Path:
    """An archive of some pages, of which the second has something to rectify."""
    archive = Archive(ArchiveOptions(folder, keep), KEY, 7)
    for number in range(pages):
        findings = (finding(),) if number == 1 else ()
        page = fetched(number, content_type="text/html; charset=gbk", filename="名 单.html")
        archive.keep(page, ItemResult(page.url, Outcome.SCANNED, findings=findings))
    archive.close()
    (path,) = folder.glob("*.sealed")
    return path


def test_what_is_kept_is_read_again_and_nothing_clear_lies_on_the_disk(tmp_path):
    path = kept(tmp_path / "a")
    assert is_archive(path)
    pages = list(read_archive(path, KEY))
    assert [page.url for page in pages] == [fetched(n).url for n in range(3)]
    assert [page.body for page in pages] == [fetched(n).body for n in range(3)]
    assert {(page.content_type, page.filename, page.problem) for page in pages} == {
        ("text/html; charset=gbk", "名 单.html", "")
    }
    for file in (tmp_path / "a").iterdir():
        assert MOBILE.encode() not in file.read_bytes()
        assert b"qx.gov.cn" not in file.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_the_sidecar_tells_counts_and_hashes(tmp_path):
    path = kept(tmp_path / "a")
    facts = json.loads(path.with_name(path.name + ".json").read_text())
    assert (facts["pages"], facts["leaks"], facts["sweep"]) == (3, 1, 7)
    assert facts["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert facts["bytes"] == sum(len(fetched(n).body) for n in range(3))
    assert not list(path.parent.glob("*.part"))


def test_only_pages_with_something_to_rectify_are_kept_when_asked(tmp_path):
    pages = list(read_archive(kept(tmp_path / "a", Keep.FINDINGS), KEY))
    assert [page.url for page in pages] == [fetched(1).url]


def test_nothing_is_made_where_nothing_is_kept(tmp_path):
    archive = Archive(ArchiveOptions(tmp_path / "a", Keep.FINDINGS), KEY, 1)
    archive.keep(fetched(1), ItemResult(URL, Outcome.SCANNED))
    archive.close()
    assert not (tmp_path / "a").exists()


def test_a_killed_process_leaves_a_part_that_can_be_read(tmp_path):
    archive = Archive(ArchiveOptions(tmp_path / "a", Keep.ALL), KEY, 1)
    for number in range(3):
        archive.keep(fetched(number), ItemResult(fetched(number).url, Outcome.SCANNED))
    (part,) = (tmp_path / "a").glob("*.part")
    pages = list(read_archive(part, KEY))
    assert [page.body for page in pages[:3]] == [fetched(n).body for n in range(3)]
    assert "截断" in pages[-1].problem
    archive.close()


def test_another_key_is_refused_in_one_sentence(tmp_path):
    path = kept(tmp_path / "a")
    with pytest.raises(ConfigError, match="另一个密钥"):
        list(read_archive(path, OTHER_KEY))


def test_a_changed_byte_is_noticed(tmp_path):
    path = kept(tmp_path / "a")
    data = bytearray(path.read_bytes())
    data[-40] ^= 1
    path.write_bytes(data)
    assert "改动" in "".join(page.problem for page in read_archive(path, KEY))


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "a").write_text("a file")
    archive = Archive(ArchiveOptions(tmp_path / "a", Keep.ALL), KEY, 1)
    with pytest.raises(UnreadableError, match="写不进去"):
        archive.keep(fetched(1), ItemResult(URL, Outcome.SCANNED))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=150_000), max_size=4), st.integers(0, 600_000))
def test_a_sealed_stream_gives_back_what_went_in_and_of_a_cut_one_only_true_bytes(
    tmp_path_factory, parts, cut
):
    path = tmp_path_factory.mktemp("x") / "sealed"
    with path.open("wb") as file:
        writer = SealedWriter(file, KEY)
        for part in parts:
            writer.write(part)
        writer.close()
    plain, sealed = b"".join(parts), path.read_bytes()
    reader = SealedReader(io.BytesIO(sealed), KEY, "x")
    assert b"".join(iter(lambda: reader.read(10_000), b"")) == plain
    assert reader.is_whole
    if 40 <= cut < len(sealed):
        short = SealedReader(io.BytesIO(sealed[:cut]), KEY, "x")
        assert plain.startswith(b"".join(iter(lambda: short.read(10_000), b"")))
        assert not short.is_whole


# Files of others


def response(
    body: bytes, *headers: tuple[str, str], url: str = URL
) -> Callable[[WARCWriter], None]:
    def write(writer: WARCWriter) -> None:
        http = StatusAndHeaders("200 OK", list(headers), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=http
        )
        writer.write_record(record)

    return write


def warc(path: Path, *records: Callable[[WARCWriter], None], packed: bool = True) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record("x", {"software": "another"}))
        for record in records:
            record(writer)
    return path


def chunked(body: bytes, size: int = 7) -> bytes:
    pieces = [body[n : n + size] for n in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


HTML = ("Content-Type", "text/html")


@pytest.mark.parametrize("packed", [True, False])
def test_a_foreign_file_packed_or_plain(tmp_path, packed):
    body = f"<html>{MOBILE}</html>".encode()
    path = warc(
        tmp_path / "x.warc",
        response(body, HTML),
        response(chunked(gzip.compress(body)), HTML, ("Transfer-Encoding", "chunked"),
                 ("Content-Encoding", "gzip")),
        response(zlib.compress(body), HTML, ("Content-Encoding", "deflate")),
        response(body, ("Content-Disposition", 'attachment; filename="a.xls"')),
        packed=packed,
    )  # fmt: skip
    assert is_archive(path)
    pages = list(read_archive(path, KEY))
    assert [page.body for page in pages] == [body] * 4
    assert [page.content_type for page in pages] == ["text/html"] * 3 + [""]
    assert pages[3].filename == "a.xls"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("share", [0.3, 0.47, 0.6, 0.9, 0.98])
def test_a_cut_file_gives_what_is_whole_and_says_that_it_is_cut(tmp_path, packed, share):
    bodies = [hashlib.sha256(bytes([n])).digest() * 50 for n in range(10)]
    path = warc(tmp_path / "x.warc", *(response(body, HTML) for body in bodies), packed=packed)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    pages = list(read_archive(path, KEY))
    whole = [page.body for page in pages if not page.problem]
    assert whole == bodies[: len(whole)]
    assert len(whole) >= int(10 * share) - 1
    assert all(page.problem for page in pages[len(whole) :])
    assert pages[-1].problem


def test_a_page_over_the_limit_is_named_and_the_next_one_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_PAGE", 100_000)
    bomb = gzip.compress(b"0" * 30_000_000)
    path = warc(
        tmp_path / "x.warc",
        response(b"1" * 200_000, HTML),
        response(bomb, HTML, ("Content-Encoding", "gzip")),
        response(chunked(b"2" * 150_000, 140_000), HTML, ("Transfer-Encoding", "chunked")),
        response(b"good", HTML),
    )
    pages = list(read_archive(path, KEY))
    assert [bool(page.problem) for page in pages] == [True, True, True, False]
    assert pages[3].body == b"good"


def test_a_record_that_unpacks_without_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_PAGE", 100_000)
    monkeypatch.setattr(reading, "_MAX_RECORD", 1_000_000)
    path = warc(tmp_path / "x.warc", response(b"0" * 50_000_000, HTML), response(b"good", HTML))
    pages = list(read_archive(path, KEY))
    assert all(page.problem for page in pages)
    assert 1 <= len(pages) <= 2


@pytest.mark.parametrize(
    "tail",
    [
        b"WARC/1.0\r\nX: " + b"a" * 3_000_000,
        b"WARC/1.0\r\n" + b"X: y\r\n" * 400_000,
        b"\r\n" * 2_000_000,
        b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nabc",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\nabc",
        b"nonsense " * 1000,
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_nonsense_is_told_and_not_held_in_memory(tmp_path, tail, packed, capfd):
    path = warc(tmp_path / "x.warc", response(b"good", HTML), packed=packed)
    with path.open("ab") as file:
        file.write(gzip.compress(tail) if packed else tail)
    pages = list(read_archive(path, KEY))
    assert pages[0].body == b"good"
    assert all(page.problem or not page.body for page in pages[1:])
    assert capfd.readouterr().err == ""


@settings(max_examples=100, deadline=None)
@given(st.booleans(), st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), max_size=6))
def test_a_damaged_file_never_ends_in_an_error(tmp_path_factory, packed, changes):
    path = warc(
        tmp_path_factory.mktemp("x") / "x.warc",
        *(response(b"page %d" % n * 30, HTML) for n in range(4)),
        packed=packed,
    )
    content = bytearray(path.read_bytes())
    for place, value in changes:
        content[int(place * len(content))] = value
    path.write_bytes(content)
    assert len(list(read_archive(path, KEY))) <= 12
