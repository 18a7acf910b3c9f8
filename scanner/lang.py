"""The language of what the user reads: Chinese by default, English when asked for."""

import os
from contextvars import ContextVar
from typing import Literal

Lang = Literal["zh", "en"]

_lang: ContextVar[Lang] = ContextVar("lang", default="zh")


def default_lang(environ: dict[str, str] | None = None) -> Lang:
    """Chinese where the locale is Chinese, neutral (C, POSIX) or unset; English elsewhere."""
    env = os.environ if environ is None else environ
    locale = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    neutral = locale.split(".")[0] in {"", "C", "POSIX"}
    return "zh" if neutral or locale.lower().startswith("zh") else "en"


def set_lang(lang: Lang) -> None:
    """Choose the language of everything said from here on."""
    _lang.set(lang)


def get_lang() -> Lang:
    """The language in force."""
    return _lang.get()


def tr(zh: str, en: str) -> str:
    """The one of two texts, written side by side in the code, that is in the language in force."""
    return zh if _lang.get() == "zh" else en
