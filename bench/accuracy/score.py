"""Score what was said against the labels.

leak recall     of the labelled leaks, the share reported as leak or under_masked
leak precision  of the values reported as leak or under_masked, the share labelled so
retained        of the labelled mandated values, the share found and kept as mandated
accused         of the labelled mandated values, the share reported as a leak
traps           of the look-alikes, the share reported as a leak

A contested label counts neither way. Names are counted apart from everything else.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.accuracy.findings import Reports, Said
from bench.accuracy.truth import LEAKS, NAME, Entry, Truth, same

ENOUGH = 20  # values below which a share says too little to be pinned


@dataclass(slots=True)
class Count:
    """Counts of one row of a table."""

    leaks: int = 0
    found: int = 0
    said: int = 0
    right: int = 0
    mandated: int = 0
    retained: int = 0
    accused: int = 0

    @property
    def recall(self) -> float | None:
        """Found ÷ leaks; None where there was nothing to find."""
        return self.found / self.leaks if self.leaks else None

    @property
    def precision(self) -> float | None:
        """Right ÷ said."""
        return self.right / self.said if self.said else None

    @property
    def retained_share(self) -> float | None:
        """Retained ÷ mandated."""
        return self.retained / self.mandated if self.mandated else None

    @property
    def accused_share(self) -> float | None:
        """Accused ÷ mandated."""
        return self.accused / self.mandated if self.mandated else None


@dataclass(slots=True)
class TrapCount:
    """How many look-alikes of a family there were, and how many were taken for leaks."""

    total: int = 0
    hit: int = 0


@dataclass(frozen=True, slots=True)
class Mistake:
    """One miss or one false report, for a person to look at."""

    sort: str  # "missed", "false", "accused" or "trap"
    page: str
    kind: str
    value: str
    note: str


@dataclass(slots=True)
class Score:
    """All figures of one set of pages."""

    pages: int = 0
    values: Count = field(default_factory=Count)
    names: Count = field(default_factory=Count)
    by_type: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    by_where: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    by_kind: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    traps: dict[str, TrapCount] = field(default_factory=lambda: defaultdict(TrapCount))
    calibration: list[list[int]] = field(default_factory=lambda: [[0, 0] for _ in range(10)])
    mistakes: list[Mistake] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The figures that the gate pins; one without a denominator is left out."""
        trapped = sum(t.hit for t in self.traps.values())
        total = sum(t.total for t in self.traps.values())
        named = {
            "leak_recall": self.values.recall,
            "leak_precision": self.values.precision,
            "mandated_retained": self.values.retained_share,
            "mandated_accused": self.values.accused_share,
            "name_leak_recall": self.names.recall,
            "name_leak_precision": self.names.precision,
            "name_mandated_retained": self.names.retained_share,
            "name_mandated_accused": self.names.accused_share,
            "trap_rate": trapped / total if total else None,
        }
        return {name: value for name, value in named.items() if value is not None}

    def pinned(self) -> dict[str, float]:
        """The figures, and recall and precision of every type and place with enough values."""
        out = self.figures()
        for rows in (self.by_type, self.by_where):
            for name, count in sorted(rows.items()):
                if name != NAME and count.recall is not None and count.leaks >= ENOUGH:
                    out[f"recall of {name}"] = count.recall
                if name != NAME and count.precision is not None and count.said >= ENOUGH:
                    out[f"precision of {name}"] = count.precision
        return out


def score(truths: Sequence[Truth], reports: Reports) -> Score:
    """Compare every page with its labels."""
    out = Score(pages=len(truths))
    for truth in truths:
        rows = reports.get(truth.name, [])
        for (kind, value), entry in truth.entries.items():
            if not entry.soft:
                _labelled(out, truth, kind, value, entry, rows)
        _reported(out, truth, rows)
        _trapped(out, truth, rows)
    return out


def _labelled(
    out: Score, truth: Truth, kind: str, value: str, entry: Entry, rows: Iterable[Said]
) -> None:
    hits = [row for row in rows if row.kind == kind and same(kind, value, row.value)]
    accused = any(row.disposition in LEAKS for row in hits)
    counts = [out.names if kind == NAME else out.values, out.by_type[kind]]
    if kind != NAME:
        counts.append(out.by_kind[truth.kind])
        counts += [out.by_where[where] for where in sorted(entry.wheres)]
    if entry.is_leak:
        for count in counts:
            count.leaks += 1
            count.found += accused
        if not accused:
            note = f"found as {hits[0].disposition}" if hits else "not found"
            out.mistakes.append(Mistake("missed", truth.name, kind, value, note))
    elif "mandated" in entry.dispositions:
        kept = not accused and any(row.disposition == "mandated" for row in hits)
        for count in counts:
            count.mandated += 1
            count.accused += accused
            count.retained += kept
        if not kept and not accused:
            note = f"found as {hits[0].disposition}" if hits else "not found"
            out.mistakes.append(Mistake("not retained", truth.name, kind, value, note))


def _reported(out: Score, truth: Truth, rows: Iterable[Said]) -> None:
    best: dict[tuple[str, str], Said] = {}
    for row in rows:
        if row.disposition in LEAKS:
            held = best.get((row.kind, row.value))
            if held is None or row.confidence > held.confidence:
                best[row.kind, row.value] = row
    for row in best.values():
        entries = _entries_of(truth, row)
        if any(entry.soft for entry in entries):
            continue
        right = any(entry.is_leak for entry in entries)
        counts = [out.names if row.kind == NAME else out.values, out.by_type[row.kind]]
        if row.kind != NAME:
            counts += [out.by_kind[truth.kind], out.by_where[row.where]]
            decile = min(9, int(row.confidence * 10))
            out.calibration[decile][0] += 1
            out.calibration[decile][1] += right
        for count in counts:
            count.said += 1
            count.right += right
        if not right:
            labels = ",".join(sorted(set().union(*(entry.dispositions for entry in entries))))
            sort = "accused" if "mandated" in labels else "false"
            note = f"labelled {labels}" if labels else "not personal"
            out.mistakes.append(Mistake(sort, truth.name, row.kind, row.value, note))


def _entries_of(truth: Truth, row: Said) -> list[Entry]:
    """Labels of the same value, whatever their type; a name only matches a name."""
    return [
        entry
        for (kind, value), entry in truth.entries.items()
        if (kind == row.kind or NAME not in (kind, row.kind)) and same(kind, value, row.value)
    ]


def _trapped(out: Score, truth: Truth, rows: Sequence[Said]) -> None:
    accused = {row.value for row in rows if row.disposition in LEAKS}
    for trap in truth.traps:
        count = out.traps[trap.trap]
        count.total += 1
        if any(_touches(trap.value, value) for value in accused):
            count.hit += 1
            out.mistakes.append(
                Mistake("trap", truth.name, trap.trap, trap.value, "taken for a leak")
            )


def _touches(trap: str, value: str) -> bool:
    """The reported value is the look-alike, or a piece cut out of it that is long enough."""
    return trap == value or (len(value) >= 7 and value in trap)
