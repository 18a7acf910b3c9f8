"""What the head of a column, or the key of a script's field, says of a value below it."""

import re
from dataclasses import dataclass
from enum import Enum

from patterns import reference
from patterns.rule import Proof, Rule, Scope
from scanner.detect.candidate import Candidate
from scanner.detect.vocabulary import Vocabulary, counts_things
from scanner.model import Evidence

# `上年执行（分）`: what is measured is no number of a person.
_UNIT = re.compile(
    r"\((?:单位 ?:? ?)?[万亿千]?"
    r"(?:元|分|角|亩|公顷|平方米|㎡|人|户|公斤|吨|个|件|次|%|天|月|年)(?:/[^()]*)?\)$"
)
_ID_LENGTH = 18
_MOST_KNOWN = 10_000
_AGAINST_FACTOR = 0.5  # a head that speaks against a kind
_SERIAL_KEY = re.compile(
    r"(?:^|[_\-.])(?:id|no|seq|code|key|hash|ver|v|ts|time|date|num|count|size|bh|xh)$|(?:Id|ID|No|Code|Time|Key|Num)$"
)
# Validators that know an allocated block, and no check digit.
WEAK_PROOFS = frozenset({"mobile", "landline", "surname"})


class _Effect(Enum):
    CONFIRMS = "confirms"
    DOUBTS = "doubts"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class _Saying:
    effect: _Effect
    evidence: Evidence


class Heads:
    """Heads weighed against rules; each pair is worked out once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[tuple[str, str], _Saying] = {}

    def weigh(self, candidate: Candidate, head: str) -> Candidate:
        """A shape's reading, confirmed or doubted by the head of its column."""
        if not head:
            return candidate
        rule = candidate.rule
        saying = self._known.get((rule.code, head))
        if saying is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            saying = self._known[rule.code, head] = self._ask(rule, head)
        if saying.effect is _Effect.CONFIRMS:
            confidence = max(candidate.confidence, rule.headed * candidate.shape)
            return _headed(candidate, head, confidence, saying.evidence)
        if saying.effect is _Effect.DOUBTS and not is_checked(candidate):
            confidence = candidate.confidence * _AGAINST_FACTOR
            return _headed(candidate, head, confidence, saying.evidence)
        return _headed(candidate, head, candidate.confidence, None)

    def _ask(self, rule: Rule, head: str) -> _Saying:
        spoken_for = self._vocabulary.rules_for(head)
        if any(known is rule for known, _ in spoken_for):
            effect = round(rule.headed - rule.base, 2)
            return _Saying(_Effect.CONFIRMS, Evidence("header", head, effect))
        against = any(word in head for word in rule.headers_against) or _is_serial_key(head)
        against = against or (counts_things(head) and not spoken_for) or bool(_UNIT.search(head))
        # The head names other kinds of number: only a check digit speaks for this one.
        numbers = [known for known, _ in spoken_for if known.cell_scope is Scope.TOKEN]
        elsewhere = bool(numbers) and all(known.kind != rule.kind for known in numbers)
        effect_of = _Effect.DOUBTS if against or elsewhere else _Effect.SILENT
        return _Saying(effect_of, Evidence("header against", head, -_AGAINST_FACTOR))


def is_checked(candidate: Candidate) -> bool:
    """Whether a check digit, not only an allocated block, proves the value; or, of a masked ID
    number, the area that it shows and the length that nothing else has."""
    if candidate.is_masked and candidate.rule.validator == "gb11643":
        value = candidate.value
        return len(value) == _ID_LENGTH and value[:6] in reference.id_areas()
    return candidate.proof is Proof.PROVEN and candidate.rule.validator not in WEAK_PROOFS


def _headed(
    candidate: Candidate, head: str, confidence: float, evidence: Evidence | None
) -> Candidate:
    told = candidate.evidence if evidence is None else (*candidate.evidence, evidence)
    return Candidate(
        candidate.rule,
        candidate.start,
        candidate.end,
        candidate.value,
        confidence,
        candidate.proof,
        told,
        head,
        candidate.is_masked,
        candidate.shape,
    )


def _is_serial_key(head: str) -> bool:
    """Whether a key of a script names a serial number, a time, a digest: `id`, `docId`, `ts`."""
    return head.isascii() and bool(_SERIAL_KEY.search(head))
