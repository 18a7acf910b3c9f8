"""Pictures: read by the extra, marked as such, with how sure it is and where it stands."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from scanner.extract import extract
from scanner.extract.pictures import available
from scanner.model import Where
from tests.attachments.seen import block_of, column_of

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


def test_cells_of_a_picture_say_how_sure_and_where_each() -> None:
    image = Image.new("RGB", (1100, 460), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size=36)
    numbers = [f"1380013{n}00{n}" for n in range(5)]
    for row, number in enumerate(numbers):
        draw.text((40, 40 + 80 * row), f"{row + 1}", fill="black", font=font)
        draw.text((200, 40 + 80 * row), f"43028119891121888{row}", fill="black", font=font)
        draw.text((620, 40 + 80 * row), number, fill="black", font=font)
    document = extract(saved(image, "PNG"), "a.png")
    assert [column_of(document, number) for number in numbers] == [2] * 5
    table = document.blocks[0].table
    assert table is not None
    assert all("可信度" in (cell.note or "") for cell in table.cells)
    assert len({cell.note for cell in table.cells}) == len(table.cells)


def test_a_scanned_pdf_that_was_read_is_not_called_unread() -> None:
    document = extract(saved(picture(MOBILE), "PDF"), "a.pdf")
    assert block_of(document, MOBILE).location.page == 1
    assert not document.unread
