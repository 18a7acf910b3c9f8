"""Masks of one person on different pages, joined: what they show together.

A joined mask becomes a finding on each of the pages, suspected until a person has looked: one name
may be of two people. Nothing here knows a character. That two masks show the same is told by equal
keyed hashes, and how many real values are left by the number of positions shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Any

from sqlalchemy import Connection, Row, func, select

from patterns.mask_bounds import most_fits
from scanner.keys import MARK_BYTES
from scanner.lang import tr
from scanner.ledger.batch import Intake
from scanner.ledger.changes import KNOWN, FindingChanges, standing_of
from scanner.ledger.mask_models import MaskSightingRow
from scanner.ledger.models import CoverageRow, FindingRow, ItemRow
from scanner.ledger.observe import first_seen, seen_again
from scanner.ledger.sightings import joined_fingerprint
from scanner.ledger.sql import chunks, table_of
from scanner.ledger.states import State
from scanner.model import Disposition, Outcome

RULE = "J-MASK"
# De-identified is what cannot be led back to a person; who publishes has to see to it.
_BASIS = ["个人信息保护法第51条", "个人信息保护法第73条"]
_LEAST_AGREEING = 4  # positions that two masks must show alike: one name alone is weak
_MOST_PATTERNS = 64  # ways to mask one name's value; more is no publication practice
_READ = (Outcome.SCANNED, Outcome.PARTLY_READ, Outcome.UNCHANGED)

_SIGHTINGS = table_of(MaskSightingRow)
_FINDINGS = table_of(FindingRow)
_COVERAGE = table_of(CoverageRow)
_ITEMS = table_of(ItemRow)

Key = tuple[int, str]  # item, fingerprint of the joined finding


@dataclass(frozen=True, slots=True)
class Joined:
    """One sighting, and the other page's that it gives most away with."""

    row: Row[Any]
    other: Row[Any]
    fits: int  # real values left, at most

    @property
    def union(self) -> int:
        """The positions that the two show together, as bits."""
        return int(self.row.shown | self.other.shown)

    @property
    def agreeing(self) -> int:
        """How many positions both show, and alike."""
        return int(self.row.shown & self.other.shown).bit_count()


def join_masks(connection: Connection, intake: Intake) -> None:
    """Bring the findings of joined masks up to what the sightings say now."""
    joined = dict(_joins(connection, intake.key_id))
    query = select(*KNOWN).where(_FINDINGS.c.rule == RULE, _FINDINGS.c.key_id == intake.key_id)
    known = {
        (row.item_id, row.fingerprint): row for row in connection.execute(query.with_for_update())
    }
    urls = _urls(connection, [one.other.item_id for one in joined.values()])
    read = _read_now(connection, intake, [item for item, _ in known])
    changes = FindingChanges(intake, connection)
    for key, one in sorted(joined.items(), key=lambda pair: pair[0]):
        opinion = _opinion(one, urls[one.other.item_id])
        row = known.get(key)
        if row is None:
            change = first_seen(Disposition.UNDER_MASKED, allowed=False)
            changes.insert(opinion | _identity(key, one), change)
        elif key[0] in read or not row.present or row.state == State.VERIFIED:
            standing = standing_of(row)
            change = seen_again(standing, Disposition.UNDER_MASKED, False, intake.today)
            changes.update(row, opinion, change)
    changes.gone(row for key, row in known.items() if key not in joined)
    changes.write()


def _joins(connection: Connection, key_id: str) -> Iterator[tuple[Key, Joined]]:
    """Every sighting that another page's completes, with the one that completes it best."""
    names = connection.execute(
        select(_SIGHTINGS.c.name_hash)
        .where(_SIGHTINGS.c.key_id == key_id)
        .group_by(_SIGHTINGS.c.name_hash)
        .having(func.count(_SIGHTINGS.c.shown.distinct()) > 1)
        .having(func.count(_SIGHTINGS.c.item_id.distinct()) > 1)
    ).scalars()
    for part in chunks(list(names), 1_000):
        rows = connection.execute(
            select(_SIGHTINGS)
            .where(_SIGHTINGS.c.name_hash.in_(part), _SIGHTINGS.c.key_id == key_id)
            .order_by(_SIGHTINGS.c.name_hash, _SIGHTINGS.c.fits, _SIGHTINGS.c.length)
            .order_by(_SIGHTINGS.c.id)
        )
        for _, group in groupby(rows, key=lambda row: (row.name_hash, row.fits, row.length)):
            yield from best_joins(list(group)).items()


def best_joins(rows: Sequence[Row[Any]]) -> dict[Key, Joined]:
    """The joins among sightings of one name, kind and length. Linear in the number of rows."""
    by_pattern: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_pattern.setdefault(row.shown, []).append(row)
    best: dict[Key, Joined] = {}
    for first, second in combinations(sorted(by_pattern)[:_MOST_PATTERNS], 2):
        union, both = first | second, first & second
        if union in (first, second) or both.bit_count() < _LEAST_AGREEING:
            continue
        sample = rows[0]
        fits = most_fits(sample.fits, sample.length, _places(union))
        if fits >= sample.min_fits:
            continue
        for one, other in _agreeing(by_pattern[first], by_pattern[second], both):
            key = (one.item_id, joined_fingerprint(one.fingerprint))
            if key not in best or fits < best[key].fits:
                best[key] = Joined(one, other, fits)
    return best


def _agreeing(
    first: Sequence[Row[Any]], second: Sequence[Row[Any]], both: int
) -> Iterator[tuple[Row[Any], Row[Any]]]:
    """Each row of either pattern with a row of the other, of another item, that shows the same
    at the positions of `both`."""
    for rows, others in ((first, second), (second, first)):
        index: dict[bytes, list[Row[Any]]] = {}
        for other in others:
            index.setdefault(_marks_at(other, both), []).append(other)
        for row in rows:
            partners = index.get(_marks_at(row, both), ())
            partner = next((o for o in partners if o.item_id != row.item_id), None)
            if partner is not None:
                yield row, partner


def _marks_at(row: Row[Any], places: int) -> bytes:
    """The hashes of the characters shown at `places`."""
    marks = bytes(row.marks)
    return b"".join(
        marks[at * MARK_BYTES : (at + 1) * MARK_BYTES]
        for at, place in enumerate(_places(row.shown))
        if places >> place & 1
    )


def _places(bits: int) -> list[int]:
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


def _urls(connection: Connection, items: Sequence[int]) -> dict[int, str]:
    urls: dict[int, str] = {}
    for part in chunks(sorted(set(items))):
        query = select(_ITEMS.c.id, _ITEMS.c.url).where(_ITEMS.c.id.in_(part))
        urls.update({row.id: row.url for row in connection.execute(query)})
    return urls


def _read_now(connection: Connection, intake: Intake, items: Sequence[int]) -> set[int]:
    """Which of the items this sweep has looked at."""
    read: set[int] = set()
    for part in chunks(sorted(set(items))):
        query = (
            select(_ITEMS.c.id)
            .join(_COVERAGE, _COVERAGE.c.url_key == _ITEMS.c.url_key)
            .where(_COVERAGE.c.sweep_id == intake.sweep_id, _COVERAGE.c.outcome.in_(_READ))
            .where(_ITEMS.c.id.in_(part))
        )
        read.update(connection.execute(query).scalars())
    return read


def _identity(key: Key, one: Joined) -> dict[str, Any]:
    item, fingerprint = key
    return {
        "item_id": item,
        "fingerprint": fingerprint,
        "value_hash": fingerprint,
        "kind": one.row.kind,
        "masked": "*" * one.row.length,  # its shown characters would complete another page's
    }


def _opinion(one: Joined, url: str) -> dict[str, Any]:
    row = one.row
    own, together = row.shown.bit_count(), one.union.bit_count()
    words: Mapping[str, str] = {
        "mask": tr(
            f"共{row.length}位，本页显示{own}位",
            f"{own} of {row.length} characters shown on this page",
        ),
        "same person": tr(
            f"姓名相同，两处都显示的{one.agreeing}位一致",
            f"same name, and the {one.agreeing} characters that both show agree",
        ),
        "union": tr(
            f"两页合起来显示{together}位，至多剩{one.fits:,}个真实号码",
            f"{together} characters shown together, at most {one.fits:,} real values left",
        ),
        "other page": url[:500],
    }
    return {
        "occurrences": 1,
        "where": row.where,
        "location": row.location,
        "disposition": Disposition.UNDER_MASKED,
        "rule": RULE,
        "basis": _BASIS,
        "evidence": [{"what": what, "words": said, "effect": 0.0} for what, said in words.items()],
        "confidence": min(0.9, round(0.4 + 0.05 * one.agreeing, 2)),
        "severity": row.severity,
        "person": row.name_hash,
        "context": "",
        "candidates": one.fits,
        "needs_review": True,
    }
