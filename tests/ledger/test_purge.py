"""What is over can be taken out of the ledger; figures and history stay true."""

from dataclasses import replace

import pytest

from scanner.errors import AuditError, ConfigError
from scanner.ledger import Filter, Ledger, SiteSpec, State
from scanner.model import Decision, Outcome
from tests.ledger.making import ID_CARD, KEYS, PAGE, SHEET, ended, finding, read
from tests.ledger.test_database import everything


def closed(ledger, sweep):
    """A page of which one value was rectified, and another one is still open."""
    sweep(read(PAGE, finding(person="p1", context="张某 电话"), finding(ID_CARD, kind="id_card")))
    mobile = next(one for page in ledger.queue() for one in page.findings if one.kind == "mobile")
    ledger.decide([mobile.id], Decision.LEAK, who="李")
    sweep(read(PAGE, finding(ID_CARD, kind="id_card")))
    (before,) = ledger.findings([mobile.id])
    assert before.state is State.VERIFIED
    return before


def figures(ledger):
    return ledger.statistics()


def test_what_was_closed_long_ago_is_blanked_and_figures_stay(ledger, sweep, clock):
    before = closed(ledger, sweep)
    clock.forward(days=100)
    told = figures(ledger)
    history = ledger.history(before.id)
    assert ledger.purge(older_than=90, dry_run=True).findings == 1
    assert ledger.findings([before.id]) == [before]  # nothing was done yet
    assert ledger.purge(older_than=90, who="王").findings == 1
    (after,) = ledger.findings([before.id])
    assert after.state is State.VERIFIED
    assert (after.kind, after.first_seen) == (before.kind, before.first_seen)
    assert (after.masked, after.value_hash, after.context, after.evidence) == ("", "", "", ())
    assert figures(ledger) == told
    now = ledger.history(before.id)
    assert now[: len(history)] == history
    assert (now[-1].who, now[-1].after) == ("王", State.VERIFIED)
    stored = everything(ledger)
    for trace in (before.masked, before.value_hash, before.fingerprint):
        assert trace not in stored
    assert ledger.purge(older_than=90).findings == 0


def test_what_is_open_or_still_stands_on_its_page_is_never_purged(ledger, sweep, clock):
    sweep(read(PAGE, finding(), finding(ID_CARD, kind="id_card")))
    one, other = ledger.queue()[0].findings
    ledger.decide([one.id], Decision.NOT_PERSONAL, who="李")
    clock.forward(days=1000)
    assert ledger.purge(older_than=1).findings == 0
    assert {found.id for found in ledger.findings([one.id, other.id])} == {one.id, other.id}


def test_what_was_closed_of_late_is_kept(ledger, sweep, clock):
    closed(ledger, sweep)
    clock.forward(days=80)
    assert ledger.purge(older_than=90).findings == 0


def test_a_value_that_comes_back_after_the_purge_is_found_anew(ledger, sweep, clock):
    before = closed(ledger, sweep)
    clock.forward(days=100)
    ledger.purge(older_than=90)
    sweep(read(PAGE, finding(), finding(ID_CARD, kind="id_card")))
    found = [one for page in ledger.queue() for one in page.findings if one.kind == "mobile"]
    assert [one.state for one in found] == [State.SUSPECTED]
    assert found[0].id != before.id


def test_the_address_of_a_page_that_is_long_gone_goes_with_it(ledger, sweep, clock):
    sweep(read(SHEET, finding(page=SHEET), title="名单"))
    sweep(ended(SHEET, Outcome.GONE))
    clock.forward(days=100)
    told = figures(ledger)
    gone = ledger.purge(older_than=90)
    assert (gone.findings, gone.items) == (1, 1)
    assert figures(ledger) == told
    assert SHEET not in everything(ledger)
    assert "名单" not in everything(ledger)
    run = ledger.start_sweep()
    assert ledger.seed_known(run) == 0  # and it is not asked for again
    ledger.finish_sweep(run)


def test_all_of_a_site_when_nothing_of_it_is_open(ledger, sweep, clock):
    ledger.register([], [SiteSpec("县", ("www.qx.gov.cn",)), SiteSpec("市", ("www.sx.gov.cn",))])
    other = PAGE.replace("qx", "sx")
    sweep(read(PAGE, finding(), title="公示"), read(other, finding(page=other)))
    with pytest.raises(AuditError, match="没有办结"):
        ledger.purge(site="县")
    page = next(page for page in ledger.queue() if page.site == "县")
    ledger.decide([page.findings[0].id], Decision.NOT_PERSONAL, who="李")
    told = figures(ledger)
    gone = ledger.purge(site="县")
    assert (gone.findings, gone.items) == (1, 1)
    assert figures(ledger) == told
    assert PAGE not in everything(ledger)
    assert other in everything(ledger)
    (left,) = ledger.pages(Filter(states=frozenset({State.SUSPECTED})))
    assert left.url == other
    with pytest.raises(ConfigError, match="没有网站"):
        ledger.purge(site="省")


def test_a_running_sweep_is_in_the_way(ledger, sweep):
    running = ledger.start_sweep()
    with pytest.raises(AuditError, match="另一次巡查"):
        ledger.purge(older_than=1)
    ledger.finish_sweep(running)


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_what_was_purged_is_not_left_in_the_file(ledger, sweep, clock, tmp_path):
    marked = replace(finding(context="特别的话"), person="p1")
    sweep(read(PAGE, marked))
    sweep(read(PAGE))
    clock.forward(days=100)
    assert any("特别的话".encode() in path.read_bytes() for path in tmp_path.glob("*.db*"))
    assert ledger.purge(older_than=90).findings == 1
    ledger.close()
    for path in tmp_path.glob("*.db*"):
        assert "特别的话".encode() not in path.read_bytes()
    with Ledger.open(tmp_path / "audit.db", key_id=KEYS.key_id) as again:
        assert again.statistics().values.total.verified == 1
