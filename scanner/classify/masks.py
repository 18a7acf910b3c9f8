"""Is a masked value masked well enough? By the real values that still fit it, and by a norm."""

import re
from itertools import groupby

from patterns.masknorms import PublishedNorm
from patterns.rule import Rule
from patterns.validators import FITS
from scanner.classify.judgement import Ground, Judgement
from scanner.detect.masked import full_form, stars
from scanner.lang import tr
from scanner.model import Disposition, Evidence, Match

_NAME_MASK = re.compile(r"[*某×Xx_…]")
_CERTAINTY = 0.9


def judge_mask(
    match: Match, rule: Rule, ground: Ground, norm: PublishedNorm | None = None
) -> Judgement:
    """Well masked, or under-masked: too few real values fit, or more is shown than `norm` lets.

    The first measure is the rule's `mask.min_fits`; the norms that it is drawn from stand there.
    """
    starred = stars(match.value)
    whole = full_form(rule, starred)
    fits = FITS[rule.mask.fits](whole) if rule.mask is not None and whole is not None else None
    shown = _told(whole or starred, fits)
    if rule.mask is not None and fits is not None and fits < rule.mask.min_fits:
        few = Evidence("norm", f"< {rule.mask.min_fits:,}")
        return _under(ground, (rule.mask.norm,), (shown, few), fits)
    if norm is not None and _exceeds(norm, match.kind, whole or starred):
        return _under(ground, (norm.words,), (shown, _source(norm)), fits)
    return _masked(fits, shown, (whole or "") if fits is not None else "")


def judge_masked_name(
    match: Match, ground: Ground, norm: PublishedNorm | None = None
) -> Judgement | None:
    """A name with a hidden part is masked, or shows more than `norm` lets; None for a name
    written in full."""
    if not _NAME_MASK.search(match.value):
        return None
    starred = _NAME_MASK.sub("*", match.value)
    shown = Evidence("mask", match.masked)
    if norm is not None and _exceeds(norm, match.kind, starred):
        return _under(ground, (norm.words,), (shown, _source(norm)), None)
    return _masked(None, shown, "")


def shown_places(whole: str) -> frozenset[int]:
    """Positions, from 0, of the characters that a starred value shows."""
    return frozenset(place for place, char in enumerate(whole) if char != "*")


def places_words(places: frozenset[int]) -> str:
    """Positions counted from 1, in runs: "1 to 6, 15 to 18"."""
    runs = []
    to = tr("至", " to ")
    for _, group in groupby(enumerate(sorted(places)), key=lambda pair: pair[1] - pair[0]):
        run = [place + 1 for _, place in group]
        runs.append(f"{run[0]}{to}{run[-1]}" if len(run) > 1 else str(run[0]))
    return tr("、", ", ").join(runs)


def _told(starred: str, fits: int | None) -> Evidence:
    """Where it is hidden and what still fits: never the characters, which other pages complete."""
    places = shown_places(starred)
    zh = f"共{len(starred)}位，显示第{places_words(places)}位"
    en = f"{len(starred)} characters, shown: {places_words(places)}"
    if fits is not None:
        zh, en = f"{zh}：仍有{fits:,}个真实号码相符", f"{en}: {fits:,} real values fit"
    return Evidence("mask", tr(zh, en))


def _source(norm: PublishedNorm) -> Evidence:
    read = tr("已核对", "read") if norm.verified == "read" else tr("部分核对", "read in part")
    return Evidence("norm", f"{norm.code}: {norm.source} ({read})")


def _exceeds(norm: PublishedNorm, kind: str, starred: str) -> bool:
    limit = norm.kinds.get(kind)
    return limit is not None and not limit.allows(shown_places(starred), len(starred))


def _under(
    ground: Ground, norms: tuple[str, ...], told: tuple[Evidence, ...], fits: int | None
) -> Judgement:
    return Judgement(
        Disposition.UNDER_MASKED,
        ground.code,
        (*ground.law, *norms),
        told,
        _CERTAINTY,
        candidates=fits,
    )


def _masked(fits: int | None, shown: Evidence, whole: str) -> Judgement:
    return Judgement(Disposition.MASKED, "M-OK", (), (shown,), 0.95, candidates=fits, whole=whole)
