"""Workers with limits: whatever a file does to one, the program goes on and says so."""

import pickle
import threading
import zlib
from pathlib import Path

import pytest

from scanner.extract import extract
from scanner.extract.guard import wire
from scanner.extract.guard.pool import Worker
from scanner.extract.sniff import Format
from scanner.model import Where
from tests.attachments.files import docx, paragraph, run, zipped
from tests.attachments.seen import block_of

MOBILE = "13800138000"


def request(body: bytes, kind: Format = Format.DOCX) -> wire.Request:
    return wire.Request(kind.value, body, "a", "", "zh", False, 0, 10**8, 1000, 20.0)


def test_a_worker_that_dies_gives_none_and_the_next_one_answers() -> None:
    body = docx(paragraph(run(MOBILE)))
    worker = Worker("worker")
    assert isinstance(worker.ask(request(body), 30), wire.Answer)
    worker.kill()
    assert worker.ask(request(body), 30) is None
    worker.close()
    assert block_of(extract(body, "a.docx"), MOBILE)


def test_a_page_that_swells_is_swept_and_named() -> None:
    swollen = zlib.compress(b" " * 900_000_000, 9)
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"5 0 obj(" + MOBILE.encode() + b")endobj\n"
    )
    stream = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(swollen)
    tail = b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    document = extract(head + stream + swollen + tail, "a.pdf")
    assert any(MOBILE in block.text for block in document.blocks)
    assert any("仅作全文检索" in miss.why for miss in document.unread)


def test_answers_hold_values_of_the_model_only(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (tmp_path / "x",))  # type: ignore[return-value]

    data = pickle.dumps(Evil())
    file = tmp_path / "answer"
    file.write_bytes(len(data).to_bytes(8, "big") + data)
    with file.open("rb") as stream:
        assert wire.receive(stream) is None
    assert not (tmp_path / "x").exists()


def test_threads_share_the_workers() -> None:
    found: list[int] = []

    def read(number: int) -> None:
        document = extract(docx(paragraph(run(str(13800138000 + number)))), "a.docx")
        found.append(int(document.blocks[0].text))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [13800138000 + n for n in range(8)]


@pytest.mark.parametrize(
    "body", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, b"%PDF-1.7\n"]
)
def test_a_stub_is_no_clean_file(body: bytes) -> None:
    assert extract(body, "a").unread


def test_a_parser_that_fails_leaves_the_plain_text() -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    body += b"\x00" * 100 + MOBILE.encode("utf-16-le") + b"\x00" * 600
    document = extract(body, "a.doc")
    assert any(MOBILE in block.text for block in document.blocks)
    assert document.unread


def test_a_broken_file_does_not_stop_its_neighbours() -> None:
    good = docx(paragraph(run(MOBILE)))
    document = extract(zipped({"坏.pdf": b"%PDF-1.4 broken", "好.docx": good}), "a.zip")
    assert block_of(document, MOBILE).where is Where.VISIBLE
    assert any("坏.pdf" in miss.what for miss in document.unread)
