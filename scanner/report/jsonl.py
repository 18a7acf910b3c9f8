"""JSON lines: one object a finding, for programs."""

from dataclasses import fields
from typing import Any

from scanner.model import Finding, Location
from scanner.safe_text import json_line

_LOCATION_PARTS = tuple(part.name for part in fields(Location))
_WEB = ("http://", "https://")


def location_record(location: Location) -> dict[str, Any]:
    """The parts of a location that are known, and `text`: the whole of it as one phrase."""
    parts = {
        name: value for name in _LOCATION_PARTS if (value := getattr(location, name)) is not None
    }
    return {**parts, "text": location.describe()}


def finding_record(source: str, finding: Finding, *, reveal: bool = False) -> dict[str, Any]:
    """One finding as plain values.

    `source` is the path or URL. With `reveal` the clear value goes in: `value` (half width, no
    separators) and `raw` (as written).
    """
    match = finding.match
    record: dict[str, Any] = {
        "url" if source.startswith(_WEB) else "path": source,
        "type": match.kind,
        "masked": match.masked,
        "where": str(match.where),
        "location": location_record(match.location),
        "disposition": str(finding.disposition),
        "rule": finding.rule,
        "pattern": match.rule,
        "basis": list(finding.basis),
        "evidence": [
            {"what": step.what, "words": step.words, "effect": step.effect}
            for step in finding.evidence
        ],
        "confidence": round(finding.confidence, 4),
        "severity": str(finding.severity),
        "person": finding.person,
        "fingerprint": finding.fingerprint,
        "value_hash": finding.value_hash,
    }
    if finding.candidates is not None:
        record["candidates"] = finding.candidates
    if finding.needs_review:
        record["needs_review"] = True
    if reveal:
        record["value"] = match.value
        record["raw"] = match.raw
    return record


def finding_line(source: str, finding: Finding, *, reveal: bool = False) -> str:
    """`finding_record` as one line, without its line end."""
    return json_line(finding_record(source, finding, reveal=reveal))
