"""Masks of one person on different pages: joined in keyed hashes, told of, and closed again."""

from dataclasses import replace
from functools import cache

import pytest
from sqlalchemy import MetaData, select

from patterns import load_pack
from scanner.classify import Classifier
from scanner.detect import Engine
from scanner.ledger import Filter, State, SweepKind
from scanner.ledger.joins import RULE
from scanner.model import Disposition, ItemResult, Location, Outcome
from tests.ledger.making import KEYS, OTHER_KEYS, ended, read
from tests.pages import page, table
from tests.people import ID, ID_2, MOBILE

ONE = "http://www.qx.gov.cn/zwgk/a.html"
TWO = "http://www.other.gov.cn/b.html"
THREE = "http://www.qx.gov.cn/zwgk/c.html"
ENDS = ID[:6] + "*" * 8 + ID[14:]
BORN = ID[:13] + "*" * 5


@cache
def _engine():
    pack = load_pack()
    return Engine(pack), pack


def published(url: str, *people: tuple[str, str], keys=KEYS, **other: object) -> ItemResult:
    """A page with a list of names and masked ID numbers, judged by the real engine."""
    engine, pack = _engine()
    rows = [(name, number, MOBILE) for name, number in people]
    block = replace(table(["姓名", "身份证号", "手机"], *rows), location=Location(table=1))
    document = page(block)
    findings = Classifier(pack, keys).judge(document, engine.find(document), url)
    assert all(f.disposition is Disposition.MASKED for f in findings if f.match.kind == "id_card")
    return read(url, *findings, **other)


def joined(ledger):
    return {
        view.url: one
        for view in ledger.pages(Filter())
        for one in view.findings
        if one.rule == RULE
    }


def test_two_pages_that_complete_each_other_are_both_told_of(ledger, sweep):
    sweep(published(ONE, ("李春梅", ENDS)), published(TWO, ("李春梅", BORN)))
    found = joined(ledger)
    assert set(found) == {ONE, TWO}
    for url, other in ((ONE, TWO), (TWO, ONE)):
        one = found[url]
        assert one.state is State.SUSPECTED
        assert (one.kind, one.masked) == ("id_card", "*" * 18)
        assert one.candidates == 10
        words = {step["what"]: step["words"] for step in one.evidence}
        assert words["other page"] == other
        assert "17" in words["union"]
        assert one.location.describe() == "第1个表第2行第2列"
    assert found[ONE].person == found[TWO].person


def test_a_mask_found_in_a_later_sweep_is_joined_with_an_earlier_one(ledger, sweep):
    sweep(published(ONE, ("李春梅", ENDS)))
    assert joined(ledger) == {}
    sweep(published(TWO, ("李春梅", BORN)), ended(ONE, Outcome.UNCHANGED))
    assert set(joined(ledger)) == {ONE, TWO}


def test_the_same_sweep_again_changes_nothing(ledger, sweep):
    pages = (published(ONE, ("李春梅", ENDS)), published(TWO, ("李春梅", BORN)))
    sweep(*pages)
    before = {url: (one.id, one.state) for url, one in joined(ledger).items()}
    sweep(*pages)
    sweep(*(ended(url, Outcome.UNCHANGED) for url in (ONE, TWO)))
    assert {url: (one.id, one.state) for url, one in joined(ledger).items()} == before
    assert all(len(ledger.history(number)) == 1 for number, _ in before.values())


@pytest.mark.parametrize(
    "mended",
    [published(TWO, ("李春梅", ENDS)), read(TWO), ended(TWO, Outcome.GONE)],
    ids=["masked alike", "taken down", "gone"],
)
@pytest.mark.parametrize("kind", list(SweepKind))
def test_a_refetch_that_finds_one_page_mended_closes_both(ledger, sweep, mended, kind):
    sweep(published(ONE, ("李春梅", ENDS)), published(TWO, ("李春梅", BORN)))
    sweep(ended(ONE, Outcome.UNCHANGED), mended, kind=kind)
    assert {one.state for one in joined(ledger).values()} == {State.VERIFIED}
    sweep(published(TWO, ("李春梅", BORN)))
    found = joined(ledger)
    assert {one.state for one in found.values()} == {State.SUSPECTED}
    assert {one.recurred for one in found.values()} == {1}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("周学军", BORN),  # another name
        ("李春梅", "340822" + ID[6:13] + "*" * 5),  # another county
        ("李春梅", "*" * 6 + ID[6:13] + "*" * 5),  # nothing that both show
        ("李春梅", ID[:6] + "*" * 12),  # shows nothing that ENDS does not
    ],
)
def test_masks_that_do_not_complete_each_other(ledger, sweep, name, number):
    sweep(published(ONE, ("李春梅", ENDS)), published(TWO, (name, number)))
    assert joined(ledger) == {}


def test_a_page_that_was_read_in_part_keeps_what_it_showed(ledger, sweep):
    sweep(published(ONE, ("李春梅", ENDS)), published(TWO, ("李春梅", BORN)))
    sweep(read(ONE, outcome=Outcome.PARTLY_READ), ended(TWO, Outcome.UNCHANGED))
    assert {one.state for one in joined(ledger).values()} == {State.SUSPECTED}


def test_a_page_joins_with_whichever_other_is_left(ledger, sweep):
    sweep(
        published(ONE, ("李春梅", ENDS)),
        published(TWO, ("李春梅", BORN)),
        published(THREE, ("李春梅", BORN)),
    )
    assert set(joined(ledger)) == {ONE, TWO, THREE}
    sweep(*(ended(url, Outcome.UNCHANGED) for url in (ONE, THREE)), read(TWO))
    found = joined(ledger)
    assert found[TWO].state is State.VERIFIED
    assert found[ONE].state is found[THREE].state is State.SUSPECTED
    assert THREE in {step["words"] for step in found[ONE].evidence}


def test_hashes_of_another_key_are_never_joined(ledger, sweep):
    sweep(
        published(ONE, ("李春梅", ENDS)),
        published(TWO, ("李春梅", BORN), keys=OTHER_KEYS),
    )
    assert joined(ledger) == {}


def test_no_mask_can_be_read_from_the_database(ledger, sweep):
    sweep(
        published(ONE, ("李春梅", ENDS), ("周学军", ID_2[:6] + "*" * 8 + ID_2[14:])),
        published(TWO, ("李春梅", BORN)),
    )
    tables = MetaData()
    with ledger.database.read() as connection:
        tables.reflect(connection)
        rows = {
            name: [tuple(row) for row in connection.execute(select(one))]
            for name, one in tables.tables.items()
        }
    assert len(rows["mask_sightings"]) == 3
    stored = repr(rows)
    for part in (ID[:6], ID[6:13], ID_2[:6], ID[14:] + "'", MOBILE, "李春梅", ENDS, BORN):
        assert part not in stored
