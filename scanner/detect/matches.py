"""Candidate → Match: back to the places of the original document."""

from patterns.rule import Polarity
from scanner.detect.candidate import Candidate
from scanner.detect.cells import CellMap, PlacedCell
from scanner.detect.normalise import Normalised, canonical
from scanner.detect.tables import CellReading
from scanner.model import Block, Document, Evidence, Location, Match, Where

_NOWHERE = CellReading()


def to_match(
    document: Document,
    text: Normalised,
    placed: CellMap,
    candidate: Candidate,
    winner: Candidate | None,
) -> Match:
    """The match of a candidate; `winner` is the not-personal reading that beat it, if any."""
    start, end = text.offset(candidate.start), text.end_offset(candidate.end)
    index = document.block_at(start)
    block = document.blocks[index]
    cell = placed.at(start) if block.table is not None else None
    reading = cell.reading if cell is not None else _NOWHERE
    where = block.where
    if cell is not None and where is Where.VISIBLE:
        where = cell.cell.where
    rule = candidate.rule
    explained = () if winner is None else (Evidence("explained by", winner.rule.name_zh),)
    return Match(
        rule=rule.code,
        kind=rule.kind,
        start=start,
        end=end,
        raw=document.text[start:end],
        value=canonical(rule.kind, candidate.value),
        where=where,
        location=_location(block, cell),
        confidence=candidate.confidence,
        block=index,
        row=cell.cell.row if cell is not None else None,
        column=cell.cell.column if cell is not None else None,
        header=candidate.header or reading.header,
        is_masked=candidate.is_masked,
        institutional=rule.polarity is Polarity.INSTITUTIONAL,
        record_row=reading.record_row if cell is not None else None,
        group=reading.group,
        record_headers=reading.record_headers,
        caption=reading.caption,
        explained_by=winner.rule.code if winner is not None else "",
        evidence=(*candidate.evidence, *explained),
    )


def _location(block: Block, cell: PlacedCell | None) -> Location:
    if cell is None:
        return block.location
    place = block.location
    return Location(
        place.page,
        place.sheet,
        cell.cell.address,
        place.table,
        cell.cell.row + 1,
        cell.cell.column + 1,
        place.paragraph,
        place.line,
        place.xpath,
        "".join(note for note in (place.note, cell.cell.note) if note) or None,
    )
