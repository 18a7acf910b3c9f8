"""Blocks before their order is final: order and ordinals are settled once, at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from scanner.model import Block, BlockKind, Location, Table, Where

MAX_PATHS = 2000  # an XPath counts siblings: beyond so many blocks only the line is given

Element = etree._Element


@dataclass(slots=True)
class Draft:
    """One block to be. `host` is the draft of the table a field or hidden piece belongs to."""

    kind: BlockKind
    text: str
    where: Where
    element: Element | None = None
    name: str = ""
    note: str | None = None
    table: Table | None = None
    in_row: int | None = None  # from 0, of the raw cell in its frame
    in_column: int | None = None
    by_class: bool = False  # a heading only by the name of its class
    host: "Draft | None" = field(default=None, repr=False)


def to_blocks(drafts: Sequence[Draft], *, paths: bool = True) -> list[Block]:
    """Number the drafts in order and give each its Location."""
    tables = {id(d): n for n, d in enumerate((d for d in drafts if d.table is not None), start=1)}
    places = _Places(paths)
    return [_block(draft, n, tables, places) for n, draft in enumerate(drafts, start=1)]


class _Places:
    """XPath and line of elements; several blocks of one element ask once."""

    def __init__(self, paths: bool) -> None:
        self._left = MAX_PATHS if paths else 0
        self._last: tuple[Element | None, str | None] = (None, None)
        self._tree: etree._ElementTree | None = None

    def of(self, element: Element | None) -> tuple[str | None, int | None]:
        """(xpath, line) of an element; no xpath once the budget is spent."""
        if element is None:
            return None, None
        if element is self._last[0]:
            return self._last[1], element.sourceline
        if self._left <= 0:
            return None, element.sourceline
        self._left -= 1
        path = self._path(element)
        self._last = (element, path)
        return path, element.sourceline

    def _path(self, element: Element) -> str:
        if self._tree is None:
            self._tree = element.getroottree()
        try:
            return self._tree.getpath(element)
        except ValueError:  # of another tree
            self._tree = element.getroottree()
            return self._tree.getpath(element)


def _block(draft: Draft, number: int, tables: dict[int, int], places: _Places) -> Block:
    path, line = places.of(draft.element)
    owner = draft if draft.table is not None else draft.host
    ordinal = tables.get(id(owner)) if owner is not None else None
    has_place = ordinal is not None and draft.in_row is not None and draft.in_column is not None
    location = Location(
        table=ordinal,
        row=draft.in_row + 1 if has_place and draft.in_row is not None else None,
        column=draft.in_column + 1 if has_place and draft.in_column is not None else None,
        paragraph=number,
        line=line,
        xpath=path,
        note=draft.note,
    )
    if draft.table is not None:
        return Block.of_table(draft.table, draft.where, location)
    return Block(draft.kind, draft.text, draft.where, location, name=draft.name)


def retarget(drafts: Iterable[Draft], element: Element | None, note: str | None) -> None:
    """Let drafts of a fragment (comment, script) point at the place of the page that held it."""
    for draft in drafts:
        draft.element = element
        draft.note = draft.note or note
