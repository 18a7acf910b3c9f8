"""Words near a value that raise or lower the confidence in it."""

from dataclasses import replace

from patterns.rule import ContextWords
from scanner.detect.candidate import Candidate
from scanner.model import BLOCK, ROW, Evidence

_WALLS = (BLOCK, ROW)


def weigh(candidate: Candidate, text: str) -> Candidate:
    """The candidate with its rule's context words counted, each group at most once."""
    groups = candidate.rule.context
    if not groups:
        return candidate
    total = 0.0
    evidence: list[Evidence] = []
    for group in groups:
        word = _near(group, text, candidate.start, candidate.end)
        if word:
            total += group.effect
            evidence.append(Evidence(f"word {group.side}", word, group.effect))
    if not evidence:
        return candidate
    confidence = min(0.99, max(0.0, candidate.confidence + total))
    return replace(candidate, confidence=confidence, evidence=(*candidate.evidence, *evidence))


def _near(group: ContextWords, text: str, start: int, end: int) -> str:
    before = after = ""
    if group.side != "after":
        before = text[max(0, start - group.distance) : start]
        for wall in _WALLS:
            before = before[before.rfind(wall) + 1 :]
    if group.side != "before":
        after = text[end : end + group.distance]
        for wall in _WALLS:
            cut = after.find(wall)
            if cut >= 0:
                after = after[:cut]
    return next((word for word in group.words if word in before or word in after), "")
