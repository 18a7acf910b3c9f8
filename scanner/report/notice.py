"""The rectification workbook of one unit: a notice to sign, and the list of what to mend."""

import contextlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scanner.lang import tr
from scanner.ledger.queue import FindingView, PageView
from scanner.ledger.stats import CHINA
from scanner.model import Disposition, Severity
from scanner.report.names import disposition_name, kind_name, severity_name, where_name
from scanner.safe_text import for_cell

_SAMPLES = 3  # masked examples a row
_PLACES = 3  # locations a row
_THIN = Side(style="thin", color="999999")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")
_WRAP = Alignment(wrap_text=True, vertical="top")

# Column titles and widths (characters), after the ledger form suggested for this work.
_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("序号", "No.", 6),
    ("责任单位", "Unit", 18),
    ("网站/栏目", "Site", 16),
    ("信息标题", "Title", 30),
    ("发布日期", "Published", 12),
    ("网址", "URL", 40),
    ("附件名", "Attachment", 22),
    ("位置（表/列/行）", "Location", 26),
    ("隐私类型", "Type", 12),
    ("个数（值）", "Values", 9),
    ("涉及人数", "Persons", 9),
    ("脱敏样例", "Masked examples", 26),
    ("严重程度", "Severity", 10),
    ("判定依据", "Basis", 34),
    ("发现时间", "Found", 12),
    ("发现方式", "Found by", 12),
    ("整改要求", "Required", 34),
    ("整改期限", "Deadline", 12),
    ("整改措施（撤下/脱敏重发/保留说明）", "Measure taken", 20),
    ("完成时间", "Done on", 12),
    ("复查时间", "Re-checked on", 12),
    ("复查结果", "Re-check result", 12),
    ("整改责任人", "Person responsible", 12),
    ("备注", "Remarks", 16),
)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One kind of value on one page or attachment."""

    page: PageView
    kind: str
    findings: tuple[FindingView, ...]

    @property
    def persons(self) -> int:
        """Persons concerned; a value tied to nobody counts as one."""
        return len({finding.person or finding.fingerprint for finding in self.findings})

    @property
    def severity(self) -> Severity:
        """Of the worst value."""
        return max((finding.severity for finding in self.findings), key=lambda one: one.rank)

    @property
    def deadline(self) -> date | None:
        """The earliest of its values."""
        known = [finding.deadline for finding in self.findings if finding.deadline is not None]
        return min(known, default=None)


def rows_of(pages: Sequence[PageView]) -> list[NoticeRow]:
    """Pages in their order, the kinds of each by severity."""
    rows: list[NoticeRow] = []
    for page in pages:
        kinds = dict.fromkeys(finding.kind for finding in page.findings)
        for kind in kinds:
            same = tuple(finding for finding in page.findings if finding.kind == kind)
            rows.append(NoticeRow(page, kind, same))
    return rows


def write_notice(path: Path, unit: str, pages: Sequence[PageView], today: date) -> None:
    """Write the workbook whole or not at all. Raises OSError where it cannot be written."""
    rows = rows_of(pages)
    book = Workbook()
    del book["Sheet"]
    _fill_cover(book.create_sheet(tr("整改通知", "Notice")), unit, rows, today)
    _fill_list(book.create_sheet(tr("整改清单", "List")), rows)
    book.properties.creator = "privacy-sweep"
    _save_whole(book, path)


def _save_whole(book: Workbook, path: Path) -> None:
    """Written beside its place and moved there: a full disk leaves no half workbook."""
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            book.save(file)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(draft).unlink()
        raise


def _fill_cover(sheet: Worksheet, unit: str, rows: Sequence[NoticeRow], today: date) -> None:
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 72
    sheet.page_setup.orientation = "portrait"
    title = tr("个人信息公开问题整改通知", "Notice to rectify published personal data")
    sheet.merge_cells("A1:B1")
    sheet["A1"] = title
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 36
    for number, (name, text) in enumerate(_cover_lines(unit, rows, today), 3):
        head, body = sheet.cell(number, 1, name), sheet.cell(number, 2, for_cell(text))
        head.font = Font(bold=True)
        head.alignment = body.alignment = _WRAP
        head.border = body.border = _BORDER
        sheet.row_dimensions[number].height = 18 * max(1, -(-len(text) // 34) + text.count("\n"))


def _cover_lines(unit: str, rows: Sequence[NoticeRow], today: date) -> list[tuple[str, str]]:
    items = len({row.page.item_id for row in rows})
    values = sum(len(row.findings) for row in rows)
    persons = len({f.person or f.fingerprint for row in rows for f in row.findings})
    deadlines = [row.deadline for row in rows if row.deadline is not None]
    deadline = min(deadlines, default=None)
    return [
        (tr("责任单位", "To"), unit or tr("未归类", "not assigned")),
        (
            tr("依据", "Basis"),
            tr(
                "《中华人民共和国个人信息保护法》第六条（最小必要）、第二十五条（不得擅自公开）、"
                "第三十四条（国家机关不得超出履行职责所必需）；"
                "《中华人民共和国政府信息公开条例》第十五条（涉及个人隐私的不得公开）。",
                "Personal Information Protection Law, articles 6, 25 and 34; "
                "Regulations on Open Government Information, article 15.",
            ),
        ),
        (
            tr("问题", "Findings"),
            tr(
                f"发现 {items} 条信息（网页或附件）公开了不应公开的个人信息，共 {values} 个值，"
                f"涉及 {persons} 人，详见“整改清单”。清单中只有脱敏样例，原文请按网址查看。",
                f"Items (pages or attachments): {items}; values: {values}; persons: {persons}. "
                "See the list. It holds masked examples only: open the URL for the original.",
            ),
        ),
        (
            tr("整改要求", "Required"),
            tr(
                "一、撤下问题信息，或按规范脱敏后重新发布；不要只改文字而保留旧附件。\n"
                "二、附件一并撤下或替换，确认旧附件的直接网址已不能打开；"
                "同时清理站内搜索、子网站和政务新媒体上的同一信息。\n"
                "三、依法应当保留的，写明法律条款和理由，由单位负责人签字。",
                "1. Take the page down, or publish it again properly masked; do not leave the old "
                "attachment behind.\n2. Remove or replace attachments too, and make sure that "
                "their old addresses no longer answer; also site search, sub-sites and social "
                "media.\n"
                "3. What the law prescribes may stay: state the article and the reason, signed by "
                "the head of the unit.",
            ),
        ),
        (
            tr("举一反三", "Same kind"),
            tr(
                "对照清单中的类型，自查本单位网站、栏目和附件（包括往年的）有无同类问题，"
                "一并整改；落实发布前审查，明确责任人。",
                "Check your own sites, columns and attachments, earlier years included, for the "
                "same kinds and mend them too; review before publishing, with a named officer.",
            ),
        ),
        (
            tr("整改期限", "Deadline"),
            deadline.isoformat() if deadline else tr("见清单", "see the list"),
        ),
        (
            tr("反馈", "Reply"),
            tr(
                "在清单中填写整改措施、完成时间和责任人，盖章后报送。是否整改以重新抓取复查为准。",
                "Fill in measure, date and person, and send the list back signed. Only a re-check "
                "that fetches the pages again closes a finding.",
            ),
        ),
        (tr("通知日期", "Date"), today.isoformat()),
        (tr("签发人", "Issued by"), ""),
        (tr("整改责任人", "Responsible"), ""),
        (tr("单位负责人（签字）", "Head (signature)"), ""),
        (tr("单位盖章、日期", "Seal, date"), ""),
    ]


def _fill_list(sheet: Worksheet, rows: Sequence[NoticeRow]) -> None:
    for number, (zh, en, width) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(1, number, tr(zh, en))
        cell.font = Font(bold=True)
        cell.fill = _HEAD_FILL
        cell.border = _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(number)].width = width
    for index, row in enumerate(rows, 1):
        for number, value in enumerate(_row_values(index, row), 1):
            text = for_cell(value) if isinstance(value, str) else value
            cell = sheet.cell(index + 1, number, text)
            cell.alignment = _WRAP
            cell.border = _BORDER
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _row_values(index: int, row: NoticeRow) -> list[str | int]:
    page = row.page
    name = page.url.rpartition("/")[2]
    found = min(finding.first_seen for finding in row.findings).astimezone(CHINA).date()
    filled: list[str | int] = [
        index,
        page.unit,
        page.site,
        page.title,
        page.published,
        page.url,
        (page.title or name) if page.is_attachment else "",
        _places(row.findings),
        kind_name(row.kind),
        len(row.findings),
        row.persons,
        "\n".join(dict.fromkeys(finding.masked for finding in row.findings[:_SAMPLES])),
        severity_name(row.severity),
        _basis(row.findings),
        found.isoformat(),
        tr("系统巡查", "sweep"),
        _required(row.findings),
        row.deadline.isoformat() if row.deadline else "",
    ]
    return [*filled, *[""] * (len(_COLUMNS) - len(filled))]


def _places(findings: Sequence[FindingView]) -> str:
    places = list(dict.fromkeys(_place(finding) for finding in findings))
    shown = "\n".join(places[:_PLACES])
    more = len(places) - _PLACES
    return shown + tr(f"\n等 {len(places)} 处", f"\nand {more} more") if more > 0 else shown


def _place(finding: FindingView) -> str:
    where = "" if finding.where == "visible" else where_name(finding.where)
    return tr("，", ", ").join(part for part in (finding.location.describe(), where) if part)


def _basis(findings: Sequence[FindingView]) -> str:
    articles = dict.fromkeys(article for finding in findings for article in finding.basis)
    return tr("；", "; ").join(articles)


def _required(findings: Sequence[FindingView]) -> str:
    if all(finding.disposition is Disposition.UNDER_MASKED for finding in findings):
        least = min((f.candidates for f in findings if f.candidates is not None), default=None)
        fits = (
            ""
            if least is None
            else tr(f"（最少的只剩 {least} 个可能的号码）", f" (as few as {least} real values fit)")
        )
        return (
            disposition_name(Disposition.UNDER_MASKED)
            + fits
            + tr(
                "：扩大遮盖范围后重新发布，替换原附件",
                ": mask more and publish again; replace the old attachment",
            )
        )
    return tr(
        "撤下，或脱敏后重新发布；附件一并替换，确认原附件网址不再能打开",
        "take down, or mask and publish again; replace attachments and make sure that the old "
        "addresses no longer answer",
    )
