"""The examples of CONTRIBUTING.md work as they stand there."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from patterns import Pack, load_pack
from scanner.detect import Engine
from scanner.model import Block, BlockKind, Cell, Document, Table

TEXT = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:王某\r\nTEL;TYPE=cell:138\r\n 00138000\r\nEND:VCARD\r\n"


def example(path: str) -> str:
    """The block that follows the file's name."""
    found = re.search(rf"`{re.escape(path)}`:\n\n```\w+\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None, path
    return found[1]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("rules")
    for path in (
        "patterns/identity/insurance_handbook.toml",
        "patterns/exceptions/lost_property.toml",
    ):
        target = folder / Path(path).relative_to("patterns")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(example(path), encoding="utf-8")
    return load_pack(folder)


def found_by(pack: Pack, document: Document) -> set[tuple[str, str]]:
    return {(match.rule, match.value) for match in Engine(pack).find(document)}


def paragraph(text: str) -> Document:
    return Document.build("a.html", "text/html", [Block(BlockKind.PARAGRAPH, text)])


def test_the_rule_finds_its_hits_and_leaves_its_misses(pack: Pack) -> None:
    (rule,) = [rule for rule in pack.rules if rule.code == "SS901"]
    for sample in rule.hit:
        if sample.header:
            cells = (Cell(sample.header, 0, 0, is_header=True), Cell(sample.text, 1, 0))
            document = Document.build(
                "a.html", "text/html", [Block.of_table(Table(cells, rows=2, columns=1))]
            )
        else:
            document = paragraph(sample.text)
        assert ("SS901", sample.value) in found_by(pack, document)
    for sample in rule.miss:
        assert "SS901" not in {code for code, _ in found_by(pack, paragraph(sample.text))}


def test_the_exception_loads(pack: Pack) -> None:
    (rule,) = [rule for rule in pack.exceptions if rule.code == "lost_property"]
    assert rule.role_only == ("mobile",)
    assert rule.verified


def test_the_extractor_reads_a_card() -> None:
    module = ModuleType("vcard")
    exec(compile(example("scanner/extract/vcard.py"), "vcard.py", "exec"), module.__dict__)
    blocks = module.read_vcard(CARD)
    assert [(block.name, block.text) for block in blocks] == [
        ("FN", "王某"),
        ("TEL", "13800138000"),
    ]
