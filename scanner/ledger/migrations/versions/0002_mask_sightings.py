"""Masked values that stand beside a name, so that masks of one person can be joined."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "mask_sightings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("item_id", _ID, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("fits", sa.String(length=40), nullable=False),
        sa.Column("min_fits", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("shown", sa.BigInteger(), nullable=False),
        sa.Column("marks", sa.LargeBinary(length=255), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("where", sa.String(length=20), nullable=False),
        sa.Column("location", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_mask_sightings_item_id_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mask_sightings")),
        sa.UniqueConstraint(
            "item_id", "fingerprint", name=op.f("uq_mask_sightings_item_id_fingerprint")
        ),
    )
    op.create_index("ix_mask_sightings_name", "mask_sightings", ["name_hash", "kind"])
