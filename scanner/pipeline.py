"""extract → detect → classify, as one object that a worker builds once."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from patterns import load_pack
from scanner.classify import AllowList, Classifier
from scanner.detect import Engine, with_rosters
from scanner.extract import extract
from scanner.keys import Keyring
from scanner.model import Document, Finding


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
    ) -> tuple[Document, list[Finding]]:
        """Read, search and judge. Bad content raises nothing: see `Document.unread`."""
        document = extract(body, source, content_type=content_type, filename=filename)
        document = with_rosters(document)
        matches, unread = self._engine.search(document)
        if unread:
            document = replace(document, unread=(*document.unread, *unread))
        return document, self._classifier.judge(document, matches)
