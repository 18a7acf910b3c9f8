"""The pool of scanning processes: results, deaths, hangs; no page lost."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from scanner.errors import AuditError, ConfigError
from scanner.model import Fetched, ItemResult, Outcome
from scanner.workers import PipelineSpec, ScanPool
from tests.sweep.deadly import DeadlySpec, StillbornSpec

KEY = b"k" * 32
PAGE = "<html><title>公示</title><p>身份证号：340826198003150218</p><a href='/b'>b</a></html>"


def page(body: bytes, name: str = "a") -> Fetched:
    url = f"http://a.cn/{name}"
    return Fetched(url, url, 200, body, "text/html")


def scan_all(
    pages: Sequence[Fetched], spec: PipelineSpec, workers: int, seconds: float = 60.0
) -> list[ItemResult]:
    pool = ScanPool(spec, workers, seconds)
    pool.start()

    async def run() -> list[ItemResult]:
        return list(await asyncio.gather(*(pool.scan(one) for one in pages)))

    try:
        return asyncio.run(run())
    finally:
        pool.close()


@pytest.mark.parametrize("workers", [0, 2])
def test_links_values_and_what_the_page_says_of_itself(workers: int) -> None:
    results = scan_all([page(PAGE.encode(), str(n)) for n in range(20)], PipelineSpec(KEY), workers)
    assert [result.url for result in results] == [f"http://a.cn/{n}" for n in range(20)]
    for result in results:
        assert result.outcome is Outcome.SCANNED
        assert result.title == "公示"
        assert [finding.match.kind for finding in result.findings] == ["id_card"]
    # A link is sent once by each process, not with every page that has it in its menu.
    sent = [link.url for result in results for link in result.links]
    assert set(sent) == {"http://a.cn/b"}
    assert 1 <= len(sent) <= (workers or len(results))


def test_what_cannot_be_read_is_named() -> None:
    (result,) = scan_all(
        [page(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 4)], PipelineSpec(KEY), 0
    )
    assert result.outcome is Outcome.NOT_READ
    assert result.reason


def test_a_page_that_kills_its_worker_is_given_up_and_no_other_is_lost() -> None:
    bodies = [b"die" if n in (3, 17) else b"fine" for n in range(40)]
    results = scan_all([page(b, str(n)) for n, b in enumerate(bodies)], DeadlySpec(KEY), 2)
    failed = [n for n, result in enumerate(results) if result.outcome is Outcome.FAILED]
    assert failed == [3, 17]
    assert all(results[n].reason for n in failed)


def test_a_page_that_killed_its_worker_once_is_tried_again(tmp_path: Path) -> None:
    body = b"die-once " + str(tmp_path / "flag").encode()
    results = scan_all([page(b"fine"), page(body), page(b"fine")], DeadlySpec(KEY), 1)
    assert [result.outcome for result in results] == [Outcome.SCANNED] * 3


def test_a_page_that_takes_too_long_is_given_up() -> None:
    results = scan_all([page(b"hang"), page(b"fine")], DeadlySpec(KEY), 1, seconds=0.5)
    assert [result.outcome for result in results] == [Outcome.FAILED, Outcome.SCANNED]
    assert "0.5" in results[0].reason


@pytest.mark.parametrize("workers", [0, 1])
def test_an_error_of_the_scanner_is_a_result_without_the_words_of_the_page(workers: int) -> None:
    results = scan_all([page(b"raise 340826198003150218")], DeadlySpec(KEY), workers)
    assert results[0].outcome is Outcome.FAILED
    assert "ValueError" in results[0].reason
    assert "3408" not in results[0].reason


def test_workers_that_never_start_are_one_sentence() -> None:
    with pytest.raises(AuditError):
        scan_all([page(b"fine")], StillbornSpec(KEY), 1)


def test_rules_that_cannot_be_loaded_are_named(tmp_path: Path) -> None:
    (tmp_path / "identity").mkdir()
    (tmp_path / "identity" / "bad.toml").write_text("code = ", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bad\.toml"):
        scan_all([page(b"fine")], PipelineSpec(KEY, pack_dir=tmp_path), 1)


def test_the_key_is_not_shown() -> None:
    assert "kkkk" not in repr(PipelineSpec(KEY))


def test_workers_end_when_the_crawl_is_killed(tmp_path: Path) -> None:
    """A worker that outlived its crawl would sit in memory for ever."""
    code = (
        "import time\n"
        "from scanner.workers import ScanPool\n"
        "from tests.sweep.deadly import DeadlySpec\n"
        "if __name__ == '__main__':\n"
        "    pool = ScanPool(DeadlySpec(b'k' * 32), 2)\n"
        "    pool.start()\n"
        "    while len(pool._live) < 2: time.sleep(0.05)\n"
        "    time.sleep(1)\n"
        "    print(*[p.pid for p in pool._live.values()], flush=True)\n"
        "    time.sleep(60)\n"
    )
    script = tmp_path / "main.py"
    script.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        pids = [int(pid) for pid in process.stdout.readline().split()]
        assert len(pids) == 2
        process.kill()
    deadline = time.monotonic() + 20
    while any(is_running(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(is_running(pid) for pid in pids)


def is_running(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
