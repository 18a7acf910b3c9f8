"""The ledger: items, findings, verdicts, history, coverage, the frontier and the statistics."""

from scanner.ledger.frontier import LedgerFrontier
from scanner.ledger.ledger import CHINA, Ledger
from scanner.ledger.registry import SiteSpec, UnitSpec
from scanner.ledger.states import LEVELS, State, SweepKind, SweepState
from scanner.ledger.sweeps import Sweep

__all__ = [
    "CHINA",
    "LEVELS",
    "Ledger",
    "LedgerFrontier",
    "SiteSpec",
    "State",
    "Sweep",
    "SweepKind",
    "SweepState",
    "UnitSpec",
]
