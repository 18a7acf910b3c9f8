"""The weekly job once more, on labelled and real pages of the domain where they are present."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sample.server import Served, serving
from tests.project.test_weekly_job import CONFIG, ROOT, Office, adds_up

LABELLED = Path(os.environ.get("PRIVACY_SWEEP_GOLD", ROOT.parent / "shared" / "gold" / "dev"))
REAL = LABELLED.parents[1] / "seeds"
MASKED, TAKEN_DOWN, LEFT_ALONE, SILENT = "/p06.html", "/p18.html", "/p21.html", "/p39.html"
MENDED = "<html><body><h1>人员名单公示</h1><p>邹** 370724********1634</p></body></html>"


@pytest.fixture
def office(tmp_path: Path, ledger_url: str) -> Iterator[Office]:
    if not (LABELLED / MASKED[1:]).is_file():
        pytest.skip("the labelled pages are not on this machine")
    site, folder = tmp_path / "site", tmp_path / "office"
    site.mkdir()
    folder.mkdir()
    pages = [*LABELLED.glob("*.html"), *LABELLED.glob("*.txt"), *REAL.glob("*.txt")]
    for page in pages:
        shutil.copy(page, site / page.name)
    links = "".join(f'<li><a href="{page.name}">{page.stem}</a></li>' for page in pages)
    (site / "index.html").write_text(f"<html><body><ul>{links}</ul></body></html>", "utf-8")
    served = Served(site)
    with serving(served) as base:
        text = CONFIG.format(ledger=ledger_url, base=base)
        (folder / "audit.toml").write_text(text, encoding="utf-8")
        yield Office(folder, served, base)


def test_labelled_and_real_pages_through_the_week(office: Office) -> None:
    office.audit("sweep", allowed=(0, 3))
    decided = office.decide_leaks((MASKED, TAKEN_DOWN, LEFT_ALONE, SILENT))
    assert set(decided) == {MASKED, TAKEN_DOWN, LEFT_ALONE, SILENT}

    (office.served.folder / MASKED[1:]).write_text(MENDED, encoding="utf-8")
    (office.served.folder / TAKEN_DOWN[1:]).unlink()
    office.served.stalled.add(SILENT)
    office.audit("recheck", allowed=(0, 3))

    assert office.open_states() == {LEFT_ALONE: {"outstanding"}, SILENT: {"outstanding"}}
    after = office.stats()
    assert after["values"]["total"]["verified"] == decided[MASKED] + decided[TAKEN_DOWN]
    for count in ("items", "values", "persons"):
        adds_up(after[count])
