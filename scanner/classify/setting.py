"""All that is known about the place where one value stands."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from patterns.words import first_in, word_list
from scanner.classify.page import Section
from scanner.classify.records import Record
from scanner.classify.seats import is_seat
from scanner.classify.severity import is_child
from scanner.detect.normalise import normalise
from scanner.model import BLOCK, CELL, ROW, BlockKind, Document, Match, Where

_SENTENCE_ENDS = "。;；!！?？\n" + BLOCK + ROW + CELL
_WINDOW = 60
_ROW = 150
# What tells a person from all others.
IDENTIFYING = frozenset({"id_card", "bank_card", "home_address"})
_CONTACT_KINDS = frozenset({"mobile", "landline", "email", "qq", "wechat"})
_LINES = re.compile(f"[\n{BLOCK}]")
_ABOVE, _LONGEST_LINE = 240, 40  # characters
# `农业农村局市场股 邵水生：`: the office of the one who is named right before a number.
_SPOKESMAN = re.compile(
    r"(?:局|办|科|股|室|所|站|院|校|队|委|会|部|处|厅|政府|中心|公司|集团) ?"
    r"[\u3400-\u9fff·]{2,4} ?[:,(]? ?(?:电话|手机|联系电话|联系方式)?[:：]? ?$"
)
_SPREAD_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?: {1,4}[\u4e00-\u9fff]){1,3}(?= ?[:(])"
)
_SEATED = frozenset({"home_address", "landline"})
_DATED = frozenset({"birth_date", "id_card"})
_NAMED = re.compile(r"[^，,。；;、：:()（）\n\t\x1d\x1e]{0,4}")
# `联系电话：110、0517-62482203（刑警大队）；李某某 138……`: one of several that are offered.
_LISTED = re.compile(
    r"\s*((?:联系|举报|咨询|监督|投诉|报警)(?:电话|方式))[:：] ?"
    r"(?:1[12][0-9]\b|0[0-9]{2,3}-?[0-9]{7,8})[^。]*$"
)
_ON_DUTY = ("人", "人员", "领导", "干部", "姓名", "员")
_PATIENT = re.compile(r"(?:晚期|重症)?(?:患者|病人|感染者|携带者|患儿)[:：]? ?")
_LONGEST_TITLE = 30  # characters of a caption that is a title and no sentence
_REACHED = re.compile(r"[0-9()\-*、/转,; ]+$")  # other numbers of the one who is named before
_PROSE = 14  # characters beside a value in its cell: a sentence, not a label


@dataclass(frozen=True, slots=True)
class Setting:
    """One match with the words around it, its table's heads and its page's section."""

    match: Match
    section: Section
    kinds: frozenset[str]  # kinds of value of the same person here
    before: str  # of the same sentence, at most 60 characters, normalised
    after: str
    in_footer: bool
    list_kinds: frozenset[str]  # kinds of value that the whole table or block holds
    row: str = ""  # of a name: the words of its table row or line, at most 300 characters
    announced: str = ""  # the line above that offers what follows: `各乡镇联络人：`
    column_masked: bool = False  # whether most values of its kind in its column are masked
    is_child: bool = False  # under 14 (PIPL art. 28, 31), by the same record
    named: bool = False  # whether a name stands right before it in the text
    of_patient: bool = False  # of an illness: whether a name follows or comes before
    of_body: bool = False  # of an address or landline: whether the party before it is a body

    @property
    def in_table(self) -> bool:
        """Whether the value stands in a table, as a cell's content and not in a cell's prose."""
        return self.match.row is not None and len(self.before) + len(self.after) < _PROSE

    @property
    def heads(self) -> str:
        """Heads of the columns that tell of the same person: under a head of two rows
        (`科技人员 服务电话`) those of its own part, and those of no part."""
        part = self.match.header.partition(" ")[0]
        heads = self.match.record_headers
        if part != self.match.header:
            heads = tuple(h for h in heads if " " not in h or h.partition(" ")[0] == part)
        return " ".join(heads)

    @property
    def person_head(self) -> str:
        """The head of the nearest column to the left that names a person, "" where none does."""
        found = ""
        for head in self.match.record_headers:
            if head == self.match.header:
                break
            if first_in(word_list("person_heads"), head) or first_in(word_list("roles"), head):
                found = head
        return found

    @property
    def role(self) -> str:
        """The role word that the value stands beside, "" where there is none."""
        roles = word_list("roles")
        if self.in_table:
            return self._whose[0]
        near = _REACHED.sub("", self.before)[-8:] + self.after[:8]
        return first_in(roles, self.before) or first_in(word_list("honorifics"), near)

    @property
    def owner(self) -> str:
        """The private person whose number the head, or the nearest person column, says it is."""
        return self._whose[1]

    @property
    def _whose(self) -> tuple[str, str]:
        """Role and owner: the column's own head decides, then the nearest person to the left."""
        for head in (self.match.header, self.person_head):
            owner, role = first_in(word_list("owners"), head), first_in(word_list("roles"), head)
            if owner or role:
                return ("", owner) if owner else (role, "")
        return "", ""

    @property
    def offer(self) -> str:
        """The word that offers the value to the public as a contact."""
        return first_in(word_list("offers"), self._near)

    @property
    def serves(self) -> str:
        """The word in the head that says that the whole column is for the public to call."""
        head = self.match.header
        if not self.in_table or head.endswith(_ON_DUTY):  # `值班人员`: their own numbers
            return ""
        return first_in(word_list("service_heads"), head)

    @property
    def spokesman(self) -> str:
        """The office that somebody speaks for whose name stands right before the value."""
        found = _SPOKESMAN.search(self.before)
        return found.group() if found is not None else ""

    @property
    def label(self) -> str:
        """The word that says what the value is, without saying whose."""
        return first_in(word_list("labels"), self._near)

    @property
    def _near(self) -> str:
        return f"{self.match.header} {self.before} {self.after[:12]}"

    @property
    def several_persons(self) -> bool:
        """Whether the row tells of more than one person, so that its values are not all one's."""
        heads = self.match.record_headers
        named = [h for h in heads if first_in(word_list("person_heads"), h)]
        return len(named) > 1

    @property
    def private(self) -> str:
        """The word that shows a private person's record."""
        if self.in_table:
            guardian = first_in(word_list("guardian_heads"), self.person_head)
            return guardian or first_in(word_list("private_heads"), self.heads)
        return first_in(word_list("private"), self.before)

    @property
    def internal(self) -> str:
        """The words that say that the section, or the table, was not meant for the public."""
        title = self.table_title or title_of(self.match.caption.rpartition("附件")[2])
        return self.section.internal or first_in(word_list("internal_titles"), title)

    @property
    def table_title(self) -> str:
        """The words over the table, if they are its title and no sentence."""
        return title_of(self.match.caption)

    @property
    def hidden(self) -> bool:
        """Whether a reader of the page does not see it."""
        return self.match.where is not Where.VISIBLE


def settings(
    document: Document,
    matches: Sequence[Match],
    records: Sequence[Record],
    sections: Sequence[Section],
    year: int,
) -> list[Setting]:
    """One setting a match, in the matches' order; `year` is that of publication."""
    kinds_of: dict[int, frozenset[str]] = {}
    children: set[int] = set()
    for record in records:
        kinds = record.kinds(matches)
        for index in record.members:
            kinds_of[index] = kinds
        born = record.born(matches) if kinds & _DATED else None
        if born is not None and is_child(born, year):
            children.update(record.members)
    lists: dict[int, set[str]] = {}
    for match in matches:
        lists.setdefault(match.block, set()).add(match.kind)
    masked = _masked_columns(matches)
    names = [m for m in matches if m.kind == "person_name"]
    name_ends = [m.end for m in names]
    starts, ends = frozenset(m.start for m in names), frozenset(name_ends)
    out = []
    for index, match in enumerate(matches):
        before, after = _sentence(document.text, match.start, match.end)
        section = next(s for s in reversed(sections) if s.first <= match.block)
        footer = document.blocks[match.block].kind is BlockKind.FOOTER
        out.append(
            Setting(
                match,
                section,
                kinds_of[index],
                before,
                after,
                footer,
                frozenset(lists[match.block]),
                _row(document.text, match) if match.kind == "person_name" else "",
                _announced(document.text, match),
                _column(match) in masked,
                index in children,
                match.kind == "health" and _is_named(document.text, match, name_ends),
                match.kind == "health" and _is_patient_s(document.text, match, starts, ends),
                match.kind in _SEATED and is_seat(document.text, match),
            )
        )
    return out


def title_of(caption: str) -> str:
    """The caption, if it is short enough to be a title and no sentence; "" if not."""
    return caption if len(caption) <= _LONGEST_TITLE else ""


_Column = tuple[int, int | None, str]


def _column(match: Match) -> _Column:
    return (match.block, match.column, match.kind)


def _masked_columns(matches: Sequence[Match]) -> frozenset[_Column]:
    """Columns whose publisher meant to hide what they hold: two masked values or more, and fewer
    that were left clear."""
    hidden: Counter[_Column] = Counter()
    clear: Counter[_Column] = Counter()
    for match in matches:
        if match.column is not None:
            (hidden if match.is_masked else clear)[_column(match)] += 1
    return frozenset(c for c, count in hidden.items() if count > max(1, clear[c]))


def _announced(text: str, match: Match) -> str:
    """The word of a line shortly above that ends in a colon and offers contacts."""
    if match.row is not None or match.kind not in _CONTACT_KINDS:
        return ""
    *lines, own = _LINES.split(text[max(0, match.start - _ABOVE) : match.start])
    listed = _LISTED.match(own)
    if listed is not None:
        return listed.group(1)
    for line in reversed(lines):
        if line.rstrip().endswith((":", "：")) and len(line) <= _LONGEST_LINE:
            return first_in(word_list("offers"), line) or first_in(word_list("roles"), line)
    return ""


def _is_named(text: str, match: Match, name_ends: Sequence[int]) -> bool:
    """Whether a name ends right before a match, no mark of punctuation between."""
    last = bisect_right(name_ends, match.start) - 1
    return last >= 0 and _NAMED.fullmatch(text, name_ends[last], match.start) is not None


def _is_patient_s(text: str, match: Match, starts: frozenset[int], ends: frozenset[int]) -> bool:
    """Whether a name begins right after an illness and the word for whoever has it, or ends right
    before the bracket that it stands in: `张三（乳腺结节，138……）`."""
    patient = _PATIENT.match(text, match.end)
    if patient is not None and patient.end() in starts:
        return True
    opened = text[match.start - 1 : match.start] in tuple("(（")
    closed = text[match.end : match.end + 1] in tuple("，,；;、)）")
    return opened and closed and match.start - 1 in ends


def _row(text: str, match: Match) -> str:
    ends = (ROW, BLOCK) if match.row is not None else (BLOCK, "\n")
    first = max(text.rfind(end, max(0, match.start - _ROW), match.start) for end in ends) + 1
    last = min(
        (at for end in ends if (at := text.find(end, match.end, match.end + _ROW)) >= 0),
        default=match.end + _ROW,
    )
    return text[max(first, match.start - _ROW) : last]


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    before = text[max(0, start - _WINDOW) : start]
    cut = max(before.rfind(mark) for mark in _SENTENCE_ENDS)
    before = before[cut + 1 :]
    after = text[end : end + _WINDOW]
    stops = [place for mark in _SENTENCE_ENDS if (place := after.find(mark)) >= 0]
    return _unspaced(normalise(before).text), normalise(
        after[: min(stops, default=len(after))]
    ).text


def _unspaced(text: str) -> str:
    """Labels that the layout spread (`地  址：`, `联 系 人：`) as the words that they are."""
    if " " not in text:
        return text
    return _SPREAD_LABEL.sub(lambda label: label.group().replace(" ", ""), text)
