"""One batch of results into the ledger, in one transaction: coverage, items, findings, frontier.

A URL is counted once in a sweep: its coverage row is inserted first, and a result whose row was
there already, from before a crash or from another machine, is left out of everything else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from scanner.ledger.batch import Intake, Known, Place, Taken
from scanner.ledger.found import record_findings
from scanner.ledger.lists import record_lists
from scanner.ledger.models import CoverageRow, ItemRow
from scanner.ledger.rechecks import record_verdicts
from scanner.ledger.registry import Directory
from scanner.ledger.sightings import record_sightings
from scanner.ledger.sql import chunks, insert_rows, table_of
from scanner.ledger.texts import Scrubber, storable, url_key
from scanner.model import Disposition, ItemResult, Outcome, Unread

_ITEMS = table_of(ItemRow)
_COVERAGE = table_of(CoverageRow)

# Outcomes that brought a body.
_READ = frozenset({Outcome.SCANNED, Outcome.PARTLY_READ, Outcome.NOT_READ})
# Of these the unread parts are told again while the file does not change.
_NOT_WHOLE = frozenset({Outcome.PARTLY_READ, Outcome.NOT_READ})
_UNREAD_PARTS = 50  # kept of one file; an archive may have thousands
_URL_LIMIT = 8_000


def take(
    connection: Connection,
    intake: Intake,
    results: Iterable[ItemResult],
    places: dict[bytes, Place],
) -> list[Taken]:
    """Write results into coverage, items and findings; give back those that were not known yet.

    `places`: what the frontier knows of the URLs, by key.
    """
    first: dict[bytes, ItemResult] = {}
    for result in results:
        first.setdefault(url_key(result.url), result)
    known = _known_items(connection, list(first))
    entries = [
        Taken(
            first[key], key, places.get(key, Place()), Scrubber(first[key].findings), known.get(key)
        )
        for key in sorted(first)
    ]
    directory = Directory(connection)
    claimed = _claim(connection, intake, entries, directory)
    taken = [entry for entry in entries if entry.key in claimed]
    _write_items(connection, intake, taken, directory)
    filed = [entry for entry in taken if entry.item_id]
    record_findings(connection, intake, filed)
    record_sightings(connection, intake, filed)
    record_lists(connection, filed)
    record_verdicts(connection, intake, filed)
    return taken


def _known_items(connection: Connection, keys: Sequence[bytes]) -> dict[bytes, Known]:
    known: dict[bytes, Known] = {}
    names = (
        *("url_key", "id", "gone_at", "outcome", "reason", "unread"),
        *("stable_hash", "changed", "list_id"),
    )
    for part in chunks(keys):
        query = select(*(_ITEMS.c[name] for name in names)).where(_ITEMS.c.url_key.in_(part))
        for row in connection.execute(query):
            known[bytes(row.url_key)] = Known(
                *(row.id, row.gone_at, Outcome(row.outcome), row.reason, row.unread),
                *(row.stable_hash, row.changed, row.list_id),
            )
    return known


def _claim(
    connection: Connection, intake: Intake, entries: Sequence[Taken], directory: Directory
) -> set[bytes]:
    rows = [_coverage_row(intake, entry, directory) for entry in entries]
    inserted = insert_rows(connection, _COVERAGE, rows, ["url_key"], skip_known=True)
    return {bytes(row.url_key) for row in inserted}


def _coverage_row(intake: Intake, entry: Taken, directory: Directory) -> dict[str, Any]:
    result = entry.result
    counts = dict.fromkeys(Disposition, 0)
    for finding in result.findings:
        counts[finding.disposition] += 1
    return {
        "sweep_id": intake.sweep_id,
        "url_key": entry.key,
        "url": storable(result.url)[:_URL_LIMIT],
        "parent_url": storable(entry.parent)[:_URL_LIMIT],
        "depth": entry.place.depth,
        **entry.flags,
        **_ending(entry),
        "cause": result.cause,
        "verdict": "",
        "site_id": directory.site(result.url)[0],
        "status": result.status,
        "size": result.size,
        "leak_count": counts[Disposition.LEAK] + counts[Disposition.UNDER_MASKED],
        "mandated_count": counts[Disposition.MANDATED],
        "masked_count": counts[Disposition.MASKED],
        "dismissed_count": counts[Disposition.DISMISSED],
        "at": intake.now,
    }


def _ending(entry: Taken) -> dict[str, Any]:
    """Outcome, reason and unread parts. A file that could not be read and has not changed still
    could not be read.
    """
    result, known = entry.result, entry.known
    if result.outcome is Outcome.UNCHANGED and known and known.outcome in _NOT_WHOLE:
        return {"outcome": known.outcome, "reason": known.reason, "unread": known.unread}
    return {
        "outcome": result.outcome,
        "reason": entry.scrub.text(result.reason),
        "unread": _unread(entry.scrub, result.unread),
    }


def _unread(scrub: Scrubber, parts: Sequence[Unread]) -> list[dict[str, str]]:
    kept = [{"what": scrub.text(p.what), "why": scrub.text(p.why)} for p in parts[:_UNREAD_PARTS]]
    if len(parts) > _UNREAD_PARTS:
        kept.append({"what": "…", "why": f"+{len(parts) - _UNREAD_PARTS}"})
    return kept


@dataclass(frozen=True, slots=True)
class _Filing:
    """To which site and unit an item belongs."""

    directory: Directory
    pages: dict[bytes, int | None]  # units of the pages that the batch's attachments hang on

    def of(self, entry: Taken, source: str) -> tuple[int | None, int | None]:
        """Site and unit. An attachment names no source: it is of the unit of its page."""
        site, owner = self.directory.site(entry.result.url)
        if entry.flags["is_attachment"] and self.pages.get(url_key(entry.parent)):
            return site, self.directory.unit("", source, "", self.pages[url_key(entry.parent)])
        return site, self.directory.unit(entry.result.url, source, entry.result.column, owner)


def _filing(connection: Connection, taken: Sequence[Taken], directory: Directory) -> _Filing:
    parents = {
        url_key(entry.parent) for entry in taken if entry.flags["is_attachment"] and entry.parent
    }
    pages: dict[bytes, int | None] = {}
    for part in chunks(sorted(parents)):
        rows = connection.execute(
            select(_ITEMS.c.url_key, _ITEMS.c.unit_id).where(_ITEMS.c.url_key.in_(part))
        )
        pages.update({bytes(row.url_key): row.unit_id for row in rows})
    return _Filing(directory, pages)


def _write_items(
    connection: Connection, intake: Intake, taken: Sequence[Taken], directory: Directory
) -> None:
    filing = _filing(connection, taken, directory)
    updates: dict[str, list[dict[str, Any]]] = {"read": [], "same": [], "gone": [], "alike": []}
    fresh: list[dict[str, Any]] = []
    for entry in taken:
        outcome = entry.result.outcome
        if entry.known is not None:
            entry.item_id = entry.known.item_id
            kind = _kind_of_update(entry.result)
            if kind:
                updates[kind].append(_changed(intake, filing, entry, kind))
        elif outcome is not Outcome.SKIPPED:
            fresh.append(_new_item(intake, filing, entry))
    for rows in updates.values():
        if rows:
            values: dict[str, Any] = {name: bindparam(f"v_{name}") for name in rows[0]["names"]}
            statement = _ITEMS.update().where(_ITEMS.c.id == bindparam("item")).values(values)
            connection.execute(statement, [row["parameters"] for row in rows])
    _insert_items(connection, fresh, {entry.key: entry for entry in taken})


def _insert_items(
    connection: Connection, fresh: Sequence[dict[str, Any]], by_key: dict[bytes, Taken]
) -> None:
    for row in insert_rows(connection, _ITEMS, fresh, ["url_key", "id"], skip_known=True):
        by_key[bytes(row.url_key)].item_id = row.id


def _kind_of_update(result: ItemResult) -> str:
    """Which columns of an item a result changes; "" when it says nothing about the item."""
    outcome = result.outcome
    if outcome in _READ:
        return "read"
    if outcome is Outcome.UNCHANGED and result.content_hash:
        return "alike"  # other bytes, the same content
    return {Outcome.UNCHANGED: "same", Outcome.GONE: "gone"}.get(outcome, "")


def _changed(intake: Intake, filing: _Filing, entry: Taken, kind: str) -> dict[str, Any]:
    gone_at = entry.known.gone_at if entry.known else None
    if kind == "read":
        values = _read_values(intake, filing, entry)
    elif kind == "gone":
        # No validators: if it comes back it is fetched whole.
        values = {"gone_at": gone_at or intake.now, "etag": "", "last_modified": ""}
    elif kind == "alike":
        values = {"last_seen": intake.now, **_validators(entry.result)}
    else:
        values = {"last_seen": intake.now}
    parameters = {f"v_{name}": value for name, value in values.items()}
    return {"names": list(values), "parameters": {"item": entry.item_id, **parameters}}


def _validators(result: ItemResult) -> dict[str, str]:
    return {
        "etag": storable(result.etag)[:500],
        "last_modified": storable(result.last_modified)[:100],
        "content_hash": storable(result.content_hash)[:128],
    }


def _when_changed(intake: Intake, entry: Taken) -> datetime:
    """When the content was last seen to be another: now, unless it is what was read before."""
    known = entry.known
    if known is None or known.changed is None or known.stable_hash != entry.result.stable_hash:
        return intake.now
    return known.changed


def _read_values(intake: Intake, filing: _Filing, entry: Taken) -> dict[str, Any]:
    result, scrub = entry.result, entry.scrub
    source = scrub.text(result.source, 200)
    site, unit = filing.of(entry, source)
    return {
        "site_id": site,
        "unit_id": unit,
        "title": scrub.text(result.title),
        "published": scrub.text(result.published, 40),
        "source": source,
        "column_name": scrub.text(result.column, 200),
        "index_number": scrub.reference(result.index_number),
        "document_number": scrub.text(result.document_number, 100),
        "media_type": storable(result.media_type)[:100],
        **_validators(result),
        "stable_hash": storable(result.stable_hash)[:128],
        "changed": _when_changed(intake, entry),
        "leads_on": result.leads_on,
        "engine": intake.engine,
        "outcome": result.outcome,
        "reason": scrub.text(result.reason),
        "unread": _unread(scrub, result.unread),
        "last_seen": intake.now,
        "gone_at": None,
    }


def _new_item(intake: Intake, filing: _Filing, entry: Taken) -> dict[str, Any]:
    result = entry.result
    values = _read_values(intake, filing, entry)
    if result.outcome not in _READ:
        values |= {"etag": "", "last_modified": "", "content_hash": "", "engine": ""}
        values |= {"stable_hash": "", "changed": None}
    return {
        **values,
        "url_key": entry.key,
        "url": storable(result.url)[:_URL_LIMIT],
        "parent_url": storable(entry.parent)[:_URL_LIMIT],
        "depth": entry.place.depth,
        **entry.flags,
        "position": entry.place.position,
        "list_id": None,
        "first_seen": intake.now,
        "gone_at": intake.now if result.outcome is Outcome.GONE else None,
    }
