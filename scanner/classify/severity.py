"""How grave a finding is: its kind, what stands beside it, and how many persons it concerns.

The steps of 50, 500 and 5000 persons are those of 法释〔2017〕10号 art. 5, taken as a scale only:
publishing by mistake is not the offence that they are written for.
"""

from scanner.model import Severity

_RANKED = tuple(Severity)
_STEPS = (50, 500, 5000)
_CHILD = 14  # years of age
_NAMED = "person_name"
_GRAVE_WITH_NAME = frozenset({"id_card", "bank_card", "disability_cert", "health"})


def severity(
    base: Severity, kind: str, beside: frozenset[str], persons: int, *, minor: bool
) -> Severity:
    """Severity of one leaked value.

    `beside` holds the kinds of leaked or shown values of the same person, `persons` counts the
    persons whose values leak on the page.
    """
    rank = base.rank
    if kind in _GRAVE_WITH_NAME and _NAMED in beside:
        rank = max(rank, Severity.HIGH.rank)
    if kind in ("id_card", "bank_card") and {"id_card", "bank_card"} <= beside | {kind}:
        rank = Severity.CRITICAL.rank
    if kind == "health" and beside & {"id_card", "mobile", "home_address", _NAMED}:
        rank = max(rank, Severity.HIGH.rank)
    if minor:
        rank = Severity.CRITICAL.rank
    return raised(_RANKED[rank], steps_of(persons))


def steps_of(persons: int) -> int:
    """How many steps the number of persons raises a severity by, 0 to 3."""
    return sum(persons >= step for step in _STEPS)


def raised(one: Severity, steps: int) -> Severity:
    """The severity so many steps higher, critical at most."""
    return _RANKED[min(one.rank + steps, Severity.CRITICAL.rank)]


def is_child(born: int, year: int) -> bool:
    """Whether somebody born then was under 14 in `year` (PIPL art. 28, 31)."""
    return 0 <= year - born < _CHILD


def is_minor(id_number: str, year: int) -> bool:
    """Whether the holder of an 18-digit ID number was a child in `year`."""
    born = id_number[6:10]
    return len(id_number) >= 18 and born.isdigit() and is_child(int(born), year)
