"""The norm of masking in audit.toml."""

from pathlib import Path

import pytest

from patterns.masknorms import published_norms
from scanner.config import load_config
from scanner.config_text import config_text
from scanner.errors import ConfigError
from scanner.pagescan import PipelineSpec
from scanner.sweep import engine_version


def written(folder: Path, norm: str) -> Path:
    path = folder / "audit.toml"
    path.write_text(f'[rules]\nmask_norm = "{norm}"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("norm", ["", *published_norms()])
def test_a_known_norm(tmp_path: Path, norm: str) -> None:
    assert load_config(written(tmp_path, norm)).mask_norm == norm


def test_an_unknown_norm_is_told_with_its_line_and_what_is_known(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, "yongan_2032"))
    assert "audit.toml:2: " in str(caught.value)
    assert "yongan_2023" in str(caught.value)


def test_another_norm_makes_every_page_be_read_anew() -> None:
    key = bytes(32)
    versions = {engine_version(PipelineSpec(key, mask_norm=n)) for n in ("", *published_norms())}
    assert len(versions) == 1 + len(published_norms())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_commented_configuration_names_every_norm(lang) -> None:
    assert all(code in config_text(lang) for code in published_norms())
