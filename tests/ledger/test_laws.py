"""Random weeks of an office: whatever happens in whatever order, the laws of the ledger hold."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scanner.errors import AuditError
from scanner.ledger import (
    Filter,
    Ledger,
    NewAllowance,
    SiteSpec,
    State,
    SweepKind,
    UnitSpec,
)
from scanner.model import Decision, Disposition, ItemResult, Outcome
from tests.ledger.making import KEYS, Clock, finding
from tests.ledger.test_stats import check_sums

PAGES = [f"http://www.qx.gov.cn/{part}" for part in ("zx/1.html", "zx/1.xlsx", "2.html")]
VALUES = [f"1380556000{n}" for n in range(4)]
CLOSING = {Outcome.SCANNED, Outcome.GONE}

found_values = st.dictionaries(
    st.sampled_from(VALUES), st.sampled_from(list(Disposition)), max_size=4
)
answers = st.dictionaries(
    st.sampled_from(PAGES),
    st.tuples(st.sampled_from(list(Outcome)), found_values),
    min_size=1,
)
picks = st.sets(st.integers(0, 11), min_size=1, max_size=4)


class Weeks(RuleBasedStateMachine):
    template: Path

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        target = Path(self.folder.name) / "audit.db"
        shutil.copy(self.template, target)
        self.clock = Clock()
        self.ledger = Ledger.open(target, key_id=KEYS.key_id, clock=self.clock)

    def teardown(self):
        if hasattr(self, "ledger"):
            self.ledger.close()
            self.folder.cleanup()

    def everything(self):
        return [one for page in self.ledger.pages(Filter()) for one in page.findings]

    @rule(answers=answers, kind=st.sampled_from(SweepKind), days=st.integers(1, 8))
    def sweep(self, answers, kind, days):
        self.clock.forward(days=days)
        before = {one.id: one for one in self.everything()}
        run = self.ledger.start_sweep(kind)
        self.ledger.frontier(run).commit(
            [
                ItemResult(
                    url,
                    outcome,
                    findings=tuple(
                        finding(value, url, disposition=judged, person=value[-1:])
                        for value, judged in values.items()
                    )
                    if outcome in (Outcome.SCANNED, Outcome.PARTLY_READ)
                    else (),
                )
                for url, (outcome, values) in answers.items()
            ]
        )
        self.ledger.finish_sweep(run)
        closed = {
            one.id
            for one in self.everything()
            if one.state is State.VERIFIED and before[one.id].state is not State.VERIFIED
        }
        pages = {page.item_id: page.url for page in self.ledger.pages(Filter())}
        for one in closed:
            outcome, _ = answers[pages[before[one].item_id]]
            assert outcome in CLOSING  # only a successful fetch closes a finding
        decided = [one for one in before.values() if one.state in (State.KEPT, State.FALSE)]
        for one in decided:
            if one.decided_by == "李" and one.expires is None:
                (after,) = self.ledger.findings([one.id])
                assert after.state is one.state  # nobody is asked twice

    @rule(picks=picks, decision=st.sampled_from(Decision), term=st.none() | st.integers(0, 9))
    def decide(self, picks, decision, term):
        findings = self.everything()
        chosen = [findings[n] for n in sorted(picks) if n < len(findings)]
        lawful = decision is Decision.LAWFUL
        expires = None if term is None or not lawful else self.ledger.today() + timedelta(term)
        legal = chosen and all(one.state not in (State.RECTIFIED, State.VERIFIED) for one in chosen)
        try:
            self.ledger.decide(
                [one.id for one in chosen], decision, who="李", basis="x", expires=expires
            )
        except AuditError:
            assert not legal
            assert self.everything() == findings
        else:
            assert legal

    @rule(picks=picks)
    def report(self, picks):
        findings = self.everything()
        chosen = [findings[n] for n in sorted(picks) if n < len(findings)]
        open_ones = [one.id for one in chosen if one.state is State.OUTSTANDING]
        if open_ones:
            self.ledger.report_rectified(open_ones, who="镇办")

    @rule()
    def undo(self):
        findings = self.everything()
        try:
            self.ledger.undo(who="李")
        except AuditError:
            assert self.everything() == findings

    @rule(value=st.sampled_from(VALUES), term=st.none() | st.integers(0, 9))
    def allow(self, value, term):
        expires = None if term is None else self.ledger.today() + timedelta(term)
        value_hash = KEYS.value_hash("mobile", value)
        self.ledger.allow(NewAllowance(value_hash, "mobile", "138", "r", "b", "王", expires))
        assert self.ledger.allowed(value_hash, "mobile")

    @rule(days=st.integers(0, 20))
    def expire(self, days):
        self.clock.forward(days=days)
        self.ledger.expire()
        today = self.ledger.today()
        for one in self.everything():
            if one.state is State.KEPT and one.present:
                assert one.expires is None or one.expires >= today

    @invariant()
    def all_sums_add_up(self):
        if hasattr(self, "ledger"):
            statistics = self.ledger.statistics()
            check_sums(statistics)
            assert statistics.values.total.suspected == len(self.everything())

    @invariant()
    def history_replays_to_the_state(self):
        for one in self.everything() if hasattr(self, "ledger") else ():
            state = ""
            for line in self.ledger.history(one.id):
                assert line.before == state
                state = line.after
            assert state is one.state


def test_the_laws_hold_in_any_order(tmp_path):
    Weeks.template = tmp_path / "template.db"
    with Ledger.open(Weeks.template) as ledger:
        ledger.register(
            [UnitSpec("甲镇", "乡镇街道"), UnitSpec("某中心")],
            [SiteSpec("镇", ("qx.gov.cn/zx/",), "甲镇"), SiteSpec("站", ("qx.gov.cn",), "某中心")],
        )
        ledger.database.close()
    run = settings(
        max_examples=25,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine = Weeks.TestCase
    machine.settings = run
    machine().runTest()
