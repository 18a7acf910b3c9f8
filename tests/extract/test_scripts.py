"""Data inside scripts."""

import json

from hypothesis import given
from hypothesis import strategies as st

from scanner.extract import extract
from scanner.extract.literals import parse_at
from scanner.model import Block, BlockKind, Document, Where


def script(code: str, kind: str = "") -> Document:
    return extract(f'<p>甲</p><script type="{kind}">{code}</script>'.encode(), "p")


def blocks(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.where is Where.SCRIPT]


def test_objects_of_a_list_are_a_table_with_their_keys() -> None:
    (block,) = blocks(script('var d = [{"xm":"\\u5f20\\u4e09","sj":13800138000},{"xm":"李四"}];'))
    assert block.table is not None
    assert [c.text for c in block.table.cells] == ["xm", "sj", "张三", "13800138000", "李四", ""]
    assert [c.is_header for c in block.table.cells] == [True, True, False, False, False, False]


def test_escapes_and_other_keys_are_fields() -> None:
    found = blocks(script('var last={"XDR_MC":"\\u7530\\u6587","n":{"ZJHM":"43062119880708418X"}}'))
    assert [(b.kind, b.name, b.text) for b in found] == [
        (BlockKind.FIELD, "XDR_MC", "田文"),
        (BlockKind.FIELD, "ZJHM", "43062119880708418X"),
    ]


def test_javascript_that_is_no_json() -> None:
    code = "list = [{xm: '张三', tel: '13800138000',}, /* x */ {xm: '李四', tel: \"13900139000\"}]"
    (block,) = blocks(script(code))
    assert block.table is not None
    assert [c.text for c in block.table.cells][2:4] == ["张三", "13800138000"]


def test_long_numbers_are_not_rounded() -> None:
    (block,) = blocks(script('var x={"id":340803199001011238}', "application/json"))
    assert block.text == "340803199001011238"


def test_code_around_is_kept_as_lines() -> None:
    found = blocks(script("function f(){ var tel='13800138000';\n call('张' + '三'); }"))
    text = "\n".join(b.text for b in found)
    assert "13800138000" in text
    assert "张三" in text


def test_markup_in_strings_is_read_as_markup() -> None:
    code = "document.write('<table><tr><td>张三</td>');"
    code += "document.write('<td>13800138000</td></tr></table>')"
    found = [b for b in blocks(script(code)) if b.table]
    assert [c.text for b in found if b.table for c in b.table.cells] == ["张三", "13800138000"]


def test_list_page_records() -> None:
    record = "<record><![CDATA[<li><a href='/a.html' title='关于甲'>张三</a></li>]]></record>"
    xml = f"<datastore><recordset>{record}</recordset></datastore>"
    found = blocks(script(xml, "text/xml"))
    assert [b.text for b in found] == ["张三", "关于甲"]


def test_plain_code_gives_nothing() -> None:
    code = 'var _t=document.createElement("script");for(var i=0;i<10;i++){a[i]={x:1,y:"b"};}'
    assert blocks(script(code)) == []


_JSON = st.recursive(
    st.text(max_size=10) | st.integers() | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(
    st.lists(_JSON, min_size=1, max_size=4)
    | st.dictionaries(st.text(max_size=5), _JSON, max_size=4)
)
def test_any_json_literal_is_read_whole(value: object) -> None:
    for ensure_ascii in (True, False):
        code = json.dumps(value, ensure_ascii=ensure_ascii)
        found = parse_at(code + ";", 0)
        if found.ok:  # a list of true, false and null opens like an index expression
            assert found.end == len(code)
            assert json.dumps(found.value) == json.dumps(json.loads(code, parse_int=str))


@given(st.text(alphabet="{}[]\"':,\\/*ab1 \n", max_size=200))
def test_no_code_fails(code: str) -> None:
    document = extract(f"<script>张{code}</script>".encode(), "p")
    assert all(b.where is Where.SCRIPT or b.kind for b in document.blocks)
