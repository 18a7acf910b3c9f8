"""The review as a state machine: keys in, decisions out. It knows no terminal and no ledger.

`press` takes one key and gives back what has to be saved, if anything. The caller saves it before
it asks for the next key, so that nothing is lost whatever happens then.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scanner.model import Decision

# Names of the keys that are no characters.
ENTER, ESCAPE, BACKSPACE, UP, DOWN = "enter", "escape", "backspace", "up", "down"

_DECISION_KEYS = {
    "l": Decision.LEAK,
    "1": Decision.LEAK,
    "k": Decision.LAWFUL,
    "2": Decision.LAWFUL,
    "n": Decision.NOT_PERSONAL,
    "3": Decision.NOT_PERSONAL,
}


class Mode(StrEnum):
    """What the next key means."""

    ITEM = "item"
    BASIS = "basis"  # choosing the basis of a lawful publication
    HELP = "help"
    END = "end"  # nothing is left to ask; the last decision can still be undone
    DONE = "done"


class Scope(StrEnum):
    """What the next decision holds for."""

    ONE = "one"
    PAGE = "page"  # every open item of the page
    VALUE = "value"  # the same value on every page


@dataclass(frozen=True, slots=True)
class Subject:
    """One finding as it is put to the reviewer. Every value in it is masked."""

    fingerprint: str
    value_hash: str
    page: str  # URL
    title: str
    unit: str
    kind: str
    masked: str
    where: str
    location: str
    context: str
    disposition: str
    rule: str
    basis: tuple[str, ...]
    evidence: tuple[str, ...]
    confidence: float
    severity: str
    candidates: int | None = None
    suggested: str = ""  # code of the exception that the classifier has in mind


@dataclass(frozen=True, slots=True)
class BasisChoice:
    """One exception that may be chosen as the basis."""

    code: str
    name: str
    law: str
    cues: str = ""  # other words under which people look for it

    def matches(self, words: str) -> bool:
        """Whether every word typed stands in the code, the name, the law or the cues."""
        text = f"{self.code} {self.name} {self.law} {self.cues}".casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class Save:
    """Decide these findings, all in one stroke."""

    fingerprints: tuple[str, ...]
    decision: Decision
    basis: str = ""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Undo the last stroke."""

    save: Save


Effect = Save | TakeBack


@dataclass(slots=True)
class _Stroke:
    save: Save
    position: int


class Session:
    """One review from the first item to the last."""

    def __init__(self, subjects: Sequence[Subject], choices: Sequence[BasisChoice]) -> None:
        self.subjects = by_page(subjects)
        self.mode = Mode.ITEM
        self.scope = Scope.ONE
        self.typed = ""  # in BASIS: the filter
        self.selected = 0  # in BASIS: index into `offered`
        self.decided: dict[str, Save] = {}
        self.skipped: set[str] = set()
        self.taken: set[str] = set()  # decided meanwhile by somebody else
        self._choices = tuple(choices)
        self._strokes: list[_Stroke] = []
        self._position = 0
        if not self.subjects:
            self.mode = Mode.DONE

    @property
    def current(self) -> Subject | None:
        """The item that is asked about; None when nothing is left to ask."""
        return None if self.mode in (Mode.END, Mode.DONE) else self.subjects[self._position]

    @property
    def open_count(self) -> int:
        """Items neither decided nor skipped."""
        return sum(self._is_open(subject) for subject in self.subjects)

    @property
    def number(self) -> int:
        """Number of the present item, from 1."""
        return self._position + 1

    @property
    def can_undo(self) -> bool:
        """Whether something was decided in this review."""
        return bool(self._strokes)

    def pages(self) -> tuple[int, int]:
        """Number of the present page, from 1, and how many pages there are."""
        order = list(dict.fromkeys(subject.page for subject in self.subjects))
        return order.index(self.subjects[self._position].page) + 1, len(order)

    def concerned(self) -> tuple[Subject, ...]:
        """The open items that the next decision would hold for."""
        now = self.current
        if now is None:
            return ()
        if self.scope is Scope.ONE:
            return (now,)
        same = [
            subject
            for subject in self.subjects
            if self._is_open(subject)
            and (
                subject.page == now.page
                if self.scope is Scope.PAGE
                else subject.value_hash == now.value_hash
            )
        ]
        return tuple(same)

    @property
    def offered(self) -> tuple[BasisChoice, ...]:
        """The bases that match what was typed, the classifier's suggestion first."""
        now = self.current
        suggested = now.suggested if now is not None else ""
        found = [choice for choice in self._choices if choice.matches(self.typed)]
        return tuple(sorted(found, key=lambda choice: choice.code != suggested))

    def press(self, key: str) -> Effect | None:
        """Take one key; gives what has to be saved now."""
        if self.mode is Mode.HELP:
            self.mode = Mode.ITEM
            return None
        if self.mode is Mode.BASIS:
            return self._press_basis(key)
        if self.mode is Mode.ITEM:
            return self._press_item(key)
        if self.mode is Mode.END:
            return self._press_end(key)
        return None

    def decide(self, decision: Decision, basis: str = "") -> Save:
        """Decide what is concerned, and go on to the next open item."""
        save = Save(tuple(item.fingerprint for item in self.concerned()), decision, basis)
        self._strokes.append(_Stroke(save, self._position))
        for fingerprint in save.fingerprints:
            self.decided[fingerprint] = save
            self.skipped.discard(fingerprint)
        self.scope = Scope.ONE
        self.mode = Mode.ITEM
        self._advance()
        return save

    def drop(self, fingerprints: Collection[str]) -> None:
        """Somebody else has decided these meanwhile: they are not asked any more."""
        self.taken.update(fingerprints)
        self.mode, self.scope = Mode.ITEM, Scope.ONE
        self._advance()

    def knows_basis(self, code: str) -> bool:
        """Whether there is an exception of this code."""
        return any(choice.code == code for choice in self._choices)

    def _press_item(self, key: str) -> Effect | None:
        decision = _DECISION_KEYS.get(key)
        if decision is Decision.LAWFUL:
            self.mode, self.typed, self.selected = Mode.BASIS, "", 0
            return None
        if decision is not None:
            return self.decide(decision)
        if key == "u":
            return self._undo()
        self._move(key)
        return None

    def _press_end(self, key: str) -> Effect | None:
        if key == "u":
            return self._undo()
        if key in ("q", ENTER, ESCAPE):
            self.mode = Mode.DONE
        return None

    def _move(self, key: str) -> None:
        match key:
            case "a":
                self.scope = Scope.ONE if self.scope is Scope.PAGE else Scope.PAGE
            case "v":
                self.scope = Scope.ONE if self.scope is Scope.VALUE else Scope.VALUE
            case "escape":
                self.scope = Scope.ONE
            case "s" | " ":
                self.skipped.update(item.fingerprint for item in self.concerned())
                self.scope = Scope.ONE
                self._advance()
            case "?":
                self.mode = Mode.HELP
            case "q":
                self.mode = Mode.DONE

    def _press_basis(self, key: str) -> Effect | None:
        offered = self.offered
        match key:
            case "escape":
                self.mode = Mode.ITEM
            case "enter":
                if offered:
                    return self.decide(Decision.LAWFUL, offered[self.selected].code)
            case "up":
                self.selected = max(0, self.selected - 1)
            case "down":
                self.selected = min(len(offered) - 1, self.selected + 1) if offered else 0
            case "backspace":
                self.typed, self.selected = self.typed[:-1], 0
            case _ if len(key) == 1 and key.isprintable():
                self.typed, self.selected = self.typed + key, 0
        return None

    def _undo(self) -> TakeBack | None:
        if not self._strokes:
            return None
        stroke = self._strokes.pop()
        for fingerprint in stroke.save.fingerprints:
            self.decided.pop(fingerprint, None)
        self._position = stroke.position
        self.mode, self.scope = Mode.ITEM, Scope.ONE
        return TakeBack(stroke.save)

    def _is_open(self, subject: Subject) -> bool:
        done = (self.decided, self.skipped, self.taken)
        return not any(subject.fingerprint in group for group in done)

    def _advance(self) -> None:
        """To the next open item, from the top again when the end is reached."""
        count = len(self.subjects)
        for step in range(count):
            index = (self._position + step) % count
            if self._is_open(self.subjects[index]):
                self._position = index
                return
        self.mode = Mode.END


def by_page(subjects: Sequence[Subject]) -> list[Subject]:
    """Items grouped by page, pages in the order in which they first come up, each item once."""
    pages: dict[str, dict[str, Subject]] = {}
    for subject in subjects:
        pages.setdefault(subject.page, {}).setdefault(subject.fingerprint, subject)
    return [subject for page in pages.values() for subject in page.values()]
