"""extract → detect → classify, as one object that a worker builds once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from patterns import load_pack
from scanner.classify import AllowList, Classifier
from scanner.detect import Engine
from scanner.extract import extract
from scanner.keys import Keyring
from scanner.model import Document, Finding, Unread
from scanner.packed import PackedFindings, exposed
from scanner.portions import Portion, Portions, is_long


class Pipeline:
    """Bytes of one page or file → its Document and Findings."""

    def __init__(
        self,
        pack_dir: Path | None,
        key: bytes,
        allow: AllowList | None = None,
        today: date | None = None,
        mask_norm: str = "",
    ) -> None:
        """`pack_dir` is the office's own rule folder; `key` keys the hashes of values; `mask_norm`
        is the code of a published norm of masking, "" for the rules' own count of fits."""
        self.pack = load_pack(pack_dir)
        self._engine = Engine(self.pack)
        self._classifier = Classifier(self.pack, Keyring(key), allow, today, mask_norm)

    def scan(
        self, body: bytes, source: str, *, content_type: str = "", filename: str = ""
    ) -> tuple[Document, Sequence[Finding]]:
        """Read, search and judge. Bad content raises nothing: see `Document.unread`.

        Of a table of very many rows the document that comes back holds the first ones only, and
        the findings are packed: see `scanner.portions`.
        """
        document = extract(body, source, content_type=content_type, filename=filename)
        document = self._engine.arrange(document)
        if is_long(document):
            portions = Portions(document)
            del document  # its rows are let go as they are searched
            return self._scan_long(portions)
        matches, unread = self._engine.search(document)
        if unread:
            document = replace(document, unread=(*document.unread, *unread))
        return document, self._classifier.judge(document, matches)

    def _scan_long(self, portions: Portions) -> tuple[Document, Sequence[Finding]]:
        """Search and judge portion by portion, in the order of the text."""
        unread: dict[Unread, None] = {}
        packed = PackedFindings()
        waiting, first = self._of(portions.beginning(), unread)
        for table in portions.tables:
            before = [one for one in waiting if one.match.block <= table]
            waiting = [one for one in waiting if one.match.block > table]
            packed.add(before, first)
            for portion in portions.of_table(table):
                packed.add(*self._of(portion, unread))
        packed.add(waiting, first)
        whole = portions.first
        return replace(whole, unread=(*whole.unread, *unread)), packed

    def _of(self, portion: Portion, unread: dict[Unread, None]) -> tuple[list[Finding], int]:
        """What one portion holds, as of the whole document, and with how many persons leaking it
        was judged."""
        matches, missed = self._engine.search(portion.document)
        unread.update(dict.fromkeys(missed))
        judged = self._classifier.judge(portion.document, matches, key_of=portion.key)
        placed = [there for one in judged if (there := portion.place(one)) is not None]
        return placed, exposed(judged)
