"""A site whose leaks all hang in attachments: found, counted to their page's unit, re-checked."""

from pathlib import Path

import pytest

from bench.attachments import typical
from scanner.ledger import State
from scanner.model import Decision
from tests.attachments.files import zipped
from tests.servers import Answer, TestSite
from tests.sweep.test_sweep import Bench

PAGE = "/gs/t1.html"
BINARY = "application/octet-stream"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def fill(site: TestSite) -> list[str]:
    """One notice without a leak, and its attachments of three people each; their paths."""
    rows = {name: typical.people(3, seed) for seed, name in enumerate("abcd")}
    files = {
        "/f/a.xlsx": typical.xlsx(rows["a"]),
        "/f/b.docx": typical.docx(rows["b"]),
        "/f/c.pdf": typical.pdf(rows["c"]),
        "/f/d.zip": zipped({"名单.xlsx": typical.xlsx(rows["d"])}),
    }
    links = "".join(f'<a href="{path}">附件 {path}</a>' for path in files)
    page = f"<html><title>补助公示</title><body><p>名单见附件。</p>{links}</body></html>"
    site.link("/", PAGE)
    site.add(PAGE, page)
    for path, body in files.items():
        site.pages[path] = Answer(body, content_type=BINARY)
    return list(files)


def test_every_leak_of_an_attachment_is_found_at_its_own_address(
    bench: Bench, site: TestSite
) -> None:
    files = fill(site)
    bench.sweep(site.url)
    with bench.open() as ledger:
        queue = list(ledger.queue())
    assert {page.url.removeprefix(site.url) for page in queue} == set(files)
    assert all(page.is_attachment for page in queue)
    assert {page.parent_url for page in queue} == {site.url + PAGE}
    assert {page.unit for page in queue} == {f"unit of {site.url}"}
    for page in queue:
        kinds = [finding.kind for finding in page.findings]
        assert kinds.count("id_card") == kinds.count("mobile") == 3


def test_a_recheck_asks_for_the_attachment_itself(bench: Bench, site: TestSite) -> None:
    fill(site)
    bench.sweep(site.url)
    with bench.open() as ledger:
        ids = [finding.id for page in ledger.queue() for finding in page.findings]
        ledger.decide(ids, Decision.LEAK, who="tester")
    clean = [list(typical.HEADER), ["1", "张**", "340***********005X", "138****8000", "", ""]]
    site.pages["/f/a.xlsx"] = Answer(typical.xlsx(clean), content_type=BINARY)
    site.pages["/f/b.docx"] = Answer(b"", 404)
    before = len(site.seen)
    bench.recheck(site.url)
    asked = {seen.path for seen in site.seen[before:]}
    assert {"/f/a.xlsx", "/f/b.docx", "/f/c.pdf", "/f/d.zip"} <= asked
    states: dict[str, set[str]] = {}
    for url, number, state in bench.rows(
        "SELECT i.url, f.id, f.state FROM findings f JOIN items i ON i.id = f.item_id"
    ):
        if number in ids:
            states.setdefault(str(url).removeprefix(site.url), set()).add(str(state))
    assert states["/f/a.xlsx"] == states["/f/b.docx"] == {State.VERIFIED}
    assert states["/f/c.pdf"] == states["/f/d.zip"] == {State.OUTSTANDING}
