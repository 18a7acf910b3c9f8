"""Numbers that hold another number: a disability certificate gives away the ID number in it.

The certificate's number is the holder's ID number with type and level, the student number of a
pupil is `G` and the ID number: who masks the ID number elsewhere has to know that it stands here.
"""

from dataclasses import replace

from patterns.rule import Proof, Rule
from patterns.validators import VALIDATORS
from scanner.model import Evidence, Match

_HOLDERS = {"disability_cert": slice(0, 18), "student_id": slice(1, 19)}
_VALIDATOR = "gb11643"


def inner_ids(matches: list[Match], rules: tuple[Rule, ...]) -> list[Match]:
    """The ID numbers inside other numbers, each where its holder stands."""
    rule = next((r for r in rules if r.validator == _VALIDATOR), None)
    if rule is None:
        return []
    found = []
    for match in matches:
        part = _HOLDERS.get(match.kind)
        if part is None or match.is_masked or match.explained_by:
            continue
        number = match.value[part]
        if VALIDATORS[_VALIDATOR](number) is Proof.PROVEN:
            evidence = (*match.evidence, Evidence("inside", match.kind))
            found.append(
                replace(match, rule=rule.code, kind=rule.kind, value=number, evidence=evidence)
            )
    return found
