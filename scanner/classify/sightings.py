"""What the ledger may know of a well masked value, so that masks of other pages can be joined."""

from collections.abc import Sequence

from patterns.rule import Rule
from scanner.classify.judgement import Judgement
from scanner.classify.masks import shown_places
from scanner.classify.records import Record
from scanner.keys import Keyring
from scanner.model import Disposition, MaskSighting, Match


def only_name(record: Record, matches: Sequence[Match]) -> str:
    """The one name of a record written in full; "" where there is none, or more than one."""
    names = {
        matches[i].value
        for i in record.members
        if matches[i].kind == "person_name" and matches[i].confidence >= 0.5
    }
    names = {name for name in names if not set(name) & set("*某Xx_…")}
    return names.pop() if len(names) == 1 else ""


def sighting(
    keyring: Keyring, match: Match, judgement: Judgement, rule: Rule, name: str
) -> MaskSighting | None:
    """The sighting of a masked value beside `name`; None where nothing could be joined by it."""
    whole = judgement.whole
    if judgement.disposition is not Disposition.MASKED or not whole or not name or not rule.mask:
        return None
    places = sorted(shown_places(whole))
    return MaskSighting(
        name_hash=keyring.name_hash(match.kind, name),
        fits=rule.mask.fits,
        min_fits=rule.mask.min_fits,
        length=len(whole),
        shown=sum(1 << place for place in places),
        marks=keyring.marks(match.kind, name, ((place, whole[place]) for place in places)),
    )
