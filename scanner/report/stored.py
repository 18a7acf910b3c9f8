"""JSON lines of what the ledger holds: one object a finding, with its state."""

from typing import Any

from scanner.ledger.queue import FindingView, PageView
from scanner.report.jsonl import location_record


def stored_record(page: PageView, finding: FindingView) -> dict[str, Any]:
    """One finding of the ledger as plain values, with its state; the ledger has no clear value."""
    record: dict[str, Any] = {
        "url": page.url,
        "title": page.title,
        "unit": page.unit,
        "level": page.level,
        "site": page.site,
        "published": page.published,
        "source": page.source,
        "column": page.column,
        "index_number": page.index_number,
        "document_number": page.document_number,
        "type": finding.kind,
        "masked": finding.masked,
        "where": str(finding.where),
        "location": location_record(finding.location),
        "occurrences": finding.occurrences,
        "disposition": str(finding.disposition),
        "rule": finding.rule,
        "basis": list(finding.basis),
        "evidence": list(finding.evidence),
        "confidence": round(finding.confidence, 4),
        "severity": str(finding.severity),
        "person": finding.person or None,
        "fingerprint": finding.fingerprint,
        "value_hash": finding.value_hash,
        "state": str(finding.state),
        "deadline": finding.deadline and finding.deadline.isoformat(),
        "decided_by": finding.decided_by,
        "decided_basis": finding.decided_basis,
        "recurred": finding.recurred,
        "first_seen": finding.first_seen.isoformat(),
        "last_seen": finding.last_seen.isoformat(),
    }
    if finding.candidates is not None:
        record["candidates"] = finding.candidates
    return record
