import multiprocessing
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import AuditError, ConfigError, UnreadableError
from scanner.keys import Keyring, load_key
from scanner.ledger import Filter, Ledger, State
from scanner.model import Decision, Outcome
from tests.ledger.making import KEYS, MOBILE, OTHER_KEYS, PAGE, ended, finding, read


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "deep" / "audit.key"
    key = load_key(path)
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key(path) == key
    assert [entry.name for entry in path.parent.iterdir()] == ["audit.key"]


def _make(path: str, out: str) -> None:
    Path(out).write_bytes(load_key(Path(path)))


def test_processes_that_start_together_share_one_key(tmp_path):
    spawn = multiprocessing.get_context("fork")
    jobs = [
        spawn.Process(target=_make, args=(str(tmp_path / "key"), str(tmp_path / str(n))))
        for n in range(4)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert len({(tmp_path / str(n)).read_bytes() for n in range(4)}) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_open_to_others_is_refused_with_the_mend(tmp_path, mode):
    path = tmp_path / "audit.key"
    load_key(path)
    path.chmod(mode)
    with pytest.raises(ConfigError, match=f"chmod 600 {path}"):
        load_key(path)


@pytest.mark.parametrize("content", [b"", b"00" * 31, b"00" * 33, b"zz" * 32, bytes(32), b"\xff"])
def test_what_is_no_key_is_refused(tmp_path, content):
    path = tmp_path / "audit.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(ConfigError, match=r"audit\.key"):
        load_key(path)


def test_a_key_that_cannot_be_opened(tmp_path):
    with pytest.raises(UnreadableError):
        load_key(tmp_path)


words = st.text(max_size=30)


@given(st.tuples(words, words), st.tuples(words, words))
def test_hashes_are_the_same_for_the_same_and_only_for_the_same(one, other):
    assert (KEYS.value_hash(*one) == KEYS.value_hash(*other)) == (one == other)


@given(words, words, words)
def test_hashes_need_the_key_and_differ_by_use(kind, value, page):
    made = [KEYS.value_hash(kind, value), KEYS.fingerprint(kind, value, page)]
    made += [OTHER_KEYS.value_hash(kind, value), OTHER_KEYS.fingerprint(kind, value, page)]
    made += [KEYS.person_hash(value)]
    assert len(set(made)) == 5
    assert all(len(one) == 64 and set(one) <= set("0123456789abcdef") for one in made)


def test_a_keyring_does_not_show_its_key():
    assert KEYS.key_id != OTHER_KEYS.key_id
    assert bytes(range(32)).hex()[:8] not in repr(KEYS)
    with pytest.raises(ValueError, match="32"):
        Keyring(b"short")


def test_another_key_explains_itself(ledger, ledger_url, sweep):
    sweep(read(PAGE, finding()))
    with pytest.raises(AuditError, match="--rekey") as raised:
        Ledger.open(ledger_url, key_id=OTHER_KEYS.key_id)
    assert KEYS.key_id in str(raised.value)
    assert raised.value.exit_code == 2
    with Ledger.open(ledger_url) as reader:  # figures need no key
        assert reader.statistics().values.total.suspected == 1


def rekeyed(ledger, ledger_url, clock):
    return Ledger.open(ledger_url, key_id=OTHER_KEYS.key_id, rekey=True, who="李", clock=clock)


def commit(ledger, *results):
    run = ledger.start_sweep()
    ledger.frontier(run).commit(results)
    ledger.finish_sweep(run)


def by_key(ledger):
    found = [one for page in ledger.pages(Filter()) for one in page.findings]
    old = KEYS.value_hash("mobile", MOBILE)
    return {("old" if one.value_hash == old else "new"): one.state for one in found}


def test_after_a_lost_key_old_findings_keep_their_states(ledger, ledger_url, sweep, clock):
    sweep(read(PAGE, finding()))
    ledger.decide([ledger.queue()[0].findings[0].id], Decision.LEAK, who="李")
    with rekeyed(ledger, ledger_url, clock) as after:
        # The value still stands there, but nobody can know that it is the same one.
        commit(after, read(PAGE, finding(keys=OTHER_KEYS)))
        assert by_key(after) == {"old": State.OUTSTANDING, "new": State.SUSPECTED}
        commit(after, ended(PAGE, Outcome.FAILED))
        assert by_key(after)["old"] is State.OUTSTANDING
        commit(after, read(PAGE))  # nothing of that kind is left: so it is gone
        assert by_key(after) == {"old": State.VERIFIED, "new": State.VERIFIED}
    with pytest.raises(AuditError):
        Ledger.open(ledger_url, key_id=KEYS.key_id)


def test_after_a_lost_key_a_removed_page_still_closes(ledger, ledger_url, sweep, clock):
    sweep(read(PAGE, finding()))
    with rekeyed(ledger, ledger_url, clock) as after:
        commit(after, ended(PAGE, Outcome.GONE))
        assert by_key(after) == {"old": State.VERIFIED}


def test_a_new_key_is_recorded(ledger, ledger_url, clock):
    rekeyed(ledger, ledger_url, clock).close()
    with ledger.database.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT who, from_state, to_state, reason FROM history"
        ).one()
    assert tuple(row) == ("李", KEYS.key_id, OTHER_KEYS.key_id, "rekey")


def test_umask_does_not_open_the_key(tmp_path):
    before = os.umask(0)
    try:
        load_key(tmp_path / "audit.key")
    finally:
        os.umask(before)
    assert (tmp_path / "audit.key").stat().st_mode & 0o077 == 0
