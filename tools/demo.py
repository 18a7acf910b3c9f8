"""`make demo`: serve the sample site on loopback, sweep it, report, count, and say what is next.

The ledger stays in demo-work/, so that a second run shows what a weekly sweep is like: only what
changed is fetched.
"""

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from rich.cells import cell_len

from sample.server import DEFAULT_PORT, Served, serving
from scanner.errors import NOT_READ, WRONG_USE
from scanner.lang import default_lang, set_lang, tr

ROOT = Path(__file__).parents[1]
# Besides "nothing to do": leaks were found, and some things could not be read. Both are planted.
_EXPECTED = {0, 1, NOT_READ}

# `audit sweep` ends with the report of the sweep; `audit report` prints it again.
_COMMANDS = (["sweep"], ["stats", "--by", "unit", "--by", "level", "--count", "items"])

_CONFIG = """\
# Written by `make demo` for the bundled sample site. The commented version: audit init
[ledger]
path = "audit.db"
key = "audit.key"

[rectification]
deadline_days = 10

[crawl]
delay_seconds = 0.0 # the sample site is on this machine; leave real sites their second
contact = "demo@example.com"

[[site]]
name = "青禾市门户"
unit = "青禾市人民政府办公室"
level = "市直"
start = ["{base}/"]
domains = ["127.0.0.1"]

# The source that a page names files it under its unit.
[[unit]]
name = "青禾市民政局"
level = "市直"

[[unit]]
name = "云岭县人民政府"
level = "县区"

[[unit]]
name = "石桥镇人民政府"
level = "乡镇街道"
parent = "云岭县人民政府"

# Without a level on purpose: it is counted as 未归类.
[[unit]]
name = "青禾市政务服务中心"
"""


def main() -> int:
    """Run the demo; status 2 when the port is taken or a command failed."""
    parser = argparse.ArgumentParser(description="sweep the bundled sample site")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes a free one")
    parser.add_argument("--work", type=Path, default=ROOT / "demo-work")
    options = parser.parse_args()
    set_lang(default_lang())
    with ExitStack() as stack:
        try:
            base = stack.enter_context(serving(Served(), options.port))
        except OSError as error:
            print(_port_taken(options.port, error), file=sys.stderr)
            return WRONG_USE
        return _demo(base, options.work)


def _demo(base: str, work: Path) -> int:
    work.mkdir(parents=True, exist_ok=True)
    (work / "audit.toml").write_text(_CONFIG.format(base=base), encoding="utf-8")
    _say(tr(f"示例网站已在本机启动：{base}/", f"The sample site is up on this machine: {base}/"))
    for words in _COMMANDS:
        status = _audit(words, work)
        if status not in _EXPECTED:
            return status
    _say(_next_steps(work, base.rpartition(":")[2]))
    return 0


def _audit(words: list[str], work: Path) -> int:
    _say(f"\n$ audit {' '.join(words)}")
    program = Path(sys.executable).with_name("audit")
    run = subprocess.run([program, *words], cwd=work, check=False)  # noqa: S603 - our own words
    return run.returncode


def _say(text: str) -> None:
    print(text, flush=True)


def _port_taken(port: int, error: OSError) -> str:
    why = error.strerror or str(error)
    return tr(
        f"本机端口 {port} 用不了（{why}），请换一个再试：make demo PORT={port + 1}",
        f"Port {port} of this machine cannot be used ({why}); try make demo PORT={port + 1}",
    )


def _next_steps(work: Path, port: str) -> str:
    there, back = os.path.relpath(work), os.path.relpath(ROOT, work)
    serve = f"make -C {back} serve" + ("" if port == str(DEFAULT_PORT) else f" PORT={port}")
    steps = (
        (f"cd {there} && source {back}/.venv/bin/activate", ""),
        (
            "audit review",
            tr("逐条审核：泄露、依法公开、非个人信息", "leak, lawful, not personal data?"),
        ),
        ("audit stats", tr("完整的统计：条、值、人", "all the figures: items, values, persons")),
        (
            "audit notice 青禾市民政局",
            tr("生成该单位的整改通知工作簿", "the rectification workbook of that unit"),
        ),
        (serve, tr("另开一个终端，重新提供示例网站", "in another terminal: the sample site again")),
        ("audit recheck", tr("重新抓取问题网页，核验整改", "fetch flagged pages again and verify")),
        (
            "make demo",
            tr("再来一次：只抓取有变化的内容", "once more: only what changed is fetched"),
        ),
    )
    width = max(cell_len(command) for command, why in steps if why) + 3
    lines = [
        "  " + (command + " " * (width - cell_len(command)) + why if why else command)
        for command, why in steps
    ]
    return "\n".join([tr("\n接下来可以：", "\nWhat to type next:"), *lines])


if __name__ == "__main__":
    sys.exit(main())
