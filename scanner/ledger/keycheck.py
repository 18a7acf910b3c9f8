"""Which key a ledger's hashes were made with, and what to do when that key is lost."""

from datetime import datetime

from sqlalchemy import Connection, select

from scanner.errors import AuditError
from scanner.lang import tr
from scanner.ledger.models import HistoryRow, MetaRow
from scanner.ledger.sql import table_of

_META = table_of(MetaRow)
_HISTORY = table_of(HistoryRow)
_KEY = "key_id"


def known_key(connection: Connection) -> str:
    """The name of the ledger's key; "" in a ledger that has seen none yet."""
    found = connection.execute(select(_META.c.value).where(_META.c.name == _KEY)).scalar()
    return found or ""


def check_key(connection: Connection, key_id: str, *, rekey: bool, who: str, now: datetime) -> None:
    """Hold `key_id` against the ledger's; write it down in a new ledger.

    With `rekey` another key is taken and the change recorded: findings stay with their states,
    but their hashes match nothing any more. Raises AuditError for another key without `rekey`.
    """
    if connection.dialect.name == "postgresql":
        # Of two machines that open a new ledger at the same moment the second sees the first.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7250120)")
    known = known_key(connection)
    if key_id == known:
        return
    if not known:
        connection.execute(_META.insert().values(name=_KEY, value=key_id))
        return
    if not rekey:
        raise AuditError(
            tr(
                f"台账用的是另一把密钥（{known}，现在是 {key_id}）：请把原密钥文件放回；"
                "确已丢失的，加 --rekey 继续，原有记录和状态都保留，但同一数值不再能与旧记录比对。",
                f"This ledger was made with another key ({known}, now {key_id}): put the old key "
                "file back; if it is lost, go on with --rekey, which keeps all findings and "
                "states, but values can no longer be matched with the older findings.",
            )
        )
    connection.execute(_META.update().where(_META.c.name == _KEY).values(value=key_id))
    connection.execute(
        _HISTORY.insert().values(at=now, who=who, from_state=known, to_state=key_id, reason="rekey")
    )
