"""The local allow-list: values that may be published here, by keyed hash, with reason and term."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select

from scanner.ledger.models import AllowanceRow
from scanner.ledger.sql import chunks, table_of

_ALLOWANCES = table_of(AllowanceRow)


def allowed_hashes(
    connection: Connection, value_hashes: Collection[str], key_id: str, on: date
) -> set[tuple[str, str]]:
    """Which of the values may stand on that day, as (kind, hash)."""
    allowed: set[tuple[str, str]] = set()
    for part in chunks(sorted(value_hashes)):
        rows = connection.execute(
            select(_ALLOWANCES.c.kind, _ALLOWANCES.c.value_hash)
            .where(_ALLOWANCES.c.value_hash.in_(part), _ALLOWANCES.c.key_id == key_id)
            .where(_ALLOWANCES.c.revoked.is_(False))
            .where(_ALLOWANCES.c.expires.is_(None) | (_ALLOWANCES.c.expires >= on))
        )
        allowed.update((row.kind, row.value_hash) for row in rows)
    return allowed
