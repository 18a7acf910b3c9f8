"""Running the program: inside this process, and as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import audit
from scanner.lang import set_lang

# Invented: the area code was abolished before anybody with this birth date could have been born.
ID_NUMBER = "110201198807210033"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    """Every test in a folder of its own, with a key of its own, in Chinese."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("AUDIT_LEDGER", raising=False)
    monkeypatch.delenv("LC_ALL", raising=False)
    yield
    set_lang("zh")


@pytest.fixture
def run():
    """The program in this process: `run("scan", "x")` gives click's result."""

    def call(*words: str, stdin: str | None = None):
        return CliRunner().invoke(audit.main, list(words), input=stdin)

    return call


@pytest.fixture
def spawn(tmp_path):
    """The program as a process of its own."""

    def call(*words: str, **more: object) -> subprocess.CompletedProcess[bytes]:
        settings: dict[str, object] = {
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "timeout": 60,
            "env": {**os.environ, "PYTHONPATH": str(Path(audit.__file__).parent)},
            **more,
        }
        return subprocess.run(
            [sys.executable, audit.__file__, *words],
            check=False,
            **settings,  # type: ignore[call-overload]
        )

    return call


@pytest.fixture
def leaky(tmp_path) -> Path:
    """A page with one ID number in it."""
    path = tmp_path / "名单.html"
    path.write_text(
        "<html><head><meta charset=utf-8><title>名单</title></head><body>"
        f"<p>王小明，身份证号：{ID_NUMBER}</p></body></html>",
        encoding="utf-8",
    )
    return path
