"""Names in running text, through the public function."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scanner
from scanner.names import STRICT


def named(text: str, **how: float) -> list[str]:
    return [text[s.start : s.end] for s in scanner.find_names(text, **how)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县委书记谭志同主持会议并讲话，县长林采芬出席会议。", ["谭志同", "林采芬"]),
        ("户主姓名：刘建国，家庭人口4人", ["刘建国"]),
        ("（记者 黄龙玉 通讯员 郑培敏）近日，大塘坪乡召开推进会。", ["黄龙玉", "郑培敏"]),
        ("拟录用人员名单：杨永良、薛小芳、陈思雨", ["杨永良", "薛小芳", "陈思雨"]),
        ("经研究决定：任命贾军同志为县教育局副局长。", ["贾军"]),
        ("驻村第一书记欧阳小明走访慰问了老党员李大山一家。", ["欧阳小明", "李大山"]),
        ("联系人：王 芳\n", ["王 芳"]),
        ("村民买买提·艾力江反映的道路问题已经办理。", ["买买提·艾力江"]),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "方案经常务会议审议通过，严格落实安全生产责任制，高度重视防汛工作。",
        "金融办、水利局、马铃薯种植合作社等单位参加，温室大棚建设成本降低。",
        "为了保护公民的合法权益，根据宪法，制定本法。",
        "张某某、李××、王某等人",
        "",
        "\ud83d\ude00 12345 abc",
    ],
)
def test_words_and_masked_names_are_none(text: str) -> None:
    assert named(text) == []


def test_a_title_stays_outside_the_name() -> None:
    assert named("会议由王建国主任主持，李小红同志参加。") == ["王建国", "李小红"]


@given(st.text(alphabet="王李张建国芳的是在局长县、，。：某×· \n12ab\U00020000", max_size=60))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = scanner.find_names(text, least=0.08)
    places = [place for s in spans for place in (s.start, s.end)]
    assert places == sorted(places)
    assert all(0 <= s.start < s.end <= len(text) and 0 < s.confidence <= 1 for s in spans)
    assert all(s.confidence >= STRICT for s in scanner.find_names(text, least=STRICT))


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = "import scanner, sys; print('numpy' in sys.modules, 'scanner.names' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("海来石布 653125196703050199 三类", ["海来石布"]),
        ("次仁旺堆\n310115197711171610\n一类", ["次仁旺堆"]),
        ("监委会主任：额尔敦巴雅尔\n", ["额尔敦巴雅尔"]),
        (
            "付董峰\n付张凯卡号6222023304765004604\n付电费\n付萨仁图雅\n付司马先胜工资",
            ["董峰", "张凯", "萨仁图雅", "司马先胜"],
        ),
        ("付建国\n付小明\n付红\n付江涛", ["付建国", "付小明", "付红", "付江涛"]),  # a family 付
    ],
)
def test_names_that_their_place_shows(text: str, names: list[str]) -> None:
    assert [name for name in named(text) if name in names] == names


@pytest.mark.parametrize("text", ["残疾人证 653125196703050199", "监委会主任：尚未选举产生"])
def test_a_place_alone_makes_no_name(text: str) -> None:
    assert named(text) == []
