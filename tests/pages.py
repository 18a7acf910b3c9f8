"""Small documents for tests, built without a file."""

from collections.abc import Sequence

from scanner.model import Block, BlockKind, Cell, Document, PageMeta, Table, Where


def paragraph(text: str, where: Where = Where.VISIBLE) -> Block:
    """A paragraph."""
    return Block(BlockKind.PARAGRAPH, text, where)


def heading(text: str) -> Block:
    """A heading."""
    return Block(BlockKind.HEADING, text)


def table(
    *rows: Sequence[str], spans: dict[tuple[int, int], tuple[int, int]] | None = None
) -> Block:
    """A table; `spans` maps (row, column) of a cell to its (row_span, column_span), and the
    places that it covers are given as "" in `rows`."""
    spans = spans or {}
    covered = {
        (r + i, c + j)
        for (r, c), (high, wide) in spans.items()
        for i in range(high)
        for j in range(wide)
        if i or j
    }
    cells = tuple(
        Cell(text, r, c, *spans.get((r, c), (1, 1)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if (r, c) not in covered
    )
    return Block.of_table(Table(cells, len(rows), max(map(len, rows))))


def page(*blocks: Block, title: str = "", published: str = "2024-05-06") -> Document:
    """A page with a title."""
    head = [Block(BlockKind.TITLE, title)] if title else []
    meta = PageMeta(title=title, published=published)
    return Document.build("http://127.0.0.1/a.html", "text/html", [*head, *blocks], meta)
