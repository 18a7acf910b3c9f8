"""What changes at each visit is no change; what could be a person's number always is."""

import pytest

from spiders.volatile import stable_hash, stable_text

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>低保公示</title>
<meta name="csrf-token" content="{token}"><script src="/js/a.js?v={stamp}"></script></head><body>
<div class="top">今天是{today} {weekday} <a href="/x.jsp;jsessionid={session}">登录</a></div>
<input type="hidden" name="__VIEWSTATE" value="{token}"/><h1>低保公示</h1>
<p>发布日期：2026-03-01 浏览次数：<span id="hits">{hits}</span>次</p>
<p>张小芳 联系电话：{mobile}</p>
<div class="piaofu" id="ad1"><a href="/special/{stamp}.html">专题</a></div>
<script>var token = "{token}";</script></body></html>"""
FIRST = {
    "token": "aB3dE5fG7hJ9kL1m",
    "stamp": "1700000000000",
    "today": "2026年11月18日",
    "weekday": "星期三",
    "session": "ABCDEF0123456789",
    "hits": "1024",
    "mobile": "13805560001",
}
AGAIN = FIRST | {
    "token": "Zz9Yy8Xx7Ww6Vv5U",
    "stamp": "1700000012345",
    "today": "2026年11月25日",
    "session": "0123456789ABCDEF",
    "hits": "1031",
}


def of(values: dict[str, str]) -> str:
    return stable_hash(PAGE.format(**values).encode())


def test_a_visit_later_it_is_the_same_page() -> None:
    assert of(FIRST) == of(AGAIN)


@pytest.mark.parametrize("name", AGAIN)
def test_each_changing_part_alone(name: str) -> None:
    changed = of(FIRST | {name: AGAIN[name]})
    assert changed == of(FIRST)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("13805560001", "13805560002"),
        ("2026-03-01", "2026-03-02"),
        ("浏览次数：<span", "浏览次数：13805560003<span"),
        ("<h1>低保公示</h1>", "<h1>低保公示</h1><!-- 13805560003 -->"),
        ("专题", "专题</a></div><p>13805560003</p><div><a>"),
        ("var token", 'var phone = "13805560003"; var token'),
    ],
)
def test_what_could_be_a_persons_number_is_a_change(before: str, after: str) -> None:
    page = PAGE.format(**FIRST)
    assert before in page
    assert stable_hash(page.encode()) != stable_hash(page.replace(before, after).encode())


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("阅读量 <b>13805560001</b>", "13805560001"),
        ("点击：34082419010101005X", "34082419010101005X"),
        ('<input name="phone" value="13805560001">', "13805560001"),
        ("?id=13805560001&t=5", "13805560001"),
    ],
)
def test_numbers_that_stay(text: str, stays: str) -> None:
    assert stays in stable_text(text)


def test_in_any_encoding_and_in_files_byte_for_byte() -> None:
    page = PAGE.replace("utf-8", "gbk")
    first, again = (page.format(**one).encode("gbk") for one in (FIRST, AGAIN))
    assert stable_hash(first) == stable_hash(again)
    assert stable_hash(b"%PDF-1.4 1") != stable_hash(b"%PDF-1.4 2")


@pytest.mark.parametrize(
    "text",
    [
        "浏览" + "<b>" * 20_000,
        "今天是" + " " * 60_000,
        "<div class='advert'>" * 3_000,
        "<input " + "name=" * 20_000,
        "?t=" * 30_000,
        "2026年1月1日" * 10_000 + "星期",
    ],
)
def test_hostile_pages_end(text: str) -> None:
    assert len(stable_text(text)) <= len(text)
