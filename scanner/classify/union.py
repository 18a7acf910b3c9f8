"""One person's value, masked differently in two places of a page: what the masks show together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from patterns.rule import Rule
from patterns.validators import FITS
from scanner.classify.judgement import Ground, Judgement
from scanner.classify.masks import places_words, shown_places
from scanner.classify.records import Record
from scanner.classify.sightings import only_name
from scanner.lang import tr
from scanner.model import Disposition, Evidence, Match

# Values that are one person's own: records that share one tell of the same person.
_OWN = frozenset({"id_card", "mobile", "bank_card", "disability_cert", "student_id", "passport"})
_CERTAINTY = 0.8
_MOST_FORMS = 40  # masks of one person's value; more are a crowd of namesakes

_Key = tuple[str, str, str, int]  # whose value, rule, kind, length


def join_masks(
    matches: Sequence[Match],
    judged: Sequence[Judgement],
    records: Sequence[Record],
    rules: Mapping[str, Rule],
    grounds: Mapping[str, Ground],
) -> list[Judgement]:
    """The judgements, with masked values that complete each other under-masked.

    Of one person: the same name in their records, or another value of theirs in clear. Masks are
    joined where no shown character contradicts; the joined value has to fit a real one.
    """
    out = list(judged)
    for key, indices in _groups(matches, judged, records).items():
        rule = rules[key[1]]
        if rule.mask is None:
            continue
        forms = sorted({judged[i].whole for i in indices})[:_MOST_FORMS]
        if len(forms) < 2:
            continue
        given_away = _given_away(forms, rule.mask.fits, rule.mask.min_fits)
        for index in indices:
            found = given_away.get(judged[index].whole)
            if found is not None:
                out[index] = _joined(out[index], found, rule.mask.norm, grounds[key[2]])
    return out


def _groups(
    matches: Sequence[Match], judged: Sequence[Judgement], records: Sequence[Record]
) -> dict[_Key, list[int]]:
    groups: dict[_Key, list[int]] = defaultdict(list)
    for record in records:
        masked = [i for i in record.members if judged[i].whole]
        if not masked:
            continue
        for person in _persons(record, matches):
            for i in masked:
                match = matches[i]
                groups[person, match.rule, match.kind, len(judged[i].whole)].append(i)
    return groups


def _persons(record: Record, matches: Sequence[Match]) -> Iterator[str]:
    """Under which names and own values a record's person is known."""
    name = only_name(record, matches)
    if name:
        yield f"name {name}"
    for i in record.members:
        if matches[i].kind in _OWN and not matches[i].is_masked:
            yield f"{matches[i].kind} {matches[i].value}"


def _given_away(forms: Sequence[str], fits: str, min_fits: int) -> dict[str, tuple[str, int]]:
    """For each form that a union of fewer than `min_fits` values holds: the union, and how many."""
    found: dict[str, tuple[str, int]] = {}
    for first in forms:
        joined, members, count = first, [first], 0
        for other in forms:
            merged = join(joined, other)
            if merged is None or merged == joined:
                continue
            left = FITS[fits](merged)
            if left:
                joined, count = merged, left
                members.append(other)
        if 0 < count < min_fits:
            for form in members:
                if form not in found or count < found[form][1]:
                    found[form] = (joined, count)
    return found


def join(one: str, other: str) -> str | None:
    """Everything that two masks of one length show; None where they contradict each other."""
    out = []
    for a, b in zip(one, other, strict=True):
        if a != b and "*" not in (a, b):
            return None
        out.append(b if a == "*" else a)
    return "".join(out)


def _joined(judgement: Judgement, found: tuple[str, int], norm: str, ground: Ground) -> Judgement:
    union, count = found
    shown = places_words(shown_places(union))
    told = Evidence(
        "union",
        tr(
            f"同一人在本页另有不同的遮盖，合起来显示第{shown}位：只剩{count:,}个真实号码相符",
            f"masked differently elsewhere on this page, together shown {shown}: "
            f"only {count:,} real values fit",
        ),
    )
    return replace(
        judgement,
        disposition=Disposition.UNDER_MASKED,
        rule=ground.code,
        basis=(*ground.law, norm),
        evidence=(*judgement.evidence, told),
        certainty=_CERTAINTY,
        candidates=count,
        whole="",
    )
