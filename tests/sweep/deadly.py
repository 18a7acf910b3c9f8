"""A pipeline that does to a worker what hostile files do: kill it, hang it, break it."""

import os
import time
from pathlib import Path

from scanner.model import Document, Finding
from scanner.workers import PipelineSpec


class DeadlyPipeline:
    """Obeys the first word of a page."""

    def scan(
        self, body: bytes, source: str, *, content_type: str = "", filename: str = ""
    ) -> tuple[Document, list[Finding]]:
        word, _, rest = body.partition(b" ")
        if word == b"die":
            os._exit(9)
        if word == b"die-once":
            flag = Path(rest.decode())
            if not flag.exists():
                flag.touch()
                os._exit(9)
        if word == b"hang":
            time.sleep(3600)
        if word == b"raise":
            raise ValueError(rest.decode())
        return Document.build(source, "text/plain", ()), []


class DeadlySpec(PipelineSpec):
    """Builds it."""

    def build(self) -> DeadlyPipeline:  # type: ignore[override]
        return DeadlyPipeline()


class StillbornSpec(PipelineSpec):
    """A worker that dies before it is warm."""

    def build(self) -> DeadlyPipeline:  # type: ignore[override]
        os._exit(9)
