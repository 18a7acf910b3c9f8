"""What every command needs: the configuration, the ledger named, the language."""

import getpass
import os
from dataclasses import dataclass, replace
from pathlib import Path

from scanner.config import CONFIG_NAME, Config, default_config, ledger_url, load_config
from scanner.errors import ConfigError
from scanner.lang import set_lang, tr


@dataclass(frozen=True, slots=True)
class Common:
    """The options that every command has."""

    config: str | None = None
    lang: str | None = None
    ledger: str | None = None


def find_config(common: Common) -> Config | None:
    """The configuration named, or the one of the present folder; None where there is neither."""
    if common.config is not None:
        config = load_config(Path(common.config))
    elif Path(CONFIG_NAME).exists():
        config = load_config(Path(CONFIG_NAME))
    elif common.ledger is not None:
        config = default_config(_folder_of(common.ledger))
    else:
        return None
    if common.lang is None and config.language is not None:
        set_lang(config.language)
    if common.ledger is not None:
        config = replace(config, ledger_url=ledger_url(common.ledger, Path.cwd()))
    return config


def need_config(common: Common) -> Config:
    """The configuration. Raises ConfigError where there is none."""
    config = find_config(common)
    if config is None:
        raise ConfigError(
            tr(
                f"这个文件夹里没有 {CONFIG_NAME}：请先运行 audit init，或用 --config 指明",
                f"there is no {CONFIG_NAME} in this folder: run `audit init` first, "
                "or name one with --config",
            )
        )
    return config


def _folder_of(ledger: str) -> Path:
    """The folder of a SQLite ledger, where its key lies beside it; else the present one."""
    if "://" in ledger and not ledger.startswith("sqlite:///"):
        return Path.cwd()
    return Path(ledger.removeprefix("sqlite:///")).expanduser().absolute().parent


def user_name() -> str:
    """Who decides: the name of the person at this machine, for the history."""
    try:
        return os.environ.get("AUDIT_USER") or getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a number that has no name.
        return ""
