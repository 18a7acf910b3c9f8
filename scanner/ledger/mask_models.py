"""The table of masked values that stand beside a name: keyed hashes, never a character."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner.ledger.models import Base, Id


class MaskSightingRow(Base):
    """One well masked value on one item, as the last reading of the item found it."""

    __tablename__ = "mask_sightings"
    __table_args__ = (
        UniqueConstraint("item_id", "fingerprint"),
        Index("ix_mask_sightings_name", "name_hash", "kind"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("items.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(16))  # the key of all hashes of the row
    kind: Mapped[str] = mapped_column(String(40))
    name_hash: Mapped[str] = mapped_column(String(64))  # of the kind and the person's name
    fits: Mapped[str] = mapped_column(String(40))  # how real values are counted
    min_fits: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int]
    shown: Mapped[int] = mapped_column(BigInteger)  # bit n: position n is shown
    marks: Mapped[bytes] = mapped_column(LargeBinary(255))  # a keyed hash a shown position
    severity: Mapped[str] = mapped_column(String(10))
    where: Mapped[str] = mapped_column(String(20))
    location: Mapped[dict[str, Any]]
