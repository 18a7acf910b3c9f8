"""Words near a value that raise or lower the confidence in it."""

import re
from dataclasses import replace
from functools import cache

from patterns.rule import ContextWords
from scanner.detect.candidate import Candidate
from scanner.model import BLOCK, ROW, Evidence


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
    """The first of the group's words on its side of the value, in the same row and block."""
    words = _any_of(group.words)
    found = None
    if group.side != "after":
        left = max(0, start - group.distance)
        wall = max(text.rfind(BLOCK, left, start), text.rfind(ROW, left, start))
        found = words.search(text, max(left, wall + 1), start)
    if found is None and group.side != "before":
        right = end + group.distance
        for wall in (text.find(BLOCK, end, right), text.find(ROW, end, right)):
            right = wall if 0 <= wall < right else right
        found = words.search(text, end, right)
    return found.group() if found is not None else ""


@cache
def _any_of(words: tuple[str, ...]) -> "re.Pattern[str]":
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
