"""A list whose own term of publicity is long over is told of."""

from datetime import date

import pytest

from scanner.classify.terms import term_over
from tests.pages import page, paragraph


@pytest.mark.parametrize(
    ("text", "today", "over"),
    [
        ("公示期为5个工作日。", date(2024, 5, 20), False),
        ("公示期为5个工作日。", date(2024, 6, 10), False),
        ("公示期为5个工作日。", date(2024, 6, 14), True),
        ("现予公示，公示期15天。", date(2024, 7, 1), True),
        ("公示时间：2024年5月6日至2024年5月12日", date(2024, 6, 1), False),
        ("公示时间：2024年5月6日至2024年5月12日", date(2024, 6, 12), True),
        ("公示期：5月6日—5月12日", date(2024, 6, 12), True),
        ("公示期：2024年12月28日至1月4日", date(2024, 12, 30), False),
        ("公示日期：2024-05-06", date(2026, 1, 1), False),
        ("本表长期公示。", date(2026, 1, 1), False),
    ],
)
def test_a_stated_term_and_thirty_days(text: str, today: date, over: bool) -> None:
    assert bool(term_over(page(paragraph(text)), today)) is over


def test_without_a_date_of_publication_nothing_is_over() -> None:
    assert term_over(page(paragraph("公示期5天"), published=""), date(2030, 1, 1)) == ""
