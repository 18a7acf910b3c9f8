"""Names that other code leans on; one that goes away is a break and belongs in the change log."""

import dataclasses
import importlib

import pytest

from scanner import model

PINNED = {
    "patterns": {"Pack", "Rule", "ExceptionRule", "Proof", "load_pack"},
    "scanner.extract": {"extract", "extract_path"},
    "scanner.detect": {"Engine"},
    "scanner.classify": {"AllowList", "Classifier", "load_allow_list"},
    "scanner.ledger": {"Ledger", "LedgerFrontier", "SiteSpec", "State", "SweepKind", "UnitSpec"},
}
# Between the rooms and in what is stored: fields may be added, never taken away or renamed.
FIELDS = {
    "Location": "page sheet cell table row column paragraph line xpath note",
    "Match": "rule kind start end raw value where location confidence is_masked evidence",
    "Finding": "match disposition rule basis evidence confidence severity person fingerprint "
    "value_hash context candidates needs_review",
    "Verdict": "fingerprint decision who basis reason expires",
    "ItemResult": "url outcome reason status links findings unread",
}


@pytest.mark.parametrize("room", PINNED)
def test_rooms_export_their_names(room: str) -> None:
    module = importlib.import_module(room)
    assert PINNED[room] - set(module.__all__) == set()
    assert [name for name in module.__all__ if not hasattr(module, name)] == []
    assert module.__all__ == sorted(module.__all__, key=_constants_first)


def _constants_first(name: str) -> tuple[int, str]:
    """The order of ruff's RUF022: CONSTANTS, Classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize("name", FIELDS)
def test_values_between_the_rooms_keep_their_fields(name: str) -> None:
    fields = {field.name for field in dataclasses.fields(getattr(model, name))}
    assert set(FIELDS[name].split()) - fields == set()


@pytest.mark.parametrize("name", ["Document", "Match", "Finding", "Cell", "Block", "Fetched"])
def test_values_that_may_hold_clear_text_hide_it_when_printed(name: str) -> None:
    kind = getattr(model, name)
    assert kind.__dataclass_params__.frozen
    assert not kind.__dataclass_params__.repr
    assert "__repr__" in vars(kind)


def test_outputs_of_the_model_are_the_documented_words() -> None:
    assert [where.value for where in model.Where] == [
        "visible",
        "attribute",
        "comment",
        "hidden",
        "script",
        "metadata",
    ]
    assert [disposition.value for disposition in model.Disposition] == [
        "leak",
        "under_masked",
        "mandated",
        "masked",
        "dismissed",
    ]
