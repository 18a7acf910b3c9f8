"""Names in running text: the scorer's proposals, weighed by what stands around them in the text."""

import math
from collections import defaultdict
from dataclasses import replace

from scanner.names.scorer import Scored, load_scorer
from scanner.names.shapes import shaped_names
from scanner.names.span import NameSpan

LOOSE, DEFAULT, STRICT = 0.2, 0.5, 0.9  # tiers of confidence, see docs/names.md
_LEAST = 0.06  # proposals below are not weighed at all
_SURE = 0.9
_SHORT = 2  # characters: a surname and one more
_NOBODY: frozenset[tuple[int, int]] = frozenset()
_REPEATED, _NEIGHBOUR = 2.5, 1.2  # added log odds
_MASKED = "某*＊×ＸX○〇"


def find_names(text: str, least: float = DEFAULT) -> list[NameSpan]:
    """Names of people in a text, in its order, without overlaps.

    `least` is the confidence asked for: `LOOSE`, `DEFAULT`, `STRICT` or any other. Masked names
    (`张某某`, `李××`) are none, and titles stay outside the span.
    """
    proposals = [p for p in load_scorer().read(text, _LEAST) if not _is_masked(text, p)]
    weighed = _weigh(text, _completed(text, proposals))
    shaped = shaped_names(text, weighed)
    weighed = shaped + _beside(weighed, shaped)
    return _apart([span for span in weighed if span.confidence >= least])


def _beside(spans: list[NameSpan], shaped: list[NameSpan]) -> list[NameSpan]:
    """The spans but for parts of a name that its form shows, and those that run over one."""
    holders: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for name in shaped:
        for place in range(name.start, name.end):
            holders[place].add((name.start, name.end))
    return [
        span
        for span in spans
        if not any(
            holders.get(place, _NOBODY) - {(span.start, span.end)}
            for place in range(span.start, span.end)
        )
    ]


def _is_masked(text: str, name: Scored) -> bool:
    return text[name.start + 1] == "某" or text[name.end : name.end + 1] in tuple(_MASKED)


def _completed(text: str, proposals: list[Scored]) -> list[Scored]:
    """Proposals that stop short of a name that is certain elsewhere in the text, made whole:
    `郑福` of `与郑福来电话沟通` where `郑福来` is named before."""
    certain: dict[str, list[str]] = defaultdict(list)
    for p in proposals:
        written = text[p.start : p.end]
        if p.probability >= _SURE and len(written) > _SHORT:
            certain[written[:_SHORT]].append(written)
    out = []
    for p in proposals:
        known = certain.get(text[p.start : p.end], ()) if p.end - p.start == _SHORT else ()
        whole = max((w for w in known if text.startswith(w, p.start)), key=len, default="")
        out.append(replace(p, end=p.start + len(whole)) if whole else p)
    return out


def _weigh(text: str, proposals: list[Scored]) -> list[NameSpan]:
    """Proposals with what the document says of them: repetition, neighbours in a list."""
    best: dict[str, float] = defaultdict(float)
    at_start = {p.start: p for p in proposals}
    at_end = {p.end: p for p in proposals}
    for p in proposals:
        written = text[p.start : p.end]
        best[written] = max(best[written], p.probability)
    out = []
    for p in proposals:
        odds = math.log(p.probability / (1.0001 - p.probability))
        if p.probability < _SURE and best[text[p.start : p.end]] >= _SURE:
            odds += _REPEATED
        if p.probability < _SURE:
            odds += _around(text, p, at_start, at_end)
        out.append(NameSpan(p.start, p.end, round(1 / (1 + math.exp(-odds)), 3)))
    return out


def _around(text: str, p: Scored, at_start: dict[int, Scored], at_end: dict[int, Scored]) -> float:
    """Log odds that likely names beside it in a list add."""
    before = _neighbour(text, p.start, -1, at_end)
    after = _neighbour(text, p.end, 1, at_start)
    return _NEIGHBOUR * (before + after)


def _neighbour(text: str, place: int, step: int, known: dict[int, Scored]) -> bool:
    """Whether a likely name stands next to `place`, only marks of a list between."""
    at = place
    for _ in range(4):
        char = text[at - 1 : at] if step < 0 else text[at : at + 1]
        if not char or char not in "、，,;；/| 　\t\x1d\n":
            break
        at += step
    if at == place:
        return False
    other = known.get(at)
    return other is not None and other.probability > 0.6


def _apart(spans: list[NameSpan]) -> list[NameSpan]:
    """The most certain of overlapping spans, in text order."""
    taken: set[int] = set()
    kept = []
    for span in sorted(spans, key=lambda s: (-s.confidence, s.start)):
        places = range(span.start, span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)
