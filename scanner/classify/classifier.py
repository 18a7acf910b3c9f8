"""Matches → Findings: each value judged by itself, with its basis and the words that showed it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from patterns import Pack
from patterns.masknorms import published_norms
from patterns.rule import Rule
from patterns.words import first_in, word_list
from scanner.classify.allow import AllowList
from scanner.classify.behind import unmask_behind
from scanner.classify.contacts import judge_account, judge_landline, judge_mobile
from scanner.classify.judgement import (
    Ground,
    Judgement,
    dismissed,
    kept,
    lawful,
    leak,
    load_grounds,
    outweighed,
    well_masked,
)
from scanner.classify.masks import judge_mask, judge_masked_name
from scanner.classify.page import PageReader
from scanner.classify.persons import (
    judge_address,
    judge_birth,
    judge_health,
    judge_name,
    judge_plate,
)
from scanner.classify.records import Record, RecordKey, group_records, in_passing
from scanner.classify.repeated import follow_accused, follow_visible
from scanner.classify.setting import Setting, settings
from scanner.classify.severity import is_minor, severity
from scanner.classify.sightings import only_name, sighting
from scanner.classify.snippet import Neighbours, is_plain, plain, snippet
from scanner.classify.terms import term_over
from scanner.classify.union import join_masks
from scanner.detect.derived import inner_id
from scanner.keys import Keyring
from scanner.model import Disposition, Document, Evidence, Finding, Match, Severity, Where

# Under this confidence a match is told of, but accused of nothing.
_LEAST_CONFIDENCE = 0.5
_LONGEST_WORDS = 80  # characters of a piece of evidence
# The three kinds of publication that name an ID number lawfully.
_ID_LAWFUL = frozenset({"dishonest_debtor", "tax_arrears", "wanted_notice"})

# Kinds whose judgement depends on the other values of the same person.
_DEPENDENT = frozenset({"mobile", "landline", "email", "qq", "wechat", "person_name"})

_PRIVATE = frozenset({"mobile", "birth_date", "home_address"})
_NEAR_ACCOUNT = 24  # characters before an account: whose it is, stands there
# Kinds of value that belong to an office and have no term.
_OFFICES = frozenset({"landline", "email"})

Judge = Callable[[Setting, Ground], Judgement]


@dataclass(frozen=True, slots=True)
class _Page:
    """The document under judgement, and what its findings are counted on."""

    document: Document
    address: str
    neighbours: Neighbours
    key_of: Callable[[RecordKey], RecordKey] | None

    @property
    def year(self) -> int:
        """Year of publication, 0 where the page does not say."""
        year = self.document.meta.published[:4]
        return int(year) if year.isdigit() else 0


class Classifier:
    """Judges the matches of documents. Build once, use for many."""

    def __init__(
        self,
        pack: Pack,
        keyring: Keyring,
        allow: AllowList | None = None,
        today: date | None = None,
        mask_norm: str = "",
    ) -> None:
        """`mask_norm`: code of a norm of `patterns.masknorms` that masked values are held against
        besides their count of fits; "" for the count alone. Raises KeyError for an unknown one."""
        self._norm = published_norms()[mask_norm] if mask_norm else None
        self._rules: dict[str, Rule] = {rule.code: rule for rule in pack.rules}
        self._reader = PageReader(pack.exceptions)
        self._keyring = keyring
        self._allow = allow or AllowList()
        self._today = today
        self._grounds = load_grounds()
        self._judges: dict[str, Judge] = {
            "id_card": _judge_identity,
            "bank_card": _judge_card,
            "mobile": judge_mobile,
            "landline": judge_landline,
            "email": judge_account,
            "qq": judge_account,
            "wechat": judge_account,
            "person_name": judge_name,
            "home_address": judge_address,
            "birth_date": judge_birth,
            "health": judge_health,
            "license_plate": judge_plate,
            "exam_ticket": _judge_ticket,
        }

    def judge(
        self,
        document: Document,
        matches: Sequence[Match],
        page: str = "",
        key_of: Callable[[RecordKey], RecordKey] | None = None,
    ) -> list[Finding]:
        """One finding a match, in text order. `page` is the address that fingerprints count on;
        the document's own source where it is not given. `key_of` gives the place of a record in
        the whole of which the document is a part."""
        if not matches:  # most pages: nothing to judge, so nothing is read for it
            return []
        live = [m for m in matches if not m.explained_by]
        records = group_records(document, live)
        sections = self._reader.read(document)
        where = _Page(document, page or document.source, Neighbours(matches), key_of)
        year = where.year or self._now().year
        placed = settings(document, live, records, sections, year)
        judged = self._judge_all(placed, records)
        judged = follow_accused(placed, follow_visible(live, judged))
        judged = unmask_behind(live, judged, self._grounds)
        judged = join_masks(live, judged, records, self._rules, self._grounds)
        over = term_over(document, self._now())
        if over:
            judged = [_past_term(m, j, over) for m, j in zip(live, judged, strict=True)]
        findings = self._findings(where, live, judged, records)
        findings += [
            self._finding(where, m, _explained(m), None, Severity.LOW)
            for m in matches
            if m.explained_by
        ]
        return sorted(findings, key=lambda f: (f.match.start, f.match.end))

    def _judge_all(self, placed: Sequence[Setting], records: Sequence[Record]) -> list[Judgement]:
        """Things first, then the contacts and names whose lawfulness hangs on what really stands
        beside them: an office's address beside a number does not make a private record."""
        first = [None if s.match.kind in _DEPENDENT else self._judge_one(s) for s in placed]
        out: list[Judgement | None] = list(first)
        for record in records:
            beside = frozenset(
                placed[i].match.kind
                for i in record.members
                if not _is_dismissed(first[i]) and not in_passing(placed[i].match)
            )
            for index in record.members:
                if out[index] is None:
                    setting = placed[index]
                    known = setting if setting.kinds == beside else replace(setting, kinds=beside)
                    out[index] = self._judge_one(known)
        return [judgement for judgement in out if judgement is not None]

    def _judge_one(self, setting: Setting) -> Judgement:
        match = setting.match
        ground = self._grounds[match.kind]
        example = first_in(word_list("examples"), setting.before) if match.is_masked else ""
        if example:
            return dismissed("K-WEAK", Evidence("word before", example))
        if match.confidence < _LEAST_CONFIDENCE and not _is_illness_in_row(setting):
            return dismissed("K-WEAK", Evidence("confidence", f"{match.confidence:.2f}"))
        judge = self._judges.get(match.kind, _judge_plainly)
        if match.is_masked and match.kind != "person_name":
            hidden = judge_mask(match, self._rules[match.rule], ground, self._norm)
            if hidden.disposition is not Disposition.UNDER_MASKED:
                return hidden
            clear = judge(setting, ground)  # what may stand in full is not masked too little
            return well_masked(*clear.evidence) if _stands(clear) else hidden
        if match.kind == "person_name":
            masked = judge_masked_name(match, ground, self._norm)
            if masked is not None:
                return masked
        return judge(setting, ground)

    def _findings(
        self,
        page: "_Page",
        matches: Sequence[Match],
        judged: Sequence[Judgement],
        records: Sequence[Record],
    ) -> list[Finding]:
        exposed = [r for r in records if any(judged[i].disposition.is_leak for i in r.members)]
        year = page.year or self._now().year
        out = []
        for record in records:
            kinds = record.kinds(matches)
            identity = record.identity(matches)
            person = self._person(record, matches, identity, page)
            minor = identity is not None and is_minor(identity.value, year)
            name = (
                only_name(record, matches) if any(judged[i].whole for i in record.members) else ""
            )
            for index in record.members:
                match = matches[index]
                base = Severity(self._rules[match.rule].severity or "low")
                grave = severity(base, match.kind, kinds - {match.kind}, len(exposed), minor=minor)
                if not judged[index].disposition.is_leak:
                    grave = base
                found = self._finding(page, match, judged[index], person, grave)
                if name and judged[index].whole:
                    rule = self._rules[match.rule]
                    seen = sighting(self._keyring, match, judged[index], rule, name)
                    found = replace(found, sighting=seen)
                out.append(found)
        return out

    def _person(
        self, record: Record, matches: Sequence[Match], identity: Match | None, page: "_Page"
    ) -> str | None:
        """A key that the values of one person share: across pages where something identifies
        them, else on this page alone."""
        if identity is not None:
            inner = inner_id(identity)  # the same person, by whichever number
            kind, value = ("id_card", inner) if inner else (identity.kind, identity.value)
            return self._keyring.person_hash(f"{kind}\n{value}")
        names = [matches[i].value for i in record.members if matches[i].kind == "person_name"]
        if names:
            key = page.key_of(record.key) if page.key_of else record.key
            return self._keyring.person_hash(f"{page.address}\n{names[0]}\n{key}")
        return None

    def _finding(
        self,
        page: "_Page",
        match: Match,
        judgement: Judgement,
        person: str | None,
        grave: Severity,
    ) -> Finding:
        value_hash = self._keyring.value_hash(match.kind, match.value)
        judgement = self._allowed(judgement, value_hash)
        return Finding(
            match=match,
            disposition=judgement.disposition,
            rule=judgement.rule,
            basis=judgement.basis,
            evidence=_chain(match.evidence, judgement.evidence),
            confidence=round(match.confidence * judgement.certainty, 3)
            if judgement.disposition.is_leak
            else round(judgement.certainty, 3),
            severity=grave,
            person=person,
            fingerprint=self._keyring.fingerprint(match.kind, match.value, page.address),
            value_hash=value_hash,
            context=snippet(page.document.text, match, page.neighbours),
            candidates=judgement.candidates,
            needs_review=judgement.needs_review,
        )

    def _allowed(self, judgement: Judgement, value_hash: str) -> Judgement:
        if not judgement.disposition.is_leak:
            return judgement
        entry = self._allow.get(value_hash, self._now()) if self._allow.entries else None
        if entry is None:
            return judgement
        told = Evidence("allow-list", f"{entry.reason}（{entry.who}）")
        return replace(
            judgement,
            disposition=Disposition.MANDATED,
            rule="K-ALLOW",
            basis=(entry.basis,),
            evidence=(*judgement.evidence, told),
        )

    def _now(self) -> date:
        return self._today or date.today()


def _is_illness_in_row(setting: Setting) -> bool:
    """Whether an illness that only its name shows stands in a row that identifies somebody."""
    if setting.match.kind != "health":
        return False
    if setting.of_patient:
        return True
    if not setting.in_table and setting.match.where is not Where.COMMENT:
        return "id_card" in setting.kinds  # an entry of a list, or a party described
    if setting.kinds & {"id_card", "disability_cert", "bank_card"}:
        return True
    whole = not (setting.before.strip() or setting.after.strip())  # the cell says nothing else
    if not whole or setting.role or first_in(word_list("expertise_heads"), setting.match.header):
        return False
    return "person_name" in setting.kinds and bool(setting.kinds & _PRIVATE)


def _judge_identity(setting: Setting, ground: Ground) -> Judgement:
    """An ID number: lawful in three kinds of list only, and even there better masked."""
    for kind in setting.section.kinds:
        if kind.rule.code in _ID_LAWFUL and not setting.hidden:
            advice = Evidence("advice", "可依法公开，建议部分隐去")
            return replace(lawful(kind, advice), needs_review=True)
    return leak(ground, Evidence("header", setting.match.header))


def _judge_ticket(setting: Setting, _ground: Ground) -> Judgement:
    kind = setting.section.kind_with("exam_ticket_no")
    if kind is not None:
        return lawful(kind, Evidence("header", setting.match.header))
    return kept("K-TICKET", certainty=0.7, review=True)


_SPEAKER = "联系人"


def _judge_card(setting: Setting, ground: Ground) -> Judgement:
    """An account: a body's where no person stands beside it and its form does not prove a card."""
    body = first_in(word_list("bodies"), f"{setting.match.header} {setting.heads} {setting.before}")
    nobody = not setting.kinds & {"person_name", "id_card", "mobile"}
    near = first_in(word_list("bodies"), setting.before[-_NEAR_ACCOUNT:])
    # `乙方：某公司 联系人：张三 电话：…… 账号：……`: the person speaks for the body.
    speaks = bool(body) and not setting.in_table and _SPEAKER in setting.before
    own = setting.kinds & ({"id_card"} if speaks else {"id_card", "mobile"})
    of_body = bool(near) or (bool(body) and not own)
    alone = nobody and not setting.in_table
    if setting.in_footer or ((of_body or alone) and not _is_card(setting)):
        return dismissed("K-ORG", Evidence("account of", body or "未指向个人"))
    return _judge_plainly(setting, ground)


def _is_card(setting: Setting) -> bool:
    return any(e.what == "validator" and "proven" in e.words for e in setting.match.evidence)


def _judge_plainly(setting: Setting, ground: Ground) -> Judgement:
    """Kinds that no rule lets stand: accounts, certificates, passports."""
    return leak(ground, Evidence("header", setting.match.header))


def _past_term(match: Match, judgement: Judgement, over: str) -> Judgement:
    """What stands lawfully in a list whose term is over goes to review: it should come down."""
    listed = match.row is not None and match.kind not in _OFFICES
    if judgement.disposition is not Disposition.MANDATED or not listed:
        return judgement
    evidence = (*judgement.evidence, Evidence("term", over))
    return replace(judgement, evidence=evidence, needs_review=True)


def _stands(judgement: Judgement) -> bool:
    return judgement.disposition is Disposition.MANDATED


def _is_dismissed(judgement: Judgement | None) -> bool:
    return judgement is not None and judgement.disposition is Disposition.DISMISSED


def _chain(found: Sequence[Evidence], judged: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The whole reasoning in order; what both steps saw is told once, empty words not at all."""
    steps = {(e.what, e.words): e for e in reversed((*found, *judged)) if e.words}
    return tuple(_fit_to_store(e) for e in reversed(steps.values()))


def _fit_to_store(evidence: Evidence) -> Evidence:
    """Heads and labels are the page's own text: no number of theirs may be stored in clear."""
    if evidence.what == "validator":  # the program's own words, with a standard's number in them
        return evidence
    words = evidence.words
    if len(words) <= _LONGEST_WORDS and is_plain(words):  # as most are: no copy
        return evidence
    return replace(evidence, words=plain(words)[:_LONGEST_WORDS])


def _explained(match: Match) -> Judgement:
    return outweighed(match.explained_by, *match.evidence[-1:])
