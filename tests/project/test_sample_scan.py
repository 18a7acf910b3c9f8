"""What the engine makes of the sample site, file by file, against what was planted there."""

import json
from collections import defaultdict
from typing import Any

import pytest

from sample.make_site import FOLDER, MANIFEST
from sample.maker.county import DOWNLOAD, DOWNLOAD_FILE
from scanner.model import Disposition, Document, Finding
from scanner.pipeline import Pipeline

PLANTED: list[dict[str, Any]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
# Digits of every sort and nobody's data; a form that nobody filled in.
CLEAN_PAGES = ("/smzj/gsgg/t20260710_1007.html", "/bszn/shenqingbiao.html", "/index.html")


@pytest.fixture(scope="module")
def scanned() -> dict[str, tuple[Document, list[Finding]]]:
    pipeline = Pipeline(None, b"k" * 32)
    paths = {place["path"] for place in PLANTED} | set(CLEAN_PAGES)
    out = {}
    for path in sorted(paths):
        file = FOLDER / (DOWNLOAD_FILE if path == DOWNLOAD else path).lstrip("/")
        url = f"http://127.0.0.1{path}"
        out[path] = pipeline.scan(file.read_bytes(), url, filename=file.name)
    return out


def found_on(findings: list[Finding]) -> dict[tuple[str, str], Finding]:
    return {(f.match.kind, f.match.value): f for f in findings}


@pytest.mark.parametrize("kind", ["id_card", "bank_card", "disability_cert", "health"])
def test_every_reachable_number_is_found_where_it_stands_and_judged_right(
    scanned: dict[str, tuple[Document, list[Finding]]], kind: str
) -> None:
    places = [p for p in PLANTED if p["kind"] == kind]
    assert places
    for place in places:
        found = found_on(scanned[place["path"]][1]).get((kind, place["value"]))
        assert found is not None, place
        assert found.match.where == place["where"], place
        assert found.disposition == place["disposition"], place


@pytest.mark.parametrize("kind", ["mobile", "landline", "email"])
def test_every_reachable_contact_is_found(
    scanned: dict[str, tuple[Document, list[Finding]]], kind: str
) -> None:
    places = [p for p in PLANTED if p["kind"] == kind]
    assert places
    for place in places:
        found = found_on(scanned[place["path"]][1]).get((kind, place["value"]))
        assert found is not None, place
        assert found.match.where == place["where"], place
        if place["disposition"] == "mandated":
            # Nobody is accused of what the law lets stand.
            assert not found.disposition.is_leak, place


def test_in_one_row_the_helper_may_be_named_and_the_household_may_not(
    scanned: dict[str, tuple[Document, list[Finding]]],
) -> None:
    page = "/shiqiao/t20260820_3002.html"
    found = found_on(scanned[page][1])
    by_row: dict[int | None, set[str]] = defaultdict(set)
    for place in PLANTED:
        if place["path"] == page:
            finding = found["mobile", place["value"]]
            assert finding.disposition == place["disposition"]
            by_row[finding.match.row].add(finding.disposition)
    assert len(by_row) == 5
    assert set(map(frozenset, by_row.values())) == {
        frozenset({Disposition.LEAK, Disposition.MANDATED})
    }


def test_under_masked_values_say_how_many_real_ones_fit(
    scanned: dict[str, tuple[Document, list[Finding]]],
) -> None:
    found = found_on(scanned["/smzj/gsgg/t20260825_1003.html"][1])
    shown = [f for f in found.values() if f.disposition is Disposition.UNDER_MASKED]
    assert len(shown) == 10
    # Order and check digit are hidden: at most a thousand ID numbers fit; two digits: a hundred.
    limits = {"id_card": 1000, "mobile": 100}
    assert all(0 < (f.candidates or 0) <= limits[f.match.kind] for f in shown)


@pytest.mark.parametrize("path", CLEAN_PAGES)
def test_clean_pages_accuse_nobody(
    scanned: dict[str, tuple[Document, list[Finding]]], path: str
) -> None:
    assert [f for f in scanned[path][1] if f.disposition.is_leak] == []


def test_leaks_of_attachments_are_found(
    scanned: dict[str, tuple[Document, list[Finding]]],
) -> None:
    paths = {p["path"] for p in PLANTED if p["path"].endswith((".docx", ".pdf"))}
    assert len(paths) == 2
    for path in paths:
        document, findings = scanned[path]
        assert document.unread == ()
        leaks = {f.match.value for f in findings if f.disposition.is_leak}
        assert {p["value"] for p in PLANTED if p["path"] == path} <= leaks
