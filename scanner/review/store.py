"""The review's decisions, kept in the ledger."""

from collections.abc import Sequence

from scanner.ledger import Ledger, State
from scanner.review.session import Save


class LedgerStore:
    """Each stroke is one transaction of the ledger; it is safe when the call returns."""

    def __init__(self, ledger: Ledger, who: str) -> None:
        self._ledger = ledger
        self._who = who
        self._batches: list[str] = []

    def save(self, save: Save) -> None:
        """Keep one stroke. Raises AuditError where the ledger refuses it."""
        done = self._ledger.decide(
            save.fingerprints, save.decision, who=self._who, basis=save.basis
        )
        self._batches.append(done.batch)

    def closed(self, fingerprints: Sequence[str]) -> set[str]:
        """Which of them somebody else has decided, or a sweep has closed, meanwhile."""
        found = self._ledger.findings(fingerprints)
        still = {one.fingerprint for one in found if one.state is State.SUSPECTED}
        return set(fingerprints) - still

    def take_back(self, save: Save) -> None:
        """Undo the last stroke, which is `save`."""
        del save  # the ledger knows it by its batch
        self._ledger.undo(who=self._who, batch=self._batches.pop())
