"""Word lists inside expressions: `{{diseases}}` stands for any word of `data/diseases.txt`."""

import re
from collections.abc import Iterable
from functools import cache

from patterns import reference

_LIST = re.compile(r"\{\{([a-z_]+)\}\}")


class UnknownListError(ValueError):
    """An expression names a list that is not there."""


def expand(expression: str) -> str:
    """The expression with every list written out.

    Raises UnknownListError for a list that is not in `patterns/data`.
    """
    return _LIST.sub(lambda match: _alternation(match.group(1)), expression)


def words_of(keywords: Iterable[str]) -> tuple[str, ...]:
    """The keywords, with one that is nothing but a list written out as its words. Raises as
    `expand`."""
    out: dict[str, None] = {}
    for keyword in keywords:
        named = _LIST.fullmatch(keyword)
        out |= dict.fromkeys(sorted(_words(named.group(1))) if named else (keyword,))
    return tuple(out)


def _words(name: str) -> frozenset[str]:
    try:
        return reference.words(f"{name}.txt")
    except FileNotFoundError:
        raise UnknownListError(name) from None


@cache
def _alternation(name: str) -> str:
    words = _words(name)
    return _guard(words) + trie(words)


def _guard(words: Iterable[str]) -> str:
    """A look ahead for the first two characters: it halves the time of a search."""
    if any(len(word) < 2 for word in words):
        return ""
    classes = ("".join(sorted({re.escape(word[place]) for word in words})) for place in (0, 1))
    return "(?={})".format("".join(f"[{chars}]" for chars in classes))


def trie(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; common beginnings are written once."""
    return _branch(sorted(set(words)))


def _branch(words: list[str]) -> str:
    """`words` is sorted; an empty first word means that one ends here."""
    ends = words[0] == ""
    by_first: dict[str, list[str]] = {}
    for word in words[1:] if ends else words:
        by_first.setdefault(word[0], []).append(word[1:])
    if not by_first:
        return ""
    single = [char for char, rest in by_first.items() if rest == [""]]
    parts = [re.escape(char) + _branch(rest) for char, rest in by_first.items() if rest != [""]]
    if single:
        one = re.escape(single[0])
        parts.append(one if len(single) == 1 else f"[{''.join(map(re.escape, single))}]")
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body
