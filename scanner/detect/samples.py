"""A rule's own samples, run through the whole engine: the test that every rule brings along."""

from dataclasses import dataclass

from patterns import Pack
from patterns.rule import Rule, Sample
from scanner.detect.engine import Engine
from scanner.detect.headed import compact
from scanner.detect.normalise import normalise
from scanner.lang import tr
from scanner.model import Block, BlockKind, Cell, Document, Table

_LEAST_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class SampleFault:
    """A sample that did not do what its rule says."""

    code: str
    sample: str
    words: str  # what went wrong, in the language in force


def check(pack: Pack) -> list[SampleFault]:
    """Every fault of every rule's samples; empty when all hold."""
    engine = Engine(pack)
    faults: list[SampleFault] = []
    for rule in pack.rules:
        faults += _check_rule(engine, rule)
    return faults


def _check_rule(engine: Engine, rule: Rule) -> list[SampleFault]:
    faults = []
    for sample in rule.hit:
        values = _values(engine, rule, sample)
        if not values:
            faults.append(_fault(rule, sample, tr("应命中而未命中", "should hit, does not")))
        elif sample.value and not any(_same(sample.value, value) for value in values):
            faults.append(_fault(rule, sample, tr("命中的值不对", "hits another value")))
    for sample in rule.miss:
        if _values(engine, rule, sample):
            faults.append(_fault(rule, sample, tr("不应命中而命中", "should not hit, does")))
    return faults


def _values(engine: Engine, rule: Rule, sample: Sample) -> list[str]:
    return [
        reading.value
        for reading in engine.readings(_document(sample))
        if reading.rule.code == rule.code and reading.confidence >= _LEAST_CONFIDENCE
    ]


def _same(wanted: str, found: str) -> bool:
    return compact(normalise(wanted).text) == compact(normalise(found).text)


def _document(sample: Sample) -> Document:
    if not sample.header:
        block = Block(BlockKind.PARAGRAPH, sample.text)
    else:
        rows = (("序号", sample.header), ("1", sample.text))
        cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
        block = Block.of_table(Table(cells, 2, 2))
    return Document.build("sample", "text/plain", [block])


def _fault(rule: Rule, sample: Sample, words: str) -> SampleFault:
    return SampleFault(
        rule.code, f"{sample.header}|{sample.text}" if sample.header else sample.text, words
    )
