from collections.abc import Iterator

import pytest

from scanner.lang import set_lang
from scanner.ledger import Ledger
from tests.ledger.making import KEYS, Clock
from tests.report.making import fill


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    """The known ledger, open."""
    with Ledger.open(tmp_path / "audit.db", key_id=KEYS.key_id, clock=Clock()) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def empty(tmp_path) -> Iterator[Ledger]:
    """A ledger of which nobody has asked anything."""
    with Ledger.open(tmp_path / "empty.db", key_id=KEYS.key_id, clock=Clock()) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _chinese():
    set_lang("zh")
    yield
    set_lang("zh")
