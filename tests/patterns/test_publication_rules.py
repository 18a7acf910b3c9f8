"""The bundled exceptions: whole, consistent, and recognisable by their own cues."""

import re

import pytest

from patterns import Basis, Duty, ExceptionRule, load_pack

EXCEPTIONS = load_pack().exceptions
EACH = pytest.mark.parametrize("item", EXCEPTIONS, ids=lambda item: item.code)


def test_all_of_them_are_there() -> None:
    assert len(EXCEPTIONS) >= 68
    assert sum(item.verified for item in EXCEPTIONS) >= 40


def test_id_numbers_are_lawful_in_three_kinds_of_notice_only() -> None:
    lawful = {
        item.code
        for item in EXCEPTIONS
        if any("id_number" in element for element in item.publish + item.role_only)
    }
    assert lawful == {"dishonest_debtor", "tax_arrears", "wanted_notice"}


@EACH
def test_its_file_bears_its_code(item: ExceptionRule) -> None:
    assert item.path.stem == item.code
    assert item.path.parent.name == "exceptions"


@EACH
def test_what_is_never_lawful_publishes_nothing(item: ExceptionRule) -> None:
    if item.duty is Duty.NEVER:
        assert all(element.startswith("masked") for element in item.publish)
        assert item.role_only == ()
        assert not item.web
    assert item.leak


@EACH
def test_its_basis_says_how_far_it_was_verified(item: ExceptionRule) -> None:
    assert item.verified is (item.basis is not Basis.MEMORY)
    assert item.law
    assert not re.search(
        r"memory|mirror|read_at", " ".join((*item.law, item.scope_zh, item.scope_en, item.note))
    )


@EACH
def test_its_samples_show_its_cues(item: ExceptionRule) -> None:
    for text in item.hit:
        assert any(cue in text for cue in item.title_cues + item.heading_cues), text
    for text in item.miss:
        assert not any(cue in text for cue in item.title_cues), text


def test_the_scope_of_an_exception_is_told_in_both_languages() -> None:
    for item in load_pack().exceptions:
        assert re.search(r"[\u4e00-\u9fff]", item.scope_zh), item.code
        assert not re.search(r"[\u4e00-\u9fff]", item.scope_en), item.code
