"""Hostile pages: they end, they lose nothing in silence, and no exception leaves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.extract import Format, extract, sniff
from scanner.model import BLOCK, CELL, ROW

ID = "340803199001011238"
_NAMES = """table tr td th p div span li ul h1 pre br a b script style title template noscript
textarea option select footer caption col colgroup tbody iframe meta input svg frameset"""
_TAGS = st.sampled_from(_NAMES.split())
_ATTRIBUTES = st.sampled_from(
    ("", ' style="display:none"', ' colspan="3"', ' rowspan="0"', ' title="张三 13800138000"',
     ' hidden', ' class="foot copyright"', ' srcdoc="<td>乙"', ' href="tel:1"',
     ' style="color:#fff')
)  # fmt: skip
_PIECE = st.one_of(
    st.builds(lambda t, a: f"<{t}{a}>", _TAGS, _ATTRIBUTES),
    st.builds(lambda t: f"</{t}>", _TAGS),
    st.sampled_from(
        ("张三", ID, "<!--", "-->", "&#29;", "&", "<![CDATA[", "]]>", "\x00\x1d\x1e", "{", "[1,")
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECE, max_size=40).map("".join))
def test_no_page_fails_and_separators_stay_walls(page: str) -> None:
    document = extract(page.encode(), "p", content_type="text/html")
    assert document.text == BLOCK.join(block.text for block in document.blocks)
    for block in document.blocks:
        assert BLOCK not in block.text
        if block.table is None:
            assert CELL not in block.text
            assert ROW not in block.text
            continue
        table = block.table
        assert block.text.count(ROW) == table.rows - 1
        assert all(0 <= c.row < table.rows and 0 <= c.column < table.columns for c in table.cells)
        assert all(not {CELL, ROW, BLOCK} & set(c.text) for c in table.cells)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_fail(body: bytes) -> None:
    document = extract(body, "x")
    assert document.blocks or document.unread or sniff(body) is not None


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_visible_text_is_kept_whole(text: str) -> None:
    """Every visible character of a paragraph that is no white space or control survives."""
    words = "".join(c for c in text if c.isalnum())
    page = f"<html><body><h1>公示</h1><p>{words}</p></body></html>"
    assert extract(page.encode("utf-8", "replace"), "p").text.partition(BLOCK)[2] == words


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("<div>", "</div>"), ("<span>", ""), ("<b><i>", ""), ("<ul><li>", ""), ("<font>", "</font>")],
)
def test_deep_nesting_is_read_flat_and_reported(opening: str, closing: str) -> None:
    page = f"<html><body>{opening * 60_000}{ID}{closing * 60_000}</body></html>"
    document = extract(page.encode(), "p")
    assert ID in document.text
    assert len(document.unread) == 1


def test_deep_tables_are_read_and_reported() -> None:
    page = "<table><tr><td>甲" * 5000 + ID
    document = extract(page.encode(), "p")
    assert ID in document.text
    assert len(document.unread) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<style>" + "@" * 100_000 + "{display:none}</style>" + ID,
        "<style>" + "@a{" * 50_000 + "</style>" + ID,
        "<style>" + ".a{display:none}" * 20_000 + f"</style><p class=b>{ID}</p>",
        "<script>var a=张三;" + "{a:" * 30_000 + f"</script>{ID}",
        "<script>var a=张三;" + "[[" * 30_000 + f"</script>{ID}",
        "<script>'张三" + "\\'" * 50_000 + f"</script>{ID}",
        "<!--张三" * 20_000 + f"-->{ID}",
        "<p " + 'style="' + ";" * 100_000 + f'">{ID}',
        "<p title='张三" + "%" * 50_000 + f"'>{ID}",
        f"<p>{ID}</p>" + "<p>1 </p>" * 20_000,
        "<table>" + "<tr><td rowspan=9999>甲<td>乙" * 3000 + f"</table>{ID}",
    ],
    ids=range(11),
)
def test_costly_pages_end(page: str) -> None:
    assert ID in extract(f"<html><body>{page}</body></html>".encode(), "p").text


def test_a_page_beyond_the_limit_is_partly_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.extract.readers.MAX_INPUT", 1000)
    document = extract(("<p>" + "甲" * 200 + "</p>").encode() * 10, "p")
    assert document.blocks
    assert len(document.unread) == 1
    assert sniff(b"<p>a</p>") is Format.HTML
