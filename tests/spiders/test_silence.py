"""A host that does not answer is noticed once: the rest of it fails quickly."""

import socket
from collections.abc import Iterator

import pytest

from scanner.model import Link, Outcome
from spiders.silence import DEAF_AFTER_ANSWERS, DEAF_FROM_THE_START, Silence
from tests.servers import Answer, Seen, TestSite, serving
from tests.spiders.crawling import MemoryFrontier, crawl, fence_of, recheck

DOWN = "http://127.0.0.1:9"


@pytest.fixture
def site() -> Iterator[TestSite]:
    with serving() as running:
        yield running


@pytest.fixture
def deaf() -> Iterator[tuple[str, socket.socket]]:
    """A host that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", listener


def test_a_host_that_refuses_is_not_tried_at_each_address() -> None:
    urls = [f"{DOWN}/p{n}" for n in range(14)]
    # With its retries each address would wait 3 seconds: the first alone may.
    found = recheck(urls, fence_of(DOWN + "/"), per_host=1, retries=2, retry_wait=0.01)
    assert {result.outcome for result in found.values()} == {Outcome.FAILED}
    reasons = [found[url].reason for url in urls]
    asked = [reason for reason in reasons if "主机" not in reason]
    assert len(asked) <= DEAF_FROM_THE_START
    assert len(set(reasons)) == 2


def connections(listener: socket.socket) -> int:
    """How many connections wait to be accepted."""
    listener.setblocking(False)
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def test_a_host_that_keeps_silent_is_asked_a_few_times_only(
    deaf: tuple[str, socket.socket],
) -> None:
    url, listener = deaf
    frontier = MemoryFrontier()
    frontier.push([Link(f"{url}/p{n}") for n in range(40)], "", 0)
    crawl(url + "/", frontier, per_host=1, retries=2, timeout=0.3)
    assert len(frontier.results) == 41
    assert {result.outcome for result in frontier.results.values()} == {Outcome.FAILED}
    # robots.txt with its retries, then one try for each address until the host counts as dead
    assert connections(listener) <= 3 + DEAF_FROM_THE_START


def test_one_answer_resets_the_count(site: TestSite) -> None:
    silence = Silence()
    for n in range(DEAF_FROM_THE_START - 1):
        silence.unheard(f"{site.url}/{n}")
    silence.unheard(f"{site.url}/0")  # the same address again says nothing new
    assert not silence.is_dead(site.url)
    silence.heard(site.url + "/")
    for n in range(DEAF_AFTER_ANSWERS - 1):
        silence.unheard(f"{site.url}/{n}")
    assert not silence.is_dead(site.url)
    silence.unheard(f"{site.url}/last")
    assert silence.is_dead(site.url)
    assert not silence.is_dead("http://127.0.0.1:9/")  # another port is another server


def test_slow_pages_do_not_kill_a_host_that_answers(site: TestSite) -> None:
    def slow(_: Seen) -> Answer:
        return Answer(b"<html>late</html>", wait=1.0)

    slow_ones = [f"/slow{n}" for n in range(4)]
    site.link("/", *slow_ones, "/good")
    site.link("/good")
    for path in slow_ones:
        site.pages[path] = slow
    frontier, _ = crawl(site.url + "/", per_host=1, retries=0, timeout=0.4)
    assert frontier.results[site.url + "/good"].outcome is Outcome.SCANNED


def test_another_host_is_read_meanwhile(site: TestSite) -> None:
    site.link("/", *(f"{DOWN}/x{n}.xls" for n in range(6)), "/a")
    site.link("/a")
    frontier, _ = crawl(site.url + "/", fence=fence_of(site.url + "/", DOWN + "/"), retries=0)
    outcomes = [result.outcome for result in frontier.results.values()]
    assert outcomes.count(Outcome.SCANNED) == 2
    assert outcomes.count(Outcome.FAILED) == 6
