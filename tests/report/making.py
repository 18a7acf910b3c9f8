"""A ledger with known content: two units, three pages, hostile words in the titles."""

from datetime import UTC, datetime
from pathlib import Path

from scanner.ledger import Ledger, SiteSpec, UnitSpec
from scanner.model import Disposition, ItemResult, Outcome, Severity, Unread
from tests.ledger.making import ID_CARD, KEYS, MOBILE, Clock, ended, finding, read

HOST = "http://www.qx.gov.cn"
LIST = f"{HOST}/mz/list.html"
SHEET = f"{HOST}/mz/=cmd.xlsx"
TOWN = f"{HOST}/town/a.html"
HOSTILE = '=HYPERLINK("x")[red]\x1b[2J救助\u202e名单'
BUREAU, TOWN_OFFICE = "青禾市民政局", "石桥镇"
ID_2 = "340824190101010105"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def results() -> list[ItemResult]:
    return [
        read(
            LIST,
            finding(ID_CARD, LIST, kind="id_card", severity=Severity.CRITICAL, person="a"),
            finding(ID_2, LIST, kind="id_card", severity=Severity.HIGH, person="b"),
            finding(MOBILE, LIST, person="a"),
            title=HOSTILE,
            source=BUREAU,
            published="2026-11-01",
        ),
        read(
            SHEET,
            finding(MOBILE, SHEET, person="a"),
            title="附件",
            source=BUREAU,
            is_attachment=True,
            parent_url=LIST,
        ),
        read(
            TOWN,
            finding("13805560002", TOWN, severity=Severity.LOW),
            finding("13805560003", TOWN, disposition=Disposition.MANDATED),
            title="联系方式",
            source=TOWN_OFFICE,
        ),
        ended(f"{HOST}/slow.html", Outcome.FAILED, reason="超时 \x1b[31m"),
        ended(f"{HOST}/x.pdf", Outcome.NOT_READ, unread=(Unread("pdf", "暂不支持的格式"),)),
    ]


def fill(ledger: Ledger) -> None:
    """Register two units, one of them without a level, and end one sweep."""
    ledger.register(
        (UnitSpec(BUREAU, "市直"), UnitSpec(TOWN_OFFICE)),
        (SiteSpec("门户", ("www.qx.gov.cn",), BUREAU),),
    )
    begun = ledger.start_sweep(engine="1")
    ledger.frontier(begun).commit(results())
    ledger.finish_sweep(begun)


def make_ledger(path: Path, clock: Clock | None = None) -> Path:
    """The ledger as an SQLite file."""
    with Ledger.open(path, key_id=KEYS.key_id, clock=clock or Clock()) as ledger:
        fill(ledger)
    return path
