"""The bundled rules: form, names, expressions that hold what their samples say."""

import re

import pytest

from patterns import Polarity, Proof, Rule, Scope, compiled, load_pack
from patterns.pack import BUNDLED
from patterns.rule import PERSONAL_KINDS
from patterns.validators import FITS, VALIDATORS

PACK = load_pack()
RULES = pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.code)
_SEPARATORS = re.compile(r"[\s\-./·•()+—:：，。]+")


def fold(text: str) -> str:
    """Full width to half width, spaces kept."""
    return "".join(
        chr(ord(char) - 0xFEE0) if 0xFF01 <= ord(char) <= 0xFF5E else char for char in text
    )


def compact(text: str) -> str:
    return _SEPARATORS.sub("", fold(text)).upper()


@RULES
def test_it_stands_in_the_folder_of_its_family(rule: Rule) -> None:
    assert rule.path.parent == BUNDLED / rule.family
    assert re.fullmatch(r"[a-z][a-z0-9_]*\.toml", rule.path.name)


@RULES
def test_it_is_named_in_both_languages_with_its_sources(rule: Rule) -> None:
    assert re.search(r"[\u4e00-\u9fff]|400", rule.name_zh)
    assert rule.name_en.isascii()
    assert rule.sources


@RULES
def test_its_expressions_compile_and_take_no_han_digits(rule: Rule) -> None:
    for expression in (rule.expression, rule.cell):
        if expression:
            assert compiled(expression).fullmatch("１２３４５６７８９") is None


@RULES
def test_a_hit_holds_the_value_it_names(rule: Rule) -> None:
    for sample in rule.hit:
        if sample.value:
            assert compact(sample.value) in compact(sample.text)


@RULES
def test_token_expressions_match_the_compact_values_of_hits(rule: Rule) -> None:
    if rule.scope is not Scope.TOKEN:
        return
    for sample in rule.hit:
        for expression in (rule.cell,) if sample.header else (rule.expression or rule.cell,):
            if sample.value and rule.cell_scope is Scope.TOKEN and expression:
                pattern = compiled(expression)
                forms = (sample.value, "86" + sample.value)
                assert any(pattern.fullmatch(form) for form in forms), sample


@RULES
def test_text_expressions_find_the_values_of_hits(rule: Rule) -> None:
    if rule.scope is not Scope.TEXT or not rule.expression:
        return
    for sample in rule.hit:
        text = fold(sample.text)
        labelled = any(word in text for word in rule.headers)
        if not sample.header and any(word in text for word in rule.keywords or ("",)):
            found = [m.group("value") for m in compiled(rule.expression).finditer(text)]
            if labelled and not found:
                continue  # the cell expression reads what stands after the label
            assert found, sample
            if sample.value:
                assert re.sub(r"\s", "", sample.value) in [re.sub(r"\s", "", v) for v in found]


@RULES
def test_its_validator_agrees_with_its_hits(rule: Rule) -> None:
    if not rule.validator:
        return
    for sample in rule.hit:
        if sample.value:
            value = re.sub(r"\s", "", sample.value)
            assert VALIDATORS[rule.validator](value) is not Proof.DISPROVED, sample


@RULES
def test_the_mask_norm_lets_its_own_mask_pass(rule: Rule) -> None:
    if rule.mask is None:
        return
    for sample in rule.hit:
        value, mask = sample.value, rule.mask
        if len(value) > mask.head + mask.tail + 3 and mask.fits != "generic":
            hidden = len(value) - mask.head - mask.tail
            masked = value[: mask.head] + "*" * hidden + value[len(value) - mask.tail :]
            assert FITS[mask.fits](masked) >= mask.min_fits


def test_every_output_type_has_a_rule() -> None:
    kinds = {rule.kind for rule in PACK.rules if rule.polarity is Polarity.PERSONAL}
    assert kinds == PERSONAL_KINDS


def test_a_mobile_norm_of_three_and_four_counts_ten_thousand() -> None:
    assert FITS["mobile"]("138****8000") == 10_000


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("MB001", "23800138000"),
        ("PP001", "E002291817"),
        ("DC001", "1102011988072100334"),
        ("ID001", "11020119880721003"),
        ("ID001", "811020119880721003"),
    ],
)
def test_look_alikes_do_not_match_a_token(code: str, text: str) -> None:
    assert compiled(PACK.rule(code).expression).fullmatch(text) is None


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("AD001", "家住白云镇响水村三组12号。", "白云镇响水村三组12号"),
        ("AD001", "住址:青山县白云镇响水村上庄组23号", "青山县白云镇响水村上庄组23号"),
        ("AD001", "白云镇响水村4社", "白云镇响水村4社"),
        ("AD001", "白云乡后河村八组", "白云乡后河村八组"),
        ("AD001", "白云街道刘家屯村183号", "白云街道刘家屯村183号"),
        ("AD002", "澄河区杭州路103号25号楼3单元202户", "澄河区杭州路103号25号楼3单元202户"),
        ("AD002", "幸福小区3栋2单元501室", "幸福小区3栋2单元501室"),
        ("LP001", "粤B·D00001", "粤B·D00001"),
        ("NP018", "户名:某县财政局 账号:101000012345678901", "101000012345678901"),
        ("NP008", "金额13812345678.00", "13812345678.00"),
    ],
)
def test_what_a_text_expression_finds(code: str, text: str, value: str) -> None:
    found = [m.group("value") for m in compiled(PACK.rule(code).expression).finditer(text)]
    assert value in found


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("AD001", "家住白云镇响水村"),
        ("AD001", "响水村村民小组组长"),
        ("AD001", "驻村工作组"),
        ("AD002", "杭州路改造"),
        ("LP001", "乘坐川G6476次"),
        ("BD001", "2023年5月6日印发"),
        ("NP018", "户名:李小明,账号:6228480000000000000"),
        ("NP008", "电话138.0013.8000"),
        ("HE003", "患者须知"),
        ("QQ001", "100000001@qq.com"),
        ("WX001", "微信公众号:test_0000000"),
    ],
)
def test_what_a_text_expression_leaves(code: str, text: str) -> None:
    assert compiled(PACK.rule(code).expression).search(text) is None


@RULES
def test_no_run_of_its_own_beginnings_keeps_it_busy_for_ever(rule: Rule) -> None:
    """What would take exponential time runs into the limit, which is far above what it needs."""
    endless = []
    for expression in filter(None, (rule.expression, rule.cell)):
        for unit in ("村", "1", "a", "户名", "1.", "路1号", "A1", "患", "张 ", "/a", "0-"):
            try:
                compiled(expression).search(unit * 2000, timeout=10.0)
            except TimeoutError:
                endless.append(unit)
    assert not endless
