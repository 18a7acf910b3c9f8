"""Answers that stand in for a page: HTTP 200, and yet not the page that was asked for.

A value is missing on a login page, on a page of errors and on a list too. Taken for the page
itself they would close findings that are still there for anybody with a cookie or more luck.

- The page is gone: it says so (a soft 404), or it sends its readers to its list or home page.
- Nothing is known: a login, an error, a firewall's question. Such an answer closes nothing.

Words alone prove little, since notices speak of errors and of logins: they count in the title, or
on a page that says next to nothing else.
"""

import re
from urllib.parse import urlsplit

from scanner.lang import tr
from scanner.model import Outcome
from spiders.posted import split_posted

_SHORT = 300  # characters without blanks; a notice has more, or other words
_MENU = 1500  # the same with a site's menu and footer around it

_GONE_WORDS = (
    r"(?:(?:页面|网页|文件|文章|内容|信息|栏目|附件)(?:不存在|未找到|找不到|没有找到|已(?:经)?被?删除|已下线)"
    r"|(?:找不到|没有找到|无法找到)(?:该|此|您|指定|所|要)?.{0,8}?(?:页面|网页|文件|内容|信息)"
    r"|[您你]所?(?:访问|查看|请求|查找|浏览).{0,8}?(?:不存在|(?:被|已)删除|找不到|未找到|已下线)"
    r"|page\s+(?:was\s+|is\s+)?not\s+found|404\s*not\s*found)"
)
_GONE = re.compile(_GONE_WORDS, re.IGNORECASE)
_GONE_TITLE = re.compile(
    rf"^\W{{0,3}}(?:(?:http\W?)?(?:error\W*|错误\W*)?404(?!\d).{{0,30}}$|not\s+found\W*$|{_GONE_WORDS})",
    re.IGNORECASE,
)
_ERROR_WORDS = (
    r"(?:(?:系统|服务器?|网站|程序|数据库|服务|页面|运行时?|内部)(?:内部)?(?:出错|错误|异常|繁忙|维护|故障|升级)"
    r"|(?:访问|操作|请求)(?:过于频繁|被拒绝|被拦截|受限|异常|太频繁)|(?:维护|升级)中"
    r"|安全(?:验证|检查|拦截)|人机验证|网站防火墙|应用防火墙|请输入验证码|请开启javascript"
    r"|(?:internal\s+)?server\s+error|bad\s+gateway|service\s+unavailable|access\s+denied|forbidden"
    r"|gateway\s+time-?out|too\s+many\s+requests)"
)
_ERROR = re.compile(_ERROR_WORDS, re.IGNORECASE)
_ERROR_TITLE = re.compile(
    rf"^\W{{0,3}}(?:(?:http\W?)?(?:error\W*|错误\W*)?(?:40[0135]|429|50[0-4])(?!\d)"
    rf"|error\W*$|错误\W*$|出错了|{_ERROR_WORDS})",
    re.IGNORECASE,
)
_LOGIN_TITLE = re.compile(
    r"^.{0,30}(?:登\s*[录陆]|身份认证|log\s?-?in|sign\s?in)\W*(?:页面?|系统|平台|入口|page)?\W*$",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"用户名|账号|帐号|验证码|username|登\s*[录陆]", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input\b[^<>]{0,300}\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_COLUMN = re.compile(
    r"/(?:col(?:umn)?|list|channel|lanmu|node|public)(?:[/_-]?\w{0,20})?/?(?:\.\w{2,5})?$"
    r"|/(?:col(?:umn)?|list|channel)[/_-]?\d+|/list\w{0,10}\.\w{2,5}$",
    re.IGNORECASE,
)
_FIRST_PAGE = re.compile(r"^(?:(?:index|default|list|main|home)(?:\.\w{2,5})?)?$", re.IGNORECASE)


def stand_in(title: str, text: str, body: bytes) -> tuple[Outcome, str] | None:
    """GONE or FAILED with the reason for a page that stands in for another; None for a page.

    `text` is what a reader sees, `body` the markup.
    """
    size = sum(map(len, text[: 4 * _MENU].split()))
    if size > _MENU:
        return None
    title = " ".join(title.split())
    is_short = size <= _SHORT
    if _PASSWORD.search(body) and (
        _LOGIN_TITLE.match(title) or (is_short and _LOGIN.search(text) is not None)
    ):
        reason = tr("返回的是登录页，未见原网页", "a login page was given instead of the page")
        return Outcome.FAILED, reason
    if _ERROR_TITLE.match(title) or (is_short and _ERROR.search(text)):
        reason = tr("返回的是错误或拦截页，未见原网页", "an error page was given instead")
        return Outcome.FAILED, reason
    if _GONE_TITLE.match(title) or (is_short and _GONE.search(text)):
        reason = tr("网页称内容不存在或已删除", "the page says that it does not exist")
        return Outcome.GONE, reason
    return None


def is_front_page(url: str) -> bool:
    """Whether an address is spelt like a home page or column: `/`, `/gs/index.html`."""
    try:
        parts = urlsplit(split_posted(url)[0])
    except ValueError:
        return False
    return bool(_FIRST_PAGE.match(parts.path.rpartition("/")[2])) and not parts.query


def is_column(url: str) -> bool:
    """Whether an address is spelt like a column: a front page, or a name that columns have."""
    return is_front_page(url) or bool(_COLUMN.search(urlsplit(url).path))


def is_sent_home(asked: str, final: str) -> bool:
    """Whether a redirect led from a page to a list or home page above it on the same host."""
    try:
        old, new = urlsplit(split_posted(asked)[0]), urlsplit(split_posted(final)[0])
    except ValueError:
        return False
    folder = new.path.rpartition("/")[0]
    if old.hostname != new.hostname or not is_front_page(final):
        return False
    below = old.path.removeprefix(f"{folder}/") if old.path.startswith(f"{folder}/") else ""
    return bool(below) and not _FIRST_PAGE.match(below.rstrip("/"))
