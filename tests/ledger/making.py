"""Results of invented pages, with values whose check digits nobody was ever given."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scanner.keys import Keyring
from scanner.model import (
    Disposition,
    Evidence,
    Finding,
    ItemResult,
    Link,
    Location,
    Match,
    Outcome,
    Severity,
    Where,
)

KEYS = Keyring(bytes(range(32)))
OTHER_KEYS = Keyring(bytes(range(32, 64)))
PAGE = "http://www.qx.gov.cn/zwgk/p1.html"
SHEET = "http://www.qx.gov.cn/zwgk/p1.xlsx"
# An ID number with a right check digit of a day in 1901 and an invented mobile.
ID_CARD = "34082419010101005X"
MOBILE = "13805560001"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


def finding(
    value: str = MOBILE,
    page: str = PAGE,
    *,
    kind: str = "mobile",
    disposition: Disposition = Disposition.LEAK,
    severity: Severity = Severity.MEDIUM,
    person: str | None = None,
    institutional: bool = False,
    keys: Keyring = KEYS,
    context: str = "",
) -> Finding:
    match = Match(
        rule=f"contact.{kind}",
        kind=kind,
        start=0,
        end=len(value),
        raw=value,
        value=value,
        where=Where.VISIBLE,
        location=Location(table=1, row=3, column=2),
        confidence=0.9,
        block=0,
        institutional=institutional,
    )
    return Finding(
        match=match,
        disposition=disposition,
        rule="leak.default",
        basis=("个人信息保护法第6条",),
        evidence=(Evidence("label", f"联系电话：{value}", 0.3),),
        confidence=0.9,
        severity=severity,
        person=person and keys.person_hash(person),
        fingerprint=keys.fingerprint(kind, value, page),
        value_hash=keys.value_hash(kind, value),
        context=context or f"户主电话 {value}",
    )


def read(url: str = PAGE, *findings: Finding, **other: object) -> ItemResult:
    """A page that was read whole."""
    base = ItemResult(
        url=url,
        outcome=Outcome.SCANNED,
        status=200,
        media_type="text/html",
        title="救助对象公示",
        etag='"1"',
        content_hash="c" * 64,
        size=1000,
        findings=findings,
    )
    return replace(base, **other)  # type: ignore[arg-type]


def ended(url: str, outcome: Outcome, **other: object) -> ItemResult:
    """A URL that ended otherwise."""
    return replace(ItemResult(url=url, outcome=outcome), **other)  # type: ignore[arg-type]


def links(*urls: str) -> tuple[Link, ...]:
    return tuple(Link(url, is_attachment=url.endswith(".xlsx")) for url in urls)
