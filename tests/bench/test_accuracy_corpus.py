"""The generated corpus: the same bytes each time, and labels that are true of the pages."""

import re
from collections import defaultdict
from html import unescape
from pathlib import Path

import pytest

from bench.accuracy import generate, numbers
from bench.accuracy.labels import Page
from bench.accuracy.registry import kinds

_SIGNS = set("*＊×●○□Xx某")
_FULL = str.maketrans("０１２３４５６７８９Ｘ", "0123456789X")
_NUMBERS = {"id_card", "mobile", "bank_card", "disability_cert", "student_id", "passport"}


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    return list(generate.pages(6 * len(kinds())))


def _digits(text: str) -> str:
    """The digits and check letters of a piece of source, as a browser would show them."""
    escaped = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m.group(1), 16)), text)
    shown = unescape(re.sub(r"<[^>]*>", "", escaped)).translate(_FULL).upper()
    return re.sub(r"[^0-9A-Z]", "", shown)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one = generate.write(tmp_path / "one", 40)
    two = generate.write(tmp_path / "two", 40)
    assert one == two
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_another_seed_gives_another_corpus() -> None:
    assert generate.corpus_hash(generate.pages(10)) != generate.corpus_hash(
        generate.pages(10, seed=1)
    )


def test_a_page_does_not_depend_on_the_pages_before_it() -> None:
    every = kinds()
    alone = generate.make_page(every[7], 7)
    assert alone == list(generate.pages(8))[7]


def test_there_are_at_least_sixty_kinds_of_at_least_ten_families() -> None:
    assert len(kinds()) >= 60
    assert len({kind.family for kind in kinds()}) >= 10


def test_every_label_and_look_alike_stands_on_its_page(pages: list[Page]) -> None:
    for page in pages:
        text = page.body.decode(page.encoding)
        for label in page.labels:
            assert label.raw in text, (page.name, label.type)
        for negative in page.negatives:
            assert negative.value in text, (page.name, negative.trap)


def test_the_digits_of_a_value_are_those_written(pages: list[Page]) -> None:
    for page in pages:
        for label in page.labels:
            if label.type in _NUMBERS and label.disposition in ("leak", "mandated"):
                written = _digits(label.raw)
                assert label.value in written, (page.name, label.type, label.raw)


def test_masked_labels_hide_something_and_clear_ones_do_not(pages: list[Page]) -> None:
    for page in pages:
        for label in page.labels:
            if label.disposition in ("masked_ok", "under_masked"):
                assert _SIGNS & set(label.value), (page.name, label.value)
            elif label.type in _NUMBERS - {"passport"}:
                assert not set("*＊×●□某") & set(label.value), (page.name, label.value)


def test_clear_id_numbers_have_their_check_digit(pages: list[Page]) -> None:
    seen = 0
    for page in pages:
        for label in page.labels:
            clear = label.disposition in ("leak", "mandated") and len(label.value) == 18
            if label.type == "id_card" and clear:
                seen += 1
                assert numbers.id_check(label.value[:17]) == label.value[17]
    assert seen > 500


def test_look_alikes_of_id_numbers_do_not(pages: list[Page]) -> None:
    wrong = [n.value for page in pages for n in page.negatives if n.trap == "wrong_check"]
    assert wrong
    for value in wrong:
        assert numbers.id_check(value[:17]) != value[17]


def test_every_kind_has_something_personal_and_something_that_only_looks_so(
    pages: list[Page],
) -> None:
    labels: dict[str, int] = defaultdict(int)
    negatives: dict[str, int] = defaultdict(int)
    for page in pages:
        labels[page.kind] += len(page.labels)
        negatives[page.kind] += len(page.negatives)
    assert set(labels) == {kind.name for kind in kinds()}
    assert all(labels.values())
    assert all(negatives.values())


def test_no_look_alike_is_also_a_label_of_its_page(pages: list[Page]) -> None:
    for page in pages:
        personal = {label.value for label in page.labels if label.type != "person_name"}
        alike = {negative.value for negative in page.negatives}
        assert not personal & alike, page.name


def test_every_place_and_every_disposition_occurs(pages: list[Page]) -> None:
    labels = [label for page in pages for label in page.labels]
    assert {label.where for label in labels} == {
        "visible", "attribute", "comment", "hidden", "script", "metadata",
    }  # fmt: skip
    assert {label.disposition for label in labels} == {
        "leak", "under_masked", "mandated", "masked_ok",
    }  # fmt: skip


def test_check_digits_against_numbers_worked_out_by_hand() -> None:
    # The specimen of GB 11643-1999 and a card number that is published as a test number.
    assert numbers.id_check("11010519491231002") == "X"
    assert numbers.luhn_digit("411111111111111") == "1"
