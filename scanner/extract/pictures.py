"""Pictures that wait: workers with narrow limits collect them, the program has them read."""

from dataclasses import dataclass
from importlib.util import find_spec

from scanner.lang import tr
from scanner.model import Location

MAX_PICTURES = 80  # of one document with all it holds
MAX_BYTES = 150_000_000


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """An encoded picture, what it is called and where it is."""

    data: bytes
    what: str
    location: Location
    hidden: bool = False


def available() -> bool:
    """Whether the extra that reads pictures is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def missing() -> str:
    """Why a picture was not read, with the mend."""
    return tr("图片未读：请安装 privacy-sweep[ocr]", "not read: image, install privacy-sweep[ocr]")
