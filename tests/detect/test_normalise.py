"""Folding keeps the way back to the original text."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.detect.normalise import normalise

_ODD = st.sampled_from(
    "０１９ＡＺ（）：，\u3000\u00a0\u2009\u200b\u200d\ufeff●×—－1234567890 Xx张三\n\t"
)


@given(st.text(_ODD | st.characters(codec="utf-8"), max_size=60))
def test_every_folded_character_points_at_its_original(text: str) -> None:
    folded = normalise(text)
    assert len(folded.text) <= len(text)
    places = [folded.offset(i) for i in range(len(folded.text))]
    assert places == sorted(set(places))
    for i, place in enumerate(places):
        assert folded.position(place) == i
        assert folded.end_offset(i + 1) == place + 1
        same = text[place] == folded.text[i]
        assert same or normalise(text[place]).text == folded.text[i] or text[place] in "_某…⋯"


def test_forms_fold_to_one() -> None:
    assert normalise("３４０８\u200b１１ 🄀").text.startswith("340811")
    assert normalise("（0556）—１２").text == "(0556)-12"
    assert normalise("138●●●●1234").text == "138****1234"
    assert normalise("138____1234").text == "138****1234"
    assert normalise("shzp_2201").text == "shzp_2201"
    assert normalise("138某某某某1234").text == "138****1234"
    assert normalise("138……1234").text == "138**1234"
    assert normalise("2020年某月").text == "2020年某月"
    assert normalise("共20…").text == "共20…"
