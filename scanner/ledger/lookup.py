"""Findings by the beginning of their fingerprint, as people type it."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from scanner.errors import AuditError
from scanner.lang import tr
from scanner.ledger.models import FindingRow
from scanner.ledger.sql import table_of

_FINDINGS = table_of(FindingRow)
_LENGTH = 64
LEAST = 6  # characters: fewer are a slip of the hand


def by_prefix(connection: Connection, prefixes: Sequence[str]) -> list[int]:
    """Ids of the findings, in the order asked.

    Raises AuditError naming every beginning that fits none or several, or is too short.
    """
    found: list[int] = []
    faults: list[str] = []
    for prefix in dict.fromkeys(prefixes):
        if len(prefix) < LEAST or not prefix.isalnum():
            faults.append(
                tr(
                    f"指纹“{prefix}”太短或有误，至少写 {LEAST} 位",
                    f"{prefix!r} is no fingerprint: give at least {LEAST} characters",
                )
            )
            continue
        query = select(_FINDINGS.c.id).where(
            # Bounds of full length: a database that sorts by language knows no end of a prefix.
            _FINDINGS.c.fingerprint >= prefix.lower().ljust(_LENGTH, "0"),
            _FINDINGS.c.fingerprint <= prefix.lower().ljust(_LENGTH, "f"),
        )
        ids = list(connection.execute(query.limit(2)).scalars())
        if len(ids) == 1:
            found.append(ids[0])
        else:
            faults.append(_fault(prefix, bool(ids)))
    if faults:
        raise AuditError("\n".join(faults))
    return found


def _fault(prefix: str, several: bool) -> str:
    if several:
        return tr(
            f"有多个指纹以 {prefix} 开头，请多写几位",
            f"several fingerprints begin with {prefix}: give more characters",
        )
    return tr(f"没有指纹以 {prefix} 开头", f"no fingerprint begins with {prefix}")
