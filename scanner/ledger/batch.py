"""What passes between the steps of one commit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scanner.ledger.states import SweepKind
from scanner.ledger.texts import Scrubber
from scanner.model import ItemResult, Outcome

# Outcomes after which a value that was not found is gone.
CLOSING = frozenset({Outcome.SCANNED, Outcome.GONE})


@dataclass(frozen=True, slots=True)
class Intake:
    """What every result of a batch shares."""

    sweep_id: int
    kind: SweepKind
    engine: str
    key_id: str
    now: datetime
    today: date
    deadline: timedelta


@dataclass(frozen=True, slots=True)
class Place:
    """What the frontier knows of a URL."""

    parent: str = ""
    depth: int = 0
    is_attachment: bool = False
    is_list_page: bool = False
    position: int = 0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of an item before the batch."""

    item_id: int
    gone_at: datetime | None
    outcome: Outcome
    reason: str
    unread: list[dict[str, str]]
    stable_hash: str = ""
    changed: datetime | None = None
    list_id: int | None = None


@dataclass(slots=True)
class Taken:
    """One result on its way: with its key, its scrubber and, once known, its item."""

    result: ItemResult
    key: bytes
    place: Place
    scrub: Scrubber
    known: Known | None
    item_id: int = 0

    @property
    def closes(self) -> bool:
        """Whether a value that this result does not name is gone."""
        return self.result.outcome in CLOSING

    @property
    def parent(self) -> str:
        """The page that linked here, as the result or else the frontier knows it."""
        return self.result.parent_url or self.place.parent

    @property
    def flags(self) -> dict[str, bool]:
        """What kind of page it is, as the result or the frontier knows it."""
        return {
            "is_attachment": self.result.is_attachment or self.place.is_attachment,
            "is_list_page": self.result.is_list_page or self.place.is_list_page,
        }
