"""The states of a finding and the moves between them.

疑似 → 待整改 / 妥善保留 / 误报        a person decides (or a rule, for what the law prescribes)
待整改 → 已整改                        the unit says so: not believed yet
疑似, 待整改, 已整改 → 已核验          a successful re-fetch did not find the value
已核验 → 待整改, flagged 复发          the value is back
"""

from enum import StrEnum

from scanner.lang import tr
from scanner.model import Decision


class State(StrEnum):
    """Where a finding stands. Every finding is in exactly one."""

    SUSPECTED = "suspected"  # 疑似
    OUTSTANDING = "outstanding"  # 待整改
    RECTIFIED = "rectified"  # 已整改: reported, not verified
    VERIFIED = "verified"  # 已核验
    KEPT = "kept"  # 妥善保留
    FALSE = "false"  # 误报

    @property
    def label(self) -> str:
        """The state's name in the language in force."""
        zh, en = _LABELS[self]
        return tr(zh, en)

    @property
    def openness(self) -> int:
        """0 for the least closed: an item or a person is in the least closed state it has."""
        return _ORDER[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act, or a re-fetch still has to confirm."""
        return self in OPEN_STATES


_LABELS: dict[State, tuple[str, str]] = {
    State.SUSPECTED: ("疑似", "suspected"),
    State.OUTSTANDING: ("待整改", "to be rectified"),
    State.RECTIFIED: ("已整改", "rectified"),
    State.VERIFIED: ("已核验", "verified"),
    State.KEPT: ("妥善保留", "kept"),
    State.FALSE: ("误报", "false alarm"),
}
_ORDER = {state: rank for rank, state in enumerate(_LABELS)}

OPEN_STATES = frozenset({State.SUSPECTED, State.OUTSTANDING, State.RECTIFIED})
# A person may change their mind until the unit has acted on it.
DECIDABLE = frozenset({State.SUSPECTED, State.OUTSTANDING, State.KEPT, State.FALSE})

DECIDED: dict[Decision, State] = {
    Decision.LEAK: State.OUTSTANDING,
    Decision.LAWFUL: State.KEPT,
    Decision.NOT_PERSONAL: State.FALSE,
}

# Who decided, where it was no person.
BY_CLASSIFIER = "classifier"
BY_ALLOWANCE = "allowance"


class SweepKind(StrEnum):
    """What a sweep is for."""

    SWEEP = "sweep"
    RECHECK = "recheck"


class SweepState(StrEnum):
    """Where a sweep stands."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"


LEVELS = ("市直", "县区", "乡镇街道", "村居")
UNFILED = "未归类"


def level_label(level: str | None) -> str:
    """The name of a unit's level in the language in force; 未归类 where there is none."""
    names = {
        "市直": "municipal body",
        "县区": "county or district",
        "乡镇街道": "town or subdistrict",
        "村居": "village or community",
        None: "not assigned",
    }
    return tr(level or UNFILED, names[level])
