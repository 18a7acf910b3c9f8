"""What is committed: nothing of the machine it was made on, nothing large, and true words."""

import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
MEGABYTE = 1_000_000


@cache
def committed() -> tuple[Path, ...]:
    """Every file git knows; skips outside a checkout, as in an unpacked archive."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    run = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True
    )
    paths = (ROOT / name for name in run.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def texts() -> list[tuple[str, str]]:
    out = []
    for path in committed():
        body = path.read_bytes()
        if b"\0" not in body:
            out.append((str(path.relative_to(ROOT)), body.decode("utf-8", "replace")))
    return out


def test_no_file_is_larger_than_a_megabyte() -> None:
    # The weights of the finder of names are data that only training can make again.
    large = [p.name for p in committed() if p.stat().st_size > MEGABYTE]
    assert [name for name in large if name != "names.npz"] == []
    assert all(p.stat().st_size < 10 * MEGABYTE for p in committed())


def test_no_file_names_the_machine_it_was_written_on() -> None:
    # Written in pieces, or this file would name them itself.
    homes = "|".join(["/" + "work" + "/", "/" + "root" + "/", "/" + r"home/\w+/", "/opt" + "/pypi"])
    mirrors = "|".join(["--(extra-)?" + r"index-url\s+\S", "--find-" + r"links\s+\S"])
    place = re.compile(f"(?<![A-Za-z0-9._~-])(?:{homes})|{mirrors}")
    assert [f"{name}: {found[0]}" for name, text in texts() if (found := place.search(text))] == []


def test_lock_names_no_registry_and_hashes_everything() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert not re.search(r"^\s*(-i|-f|--index|--extra|--find|--trusted)", lock, re.MULTILINE)
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]


def test_lock_holds_every_dependency_of_the_project_and_its_dev_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[\[><=~! ;]", want)[0].lower().replace("_", "-") for want in wanted}
    assert names - pinned == set()
    # Upper bounds belong in the lock, lower bounds in the project.
    assert [want for want in wanted if ">=" not in want or "==" in want] == []


def test_licence_is_the_one_the_project_names() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text


@pytest.mark.parametrize("name", READMES)
def test_readme_starts_with_the_two_commands(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines[:20] if line.startswith("make ")]
    assert [command.split()[1] for command in commands[:2]] == ["demo", "test"]


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "docs/architecture.md"])
def test_named_make_targets_and_links_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    assert named - targets == set()
    folder = (ROOT / name).parent
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    assert [link for link in links if not (folder / link).exists()] == []


def test_both_readmes_have_the_same_build() -> None:
    def shape(name: str) -> tuple[list[int], list[str]]:
        text = (ROOT / name).read_text(encoding="utf-8")
        outside = re.sub(r"```.*?```", "```", text, flags=re.DOTALL)
        return (
            [len(marks) for marks in re.findall(r"^(#+) ", outside, re.MULTILINE)],
            re.findall(r"^```\w*\n(?:\$ )?(audit [a-z]+|make [a-z]+)", text, re.MULTILINE),
        )

    assert shape("README.md") == shape("README.zh-CN.md")


def test_changelog_has_an_unreleased_part() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[Unreleased\]", text, re.MULTILINE)
