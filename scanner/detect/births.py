"""Dates of birth in columns without a head: the date that an ID number in the same row holds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from patterns.rule import Rule
from scanner.detect.candidate import Candidate
from scanner.detect.cells import CellMap
from scanner.detect.headed import compact
from scanner.detect.normalise import Normalised
from scanner.model import Evidence

_CODE = "BD001"
_DATE = re.compile(r"((?:19|20)[0-9]{2}) ?[年./-]? ?([01]?[0-9]) ?[月./-]? ?([0-3]?[0-9]) ?日?")
_ID_NUMBER = re.compile(r"[1-9][0-9]{5}((?:19|20)[0-9]{6})[0-9]{3}[0-9X]")  # GB 11643
_CONFIDENCE = 0.92


@dataclass(frozen=True, slots=True)
class Births:
    """The rule for dates of birth; finds nothing where the pack has no such rule."""

    rule: Rule | None

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Births":
        """From the rules of a pack."""
        return cls(next((rule for rule in rules if rule.code == _CODE), None))

    def read(self, text: Normalised, placed: CellMap) -> Iterator[Candidate]:
        """Dates that stand alone in a cell without a head, beside the ID number that holds them."""
        if self.rule is None or not placed.has_tables:
            return
        born: dict[tuple[int, int], set[str]] = defaultdict(set)
        dates = []
        for cell in placed.data_cells():
            written = cell.text.strip()
            number = _ID_NUMBER.fullmatch(compact(written)) if len(written) > 17 else None
            if number is not None:
                born[cell.block, cell.cell.row].add(number.group(1))
            elif not cell.reading.header and _DATE.fullmatch(written):
                dates.append(cell)
        for cell in dates:
            written = cell.text.strip()
            if _digits(written) in born[cell.block, cell.cell.row]:
                start = text.position(cell.start) + len(cell.text) - len(cell.text.lstrip())
                told = (Evidence("same row", "id_card"),)
                end = start + len(written)
                yield Candidate(self.rule, start, end, written, _CONFIDENCE, evidence=told)


def _digits(written: str) -> str:
    found = _DATE.fullmatch(written)
    return "" if found is None else "".join(part.zfill(2) for part in found.groups())
