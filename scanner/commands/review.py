"""`audit review` and `audit decide`: what people say of the findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scanner.commands.context import Common, user_name
from scanner.commands.ledgers import existing_ledger
from scanner.commands.reports import refuse_unknown_unit
from scanner.commands.rules import pack_of
from scanner.errors import ConfigError
from scanner.lang import tr
from scanner.ledger import Ledger
from scanner.ledger.lookup import by_prefix
from scanner.model import Decision
from scanner.report.console import err, out
from scanner.report.names import decision_name, kind_name
from scanner.review.run import run_review
from scanner.review.session import Session
from scanner.review.store import LedgerStore
from scanner.review.subjects import choices_of, subjects_of
from scanner.safe_text import styled


@dataclass(frozen=True, slots=True)
class DecideRequest:
    """What `audit decide` was told. Exactly one of the four judgements is given."""

    fingerprints: tuple[str, ...]
    leak: bool = False
    lawful: str | None = None  # code of an exception
    not_personal: bool = False
    rectified: bool = False
    reason: str = ""
    expires: date | None = None
    who: str = ""


def review(common: Common, *, unit: str | None, kinds: Sequence[str], who: str) -> int:
    """Go through everything that is suspected; each verdict is in the ledger at once."""
    config, ledger = existing_ledger(common)
    with ledger:
        pack = pack_of(config)
        if unit is not None:
            refuse_unknown_unit(ledger, unit)
        pages = ledger.queue(unit=unit, kinds=kinds)
        session = Session(subjects_of(pages, pack), choices_of(pack))
        if not session.subjects:
            err().print(styled(tr("没有待审核的信息。", "Nothing is waiting for review.")))
            return 0
        run_review(session, LedgerStore(ledger, who or user_name()))
    return 0


def decide(common: Common, request: DecideRequest) -> int:
    """One judgement on findings named by fingerprint, all or none. Raises AuditError."""
    _check(request)
    config, ledger = existing_ledger(common)
    with ledger:
        if request.lawful is not None:
            _check_basis(request.lawful, [one.code for one in pack_of(config).exceptions])
        with ledger.database.read() as connection:
            ids = by_prefix(connection, request.fingerprints)
        _apply(ledger, ids, request)
        for finding in ledger.findings(ids):
            out().print(
                styled(
                    f"{finding.fingerprint[:12]}  {kind_name(finding.kind)}  {finding.masked}"
                    f"  {finding.state.label}"
                ),
                soft_wrap=True,
            )
    return 0


def _check(request: DecideRequest) -> None:
    given = [request.leak, request.lawful is not None, request.not_personal, request.rectified]
    if sum(given) != 1:
        raise ConfigError(
            tr(
                "请在 --leak、--lawful、--not-personal、--rectified 中选且只选一个",
                "give exactly one of --leak, --lawful, --not-personal, --rectified",
            )
        )
    if request.expires is not None and request.lawful is None:
        raise ConfigError(
            tr("--expires 只能与 --lawful 一起用", "--expires goes with --lawful only")
        )


def _check_basis(code: str, known: Sequence[str]) -> None:
    if code not in known:
        raise ConfigError(
            tr(
                f"没有代码为 {code} 的例外，见 audit rules list --exceptions",
                f"there is no exception {code}: see audit rules list --exceptions",
            )
        )


def _apply(ledger: Ledger, ids: Sequence[int], request: DecideRequest) -> None:
    who = request.who or user_name()
    if request.rectified:
        done = ledger.report_rectified(ids, who=who, reason=request.reason)
        words = tr("单位报告已整改，待复查", "reported as rectified, to be re-checked")
    else:
        decision = (
            Decision.LEAK
            if request.leak
            else Decision.LAWFUL
            if request.lawful is not None
            else Decision.NOT_PERSONAL
        )
        done = ledger.decide(
            ids,
            decision,
            who=who,
            basis=request.lawful or "",
            reason=request.reason,
            expires=request.expires,
        )
        words = decision_name(decision)
    err().print(
        styled(
            tr(
                f"已记为“{words}”：{len(done.findings)} 个值",
                f"recorded as {words}: {len(done.findings)} values",
            )
        )
    )
