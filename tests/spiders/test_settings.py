"""Politeness is in code: what the settings promise."""

import pytest
from scrapy.settings import Settings

from scanner.errors import ConfigError
from spiders.options import CrawlOptions
from spiders.settings import build_settings


def test_the_defaults_are_polite() -> None:
    settings = Settings(build_settings(CrawlOptions()))
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getfloat("DOWNLOAD_DELAY") >= 1
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert settings.getbool("AUTOTHROTTLE_ENABLED")
    assert settings.getfloat("DOWNLOAD_TIMEOUT") <= 60
    assert settings.getint("DOWNLOAD_MAXSIZE") <= 64 * 1024 * 1024
    assert settings.getint("RETRY_TIMES") <= 2
    assert settings.getint("REDIRECT_MAX_TIMES") <= 5
    assert settings.getint("DEPTH_LIMIT") > 0


def test_nothing_listens_and_nothing_is_kept() -> None:
    settings = Settings(build_settings(CrawlOptions()))
    for name in (
        "TELNETCONSOLE_ENABLED",
        "REMOTE_CONTROL_ENABLED",
        "COOKIES_ENABLED",
        "HTTPCACHE_ENABLED",
        "METAREFRESH_ENABLED",
        "LOG_ENABLED",
    ):
        assert not settings.getbool(name), name
    assert settings.get("JOBDIR") is None


def test_options_arrive() -> None:
    options = CrawlOptions(
        delay=3, per_host=2, concurrency=5, timeout=7, max_size=9, retries=1, redirects=4,
        max_depth=6, obey_robots=False, throttle=False, contact="https://example.gov.cn/about",
    )  # fmt: skip
    settings = build_settings(options)
    assert settings["DOWNLOAD_DELAY"] == 3
    assert settings["CONCURRENT_REQUESTS_PER_DOMAIN"] == 2
    assert settings["CONCURRENT_REQUESTS"] == 5
    assert settings["DOWNLOAD_TIMEOUT"] == 7
    assert settings["DOWNLOAD_MAXSIZE"] == 9
    assert settings["RETRY_TIMES"] == 1
    assert settings["REDIRECT_MAX_TIMES"] == 4
    assert settings["DEPTH_LIMIT"] == 6
    assert settings["ROBOTSTXT_OBEY"] is False
    assert settings["AUTOTHROTTLE_ENABLED"] is False
    assert settings["USER_AGENT"].endswith("(+https://example.gov.cn/about)")


def test_throttling_never_goes_below_the_delay() -> None:
    settings = build_settings(CrawlOptions(delay=90))
    assert settings["AUTOTHROTTLE_START_DELAY"] == 90
    assert settings["AUTOTHROTTLE_MAX_DELAY"] == 90
    assert settings["DOWNLOAD_DELAY_JITTER"] == 0


def test_numbers_that_cannot_be_meant_are_all_named() -> None:
    with pytest.raises(ConfigError) as caught:
        CrawlOptions(delay=-1, per_host=0, contact="a\r\nX-Header: 1")
    assert len(caught.value.faults) == 3


def test_a_lease_lasts_longer_than_anything_that_may_happen_to_it() -> None:
    options = CrawlOptions(delay=2, concurrency=8, timeout=30, retries=2, max_wait=60)
    assert options.lease_seconds > 2 * 8 * 2 + 3 * 30 + 2 * 60
