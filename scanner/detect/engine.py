"""Document → Matches: one pass over the joined text, then validators; tables read by column."""

from collections.abc import Iterator

from patterns import Pack
from patterns.rule import Polarity, Proof, find_rule
from scanner.detect import births
from scanner.detect.candidate import Candidate
from scanner.detect.cells import CellMap, FieldKeys
from scanner.detect.certificates import hold_to_rows
from scanner.detect.context import weigh
from scanner.detect.derived import tell_inner_ids
from scanner.detect.headed import Labels, read_cell
from scanner.detect.heads import WEAK_PROOFS, Heads
from scanner.detect.keywords import WordIndex, WordPlaces
from scanner.detect.label_pairs import with_label_pairs
from scanner.detect.matches import to_match
from scanner.detect.normalise import Normalised, normalise
from scanner.detect.people import Names
from scanner.detect.resolve import resolve
from scanner.detect.rosters import with_rosters
from scanner.detect.runs import tokens
from scanner.detect.text_rules import TextRules
from scanner.detect.token_rules import TokenRules
from scanner.detect.vocabulary import Vocabulary
from scanner.detect.votes import outvote, uphold
from scanner.lang import tr
from scanner.model import Document, Match, Unread

_SETTLED = 0.9  # shape and head agree: the head need not be asked again


class Engine:
    """Finds every value that the rules of a pack know. Build once, use for many documents."""

    def __init__(self, pack: Pack) -> None:
        rules = pack.rules
        cues = [cue for exception in pack.exceptions for cue in exception.column_cues]
        self._vocabulary = Vocabulary(rules, cues)
        self._heads = Heads(self._vocabulary)
        self._tokens = TokenRules(rules)
        self._labels = Labels(rules, self._vocabulary)
        self._names = Names.of(rules)
        self._birth_rule = find_rule(rules, births.CODE)
        self._texts = TextRules(r for r in rules if r.polarity is not Polarity.NOT_PERSONAL)
        self._explanations = TextRules(r for r in rules if r.polarity is Polarity.NOT_PERSONAL)
        self._words = WordIndex(
            [*self._texts.keywords, *self._explanations.keywords, *self._labels.keywords]
        )
        self._checked_rules = frozenset(
            r.code for r in rules if r.validator and r.validator not in WEAK_PROOFS
        )

    def arrange(self, document: Document) -> Document:
        """The document with what people wrote like a table read as one: rosters in paragraphs,
        labels and values in blocks of their own. To be done before `find`."""
        return with_label_pairs(with_rosters(document), self._vocabulary.is_head)

    def find(self, document: Document) -> list[Match]:
        """Matches in text order. Personal values that something else explains better come too,
        with `explained_by` set, so that a report can say why they were dismissed."""
        return self.search(document)[0]

    def search(self, document: Document) -> tuple[list[Match], tuple[Unread, ...]]:
        """The matches, and what was not fully searched because a rule ran out of time."""
        text = normalise(document.text)
        placed = CellMap(document, text, self._vocabulary)
        timed_out: list[str] = []
        resolved = resolve(self._candidates(text, placed, timed_out, everywhere=False))
        found = [
            to_match(document, text, placed, winner, None)
            for winner in resolved.winners
            if winner.rule.polarity is not Polarity.NOT_PERSONAL
        ]
        found += [to_match(document, text, placed, *pair) for pair in resolved.beaten]
        found = outvote(found, placed.column_cells(), self._is_checked, self._names_another)
        found = uphold(found, placed.column_cells())
        found = tell_inner_ids(hold_to_rows(found, placed.data_cells()))
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
        placed = CellMap(document, text, self._vocabulary)
        return resolve(self._candidates(text, placed, [], everywhere=True)).winners

    def _candidates(
        self, text: Normalised, placed: CellMap, timed_out: list[str], *, everywhere: bool
    ) -> list[Candidate]:
        """All readings. What is not personal is only looked for beside what may be, for it has
        nothing else to explain, unless it is asked for `everywhere`."""
        places = self._words.places(text.text)
        found = list(self._raw_candidates(text, placed, places, timed_out))
        only = None if everywhere else frozenset(places.segment(c.start) for c in found)
        if only is None or only:
            found += self._explanations.read(places, timed_out, only)
        # What shape and head agree on needs no words around it.
        return [c if c.header and c.confidence >= _SETTLED else weigh(c, text.text) for c in found]

    def _raw_candidates(
        self, text: Normalised, placed: CellMap, places: WordPlaces, timed_out: list[str]
    ) -> Iterator[Candidate]:
        settled: set[tuple[int, int]] = set()
        keys = FieldKeys(placed.document)
        for token in tokens(text.text, with_tables=placed.has_tables):
            offset = text.offset(token.start)
            head = placed.header_at(offset) or keys.at(offset)
            for candidate in self._tokens.read(token):
                headed = self._heads.weigh(candidate, head)
                if head and headed.confidence >= _SETTLED:
                    settled.add((headed.start, headed.end))
                yield headed
            if (token.start, token.end) not in settled:
                yield from self._labels.read_token(text.text, token)
        yield from self._texts.read(places, timed_out)
        yield from self._labels.read_text(places)
        for cell in placed.headed_cells():
            start = text.position(cell.start)
            if (start, start + len(cell.text)) not in settled:  # else shape and head agree
                yield from read_cell(self._vocabulary, cell.reading.header, cell.text, start)
        yield from self._names.read(text, placed)
        if self._birth_rule is not None:
            yield from births.read(self._birth_rule, placed)


def _out_of_time(code: str) -> Unread:
    return Unread(
        tr(f"规则{code}", f"rule {code}"), tr("超时，未查完", "ran out of time, not fully scanned")
    )
