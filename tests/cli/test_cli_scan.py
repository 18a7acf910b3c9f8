"""`audit scan`: what it reads, what it prints, how it ends."""

import io
import json
import os
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scanner.commands.wrap import columns

ID_NUMBER = "110201198807210033"  # of an area abolished before its holder was born


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def id_rows(text: str) -> list[dict[str, object]]:
    return [row for row in rows(text) if row["type"] == "id_card"]


def test_one_object_a_finding_without_the_value(run, leaky):
    result = run("scan", str(leaky), "--format", "jsonl")
    assert result.exit_code == 0
    (row,) = id_rows(result.stdout)
    assert row["path"] == str(leaky)
    assert row["disposition"] == "leak"
    assert row["where"] == "visible"
    assert row["masked"].startswith("11")
    assert {"location", "rule", "basis", "evidence", "confidence", "severity", "person"} <= set(row)
    assert len(row["fingerprint"]) == 64
    assert "value" not in row
    assert ID_NUMBER not in result.output


def test_the_value_only_when_asked_for(run, leaky):
    (row,) = id_rows(run("scan", str(leaky), "--format", "jsonl", "--reveal").stdout)
    assert (row["value"], row["raw"]) == (ID_NUMBER, ID_NUMBER)
    assert ID_NUMBER not in run("scan", str(leaky)).output
    assert ID_NUMBER in run("scan", str(leaky), "--reveal").stdout


def test_the_text_report_fits_80_columns_and_has_no_colour(run, leaky):
    result = run("scan", str(leaky))
    assert "身份证号" in result.stdout
    assert "\x1b" not in result.output
    assert all(columns(line) <= 80 for line in result.stdout.splitlines() if "名单" not in line)


def test_a_clean_file_is_quiet(run, tmp_path):
    clean = tmp_path / "clean.txt"
    clean.write_text("今天天气很好。", encoding="utf-8")
    assert run("scan", str(clean), "--format", "jsonl").output == ""
    result = run("scan", str(clean))
    assert result.stdout.count("\n") == 1
    assert "没有发现" in result.stdout


@pytest.mark.parametrize(("floor", "status"), [("low", 1), ("high", 1)])
def test_fail_on(run, leaky, floor, status):
    assert run("scan", str(leaky), "--fail-on", floor).exit_code == status


def test_fail_on_is_not_met_by_lesser_leaks(run, tmp_path):
    clean = tmp_path / "clean.txt"
    clean.write_text("没有个人信息", encoding="utf-8")
    assert run("scan", str(clean), "--fail-on", "low").exit_code == 0


def test_a_missing_file_is_said_and_the_others_are_read(run, leaky):
    result = run("scan", "none.html", str(leaky), "--format", "jsonl")
    assert result.exit_code == 3
    assert "none.html：文件不存在" in result.stderr
    assert len(id_rows(result.stdout)) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission(run, leaky):
    leaky.chmod(0)
    result = run("scan", str(leaky))
    assert result.exit_code == 3
    assert "没有读取权限" in result.stderr


def test_a_file_that_fails_while_it_is_read(run):
    result = run("scan", "/proc/self/mem")  # a regular file whose first byte cannot be read
    assert result.exit_code == 3
    assert "/proc/self/mem" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_pipe_is_not_waited_for(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    result = run("scan", str(tmp_path))
    assert "不是普通文件" in result.stderr


def test_folders_are_read_to_the_bottom_without_version_control(run, leaky, tmp_path):
    for folder in ("a/b", ".git", ".hidden"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.html").write_bytes(leaky.read_bytes())
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    result = run("scan", ".", "--format", "jsonl")
    assert result.exit_code == 0
    assert "a/loop" in result.stderr
    found = {str(row["path"]) for row in id_rows(result.stdout)}
    assert found == {"a/b/x.html", ".hidden/x.html", "名单.html"}


def test_a_file_named_twice_is_read_once(run, leaky):
    result = run("scan", str(leaky), ".", "--format", "jsonl")
    assert len(id_rows(result.stdout)) == 1


def test_a_format_that_is_not_read_is_said(run, tmp_path):
    (tmp_path / "folder").mkdir()
    picture = tmp_path / "folder" / "photo.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    met = run("scan", str(tmp_path / "folder"))
    named = run("scan", str(picture))
    assert "photo.png" in met.stderr
    assert "不能当作没有问题" in met.stdout
    assert (met.exit_code, named.exit_code) == (0, 3)


def test_hostile_names_and_pages_cannot_drive_the_terminal(run, tmp_path):
    bad = tmp_path / "x\x1b[2J\u202e[red]名.html"
    bad.write_text(
        f"<p>\x1b]0;pwned\x07[bold]姓名[/bold]\u202e 身份证号：{ID_NUMBER}</p>", encoding="utf-8"
    )
    for words in (["--format", "jsonl"], [], ["--explain", ""]):
        result = run("scan", str(bad), *words)
        assert result.exit_code == 0
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(result.output)
    assert "[red]" in run("scan", str(bad)).stdout


def test_a_name_that_is_not_utf8(run, tmp_path, leaky):
    raw = os.fsencode(tmp_path) + b"/\xc3\xfb.html"
    Path(os.fsdecode(raw)).write_bytes(leaky.read_bytes())
    result = run("scan", os.fsdecode(raw), "--format", "jsonl")
    assert result.exit_code == 0
    assert len(id_rows(result.stdout)) == 1


def test_explain_tells_the_whole_chain(run, leaky):
    (row,) = id_rows(run("scan", str(leaky), "--format", "jsonl").stdout)
    result = run("scan", str(leaky), "--explain", str(row["fingerprint"])[:10])
    assert result.exit_code == 0
    assert str(row["fingerprint"]) in result.stdout
    assert all(str(step["words"]) in result.stdout for step in row["evidence"])  # type: ignore
    assert ID_NUMBER not in result.output


def test_explain_without_such_a_finding(run, leaky):
    result = run("scan", str(leaky), "--explain", "zzzz")
    assert result.exit_code == 2
    assert "zzzz" in result.stderr


def test_the_key_is_made_once_and_for_its_owner_alone(run, leaky, tmp_path):
    first = run("scan", str(leaky), "--format", "jsonl").stdout
    key = tmp_path / "state" / "privacy-sweep" / "key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert run("scan", str(leaky), "--format", "jsonl").stdout == first


def test_progress_and_messages_never_reach_standard_output(spawn, leaky):
    result = spawn("scan", str(leaky), "none.html", "--format", "jsonl")
    assert result.returncode == 3
    assert all(line.startswith(b"{") for line in result.stdout.splitlines())
    assert "none.html" in result.stderr.decode()


def test_a_full_disk_while_scanning(spawn, leaky):
    with open("/dev/full", "wb") as full:
        result = spawn("scan", str(leaky), "--format", "jsonl", stdout=full)
    assert result.returncode == 3
    assert "磁盘满了" in result.stderr.decode()


def test_the_pages_of_an_archive_are_scanned_each_under_its_address(run, tmp_path):
    page = f"<html><title>公示</title><p>身份证号：{ID_NUMBER}</p></html>".encode()
    path = tmp_path / "site.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for number, body in enumerate((page, b"<html>nothing here</html>")):
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            url = f"http://www.qx.gov.cn/p{number}.html"
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=http
                )
            )
    done = run("scan", str(path), "--format", "jsonl")
    assert done.exit_code == 0
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["url"], one["type"]) for one in found] == [
        ("http://www.qx.gov.cn/p0.html", "id_card")
    ]
    assert ID_NUMBER not in done.stdout
    path.write_bytes(path.read_bytes()[:-60])
    cut = run("scan", str(path), "--format", "jsonl")
    assert cut.exit_code == 3
    assert "截断" in cut.stderr
    assert len(cut.stdout.splitlines()) == 1
