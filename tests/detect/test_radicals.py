"""Radicals that stand for whole characters."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.detect.normalise import normalise
from scanner.radicals import RADICALS, unified


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    assert unified("⻘⽯镇⼾主⾝份证号⼀⻓⻅⺠⾦") == "青石镇户主身份证号一长见民金"
    assert normalise("⾝份证：⻢⽟").text == "身份证:马玉"


@given(st.text(alphabet=[chr(code) for code in RADICALS] + ["字", "1"]))
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    folded = unified(text)
    assert len(folded) == len(text)
    assert unified(folded) == folded
    assert not any(ord(char) in RADICALS for char in folded)
