"""Hostile text, made harmless for terminals, spreadsheets and single lines."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from scanner.safe_text import cut, for_cell, json_line, one_line, printable, styled

ANY = st.text(st.characters(), max_size=60)  # surrogates and controls included
DANGEROUS = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(ANY)
def test_nothing_a_terminal_obeys_is_left(text):
    safe = printable(text)
    assert all(c == "\n" or unicodedata.category(c) not in DANGEROUS for c in safe)
    assert safe.encode("utf-8").decode("utf-8") == safe
    assert printable(safe) == safe


@given(ANY, st.integers(1, 40))
def test_one_line_is_one_line_of_the_width(text, width):
    line = one_line(text, width)
    assert "\n" not in line
    assert cell_len(line) <= width
    assert len(line) <= 2 * width


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30))
def test_ordinary_text_is_left_alone(text):
    assert printable(text) == text
    assert for_cell(text) == text
    assert cut(text, 60) == text


@given(ANY)
def test_a_cell_is_never_a_formula(text):
    cell = for_cell(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("\t", "\r", "\n"))
    assert len(cell) <= 32_767


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_formulas_are_shown_as_text(text):
    assert for_cell(text) == "'" + text


def test_direction_and_invisible_marks_go():
    assert for_cell("\u202e=1") == "'=1"
    assert printable("a\u202eb\u200bc\u2066d\ufeff") == "abcd"


@pytest.mark.parametrize("text", ["\x1b[2J", "\x9b2J", "\x07", "\x7f", "\x1b]0;x\x07"])
def test_escapes_become_visible(text):
    assert "�" in printable(text)
    assert "\x1b" not in printable(text)


def test_rich_markup_is_shown_as_written():
    console = Console(width=60, force_terminal=False)
    with console.capture() as capture:
        console.print(styled("[red]张[/red] [link=http://x]y", "bold"))
    assert capture.get() == "[red]张[/red] [link=http://x]y\n"


def test_a_flood_of_combining_marks_is_cut():
    assert len(one_line("a" + "\u0301" * 5000, 10)) <= 20


@given(st.dictionaries(ANY, ANY, max_size=3))
def test_json_keeps_the_value_and_shows_nothing_dangerous(value):
    line = json_line(value)
    assert json.loads(line) == value
    assert all(unicodedata.category(c) not in DANGEROUS for c in line)
    assert line.encode("utf-8")


def test_json_keeps_han_characters():
    assert json_line({"a": "张三"}) == '{"a":"张三"}'
