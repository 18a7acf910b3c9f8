"""What is known about a generated page: its labels, its look-alikes, its bytes."""

import codecs
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Where = Literal["visible", "attribute", "comment", "hidden", "script", "metadata"]
Disposition = Literal["leak", "under_masked", "mandated", "masked_ok"]

VISIBLE: Where = "visible"
ATTRIBUTE: Where = "attribute"
COMMENT: Where = "comment"
HIDDEN: Where = "hidden"
SCRIPT: Where = "script"
METADATA: Where = "metadata"

LEAK: Disposition = "leak"
UNDER: Disposition = "under_masked"
MANDATED: Disposition = "mandated"
MASKED: Disposition = "masked_ok"


@dataclass(frozen=True, slots=True)
class Label:
    """One personal value on a page and what has to be said of it."""

    type: str
    value: str  # half width, no separators; of a masked value the text as shown
    raw: str  # as written in the page's source
    where: Where
    disposition: Disposition
    basis: str
    person: str = ""
    contested: bool = False  # counts neither way


@dataclass(frozen=True, slots=True)
class Negative:
    """A look-alike that is nobody's data."""

    value: str
    looks_like: str
    why_not: str
    trap: str  # family of the trap, for the gate's table


@dataclass(frozen=True, slots=True)
class Page:
    """One generated page with its labels."""

    name: str  # stem of both files
    kind: str
    title: str
    text: str  # the source, before encoding
    encoding: str
    suffix: str  # "html", "txt" or "csv"
    labels: tuple[Label, ...] = field(default=())
    negatives: tuple[Negative, ...] = field(default=())

    @property
    def body(self) -> bytes:
        """The file's bytes."""
        if self.encoding == "utf-16":  # the same byte order on every machine
            return codecs.BOM_UTF16_LE + self.text.encode("utf-16-le")
        return self.text.encode(self.encoding)

    def as_json(self) -> dict[str, Any]:
        """The label file, in the shape of the labelled sets this project is measured on."""
        return {
            "id": self.name,
            "title": self.title,
            "kind": self.kind,
            "findings": [asdict(label) for label in self.labels],
            "negatives": [asdict(negative) for negative in self.negatives],
        }
