"""The commands over a ledger that is filled: decide, review, stats, notice, report."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ledger.making import ID_CARD, MOBILE
from tests.report.making import BUREAU, ID_2, LIST, make_ledger


@pytest.fixture
def office(tmp_path, monkeypatch, run):
    """A folder with a configuration and a filled ledger; gives the program."""
    make_ledger(tmp_path / "audit.db")
    (tmp_path / "audit.toml").write_text('[ledger]\npath = "audit.db"\n', encoding="utf-8")
    monkeypatch.setenv("AUDIT_USER", "审核员")
    return run


def findings(run) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("report", "--format", "jsonl").stdout.splitlines()]


def suspected(run) -> list[str]:
    return [str(row["fingerprint"]) for row in findings(run) if row["state"] == "suspected"]


def totals(run, measure: str = "values") -> dict[str, int]:
    return json.loads(run("stats", "--format", "json").stdout)[measure]["total"]


def an_exception(run) -> str:
    lines = run("rules", "list", "--exceptions").stdout.splitlines()
    return next(line.split()[0] for line in lines[1:] if "不得" not in line)


def test_commands_that_need_a_ledger_say_so_and_make_none(run, tmp_path):
    assert run("stats").exit_code == 2
    (tmp_path / "audit.toml").write_text("", encoding="utf-8")
    for words in (["stats"], ["review"], ["report"], ["recheck"], ["notice", "x"]):
        result = run(*words)
        assert result.exit_code == 3
        assert "audit sweep" in result.stderr
        assert result.stderr.count("\n") == 1
    assert not (tmp_path / "audit.db").exists()


def test_a_file_that_is_no_ledger(run, tmp_path):
    (tmp_path / "x.db").write_bytes(b"not a database" * 100)
    result = run("stats", "--ledger", "x.db")
    assert result.exit_code in (2, 3)
    assert result.stderr.count("\n") == 1


def test_the_ledger_may_be_named_by_option_or_environment(run, tmp_path, monkeypatch):
    make_ledger(tmp_path / "other.db")
    assert "疑似" in run("stats", "--ledger", "other.db").stdout
    monkeypatch.setenv("AUDIT_LEDGER", "other.db")
    assert "疑似" in run("stats").stdout


def test_report_lists_what_stands_on_pages_as_json(office):
    rows = findings(office)
    assert len(rows) == 6
    assert {row["url"] for row in rows} >= {LIST}
    assert {row["state"] for row in rows} == {"suspected", "kept"}
    assert all(value not in json.dumps(rows) for value in (ID_CARD, ID_2, MOBILE))


def test_report_of_an_unknown_sweep(office):
    assert office("report", "--sweep", "1").exit_code == 0
    assert office("report", "--sweep", "7").exit_code == 2
    assert office("report", "--sweep", "1", "--format", "jsonl").exit_code == 2


def test_decide_by_the_beginning_of_a_fingerprint(office):
    first = suspected(office)[0]
    result = office("decide", first[:12], "--leak", "--reason", "公示过度")
    assert result.exit_code == 0
    assert first[:12] in result.stdout
    assert "待整改" in result.stdout
    assert totals(office)["outstanding"] == 1
    assert office("decide", first[:12], "--rectified").exit_code == 0
    assert totals(office)["rectified"] == 1


def test_lawful_needs_an_exception_that_exists(office):
    first = suspected(office)[0]
    wrong = office("decide", first, "--lawful", "no_such_rule")
    assert wrong.exit_code == 2
    assert "no_such_rule" in wrong.stderr
    code = an_exception(office)
    right = office("decide", first, "--lawful", code, "--expires", "2099-01-01")
    assert right.exit_code == 0, right.stderr
    kept = next(row for row in findings(office) if row["fingerprint"] == first)
    assert (kept["state"], kept["decided_basis"], kept["decided_by"]) == ("kept", code, "审核员")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--leak", "--not-personal"],
        ["--leak", "--expires", "2099-01-01"],
        ["--lawful", "x", "--expires", "tomorrow"],
    ],
)
def test_one_judgement_and_only_one(office, words):
    result = office("decide", suspected(office)[0], *words)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert totals(office)["undecided"] == 5


def test_all_fingerprints_are_decided_or_none(office):
    first = suspected(office)[0]
    for other in ("zzzzzz", "abc", "0" * 64):
        result = office("decide", first, other, "--leak")
        assert result.exit_code == 2
        assert other in result.stderr
    assert totals(office)["undecided"] == 5


def test_review_in_a_pipe_saves_each_line_at_once(office):
    code = an_exception(office)
    result = office("review", stdin=f"l\nk {code}\nhuh\n\ns\nn\n")
    assert result.exit_code == 0
    saved = [line.split("\t") for line in result.stdout.splitlines()]
    assert [line[0] for line in saved] == ["leak", "lawful", "not_personal"]
    assert saved[1][2] == code
    assert "huh" in result.stderr
    counts = totals(office)
    assert (counts["outstanding"], counts["kept"], counts["false"]) == (1, 2, 1)
    assert counts["undecided"] == 2


def test_what_was_decided_is_not_asked_again(office):
    first = office("review", stdin="l\nq\n").stdout.split()[1]
    again = office("review", stdin="l\n").stdout.split()[1]
    assert again != first


def test_review_undo_and_a_whole_page(office):
    result = office("review", stdin="l\nu\na l\nq\n")
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == [
        *["leak", "undo"],
        *["leak"] * 3,
    ]
    assert totals(office)["outstanding"] == 3


def test_review_lawful_without_a_basis_is_refused(office):
    result = office("review", stdin="k\nk nonsense\nq\n")
    assert result.stdout == ""
    assert totals(office)["undecided"] == 5


def test_review_of_one_unit_or_type(office):
    result = office("review", "--unit", BUREAU, "--type", "id_card", stdin="a l\n")
    assert result.stdout.count("leak") == 2
    assert office("review", "--unit", "青禾民政局").exit_code == 2


def test_nothing_left_to_review_is_said(office):
    office("decide", *suspected(office), "--not-personal")
    result = office("review")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "没有待审核" in result.stderr


def test_nobody_decides_namelessly(office, monkeypatch):
    monkeypatch.delenv("AUDIT_USER")
    result = office("decide", suspected(office)[0], "--leak", "--who", "classifier")
    assert result.exit_code == 2


def test_stats_in_every_form(office):
    text = office("stats", "--by", "unit", "--count", "values").stdout
    assert BUREAU in text
    assert "按周" not in text
    record = json.loads(office("stats", "--format", "json").stdout)
    assert record["values"]["total"]["suspected"] == 6
    raw = office("stats", "--format", "csv").stdout_bytes
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert {row["统计对象"] for row in rows} == {"条（网页和附件）", "值", "人"}


def test_stats_of_a_period(office):
    later = json.loads(office("stats", "--format", "json", "--since", "2090-01-01").stdout)
    assert later["values"]["total"]["suspected"] == 0
    assert office("stats", "--since", "2026-02-01", "--until", "2026-01-01").exit_code == 2
    assert office("stats", "--since", "yesterday").exit_code == 2


def test_notice_of_a_unit(office, tmp_path):
    none_yet = office("notice", BUREAU)
    assert (none_yet.exit_code, none_yet.stdout) == (0, "")
    assert "没有待整改" in none_yet.stderr
    office("decide", *suspected(office), "--leak")
    written = office("notice", BUREAU, "-o", "n.xlsx")
    assert (written.exit_code, written.stdout) == (0, "n.xlsx\n")
    assert load_workbook(tmp_path / "n.xlsx").sheetnames == ["整改通知", "整改清单"]
    assert office("notice", BUREAU, "-o", "n.xlsx").exit_code == 2
    assert office("notice", BUREAU, "-o", "n.xlsx", "--force").exit_code == 0
    named = office("notice", BUREAU).stdout.strip()
    assert BUREAU in named
    assert (tmp_path / named).exists()


def test_notice_of_an_unknown_unit_names_the_nearest(office):
    result = office("notice", "青禾民政局", "-o", "n.xlsx")
    assert result.exit_code == 2
    assert BUREAU in result.stderr


def test_notice_into_a_folder_that_is_not_there(office):
    office("decide", *suspected(office), "--leak")
    result = office("notice", BUREAU, "-o", "none/n.xlsx")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1


def test_no_command_prints_a_clear_value(office):
    said = "".join(
        office(*words).output
        for words in (["report"], ["report", "--format", "jsonl"], ["stats"], ["review"])
    )
    assert not any(value in said for value in (ID_CARD, ID_2, MOBILE))
    assert not {"\x1b", "\u202e"} & set(said)


def test_a_full_disk_while_reporting(spawn, tmp_path):
    make_ledger(tmp_path / "audit.db")
    for words in (["stats", "--format", "csv"], ["report"], ["report", "--format", "jsonl"]):
        with open("/dev/full", "wb") as full:
            result = spawn(*words, "--ledger", "audit.db", stdout=full)
        assert result.returncode == 3, words
        assert "磁盘满了" in result.stderr.decode()
    assert Path("audit.db").exists()
