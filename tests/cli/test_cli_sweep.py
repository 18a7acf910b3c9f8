"""`audit sweep` and `audit recheck` as a user runs them, against a real server on loopback."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import audit
from tests.people import id_number
from tests.report.making import make_ledger
from tests.servers import TestSite

ID = id_number()


def leaky_page(*lines: str) -> str:
    people = "".join(f"<p>申请人张某，身份证号码：{line}</p>" for line in lines)
    return (
        '<html><head><meta charset="utf-8"><title>救助对象公示</title></head>'
        f'<body><a href="/">首页</a>{people}</body></html>'
    )


@pytest.fixture
def site() -> Iterator[TestSite]:
    served = TestSite()
    served.link("/", "/leak.html", "/clean.html", title="首页")
    served.add("/leak.html", leaky_page(ID))
    served.add("/clean.html", leaky_page())
    served.start()
    yield served
    served.stop()


def configure(folder: Path, url: str, **crawl: object) -> None:
    settings = {"delay_seconds": 0, "robots": "false", "retries": 0, **crawl}
    lines = "\n".join(f"{name} = {value}" for name, value in settings.items())
    (folder / "audit.toml").write_text(
        f'[crawl]\n{lines}\n[[site]]\nname = "门户"\nunit = "示例局"\nlevel = "市直"\n'
        f'start = ["{url}/"]\n',
        encoding="utf-8",
    )


def findings(spawn) -> list[dict[str, object]]:
    done = spawn("report", "--format", "jsonl")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_sweep_decide_mend_recheck(spawn, site, tmp_path):
    configure(tmp_path, site.url)
    swept = spawn("sweep")
    assert swept.returncode == 0, swept.stderr.decode()
    text = swept.stdout.decode()
    assert "网址 3 个" in text
    assert "已扫描 3" in text
    assert swept.stderr == b""
    (leak,) = [row for row in findings(spawn) if row["type"] == "id_card"]
    assert leak["unit"] == "示例局"
    assert spawn("decide", str(leak["fingerprint"]), "--leak", "--who", "t").returncode == 0

    again = spawn("sweep")
    assert again.returncode == 0
    assert "第 2 次巡查" in again.stdout.decode()

    site.add("/leak.html", leaky_page("34**************12"))
    checked = spawn("recheck")
    assert checked.returncode == 0, checked.stderr.decode()
    assert "核验已消除" in checked.stdout.decode()
    total = json.loads(spawn("stats", "--format", "json").stdout)["values"]["total"]
    assert (total["outstanding"], total["verified"]) == (0, 1)
    assert spawn("recheck").stdout == b""

    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert ID.encode() not in stored


def test_a_site_that_does_not_answer(spawn, tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    configure(tmp_path, f"http://127.0.0.1:{port}")
    done = spawn("sweep")
    assert done.returncode == 3
    assert "门户" in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1
    assert b"Traceback" not in done.stderr


def test_no_sites_and_unknown_sites(run, tmp_path):
    (tmp_path / "audit.toml").write_text("", encoding="utf-8")
    assert run("sweep").exit_code == 2
    configure(tmp_path, "http://127.0.0.1:1")
    result = run("sweep", "--site", "门")
    assert result.exit_code == 2
    assert "您要的是“门户”吗" in result.stderr


def slow_site(site: TestSite) -> None:
    names = [f"/p{number}.html" for number in range(40)]
    site.link("/", *names)
    for name in names:
        site.add(name, leaky_page(), wait=0.1)


def start(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, audit.__file__, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(audit.__file__).parent)},
    )


def wait_for_requests(site: TestSite, count: int) -> None:
    for _ in range(600):
        if len(site.seen) >= count:
            return
        time.sleep(0.05)
    pytest.fail("the sweep did not ask for enough pages in 30 s")


def test_ctrl_c_in_the_middle_and_the_same_command_goes_on(spawn, site, tmp_path):
    slow_site(site)
    configure(tmp_path, site.url)
    first = start("sweep")
    wait_for_requests(site, 5)
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=60)
    assert first.returncode == 130, err.decode()
    assert "再次运行同一命令" in err.decode()
    assert "Traceback" not in err.decode()
    assert "中断" in out.decode()
    second = spawn("sweep")
    assert second.returncode == 0
    assert "第 1 次巡查" in second.stdout.decode()
    assert "网址 41 个" in second.stdout.decode()


def test_a_second_sweep_on_the_same_ledger_is_refused(spawn, site, tmp_path):
    slow_site(site)
    configure(tmp_path, site.url)
    first = start("sweep")
    try:
        wait_for_requests(site, 2)
        second = spawn("sweep")
        assert second.returncode == 2
        assert "另一次巡查" in second.stderr.decode()
        assert second.stderr.decode().count("\n") == 1
    finally:
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=60)


def test_a_lost_key_is_explained_and_can_be_gone_on_from(spawn, site, tmp_path):
    configure(tmp_path, site.url)
    make_ledger(tmp_path / "audit.db")  # with another key than the one made now
    refused = spawn("sweep")
    assert refused.returncode == 2
    assert "--rekey" in refused.stderr.decode()
    assert spawn("stats").returncode == 0
    assert spawn("sweep", "--rekey").returncode in (0, 3)  # 3: known pages of another site


@pytest.mark.parametrize("workers", ["1", "2"])
def test_pages_with_something_to_rectify_are_kept_sealed_when_asked(spawn, site, tmp_path, workers):
    configure(tmp_path, site.url)
    config = tmp_path / "audit.toml"
    config.write_text(config.read_text("utf-8") + '[archive]\nkeep = "findings"\n', "utf-8")
    swept = spawn("sweep", "--workers", workers)
    assert swept.returncode == 0, swept.stderr.decode()
    (sealed,) = (tmp_path / "archive").glob("*.sealed")
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or ID.encode() not in path.read_bytes()
    read = spawn("scan", str(sealed), "--format", "jsonl")
    assert read.returncode == 0, read.stderr.decode()
    rows = [json.loads(line) for line in read.stdout.decode().splitlines()]
    assert {row["url"] for row in rows} == {site.url + "/leak.html"}
    assert "id_card" in {row["type"] for row in rows}
    (tmp_path / "elsewhere").mkdir()
    other_key = spawn("scan", str(sealed), cwd=tmp_path / "elsewhere")
    assert other_key.returncode == 2
    assert len(other_key.stderr.decode().splitlines()) == 1


def test_nothing_of_a_page_is_kept_unless_asked(spawn, site, tmp_path):
    configure(tmp_path, site.url)
    assert spawn("sweep").returncode == 0
    assert not (tmp_path / "archive").exists()
