"""The review on a real pseudo-terminal: keys, the screen, and the terminal afterwards."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

import audit
from scanner.ledger import Ledger, State
from scanner.ledger.queue import Filter
from scanner.model import Decision
from tests.ledger.making import ID_CARD, KEYS, MOBILE
from tests.report.making import ID_2, make_ledger

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PATIENCE = 30  # seconds until a screen must have come


class Terminal:
    """The program on a terminal of 80 columns and 24 rows, and what it has drawn."""

    def __init__(self, *words: str) -> None:
        self.master, self.slave = pty.openpty()
        self.resize(24, 80)
        self.before = termios.tcgetattr(self.slave)
        self.process = subprocess.Popen(
            [sys.executable, audit.__file__, *words],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "COLUMNS": "200",  # of some other terminal: not to be believed
                "PYTHONPATH": str(Path(audit.__file__).parent),
            },
            start_new_session=True,
        )
        self.drawn = ""

    def resize(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def until(self, words: str) -> str:
        """Read until `words` were drawn; gives the last screen, without its escapes."""
        while words not in ESCAPES.sub("", self.drawn):
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            if not ready:
                pytest.fail(f"{words!r} did not come; the last screen was:\n{self.screen()}")
            self._read()
        screen = self.screen()
        self.drawn = ""
        return screen

    def screen(self) -> str:
        return ESCAPES.sub("", self.drawn.rpartition("\x1b[2J")[2]).replace("\r", "")

    def wait(self) -> int:
        while self.process.poll() is None:
            if select.select([self.master], [], [], 0.05)[0]:
                self._read()
        while select.select([self.master], [], [], 0)[0]:
            self._read()
        return self.process.returncode

    def _read(self) -> None:
        self.drawn += os.read(self.master, 65536).decode("utf-8", "replace")

    def is_as_before(self) -> bool:
        return termios.tcgetattr(self.slave) == self.before

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def terminal(tmp_path, monkeypatch) -> Iterator[Terminal]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("AUDIT_USER", "审核员")
    make_ledger(tmp_path / "audit.db")
    opened = Terminal("review", "--ledger", "audit.db")
    yield opened
    opened.close()


def states() -> list[State]:
    with Ledger.open("audit.db", key_id=KEYS.key_id) as ledger:
        pages = ledger.pages(Filter())
        return [finding.state for page in pages for finding in page.findings]


def test_a_review_from_the_first_key_to_the_last(terminal):
    screen = terminal.until("q 退出")
    assert "第 1/5 个值 · 第 1/3 页 · 待审 5" in screen
    assert len(screen.splitlines()) <= 24
    assert all(cell_len(line) <= 80 for line in screen.splitlines())
    assert not any(value in screen for value in (ID_CARD, ID_2, MOBILE))
    terminal.press("l")
    terminal.until("待审 4")
    assert State.OUTSTANDING in states(), "saved before the next question"
    terminal.press("u")
    terminal.until("待审 5")
    assert State.OUTSTANDING not in states()
    terminal.press("a")
    terminal.until("本页 3 个一起")
    terminal.press("n")
    terminal.until("待审 2")
    terminal.press("q")
    assert terminal.wait() == 0
    assert "本次审核 3 个值" in ESCAPES.sub("", terminal.drawn)
    assert states().count(State.FALSE) == 3
    assert terminal.is_as_before()


def test_choosing_a_basis_by_typing_chinese(terminal):
    terminal.until("q 退出")
    terminal.press("k")
    terminal.until("选择依据")
    terminal.press("招标")
    screen = terminal.until("筛选：招标")
    assert "招标" in screen
    terminal.press("\x1b[B\x1b[A")
    terminal.press("\r")
    terminal.until("待审 4")
    with Ledger.open("audit.db") as ledger:
        kept = [
            finding
            for page in ledger.pages(Filter())
            for finding in page.findings
            if finding.decided_by == "审核员"
        ]
    (finding,) = kept
    assert finding.state is State.KEPT
    assert finding.decided_basis


def test_escape_alone_leaves_the_list(terminal):
    terminal.until("q 退出")
    terminal.press("k")
    terminal.until("选择依据")
    terminal.press("\x1b")
    terminal.until("待审 5")


def test_help_and_back(terminal):
    terminal.until("q 退出")
    terminal.press("?")
    assert "撤销上一个结论" in terminal.until("按任意键返回")
    terminal.press("x")
    terminal.until("待审 5")


def test_ctrl_c_loses_nothing_and_restores_the_terminal(terminal):
    terminal.until("q 退出")
    terminal.press("l")
    terminal.until("待审 4")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.wait() == 130
    assert "已中断" in terminal.drawn
    assert "Traceback" not in terminal.drawn
    assert terminal.is_as_before()
    assert states().count(State.OUTSTANDING) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_being_ended_restores_the_terminal(terminal, number):
    terminal.until("q 退出")
    terminal.process.send_signal(number)
    assert terminal.wait() == 128 + number
    assert terminal.is_as_before()
    assert "\x1b[?1049l" in terminal.drawn


def test_the_end_of_input_ends_the_review(terminal):
    terminal.until("q 退出")
    terminal.press("\x04")
    assert terminal.wait() == 0
    assert terminal.is_as_before()


def test_a_smaller_terminal_is_drawn_anew(terminal):
    terminal.until("q 退出")
    terminal.resize(16, 50)
    terminal.until("第 1/5 个值")
    terminal.press("?x")
    terminal.until("按任意键返回")
    screen = terminal.until("q 退出")
    assert len(screen.splitlines()) <= 16
    assert "q 退出" in screen
    assert all(cell_len(line) <= 50 for line in screen.splitlines())


def test_undo_after_the_last_item(terminal):
    terminal.until("q 退出")
    for left in (2, 1):
        terminal.press("an")
        terminal.until(f"待审 {left}")
    terminal.press("l")
    terminal.until("已全部审完")
    terminal.press("u")
    terminal.until("待审 1")
    terminal.press("nq")
    assert terminal.wait() == 0
    assert State.SUSPECTED not in states()


def test_two_reviewers_are_not_asked_the_same(terminal):
    terminal.until("q 退出")
    with Ledger.open("audit.db") as ledger:
        first = ledger.queue()[0].findings[0]
        ledger.decide([first.id], Decision.NOT_PERSONAL, who="另一人")
    terminal.press("l")
    terminal.until("待审 4")
    assert State.OUTSTANDING not in states()
    with Ledger.open("audit.db") as ledger:
        (same,) = ledger.findings([first.id])
    assert (same.state, same.decided_by) == (State.FALSE, "另一人")
    terminal.press("q")
    assert terminal.wait() == 0
    assert "其间由别人审过 1" in ESCAPES.sub("", terminal.drawn)


def test_unknown_keys_do_nothing(terminal):
    terminal.until("q 退出")
    terminal.press("\x1b[5~\x1bOPz\x01")
    terminal.press("?")
    terminal.until("按任意键返回")
    assert states().count(State.SUSPECTED) == 5
