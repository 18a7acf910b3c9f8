from datetime import date

import pytest

from scanner.errors import AuditError
from scanner.ledger import Filter, NewAllowance, SiteSpec, State, UnitSpec
from scanner.model import Decision, Disposition, Outcome, Severity, Verdict
from tests.ledger.making import ID_CARD, KEYS, MOBILE, PAGE, SHEET, ended, finding, read

OTHER = "http://www.qx.gov.cn/zwgk/p2.html"


@pytest.fixture
def one(ledger, sweep):
    sweep(read(PAGE, finding()))
    return ledger.queue()[0].findings[0]


def now(ledger, one):
    return ledger.findings([one.id])[0]


def test_a_leak_gets_a_deadline(ledger, one):
    ledger.decide([one.fingerprint], Decision.LEAK, who="李", reason="家庭电话")
    found = now(ledger, one)
    assert (found.state, found.decided_by, found.deadline) == (
        State.OUTSTANDING,
        "李",
        date(2026, 12, 1),
    )
    line = ledger.history(one.id)[-1]
    assert (line.who, line.before, line.after, line.reason) == (
        "李",
        State.SUSPECTED,
        State.OUTSTANDING,
        "家庭电话",
    )


def test_lawful_needs_its_basis(ledger, one):
    with pytest.raises(AuditError, match="依据"):
        ledger.decide([one.id], Decision.LAWFUL, who="李")
    ledger.decide([one.id], Decision.LAWFUL, who="李", basis="eia_participation")
    found = now(ledger, one)
    assert (found.state, found.decided_basis) == (State.KEPT, "eia_participation")


@pytest.mark.parametrize(
    "wrong",
    [
        {"who": " "},
        {"who": "classifier"},
        {"who": "李", "expires": date(2026, 12, 31)},  # a leak has no term
    ],
)
def test_a_decision_that_cannot_stand_changes_nothing(ledger, one, wrong):
    with pytest.raises(AuditError):
        ledger.decide([one.id], Decision.LEAK, **wrong)
    assert now(ledger, one).state is State.SUSPECTED
    assert len(ledger.history(one.id)) == 1


def test_a_term_in_the_past_is_refused(ledger, one):
    with pytest.raises(AuditError, match="2026-11-01"):
        ledger.decide([one.id], Decision.LAWFUL, who="李", basis="x", expires=date(2026, 11, 1))


def test_an_unknown_finding_is_refused_and_so_is_its_whole_stroke(ledger, one):
    with pytest.raises(AuditError, match="999"):
        ledger.decide([one.id, 999], Decision.LEAK, who="李")
    with pytest.raises(AuditError):
        ledger.decide(["f" * 64], Decision.LEAK, who="李")
    with pytest.raises(AuditError):
        ledger.decide([], Decision.LEAK, who="李")
    assert now(ledger, one).state is State.SUSPECTED


@pytest.mark.parametrize("decision", [Decision.LEAK, Decision.LAWFUL, Decision.NOT_PERSONAL])
def test_what_is_verified_or_rectified_is_no_longer_decided(ledger, sweep, one, decision):
    ledger.decide([one.id], Decision.LEAK, who="李")
    ledger.report_rectified([one.id], who="镇办")
    with pytest.raises(AuditError, match="已整改"):
        ledger.decide([one.id], decision, who="李", basis="x")
    sweep(read(PAGE))
    with pytest.raises(AuditError, match="已核验"):
        ledger.decide([one.id], decision, who="李", basis="x")


def test_only_what_is_outstanding_can_be_reported_rectified(ledger, one):
    with pytest.raises(AuditError, match="疑似"):
        ledger.report_rectified([one.id], who="镇办")


def test_a_mind_can_be_changed(ledger, one):
    ledger.decide([one.id], Decision.LEAK, who="李")
    ledger.decide([one.id], Decision.LAWFUL, who="王", basis="village_affairs")
    found = now(ledger, one)
    assert (found.state, found.decided_by, found.deadline) == (State.KEPT, "王", None)


def test_undo_takes_back_a_whole_stroke_and_then_the_one_before(ledger, sweep):
    sweep(read(PAGE, finding(), finding("13805560002")))
    ids = [one.id for one in ledger.queue()[0].findings]
    ledger.decide(ids, Decision.LEAK, who="李", deadline=date(2026, 12, 24))
    ledger.decide(ids, Decision.LAWFUL, who="李", basis="x", expires=date(2027, 1, 1))
    ledger.undo(who="李")
    assert {(f.state, f.deadline, f.expires) for f in ledger.findings(ids)} == {
        (State.OUTSTANDING, date(2026, 12, 24), None)
    }
    ledger.undo(who="李")
    assert {(f.state, f.decided_by) for f in ledger.findings(ids)} == {(State.SUSPECTED, "")}
    with pytest.raises(AuditError, match="没有"):
        ledger.undo(who="李")
    assert [str(line.after) for line in ledger.history(ids[0])] == [
        "suspected",
        "outstanding",
        "kept",
        "outstanding",
        "suspected",
    ]


def test_undo_is_of_ones_own_strokes_or_of_the_batch_named(ledger, sweep):
    sweep(read(PAGE, finding()), read(OTHER, finding(page=OTHER)))
    first, second = (page.findings[0].id for page in ledger.queue())
    batch = ledger.decide([first], Decision.LEAK, who="李").batch
    ledger.decide([second], Decision.LEAK, who="王")
    ledger.undo(who="赵", batch=batch)
    assert [f.state for f in ledger.findings([first, second])] == [
        State.SUSPECTED,
        State.OUTSTANDING,
    ]
    with pytest.raises(AuditError):
        ledger.undo(who="赵", batch=batch)
    with pytest.raises(AuditError):
        ledger.undo(who="赵")


def test_undo_does_not_take_back_what_a_fetch_has_seen(ledger, sweep, one):
    ledger.decide([one.id], Decision.LEAK, who="李")
    sweep(read(PAGE))
    with pytest.raises(AuditError, match="已核验"):
        ledger.undo(who="李")
    assert now(ledger, one).state is State.VERIFIED


def test_a_term_that_ended_brings_the_finding_back(ledger, one):
    ledger.decide([one.id], Decision.LAWFUL, who="李", basis="x", expires=date(2026, 12, 1))
    assert ledger.expire(date(2026, 12, 1)) == 0  # its last day counts
    assert ledger.expire(date(2026, 12, 2)) == 1
    found = now(ledger, one)
    assert (found.state, found.decided_by, found.expires) == (State.SUSPECTED, "", None)
    assert ledger.expire(date(2026, 12, 3)) == 0


def test_a_term_that_ended_is_noticed_by_the_next_sweep_too(ledger, sweep, one, clock):
    ledger.decide([one.id], Decision.LAWFUL, who="李", basis="x", expires=date(2026, 12, 1))
    clock.forward(days=30)
    sweep(read(PAGE, finding()))
    assert now(ledger, one).state is State.SUSPECTED


def entry(**other):
    values = {
        "value_hash": KEYS.value_hash("mobile", MOBILE),
        "kind": "mobile",
        "masked": "138****0001",
        "reason": "村里唯一的电话",
        "basis": "village_affairs",
        "who": "李",
    }
    return NewAllowance(**(values | other))


def test_an_allowed_value_is_kept_wherever_it_is_found(ledger, sweep, one):
    ledger.allow(entry())
    assert now(ledger, one).state is State.KEPT
    sweep(read(OTHER, finding(page=OTHER), finding("13805560002", OTHER)))
    assert {
        f.masked: f.state
        for f in ledger.pages(Filter())[0].findings + ledger.pages(Filter())[1].findings
    } == {
        "138****0001": State.KEPT,
        "138****0002": State.SUSPECTED,
    }
    assert ledger.allowed(KEYS.value_hash("mobile", MOBILE), "mobile")
    assert not ledger.allowed(KEYS.value_hash("mobile", MOBILE), "landline")


def test_an_allowance_that_ended_brings_the_findings_back(ledger, sweep, one):
    ledger.allow(entry(expires=date(2026, 12, 1)))
    assert ledger.allowed(KEYS.value_hash("mobile", MOBILE), "mobile", date(2026, 12, 1))
    assert not ledger.allowed(KEYS.value_hash("mobile", MOBILE), "mobile", date(2026, 12, 2))
    assert ledger.expire(date(2026, 12, 2)) == 1
    assert now(ledger, one).state is State.SUSPECTED


def test_a_withdrawn_allowance_brings_the_findings_back(ledger, one):
    first, second = ledger.allow(entry()), ledger.allow(entry(reason="同上"))
    assert ledger.revoke(first, who="王") == 0  # the second one still holds
    assert ledger.revoke(second, who="王") == 1
    assert now(ledger, one).state is State.SUSPECTED
    assert ledger.history(one.id)[-1].who == "王"
    assert ledger.allowances() == []
    assert [one.revoked for one in ledger.allowances(revoked=True)] == [True, True]
    with pytest.raises(AuditError):
        ledger.revoke(first, who="王")


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"basis": " "},
        {"who": ""},
        {"who": "allowance"},
        {"expires": date(2026, 1, 1)},
    ],
)
def test_an_allowance_needs_reason_basis_person_and_a_term_to_come(ledger, one, wrong):
    with pytest.raises(AuditError):
        ledger.allow(entry(**wrong))
    assert ledger.allowances() == []
    assert now(ledger, one).state is State.SUSPECTED


def test_the_queue_is_by_page_worst_first_and_stays_in_order(ledger, sweep):
    sweep(
        read(PAGE, finding()),
        read(
            SHEET,
            finding("13805560002", SHEET),
            finding(ID_CARD, SHEET, kind="id_card", severity=Severity.CRITICAL),
        ),
        read(OTHER, finding(page=OTHER), finding("13805560003", OTHER)),
        ended("http://www.qx.gov.cn/x", Outcome.FAILED),
    )
    queue = ledger.queue()
    assert queue[0].url == SHEET
    assert queue[0].worst is Severity.CRITICAL
    assert [one.kind for one in queue[0].findings] == ["id_card", "mobile"]
    ledger.decide([queue[1].findings[0].id], Decision.LEAK, who="李")
    left = [page.url for page in ledger.queue()]
    assert left == [page.url for page in queue if page.url in left]
    assert [page.url for page in ledger.queue(limit=1)] == [SHEET]
    assert [page.url for page in ledger.queue(kinds=["id_card"])] == [SHEET]
    assert len(ledger.item(queue[0].item_id).findings) == 2
    with pytest.raises(AuditError):
        ledger.item(999)


def test_outstanding_is_of_one_unit(ledger, sweep):
    ledger.register([UnitSpec("甲镇", "乡镇街道")], [SiteSpec("站", ("www.qx.gov.cn",), "甲镇")])
    elsewhere = "http://other.gov.cn/1"
    sweep(read(PAGE, finding()), read(elsewhere, finding(page=elsewhere)))
    for page in ledger.queue():
        ledger.decide([page.findings[0].id], Decision.LEAK, who="李")
    assert [page.url for page in ledger.outstanding("甲镇")] == [PAGE]
    assert [page.url for page in ledger.outstanding("")] == [elsewhere]
    assert len(ledger.outstanding()) == 2


def test_a_verdict_of_the_model_is_saved(ledger, one):
    ledger.record(Verdict(one.fingerprint, Decision.LAWFUL, "李", "x", "", "2027-01-01"))
    assert now(ledger, one).expires == date(2027, 1, 1)


def test_kept_by_rule_can_be_overruled_by_a_person(ledger, sweep):
    sweep(read(PAGE, finding(disposition=Disposition.MANDATED)))
    (page,) = ledger.pages(Filter())
    ledger.decide([page.findings[0].id], Decision.LEAK, who="李")
    sweep(read(PAGE, finding(disposition=Disposition.MANDATED)))
    assert now(ledger, page.findings[0]).state is State.OUTSTANDING
