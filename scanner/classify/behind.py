"""What a page masks for its reader and holds in clear behind, in a script or a comment."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scanner.classify.judgement import Ground, Judgement, leak
from scanner.lang import tr
from scanner.model import Disposition, Evidence, Match, Where

_HIDDEN = re.compile(r"[*某Xx_…]+")
_CERTAINTY = 0.9


def unmask_behind(
    matches: Sequence[Match], judged: Sequence[Judgement], grounds: Mapping[str, Ground]
) -> list[Judgement]:
    """The judgements, a name that may stand turned into a leak where the reader is shown a mask
    of it and the clear form stands only where a reader does not look."""
    masks = _shown_masks(matches)
    if not masks:
        return list(judged)
    clear = {m.value for m in matches if m.kind == "person_name" and _is_clear_and_shown(m)}
    out = list(judged)
    for index, (match, judgement) in enumerate(zip(matches, judged, strict=True)):
        if match.kind != "person_name" or match.where is Where.VISIBLE or match.value in clear:
            continue
        # What a law orders to be named may stand, however the page shows it.
        if judgement.disposition is not Disposition.MANDATED or judgement.by_exception:
            continue
        if any(mask.fullmatch(match.value) for mask in masks[match.value[:1]]):
            told = Evidence(
                "masked on the page", tr("页面已隐去该姓名", "the page masks this name")
            )
            found = leak(grounds[match.kind], told, certainty=_CERTAINTY)
            out[index] = replace(found, evidence=(*judgement.evidence, *found.evidence))
    return out


def _is_clear_and_shown(match: Match) -> bool:
    return match.where is Where.VISIBLE and not _HIDDEN.search(match.value)


def _shown_masks(matches: Sequence[Match]) -> dict[str, list["re.Pattern[str]"]]:
    """Masks of names that a reader sees, as expressions, by their first character."""
    forms = {
        m.value
        for m in matches
        if m.kind == "person_name" and m.where is Where.VISIBLE and _HIDDEN.search(m.value)
    }
    masks: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for form in sorted(forms):
        parts = _HIDDEN.split(form)
        if parts[0]:  # a mask of the surname fits too many
            masks[form[0]].append(re.compile(".{1,4}".join(map(re.escape, parts))))
    return masks
