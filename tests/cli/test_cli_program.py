"""The program as a whole: help, wrong use, streams, exit status."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import audit
from scanner.commands.wrap import columns, wrap

HAN = re.compile("[\u4e00-\u9fff]")
COMMANDS_PAGE = Path(audit.__file__).parent / "docs" / "commands.md"


def all_commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []

    def visit(command: click.Command, path: tuple[str, ...]) -> None:
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                visit(inner, (*path, name))
        if path:
            found.append(path)

    visit(audit.main, ())
    return found


@pytest.mark.parametrize("path", [(), *all_commands()], ids=" ".join)
def test_every_command_has_help_in_both_languages_that_fits_80_columns(run, path):
    chinese = run(*path, "--help")
    english = run("--lang", "en", *path, "--help")
    late = run(*path, "--help", "--lang=en")
    assert (chinese.exit_code, english.exit_code) == (0, 0)
    assert HAN.search(chinese.stdout)
    assert "用法：" in chinese.stdout
    assert not HAN.search(english.stdout), english.stdout
    assert "Usage: " in english.stdout
    assert late.stdout == english.stdout
    for line in (chinese.stdout + english.stdout).splitlines():
        assert columns(line) <= 80, line


@pytest.mark.parametrize("path", all_commands(), ids=" ".join)
def test_every_command_and_option_is_documented(path):
    page = COMMANDS_PAGE.read_text(encoding="utf-8")
    assert f"audit {' '.join(path)}" in page
    command: click.Command = audit.main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    for param in command.params:
        if isinstance(param, click.Option):
            assert max(param.opts, key=len) in page, param.name


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scan"], "缺少 PATH"),
        (["scan", "x", "--formt", "text"], "没有选项 --formt；您要的是 --format 吗"),
        (["skan"], "没有命令 skan；您要的是 scan 吗"),
        (["scan", "x", "--fail-on", "bad"], "只能是 low、medium、high、critical"),
        (["rules", "show"], "缺少 CODE"),
        (["init", "extra", "more"], "多余的参数：extra more"),
        (["scan", "x", "--format"], "选项 --format 后面要写一个值"),
        (["scan", "x", "--reveal=1"], "选项 --reveal 不带值"),
        (["report", "--sweep", "x"], "--sweep 应为整数"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(run, words, said):
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_wrong_use_in_english(run):
    result = run("--lang", "en", "scan", "x", "--formt")
    assert result.exit_code == 2
    assert "--formt" in result.stderr
    assert "see audit scan --help" in result.stderr
    assert not HAN.search(result.stderr)


def test_a_broken_configuration_names_every_fault_at_once(run, tmp_path):
    (tmp_path / "audit.toml").write_text('langage = "zh"\n[ledger]\nkey = 1\n', encoding="utf-8")
    result = run("rules", "list")
    assert result.exit_code == 2
    assert "audit.toml:1: " in result.stderr
    assert "audit.toml:3: " in result.stderr
    assert result.stdout == ""


def test_init_writes_once(run, tmp_path):
    first, second = run("init"), run("init")
    assert (first.exit_code, second.exit_code) == (0, 2)
    assert first.stdout == "audit.toml\n"
    assert "已经存在" in second.stderr
    assert "# " in (tmp_path / "audit.toml").read_text(encoding="utf-8")


def test_the_language_of_the_configuration_holds_unless_one_is_asked_for(run):
    run("--lang", "en", "init")
    assert not HAN.search(run("rules", "list").stderr)
    assert HAN.search(run("rules", "list", "--lang", "zh").stderr)


def test_a_language_asked_for_before_the_command_holds_too(run):
    run("init")
    assert HAN.search(run("rules", "list").stderr)
    assert not HAN.search(run("--lang", "en", "rules", "list").stderr)
    assert not HAN.search(run("rules", "--lang", "en", "list").stderr)


def test_the_version(run):
    result = run("--version")
    assert result.exit_code == 0
    assert re.fullmatch(r"privacy-sweep \d+\.\d+.*\n", result.stdout)


def test_a_fault_of_the_program_is_no_leak_and_quotes_nothing(run, monkeypatch):
    def break_down(common):
        raise ValueError("110201198807210033")

    monkeypatch.setattr("scanner.commands.init.init", break_down)
    result = run("init")
    assert result.exit_code == 3
    assert "ValueError, test_cli_program.py:" in result.stderr
    assert "110201198807210033" not in result.output
    monkeypatch.setenv("AUDIT_DEBUG", "1")
    assert isinstance(run("init").exception, ValueError)


def test_rules_show_names_the_nearest_code(run):
    result = run("rules", "show", "ID00l")
    assert result.exit_code == 2
    assert "id00" in result.stderr.casefold()
    shown = run("rules", "show", "id001")
    assert shown.exit_code == 0
    assert "ID001" in shown.stdout


def test_a_full_disk_is_one_sentence_and_status_3(spawn):
    with open("/dev/full", "wb") as full:
        result = spawn("rules", "list", stdout=full)
    assert result.returncode == 3
    assert result.stderr.decode().strip().splitlines()[-1].startswith("磁盘满了")
    assert b"Traceback" not in result.stderr


def test_a_closed_pipe_is_quiet(spawn):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        result = spawn("rules", "list", stdout=writer)
    finally:
        os.close(writer)
    assert b"Traceback" not in result.stderr
    assert b"BrokenPipe" not in result.stderr
    assert result.returncode == 141


def test_an_interruption_is_one_sentence():
    script = (
        "import audit, os, signal\n"
        "from scanner.commands import init\n"
        "def press_ctrl_c(common):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "init.init = press_ctrl_c\n"
        "audit.main(['init'])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(audit.__file__).parent)},
    )
    assert result.returncode == 130
    assert "已中断" in result.stderr.decode()
    assert b"Traceback" not in result.stderr


def test_no_heavy_part_is_loaded_for_help():
    script = "import audit, sys; print(*sorted(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(audit.__file__).parent)},
    )
    loaded = set(result.stdout.decode().split())
    assert not loaded & {
        "rich.console",
        "sqlalchemy",
        "scrapy",
        "lxml",
        "openpyxl",
        "regex",
        "jieba",
    }


def test_an_encoding_without_han_characters_stops_nothing(spawn):
    result = spawn(
        "rules", "list", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )
    assert result.returncode == 0
    assert b"\\u" in result.stdout


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("查出个人信息，逐条审核。", 10, ["查出个人信", "息，逐条审", "核。"]),
        ("one two three", 7, ["one two", "three"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("", 5, [""]),
    ],
)
def test_wrapping_counts_columns(text, width, lines):
    assert wrap(text, width) == lines
