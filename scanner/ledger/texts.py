"""Text on its way into the database: cleaned of what no database takes, and of clear values.

The classifier masks what it writes. This is the second guard, at the only door: whatever text of
a page is stored (title, context, evidence, sheet names, reasons) passes here with the values that
were found on that page.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from scanner.masking import mask_value
from scanner.model import Disposition, Finding

_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
# Eleven digits or more in one run, as written with spaces or hyphens: a mobile, a card, an ID.
_LONG_NUMBER = re.compile(r"(?:[0-9０-９][\s\-\u2010-\u2015]?){10,}[0-9０-９XxＸｘ]")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
# What an ID number has and a body's code (统一社会信用代码) has not: a day of birth.
_BORN = re.compile(r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx]")
_DIGIT = re.compile(r"[0-9０-９]")
_TOKEN = re.compile(r"[0-9A-Za-z_\-]{5,}")
_NAME_LENGTHS = (4, 3, 2)


def url_key(url: str) -> bytes:
    """The 16 bytes by which a URL is looked up: an index cannot hold URLs of any length."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).digest()[:16]


def storable(text: str) -> str:
    """`text` without NUL and lone surrogates, which PostgreSQL refuses."""
    return _NOT_TEXT.sub("\ufffd", text)


class Scrubber:
    """Takes the values found on one page out of texts of that page."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._masks: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for finding in findings:
            self._learn(finding)

    def _learn(self, finding: Finding) -> None:
        match = finding.match
        if match.is_masked or finding.disposition is Disposition.DISMISSED:
            return  # nothing clear to hide, or nobody's
        if match.kind == "person_name":
            # A name that may stand, as an official's, may stand in the title too.
            if finding.disposition.is_leak and len(match.value) >= 2:
                self._names[match.value] = match.masked
            return
        for written in (match.value, match.raw):
            if len(written) >= 4:
                self._masks[written] = match.masked

    def text(self, text: str, limit: int = 500) -> str:
        """A title, reason or the like: searched for every value of the page."""
        for written, masked in self._masks.items():
            if written in text:
                text = text.replace(written, masked)
        return self.near(text, limit)

    def reference(self, text: str, limit: int = 100) -> str:
        """A page's own number (索引号): bodies' codes in it stay, people's numbers do not."""
        for written, masked in self._masks.items():
            if written in text:
                text = text.replace(written, masked)
        for pattern in (_MOBILE, _BORN):
            text = pattern.sub(lambda m: _DIGIT.sub("*", m.group()), storable(text))
        return text[:limit]

    def near(self, text: str, limit: int = 500) -> str:
        """Words around one value. Quick, since a sheet may have 100,000 of them."""
        if not text:
            return ""
        text = _TOKEN.sub(lambda m: self._masks.get(m.group(), m.group()), storable(text))
        text = _LONG_NUMBER.sub(lambda m: _DIGIT.sub("*", m.group()), text)
        return (self._without_names(text) if self._names else text)[:limit]

    def _without_names(self, text: str) -> str:
        out: list[str] = []
        at = 0
        while at < len(text):
            for length in _NAME_LENGTHS:
                masked = self._names.get(text[at : at + length])
                if masked is not None:
                    out.append(masked)
                    at += length
                    break
            else:
                out.append(text[at])
                at += 1
        return "".join(out)

    def own(self, finding: Finding, text: str, limit: int = 500) -> str:
        """Words around the value of `finding`: its own value is hidden however it is written."""
        match = finding.match
        if not match.is_masked and finding.disposition is not Disposition.DISMISSED:
            for written in (match.raw, match.value):
                if len(written) >= 2 and written in text:
                    text = text.replace(written, match.masked)
        return self.near(text, limit)

    def location(self, finding: Finding) -> dict[str, Any]:
        """The parts that are set; a sheet's or a field's name may itself hold a value."""
        out: dict[str, Any] = {}
        for name, value in asdict(finding.match.location).items():
            if isinstance(value, str):
                out[name] = self.own(finding, value, 300)
            elif value is not None:
                out[name] = value
        return out

    def shown(self, finding: Finding) -> str:
        """The value as it is stored. A mask that hides nothing is masked again."""
        match = finding.match
        masked = storable(match.masked)
        if _LONG_NUMBER.search(masked):
            masked = mask_value(match.kind, masked)
        return masked[:200]
