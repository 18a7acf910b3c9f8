"""The words by which values are judged, from `data/words.toml`."""

import tomllib
from functools import lru_cache
from importlib import resources

from scanner.errors import ConfigError


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[str, ...]]:
    text = resources.files("patterns").joinpath("data/words.toml").read_text("utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(text).items()}


def word_list(name: str) -> tuple[str, ...]:
    """The words of one list, in the file's order; raises ConfigError for an unknown name."""
    try:
        return _lists()[name]
    except KeyError:
        raise ConfigError(f"words.toml: no list {name}") from None


def first_in(words: tuple[str, ...], text: str) -> str:
    """The first of the words that occurs in the text, "" where none does."""
    return next((word for word in words if word in text), "")
