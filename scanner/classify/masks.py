"""Is a masked value masked well enough? The real values that still fit it are counted."""

import re

from patterns.rule import Rule
from patterns.validators import FITS
from scanner.classify.judgement import Ground, Judgement
from scanner.detect.masked import full_form, stars
from scanner.lang import tr
from scanner.model import Disposition, Evidence, Match

_NAME_MASK = re.compile(r"[*某×Xx]")


def judge_mask(match: Match, rule: Rule, ground: Ground) -> Judgement:
    """Well masked, or under-masked with the number of values that still fit.

    The measure is the rule's `mask.min_fits`; the norms that it is drawn from stand in the rule.
    """
    if rule.mask is None:
        return _masked(None, Evidence("mask", match.masked))
    whole = full_form(rule, stars(match.value))
    fits = FITS[rule.mask.fits](whole) if whole is not None else None
    if fits is None:
        return _masked(None, Evidence("mask", match.masked))
    shown = Evidence(
        "mask",
        tr(
            f"{match.masked}：仍有{fits:,}个真实号码相符",
            f"{match.masked}: {fits:,} real values fit",
        ),
    )
    if fits < rule.mask.min_fits:
        return Judgement(
            Disposition.UNDER_MASKED,
            ground.code,
            (*ground.law, rule.mask.norm),
            (shown, Evidence("norm", f"< {rule.mask.min_fits:,}")),
            0.9,
            candidates=fits,
        )
    return _masked(fits, shown)


def judge_masked_name(match: Match) -> Judgement | None:
    """A name with a hidden part is masked; None for a name written in full."""
    if not _NAME_MASK.search(match.value):
        return None
    return _masked(None, Evidence("mask", match.value))


def _masked(fits: int | None, shown: Evidence) -> Judgement:
    return Judgement(Disposition.MASKED, "M-OK", (), (shown,), 0.95, candidates=fits)
