"""One value that stands more than once on a page is judged by all of its places."""

from collections.abc import Sequence

from scanner.classify.judgement import Judgement
from scanner.classify.named import in_office
from scanner.classify.setting import Setting
from scanner.model import Disposition, Match


def follow_visible(matches: Sequence[Match], judged: Sequence[Judgement]) -> list[Judgement]:
    """A value that is lawfully shown to every reader is not a leak where the page repeats it in
    an attribute, as the `tel:` link of a contact does."""
    shown = {
        (m.kind, m.value): j
        for m, j in zip(matches, judged, strict=True)
        if m.where == "visible" and j.disposition is Disposition.MANDATED
    }
    return [
        shown.get((m.kind, m.value), j) if m.where != "visible" and j.disposition.is_leak else j
        for m, j in zip(matches, judged, strict=True)
    ]


def follow_accused(placed: Sequence[Setting], judged: Sequence[Judgement]) -> list[Judgement]:
    """A name that running text gives away as a child's, a relative's or a petitioner's is a leak
    in every sentence that repeats it, but for those in which it stands beside an office."""
    accused = {
        s.match.value: j
        for s, j in zip(placed, judged, strict=True)
        if _is_told(s) and j.disposition is Disposition.LEAK
    }
    if not accused:
        return list(judged)
    return [
        accused.get(s.match.value, j)
        if _is_told(s) and j.disposition is Disposition.MANDATED and not in_office(s)
        else j
        for s, j in zip(placed, judged, strict=True)
    ]


def _is_told(setting: Setting) -> bool:
    """Whether it is a name in visible running text."""
    match = setting.match
    return match.kind == "person_name" and match.row is None and match.where == "visible"
