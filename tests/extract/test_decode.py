"""Any text in any of the usual encodings, whatever the page declares, reads the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.extract import extract
from scanner.extract.decode import decode

# Characters of GB2312 level 1 and a few rare ones; the page around them is what pages are.
_HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
)
_COMMON = st.text(alphabet=_HAN + "，。：（）0123456789 ", min_size=4, max_size=200)
_PROSE = st.lists(st.sampled_from(_HAN), min_size=24, max_size=40, unique=True).map("".join)
_ANY = st.text(
    alphabet=st.characters(
        min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=("Cs", "Cc", "Co", "Cn")
    ),
    max_size=60,
)
_DECLARED = ("", "utf-8", "gb2312", "gbk", "gb18030", "iso-8859-1", "utf-16", "no-such-code")
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")


def html_of(text: str, declared: str) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    words = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    head = f"<html><head>{meta}<title>公示</title></head>"
    return f"{head}<body><p>关于名单的公示</p><pre>{words}</pre></body></html>"


@given(
    text=_COMMON,
    encoding=st.sampled_from((*_ENCODINGS, "gbk")),
    declared=st.sampled_from(_DECLARED),
)
def test_pages_decode_whatever_they_declare(text: str, encoding: str, declared: str) -> None:
    page = html_of(text, declared)
    document = extract(page.encode(encoding), "p", content_type=f"text/html; charset={declared}")
    plain = extract(page.encode("utf-8"), "p")
    assert document.text == plain.text
    assert document.unread == ()
    assert document.meta.title == "公示"


@given(
    text=_ANY, encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"))
)
def test_any_character_survives_unicode_pages(text: str, encoding: str) -> None:
    page = html_of(text, "gbk")
    found = decode(page.encode(encoding))
    assert found.text.removeprefix("\ufeff") == page
    assert found.bad == 0


@given(text=_PROSE)
def test_chinese_without_markup_is_told_from_utf16(text: str) -> None:
    for encoding in ("utf-8", "gb18030", "utf-16", "utf-16-le"):
        assert decode(text.encode(encoding)).text == text


@given(text=_COMMON, cut=st.integers(min_value=1, max_value=3))
def test_a_cut_character_at_the_end_is_no_fault(text: str, cut: int) -> None:
    for encoding in ("utf-8", "gb18030"):
        body = ("正文" + text + "𬭶").encode(encoding)
        found = decode(body[:-cut])
        assert found.bad == 0
        assert found.text.startswith("正文" + text)


def test_broken_bytes_are_replaced_and_reported() -> None:
    body = "<p>姓名：张三，电话号码已登记在册，请核对无误后签字确认</p>".encode()
    document = extract(body[:9] + b"\xff\xfe" + body[9:], "p")
    assert "请核对无误后签字确认" in document.text
    assert "�" in document.text
    assert len(document.unread) == 1
    assert "2" in document.unread[0].what


def test_rare_names_of_gb18030() -> None:
    assert "䶮㛃𬭶" in extract("<p>䶮㛃𬭶</p>".encode("gb18030"), "p").text


def test_declared_big5_is_believed_when_the_bytes_fit() -> None:
    page = '<meta charset="big5"><p>關於個人資料保護的說明與聯絡方式，請參閱網站公告內容</p>'
    assert "聯絡方式" in extract(page.encode("big5"), "p").text


def test_gbk_under_a_big5_declaration_stays_gbk() -> None:
    page = '<meta charset="big5"><p>关于个人信息保护的说明与联系方式，请参阅网站公告内容</p>'
    assert "联系方式" in extract(page.encode("gbk"), "p").text


@pytest.mark.parametrize("reference", ["&#49;&#51;", "&#x31;&#x33;", "&#49&#51;"])
def test_character_references(reference: str) -> None:
    assert extract(f"<p>{reference}800138000</p>".encode(), "p").text == "13800138000"
