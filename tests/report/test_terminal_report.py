"""The report of a sweep on a terminal."""

import pytest
from rich.cells import cell_len
from rich.console import Console

from scanner.commands.reports import sweep_facts
from scanner.lang import set_lang
from scanner.ledger import SweepKind
from scanner.report.console import PlainConsole
from scanner.report.terminal import print_sweep
from tests.ledger.making import ID_CARD, MOBILE
from tests.report.making import BUREAU, LIST, TOWN


def report_of(ledger, width: int = 80) -> str:
    console = Console(width=width, force_terminal=False, markup=False, highlight=False)
    with console.capture() as capture:
        print_sweep(console, sweep_facts(ledger, ledger.last_sweep()))
    return capture.get()


def test_what_was_found_where_and_what_was_not_read(ledger):
    text = report_of(ledger)
    assert "网址 5 个（附件 1）：已扫描 3，格式未读 1，失败 1" in text
    assert "新增疑似 5" in text
    assert "依法公开 1" in text
    worst = [line for line in text.splitlines() if "严重" in line and "1 " in line]
    assert worst
    assert text.index(LIST) < text.index(TOWN)
    assert f"{BUREAU}：身份证号 2，手机号 1" in text
    assert "没有读完的 2 个网址" in text
    assert "超时" in text
    assert "暂不支持的格式" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_it_fits_the_terminal_but_for_addresses(ledger, lang, width):
    set_lang(lang)
    for line in report_of(ledger, width).splitlines():
        assert cell_len(line) <= width or "http://" in line


def test_hostile_pages_cannot_drive_the_terminal_and_values_stay_masked(ledger):
    text = report_of(ledger)
    assert not {"\x1b", "\u202e", "\x07"} & set(text)
    assert "[red]" in text
    assert ID_CARD not in text
    assert MOBILE not in text


def test_a_sweep_without_findings_is_short(empty):
    begun = empty.start_sweep(engine="1")
    empty.finish_sweep(begun)
    text = report_of(empty)
    assert len(text.splitlines()) == 3
    assert "没有变化" in text


def test_an_interrupted_sweep_and_a_recheck_say_so(empty):
    begun = empty.start_sweep(engine="1")
    empty.interrupt_sweep(begun)
    assert "中断" in report_of(empty)
    begun = empty.start_sweep(SweepKind.RECHECK, engine="1")
    assert "复查" in report_of(empty)
    assert "进行中" in report_of(empty)


def test_no_colours_in_a_pipe(tmp_path, ledger):
    path = tmp_path / "out.txt"
    with path.open("w", encoding="utf-8") as file:
        print_sweep(PlainConsole(file), sweep_facts(ledger, ledger.last_sweep()))
    text = path.read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert all(cell_len(line) <= 80 for line in text.splitlines() if "http://" not in line)
