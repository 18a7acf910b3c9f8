"""From the ledger's findings to what the reviewer is asked."""

from collections.abc import Iterable

from patterns import Pack
from scanner.lang import tr
from scanner.ledger.queue import FindingView, PageView
from scanner.report.evidence import evidence_text
from scanner.review.session import BasisChoice, Subject


def subjects_of(pages: Iterable[PageView], pack: Pack) -> list[Subject]:
    """The findings of the pages, in their order."""
    return [_subject(page, finding, pack) for page in pages for finding in page.findings]


def _subject(page: PageView, finding: FindingView, pack: Pack) -> Subject:
    location = finding.location.describe()
    if finding.occurrences > 1:
        count = finding.occurrences
        location += tr(f"等 {count} 处", f" and {count - 1} more")
    return Subject(
        fingerprint=finding.fingerprint,
        value_hash=finding.value_hash,
        page=page.url,
        title=page.title,
        unit=page.unit,
        kind=finding.kind,
        masked=finding.masked,
        where=finding.where,
        location=location,
        context=finding.context,
        disposition=finding.disposition,
        rule=finding.rule,
        basis=finding.basis,
        evidence=tuple(evidence_text(step) for step in finding.evidence),
        confidence=finding.confidence,
        severity=finding.severity,
        candidates=finding.candidates,
        suggested=_suggested(finding, pack),
    )


def _suggested(finding: FindingView, pack: Pack) -> str:
    """The exception that the classifier applied, or recognised without applying it; "" if none."""
    seen = [
        str(step.get("words", ""))
        for step in finding.evidence
        if step.get("what") == "recognised as"
    ]
    for exception in pack.exceptions:
        if exception.code == finding.rule or any(words.startswith(exception.zh) for words in seen):
            return exception.code
    return ""


def choices_of(pack: Pack) -> list[BasisChoice]:
    """Every exception that lets something stand, for the list of bases."""
    return [
        BasisChoice(
            code=exception.code,
            name=tr(exception.zh, exception.en),
            law=tr("；", "; ").join(exception.law),
            cues=" ".join((exception.zh, exception.field, *exception.title_cues)),
        )
        for exception in pack.exceptions
        if exception.duty != "never"
    ]
