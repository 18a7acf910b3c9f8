"""The well masked values of a batch that stand beside a name, in keyed hashes."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from scanner.ledger.batch import Intake, Taken
from scanner.ledger.mask_models import MaskSightingRow
from scanner.ledger.sql import chunks, insert_rows, table_of
from scanner.model import Finding, MaskSighting

_SIGHTINGS = table_of(MaskSightingRow)


def joined_fingerprint(fingerprint: str) -> str:
    """The fingerprint of the finding that a joined mask becomes, from the mask's own."""
    return hashlib.sha256(f"joined mask\n{fingerprint}".encode()).hexdigest()


def record_sightings(connection: Connection, intake: Intake, taken: Sequence[Taken]) -> None:
    """Replace what is known of the items read; what a partial reading did not reach stays."""
    read_again = [entry.item_id for entry in taken if entry.closes and entry.known]
    for part in chunks(read_again):
        connection.execute(_SIGHTINGS.delete().where(_SIGHTINGS.c.item_id.in_(part)))
    rows: dict[tuple[int, str], dict[str, Any]] = {}
    for entry in taken:
        for finding in entry.result.findings:
            if finding.sighting is not None:
                key = (entry.item_id, finding.fingerprint)
                if key not in rows:
                    rows[key] = _row(intake, entry, finding, finding.sighting)
    insert_rows(connection, _SIGHTINGS, [rows[key] for key in sorted(rows)], skip_known=True)


def _row(intake: Intake, entry: Taken, finding: Finding, seen: MaskSighting) -> dict[str, Any]:
    return {
        "item_id": entry.item_id,
        "fingerprint": finding.fingerprint,
        "key_id": intake.key_id,
        "kind": finding.match.kind,
        "name_hash": seen.name_hash,
        "fits": seen.fits,
        "min_fits": seen.min_fits,
        "length": seen.length,
        "shown": seen.shown,
        "marks": seen.marks,
        "severity": finding.severity,
        "where": finding.match.where,
        "location": entry.scrub.location(finding),
    }
