"""How long a list may stand: the term of its publicity, and whether it is over.

教财厅函〔2017〕28号 orders lists of student aid off the site when their term is over; a list whose
own term has long passed has done its work.
"""

import re
from datetime import date, timedelta

from scanner.lang import tr
from scanner.model import Document

# After its last day a list is given this long to come down before anybody is told.
ALLOWANCE_DAYS = 30
_WEEK_FACTOR = 7 / 5  # working days to days

_LENGTH = re.compile(
    r"公[示告](?:期限?|时间)?(?:为|是|共|[:：])?[^。；;\n0-9]{0,10}?([0-9]{1,3})个?(工作日|自然日|天|日)(?!期)"
)
_UNTIL = re.compile(
    r"公[示告](?:期限?|时间)[^。；;\n]{0,40}?(?:至|到|[-—~－～])\s*"
    r"(?:((?:19|20)[0-9]{2})\s*年)?\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"
)


def term_over(document: Document, today: date) -> str:
    """Words saying that the page's own term of publicity is over, "" where it is not or none is
    stated. The term counts from the page's date of publication."""
    published = _published(document)
    if published is None:
        return ""
    last = _last_day(document.text[:20_000], published)
    if last is None or today <= last + timedelta(days=ALLOWANCE_DAYS):
        return ""
    return tr(f"公示期已于{last}结束", f"the term of publicity ended on {last}")


def _published(document: Document) -> date | None:
    try:
        return date.fromisoformat(document.meta.published[:10])
    except ValueError:
        return None


def _last_day(text: str, published: date) -> date | None:
    until = _UNTIL.search(text)
    if until is not None:
        year = int(until.group(1)) if until.group(1) else published.year
        try:
            last = date(year, int(until.group(2)), int(until.group(3)))
        except ValueError:
            return None
        return last if last >= published or until.group(1) else last.replace(year=year + 1)
    length = _LENGTH.search(text)
    if length is None:
        return None
    days = int(length.group(1))
    if length.group(2) == "工作日":
        days = round(days * _WEEK_FACTOR)
    return published + timedelta(days=days)
