"""The words that head a column or stand before a value, and the rules that they speak for."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from patterns import reference
from patterns.rule import Rule
from patterns.words import head_of_key, word_list

_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")
_NOISE = re.compile(r"[\s:;,.、。\"'“”*/-]+")
_WALL = re.compile("[\n\t\x1d\x1e]")
_MANY_DIGITS = re.compile(r"[0-9]{4}|[0-9]+[.年/-][0-9]")
_LONGEST_HEAD = 24
_SHORT_ILLNESS = 4  # `残疾`, `肢体残疾` head columns; `慢性阻塞性肺疾病` stands in one
# A label with its value, `类型：伤残`, or a sentence: no head.
_SAID = re.compile(r"[:：] *[^\s:：]{2}|[。；;]|[\u4e00-\u9fff][，,] *[\u4e00-\u9fff]")
# `财产号`, `设备编码`: the form of the word says that things are counted, whatever they are.
_COUNTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?<!微信)(?<!账)(?:号|编码|代码|编号)")


def clean_head(text: str) -> str:
    """Head words without spaces, punctuation and what stands in brackets; `text` is normalised."""
    return _NOISE.sub("", _BRACKETS.sub("", text))


class Vocabulary:
    """Head and label words of a pack."""

    def __init__(self, rules: Iterable[Rule], column_cues: Iterable[str] = ()) -> None:
        words: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            for word in rule.headers:
                words[clean_head(word)].append(rule)
        self._words = {word: tuple(found) for word, found in words.items() if word}
        cues = {clean_head(cue) for cue in column_cues}
        self._heads = (
            frozenset(self._words) | set(word_list("plain_heads")) | {c for c in cues if len(c) > 1}
        )
        sizes: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            sizes[word[-1]].add(len(word))
        # Lengths of the words that end in a letter, longest first; a label has two at least.
        self._sizes = {char: sorted(found - {1}, reverse=True) for char, found in sizes.items()}
        self.longest = max((len(w) for w in self._words), default=0)
        self._rules_for = lru_cache(maxsize=4096)(self._find_rules)
        self._is_head = lru_cache(maxsize=8192)(self._looks_like_head)

    def rules_for(self, head: str) -> tuple[tuple[Rule, str], ...]:
        """Rules that a column head speaks for, each with the word that matched.

        The longest word decides: `证书编号` is a certificate number, not any number.
        """
        return self._rules_for((head_of_key(head) or head) if head.isascii() else head)

    def is_head(self, text: str) -> bool:
        """Whether the content of a cell reads like the head of a column or a label."""
        return self._is_head(text)

    def label_before(self, text: str, end: int) -> str:
        """The label that ends just before `end` in normalised text, "" when there is none."""
        before = text[max(0, end - self.longest - 6) : end].rstrip(" :(['\"“-+=为是")
        sizes = self._sizes.get(before[-1]) if before else None
        if not sizes:
            return ""
        tail = _WALL.split(before)[-1].replace(" ", "")
        for size in sizes:
            if size <= len(tail) and tail[-size:] in self._words:
                return tail[-size:]
        return ""

    def rules_of_word(self, word: str) -> tuple[Rule, ...]:
        """Rules that list exactly this word."""
        return self._words.get(word, ())

    def _find_rules(self, head: str) -> tuple[tuple[Rule, str], ...]:
        best: dict[str, tuple[Rule, str]] = {}
        for part in {clean_head(head), *map(clean_head, re.split(r"[/\s|]+", head))}:
            for rule, word in self._matching(part):
                if rule.code not in best or len(word) > len(best[rule.code][1]):
                    best[rule.code] = (rule, word)
        longest = max((len(word) for _, word in best.values()), default=0)
        whole = clean_head(head)
        return tuple(
            (rule, word)
            for rule, word in best.values()
            if len(word) == longest or whole.endswith(word) or "/" in head
        )

    def _matching(self, part: str) -> Iterable[tuple[Rule, str]]:
        if not part or len(part) > _LONGEST_HEAD:
            return
        for size in range(len(part), 1, -1):
            for word in {part[-size:], part[:size]}:
                for rule in self._words.get(word, ()):
                    if not any(against in part for against in rule.headers_against):
                        yield rule, word

    def _looks_like_head(self, text: str) -> bool:
        part = clean_head(text)
        if (
            not part
            or _SAID.search(_BRACKETS.sub("", text))
            or len(part) > _LONGEST_HEAD
            or part in word_list("cell_values")
            or (len(part) > _SHORT_ILLNESS and part in reference.words("diseases.txt"))
            or _MANY_DIGITS.search(part)
        ):
            return False
        if part in self._heads or counts_things(part) or (part.isascii() and head_of_key(part)):
            return True
        return any(
            part[-size:] in self._heads or part[:size] in self._heads
            for size in range(min(len(part), 8), 1, -1)
        )


def counts_things(head: str) -> bool:
    """Whether a head, by the form of its word, is over numbers of things."""
    return _COUNTED.fullmatch(clean_head(head)) is not None


def is_value(text: str) -> bool:
    """Whether the content of a cell can only be data."""
    part = _NOISE.sub("", text)
    return part in word_list("cell_values") or bool(_MANY_DIGITS.search(part))
