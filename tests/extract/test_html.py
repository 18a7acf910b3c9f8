"""HTML pages: blocks, places, tables."""

from scanner.extract import extract
from scanner.model import BlockKind, Document, Where

ID = "340803199001011238"


def page(body: str, head: str = "") -> Document:
    return extract(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "p.html")


def texts(document: Document, where: Where = Where.VISIBLE) -> list[str]:
    return [b.text for b in document.blocks if b.where is where]


def test_inline_tags_join_without_a_character() -> None:
    assert texts(page("<p>34080<span>3199</span><b>001011238</b></p>")) == ["340803199001011238"]


def test_br_is_a_line_and_blocks_end_paragraphs() -> None:
    assert texts(page("<p>甲<br>乙</p><div>丙</div>丁")) == ["甲\n乙", "丙", "丁"]


def test_text_after_the_end_of_html_is_read() -> None:
    assert texts(page("甲</body></html><p>乙</p>")) == ["甲", "乙"]


def test_a_hidden_span_does_not_join_the_paragraph() -> None:
    document = page(f'<p>前<span style="display: none">{ID}</span>后</p>')
    assert texts(document) == ["前后"]
    assert texts(document, Where.HIDDEN) == [ID]


def test_title_heading_and_list_items() -> None:
    document = page("<h1>标题</h1><ul><li>一</li></ul>", "<title>页名</title>")
    assert [b.kind for b in document.blocks] == [
        BlockKind.TITLE,
        BlockKind.HEADING,
        BlockKind.LIST_ITEM,
    ]
