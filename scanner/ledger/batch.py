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


@dataclass(slots=True)
class Taken:
    """One result on its way: with its key, its scrubber and, once known, its item."""

    result: ItemResult
    key: bytes
    depth: int
    scrub: Scrubber
    item_id: int = 0
    is_new: bool = False

    @property
    def closes(self) -> bool:
        """Whether a value that this result does not name is gone."""
        return self.result.outcome in CLOSING
