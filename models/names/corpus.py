"""Training texts: invented notices, pseudo text, name-swapped sentences, laws.

Every text comes as (text, spans); names are invented from frequencies of surnames and given-name
characters.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random

from models.names import phrases
from models.names.sources import (
    area_names,
    char_counts,
    given_counts,
    given_names,
    sounds,
    surnames,
    transitions,
    words,
)

Labelled = tuple[str, list[tuple[int, int]]]
_SLOT = re.compile(r"\{([a-z]+)\}")
# A person stands here: a name may stand in its place.
_HE = re.compile(
    r"(?<!其)[他她](?![们人国])|当事人|被告人|申请人|犯罪嫌疑人|代表人|(?<=[，。])(?:公民|本人)"
)
_PLACE = re.compile(r"[@#%$]|\[[^\]]+\]|<[^>]+>")
_CHANGED = 0.6  # share of named persons of the prose who are given another name
_UNUSUAL = 0.06  # given-name characters drawn from running text
_KNOWN, _FOREIGN = 0.05, 0.03  # shares of names of public figures, of foreign names


@dataclass(frozen=True, slots=True)
class Habit:
    """How names are drawn."""

    power: float  # of the surnames' frequencies: below 1 for more of the rare ones
    least: float  # added to each
    listed: float  # share of given names from the project's own list
    in_place: bool  # whether the others are of characters that stand at such a place


# In running text the names are as they are borne; a cell has no words around it, so there every
# name that could be one has to be known.
IN_TEXT = Habit(0.95, 2, 0.65, in_place=True)
IN_CELLS = Habit(0.85, 3, 0.2, in_place=False)


class Namer:
    """Draws invented names."""

    def __init__(self, rng: Random, habit: Habit = IN_TEXT) -> None:
        self._rng = rng
        self._habit = habit
        listed = surnames()
        self._single = _weighted(
            {s: n**habit.power + habit.least for s, n in listed.items() if len(s) == 1}
        )
        self._double = _weighted({s: n**0.5 + 1 for s, n in listed.items() if len(s) == 2})
        ones, self._twos = given_names()
        self._ones = _weighted({c: 1 / (n + 20) for n, c in enumerate(ones)})
        pattern = self._twos if habit.in_place else ()
        self._given = tuple(_weighted(_in_place(pattern, place)) for place in (0, 1))
        common = {c: float(n) for c, n in char_counts().items() if n > 50}
        self._other = _weighted({c: n**0.5 for c, n in common.items()})
        self._foreign = _listed(("nrt", "nrfg"), listed)
        heard = [w.text for w in words() if w.tag == "nrt" and set(w.text) <= sounds()]
        self._firsts = [name[0] for name in heard]
        self._next: dict[str, list[str]] = defaultdict(list)
        for name in heard:
            for char, following in pairwise(name):
                self._next[char].append(following)

    def __call__(self) -> str:
        """One name, in one of the proportions above."""
        rng = self._rng
        kind = rng.random()
        if kind < _KNOWN:
            return rng.choice(phrases.FIGURES)
        if kind < _KNOWN + _FOREIGN:
            return self._draw(self._foreign)
        return self.plain()

    def plain(self) -> str:
        """An invented name, nobody's on purpose."""
        rng, listed = self._rng, self._habit.listed
        double = rng.random() < 0.02
        surname = self._draw(self._double if double else self._single)
        if rng.random() < (0.5 if double else 0.27):
            known = rng.random() < listed
            return surname + (self._draw(self._ones) if known else self._character(1))
        if rng.random() < listed:
            return surname + rng.choice(self._twos)
        first = self._character(0)
        return surname + first + (first if rng.random() < 0.03 else self._character(1))

    def _character(self, place: int) -> str:
        unusual = self._rng.random() < _UNUSUAL
        return self._draw(self._other if unusual else self._given[place])

    def foreign(self) -> str:
        """A transliterated name that nobody bears on purpose: sounds of others, mixed."""
        rng = self._rng
        size = rng.choices((2, 3, 4, 5), (40, 38, 17, 5))[0]
        name = rng.choice(self._firsts)
        while len(name) < size:
            name += rng.choice(self._next.get(name[-1], self._firsts))
        return name

    def _draw(self, table: tuple[list[str], list[float]]) -> str:
        return self._rng.choices(table[0], cum_weights=table[1])[0]


def _weighted(table: dict[str, float]) -> tuple[list[str], list[float]]:
    return list(table), list(accumulate(table.values()))


def _in_place(names: Sequence[str], place: int) -> dict[str, float]:
    """How often a character stands first (0) or last (1) in given names of two characters."""
    seen = [Counter(name[i] for name in names) for i in (0, 1)]
    return {
        char: count**0.85 * (seen[place][char] + 1) / (seen[0][char] + seen[1][char] + 2)
        for char, count in given_counts().items()
        if count > 3
    }


def _listed(tags: tuple[str, ...], known: dict[str, int]) -> tuple[list[str], list[float]]:
    """Names of jieba's dictionary in Chinese form."""
    rows = [w for w in words() if w.tag in tags and len(w.text) > 1 and w.text[0] in known]
    return _weighted({w.text: w.count**0.6 for w in rows})


class Maker:
    """Makes labelled texts of every sort from one generator of random numbers."""

    def __init__(self, rng: Random, towns: Sequence[str] = ()) -> None:
        self._rng = rng
        self._towns = towns or sorted(map(_stem, area_names()))
        self.name = Namer(rng)
        by_tag: dict[str, dict[str, float]] = defaultdict(dict)
        for word in words():
            if len(word.text) <= 5:
                by_tag[word.tag][word.text] = float(word.count)
        self._by_tag = {tag: _weighted(table) for tag, table in by_tag.items()}
        self._areas = sorted(area_names())
        self._slots = self._fillers()

    def _fillers(self) -> dict[str, Callable[[], str]]:
        rng, pick = self._rng, self._pick
        titles = [
            w.text for w in words() if w.text.endswith(phrases.TITLE_ENDS) and len(w.text) < 6
        ]
        titles = [t for t in titles if t not in phrases.NO_TITLES] + list(phrases.TITLES) * 8
        return {
            "title": lambda: rng.choice(titles),
            "role": lambda: rng.choice(phrases.ROLES),
            "verb": lambda: rng.choice(phrases.VERBS),
            "act": lambda: self._word("v") + rng.choice(("", "了", "过", "着", "在")),
            "before": lambda: rng.choice(phrases.BEFORE),
            "after": lambda: rng.choice(phrases.AFTER),
            "rel": lambda: rng.choice(phrases.RELATIVES),
            "place": self._place,
            "org": lambda: self._place() + rng.choice(phrases.BODIES),
            "n": lambda: self._word("n"),
            "a": lambda: self._word("a"),
            "num": lambda: str(rng.randint(1, 9999)),
            "year": lambda: str(rng.randint(1950, 2026)),
            "age": lambda: str(rng.randint(5, 95)),
            "some": lambda: self.pseudo(rng.randint(2, 7))[0],
            "sep": lambda: rng.choice("、、、，, 　"),
            "gap": lambda: pick((" ", "　", "  ", "\n", "\t")),
            "colon": lambda: pick(("：", "：", ":", " ", "： ")),
        }

    def _pick(self, row: tuple[str, ...]) -> str:
        return self._rng.choice(row)

    def _word(self, tag: str) -> str:
        table = self._by_tag[tag]
        return self._rng.choices(table[0], cum_weights=table[1])[0]

    def _place(self) -> str:
        rng = self._rng
        kind = rng.random()
        if kind < 0.3:
            return self._word("ns")
        if kind < 0.4:
            return rng.choice(self._towns) + rng.choice(("", "镇", "乡", "街道", "村"))
        stem = _stem(rng.choice(self._areas))
        if kind > 0.6:
            stem = rng.choice(self._areas)[0] + rng.choice(self._areas)[1:2]
        if kind > 0.7:
            stem = self.name.plain()[:2]
        if kind > 0.8:
            stem = self.name.plain()[0] + rng.choice(("家", "各", *phrases.SMALL_PLACES))
        if kind > 0.85:
            stem += rng.choice(phrases.SMALL_PLACES)
        return stem + rng.choice(phrases.PLACE_ENDS)

    def notice(self) -> Labelled:
        """A sentence or list in the manner of a notice or a report."""
        return self.fill(self._rng.choice(phrases.TEMPLATES))

    def fill(self, template: str) -> Labelled:
        """A template with its slots filled; `{name}` is labelled, `{names}` is a list of names."""
        out, spans, last = "", [], 0
        for slot in _SLOT.finditer(template):
            out += template[last : slot.start()]
            last = slot.end()
            kind = slot.group(1)
            if kind == "name":
                out, spans = _put(out, spans, self.name())
            elif kind == "names":
                sep = self._rng.choice(("、", "、", "、", "，", " ", "　", "\n", "; "))
                for number in range(self._rng.randint(2, 8)):
                    out, spans = _put(out + (sep if number else ""), spans, self.name())
            else:
                out += self._slots[kind]()
        return out + template[last:], spans

    def prose(self, line: str) -> Labelled:
        """A line of the project's own prose, invented names in the places left for them."""
        out, spans, last = "", [], 0
        for place in _PLACE.finditer(line):
            out += line[last : place.start()]
            last = place.end()
            sign = place.group()
            if sign in "%$":
                out += self._thing(sign)
                continue
            if sign == "@":
                name = self.name.plain()
            elif sign == "#" or self._rng.random() < _CHANGED:
                name = self.name.foreign() if sign[0] in "#<" else self.name.plain()
            else:
                name = sign[1:-1]
            out, spans = _put(out, spans, name)
        return out + line[last:], spans

    def _thing(self, sign: str) -> str:
        """What is written as a name might be, and is none: `%` as Chinese, `$` as foreign ones."""
        rng = self._rng
        if sign == "$":
            return self.name.foreign()
        kind = rng.random()
        if kind < 0.3:
            return self._word("ns")
        if kind < 0.45:
            return _stem(rng.choice(self._areas))
        if kind < 0.65:
            return rng.choice(self._towns)
        if kind < 0.75:
            return rng.choice(self._areas)[0] + rng.choice(self._areas)[1:2]
        name = self.name.plain()
        return name if kind < 0.8 else name[:2]

    def pseudo(self, size: int, names: bool = False) -> Labelled:
        """Words in the order of their tags in jieba's model: no sense, but the joints of text."""
        rng, table = self._rng, transitions()
        out, spans, tag, named = "", [], rng.choice(("x", "n", "v", "r")), False
        for _ in range(size):
            tags, weights = table.get(tag, table["n"])
            tag = rng.choices(tags, weights)[0]
            if tag == "nr" and (not names or named):
                tag = "n"
            named = tag == "nr"
            if tag == "nr":
                out, spans = _put(out, spans, self.name())
            elif tag == "x":
                out += rng.choices(
                    "，。、“”：；（）《》！？", (30, 20, 12, 4, 4, 3, 2, 2, 2, 2, 2, 1, 1)
                )[0]
            elif tag == "m" and rng.random() < 0.4:
                out += str(rng.randint(1, 3000))
            elif tag in self._by_tag:
                out += self._word(tag)
        return out, spans

    def named(self, text: str, share: float, spans: list[tuple[int, int]]) -> Labelled:
        """The text with a share of its pronouns and parties replaced by invented names."""
        out, made, last = "", [], 0
        held = sorted(spans)
        for found in _HE.finditer(text):
            if any(a < found.end() and found.start() < b for a, b in held):
                continue
            if self._rng.random() >= share:
                continue
            made += [
                (a + len(out) - last, b + len(out) - last)
                for a, b in held
                if last <= a < found.start()
            ]
            out, made = _put(out + text[last : found.start()], made, self.name())
            last = found.end()
        made += [(a + len(out) - last, b + len(out) - last) for a, b in held if last <= a]
        return out + text[last:], made

    def swapped(self, sentence: Labelled, share: float) -> Labelled:
        """The sentence with a share of its names replaced by invented ones."""
        text, spans = sentence
        out, made, last = "", [], 0
        for start, end in sorted(spans):
            out += text[last:start]
            name = text[start:end]
            foreign = not 2 <= len(name) <= 4 or name[0] not in surnames()
            if self._rng.random() < share and not ("(" in text[start - 1 : start] and foreign):
                name = self.name()
            out, made = _put(out, made, name)
            last = end
        return out + text[last:], made


def _put(out: str, spans: list[tuple[int, int]], name: str) -> Labelled:
    return out + name, [*spans, (len(out), len(out) + len(name))]


def joined(rows: Iterator[Labelled]) -> Labelled:
    """One text of many, a line each."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    size = 0
    for text, found in rows:
        parts.append(text)
        spans += [(a + size, b + size) for a, b in found]
        size += len(text) + 1
    return "\n".join(parts) + "\n", spans


def made_cells(rng: Random, size: int, towns: Sequence[str] = ()) -> Iterator[tuple[str, bool]]:
    """`size` cells of two to four characters that are names, and as many that are none."""
    namer = Namer(rng, IN_CELLS)
    for _ in range(size):
        yield namer.plain(), True
    listed = [w for w in words() if w.tag not in ("nr", "nrt", "nrfg") and 2 <= len(w.text) <= 4]
    common = list(accumulate(float(w.count) ** 0.4 for w in listed))
    bodies = [w.text for w in listed if w.tag in ("nt", "nz", "ns")]
    areas = sorted(area_names())
    short_places = [_stem(w.text) for w in words() if w.tag == "ns"]
    short_places = [place for place in short_places if 2 <= len(place) <= 3]
    brands = [w.text for w in words() if w.tag == "nz" and len(w.text) == 2]
    makers: tuple[Callable[[], str], ...] = (
        lambda: rng.choices(listed, cum_weights=common)[0].text,
        lambda: rng.choice(bodies),
        lambda: _stem(rng.choice(areas)),
        lambda: rng.choice(areas),
        lambda: rng.choice(areas)[0] + rng.choice(areas)[1:2],
        lambda: _stem(rng.choice(areas))[-1] + rng.choice(listed).text[:2],
        lambda: rng.choice(areas)[0] + rng.choice(phrases.SMALL_PLACES),
        lambda: rng.choice(areas)[:2] + rng.choice(phrases.SMALL_PLACES),
        lambda: namer.plain()[:2] + rng.choice(phrases.SMALL_PLACES),
        lambda: (
            rng.choice(phrases.TRADE)
            + rng.choice(phrases.TRADE)
            + rng.choice(("", *phrases.TRADES))
        ),
        lambda: rng.choice(listed).text[:2] + rng.choice(phrases.TRADES),
        lambda: namer.plain()[:2] + rng.choice("镇镇镇乡乡县村区市"),
        lambda: (
            _stem(rng.choice(areas))[:1]
            + rng.choice(_stem(rng.choice(areas)))
            + rng.choice(("", "", "镇", "乡"))
        ),
        lambda: namer.plain()[: rng.choice((1, 2))] + rng.choice(phrases.TRADE),
        lambda: (
            rng.choice("万东大金天中世新华鑫丰乐云")
            + rng.choice(phrases.TRADE)
            + rng.choice((namer.plain()[-1], rng.choice(phrases.TRADE)))
        ),
        lambda: rng.choice(listed).text[0] + rng.choice(listed).text[-1],
        lambda: namer.plain()[0] + rng.choice(listed).text[-1],
        lambda: rng.choice(towns or short_places),
        lambda: rng.choice(short_places),
        lambda: rng.choice(short_places)[0] + rng.choice(short_places)[-1],
        lambda: rng.choice(brands) + rng.choice(("", *phrases.TRADES)),
        lambda: _brand(rng, namer),
        lambda: namer.foreign()[: rng.choice((2, 3, 3, 4))],
        lambda: rng.choice(listed).text[: rng.choice((1, 2))] + rng.choice(phrases.SHOP_ENDS),
        lambda: namer.plain()[0] + rng.choice(phrases.SHOP_ENDS),
        lambda: rng.choice(listed).text[:2] + rng.choice(listed).text[0],
        lambda: rng.choice(phrases.STATES) + rng.choice(phrases.OF_STATES),
        lambda: rng.choice(phrases.TITLES) if rng.random() < 0.3 else rng.choice(phrases.ROLES),
    )
    made = 0
    while made < size:
        text = rng.choices(
            makers,
            (
                *(14, 2, 4, 1, 1, 1, 2, 2, 2, 2, 1, 0.5, 4, 3, 2, 3, 2, 8, 5, 4, 2, 3),
                *(14, 6, 3, 2, 3, 0.5),
            ),
        )[0]()
        if 2 <= len(text) <= 4:
            made += 1
            yield text, False


def _brand(rng: Random, namer: Namer) -> str:
    """A made-up name of a shop or firm: lucky characters, or sounds that mean nothing."""
    lucky = "".join(rng.choices(phrases.LUCKY, k=rng.choice((2, 2, 3))))
    kind = rng.random()
    if kind < 0.4:
        return lucky
    if kind < 0.6:
        return lucky[0] + namer.foreign()[0]
    if kind < 0.8:
        return namer.foreign()[:2] + lucky[: rng.choice((0, 1))]
    return rng.choice(phrases.TRADE) + lucky[: rng.choice((1, 2))]


def _stem(area: str) -> str:
    """The name of an area without what it is."""
    return area.rstrip("省市县区旗镇乡") if len(area) > 2 else area
