"""One answer of a server to its result: its links, its values, and what they mean."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scanner.classify.allow import AllowList, load_allow_list
from scanner.lang import Lang, tr
from scanner.model import Document, Fetched, Finding, ItemResult, Outcome
from scanner.packed import PackedFindings
from scanner.pipeline import Pipeline
from spiders.links import find_links
from spiders.standin import is_front_page, is_sent_home, stand_in
from spiders.volatile import stable_hash

_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class PipelineSpec:
    """What a worker needs to build its pipeline: small, and the same for all."""

    key: bytes = field(repr=False)
    pack_dir: Path | None = None
    allow: Path | None = None
    lang: Lang = "zh"
    mask_norm: str = ""  # code of a published norm of masking

    def build(self) -> Pipeline:
        """Load the rules. Raises ConfigError with every fault."""
        allow: AllowList | None = load_allow_list(self.allow) if self.allow else None
        return Pipeline(self.pack_dir, self.key, allow, mask_norm=self.mask_norm)


class PageScanner:
    """Everything that is done with one answer: its links, its values, what they mean."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def scan(self, fetched: Fetched) -> ItemResult:
        """The result of one answer. What cannot be scanned is a result as well."""
        try:
            return self._scan(fetched)
        except (Exception, RecursionError) as error:  # noqa: BLE001 - one page stops no sweep
            return unscannable(fetched, _place(error))

    def _scan(self, fetched: Fetched) -> ItemResult:
        stable = stable_hash(fetched.body, fetched.content_type)
        if stable == fetched.stable_hash:
            return ItemResult(fetched.url, Outcome.UNCHANGED, stable_hash=stable)
        links = find_links(
            fetched.body,
            fetched.final_url,
            fetched.content_type,
            is_list_page=fetched.is_list_page,
        )
        document, findings = self._pipeline.scan(
            fetched.body,
            fetched.url,
            content_type=fetched.content_type,
            filename=fetched.filename,
        )
        meta = document.meta
        outcome, reason = _ending(fetched, document, findings)
        return ItemResult(
            url=fetched.url,
            outcome=outcome,
            reason=reason,
            media_type=document.media_type,
            title=meta.title or fetched.filename,
            published=meta.published,
            source=meta.source,
            column=meta.column,
            index_number=meta.index_number,
            document_number=meta.document_number,
            is_attachment=fetched.is_attachment or bool(fetched.filename),
            links=links.links,
            findings=findings if isinstance(findings, PackedFindings) else tuple(findings),
            unread=(*document.unread, *links.dropped),
            stable_hash=stable,
            moved_to=fetched.final_url if fetched.final_url != fetched.url else "",
            listing=links.listing,
            leads_on=links.listing is not None or is_front_page(fetched.url),
        )


def _ending(
    fetched: Fetched, document: Document, findings: Sequence[Finding]
) -> tuple[Outcome, str]:
    """Outcome and reason. An answer that stands in for the page must not speak for it."""
    if document.media_type in _PAGES and not any(one.disposition.is_leak for one in findings):
        found = stand_in(document.meta.title, document.text, fetched.body)
        if found is not None:
            return found
        if is_sent_home(fetched.url, fetched.final_url):
            reason = tr("已转到列表页或首页，原网页不在", "redirects to the list or home page")
            return Outcome.GONE, reason
    if not document.unread:
        return Outcome.SCANNED, _where_now(fetched)
    outcome = Outcome.PARTLY_READ if document.blocks else Outcome.NOT_READ
    return outcome, document.unread[0].why


def _where_now(fetched: Fetched) -> str:
    if fetched.final_url == fetched.url:
        return ""
    return tr(f"已移到 {fetched.final_url}", f"moved to {fetched.final_url}")


def _place(error: BaseException) -> str:
    """The kind of an error and where it arose; never its text, which may quote the page."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def unscannable(fetched: Fetched, why: str) -> ItemResult:
    """The result of a page that was fetched and could not be scanned."""
    return ItemResult(
        url=fetched.url,
        outcome=Outcome.FAILED,
        reason=tr(f"无法扫描（{why}）", f"could not be scanned ({why})"),
    )
