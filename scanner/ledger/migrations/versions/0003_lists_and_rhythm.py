"""Lists and what they say of themselves; what a page says of itself; when a page changed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=False, server_default="")


def _names(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default="[]")


def upgrade() -> None:
    """Add the columns and the two tables."""
    _lists()
    for name in ("column_name", "index_number", "document_number", "stable_hash"):
        op.add_column("items", _text(name))
    op.add_column("items", _number("position"))
    op.add_column(
        "items", sa.Column("leads_on", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("items", sa.Column("list_id", _ID, nullable=True))
    op.create_index(op.f("ix_items_list_id"), "items", ["list_id"], unique=False)
    op.add_column("items", sa.Column("changed", sa.DateTime(), nullable=True))
    op.add_column("frontier", _number("position"))
    op.add_column("coverage", _word("cause"))
    op.add_column("coverage", _word("verdict"))
    op.add_column("coverage", sa.Column("site_id", _ID, nullable=True))
    op.add_column("units", _names("paths"))
    op.add_column("units", _names("columns"))


def _lists() -> None:
    op.create_table(
        "lists",
        sa.Column("id", _ID, nullable=False),
        sa.Column("url_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lists")),
        sa.UniqueConstraint("url_key", name=op.f("uq_lists_url_key")),
    )
    op.create_table(
        "list_records",
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("url_key", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["lists.id"], name=op.f("fk_list_records_list_id_lists")
        ),
        sa.PrimaryKeyConstraint("list_id", "url_key", name=op.f("pk_list_records")),
    )
