"""`audit stats`: the figures as tables, JSON and CSV."""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scanner.lang import tr
from scanner.ledger.states import level_label
from scanner.ledger.stats import (
    Counts,
    Line,
    Measure,
    Statistics,
    rectification_formula,
    settled_formula,
)
from scanner.report.names import kind_name
from scanner.safe_text import for_cell, styled

GROUPINGS = ("unit", "level", "type", "week")
MEASURES = ("items", "values", "persons")
_BOM = "\ufeff"  # without it Excel takes UTF-8 for the local encoding
_NAME_WIDTH = 20  # columns

# Names of the counts: as in the ledger, Chinese, English, short English.
_COLUMNS: tuple[tuple[str, str, str, str], ...] = (
    ("suspected", "疑似", "suspected", "found"),
    ("undecided", "未审", "not reviewed", "open"),
    ("outstanding", "待整改", "outstanding", "outst"),
    ("overdue", "逾期", "of these overdue", "over"),
    ("rectified", "已整改", "rectified, not verified", "rect"),
    ("verified", "已核验", "verified", "verif"),
    ("kept", "保留", "kept", "kept"),
    ("false", "误报", "false alarms", "false"),
)
_RATES = (
    ("rectification_rate", "整改率", "rectification rate", "rect%"),
    ("settled_rate", "办结率", "settled rate", "sett%"),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown: groupings and things counted, each in the order of its table."""

    groupings: tuple[str, ...] = GROUPINGS
    measures: tuple[str, ...] = MEASURES

    @classmethod
    def of(cls, groupings: Collection[str], measures: Collection[str]) -> "Selection":
        """Only what was asked for; everything where nothing was."""
        return cls(
            tuple(name for name in GROUPINGS if name in groupings or not groupings),
            tuple(name for name in MEASURES if name in measures or not measures),
        )


def measure_name(measure: str) -> str:
    """What is counted, in words: two numbers exist for every count, so it is always said."""
    names = {
        "items": ("条（网页和附件）", "items (pages and attachments)"),
        "values": ("值", "values"),
        "persons": ("人", "persons"),
    }
    return tr(*names[measure])


def _short_name(measure: str) -> str:
    """The first word of `measure_name`, for a column."""
    return measure_name(measure) if tr("zh", "en") == "zh" else measure


def grouping_name(grouping: str) -> str:
    """By what the rows are."""
    names = {
        "unit": ("按单位", "by unit"),
        "level": ("按层级", "by level"),
        "type": ("按类型", "by type"),
        "week": ("按周", "by week"),
    }
    return tr(*names[grouping])


def line_label(grouping: str, line: Line) -> str:
    """The name of a row."""
    if grouping == "type":
        return kind_name(line.name)
    if grouping == "level":
        return level_label(line.name or None)
    return line.label


def lines_of(measure: Measure, grouping: str) -> tuple[Line, ...]:
    """The rows of one grouping; they add up to `measure.total`."""
    by_name: dict[str, tuple[Line, ...]] = {
        "unit": measure.by_unit,
        "level": measure.by_level,
        "type": measure.by_type,
        "week": measure.by_week,
    }
    return by_name[grouping]


def measure_of(statistics: Statistics, measure: str) -> Measure:
    """The figures of one of the three things counted."""
    by_name = {
        "items": statistics.items,
        "values": statistics.values,
        "persons": statistics.persons,
    }
    return by_name[measure]


def percent(rate: float | None) -> str:
    """A rate for people: 93.2%, and a dash while there is nothing to divide by."""
    return "-" if rate is None else f"{rate * 100:.1f}%"


def print_statistics(console: Console, statistics: Statistics, selection: Selection) -> None:
    """Tables that fit 80 columns: the totals first, then each grouping with its sum."""
    if not statistics.values.total.suspected:
        console.print(Text(tr("台账里还没有疑似信息。", "The ledger holds no finding yet.")))
        return
    console.print(Text(_period(statistics), style="bold"))
    console.print(_totals_table(statistics, selection))
    for measure in selection.measures:
        for grouping in selection.groupings:
            console.print()
            title = f"{grouping_name(grouping)}{tr('，', ', ')}{measure_name(measure)}"
            console.print(Text(title, style="bold"))
            console.print(_grouping_table(measure_of(statistics, measure), grouping))
    console.print()
    console.print(Text(rectification_formula(), style="dim"))
    console.print(Text(settled_formula(), style="dim"))


def _period(statistics: Statistics) -> str:
    since, until = statistics.since, statistics.until
    if since is None and until is None:
        return tr(f"统计（截至 {statistics.today}）", f"Statistics (as of {statistics.today})")
    first, last = since or "…", until or statistics.today
    return tr(
        f"统计（{first} 至 {last} 首次发现的，截至 {statistics.today}）",
        f"Statistics (first found {first} to {last}, as of {statistics.today})",
    )


def _empty_table(first: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column(first, max_width=_NAME_WIDTH, overflow="fold")
    for _, zh, _, short in (*_COLUMNS, *_RATES):
        table.add_column(tr(zh, short), justify="right", no_wrap=True)
    return table


def _cells(counts: Counts) -> list[Text]:
    numbers = [getattr(counts, name) for name, *_ in _COLUMNS]
    cells = [Text(str(number), style="" if number else "dim") for number in numbers]
    overdue = [name for name, *_ in _COLUMNS].index("overdue")
    if counts.overdue:
        cells[overdue].stylize("bold red")
    return [*cells, *(Text(percent(getattr(counts, name))) for name, *_ in _RATES)]


def _totals_table(statistics: Statistics, selection: Selection) -> Table:
    table = _empty_table(tr("合计", "Total"))
    for measure in selection.measures:
        table.add_row(Text(_short_name(measure)), *_cells(measure_of(statistics, measure).total))
    return table


def _grouping_table(measure: Measure, grouping: str) -> Table:
    table = _empty_table("")
    for line in lines_of(measure, grouping):
        table.add_row(styled(line_label(grouping, line)), *_cells(line.counts))
    table.add_row(Text(tr("合计", "Total")), *_cells(measure.total), style="bold")
    return table


def statistics_record(statistics: Statistics, selection: Selection) -> dict[str, Any]:
    """All figures as plain values, for JSON. Rates are 0 to 1, or null."""
    return {
        "today": statistics.today.isoformat(),
        "since": statistics.since and statistics.since.isoformat(),
        "until": statistics.until and statistics.until.isoformat(),
        "formulas": {
            "rectification_rate": rectification_formula(),
            "settled_rate": settled_formula(),
        },
        **{
            measure: _measure_record(measure_of(statistics, measure), selection)
            for measure in selection.measures
        },
        "coverage": asdict(statistics.coverage),
    }


def _measure_record(measure: Measure, selection: Selection) -> dict[str, Any]:
    return {
        "total": _counts_record(measure.total),
        **{
            f"by_{grouping}": [
                {
                    "name": line.name,
                    "label": line_label(grouping, line),
                    **_counts_record(line.counts),
                }
                for line in lines_of(measure, grouping)
            ]
            for grouping in selection.groupings
        },
    }


def _counts_record(counts: Counts) -> dict[str, Any]:
    return {
        **asdict(counts),
        "rectification_rate": counts.rectification_rate,
        "settled_rate": counts.settled_rate,
    }


def statistics_csv(statistics: Statistics, selection: Selection) -> str:
    """One row a line of a grouping, with a byte order mark so that Excel reads it as it is."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = [tr(zh, english) for _, zh, english, _ in (*_COLUMNS, *_RATES)]
    writer.writerow([tr("统计对象", "counted"), tr("分组", "grouping"), tr("名称", "name"), *names])
    for measure in selection.measures:
        writer.writerows(_csv_rows(measure, measure_of(statistics, measure), selection))
    return _BOM + text.getvalue()


def _csv_rows(name: str, measure: Measure, selection: Selection) -> Iterator[list[str | int]]:
    for grouping in selection.groupings:
        for line in lines_of(measure, grouping):
            head = [measure_name(name), grouping_name(grouping), line_label(grouping, line)]
            yield [*map(for_cell, head), *_csv_cells(line.counts)]
    yield [measure_name(name), tr("合计", "total"), "", *_csv_cells(measure.total)]


def _csv_cells(counts: Counts) -> list[str | int]:
    rates = [getattr(counts, name) for name, *_ in _RATES]
    return [
        *(getattr(counts, name) for name, *_ in _COLUMNS),
        *("" if rate is None else percent(rate) for rate in rates),
    ]
