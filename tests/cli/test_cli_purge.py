"""`audit purge` as a user runs it: a preview first, then for good."""

import os
import time
from pathlib import Path


def configured(folder: Path, days: int = 30) -> Path:
    (folder / "audit.toml").write_text(f"[archive]\ndays = {days}\n", "utf-8")
    archive = folder / "archive"
    archive.mkdir()
    for name, age in (("old", 40), ("new", 1)):
        for ending in ("", ".json"):
            path = archive / f"{name}.warc.gz.sealed{ending}"
            path.write_bytes(b"x" * 10)
            os.utime(path, (time.time() - age * 86400,) * 2)
    (archive / "notes.txt").write_text("not ours", "utf-8")
    return archive


def test_a_preview_deletes_nothing_and_yes_what_it_named(run, tmp_path):
    archive = configured(tmp_path)
    preview = run("purge")
    assert preview.exit_code == 0
    assert "1 个超过 30 天的文件" in preview.stdout
    assert "--yes" in preview.stdout
    assert len(list(archive.iterdir())) == 5
    assert run("purge", "--yes").exit_code == 0
    assert {path.name for path in archive.iterdir()} == {
        "new.warc.gz.sealed",
        "new.warc.gz.sealed.json",
        "notes.txt",
    }


def test_ledger_data_needs_a_ledger_and_a_site_that_is_known(run, tmp_path):
    configured(tmp_path)
    assert run("purge", "--older-than", "90").exit_code == 3  # there is none yet
    assert run("purge", "--older-than", "0").exit_code == 2
