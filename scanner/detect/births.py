"""Dates of birth in columns without a head: the date that an ID number in the same row holds."""

import re
from collections.abc import Iterator

from patterns.rule import Rule
from scanner.detect.candidate import Candidate
from scanner.detect.cells import CellMap
from scanner.detect.headed import compact
from scanner.model import Evidence

CODE = "BD001"
_DATE = re.compile(r"((?:19|20)[0-9]{2}) ?[年./-]? ?([01]?[0-9]) ?[月./-]? ?([0-3]?[0-9]) ?日?")
_ID_NUMBER = re.compile(r"[1-9][0-9]{5}((?:19|20)[0-9]{6})[0-9]{3}[0-9X]")  # GB 11643
_CONFIDENCE = 0.92


def read(rule: Rule, placed: CellMap) -> Iterator[Candidate]:
    """Dates that stand alone in a cell without a head, beside the ID number that holds them."""
    dates = [
        (cell, "".join(part.zfill(2) for part in date.groups()))
        for cell in placed.data_cells()
        if not cell.reading.header and (date := _DATE.fullmatch(cell.text.strip()))
    ]
    if not dates:  # nearly always: no cell is read again for them
        return
    rows = {(cell.block, cell.cell.row) for cell, _ in dates}
    born = {
        (cell.block, cell.cell.row, number.group(1))
        for cell in placed.data_cells()
        if (cell.block, cell.cell.row) in rows
        and (number := _ID_NUMBER.fullmatch(compact(cell.text)))
    }
    for cell, digits in dates:
        if (cell.block, cell.cell.row, digits) in born:
            written, start = cell.text.strip(), placed.begin(cell)
            told = (Evidence("same row", "id_card"),)
            yield Candidate(rule, start, start + len(written), written, _CONFIDENCE, evidence=told)
