"""CPU beside the bare parser, memory of a large workbook, and typical documents a second.

    python -m bench.attachments.cost [--rounds 5] [--rows 100000]

The bare parsers give a file's text and nothing else: openpyxl read-only (xlsx), python-docx where
it is installed and lxml (docx), pdfium (pdf). All are measured in turns, in one process, by CPU
time; the least of the rounds counts. The ratio is CPU of `extract` to CPU of the bare parser.
"""

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from lxml import etree

from bench.attachments import typical
from scanner.extract.nest import Nest
from scanner.extract.readers import read_part
from scanner.pipeline import Pipeline

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_RATIO = 1.5
_MOST_MEMORY = 400  # MB
_LEAST_SPEED = 30.0  # documents a second


def bare_xlsx(body: bytes) -> int:
    """Letters of all cells."""
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
    return sum(
        len(str(value))
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    )


def bare_docx(body: bytes) -> int:
    """Letters of all paragraphs, by lxml."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    paragraphs = root.iter(f"{_W}p")
    return sum(len("".join(t.text or "" for t in p.iter(f"{_W}t"))) for p in paragraphs)


def bare_pdf(body: bytes) -> int:
    """Letters of all pages."""
    document = pdfium.PdfDocument(body)
    count = sum(len(page.get_textpage().get_text_bounded()) for page in document)
    document.close()
    return count


def python_docx() -> Callable[[bytes], int] | None:
    """The usual library, where it is installed."""
    try:
        import docx  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    except ImportError:
        return None

    def read(body: bytes) -> int:
        document = docx.Document(io.BytesIO(body))
        cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
        return sum(len(p.text) for p in document.paragraphs) + sum(len(c.text) for c in cells)

    return read


def ours(body: bytes) -> int:
    """Letters of all blocks, read in this process as a worker would."""
    read = read_part(body, Nest(read_part, guarded=True), "a", "")
    return sum(len(block.text) for block in read.blocks)


def cpu(work: Callable[[bytes], int], body: bytes) -> float:
    """Seconds of CPU."""
    start = time.process_time()
    if not work(body):
        raise SystemExit(f"{work.__name__} read nothing")
    return time.process_time() - start


def cases() -> Iterator[tuple[str, bytes, str, Callable[[bytes], int]]]:
    """(what, file, name of the bare parser, bare parser)."""
    small, large = typical.people(20, 7), typical.people(1000, 8)
    for label, rows in (("20 rows", small), ("1,000 rows", large)):
        yield f"xlsx {label}", typical.xlsx(rows), "openpyxl read-only", bare_xlsx
        usual = python_docx()
        if usual is not None:
            yield f"docx {label}", typical.docx(rows), "python-docx", usual
        yield f"docx {label}", typical.docx(rows), "lxml", bare_docx
        yield f"pdf {label}, ruled", typical.pdf(rows), "pdfium text", bare_pdf
        yield f"pdf {label}, no lines", typical.pdf(rows, ruled=False), "pdfium text", bare_pdf


def ratios(rounds: int) -> int:
    """Print each ratio; how many are above the bound."""
    above = 0
    for what, body, name, bare in cases():
        ours(body)
        bare(body)
        pairs = [(cpu(bare, body), cpu(ours, body)) for _ in range(rounds)]
        least, mine = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
        above += mine > _MOST_RATIO * least
        print(f"{what:24} {name:20} {1e3 * least:8.2f} ms, extract {1e3 * mine:8.2f} ms,"
              f" ratio {mine / least:.2f}", flush=True)  # fmt: skip
    return above


def speed(seconds: float) -> float:
    """Typical documents a second of CPU, one after the other in a warm process."""
    rows = [typical.people(20, seed) for seed in range(20)]
    files = [make(r) for r in rows for make in (typical.docx, typical.pdf, typical.xlsx)]
    for body in files:
        ours(body)
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        ours(files[count % len(files)])
        count += 1
    return count / (time.process_time() - start)


def large(rows: int) -> int:
    """Extract, search and judge a workbook of so many rows in a process of its own; its peak MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        path.write_bytes(typical.xlsx(typical.people(rows, 9)))
        code = f"from bench.attachments.cost import whole; whole({str(path)!r})"
        run = [sys.executable, "-c", code]
        done = subprocess.run(run, check=True, capture_output=True, text=True)
    print(f"xlsx {rows} rows: {done.stdout.strip()}")
    return int(done.stdout.rsplit("peak ", 1)[1].split()[0])


def whole(path: str) -> None:
    """What `large` runs."""
    body = Path(path).read_bytes()
    pipeline = Pipeline(None, bytes(32))
    start = time.process_time()
    _, findings = pipeline.scan(body, path)
    taken = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(findings)} findings, {taken:.1f} s CPU, peak {peak} MB")


def main() -> int:
    """Print all figures; 1 when one is beyond its bound."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=10.0, help="of typical documents")
    options = parser.parse_args()
    above = ratios(options.rounds)
    rate = speed(options.seconds)
    print(f"typical documents: {rate:.0f} a second of CPU (bound {_LEAST_SPEED:.0f})", flush=True)
    peak = large(options.rows)
    faults = above + (rate < _LEAST_SPEED) + (peak > _MOST_MEMORY)
    print(f"ratios above {_MOST_RATIO}: {above}; beyond bounds in all: {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
