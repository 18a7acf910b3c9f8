"""What crosses between processes comes out as it went in."""

import pickle
from dataclasses import fields

import pytest

from scanner.model import Evidence, ItemResult, Link, Location, Match, Outcome, Unread, Where


@pytest.mark.parametrize(
    "value",
    [
        Location(table=2, row=3, xpath="/html/body"),
        Evidence("header", "姓名", 0.5),
        Link("https://a.gov.cn/b.pdf", "附件", is_attachment=True),
        Unread("图片", "未安装"),
        Match(
            *("ID001", "id_card", 3, 21, "x" * 18, "x" * 18, Where.HIDDEN, Location(line=1), 0.9),
            block=1,
            evidence=(Evidence("validator", "proven"),),
        ),
        ItemResult("https://a.gov.cn/", Outcome.SCANNED, links=(Link("https://a.gov.cn/c"),)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_survives_the_pipe(value: object) -> None:
    again = pickle.loads(pickle.dumps(value, protocol=5))
    assert again == value
    assert [getattr(again, f.name) for f in fields(value)] == [  # type: ignore[arg-type]
        getattr(value, f.name)
        for f in fields(value)  # type: ignore[arg-type]
    ]
