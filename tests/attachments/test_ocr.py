"""Pictures: read by the extra, marked as such, with how sure it is and where it stands."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from scanner.extract import extract
from scanner.extract.pictures import available
from scanner.model import Where
from tests.attachments.seen import block_of

pytestmark = pytest.mark.skipif(not available(), reason="the extra ocr is not installed")
MOBILE = "13800138000"


def picture(*lines: str) -> Image.Image:
    """Black words on white, a line each."""
    font = ImageFont.load_default(size=40)
    image = Image.new("RGB", (900, 100 + 90 * len(lines)), "white")
    draw = ImageDraw.Draw(image)
    for number, words in enumerate(lines):
        draw.text((60, 60 + 90 * number), words, fill="black", font=font)
    return image


def saved(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def test_a_picture_says_how_sure_and_where() -> None:
    document = extract(saved(picture(MOBILE), "PNG"), "a.png")
    block = block_of(document, MOBILE)
    assert block.where is Where.VISIBLE
    assert "OCR识别（可信度" in block.location.describe()
    assert "位置" in block.location.describe()
    assert not document.unread


def test_a_scanned_pdf_that_was_read_is_not_called_unread() -> None:
    document = extract(saved(picture(MOBILE), "PDF"), "a.pdf")
    assert block_of(document, MOBILE).location.page == 1
    assert not document.unread
