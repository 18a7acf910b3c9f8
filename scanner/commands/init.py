"""`audit init`: a fresh configuration."""

from pathlib import Path

from scanner.commands.context import Common
from scanner.config import CONFIG_NAME
from scanner.config_text import write_config
from scanner.lang import get_lang, tr
from scanner.report.console import err, out
from scanner.safe_text import styled


def init(common: Common) -> int:
    """Write `audit.toml`; raises ConfigError where it is already there."""
    path = Path(common.config or CONFIG_NAME)
    write_config(path, get_lang())
    out().print(styled(str(path)), soft_wrap=True)
    err().print(
        styled(
            tr(
                f"已写好 {path}：请改好网站清单，再运行 audit sweep",
                f"wrote {path}: list your sites in it, then run audit sweep",
            )
        ),
        soft_wrap=True,
    )
    return 0
