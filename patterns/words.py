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
    for word in words:  # a generator would cost as much again
        if word in text:
            return word
    return ""


@lru_cache(maxsize=1)
def _field_keys() -> dict[str, str]:
    text = resources.files("patterns").joinpath("data", "field_keys.toml").read_text("utf-8")
    return {key: head for head, keys in tomllib.loads(text).items() for key in keys}


def head_of_key(key: str) -> str:
    """The head that a key of a script stands for: `XDR_MC` is 姓名; "" for an unknown key."""
    plain = key.lower().replace("_", "").replace("-", "").rstrip("0123456789")
    last = key.lower().rpartition("_")[2].rstrip("0123456789")
    known = _field_keys()
    return known.get(plain, known.get(last, ""))
