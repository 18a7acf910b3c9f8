"""`make demo`: serve the sample site on loopback, sweep it, report, count, and say what is next.

The ledger stays in demo-work/, so that a second run shows what a weekly sweep is like: only what
changed is fetched.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from sample.server import Served, serving
from scanner.errors import NOT_READ, WRONG_USE
from scanner.lang import default_lang, set_lang, tr

ROOT = Path(__file__).parents[1]
# Besides "nothing to do": leaks were found, and some things could not be read. Both are planted.
_EXPECTED = {0, 1, NOT_READ}

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
    parser.add_argument("--port", type=int, default=8734, help="0 takes a free one")
    parser.add_argument("--work", type=Path, default=ROOT / "demo-work")
    options = parser.parse_args()
    set_lang(default_lang())
    options.work.mkdir(parents=True, exist_ok=True)
    try:
        with serving(Served(), options.port) as base:
            return _demo(base, options.work)
    except OSError as error:
        print(_port_taken(options.port, error), file=sys.stderr)
        return WRONG_USE


def _demo(base: str, work: Path) -> int:
    (work / "audit.toml").write_text(_CONFIG.format(base=base), encoding="utf-8")
    _say(tr(f"示例网站已在本机启动：{base}/", f"The sample site is up on this machine: {base}/"))
    for words in (["sweep"], ["report"], ["stats"]):
        status = _audit(words, work)
        if status not in _EXPECTED:
            return status
    _say(_next_steps(work))
    return 0


def _audit(words: list[str], work: Path) -> int:
    _say(f"\n$ audit {' '.join(words)}")
    program = Path(sys.executable).with_name("audit")
    return subprocess.run([program, *words], cwd=work, check=False).returncode


def _say(text: str) -> None:
    print(text, flush=True)


def _port_taken(port: int, error: OSError) -> str:
    why = error.strerror or str(error)
    return tr(
        f"本机端口 {port} 用不了（{why}），请换一个再试：make demo PORT={port + 1}",
        f"Port {port} of this machine cannot be used ({why}); try make demo PORT={port + 1}",
    )


def _next_steps(work: Path) -> str:
    folder = work.name if work.parent == ROOT else str(work)
    return tr(
        f"""
接下来可以：
  cd {folder} && source ../.venv/bin/activate
  audit review                        逐条审核：泄露、依法公开、非个人信息
  audit stats                         审核后再看统计
  audit notice 青禾市民政局             生成该单位的整改通知工作簿
  make -C .. serve                    （另开一个终端）重新提供示例网站，然后：
  audit recheck                       重新抓取问题网页，核验整改
再运行一次 make demo，可以看到第二次排查只抓取有变化的内容。""",
        f"""
What to type next:
  cd {folder} && source ../.venv/bin/activate
  audit review                        one by one: leak, lawful, not personal data
  audit stats                         the figures after the review
  audit notice 青禾市民政局             the rectification workbook of that unit
  make -C .. serve                    (in another terminal) serve the sample site again, then:
  audit recheck                       fetch the flagged pages again and verify
Run make demo once more: the second sweep fetches only what changed.""",
    )


if __name__ == "__main__":
    sys.exit(main())
