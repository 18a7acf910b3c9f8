"""Hosts and workers: several processes share one frontier, and no host is asked by two at once."""

from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 5_000


def upgrade() -> None:
    """Create the tables; give every URL of the frontier its host."""
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("free_at", sa.DateTime(), nullable=True),
        sa.Column("served", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
    )
    op.create_table(
        "workers",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("sweep_id", _ID, nullable=False),
        sa.Column("heartbeat", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sweep_id"], ["sweeps.id"], name=op.f("fk_workers_sweep_id_sweeps")
        ),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_workers")),
    )
    op.drop_index("ix_frontier_next", table_name="frontier")
    op.add_column("frontier", sa.Column("host", sa.Text(), nullable=False, server_default=""))
    _fill()
    op.create_index("ix_frontier_next", "frontier", ["sweep_id", "state", "host", "turn", "id"])


def _fill() -> None:
    frontier = sa.table("frontier", sa.column("id"), sa.column("url"), sa.column("host"))
    hosts = sa.table("hosts", sa.column("host"))
    connection = op.get_bind()
    known: set[str] = set()
    last = 0
    query = sa.select(frontier.c.id, frontier.c.url).order_by(frontier.c.id).limit(_AT_ONCE)
    update = frontier.update().where(frontier.c.id == sa.bindparam("row"))
    update = update.values(host=sa.bindparam("name"))
    while rows := connection.execute(query.where(frontier.c.id > last)).all():
        last = rows[-1].id
        named = [{"row": row.id, "name": _host(row.url)} for row in rows]
        connection.execute(update, named)
        known.update(one["name"] for one in named)
    if known:
        connection.execute(hosts.insert(), [{"host": host} for host in sorted(known)])


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
