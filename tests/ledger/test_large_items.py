"""Items with very many findings: written by portions, and counted in the database."""

from scanner.ledger import Filter, State, changes
from scanner.model import Decision, Disposition, Severity
from tests.ledger.making import ID_CARD, PAGE, SHEET, finding, read


def test_the_worst_pages_are_counted(ledger, sweep) -> None:
    critical = finding(ID_CARD, SHEET, kind="id_card", severity=Severity.CRITICAL)
    mobiles = [finding(f"1380556000{n}", SHEET) for n in range(3)]
    gone = finding("13805560009", SHEET)
    sweep(read(PAGE, finding()), read(SHEET, critical, gone, *mobiles))
    sweep(read(PAGE, finding()), read(SHEET, critical, *mobiles))
    first, second = ledger.worst_pages(10)
    assert (first.url, first.worst) == (SHEET, Severity.CRITICAL)
    assert first.kinds == (("mobile", 3), ("id_card", 1))
    assert (second.url, second.kinds) == (PAGE, (("mobile", 1),))
    assert [page.url for page in ledger.worst_pages(1)] == [SHEET]
    ledger.decide(
        [f.id for f in ledger.item(2).findings if f.present], Decision.NOT_PERSONAL, who="李"
    )
    assert [page.url for page in ledger.worst_pages(10)] == [PAGE]


def test_findings_that_are_written_by_portions_are_those_of_one(ledger, sweep, monkeypatch) -> None:
    monkeypatch.setattr(changes, "_MOST_HELD", 3)
    values = [f"138055600{n:02}" for n in range(11)]
    twice = finding(values[0], SHEET, disposition=Disposition.MANDATED)
    sweep(read(SHEET, twice, *(finding(value, SHEET) for value in values)))
    found = ledger.item(1).findings
    assert len(found) == len(values)
    assert all(one.disposition is Disposition.LEAK for one in found)
    assert sorted(one.occurrences for one in found) == [1] * 10 + [2]
    assert all(len(ledger.history(one.id)) == 1 for one in found)
    kept = values[:4]
    sweep(read(SHEET, *(finding(value, SHEET) for value in kept)))
    states = [one.state for one in ledger.item(1).findings]
    assert states.count(State.SUSPECTED) == len(kept)
    assert len(ledger.pages(Filter(present=True))[0].findings) == len(kept)
