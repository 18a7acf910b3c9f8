"""The statistics as text, JSON and CSV: they parse back, and every sum adds up."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from scanner.lang import set_lang
from scanner.ledger.stats import Counts, Line, Measure, Statistics
from scanner.model import Decision
from scanner.report.statistics import (
    GROUPINGS,
    MEASURES,
    Selection,
    percent,
    print_statistics,
    statistics_csv,
    statistics_record,
)

PARTS = ("undecided", "outstanding", "rectified", "verified", "kept", "false")


def text_of(statistics: Statistics, selection: Selection | None = None) -> str:
    console = Console(width=80, force_terminal=False, markup=False)
    with console.capture() as capture:
        print_statistics(console, statistics, selection or Selection())
    return capture.get()


def decided(ledger):
    ids = [one.id for page in ledger.queue() for one in page.findings]
    ledger.decide(ids[:2], Decision.LEAK, who="t")
    ledger.decide(ids[2:3], Decision.NOT_PERSONAL, who="t")
    ledger.report_rectified(ids[:1], who="t")
    return ledger.statistics()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_tables_fit_80_columns(ledger, lang):
    set_lang(lang)
    text = text_of(decided(ledger))
    assert all(cell_len(line) <= 80 for line in text.splitlines())
    assert "\x1b" not in text
    assert ("整改率 = " in text) == (lang == "zh")


def test_a_unit_without_a_level_stands_in_a_row_of_its_own(ledger):
    assert "未归类" in text_of(ledger.statistics(), Selection(("level",), ("items",)))


def test_nothing_found_is_one_line(empty):
    assert text_of(empty.statistics()).count("\n") == 1


def test_json_adds_up_in_every_grouping(ledger):
    record = json.loads(json.dumps(statistics_record(decided(ledger), Selection())))
    for measure in MEASURES:
        total = record[measure]["total"]
        assert total["suspected"] == sum(total[part] for part in PARTS)
        for grouping in GROUPINGS:
            rows = record[measure][f"by_{grouping}"]
            for name in ("suspected", "overdue", *PARTS):
                assert sum(row[name] for row in rows) == total[name]
    assert record["values"]["total"]["rectified"] == 1
    assert record["values"]["total"]["false"] == 1
    assert "÷" in record["formulas"]["rectification_rate"]


def test_csv_opens_in_excel_and_adds_up(ledger):
    text = statistics_csv(decided(ledger), Selection())
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    numbers = ("未审", "待整改", "已整改", "已核验", "保留", "误报")
    for row in rows:
        assert int(row["疑似"]) == sum(int(row[name]) for name in numbers)
    for counted in {row["统计对象"] for row in rows}:
        mine = [row for row in rows if row["统计对象"] == counted]
        (total,) = (row for row in mine if row["分组"] == "合计")
        for grouping in ("按单位", "按层级", "按类型", "按周"):
            found = sum(int(row["疑似"]) for row in mine if row["分组"] == grouping)
            assert found == int(total["疑似"])


def test_a_unit_named_like_a_formula_is_no_formula_in_the_csv(ledger):
    figures = ledger.statistics()
    line = Line("=1+1", figures.items.total)
    items = replace(figures.items, by_unit=(line,))
    text = statistics_csv(replace(figures, items=items), Selection(("unit",), ("items",)))
    assert "'=1+1" in text
    assert ",=1+1" not in text


def test_only_what_was_asked_for(ledger):
    selection = Selection.of(["week", "unit"], ["persons"])
    assert selection == Selection(("unit", "week"), ("persons",))
    record = statistics_record(ledger.statistics(), selection)
    assert "items" not in record
    assert set(record["persons"]) == {"total", "by_unit", "by_week"}


def test_the_reference_year_gives_a_hundred_per_cent_twice(ledger):
    year = Counts(suspected=5773, kept=611, verified=5162)
    measure = Measure(year, (Line("", year),), (), (), ())
    figures = replace(ledger.statistics(), items=measure, values=measure, persons=measure)
    text = text_of(figures, Selection(("unit",), ("items",)))
    row = next(line for line in text.splitlines() if line.startswith("条"))
    assert row.split()[1:] == ["5773", *["0"] * 4, "5162", "611", "0", "100.0%", "100.0%"]


@given(st.floats(0, 1) | st.none())
def test_rates_are_shown_to_a_tenth(rate):
    shown = percent(rate)
    if rate is None:
        assert shown == "-"
    else:
        assert abs(float(shown.rstrip("%")) - 100 * rate) <= 0.0501
