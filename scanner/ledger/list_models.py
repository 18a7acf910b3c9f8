"""The tables of the lists that sites publish: what they say of themselves, and their records."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scanner.ledger.models import Base, Id


class ListRow(Base):
    """A list that a site publishes: what it says of itself."""

    __tablename__ = "lists"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    url_key: Mapped[bytes] = mapped_column(unique=True)  # of its first page
    url: Mapped[str]
    records: Mapped[int | None]  # that it says it has
    pages: Mapped[int | None]  # likewise


class ListRecordRow(Base):
    """A record that stood on a page of a list."""

    __tablename__ = "list_records"
    list_id: Mapped[int] = mapped_column(Id, ForeignKey("lists.id"), primary_key=True)
    url_key: Mapped[bytes] = mapped_column(primary_key=True)
