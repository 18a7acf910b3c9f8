"""Statements that SQLite and PostgreSQL both know, but SQLAlchemy's common core does not."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, FromClause, Row, Table, text
from sqlalchemy.dialects import sqlite
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


def insert_rows(
    connection: Connection,
    table: Table,
    rows: Sequence[dict[str, Any]],
    returning: Sequence[str] = (),
    *,
    skip_known: bool = False,
) -> list[Row[Any]]:
    """Insert rows, all of the same columns; give back the named columns of those inserted.

    `skip_known`: leave out rows that a unique constraint refuses. Callers then sort `rows` by
    the unique key, so that two machines never wait for each other in a circle.
    """
    if not rows:
        return []
    if connection.dialect.name == "postgresql":
        return [
            row
            for part in chunks(rows)
            for row in _insert_as_json(connection, table, part, returning, skip_known)
        ]
    statement = sqlite.insert(table)
    if skip_known:
        statement = statement.on_conflict_do_nothing()
    if not returning:
        connection.execute(statement, rows)
        return []
    return list(connection.execute(statement.returning(*(table.c[n] for n in returning)), rows))


def _insert_as_json(
    connection: Connection,
    table: Table,
    rows: Sequence[dict[str, Any]],
    returning: Sequence[str],
    skip_known: bool,
) -> Sequence[Row[Any]]:
    """All rows in one parameter: thousands of parameters cost psycopg more than the insert."""
    quoted = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quoted(name) for name in rows[0])
    # Every name comes from the table's own definition, every value goes as a parameter.
    words = (
        f"INSERT INTO {quoted(table.name)} ({columns}) SELECT {columns} "  # noqa: S608
        f"FROM json_populate_recordset(NULL::{quoted(table.name)}, CAST(:rows AS json))"
    )
    if skip_known:
        words += " ON CONFLICT DO NOTHING"
    if returning:
        words += " RETURNING " + ", ".join(quoted(name) for name in returning)
    statement = text(words)
    result = connection.execute(statement, {"rows": json.dumps(rows, default=_as_json)})
    return result.all() if returning else []


def _as_json(value: object) -> str:
    """The form in which PostgreSQL reads a value of the type from a JSON string."""
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat()  # as UtcDateTime stores it
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no column takes a {type(value).__name__}")
