"""Names in cells and in columns without a head."""

import pytest

from scanner.names import is_name, name_share

NAMES = ["王建国", "李秀英", "张伟", "刘 芳", "欧阳小明", "陈思雨", "赵桂兰"]
WORDS = ["合计", "高度", "马铃薯", "方便", "于是", "常务", "单位", "备注"]
PLACES = ["白银区", "张家港市", "王集镇", "高桥镇", "李家乡", "陆丰市"]


@pytest.mark.parametrize("cell", [*NAMES, "买买提·艾力江"])
def test_names_are_likely(cell: str) -> None:
    assert is_name(cell) >= 0.5


@pytest.mark.parametrize("cell", [*WORDS, *PLACES, "", "12345", "王建国等三人共同申请", "A"])
def test_words_and_places_are_not(cell: str) -> None:
    assert is_name(cell) < 0.5


def test_a_column_of_names_is_one_in_spite_of_a_few_other_cells() -> None:
    assert name_share([*NAMES, "", "合计"]) > 0.9


@pytest.mark.parametrize("cells", [WORDS, PLACES, [], ["", " "], ["1", "2", "3"]])
def test_other_columns_are_none(cells: list[str]) -> None:
    assert name_share(cells) < 0.1
