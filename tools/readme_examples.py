"""`make examples`: put real output of the demo into both read-me files.

Every code block that begins with `$ audit COMMAND` is replaced by what that command prints on the
sample site today; a long list of worst items is cut after the second.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.demo import ROOT

_FILES = {"README.md": "en_US.UTF-8", "README.zh-CN.md": "zh_CN.UTF-8"}
_ITEM = re.compile(r" ?(\d+) \S+  ")  # the first line of one of the worst items
# A command and its output, up to the next command or to what to type next.
_COMMAND = re.compile(
    r"^\$ audit .*?(?=\n\n\$ audit|\n\n\S[^\n]*\n  cd )", re.MULTILINE | re.DOTALL
)
_ITEM_LINES = 3
_SHOWN = 2


def main() -> int:
    """Run the demo in each language and rewrite the blocks."""
    for name, locale in _FILES.items():
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        for block in _outputs(locale):
            head = re.escape(" ".join(block.split()[:3]))
            old = re.search(rf"```\n{head}\b.*?\n```", text, re.DOTALL)
            if old is None:
                print(f"{name}: no block for {block.splitlines()[0]}", file=sys.stderr)
                return 1
            text = text.replace(old[0], f"```\n{block}\n```")
        path.write_text(text, encoding="utf-8")
    return 0


def _outputs(locale: str) -> list[str]:
    """What sweep, stats and review print, each with its command on top."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        demo = _run([sys.executable, "-m", "tools.demo", "--work", folder], ROOT, locale)
        sweep, stats = _COMMAND.findall(demo)
        program = str(Path(sys.executable).with_name("audit"))
        review = _run([program, "review"], work, locale, typed="q\n").rstrip()
    shown = "\n".join(line.rstrip() for line in review.splitlines()[:-1])
    return [_shortened(sweep), stats.rstrip(), f"$ audit review\n{shown}"]


def _run(words: list[str], folder: Path, locale: str, typed: str = "") -> str:
    env = {**os.environ, "LC_ALL": locale}
    done = subprocess.run(  # noqa: S603 - our own words
        words,
        cwd=folder,
        env=env,
        input=typed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return done.stdout


def _shortened(report: str) -> str:
    """The report with the first worst items only."""
    out: list[str] = []
    skip = 0
    for line in report.splitlines():
        item = _ITEM.match(line)
        if item and int(item[1]) > _SHOWN:
            if int(item[1]) == _SHOWN + 1:
                out.append(" ...")
            skip = _ITEM_LINES
        if skip:
            skip -= 1
        else:
            out.append(line.rstrip())
    return "\n".join(out)


if __name__ == "__main__":
    sys.exit(main())
