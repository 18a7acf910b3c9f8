"""Where a value stands in a document that was read."""

from scanner.model import Block, Document, Where


def block_of(document: Document, value: str) -> Block:
    """The one block that holds the value."""
    found = [block for block in document.blocks if value in block.text]
    assert len(found) == 1, (value, [b.text for b in document.blocks])
    return found[0]


def where_of(document: Document, value: str) -> Where:
    """The place of a value: its cell's, or its block's."""
    block = block_of(document, value)
    if block.table is None:
        return block.where
    return next(cell.where for cell in block.table.cells if value in cell.text)


def column_of(document: Document, value: str) -> int:
    """The column, from 0, of the cell that holds the value."""
    table = block_of(document, value).table
    assert table is not None
    return next(cell.column for cell in table.cells if value in cell.text)
