"""The review as a pure object: keys in, decisions out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model import Decision
from scanner.review.session import (
    DOWN,
    ENTER,
    ESCAPE,
    BasisChoice,
    Mode,
    Save,
    Session,
    Subject,
    TakeBack,
)


def fingerprints(items) -> tuple[str, ...]:
    return tuple(item.fingerprint for item in items)


@pytest.mark.parametrize(
    ("key", "decision"),
    [
        ("l", Decision.LEAK),
        ("1", Decision.LEAK),
        ("n", Decision.NOT_PERSONAL),
        ("3", Decision.NOT_PERSONAL),
    ],
)
def test_a_decision_is_given_back_at_once_and_the_next_item_follows(
    subjects, choices, key, decision
):
    session = Session(subjects, choices)
    assert session.press(key) == Save((subjects[0].fingerprint,), decision)
    assert session.current == subjects[1]
    assert session.open_count == 2


def test_lawful_asks_for_its_basis_with_the_suggestion_first(subjects, choices):
    subjects[0] = replace(subjects[0], suggested="dibao")
    session = Session(subjects, choices)
    assert session.press("k") is None
    assert session.mode is Mode.BASIS
    assert session.offered[0].code == "dibao"
    assert session.press(ENTER) == Save((subjects[0].fingerprint,), Decision.LAWFUL, "dibao")


def test_the_list_of_bases_is_filtered_by_typing(subjects, choices):
    session = Session(subjects, choices)
    session.press("2")
    for key in "环评":
        assert session.press(key) is None
    assert [choice.code for choice in session.offered] == ["eia_participation"]
    session.press("backspace")
    session.press("backspace")
    assert len(session.offered) == 3
    session.press(DOWN)
    session.press(DOWN)
    session.press(DOWN)
    assert session.press(ENTER) == Save((subjects[0].fingerprint,), Decision.LAWFUL, "dibao")


def test_no_basis_no_decision(subjects, choices):
    session = Session(subjects, choices)
    session.press("k")
    for key in "zzz":
        session.press(key)
    assert session.press(ENTER) is None
    assert session.press(ESCAPE) is None
    assert session.mode is Mode.ITEM
    assert session.open_count == 3


def test_a_whole_page_in_one_stroke(subjects, choices):
    session = Session(subjects, choices)
    session.press("a")
    assert session.press("l") == Save(fingerprints(subjects[:2]), Decision.LEAK)
    assert session.current == subjects[2]
    assert session.concerned() == (subjects[2],)


def test_the_same_value_on_every_page(subjects, choices):
    subjects[2] = replace(subjects[2], value_hash=subjects[0].value_hash)
    session = Session(subjects, choices)
    session.press("v")
    save = session.press("n")
    assert save == Save((subjects[0].fingerprint, subjects[2].fingerprint), Decision.NOT_PERSONAL)
    assert session.current == subjects[1]


def test_undo_goes_back_stroke_by_stroke_even_after_the_last_item(subjects, choices):
    session = Session(subjects, choices)
    first = session.press("l")
    session.press("a")
    session.press("n")
    last = session.press("n")
    assert session.mode is Mode.END
    assert session.press("u") == TakeBack(last)
    assert session.current == subjects[2]
    session.press("u")
    assert session.press("u") == TakeBack(first)
    assert session.current == subjects[0]
    assert session.press("u") is None
    assert session.decided == {}


def test_skipped_items_are_not_asked_again_in_this_review(subjects, choices):
    session = Session(subjects, choices)
    session.press("s")
    session.press("l")
    session.press("l")
    assert session.mode is Mode.END
    assert session.skipped == {subjects[0].fingerprint}
    assert subjects[0].fingerprint not in session.decided


def test_what_somebody_else_decided_is_left_out(subjects, choices):
    session = Session(subjects, choices)
    session.press("a")
    session.drop({subjects[0].fingerprint})
    assert session.current == subjects[1]
    assert session.concerned() == (subjects[1],)
    session.drop({subject.fingerprint for subject in subjects})
    assert session.mode is Mode.END
    assert session.decided == {}


def test_help_returns_to_the_item(subjects, choices):
    session = Session(subjects, choices)
    session.press("?")
    assert session.mode is Mode.HELP
    assert session.press("l") is None
    assert session.current == subjects[0]


def test_nothing_to_review_is_over_at_once(choices):
    session = Session([], choices)
    assert session.mode is Mode.DONE
    assert session.press("l") is None


def test_items_of_one_page_stand_together_and_each_once(subjects, choices):
    session = Session([subjects[0], subjects[2], subjects[1], subjects[0]], choices)
    assert session.subjects == subjects


KEYS = st.sampled_from([*"l1k2n3avsuq?x ", "enter", "escape", "up", "down", "backspace"])


@given(st.lists(KEYS, max_size=60), st.integers(0, 5))
def test_whatever_is_pressed_the_saved_strokes_are_what_is_decided(keys, count):
    subjects = [
        Subject(
            *(f"f{i}", f"v{i % 2}", f"p{i % 3}", "t", "u", "id_card", "1*", "visible", "", ""),
            *("leak", "r", (), (), 1.0, "low"),
        )
        for i in range(count)
    ]
    session = Session(subjects, [BasisChoice("b", "依据", "法")])
    ledger: dict[str, Save] = {}
    for key in keys:
        effect = session.press(key)
        if isinstance(effect, Save):
            assert not set(effect.fingerprints) & set(ledger), "asked twice"
            ledger.update(dict.fromkeys(effect.fingerprints, effect))
        elif isinstance(effect, TakeBack):
            for fingerprint in effect.save.fingerprints:
                del ledger[fingerprint]
        assert ledger == session.decided
        assert session.open_count == count - len(set(ledger) | session.skipped)
        if session.mode in (Mode.ITEM, Mode.BASIS) and session.current is not None:
            assert session.current.fingerprint not in ledger
