"""What a re-check says of a flagged page: gone, masked, still there, moved, or not known."""

from collections.abc import Iterator

import pytest

from scanner.commands.reports import sweep_facts
from scanner.ledger import Filter, State
from scanner.ledger.rechecks import RecheckLine, RecheckVerdict
from scanner.model import Decision
from scanner.report.coverage import print_recheck
from scanner.report.terminal import sweep_record
from spiders.moved import is_title
from tests.report.test_terminal_report import Console
from tests.servers import Answer, TestSite, serving
from tests.sweep.making import Desk

TITLE = "石桥镇2026年第三季度城乡低保对象名单公示"
VALUE = "34082419010101005X"
PATH, NEW = "/gs/202609/t20260908_1.html", "/sh/202611/t20261101_9.html"
SHEET = "/gs/202609/P020260908.csv"


def page(words: str, title: str = TITLE) -> str:
    return f"<html><title>{title}</title><body><h1>{title}</h1><p>{words}</p></body></html>"


LEAK = page(f"低保对象 身份证号：{VALUE}")


@pytest.fixture
def site() -> Iterator[TestSite]:
    with serving() as running:
        running.add("/", '<html><title>首页</title><a href="/gs/">公示公告</a></html>')
        running.add(
            "/gs/", f'<html><title>公示</title><li><a href="{PATH}">{TITLE}</a></li></html>'
        )
        running.add(PATH, LEAK)
        yield running


def swept(desk: Desk) -> None:
    desk.sweep()
    with desk.open() as ledger:
        ids = [one.id for found in ledger.queue() for one in found.findings]
        assert ids
        ledger.decide(ids, Decision.LEAK, who="tester")


def rechecked(desk: Desk, site: TestSite) -> dict[str, RecheckLine]:
    report = desk.recheck()
    with desk.open() as ledger:
        lines = ledger.recheck_lines(report.sweep.id)
        record = sweep_record(sweep_facts(ledger, report.sweep))
    assert [one["verdict"] for one in record["recheck"]] == [line.verdict for line in lines]
    return {line.url.removeprefix(site.url): line for line in lines}


def state(desk: Desk, site: TestSite, path: str = PATH) -> State:
    with desk.open() as ledger:
        (found,) = [one for one in ledger.pages(Filter()) if one.url == site.url + path]
    return found.findings[0].state


@pytest.mark.parametrize(
    ("instead", "verdict", "ends"),
    [
        (Answer(LEAK.encode()), RecheckVerdict.STILL_THERE, State.OUTSTANDING),
        (Answer(b"", 404), RecheckVerdict.GONE, State.VERIFIED),
        (Answer(b"", 410), RecheckVerdict.GONE, State.VERIFIED),
        (
            Answer(page("您访问的页面不存在或已删除", "提示").encode()),
            RecheckVerdict.GONE,
            State.VERIFIED,
        ),
        (Answer(b"", 302, headers={"Location": "/gs/"}), RecheckVerdict.GONE, State.VERIFIED),
        (
            Answer(page("低保对象 身份证号：340***********005X").encode()),
            RecheckVerdict.MASKED,
            State.VERIFIED,
        ),
        (
            Answer(page("低保对象 身份证号：3408241901010100*X").encode()),
            RecheckVerdict.UNDER_MASKED,
            State.VERIFIED,  # the mask is a finding of its own, to be decided on
        ),
        (Answer(page("内容已经整改").encode()), RecheckVerdict.REMOVED, State.VERIFIED),
        (Answer(b"", 500), RecheckVerdict.UNKNOWN, State.OUTSTANDING),
        (Answer(b"", 403), RecheckVerdict.UNKNOWN, State.OUTSTANDING),
        (
            Answer(page("系统繁忙，请稍后再试", "").encode()),
            RecheckVerdict.UNKNOWN,
            State.OUTSTANDING,
        ),
    ],
)
def test_what_became_of_the_page(
    desk: Desk, site: TestSite, instead: Answer, verdict: RecheckVerdict, ends: State
) -> None:
    swept(desk)
    site.pages[PATH] = instead
    lines = rechecked(desk, site)
    assert lines[PATH].verdict is verdict
    assert state(desk, site) is ends


def test_moved_by_a_redirect(desk: Desk, site: TestSite) -> None:
    swept(desk)
    site.pages[PATH] = Answer(b"", 301, headers={"Location": NEW})
    site.add(NEW, LEAK)
    line = rechecked(desk, site)[PATH]
    assert line.verdict is RecheckVerdict.MOVED
    assert NEW in line.reason
    assert state(desk, site) is State.OUTSTANDING
    site.add(NEW, page("低保对象 身份证号：340***********005X"))
    assert rechecked(desk, site)[PATH].verdict is RecheckVerdict.MASKED
    assert state(desk, site) is State.VERIFIED


@pytest.mark.parametrize("words", [TITLE, TITLE[:14] + "...", f" {TITLE} "])
def test_moved_within_its_list(desk: Desk, site: TestSite, words: str) -> None:
    """Taken down under its old address, and published again under a new one."""
    swept(desk)
    del site.pages[PATH]
    site.add("/gs/", f'<html><title>公示</title><li><a href="{NEW}">{words}</a></li></html>')
    site.add(NEW, LEAK)
    line = rechecked(desk, site)[PATH]
    assert line.verdict is RecheckVerdict.MOVED
    assert site.url + NEW in line.reason
    assert state(desk, site) is State.OUTSTANDING
    del site.pages[NEW]
    assert rechecked(desk, site)[PATH].verdict is RecheckVerdict.GONE
    assert state(desk, site) is State.VERIFIED


def test_moved_to_where_a_sweep_has_seen_it(desk: Desk, site: TestSite) -> None:
    site.add(
        "/", f'<html><title>首页</title><a href="/gs/">公示</a><a href="{NEW}">专题</a></html>'
    )
    site.add(NEW, LEAK)
    swept(desk)
    del site.pages[PATH]
    site.add("/gs/", "<html><title>公示</title></html>")
    lines = rechecked(desk, site)
    assert lines[PATH].verdict is RecheckVerdict.MOVED
    assert lines[NEW].verdict is RecheckVerdict.STILL_THERE


def test_another_item_of_the_list_is_not_taken_for_it(desk: Desk, site: TestSite) -> None:
    swept(desk)
    del site.pages[PATH]
    other = TITLE.replace("三", "四")
    site.add("/gs/", f'<html><title>公示</title><li><a href="{NEW}">{other}</a></li></html>')
    site.add(NEW, LEAK)
    assert rechecked(desk, site)[PATH].verdict is RecheckVerdict.GONE


def test_a_new_place_that_does_not_answer_closes_nothing(desk: Desk, site: TestSite) -> None:
    swept(desk)
    del site.pages[PATH]
    site.add("/gs/", f'<html><title>公示</title><li><a href="{NEW}">{TITLE}</a></li></html>')
    site.add(NEW, "no", status=500)
    assert rechecked(desk, site)[PATH].verdict is RecheckVerdict.UNKNOWN
    assert state(desk, site) is State.OUTSTANDING


def test_an_attachment_that_outlives_its_page(desk: Desk, site: TestSite) -> None:
    site.add(PATH, page(f'低保名单 {VALUE} <a href="{SHEET}">附件</a>'))
    site.add(SHEET, f"姓名,身份证号\n张小芳,{VALUE}\n", content_type="text/csv")
    swept(desk)
    del site.pages[PATH]
    site.add("/gs/", "<html><title>公示</title></html>")
    lines = rechecked(desk, site)
    assert lines[PATH].verdict is RecheckVerdict.GONE
    assert lines[SHEET].verdict is RecheckVerdict.ATTACHMENT
    assert state(desk, site) is State.VERIFIED
    assert state(desk, site, SHEET) is State.OUTSTANDING
    console = Console(width=80, force_terminal=False)
    with console.capture() as capture:
        print_recheck(console, list(lines.values()))
    assert "附件仍可打开 1" in capture.get()
    del site.pages[SHEET]
    assert rechecked(desk, site)[SHEET].verdict is RecheckVerdict.GONE


@pytest.mark.parametrize(
    ("words", "title", "expected"),
    [
        (TITLE, TITLE, True),
        (TITLE[:10] + "…", TITLE, True),
        ("关于张小芳救助的公示", "关于张**救助的公示", True),
        ("公示", "公示", False),  # too short to tell one item from another
        (TITLE[:3] + "...", TITLE, False),
        (TITLE + "（二）", TITLE, False),
    ],
)
def test_titles(words: str, title: str, expected: bool) -> None:
    assert is_title(words, title) is expected
