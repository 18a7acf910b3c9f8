"""Combination and number of persons make a finding graver, never lighter."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.classify.severity import is_minor, severity
from scanner.model import Severity
from tests.people import id_number

_KINDS = st.sampled_from(
    ["id_card", "mobile", "bank_card", "health", "home_address", "person_name"]
)


@given(
    st.sampled_from(list(Severity)),
    _KINDS,
    st.frozensets(_KINDS),
    st.integers(0, 10_000),
    st.booleans(),
)
def test_more_company_is_never_lighter(
    base: Severity, kind: str, beside: frozenset[str], persons: int, minor: bool
) -> None:
    alone = severity(base, kind, frozenset(), 1, minor=False)
    assert alone.rank >= base.rank
    assert severity(base, kind, beside, persons, minor=minor).rank >= alone.rank
    many = severity(base, kind, beside, persons + 5000, minor=minor)
    assert many.rank >= severity(base, kind, beside, persons, minor=minor).rank


def test_steps_of_persons() -> None:
    grades = [
        severity(Severity.LOW, "mobile", frozenset(), n, minor=False) for n in (49, 50, 500, 5000)
    ]
    assert grades == list(Severity)


def test_name_with_id_and_card() -> None:
    beside = frozenset({"person_name", "bank_card"})
    assert severity(Severity.HIGH, "id_card", beside, 1, minor=False) is Severity.CRITICAL


def test_minors() -> None:
    assert is_minor(id_number(born="20150909"), 2024)
    assert not is_minor(id_number(born="19810909"), 2024)
    assert not is_minor("340811198109", 2024)
