"""Pages that answer 200 and are not the page: which they are, and which only speak of it."""

import pytest

from scanner.model import Outcome
from spiders.standin import is_sent_home, stand_in

MENU = "首页 政务公开 办事服务 互动交流 走进青禾 " * 20
PASSWORD = b"<html><form><input name='p' type=\"password\"></form></html>"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404", MENU),
        ("404 Not Found", "nginx"),
        ("404错误页面-青禾市人民政府", MENU),
        ("页面不存在", MENU),
        ("提示信息", "对不起，您访问的页面不存在或已被删除，5秒后返回首页"),
        ("", "抱歉，没有找到您要的页面"),
        ("青禾市", "文件不存在！"),
        ("", "该信息已删除"),
    ],
)
def test_soft_404(title: str, text: str) -> None:
    found = stand_in(title, text, b"<html></html>")
    assert found is not None
    assert found[0] is Outcome.GONE
    assert found[1]


@pytest.mark.parametrize(
    ("title", "text", "body"),
    [
        ("系统错误", MENU, b""),
        ("出错了", "", b""),
        ("500 Internal Server Error", "nginx", b""),
        ("", "系统繁忙，请稍后再试", b""),
        ("提示", "您的访问过于频繁，请输入验证码", b""),
        ("网站维护中", "网站正在升级维护，请稍后访问", b""),
        ("", "访问被拦截 您的请求疑似攻击行为", b""),
        ("用户登录", MENU, PASSWORD),
        ("统一身份认证", "用户名 密码 验证码", PASSWORD),
        ("青禾市政务信息管理系统", "账号 密码 登 录", PASSWORD),
    ],
)
def test_login_and_error_pages_are_no_answer(title: str, text: str, body: bytes) -> None:
    found = stand_in(title, text, body)
    assert found is not None
    assert found[0] is Outcome.FAILED
    assert found[1]


@pytest.mark.parametrize(
    ("title", "text", "body"),
    [
        ("关于404路公交线路调整的公告", "各位市民：" + "线路调整。" * 80, b""),
        ("关于系统升级维护的通知", "各单位：" + "请提前办理。" * 80, b""),
        ("关于清理信息不存在问题的通报", "全文" * 800, b""),
        ("低保公示", "张三 李四", b""),
        ("", "已处理", b""),
        ("青禾市人民政府", MENU * 3 + "用户登录", PASSWORD),
        ("关于开展登录注册专项检查的通知", "各单位：" + "请按时完成。" * 80, b""),
        ("", "", b""),
    ],
)
def test_pages_that_only_speak_of_it(title: str, text: str, body: bytes) -> None:
    assert stand_in(title, text, body) is None


@pytest.mark.parametrize(
    ("asked", "final", "expected"),
    [
        ("/gs/202609/t1.html", "/", True),
        ("/gs/202609/t1.html", "/index.html", True),
        ("/gs/202609/t1.html", "/gs/", True),
        ("/gs/t1.html", "/gs/index.html", True),
        ("/gs/", "/gs/index.html", False),
        ("/", "/index.html", False),
        ("/gs/t1.html", "/gs/t2.html", False),
        ("/gs/t1.html", "/new/", False),
        ("/gs/t1.html", "/?id=7", False),
    ],
)
def test_sent_home(asked: str, final: str, expected: bool) -> None:
    host = "http://www.example.gov.cn"
    assert is_sent_home(host + asked, host + final) is expected
    assert not is_sent_home(host + asked, "http://other.gov.cn" + final)
