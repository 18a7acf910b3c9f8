"""What one successful reading of an item means for a finding: pure, without the database."""

from dataclasses import dataclass
from datetime import date

from scanner.lang import tr
from scanner.ledger.states import BY_ALLOWANCE, BY_CLASSIFIER, State
from scanner.model import Disposition

# Reasons that the program itself writes into the history; a person's words stand as they are.
REASONS: dict[str, tuple[str, str]] = {
    "found": ("首次发现", "found for the first time"),
    "rule": ("法规要求公开，规则判定", "prescribed by law, judged by rule"),
    "rule_changed": ("规则重新判定", "judged anew by the rules"),
    "allowed": ("在本地放行清单中", "on the local allow-list"),
    "expired": ("放行或保留期限已过", "the term of keeping it has ended"),
    "revoked": ("放行已撤销", "the allowance was withdrawn"),
    "not_found": ("复查抓取成功，未再发现", "fetched again, not found any more"),
    "confirmed": ("复查确认已整改", "rectification confirmed by a re-fetch"),
    "gone_unreviewed": (
        "尚未复核，再次抓取时已不在页面上",
        "not yet reviewed, and no longer there when fetched again",
    ),
    "still_there": ("报称已整改，但仍在页面上", "reported rectified, but still there"),
    "recurred": ("核验后再次出现", "back after it was verified"),
    "purged": ("内容已按期清除", "what it showed was purged"),
    "rekey": ("更换密钥，旧记录不再比对", "key replaced: older hashes are no longer comparable"),
}


def reason_label(reason: str) -> str:
    """A reason of the history as shown to the user."""
    return tr(*REASONS[reason]) if reason in REASONS else reason


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a finding before the reading."""

    state: State
    decided_by: str = ""
    expires: date | None = None

    @property
    def by_person(self) -> bool:
        """Whether a person decided, whose word a rule does not overturn."""
        return self.decided_by not in ("", BY_CLASSIFIER, BY_ALLOWANCE)


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the history."""

    before: str  # "" for a new finding
    after: State
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the reading makes of a finding."""

    state: State
    decided_by: str
    moves: tuple[Move, ...] = ()
    came_back: bool = False


_ONLY_COUNTED = frozenset({"person_name", "landline", "email"})


def is_kept_on_file(disposition: Disposition, kind: str, institutional: bool) -> bool:
    """Whether a judged value becomes a row of its own; the others are only counted.

    Leaks always. What may stand, when a search by hand would have suspected it: names, the lines
    and addresses of offices stand on every page, and would bury the rest.
    """
    if disposition.is_leak:
        return True
    prescribed = disposition is Disposition.MANDATED
    return prescribed and not institutional and kind not in _ONLY_COUNTED


def first_seen(disposition: Disposition, allowed: bool) -> Change:
    """A value that was not on this item before."""
    if disposition is Disposition.MANDATED:
        return _moved("", State.KEPT, BY_CLASSIFIER, "rule")
    if allowed:
        return _moved("", State.KEPT, BY_ALLOWANCE, "allowed")
    return _moved("", State.SUSPECTED, "", "found")


def seen_again(standing: Standing, disposition: Disposition, allowed: bool, today: date) -> Change:
    """The value is still there, or there again."""
    match standing.state:
        case State.RECTIFIED:
            return _moved(standing.state, State.OUTSTANDING, standing.decided_by, "still_there")
        case State.VERIFIED:
            return _back(standing, disposition, allowed)
        case State.OUTSTANDING:
            return _same(standing)
        case State.KEPT | State.FALSE if standing.by_person:
            expired = standing.expires is not None and standing.expires < today
            if expired and disposition.is_leak:
                return _moved(standing.state, State.SUSPECTED, "", "expired")
            return _same(standing)
        case _:
            return _judged(standing, disposition, allowed)


def unchanged(standing: Standing) -> Change:
    """The server says that the page is as it was, and there the value stood on it."""
    if standing.state is State.RECTIFIED:
        return _moved(standing.state, State.OUTSTANDING, standing.decided_by, "still_there")
    return _same(standing)


def not_seen(standing: Standing) -> Change:
    """A whole, successful reading, or a 404 or 410, and the value was not there."""
    done = State.VERIFIED
    match standing.state:
        case State.SUSPECTED:
            return _moved(standing.state, done, standing.decided_by, "gone_unreviewed")
        case State.OUTSTANDING:
            moves = (
                Move(State.OUTSTANDING, State.RECTIFIED, "not_found"),
                Move(State.RECTIFIED, done, "confirmed"),
            )
            return Change(done, standing.decided_by, moves)
        case State.RECTIFIED:
            return _moved(standing.state, done, standing.decided_by, "confirmed")
        case _:
            return _same(standing)


def _same(standing: Standing) -> Change:
    return Change(standing.state, standing.decided_by)


def _moved(before: str, after: State, decided_by: str, reason: str) -> Change:
    return Change(after, decided_by, (Move(before, after, reason),))


def _target(disposition: Disposition, allowed: bool) -> tuple[State, str]:
    if disposition is Disposition.MANDATED:
        return State.KEPT, BY_CLASSIFIER
    if not disposition.is_leak:
        return State.FALSE, BY_CLASSIFIER
    return (State.KEPT, BY_ALLOWANCE) if allowed else (State.SUSPECTED, "")


def _judged(standing: Standing, disposition: Disposition, allowed: bool) -> Change:
    """No person decided: the rules' newest word counts."""
    state, by = _target(disposition, allowed)
    if state is standing.state:
        return Change(state, by)
    reason = "allowed" if by == BY_ALLOWANCE else "rule_changed"
    if standing.decided_by == BY_ALLOWANCE and state is State.SUSPECTED:
        reason = "expired"
    return _moved(standing.state, state, by, reason)


def _back(standing: Standing, disposition: Disposition, allowed: bool) -> Change:
    state, by = _target(disposition, allowed)
    if standing.by_person and by != BY_ALLOWANCE:
        state, by = State.OUTSTANDING, standing.decided_by  # decided before: nobody is asked again
    move = Move(standing.state, state, "recurred")
    return Change(state, by, (move,), came_back=state in (State.OUTSTANDING, State.SUSPECTED))
