"""Which values belong to one person: a row, one of two people in a row, an entry of a list."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scanner.classify.forms import card_of_blocks, may_hold_card
from scanner.detect.derived import inner_id
from scanner.model import LINE, Document, Match

# What identifies a person across pages, strongest first.
_IDENTITY = ("id_card", "disability_cert", "student_id", "social_security", "passport", "mobile")
_NOT_SHOWN = re.compile(r"[^0-9*Xx]")
_CARD = -1  # in the place of a row
_ENTRY = "PN001"  # names by head or label
ADDRESSED = "PN004"  # a surname with a form of address
_LEAD = ("person_name", "id_card", "disability_cert")

RecordKey = tuple[int, int, int]  # block, row or line, group or ordinal


@dataclass(frozen=True, slots=True)
class Record:
    """Indices of the matches of one person on one page."""

    key: RecordKey
    members: tuple[int, ...]

    def kinds(self, matches: Sequence[Match]) -> frozenset[str]:
        """The kinds of value that stand together. A name that only running text shows is nobody's
        record: `会计王建国` before an account does not make it his."""
        shown = [matches[i] for i in self.members if not in_passing(matches[i])]
        bared = {"id_card"} if any(inner_id(match) for match in shown) else set()
        return frozenset({match.kind for match in shown} | bared)

    def identity(self, matches: Sequence[Match]) -> Match | None:
        """The value that tells this person from all others, clear ones before masked ones."""
        for kind in _IDENTITY:
            clear = [matches[i] for i in self.members if matches[i].kind == kind]
            whole = next((m for m in clear if not m.is_masked), None)
            if whole is not None:
                return whole
        return None

    def born(self, matches: Sequence[Match]) -> int | None:
        """The year of birth that the record tells, by a date or an ID number."""
        for kind, first in (("birth_date", 0), ("id_card", 6)):
            for match in (matches[i] for i in self.members if matches[i].kind == kind):
                year = _NOT_SHOWN.sub("", match.value)[first : first + 4]
                if len(year) == 4 and year.isdigit():
                    return int(year)
        return None


def in_passing(match: Match) -> bool:
    """Whether a match is a name that no head, label or column shows to be somebody's entry."""
    if match.kind != "person_name" or match.rule == _ENTRY:
        return False
    return match.row is None or match.rule == ADDRESSED


def group_records(document: Document, matches: Sequence[Match]) -> list[Record]:
    """Every match in exactly one record, in text order."""
    members: dict[RecordKey, list[int]] = defaultdict(list)
    text_state: dict[tuple[int, int], tuple[int, set[str]]] = {}
    in_text = any(match.row is None for match in matches)
    cards = card_of_blocks(document.blocks) if in_text and may_hold_card(document.text) else {}
    for index, match in enumerate(matches):
        if match.block in cards:
            members[(cards[match.block], _CARD, 0)].append(index)
        elif match.row is not None:
            row = match.row if match.record_row is None else match.record_row
            members[(match.block, row, match.group)].append(index)
        else:
            members[_text_key(document, match, text_state)].append(index)
    return [Record(key, tuple(found)) for key, found in sorted(members.items())]


def _text_key(
    document: Document, match: Match, state: dict[tuple[int, int], tuple[int, set[str]]]
) -> RecordKey:
    """In running text a new person begins where a leading kind is named for the second time."""
    start = document.starts[match.block]
    line = document.text.count(LINE, start, match.start)
    ordinal, seen = state.get((match.block, line), (0, set()))
    if in_passing(match):
        return (match.block, line, ordinal)
    if match.kind in _LEAD and match.kind in seen:
        ordinal, seen = ordinal + 1, set()
    seen = seen | {match.kind}
    state[(match.block, line)] = (ordinal, seen)
    return (match.block, line, ordinal)
