"""Names that no head and no label shows: in running text, and in columns without a head."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from patterns import reference
from patterns.rule import Rule, find_rule
from patterns.words import word_list
from scanner.detect.candidate import Candidate
from scanner.detect.cells import CellMap, PlacedCell
from scanner.detect.normalise import Normalised
from scanner.model import Evidence
from scanner.names import chances, find_names, may_be_names, share_of

CODE = "PN002"
_LEAST = 0.5  # confidence of a name in running text
_MOST = 0.9  # what a head or a label shows is surer
# What follows the name of a medicine: `利培酮片`, `碳酸锂缓释片`.
_SHORT_CELL = 16  # characters; a longer one may be prose that names somebody
_MEDICINE = re.compile(r"(?:缓释|分散|肠溶)?(?:片|胶囊|颗粒|注射液|口服液|滴丸)")
# `周一前`: a day of the week and a word of time.
_WEEKDAY = re.compile(r"周[一二三四五六日](?:前|后|起|至|内|晚|早|上午|下午|到)?")
_LEAST_CELLS = 3
_COLUMN, _IN_COLUMN = 0.9, 0.2  # chance of the column; of one cell, once its column is believed

# A head that ends so is that of persons, whatever stands before: `建设单位项目负责人`.
_PERSONS = (
    "人",
    "员",
    "长",
    "者",
    "师",
    "干部",
    "书记",
    "主任",
    "姓名",
    "经理",
    "队员",
    "户主",
    "代表",
)


@dataclass(frozen=True, slots=True)
class Names:
    """The rule for names in running text; finds nothing where the pack has no such rule."""

    rule: Rule | None

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Names":
        """From the rules of a pack."""
        return cls(find_rule(rules, CODE))

    def read(self, text: Normalised, placed: CellMap) -> Iterator[Candidate]:
        """Candidates of the whole text, then of the columns that have no head."""
        if self.rule is None:
            return
        yield from _in_text(self.rule, text, placed)
        for cells in _columns(placed, self.rule.headers_against):
            texts = [cell.text for cell in cells]
            if not may_be_names(texts):
                continue
            likely = [_with_sounds(*pair) for pair in zip(texts, chances(texts), strict=True)]
            share = share_of(likely)
            if share < _COLUMN:
                continue
            told = Evidence("column", f"{len(cells)}")
            for cell, chance in zip(cells, likely, strict=True):
                if chance >= _IN_COLUMN and not _is_address_form(cell.text.strip()):
                    yield _candidate(self.rule, placed.begin(cell), cell.text.strip(), share, told)


def _with_sounds(text: str, chance: float) -> float:
    """The chance that a cell is a name, for one that only writes the sounds of another language:
    `乌云其木格`."""
    written = text.strip()
    sounded = 3 <= len(written) <= 9 and reference.words("sound_names.txt").issuperset(written)
    return max(chance, _COLUMN) if sounded else chance


def _in_text(rule: Rule, text: Normalised, placed: CellMap) -> Iterator[Candidate]:
    """Names in running text, prose in cells included."""
    for span in find_names(text.text, _LEAST):
        start, end = text.offset(span.start), text.end_offset(span.end)
        if _is_other_value(placed, start, end) or _MEDICINE.match(text.text, span.end):
            continue
        if _in_place_cell(placed, start, rule.headers_against):
            continue
        written = text.text[span.start : span.end]
        if _WEEKDAY.fullmatch(written) or written in reference.words("not_names.txt"):
            continue
        yield _candidate(rule, span.start, written, span.confidence, Evidence("text", "正文"))


def _candidate(rule: Rule, start: int, written: str, chance: float, told: Evidence) -> Candidate:
    value = "".join(written.split())
    confidence = round(min(_MOST, chance), 3)
    return Candidate(rule, start, start + len(written), value, confidence, evidence=(told,))


def _is_other_value(placed: CellMap, start: int, end: int) -> bool:
    """Whether the span is the whole content of a cell whose head names something else: what is
    a name there, the head has told already."""
    cell = placed.at(start) if placed.has_tables else None
    if cell is None or not cell.reading.header or _of_persons(cell.reading.header):
        return False
    written = cell.text.strip()
    if end - start + 1 < len(written):
        return False
    return start == cell.start + cell.lead or len(written) <= end - start  # `付董峰` pays 董峰


def _in_place_cell(placed: CellMap, start: int, against: tuple[str, ...]) -> bool:
    """Whether the span stands in a short cell under a head that holds no names: in `住址` the end
    of `上湾街道徐家村` is none."""
    cell = placed.at(start) if placed.has_tables else None
    if cell is None or len(cell.text) > _SHORT_CELL:
        return False
    head = cell.reading.header
    return not _of_persons(head) and any(word in head for word in (*against, "址"))


def _is_address_form(written: str) -> bool:
    """A surname with a form of address, `柴女士`: it gives nobody's name away."""
    form = next((w for w in word_list("honorifics") if written.endswith(w)), "")
    return 0 < len(written) - len(form) <= 2 and len(form) > 1


def _of_persons(head: str) -> bool:
    """Whether a head is that of persons: `项目负责人`, `备注(收款人)`."""
    return head.rstrip(")）").endswith(_PERSONS)


def _columns(placed: CellMap, against: tuple[str, ...]) -> Iterator[list[PlacedCell]]:
    """The cells of every column with enough of them, but for those under a head that is
    `against` names."""
    columns: dict[tuple[int, int, str], list[PlacedCell]] = defaultdict(list)
    for cell in placed.data_cells():
        head = cell.reading.header
        if _of_persons(head) or not any(word in head for word in against):
            columns[cell.block, cell.cell.column, head].append(cell)
    yield from (cells for cells in columns.values() if len(cells) >= _LEAST_CELLS)
