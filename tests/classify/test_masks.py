"""Masks: every sign of hiding, the published norms, and two masks of one person on one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns import load_pack
from patterns.masknorms import ShownLimit, published_norms
from patterns.validators import FITS
from scanner.classify import Classifier
from scanner.classify.union import join
from scanner.detect import Engine
from scanner.keys import MARK_BYTES, Keyring
from scanner.model import Block, Disposition, Finding
from tests.pages import page, table
from tests.people import CARD, ID, ID_2, MOBILE

_PACK = load_pack()
_ENGINE = Engine(_PACK)
_KEYS = Keyring(b"k" * 32)


def judged(*blocks: Block, norm: str = "") -> list[Finding]:
    document = page(*blocks)
    return Classifier(_PACK, _KEYS, mask_norm=norm).judge(document, _ENGINE.find(document))


def of_kind(kind: str, *rows: tuple[str, ...], norm: str = "") -> list[Finding]:
    return [f for f in judged(table(*rows), norm=norm) if f.match.kind == kind]


def hide(value: str, start: int, stop: int, sign: str = "*") -> str:
    return value[:start] + sign * (stop - start) + value[stop:]


@pytest.mark.parametrize(
    ("norm", "head", "kind", "written", "well"),
    [
        ("yongan_2023", "身份证号", "id_card", hide(ID, 2, 15), True),
        ("yongan_2023", "身份证号", "id_card", hide(ID, 6, 14), False),
        ("yongan_2023", "手机", "mobile", hide(MOBILE, 3, 7), True),
        (
            "yongan_2023",
            "银行卡号",
            "bank_card",
            hide(CARD, 6, 15),
            True,
        ),  # it says nothing of cards
        ("hnfxy_2025", "身份证号", "id_card", hide(ID, 6, 14), True),
        ("hnfxy_2025", "身份证号", "id_card", hide(ID, 7, 15), False),
        ("spc_judgments_2016", "手机", "mobile", hide(MOBILE, 3, 11), False),
        ("zhejiang_penalty", "银行卡号", "bank_card", hide(CARD, 6, 15), False),
        ("qiantang_2023", "身份证号", "id_card", hide(ID, 6, 14), True),
        ("qiantang_2023", "身份证号", "id_card", hide(ID, 10, 18), False),
        ("alipay_commercial", "手机", "mobile", hide(MOBILE, 3, 9), True),
        ("alipay_commercial", "手机", "mobile", hide(MOBILE, 3, 7), False),
        ("", "身份证号", "id_card", hide(ID, 6, 14), True),
    ],
)
def test_a_value_that_shows_more_than_the_chosen_norm_lets(
    norm: str, head: str, kind: str, written: str, well: bool
) -> None:
    (found,) = of_kind(kind, ("姓名", head), ("李春梅", written), norm=norm)
    assert found.disposition is (Disposition.MASKED if well else Disposition.UNDER_MASKED)
    if not well:
        assert published_norms()[norm].words in found.basis
        assert any(norm in step.words for step in found.evidence)


def test_the_count_of_fits_holds_under_every_norm() -> None:
    for norm in ("", *published_norms()):
        (found,) = of_kind("id_card", ("姓名", "身份证号"), ("李春梅", hide(ID, 14, 18)), norm=norm)
        assert found.disposition is Disposition.UNDER_MASKED


@pytest.mark.parametrize(
    ("norm", "name", "well"),
    [
        ("hnfxy_2025", "李*", True),
        ("hnfxy_2025", "李*梅", True),
        ("spc_judgments_2016", "李某某", True),
        ("spc_judgments_2016", "李某", True),
        ("spc_judgments_2016", "李*梅", False),
        ("", "李*梅", True),
    ],
)
def test_names_under_a_norm(norm: str, name: str, well: bool) -> None:
    (found,) = of_kind("person_name", ("姓名", "金额"), (name, "100"), norm=norm)
    assert found.disposition is (Disposition.MASKED if well else Disposition.UNDER_MASKED)


def test_an_unknown_norm_is_refused() -> None:
    with pytest.raises(KeyError):
        Classifier(_PACK, _KEYS, mask_norm="nobody_1900")


@given(st.integers(0, 8), st.integers(0, 8), st.integers(2, 20), st.frozensets(st.integers(0, 19)))
def test_a_norm_that_allows_some_places_allows_fewer(
    head: int, tail: int, length: int, places: frozenset[int]
) -> None:
    limit = ShownLimit(head, tail)
    shown = frozenset(place for place in places if place < length)
    if limit.allows(shown, length):
        assert all(limit.allows(shown - {place}, length) for place in shown)
    assert limit.allows(frozenset(), length)
    assert not limit.allows(frozenset(range(length)), length)


@pytest.mark.parametrize("sign", [*"*×XxＸ●□■○＊_某…"])
@pytest.mark.parametrize(
    ("head", "kind", "value", "start", "stop"),
    [
        ("身份证号", "id_card", ID, 6, 14),
        ("手机", "mobile", MOBILE, 3, 7),
        ("银行卡号", "bank_card", CARD, 6, 15),
    ],
)
def test_every_sign_that_hides_a_digit(
    sign: str, head: str, kind: str, value: str, start: int, stop: int
) -> None:
    written = hide(value, start, stop, sign)
    (found,) = of_kind(kind, ("姓名", head), ("李春梅", written))
    assert found.match.is_masked
    assert found.disposition is Disposition.MASKED


@pytest.mark.parametrize(
    ("head", "kind", "value", "start", "stop"),
    [
        ("身份证号", "id_card", ID, 6, 14),
        ("手机", "mobile", MOBILE, 3, 7),
        ("银行卡号", "bank_card", CARD, 6, 15),
    ],
)
def test_digits_replaced_by_as_many_spaces(
    head: str, kind: str, value: str, start: int, stop: int
) -> None:
    found = of_kind(kind, ("姓名", head), ("李春梅", hide(value, start, stop, " ")))
    assert [f.disposition for f in found] == [Disposition.MASKED]


@pytest.mark.parametrize(
    "name",
    [
        "李*",
        "李**",
        "李*梅",
        "李某",
        "李某某",
        "李某甲",
        "李×梅",
        "李XX",
        "李xx",
        "李X甲",
        "李●●",
        "李□梅",
        "李_梅",
        "李__",
        "李…",
        "李\u3000某",
        "欧阳*",
        "*春梅",
        "**梅",
    ],
)
def test_every_sign_that_hides_a_part_of_a_name(name: str) -> None:
    rows = (("姓名", "金额"), (name, "100"), ("周学军", "200"))
    found = [f for f in of_kind("person_name", *rows) if f.match.value != "周学军"]
    assert [f.disposition for f in found] == [Disposition.MASKED]


def test_two_masks_of_one_person_on_a_page() -> None:
    found = judged(
        table(["姓名", "身份证号"], ["李春梅", hide(ID, 6, 14)], ["周学军", hide(ID_2, 6, 14)]),
        table(
            ["姓名", "身份证号"], ["李春梅", hide(ID, 14, 18)[:2] + "*" * 4 + hide(ID, 14, 18)[6:]]
        ),
    )
    ids = [f for f in found if f.match.kind == "id_card"]
    assert [f.disposition for f in ids] == [
        Disposition.UNDER_MASKED,
        Disposition.MASKED,
        Disposition.UNDER_MASKED,
    ]
    told = [step for step in ids[0].evidence if step.what == "union"]
    assert len(told) == 1
    assert ids[0].candidates == ids[2].candidates == 1
    for finding in ids:
        assert finding.sighting is None or finding.disposition is Disposition.MASKED


def test_masks_that_contradict_each_other_are_of_two_people() -> None:
    found = of_kind(
        "id_card",
        ("姓名", "身份证号"),
        ("李春梅", hide(ID, 6, 14)),
        ("李春梅", hide(ID_2, 6, 14)),
    )
    assert {f.disposition for f in found} == {Disposition.MASKED}


def test_the_same_mobile_in_clear_shows_the_same_person() -> None:
    found = of_kind(
        "id_card",
        ("姓名", "身份证号", "手机"),
        ("李某某", hide(ID, 6, 14), MOBILE),
        ("李*梅", "******" + ID[6:14] + "****", MOBILE),
    )
    assert {f.disposition for f in found} == {Disposition.UNDER_MASKED}


places = st.sets(st.integers(0, 17))


@given(places, places)
def test_a_union_shows_what_either_shows_and_never_fits_more(one: set[int], two: set[int]) -> None:
    first, second = (
        "".join(char if at in shown else "*" for at, char in enumerate(ID)) for shown in (one, two)
    )
    union = join(first, second)
    assert union is not None
    assert {at for at, char in enumerate(union) if char != "*"} == one | two
    assert union == join(second, first)
    fits = FITS["gb11643"]
    assert 1 <= fits(union) <= min(fits(first), fits(second))


def test_a_sighting_tells_equal_characters_and_nothing_else() -> None:
    (one,) = of_kind("id_card", ("姓名", "身份证号"), ("李春梅", hide(ID, 6, 14)))
    (two,) = of_kind("id_card", ("姓名", "身份证号"), ("李春梅", hide(ID, 2, 14)))
    (other,) = of_kind("id_card", ("姓名", "身份证号"), ("周学军", hide(ID, 6, 14)))
    assert one.sighting
    assert two.sighting
    assert other.sighting
    assert one.sighting.name_hash == two.sighting.name_hash != other.sighting.name_hash
    assert one.sighting.shown.bit_count() * MARK_BYTES == len(one.sighting.marks)
    assert one.sighting.marks[: 2 * MARK_BYTES] == two.sighting.marks[: 2 * MARK_BYTES]
    assert not set(_each(one.sighting.marks)) & set(_each(other.sighting.marks))


def _each(marks: bytes) -> list[bytes]:
    return [marks[at : at + MARK_BYTES] for at in range(0, len(marks), MARK_BYTES)]


def test_a_masked_value_beside_no_name_or_two_names_is_not_sighted() -> None:
    (found,) = of_kind("id_card", ("序号", "身份证号"), ("1", hide(ID, 6, 14)))
    assert found.sighting is None
    (found,) = of_kind(
        "id_card", ("姓名", "监护人", "身份证号"), ("李春梅", "周学军", hide(ID, 6, 14))
    )
    assert found.sighting is None


def test_the_stored_form_hides_what_the_page_shows_too_much_of() -> None:
    (found,) = of_kind("id_card", ("姓名", "身份证号"), ("李春梅", hide(ID, 14, 18)))
    assert found.match.masked == ID[:2] + "*" * 16
    told = repr(found) + found.context + "".join(step.words for step in found.evidence)
    assert ID[:6] not in told
    assert ID[6:14] not in told
