"""The tables. No column holds a clear value: values are kept as keyed hashes and masks."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from scanner.ledger.states import LEVELS, State, SweepKind, SweepState


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC without an offset (SQLite keeps none) and given back aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """To UTC, without the offset."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Back to an aware moment."""
        return None if value is None else value.replace(tzinfo=UTC)


# SQLite numbers rows by itself only where the type is INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")


def _one_of(column: str, values: list[str]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


class Base(DeclarativeBase):
    """Names of constraints are fixed, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy, never written
        str: Text,
        datetime: UtcDateTime,
        date: Date,
        bytes: LargeBinary(16),
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class MetaRow(Base):
    """Facts about the ledger itself: `key_id`, the name of the key its hashes were made with."""

    __tablename__ = "meta"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]


class UnitRow(Base):
    """A body that publishes: department, county, town, village."""

    __tablename__ = "units"
    __table_args__ = (CheckConstraint(_one_of("level", list(LEVELS)), name="level"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    level: Mapped[str | None] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("units.id"))
    aliases: Mapped[list[Any]]
    paths: Mapped[list[Any]]  # "host/path/" whose pages are the unit's where they name no other
    columns: Mapped[list[Any]]  # names of columns, likewise


class SiteRow(Base):
    """A site, or a part of one: the hosts and path prefixes that belong to it."""

    __tablename__ = "sites"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    prefixes: Mapped[list[Any]]  # "host" or "host/path/"
    unit_id: Mapped[int | None] = mapped_column(Id, ForeignKey("units.id"))


class SweepRow(Base):
    """One run over the sites, or one re-check."""

    __tablename__ = "sweeps"
    __table_args__ = (
        CheckConstraint(_one_of("kind", list(SweepKind)), name="kind"),
        CheckConstraint(_one_of("state", list(SweepState)), name="state"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    scope: Mapped[str]  # what it covers: only a sweep of the same scope is taken up again
    engine: Mapped[str]  # version of the rules: pages read by another one are fetched whole
    state: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str]
    started: Mapped[datetime]
    heartbeat: Mapped[datetime]
    ended: Mapped[datetime | None]


class FrontierRow(Base):
    """A URL of a sweep: still to fetch, handed out, or done. Removed when the sweep is finished."""

    __tablename__ = "frontier"
    __table_args__ = (
        UniqueConstraint("sweep_id", "url_key"),
        CheckConstraint("state IN ('pending', 'leased', 'done')", name="state"),
        Index("ix_frontier_next", "sweep_id", "state", "host", "turn", "id"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    sweep_id: Mapped[int] = mapped_column(Id, ForeignKey("sweeps.id"))
    url_key: Mapped[bytes]
    url: Mapped[str]
    state: Mapped[str] = mapped_column(String(10))
    host: Mapped[str] = mapped_column(server_default="")  # politeness counts by it: see HostRow
    turn: Mapped[int]  # the n-th URL of its host
    depth: Mapped[int]
    parent: Mapped[str]
    is_attachment: Mapped[bool]
    is_list_page: Mapped[bool]
    position: Mapped[int]  # of a list page: the number in its address
    attempts: Mapped[int]
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]


class HostRow(Base):
    """A host and the worker that may ask it: one at a time, over all processes and machines."""

    __tablename__ = "hosts"
    host: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str | None]  # who asked it last
    free_at: Mapped[datetime | None]  # until then nobody else may; None: it was never asked
    served: Mapped[datetime | None]  # when URLs of it were handed out last: hosts take turns


class WorkerRow(Base):
    """A process that takes part in the running sweep."""

    __tablename__ = "workers"
    owner: Mapped[str] = mapped_column(primary_key=True)
    sweep_id: Mapped[int] = mapped_column(Id, ForeignKey("sweeps.id"))
    heartbeat: Mapped[datetime]


class ItemRow(Base):
    """A page or an attachment (条): one URL."""

    __tablename__ = "items"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    url_key: Mapped[bytes] = mapped_column(unique=True)
    url: Mapped[str]
    site_id: Mapped[int | None] = mapped_column(Id, ForeignKey("sites.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(Id, ForeignKey("units.id"), index=True)
    parent_url: Mapped[str]
    depth: Mapped[int]
    is_attachment: Mapped[bool]
    is_list_page: Mapped[bool]
    position: Mapped[int]  # of a list page: the number in its address
    leads_on: Mapped[bool]  # shows lists or columns: asked for in every sweep
    list_id: Mapped[int | None] = mapped_column(Id, index=True)  # of a page that shows a list
    title: Mapped[str]
    published: Mapped[str]
    source: Mapped[str]
    column_name: Mapped[str]
    index_number: Mapped[str]
    document_number: Mapped[str]
    media_type: Mapped[str]
    etag: Mapped[str]
    last_modified: Mapped[str]
    content_hash: Mapped[str]
    stable_hash: Mapped[str]  # without the parts that change at each visit
    changed: Mapped[datetime | None]  # when the content was last seen to be another
    engine: Mapped[str]  # version of the rules that read it last
    outcome: Mapped[str] = mapped_column(String(20))  # of the last reading that gave something
    reason: Mapped[str]  # of that outcome
    unread: Mapped[list[Any]]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class CoverageRow(Base):
    """How one URL ended in one sweep."""

    __tablename__ = "coverage"
    __table_args__ = (Index("ix_coverage_outcome", "sweep_id", "outcome"),)
    sweep_id: Mapped[int] = mapped_column(Id, ForeignKey("sweeps.id"), primary_key=True)
    url_key: Mapped[bytes] = mapped_column(primary_key=True)
    url: Mapped[str]
    parent_url: Mapped[str]
    depth: Mapped[int]
    is_attachment: Mapped[bool]
    is_list_page: Mapped[bool]
    outcome: Mapped[str] = mapped_column(String(20))
    cause: Mapped[str] = mapped_column(String(20))  # a Cause
    verdict: Mapped[str] = mapped_column(String(20))  # of a re-check, see `rechecks`
    site_id: Mapped[int | None] = mapped_column(Id)
    reason: Mapped[str]
    status: Mapped[int | None]
    size: Mapped[int] = mapped_column(BigInteger)
    unread: Mapped[list[Any]]
    leak_count: Mapped[int]
    mandated_count: Mapped[int]
    masked_count: Mapped[int]
    dismissed_count: Mapped[int]
    at: Mapped[datetime]


class FindingRow(Base):
    """One value on one item: what it is, what was judged, and where it stands."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("item_id", "fingerprint"),
        CheckConstraint(_one_of("state", list(State)), name="state"),
        Index("ix_findings_state", "state", "item_id"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("items.id"))
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    value_hash: Mapped[str] = mapped_column(String(64), index=True)
    key_id: Mapped[str] = mapped_column(String(16))  # the key of the two hashes above
    kind: Mapped[str] = mapped_column(String(40))
    masked: Mapped[str]
    occurrences: Mapped[int]
    where: Mapped[str] = mapped_column(String(20))
    location: Mapped[dict[str, Any]]
    disposition: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str]
    basis: Mapped[list[Any]]
    evidence: Mapped[list[Any]]
    confidence: Mapped[float]
    severity: Mapped[str] = mapped_column(String(10))
    person: Mapped[str]
    context: Mapped[str]
    candidates: Mapped[int | None] = mapped_column(BigInteger)
    needs_review: Mapped[bool]
    state: Mapped[str] = mapped_column(String(20))
    decided_by: Mapped[str]  # "" until decided
    decided_basis: Mapped[str]
    deadline: Mapped[date | None]
    expires: Mapped[date | None]  # after it a kept finding comes back
    present: Mapped[bool]  # whether the last successful reading still found it
    recurred: Mapped[int]  # how often it came back after it was verified
    first_sweep: Mapped[int] = mapped_column(Id, ForeignKey("sweeps.id"))
    last_sweep: Mapped[int] = mapped_column(Id, ForeignKey("sweeps.id"))
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]


class VerdictRow(Base):
    """What a person decided. Only ever added to; an undo is a row of its own."""

    __tablename__ = "verdicts"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    batch: Mapped[str] = mapped_column(String(32), index=True)  # decided in one stroke
    finding_id: Mapped[int] = mapped_column(Id, ForeignKey("findings.id"), index=True)
    decision: Mapped[str] = mapped_column(String(20))  # a Decision, "rectified" or "undo"
    who: Mapped[str]
    basis: Mapped[str]
    reason: Mapped[str]
    expires: Mapped[date | None]
    at: Mapped[datetime]
    state_after: Mapped[str] = mapped_column(String(20))
    before: Mapped[dict[str, Any]]  # what an undo restores
    undoes: Mapped[str | None] = mapped_column(String(32), index=True)  # batch taken back


class HistoryRow(Base):
    """Every change of state, in order. Only ever added to; replayed it gives the state."""

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    finding_id: Mapped[int | None] = mapped_column(Id, ForeignKey("findings.id"), index=True)
    at: Mapped[datetime]
    who: Mapped[str]
    from_state: Mapped[str] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    sweep_id: Mapped[int | None] = mapped_column(Id, ForeignKey("sweeps.id"), index=True)


class AllowanceRow(Base):
    """A value that may be published here: by keyed hash, with who said so, why and until when."""

    __tablename__ = "allowances"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    value_hash: Mapped[str] = mapped_column(String(64), index=True)
    key_id: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(40))
    masked: Mapped[str]
    reason: Mapped[str]
    basis: Mapped[str]
    who: Mapped[str]
    added: Mapped[datetime]
    expires: Mapped[date | None]
    revoked: Mapped[bool] = mapped_column()


# At most one sweep runs on a ledger: the database itself refuses a second.
Index(
    "uq_sweeps_one_running",
    SweepRow.state,
    unique=True,
    sqlite_where=text("state = 'running'"),
    postgresql_where=text("state = 'running'"),
)
