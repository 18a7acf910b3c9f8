"""The texts that the scorer of names learns from: spans where the names are, and the same texts
from the same seed."""

import re
from itertools import islice
from random import Random

import pytest

from models.names.corpus import Labelled, Maker, joined, made_cells
from models.names.sources import given_names, prose_lines, surnames

_SIGN = re.compile(r"[@#%$\[\]<>]")
_WHOLE = re.compile(r"[@#%$]|\[[\u3400-\u9fff]{2,4}\]|<[\u3400-\u9fff]{2,8}>")


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker(Random(1))


def names_of(row: Labelled) -> list[str]:
    text, spans = row
    return [text[a:b] for a, b in spans]


def test_signs_of_the_prose_are_whole() -> None:
    lines = prose_lines()
    assert len(lines) > 2_500
    assert len(set(lines)) == len(lines)
    for line in lines:
        assert not _SIGN.search(_WHOLE.sub("", line)), line


def test_a_name_stands_in_every_place_left_for_one(maker: Maker) -> None:
    text, spans = maker.prose("县长@会见了#一行，%村民鼓掌。")
    assert not _SIGN.search(text)
    (a, b), (c, d) = spans
    assert text[:a] == "县长"
    assert text[b:c] == "会见了"
    assert text[d:].startswith("一行，")
    assert 2 <= b - a <= 4


def test_persons_of_history_are_named_too(maker: Maker) -> None:
    found = {names_of(maker.prose("[司马迁]写了史书。"))[0] for _ in range(40)}
    assert "司马迁" in found  # as written
    assert len(found) > 5  # or another name in its place


def test_names_begin_with_a_surname_and_are_given_ones_mostly(maker: Maker) -> None:
    ones, twos = given_names()
    assert len(set(ones)) == len(ones) > 500
    assert len(set(twos)) == len(twos) > 1_500
    made = [maker.name.plain() for _ in range(2_000)]
    known = surnames()
    assert all(name[0] in known or name[:2] in known for name in made)
    listed = {*ones, *twos}
    share = sum(name[1:] in listed for name in made) / len(made)
    assert 0.55 < share < 0.95


def test_the_same_seed_makes_the_same_texts() -> None:
    def some() -> list[Labelled]:
        maker = Maker(Random(7))
        return [maker.notice(), maker.pseudo(30, names=True), maker.prose("@说，@不在。")]

    assert some() == some()


def test_texts_are_joined_with_their_spans(maker: Maker) -> None:
    rows = [maker.prose(line) for line in islice(prose_lines(), 200)]
    whole = joined(iter(rows))
    assert names_of(whole) == [name for row in rows for name in names_of(row)]


def test_cells_are_half_names_and_short() -> None:
    cells = list(made_cells(Random(2), 500))
    assert sum(is_name for _, is_name in cells) == 500
    assert len(cells) == 1_000
    assert all(2 <= len(text) <= 4 for text, _ in cells)
