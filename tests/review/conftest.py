"""Invented findings to review. Every value in them is masked."""

import pytest

from scanner.review.session import BasisChoice, Subject

PAGES = ["http://a.example/1.html", "http://a.example/1.html", "http://a.example/2.html"]


def make_subject(number: int, page: str, **more: object) -> Subject:
    facts: dict[str, object] = {
        "fingerprint": f"{number:064x}",
        "value_hash": f"v{number}",
        "page": page,
        "title": "2024年救助名单公示",
        "unit": "示例局",
        "kind": "id_card",
        "masked": f"11*************{number:03d}",
        "where": "visible",
        "location": f"第1个表第{number}行第3列",
        "context": f"姓名 张* 身份证号 11*************{number:03d} 金额 300",
        "disposition": "leak",
        "rule": "L-ID",
        "basis": ("个人信息保护法第28条",),
        "evidence": ("表头：身份证号", "校验：通过"),
        "confidence": 0.97,
        "severity": "high",
    }
    return Subject(**{**facts, **more})  # type: ignore[arg-type]


@pytest.fixture
def subjects():
    return [make_subject(number, page) for number, page in enumerate(PAGES, 1)]


@pytest.fixture
def choices():
    return [
        BasisChoice("tender_notice", "招标公告", "招标投标法第37条"),
        BasisChoice("eia_participation", "环境影响评价公示", "环评办法第9条"),
        BasisChoice("dibao", "最低生活保障公示", "社会救助暂行办法第11条"),
    ]
