"""`docs/rules.md` is what the pack says today."""

from patterns import load_pack
from patterns.docs import main, render
from patterns.pack import BUNDLED

DOC = BUNDLED.parent / "docs" / "rules.md"


def test_the_committed_document_is_current() -> None:
    assert DOC.read_text(encoding="utf-8") == render(load_pack()), "run python -m patterns.docs"


def test_it_names_every_rule_and_exception() -> None:
    pack = load_pack()
    text = render(pack)
    for code in [rule.code for rule in pack.rules] + [item.code for item in pack.exceptions]:
        assert code in text


def test_writing_it_again_changes_nothing() -> None:
    before = DOC.read_bytes()
    main()
    assert DOC.read_bytes() == before
