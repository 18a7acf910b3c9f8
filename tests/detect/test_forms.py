"""Every written form in which people hide a number from a search, and every look-alike."""

import pytest

from patterns import load_pack
from scanner.detect import Engine
from scanner.detect.derived import inner_id
from scanner.model import Block, Document, Match
from tests.pages import page, paragraph, table
from tests.people import CARD, ID, ID_2, ID_WITH_X, MOBILE, MOBILE_2


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_pack())


def _found(engine: Engine, *blocks: Block) -> list[Match]:
    return [m for m in engine.find(page(*blocks)) if not m.explained_by and m.confidence >= 0.5]


def _values(engine: Engine, text: str, kind: str) -> list[str]:
    return [m.value for m in _found(engine, paragraph(text)) if m.kind == kind]


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


@pytest.mark.parametrize(
    "written",
    [
        ID,
        _wide(ID),
        f"{ID[:6]} {ID[6:14]} {ID[14:]}",
        f"{ID[:6]}\u00a0{ID[6:14]}\u00a0{ID[14:]}",
        f"{ID[:6]}\u2009{ID[6:14]}\u2009{ID[14:]}",
        f"{ID[:6]}\u3000{ID[6:14]}\u3000{ID[14:]}",
        f"{ID[:9]}\u200b{ID[9:]}",
        f"{ID[:9]}\ufeff{ID[9:]}",
        f"{ID[:6]}-{ID[6:14]}-{ID[14:]}",
        f"{ID[:12]}\n{ID[12:]}",
        f"'{ID}",
    ],
)
def test_written_forms_of_an_id_number(engine: Engine, written: str) -> None:
    assert _values(engine, f"张三，身份证号码：{written}，住本村", "id_card") == [ID]


def test_lower_case_check_character(engine: Engine) -> None:
    assert _values(engine, f"身份证{ID_WITH_X.lower()}联系电话", "id_card") == [ID_WITH_X]


@pytest.mark.parametrize(
    "written",
    [
        MOBILE,
        _wide(MOBILE),
        f"{MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}",
        f"{MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}",
        f"{MOBILE[:3]}.{MOBILE[3:7]}.{MOBILE[7:]}",
        f"+86 {MOBILE}",
        f"+86-{MOBILE}",
        f"0086{MOBILE}",
        f"(86){MOBILE}",
        f"{MOBILE[:5]}\u200b{MOBILE[5:]}",
    ],
)
def test_written_forms_of_a_mobile_number(engine: Engine, written: str) -> None:
    assert _values(engine, f"联系人小陈，手机：{written}。", "mobile") == [MOBILE]


@pytest.mark.parametrize(
    "written", ["0556-5347099", "（0556）5347099", "0556 5347099", "05565347099"]
)
def test_written_forms_of_a_landline(engine: Engine, written: str) -> None:
    assert _values(engine, f"监督电话：{written}", "landline") == ["05565347099"]


def test_a_card_in_groups(engine: Engine) -> None:
    written = " ".join(CARD[i : i + 4] for i in range(0, len(CARD), 4))
    assert _values(engine, f"卡号：{written}", "bank_card") == [CARD]


def test_two_numbers_in_one_cell_stay_two(engine: Engine) -> None:
    found = _found(engine, table(["姓名", "联系电话"], ["李某某", f"{MOBILE}\n{MOBILE_2}"]))
    assert [m.value for m in found if m.kind == "mobile"] == [MOBILE, MOBILE_2]


def test_one_number_over_two_lines_of_a_cell(engine: Engine) -> None:
    found = _found(engine, table(["序号", "身份证号"], ["1", f"{ID[:11]}\n{ID[11:]}"]))
    assert [m.value for m in found] == [ID]


def test_one_digit_a_box(engine: Engine) -> None:
    found = _found(engine, table(["身份证号码", *ID]))
    assert [m.value for m in found if m.kind == "id_card"] == [ID]


def test_an_id_number_cut_into_three_cells(engine: Engine) -> None:
    found = _found(
        engine, table(["1", ID[:6], ID[6:14], ID[14:]], ["2", ID_2[:6], ID_2[6:14], ID_2[14:]])
    )
    assert [m.value for m in found if m.kind == "id_card"] == [ID, ID_2]


def test_a_disability_certificate_is_one_value_and_tells_of_the_id_number_inside(
    engine: Engine,
) -> None:
    found = _found(engine, table(["姓名", "残疾证号"], ["王五", f"{ID}31"]))
    (number,) = [m for m in found if m.kind != "person_name"]
    assert (number.kind, number.value) == ("disability_cert", f"{ID}31")
    assert inner_id(number) == ID
    assert any((e.what, e.words) == ("inside", "id_card") for e in number.evidence)


_ROWS = ("肢体残疾二级", "听力一级", "多重三级", "智力 | 二级")


def _roster(suffixes: list[str]) -> Block:
    heads = ["姓名", "残疾人证号", "残疾类别等级"]
    return table(heads, *(["王五", f"{ID}{s}", r] for s, r in zip(suffixes, _ROWS, strict=True)))


@pytest.mark.parametrize("suffixes", [["42", "21", "73", "52"], ["42", "21", "73", "11"]])
def test_certificate_numbers_that_their_rows_bear_out_are_certificates(
    engine: Engine, suffixes: list[str]
) -> None:
    numbers = [m for m in _found(engine, _roster(suffixes)) if m.kind != "person_name"]
    assert {m.kind for m in numbers if m.column == 1} == {"disability_cert"}


def test_of_numbers_that_their_rows_contradict_the_id_number_inside_is_told(
    engine: Engine,
) -> None:
    found = _found(engine, _roster(["52", "31", "11", "62"]))
    numbers = [m for m in found if m.column == 1]
    assert [(m.kind, m.value, m.raw) for m in numbers] == [
        ("id_card", ID, f"{ID}{suffix}") for suffix in ("52", "31", "11", "62")
    ]
    assert {e.words for m in numbers for e in m.evidence} >= {"0/4"}


_WRONG_ID = ID[:17] + ("0" if ID[17] != "0" else "1")


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号{_WRONG_ID}",
        f"订单号：{MOBILE}",
        f"受理编号{MOBILE}",
        f"金额{MOBILE}.00元",
        f"详见https://www.example.gov.cn/art/{MOBILE}.html",
        f"批准文号：皖建许字〔2023〕{MOBILE[:5]}号",
        "统一社会信用代码91110000100000000X",
        "皖ICP备14990352号-2，皖公网安备34082502000804号",
        "索引号：113408810836575186/202007-00224",
        "坐标30.21873456,117.12345678",
        "车架号LFVCB94D33D9B6455",
    ],
)
def test_look_alikes_are_nobodys(engine: Engine, text: str) -> None:
    strict = {"id_card", "mobile", "bank_card", "landline", "passport"}
    assert [m for m in _found(engine, paragraph(text)) if m.kind in strict] == []


def test_offsets_point_into_the_document(engine: Engine) -> None:
    document: Document = page(paragraph(f"a\u200bb身份证{ID[:6]}\u200b{ID[6:]}，电话{MOBILE}"))
    for match in engine.find(document):
        raw = document.text[match.start : match.end]
        assert raw == match.raw
        assert [c for c in raw if c.isalnum()] == list(match.value)
