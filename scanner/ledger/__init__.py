"""The ledger: items, findings, verdicts, history, coverage, the frontier and the statistics."""

from scanner.ledger.allowances import Allowance, NewAllowance
from scanner.ledger.coverage import Changes, CoverageCounts, CoverageLine
from scanner.ledger.decisions import Decided
from scanner.ledger.frontier import LedgerFrontier
from scanner.ledger.ledger import Ledger
from scanner.ledger.queue import Filter, FindingView, FlaggedUrl, HistoryLine, PageView
from scanner.ledger.registry import SiteSpec, UnitSpec
from scanner.ledger.rhythm import Pace
from scanner.ledger.states import LEVELS, UNFILED, State, SweepKind, SweepState, level_label
from scanner.ledger.stats import (
    CHINA,
    Counts,
    Line,
    Measure,
    Statistics,
    rectification_formula,
    settled_formula,
)
from scanner.ledger.sweeps import Sweep

__all__ = [
    "CHINA",
    "LEVELS",
    "UNFILED",
    "Allowance",
    "Changes",
    "Counts",
    "CoverageCounts",
    "CoverageLine",
    "Decided",
    "Filter",
    "FindingView",
    "FlaggedUrl",
    "HistoryLine",
    "Ledger",
    "LedgerFrontier",
    "Line",
    "Measure",
    "NewAllowance",
    "Pace",
    "PageView",
    "SiteSpec",
    "State",
    "Statistics",
    "Sweep",
    "SweepKind",
    "SweepState",
    "UnitSpec",
    "level_label",
    "rectification_formula",
    "settled_formula",
]
