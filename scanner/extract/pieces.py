"""Pieces of one paragraph that stand in different places: seen, hidden, deleted, ..."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scanner.extract.draft import Draft
from scanner.extract.frames import RawCell
from scanner.extract.text import one_line
from scanner.model import BlockKind, Where

TAB = "  "  # a tab inside a paragraph: columns of a roster keep apart, CELL is a table's


@dataclass(slots=True)
class Pieces:
    """Collects runs; a value split over runs of one place stays one value."""

    _runs: list[tuple[str, Where, str | None]] = field(default_factory=list)

    def add(self, text: str, where: Where, note: str | None = None) -> None:
        """One run, in reading order."""
        if text:
            self._runs.append((text, where, note))

    def drafts(self, kind: BlockKind = BlockKind.PARAGRAPH) -> list[Draft]:
        """One draft a place: what is seen first, then what is not."""
        groups: dict[tuple[Where, str | None], list[str]] = {}
        last: tuple[Where, str | None] | None = None
        for text, where, note in self._runs:
            key = (where, note)
            pieces = groups.setdefault(key, [])
            if pieces and key != last and where is not Where.VISIBLE:
                pieces.append(" ")  # two hidden runs with seen text between are two values
            pieces.append(text)
            if text.strip():
                last = key
        out: list[Draft] = []
        for (where, note), pieces in groups.items():
            text = one_line("".join(pieces))
            if text.strip():
                out.append(Draft(kind, text, where, note=note))
        out.sort(key=lambda draft: draft.where is not Where.VISIBLE)
        return out


def hide_drafts(drafts: Sequence[Draft], where: Where, note: str | None) -> None:
    """Put drafts that are seen in their own part into a part that is not."""
    for draft in drafts:
        if draft.where is Where.VISIBLE:
            draft.where = where
        draft.note = draft.note or note


def cell_of(
    items: list[Draft], where: Where = Where.VISIBLE, row_span: int = 1, column_span: int = 1
) -> RawCell:
    """A table cell of drafts."""
    return RawCell(None, where, False, row_span, column_span, items)
