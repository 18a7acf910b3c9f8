"""Statements that SQLite and PostgreSQL both know, but SQLAlchemy's common core does not."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

T = TypeVar("T")
_CHUNK = 5_000  # values of one IN list; SQLite takes 32,766 in a statement


def table_of(model: type[DeclarativeBase]) -> Table:
    """The plain table of a mapped class: rows by the thousand go past the object layer."""
    table: FromClause = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not mapped to a table")
    return table


def chunks(values: Sequence[T], size: int = _CHUNK) -> Iterator[Sequence[T]]:
    """`values` in pieces short enough for one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def insert_new(
    connection: Connection,
    table: Table,
    rows: Sequence[dict[str, Any]],
    returning: Sequence[ColumnElement[Any]] = (),
) -> list[Row[Any]]:
    """Insert the rows that break no unique constraint; give back columns of those inserted.

    Callers sort `rows` by the unique key, so that two machines never wait for each other in a
    circle.
    """
    if not rows:
        return []
    build = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = build(table).on_conflict_do_nothing()
    if not returning:
        connection.execute(statement, rows)
        return []
    return list(connection.execute(statement.returning(*returning), rows))
