"""List pages that only their own script can turn, turned in a browser: the extra `browser`.

Playwright drives the system's Chromium. It opens nothing but a list page that says it has more
than it shows and that no list system here can turn, presses 「下一页」 or 「加载更多」 at the pace
of the crawl, and takes the page as it stands after each press. It asks for nothing outside the
listed domains, and for no picture, font or film.
"""

import asyncio
import re
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scanner.errors import MissingExtraError, UnreadableError
from scanner.lang import tr
from spiders.fence import Fence
from spiders.options import CrawlOptions

if TYPE_CHECKING:
    from playwright.async_api import Browser, ElementHandle, Page, Playwright, Route

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PRESSES = 500  # of one list, at most
_PATIENCE = 8.0  # seconds for a press to show something new
_LOOK = 0.1  # seconds between two looks at the page
_SIGN = r"[\s>»›→|＞\[\]]{0,3}"
_NEXT = re.compile(
    rf"^{_SIGN}(?:下一?页|后一?页|(?:点击)?加载更多|查看更多|更多|next(?: page)?|load more)"
    rf"{_SIGN}$",
    re.IGNORECASE,
)
_OFF = re.compile(r"disab|forbid|gray|grey|no-?more", re.IGNORECASE)
_LEFT_OUT = frozenset({"image", "media", "font", "stylesheet"})
_BUTTONS = "a, button, span, div, li, input[type=button]"
_FIND = """(elements, source) => {
  const words = new RegExp(source, "i");
  return elements.findIndex(e =>
    words.test((e.value || e.innerText || "").trim()) && e.children.length < 3 && e.offsetParent);
}"""


def program() -> str:
    """The path of the system's Chromium.

    Raises MissingExtraError when Playwright is not installed, UnreadableError without a browser.
    """
    if find_spec("playwright") is None:
        what = tr("用浏览器翻列表页需要安装", "Turning list pages in a browser needs its extra")
        raise MissingExtraError("browser", what)
    for name in PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    raise UnreadableError(
        tr(
            "没有找到 Chromium：请先安装（apt-get install chromium），"
            "或去掉配置中的 browser = true",
            "There is no Chromium: install it (apt-get install chromium), or take browser = true "
            "out of the configuration",
        )
    )


class ListBrowser:
    """One browser for one crawl, started when it is first needed."""

    def __init__(self, fence: Fence, options: CrawlOptions) -> None:
        self._fence = fence
        self._options = options
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._one_at_a_time = asyncio.Lock()

    async def turn(self, url: str, wanted: int) -> list[str]:
        """The markup of the list at `url` after each press, until it shows no more.

        `wanted`: presses that should be enough, by what the list says of itself. Raises what
        Playwright raises: the page is then as it was without a browser.
        """
        async with self._one_at_a_time:
            browser = await self._started()
            context = await browser.new_context(
                user_agent=self._options.user_agent,
                ignore_https_errors=True,
                service_workers="block",
                accept_downloads=False,
            )
            try:
                await context.route("**/*", self._let)
                page = await context.new_page()
                page.set_default_timeout(1000 * self._options.timeout)
                await page.goto(url, wait_until="load")
                return await self._pressed(page, min(wanted, _PRESSES))
            finally:
                await context.close()

    async def close(self) -> None:
        """End the browser, if one was started."""
        if self._browser is not None:
            await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()

    async def _started(self) -> "Browser":
        if self._browser is None:
            from playwright.async_api import async_playwright  # noqa: PLC0415 - an extra

            self._playwright = await async_playwright().start()
            # Chromium refuses its sandbox to root, who is alone in a container.
            arguments = ["--disable-dev-shm-usage", "--no-first-run"]
            self._browser = await self._playwright.chromium.launch(
                executable_path=program(), args=arguments, chromium_sandbox=False
            )
        return self._browser

    async def _let(self, route: "Route") -> None:
        """Let a request of the page through the fence, or not."""
        request = route.request
        scheme = urlsplit(request.url).scheme
        allowed = scheme in ("data", "blob") or not self._fence.refusal(request.url)
        if allowed and request.resource_type not in _LEFT_OUT:
            await route.continue_()
        else:
            await route.abort()

    async def _pressed(self, page: "Page", wanted: int) -> list[str]:
        seen = [await self._settled(page, "")]
        for _ in range(wanted):
            button = await self._button(page)
            if button is None:
                break
            await asyncio.sleep(self._options.delay)
            await button.evaluate("e => e.click()")
            shown = await self._settled(page, seen[-1])
            if shown == seen[-1]:
                break
            seen.append(shown)
        return seen

    async def _settled(self, page: "Page", before: str) -> str:
        """The markup once it is another than `before` and stands still; else after a while."""
        loop = asyncio.get_running_loop()
        end = loop.time() + _PATIENCE
        last = ""
        while loop.time() < end:
            now: str = await page.content()
            if now == last and now != before:
                return now
            last = now
            await asyncio.sleep(_LOOK)
        return last

    async def _button(self, page: "Page") -> "ElementHandle | None":
        """What turns the page, None where nothing does or it is switched off."""
        elements: Any = await page.query_selector_all(_BUTTONS)
        index = await page.eval_on_selector_all(_BUTTONS, _FIND, _NEXT.pattern)
        if index < 0 or index >= len(elements):
            return None
        button: ElementHandle = elements[index]
        mark = f"{await button.get_attribute('class') or ''}"
        if _OFF.search(mark) or await button.get_attribute("disabled") is not None:
            return None
        return button
