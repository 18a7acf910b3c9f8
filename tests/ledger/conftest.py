import time
from collections.abc import Callable, Iterator

import pytest

from scanner.ledger import Ledger, SweepKind
from scanner.model import ItemResult, Outcome
from tests.ledger.making import KEYS, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(ledger_url: str, clock: Clock) -> Iterator[Ledger]:
    with Ledger.open(ledger_url, key_id=KEYS.key_id, clock=clock) as opened:
        yield opened


@pytest.fixture
def sweep(ledger: Ledger, clock: Clock) -> Callable[..., None]:
    """One whole sweep that ends with the given results; each a day after the one before."""

    def run(*results: ItemResult, kind: SweepKind = SweepKind.SWEEP, engine: str = "1") -> None:
        clock.forward(days=1)
        begun = ledger.start_sweep(kind, engine=engine)
        ledger.frontier(begun).commit(results)
        left = ledger.frontier(begun).lease(1000, 60)
        ledger.frontier(begun).commit([ItemResult(le.url, Outcome.SKIPPED) for le in left])
        ledger.finish_sweep(begun)

    return run


@pytest.fixture
def wait_for() -> Callable[[Callable[[], bool]], None]:
    """Wait until a condition holds, for another process to get there."""

    def wait(condition: Callable[[], bool]) -> None:
        for _ in range(600):
            if condition():
                return
            time.sleep(0.05)
        pytest.fail("the other process did not get there in 30 s")

    return wait
