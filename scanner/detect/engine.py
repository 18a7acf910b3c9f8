"""Document → Matches: one pass over the joined text, then validators; tables read by column."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from patterns import Pack
from patterns.rule import Polarity, Proof, Rule, Scope
from scanner.detect.candidate import Candidate
from scanner.detect.context import weigh
from scanner.detect.derived import inner_ids
from scanner.detect.headed import Labels, read_cell
from scanner.detect.normalise import Normalised, normalise
from scanner.detect.resolve import resolve
from scanner.detect.runs import tokens
from scanner.detect.tables import CellReading, TableReading
from scanner.detect.text_rules import TextRules
from scanner.detect.token_rules import TokenRules
from scanner.detect.vocabulary import Vocabulary
from scanner.detect.votes import ColumnCell, outvote
from scanner.lang import tr
from scanner.model import (
    Block,
    BlockKind,
    Cell,
    Document,
    Evidence,
    Location,
    Match,
    Table,
    Unread,
    Where,
)

_WEAK_PROOFS = frozenset({"mobile", "landline", "surname"})
_SERIAL_KEY = re.compile(
    r"(?:^|[_\-.])(?:id|no|seq|code|key|hash|ver|v|ts|time|date|num|count|size|bh|xh)$|(?:Id|ID|No|Code|Time|Key|Num)$"
)
_SETTLED = 0.9  # shape and head agree: the head need not be asked again
_AGAINST_FACTOR = 0.5  # a column's head that speaks against a kind


@dataclass(frozen=True, slots=True)
class _PlacedCell:
    """A cell with its place in the document's text and what its table says of it."""

    start: int
    end: int
    cell: Cell
    reading: CellReading
    text: str  # normalised
    block: int  # index of the table's block


class Engine:
    """Finds every value that the rules of a pack know. Build once, use for many documents."""

    def __init__(self, pack: Pack) -> None:
        rules = pack.rules
        cues = [cue for exception in pack.exceptions for cue in exception.column_cues]
        self._rules = rules
        self._vocabulary = Vocabulary(rules, cues)
        self._tokens = TokenRules(rules)
        self._labels = Labels(rules, self._vocabulary)
        self._texts = TextRules(rules)
        self._checked_rules = frozenset(
            r.code for r in rules if r.validator and r.validator not in _WEAK_PROOFS
        )

    def find(self, document: Document) -> list[Match]:
        """Matches in text order. Personal values that something else explains better come too,
        with `explained_by` set, so that a report can say why they were dismissed."""
        return self.search(document)[0]

    def search(self, document: Document) -> tuple[list[Match], tuple[Unread, ...]]:
        """The matches, and what was not fully searched because a rule ran out of time."""
        text = normalise(document.text)
        placed = _CellMap(document, text, self._vocabulary)
        timed_out: list[str] = []
        resolved = resolve(self._candidates(text, placed, timed_out))
        found = [
            _match(document, text, placed, winner, None)
            for winner in resolved.winners
            if winner.rule.polarity is not Polarity.NOT_PERSONAL
        ]
        found += [_match(document, text, placed, *pair) for pair in resolved.beaten]
        found = outvote(found, placed.column_cells(), self._is_checked, self._names_another)
        found += inner_ids(found, self._rules)
        found.sort(key=lambda match: (match.start, match.end))
        return found, tuple(_out_of_time(code) for code in timed_out)

    def _is_checked(self, match: Match) -> bool:
        return match.rule in self._checked_rules and any(
            e.what == "validator" and e.words.endswith(Proof.PROVEN.value) for e in match.evidence
        )

    def _names_another(self, match: Match) -> bool:
        """Whether the head of the column is the name of another kind of number."""
        named = [rule for rule, _ in self._vocabulary.rules_for(match.header)]
        return bool(named) and all(rule.kind != match.kind for rule in named)

    def readings(self, document: Document) -> tuple[Candidate, ...]:
        """What every span was read as, not-personal readings included: for tests and for
        whoever asks why."""
        text = normalise(document.text)
        placed = _CellMap(document, text, self._vocabulary)
        return resolve(self._candidates(text, placed, [])).winners

    def _candidates(
        self, text: Normalised, placed: "_CellMap", timed_out: list[str]
    ) -> Iterator[Candidate]:
        for candidate in self._raw_candidates(text, placed, timed_out):
            # What shape and head agree on needs no words around it.
            settled = candidate.header and candidate.confidence >= _SETTLED
            yield candidate if settled else weigh(candidate, text.text)

    def _raw_candidates(
        self, text: Normalised, placed: "_CellMap", timed_out: list[str]
    ) -> Iterator[Candidate]:
        settled: set[tuple[int, int]] = set()
        keys = _FieldKeys(placed.document)
        for token in tokens(text.text, with_tables=placed.has_tables):
            offset = text.offset(token.start)
            head = placed.header_at(offset) or keys.at(offset)
            for candidate in self._tokens.read(token):
                headed = self._headed(candidate, head)
                if head and headed.confidence >= _SETTLED:
                    settled.add((headed.start, headed.end))
                yield headed
            if (token.start, token.end) not in settled:
                yield from self._labels.read_token(text.text, token)
        yield from self._texts.read(text.text, timed_out)
        yield from self._labels.read_text(text.text)
        for cell in placed.headed_cells():
            start = text.position(cell.start)
            if (start, start + len(cell.text)) not in settled:  # else shape and head agree
                yield from read_cell(self._vocabulary, cell.reading.header, cell.text, start)

    def _headed(self, candidate: Candidate, head: str) -> Candidate:
        """A shape's reading, confirmed or doubted by the head of its column."""
        if not head:
            return candidate
        rule = candidate.rule
        spoken_for = self._vocabulary.rules_for(head)
        if any(known is rule for known, _ in spoken_for):
            evidence = Evidence("header", head, round(rule.headed - rule.base, 2))
            return replace(
                candidate,
                confidence=max(candidate.confidence, rule.headed * candidate.shape),
                header=head,
                evidence=(*candidate.evidence, evidence),
            )
        against = any(word in head for word in rule.headers_against) or _is_serial_key(head)
        # The head names other kinds of number: only a check digit speaks for this one.
        numbers = [known for known, _ in spoken_for if known.cell_scope is Scope.TOKEN]
        elsewhere = bool(numbers) and all(known.kind != rule.kind for known in numbers)
        if (against or elsewhere) and not _checked(candidate):
            confidence = candidate.confidence * _AGAINST_FACTOR
            evidence = Evidence("header against", head, round(confidence - candidate.confidence, 2))
            return replace(
                candidate,
                confidence=confidence,
                header=head,
                evidence=(*candidate.evidence, evidence),
            )
        return replace(candidate, header=head)


def _out_of_time(code: str) -> Unread:
    return Unread(
        tr(f"规则{code}", f"rule {code}"), tr("超时，未查完", "ran out of time, not fully scanned")
    )


def _checked(candidate: Candidate) -> bool:
    """Whether a check digit, not only an allocated block, proves the value."""
    return candidate.proof is Proof.PROVEN and candidate.rule.validator not in _WEAK_PROOFS


class _CellMap:
    """Cells of all tables of a document by their place in its text."""

    def __init__(self, document: Document, text: Normalised, vocabulary: Vocabulary) -> None:
        self.document = document
        self._cells: list[_PlacedCell] = []
        self._text = text
        self._vocabulary = vocabulary
        caption = ""
        for index, (block, start) in enumerate(zip(document.blocks, document.starts, strict=True)):
            if block.table is None:
                if block.kind in (BlockKind.HEADING, BlockKind.TITLE, BlockKind.PARAGRAPH):
                    caption = block.text.strip()[:80] or caption
                continue
            self._add(block.table, index, start, caption)
        self._starts = [c.start for c in self._cells]
        self.has_tables = bool(self._cells)

    def _add(self, table: Table, index: int, start: int, caption: str) -> None:
        ordered = _reading_order(table.cells)
        spans = list(_spans(ordered, start))
        texts = [self._slice(*span) for span in spans]
        if ordered != list(table.cells):
            table = replace(table, cells=tuple(ordered))
        reading = TableReading(table, texts, self._vocabulary, caption)
        for cell, span, text in zip(ordered, spans, texts, strict=True):
            self._cells.append(_PlacedCell(*span, cell, reading.of(cell), text, index))

    def _slice(self, start: int, end: int) -> str:
        """The normalised text of an original span."""
        return self._text.text[self._text.position(start) : self._text.position(end)]

    def at(self, offset: int) -> _PlacedCell | None:
        """The cell that holds the character at `offset` of the document's text."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset > self._cells[index].end:
            return None
        return self._cells[index]

    def header_at(self, offset: int) -> str:
        """Head or label of the cell there, "" where there is none."""
        if not self._cells:
            return ""
        cell = self.at(offset)
        return cell.reading.header if cell is not None else ""

    def column_cells(self) -> Iterator[ColumnCell]:
        """Every cell of data with its column."""
        for cell in self._cells:
            if cell.text and not cell.reading.is_head:
                yield ColumnCell(cell.block, cell.cell.column, cell.text)

    def headed_cells(self) -> Iterator[_PlacedCell]:
        """Cells of data that stand under a head."""
        for cell in self._cells:
            if cell.reading.header and cell.text and not cell.reading.is_head:
                yield cell


class _FieldKeys:
    """Names of fields in scripts and metadata, which say what their values are."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._any = any(block.name for block in document.blocks)

    def at(self, offset: int) -> str:
        """The name of the field there, "" where there is none."""
        if not self._any:
            return ""
        block = self._document.blocks[self._document.block_at(offset)]
        keyed = block.kind is BlockKind.FIELD and block.where in (Where.SCRIPT, Where.METADATA)
        return block.name if keyed else ""


def _is_serial_key(head: str) -> bool:
    """Whether a key of a script names a serial number, a time, a digest: `id`, `docId`, `ts`."""
    return head.isascii() and bool(_SERIAL_KEY.search(head))


def _reading_order(cells: Iterable[Cell]) -> list[Cell]:
    """The order in which `Block.of_table` joins cells."""
    return sorted(cells, key=lambda cell: cell.row)


def _spans(cells: Iterable[Cell], start: int) -> Iterator[tuple[int, int]]:
    """Where each cell's text stands in the document's, one separator between two cells."""
    for cell in cells:
        yield start, start + len(cell.text)
        start += len(cell.text) + 1


def _match(
    document: Document,
    text: Normalised,
    placed: _CellMap,
    candidate: Candidate,
    winner: Candidate | None,
) -> Match:
    start, end = text.offset(candidate.start), text.end_offset(candidate.end)
    index = document.block_at(start)
    block = document.blocks[index]
    cell = placed.at(start) if block.table is not None else None
    reading = cell.reading if cell is not None else CellReading()
    where = cell.cell.where if cell is not None and block.where == "visible" else block.where
    rule: Rule = candidate.rule
    explained = () if winner is None else (Evidence("explained by", winner.rule.name_zh),)
    return Match(
        rule=rule.code,
        kind=rule.kind,
        start=start,
        end=end,
        raw=document.text[start:end],
        value=candidate.value,
        where=where,
        location=_location(block, cell),
        confidence=candidate.confidence,
        block=index,
        row=cell.cell.row if cell is not None else None,
        column=cell.cell.column if cell is not None else None,
        header=candidate.header or reading.header,
        is_masked=candidate.is_masked,
        institutional=rule.polarity is Polarity.INSTITUTIONAL,
        record_row=reading.record_row if cell is not None else None,
        group=reading.group,
        record_headers=reading.record_headers,
        caption=reading.caption,
        explained_by=winner.rule.code if winner is not None else "",
        evidence=(*candidate.evidence, *explained),
    )


def _location(block: Block, cell: _PlacedCell | None) -> Location:
    if cell is None:
        return block.location
    return replace(
        block.location,
        cell=cell.cell.address,
        row=cell.cell.row + 1,
        column=cell.cell.column + 1,
    )
