"""Very long tables are searched in portions, and nobody can tell from the findings."""

import io
import pickle
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bench.attachments import typical
from scanner import portions
from scanner.detect import with_rosters
from scanner.extract import extract
from scanner.model import Fetched, Finding, ItemResult, Outcome
from scanner.packed import PackedFindings
from scanner.pagescan import PageScanner
from scanner.pipeline import Pipeline
from scanner.report import files

ROWS = 130
PEOPLE = typical.people(ROWS, 3)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(None, bytes(32), None, date(2026, 11, 22))


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Tables of more than 60 rows are long, portions have 25."""
    monkeypatch.setattr(portions, "LONG", 60)
    monkeypatch.setattr(portions, "ROWS", 25)
    return monkeypatch


def table(rows: Sequence[Sequence[str]]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def page(*parts: str) -> bytes:
    return f"<html><body><h1>补助发放花名册</h1>{''.join(parts)}</body></html>".encode()


LETTER = "<p>联系人：王建国，电话13912345678。</p>"
FILES = {
    "a.xlsx": typical.xlsx(PEOPLE),
    "a.csv": "\n".join(",".join(row) for row in PEOPLE).encode(),
    "a.txt": "\n".join("  ".join(row) for row in PEOPLE).encode(),
    "one.html": page(LETTER, table(PEOPLE), LETTER),
    "two.html": page(table(PEOPLE), LETTER, table(typical.people(ROWS, 4)), LETTER),
    "bare.html": page(table(PEOPLE[1:])),
}


def plain(findings: Sequence[Finding]) -> list[Finding]:
    """Without the words around, which end at the edge of a portion."""
    return [replace(finding, context="") for finding in findings]


@pytest.mark.parametrize("name", FILES)
def test_portions_find_what_the_whole_does(
    pipeline: Pipeline, name: str, short: pytest.MonkeyPatch
) -> None:
    _, parts = pipeline.scan(FILES[name], name, filename=name)
    short.setattr(portions, "LONG", 10**9)
    _, whole = pipeline.scan(FILES[name], name, filename=name)
    assert isinstance(parts, PackedFindings)
    assert not isinstance(whole, PackedFindings)
    assert len(whole) > 3 * ROWS
    assert plain(parts) == plain(whole)


@settings(max_examples=25, deadline=None)
@given(rows=st.integers(61, 200), size=st.integers(9, 60), before=st.integers(0, 4))
def test_every_value_stands_at_its_place(rows: int, size: int, before: int) -> None:
    body = page(LETTER * before, table(typical.people(rows, 5)), LETTER)
    document = with_rosters(extract(body, "a.html"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "LONG", 60)
        patch.setattr(portions, "ROWS", size)
        _, found = Pipeline(None, bytes(32)).scan(body, "a.html")
    ends = 0
    for finding in found:
        match = finding.match
        assert document.text[match.start : match.end] == match.raw
        assert document.block_at(match.start) == match.block
        assert match.start >= ends
        ends = match.start
    assert sum(f.match.kind == "id_card" for f in found) == rows


def test_severity_counts_the_persons_of_all_portions(
    pipeline: Pipeline, short: pytest.MonkeyPatch
) -> None:
    rows = [["序号", "手机号码"]] + [[str(n), f"139{n * 7919 % 10**8:08d}"] for n in range(1, 71)]
    _, found = pipeline.scan(page(table(rows)), "a.html", filename="a.html")
    short.setattr(portions, "LONG", 10**9)
    _, whole = pipeline.scan(page(table(rows)), "a.html", filename="a.html")
    short.setattr(portions, "LONG", 10**9)
    _, few = pipeline.scan(page(table(rows[:30])), "a.html", filename="a.html")
    assert [f.severity for f in found] == [f.severity for f in whole]
    assert max(f.severity.rank for f in few) < max(f.severity.rank for f in found)


def test_packed_findings_are_a_sequence(pipeline: Pipeline) -> None:
    _, found = pipeline.scan(page(table(PEOPLE)), "a.html", filename="a.html")
    packed = PackedFindings()
    packed.add(found[:300], judged_with=ROWS)
    packed.add(found[300:], judged_with=ROWS)
    again: PackedFindings = pickle.loads(pickle.dumps(packed))
    assert len(again) == len(found)
    assert [f.fingerprint for f in again] == [f.fingerprint for f in found]
    assert again[-1].match == found[-1].match
    assert again[0].match == found[0].match
    assert [f.match for f in again[298:302]] == [f.match for f in found[298:302]]
    with pytest.raises(IndexError):
        again[len(found)]
    with pytest.raises(IndexError):
        again[-len(found) - 1]
    assert list(PackedFindings()) == []


@pytest.mark.usefixtures("short")
def test_the_document_that_comes_back_is_the_beginning(pipeline: Pipeline) -> None:
    document, found = pipeline.scan(FILES["one.html"], "one.html", filename="one.html")
    assert [block.table.rows for block in document.blocks if block.table] == [25]
    assert len(found) > 3 * ROWS


def test_a_worker_hands_them_over_packed(pipeline: Pipeline, short: pytest.MonkeyPatch) -> None:
    url = "http://127.0.0.1/a.csv"
    fetched = Fetched(url, url, 200, FILES["a.csv"], content_type="text/csv", filename="a.csv")
    result = PageScanner(pipeline).scan(fetched)
    assert result.outcome is Outcome.SCANNED
    again: ItemResult = pickle.loads(pickle.dumps(result))
    assert isinstance(again.findings, PackedFindings)
    short.setattr(portions, "LONG", 10**9)
    whole = PageScanner(pipeline).scan(fetched)
    assert plain(again.findings) == plain(whole.findings)


def test_the_terminal_shows_the_gravest_thousand(pipeline: Pipeline) -> None:
    rows = typical.people(400, 8)
    _, found = pipeline.scan(page(table(rows)), "a.html", filename="a.html")
    values = len({f.fingerprint for f in found if f.disposition.is_leak})
    assert values > files.MOST_SHOWN
    out = io.StringIO()
    console = Console(file=out, width=120)
    files.print_file(console, "a.html", found, reveal=False)
    text = out.getvalue()
    assert text.count("第1个表") == files.MOST_SHOWN
    assert f"其余 {values - files.MOST_SHOWN} 个值未列出" in text
