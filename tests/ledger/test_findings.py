from dataclasses import replace
from datetime import date

import pytest

from scanner.ledger import Filter, State, SweepKind
from scanner.model import Decision, Disposition, Outcome, Unread
from tests.ledger.making import (
    ID_CARD,
    KEYS,
    MOBILE,
    PAGE,
    SHEET,
    ended,
    finding,
    read,
)

NAME = "钱三一"


def the_finding(ledger, page=PAGE):
    (found,) = ledger.pages(Filter())[0].findings
    return found


def states(ledger):
    return {one.masked: one.state for page in ledger.pages(Filter()) for one in page.findings}


def told(ledger, finding_id):
    return [(str(line.before), str(line.after)) for line in ledger.history(finding_id)]


def test_a_leak_is_suspected_with_all_that_a_reviewer_needs(ledger, sweep):
    sweep(read(PAGE, finding(), parent_url="http://www.qx.gov.cn/", published="2026-11-01"))
    (page,) = ledger.queue()
    assert (page.url, page.title, page.published) == (PAGE, "救助对象公示", "2026-11-01")
    assert page.parent_url == "http://www.qx.gov.cn/"
    (found,) = page.findings
    assert found.state is State.SUSPECTED
    assert (found.kind, found.masked) == ("mobile", "138****0001")
    assert found.location.describe() == "第1个表第3行第2列"
    assert found.basis == ("个人信息保护法第6条",)
    assert found.evidence == ({"what": "label", "words": "联系电话：138****0001", "effect": 0.3},)
    assert found.context == "户主电话 138****0001"
    assert found.fingerprint == KEYS.fingerprint("mobile", MOBILE, PAGE)
    assert told(ledger, found.id) == [("", "suspected")]


@pytest.mark.parametrize(
    ("made", "state"),
    [
        (finding(), State.SUSPECTED),
        (finding(disposition=Disposition.UNDER_MASKED), State.SUSPECTED),
        (finding(NAME, kind="person_name"), State.SUSPECTED),
        (finding(disposition=Disposition.MANDATED), State.KEPT),
        (finding(disposition=Disposition.MANDATED, institutional=True), None),
        (finding(NAME, kind="person_name", disposition=Disposition.MANDATED), None),
        (finding(disposition=Disposition.MASKED), None),
        (finding(disposition=Disposition.DISMISSED), None),
    ],
)
def test_what_is_kept_on_file_and_what_is_only_counted(ledger, sweep, made, state):
    sweep(read(PAGE, made))
    assert list(states(ledger).values()) == ([] if state is None else [state])
    counts = ledger.coverage(ledger.last_sweep().id)
    counted = (counts.leaks, counts.mandated, counts.masked, counts.dismissed)
    assert sum(counted) == 1


def test_a_value_in_several_places_of_a_page_is_one_finding_of_its_worst_judgement(ledger, sweep):
    sweep(read(PAGE, finding(disposition=Disposition.MANDATED), finding(), finding()))
    found = the_finding(ledger)
    assert found.occurrences == 3
    assert found.state is State.SUSPECTED


def test_the_same_value_moved_on_the_page_is_not_new(ledger, sweep):
    sweep(read(PAGE, finding()))
    moved = finding()
    moved = replace(
        moved, match=replace(moved.match, location=replace(moved.match.location, row=9))
    )
    sweep(read(PAGE, moved))
    found = the_finding(ledger)
    assert found.location.row == 9
    assert told(ledger, found.id) == [("", "suspected")]
    assert ledger.changes(ledger.last_sweep().id).new == 0


def test_decided_is_never_asked_again(ledger, sweep):
    sweep(read(PAGE, finding()))
    ledger.decide([the_finding(ledger).id], Decision.NOT_PERSONAL, who="李")
    sweep(read(PAGE, finding()))
    sweep(read(PAGE))  # gone
    sweep(read(PAGE, finding()))  # and back
    assert the_finding(ledger).state is State.FALSE
    assert ledger.queue() == []


def test_a_new_value_in_an_excused_place_is_not_excused(ledger, sweep):
    sweep(read(PAGE, finding()))
    ledger.decide([the_finding(ledger).id], Decision.NOT_PERSONAL, who="李")
    sweep(read(PAGE, finding("13805560002")))
    assert states(ledger) == {"138****0001": State.FALSE, "138****0002": State.SUSPECTED}


@pytest.mark.parametrize(
    ("answer", "closes"),
    [
        (read(PAGE), True),
        (read(PAGE, finding("13805560009")), True),
        (ended(PAGE, Outcome.GONE, status=404), True),
        (ended(PAGE, Outcome.UNCHANGED, status=304), False),
        (ended(PAGE, Outcome.FAILED, reason="timeout"), False),
        (ended(PAGE, Outcome.FAILED, status=503), False),
        (ended(PAGE, Outcome.NOT_READ, reason="rar"), False),
        (ended(PAGE, Outcome.SKIPPED, reason="robots"), False),
        (ended(PAGE, Outcome.PARTLY_READ, unread=(Unread("p. 3", "scan"),)), False),
    ],
)
@pytest.mark.parametrize("before", [State.SUSPECTED, State.OUTSTANDING, State.RECTIFIED])
def test_only_a_successful_fetch_closes_a_finding(ledger, sweep, answer, closes, before):
    sweep(read(PAGE, finding()))
    first = the_finding(ledger).id
    if before is not State.SUSPECTED:
        ledger.decide([first], Decision.LEAK, who="李")
    if before is State.RECTIFIED:
        ledger.report_rectified([first], who="镇办")
    sweep(answer, kind=SweepKind.RECHECK)
    after = {one.id: one.state for one in ledger.findings([first])}[first]
    if closes:
        assert after is State.VERIFIED
    elif before is State.RECTIFIED and answer.outcome is Outcome.UNCHANGED:
        assert after is State.OUTSTANDING  # the page is as it was: the report was wrong
    else:
        assert after is before
    assert told(ledger, first)[-1][1] == after


def test_an_outstanding_value_that_vanished_goes_through_rectified_to_verified(ledger, sweep):
    sweep(read(PAGE, finding()))
    first = the_finding(ledger).id
    ledger.decide([first], Decision.LEAK, who="李")
    sweep(read(PAGE))
    assert told(ledger, first) == [
        ("", "suspected"),
        ("suspected", "outstanding"),
        ("outstanding", "rectified"),
        ("rectified", "verified"),
    ]
    assert not the_finding(ledger).present


def test_reported_rectified_but_still_there_is_outstanding_again(ledger, sweep):
    sweep(read(PAGE, finding()))
    first = the_finding(ledger)
    ledger.decide([first.id], Decision.LEAK, who="李", deadline=date(2026, 11, 25))
    ledger.report_rectified([first.id], who="镇办")
    assert the_finding(ledger).state is State.RECTIFIED
    sweep(read(PAGE, finding()), kind=SweepKind.RECHECK)
    found = the_finding(ledger)
    assert (found.state, found.deadline, found.recurred) == (
        State.OUTSTANDING,
        date(2026, 11, 25),
        0,
    )
    assert ledger.changes(ledger.last_sweep().id).reopened == 1


def test_a_value_back_after_it_was_verified_has_recurred(ledger, sweep):
    sweep(read(PAGE, finding()))
    ledger.decide([the_finding(ledger).id], Decision.LEAK, who="李", deadline=date(2026, 11, 22))
    sweep(ended(PAGE, Outcome.GONE, status=404))
    sweep(read(PAGE, finding()))
    found = the_finding(ledger)
    assert (found.state, found.recurred, found.present) == (State.OUTSTANDING, 1, True)
    assert found.deadline == date(2026, 12, 3)  # ten days from the day it was seen again
    changed = ledger.changes(ledger.last_sweep().id)
    assert (changed.recurred, changed.new, changed.still_open) == (1, 0, 1)


def test_a_value_never_reviewed_that_comes_back_is_put_to_the_reviewer(ledger, sweep):
    sweep(read(PAGE, finding()))
    sweep(read(PAGE))
    sweep(read(PAGE, finding()))
    found = the_finding(ledger)
    assert (found.state, found.recurred) == (State.SUSPECTED, 1)


def test_the_page_is_removed_but_the_attachment_answers(ledger, sweep):
    sheet = read(SHEET, finding(ID_CARD, SHEET, kind="id_card"), parent_url=PAGE)
    sweep(read(PAGE, finding()), replace(sheet, is_attachment=True))
    for page in ledger.queue():
        ledger.decide([one.id for one in page.findings], Decision.LEAK, who="李")
    flagged = ledger.flagged_urls()
    assert [(one.url, one.is_attachment) for one in flagged] == [(PAGE, False), (SHEET, True)]
    sweep(
        ended(PAGE, Outcome.GONE, status=404),
        replace(sheet, is_attachment=True),
        kind=SweepKind.RECHECK,
    )
    assert states(ledger) == {
        "138****0001": State.VERIFIED,
        "34*************05X": State.OUTSTANDING,
    }
    # The page is fetched again with its attachment, though nothing is open on it.
    assert [(one.url, one.has_findings) for one in ledger.flagged_urls()] == [
        (PAGE, False),
        (SHEET, True),
    ]


def test_the_rules_newest_word_counts_where_no_person_has_spoken(ledger, sweep):
    sweep(read(PAGE, finding()))
    sweep(read(PAGE, finding(disposition=Disposition.MANDATED)), engine="2")
    assert the_finding(ledger).state is State.KEPT
    sweep(read(PAGE, finding(disposition=Disposition.DISMISSED)), engine="3")
    assert the_finding(ledger).state is State.FALSE
    sweep(read(PAGE, finding()), engine="4")
    assert the_finding(ledger).state is State.SUSPECTED
    assert len(told(ledger, the_finding(ledger).id)) == 4


def test_a_persons_word_is_not_overturned_by_rules(ledger, sweep):
    sweep(read(PAGE, finding()))
    ledger.decide([the_finding(ledger).id], Decision.LEAK, who="李")
    sweep(read(PAGE, finding(disposition=Disposition.DISMISSED)))
    assert the_finding(ledger).state is State.OUTSTANDING


def test_unread_parts_are_told_again_while_the_file_does_not_change(ledger, sweep):
    part = Unread("报名表.rar", "格式暂不支持")
    sweep(ended(SHEET, Outcome.PARTLY_READ, unread=(part,), reason="附件中有压缩包"))
    sweep(ended(SHEET, Outcome.UNCHANGED, status=304))
    (line,) = ledger.coverage_lines(ledger.last_sweep().id)
    assert (line.outcome, line.reason, line.unread) == (
        Outcome.PARTLY_READ,
        "附件中有压缩包",
        (part,),
    )


def test_coverage_counts_and_lists_every_url(ledger, sweep):
    sweep(
        read(PAGE),
        ended(SHEET, Outcome.FAILED, reason="超时", is_attachment=True),
        ended("http://www.qx.gov.cn/b", Outcome.SKIPPED, reason="robots"),
        ended("http://www.qx.gov.cn/c", Outcome.GONE, status=404),
    )
    counts = ledger.coverage(ledger.last_sweep().id)
    assert (counts.urls, counts.scanned, counts.failed, counts.skipped, counts.gone) == (
        4,
        1,
        1,
        1,
        1,
    )
    assert (counts.attachments, counts.size) == (1, 1000)
    lines = ledger.coverage_lines(counts.sweep_id)
    assert [(one.outcome, one.reason) for one in lines] == [
        (Outcome.FAILED, "超时"),
        (Outcome.SKIPPED, "robots"),
    ]
