"""Labels and values that stand in blocks of their own, one after the other, are read as a table.

Pages built of `<div>`s show a record so: `信访人`, below it `张三`, then `住址`, below it the home.
"""

from collections.abc import Callable, Sequence

from scanner.model import LINE, Block, BlockKind, Cell, Document, Table

_LEAST_PAIRS = 3
_LONGEST_LABEL, _LONGEST_VALUE = 16, 80  # characters
_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def with_label_pairs(document: Document, is_head: Callable[[str], bool]) -> Document:
    """The document with every run of at least three labels, each followed by its value, turned
    into a table; itself where there is none. A label that comes again begins the next record."""
    blocks = document.blocks
    out: list[Block] = []
    place = 0
    while place < len(blocks):
        pairs = _pairs_at(blocks, place, is_head)
        if pairs < _LEAST_PAIRS:
            out.append(blocks[place])
            place += 1
            continue
        out.append(_table(blocks[place : place + 2 * pairs]))
        place += 2 * pairs
    if len(out) == len(blocks):
        return document
    return Document.build(document.source, document.media_type, out, document.meta, document.unread)


def _pairs_at(blocks: Sequence[Block], place: int, is_head: Callable[[str], bool]) -> int:
    """How many pairs of a label and a value follow one another."""
    labels: set[str] = set()
    at = place
    while at + 1 < len(blocks):
        label, value = blocks[at], blocks[at + 1]
        text = label.text.strip(" :：")
        if not (_is_short(label, _LONGEST_LABEL) and _is_short(value, _LONGEST_VALUE)):
            break
        if label.where is not value.where or text in labels:
            break
        if not is_head(text) or is_head(value.text) or value.text.endswith((":", "：")):
            break
        labels.add(text)
        at += 2
    return (at - place) // 2


def _is_short(block: Block, most: int) -> bool:
    return (
        len(block.text) <= most
        and block.kind in _KINDS
        and block.table is None
        and LINE not in block.text
    )


def _table(blocks: Sequence[Block]) -> Block:
    cells = tuple(
        Cell(block.text, number // 2, number % 2, is_header=number % 2 == 0, where=block.where)
        for number, block in enumerate(blocks)
    )
    return Block.of_table(Table(cells, len(blocks) // 2, 2), blocks[0].where, blocks[0].location)
