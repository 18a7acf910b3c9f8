"""The speed corpus is the same on every run, and the rivals really read it."""

from pathlib import Path

import pytest

from bench.speed import corpus, rivals


def test_same_seed_same_notices() -> None:
    first = [document.text for document in corpus.take(100_000)]
    assert first == [document.text for document in corpus.take(100_000)]
    assert first != [document.text for document in corpus.take(100_000, seed=1)]


def test_size_is_reached_and_not_overrun_by_more_than_a_notice() -> None:
    documents = corpus.take(100_000)
    sizes = [corpus.utf8_size(document) for document in documents]
    assert sum(sizes[:-1]) < 100_000 <= sum(sizes)


def test_rivals_find_the_planted_numbers(tmp_path: Path) -> None:
    texts = [document.text for document in corpus.first(60)]
    # A number may count under two patterns, so the counts differ a little between the three.
    assert rivals.python_re(texts)() > 200
    scan = rivals.hyperscan(texts)
    if scan is not None:
        assert scan() > 200
    file = tmp_path / "corpus.txt"
    file.write_text("\n".join(texts), encoding="utf-8")
    result = rivals.ripgrep(file)
    if result is not None:
        assert result[1] > 100  # reports of one line do not overlap


@pytest.mark.parametrize("pattern", rivals.PATTERNS)
def test_every_naive_pattern_is_one_that_all_three_understand(pattern: str) -> None:
    assert "(?=" not in pattern
    assert "(?!" not in pattern
    assert "(?<" not in pattern
