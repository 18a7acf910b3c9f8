"""What kind of publication a page, or one annex of it, is.

An annex is judged by itself: a lawful notice does not make the roster attached to it lawful.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from patterns.lawful import Duty, ExceptionRule
from patterns.words import first_in, word_list
from scanner.model import BlockKind, Document

_ANNEX = re.compile(r"^\s*(?:附件|附表|附录|附)\s*[0-9０-９一二三四五六七八九十]*\s*[:：.、 　]")
_TITLE_SCORE, _PLACE_SCORE, _HEADING_SCORE, _COLUMN_SCORE = 3.0, 1.0, 1.0, 0.5
_LAW_SCORE = 2.0  # the text names the law that the exception rests on
_CITED = re.compile(r"《([^《》]{4,60})》")
_LAW_NAME = re.compile(r"^[^（(第〔]{5,}")
_ENOUGH = 3.0
_LONGEST_HEADING = 60
_PATH = re.compile(r"(?:您(?:所在|现在)?的?位置|当前位置|首页)\s*[:：>＞|]")
_TRAIL = re.compile(r"(?:>>|[＞>»]).*(?:>>|[＞>»])")  # `某县人民政府 >> 政务公开 >> 通知公告`
_TITLE_END = re.compile(
    r"(?:公告|公示|通报|通知|通告|名单|决定书?|意见书?|告知书|一览表|汇总表|明细表?|花名册|名册|台账|报告|简报|纪要|答复|回复|表|令|函|信)"
    r"(?:[(（].{1,20}[)）])?$"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """An exception that a section was recognised as, with the words that showed it."""

    rule: ExceptionRule
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A page's own text, or one annex."""

    first: int  # index of its first block
    title: str
    is_annex: bool
    internal: str  # the words that say it was not meant for the public, "" where none
    kinds: tuple[Recognised, ...]  # best first

    def kind_with(self, element: str) -> Recognised | None:
        """The best exception that lets `element` be published without a condition."""
        return next((k for k in self.kinds if element in k.rule.publish), None)

    def kind_with_role(self, element: str) -> Recognised | None:
        """The best exception that lets `element` stand beside its role."""
        return next((k for k in self.kinds if element in k.rule.role_only), None)

    @property
    def never(self) -> Recognised | None:
        """The exception under which nothing that identifies anybody may stand."""
        return next((k for k in self.kinds if k.rule.duty is Duty.NEVER), None)


class PageReader:
    """Cuts documents into sections and recognises each."""

    def __init__(self, exceptions: Sequence[ExceptionRule]) -> None:
        self._exceptions = [
            (rule, _law_names(rule), frozenset(cue[:2] for cue in rule.title_cues))
            for rule in exceptions
        ]

    def read(self, document: Document) -> list[Section]:
        """Sections in order; the first begins at block 0."""
        bounds = [0]
        for index, block in enumerate(document.blocks):
            if (index and _is_annex_heading(document, index)) or (
                block.kind is BlockKind.FOOTER
                and bounds[-1]
                and not _footer_before(document, index)
            ):
                bounds.append(index)
        stops = [*bounds[1:], len(document.blocks)]
        page_title = _page_title(document)
        return [
            self._section(document, first, stop, page_title)
            for first, stop in zip(bounds, stops, strict=True)
        ]

    def _section(self, document: Document, first: int, stop: int, page_title: str) -> Section:
        footer = first < len(document.blocks) and (
            document.blocks[first].kind is BlockKind.FOOTER and first > 0
        )
        is_annex = first > 0 and not footer
        title = document.blocks[first].text.strip()[:120] if is_annex else page_title
        signs = _signs(document, first, stop)
        internal = first_in(word_list("internal"), f"{title}\n{signs.opening}") or first_in(
            word_list("internal_titles"), title
        )
        place = "" if is_annex else document.meta.column
        words = f"{title} {place}"
        pairs = {words[i : i + 2] for i in range(len(words))}
        recognised = (
            _recognise(rule, laws, title, place, signs)
            for rule, laws, begins in self._exceptions
            if signs.cited or not begins.isdisjoint(pairs)  # else no cue can stand in the title
        )
        kinds = sorted(filter(None, recognised), key=lambda kind: -kind.score)
        return Section(first, title, is_annex, internal, tuple(kinds))


def _page_title(document: Document) -> str:
    titles = [document.meta.title]
    titles += [
        block.text.strip()
        for block in document.blocks[:40]
        if block.kind in (BlockKind.TITLE, BlockKind.HEADING) and len(block.text) < 120
    ]
    if not any(titles):  # a fragment: its first words are all the title it has
        titles = [_title_of_fragment(document)]
    seen: list[str] = []
    for title in titles:
        if title and not any(title in other for other in seen):
            seen.append(title)
    return " ".join(seen[:3])


def _title_of_fragment(document: Document) -> str:
    """The first line that reads like a title; else the first that is no path through the site."""
    lines = [b.text.strip() for b in document.blocks[:12] if b.table is None and b.text.strip()]
    lines = [line for line in lines if not (_PATH.match(line) or _TRAIL.search(line))]
    titled = (line for line in lines if len(line) <= _LONGEST_HEADING and _TITLE_END.search(line))
    return next(titled, lines[0] if lines else "")[:_LONGEST_HEADING]


def _is_annex_heading(document: Document, index: int) -> bool:
    """An annex's heading: short, and followed by content rather than by another link."""
    block = document.blocks[index]
    if "附" not in block.text[:8]:
        return False
    if (
        block.table is not None
        or block.where != "visible"
        or len(block.text) > 2 * _LONGEST_HEADING
    ):
        return False
    if block.kind is BlockKind.FIELD or not _ANNEX.match(block.text):
        return False
    following = document.blocks[index + 1 : index + 4]
    return any(b.table is not None for b in following) or block.kind is BlockKind.HEADING


def _footer_before(document: Document, index: int) -> bool:
    return document.blocks[index - 1].kind is BlockKind.FOOTER


@dataclass(frozen=True, slots=True)
class _Signs:
    headings: str
    columns: str  # heads of columns
    opening: str  # the first paragraphs
    cited: frozenset[str]  # laws and other texts named in 《》 there


def _signs(document: Document, first: int, stop: int) -> _Signs:
    """Headings, heads of columns, and the opening text of a section."""
    headings: list[str] = []
    columns: list[str] = []
    opening: list[str] = []
    for block in document.blocks[first:stop]:
        if block.table is not None:
            columns += [cell.text for cell in block.table.cells if cell.row < 3][:60]
        elif block.kind is BlockKind.HEADING or len(block.text) <= _LONGEST_HEADING:
            headings.append(block.text[:_LONGEST_HEADING])
        if block.table is None and len(opening) < 40:
            opening.append(block.text[:300])
    text = "\n".join(opening)
    cited = frozenset(_CITED.findall(text)) if "《" in text else frozenset()
    return _Signs("\n".join(headings), "\n".join(columns), text, cited)


def _law_names(rule: ExceptionRule) -> tuple[str, ...]:
    """Names of the laws that an exception rests on, without number and article."""
    found = (_LAW_NAME.match(law) for law in rule.law)
    return tuple(dict.fromkeys(name.group().strip() for name in found if name))


def _is_borne_out(rule: ExceptionRule, title: str, signs: _Signs) -> bool:
    """Whether the section says what a page of this kind must say, besides its title's words."""
    shown = f"{title}\n{signs.opening}\n{signs.headings}\n{signs.columns}"
    return not rule.needed_cues or bool(first_in(rule.needed_cues, shown))


def _recognise(
    rule: ExceptionRule, laws: tuple[str, ...], title: str, place: str, signs: _Signs
) -> Recognised | None:
    in_title = [cue for cue in rule.title_cues if cue in title]
    in_place = [cue for cue in rule.title_cues if place and cue in place]
    cited = [law for law in laws if law in signs.cited]
    if not (in_title or in_place or cited) or not _is_borne_out(rule, title, signs):
        return None
    in_headings = [cue for cue in rule.heading_cues if cue in signs.headings]
    in_columns = [cue for cue in rule.column_cues if cue in signs.columns]
    score = (
        _TITLE_SCORE * bool(in_title)
        + 0.1 * max((len(cue) for cue in in_title), default=0)
        + _PLACE_SCORE * bool(in_place)
        + _LAW_SCORE * bool(cited)
        + _HEADING_SCORE * min(2, len(in_headings))
        + _COLUMN_SCORE * min(2, len(in_columns))
    )
    if score < _ENOUGH:
        return None
    words = tuple(dict.fromkeys([*in_title, *in_place, *cited, *in_headings[:2], *in_columns[:2]]))
    return Recognised(rule, score, words)
