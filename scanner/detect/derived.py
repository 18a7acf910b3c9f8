"""Numbers that hold another number: a disability certificate gives away the ID number in it.

The certificate's number is the holder's ID number with type and level, the student number of a
pupil is `G` and the ID number. It stays one value of its own kind; that it bares an ID number is
told with it, and counts where an ID number would.
"""

from dataclasses import replace

from patterns.rule import Proof
from patterns.validators import VALIDATORS
from scanner.model import Evidence, Match

INSIDE = "inside"  # what the evidence of such a value is called
_HOLDERS = {"disability_cert": slice(0, 18), "student_id": slice(1, 19)}
_VALIDATOR = "gb11643"


def inner_id(match: Match) -> str:
    """The ID number inside a value, "" where there is none or not all of it is shown."""
    part = _HOLDERS.get(match.kind)
    if part is None or match.is_masked or match.explained_by:
        return ""
    number = match.value[part]
    return number if VALIDATORS[_VALIDATOR](number) is Proof.PROVEN else ""


def tell_inner_ids(matches: list[Match]) -> list[Match]:
    """The matches, those that hold an ID number with that in their evidence."""
    return [
        replace(m, evidence=(*m.evidence, Evidence(INSIDE, "id_card"))) if inner_id(m) else m
        for m in matches
    ]
