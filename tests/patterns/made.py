"""Numbers with sound check digits that belong to nobody."""

from datetime import date

from hypothesis import strategies as st

from patterns.validators.cards import luhn_holds
from patterns.validators.identity import check_digit
from patterns.validators.organisation import uscc_check

# Areas that were abolished before 1985, with births after it: never issued to anybody.
OLD_AREAS = ("110201", "132106", "132621", "322122", "432201", "540131")


def id18(area: str = "110201", born: str = "19880721", sequence: int = 3) -> str:
    """An 18-character citizen number."""
    first = f"{area}{born}{sequence:03d}"
    return first + check_digit(first)


def card(first: str) -> str:
    """A card number: the digits and their Luhn check."""
    return next(first + d for d in "0123456789" if luhn_holds(first + d))


def credit_code(first17: str) -> str:
    """A unified social credit code."""
    return first17 + uscc_check(first17)


births = st.dates(min_value=date(1986, 1, 1), max_value=date(2020, 12, 31)).map(
    lambda day: day.strftime("%Y%m%d")
)
id_numbers = st.builds(
    id18, st.sampled_from(OLD_AREAS), births, st.integers(min_value=0, max_value=999)
)
