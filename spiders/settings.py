"""The politeness of the crawl, in code: nothing here depends on a file that may be missing."""

from typing import Any

from spiders.options import SLOWEST, CrawlOptions


def build_settings(options: CrawlOptions) -> dict[str, Any]:
    """Scrapy's settings for `options`.

    Robots are obeyed, one host gets one request at a time, every answer has a limit of size and
    time, and nothing listens: no telnet console, no remote control. Cookies are off, so that a
    site cannot tell the sweep from any other visitor. Certificates are not verified: an expired
    one on a public page hides nothing from its readers, and the page must be read all the same.
    """
    return {
        "BOT_NAME": "privacy-sweep",
        "USER_AGENT": options.user_agent,
        "ROBOTSTXT_OBEY": options.obey_robots,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"},
        **_pace(options),
        **_limits(options),
        **_closed_doors(),
        **_parts(),
    }


def _pace(options: CrawlOptions) -> dict[str, Any]:
    return {
        "CONCURRENT_REQUESTS": options.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": options.per_host,
        "DOWNLOAD_DELAY": options.delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # never below the delay that was promised
        "AUTOTHROTTLE_ENABLED": options.throttle and options.delay > 0,
        "AUTOTHROTTLE_START_DELAY": options.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(SLOWEST, options.delay),
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(options.per_host),
        "RETRY_TIMES": options.retries,
        "RETRY_HTTP_CODES": [408, 429, 500, 502, 503, 504, 522, 524],
    }


def _limits(options: CrawlOptions) -> dict[str, Any]:
    return {
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DNS_TIMEOUT": min(options.timeout, 30.0),
        "DOWNLOAD_MAXSIZE": options.max_size,
        "DOWNLOAD_WARNSIZE": 0,
        "REDIRECT_MAX_TIMES": options.redirects,
        "DEPTH_LIMIT": options.max_depth,  # kept by the crawl itself, which has no scheduler
        "DOWNLOAD_VERIFY_CERTIFICATES": False,
    }


def _closed_doors() -> dict[str, Any]:
    return {
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
        "METAREFRESH_ENABLED": False,  # a link like any other
        "HTTPCACHE_ENABLED": False,  # it would keep clear copies of pages
        "HTTPPROXY_ENABLED": True,
        "LOG_ENABLED": False,  # Scrapy's own log; what happens is told by coverage
        "LOG_FORMATTER": "spiders.site.QuietLog",
        "DOWNLOADER_STATS": False,
        "STATS_DUMP": False,
        "LOGSTATS_INTERVAL": 0,
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "TWISTED_DNS_RESOLVER": "spiders.resolve.LoopResolver",
    }


def _parts() -> dict[str, Any]:
    builtin = "scrapy.downloadermiddlewares"
    return {
        "DOWNLOADER_MIDDLEWARES": {
            "spiders.middleware.FenceMiddleware": 50,
            "spiders.robots.RobotsMiddleware": 100,
            "spiders.middleware.PatientRetryMiddleware": 550,
            "spiders.middleware.FencedRedirectMiddleware": 600,
            f"{builtin}.offsite.OffsiteMiddleware": None,
            f"{builtin}.robotstxt.RobotsTxtMiddleware": None,
            f"{builtin}.httpauth.HttpAuthMiddleware": None,
            f"{builtin}.retry.RetryMiddleware": None,
            f"{builtin}.redirect.MetaRefreshMiddleware": None,
            f"{builtin}.redirect.RedirectMiddleware": None,
            f"{builtin}.cookies.CookiesMiddleware": None,
        },
        "EXTENSIONS": {
            "scrapy.extensions.telnet.TelnetConsole": None,
            "scrapy.extensions.remote_control.RemoteControl": None,
            "scrapy.extensions.feedexport.FeedExporter": None,
            "scrapy.extensions.memusage.MemoryUsage": None,
            "scrapy.extensions.logstats.LogStats": None,
        },
    }
