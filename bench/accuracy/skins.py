"""Site skins: what stands around an article on the sites of public bodies.

Each skin writes header, breadcrumb, information table, title, byline, body and footer, and labels
what it writes: the switchboard and mailbox of the footer are lawful; filing numbers, site code
and index number are nobody's data.
"""

# ruff: noqa: E501 -- the sentences of a page stay on one line

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench.accuracy import numbers
from bench.accuracy.kit import Kit
from bench.accuracy.labels import MANDATED

FOOTER = "页脚列明的主办单位联系方式(国办发〔2017〕47号)"
_NAV = ["首页", "新闻动态", "政务公开", "办事服务", "互动交流", "专题专栏", "数据开放", "走进本县"]


@dataclass(frozen=True, slots=True)
class Skin:
    """A skin: how its pages may be encoded and what they look like."""

    name: str
    weight: int
    encodings: tuple[str, ...]
    write: Callable[[Kit], str]


def _site(kit: Kit) -> str:
    return f"{kit.county.name}人民政府"


def _index(kit: Kit) -> str:
    body = kit.pick(
        numbers.credit_code(kit.rng, kit.county.area, "11"),
        f"00{numbers.digits(kit.rng, 7)}",
        f"11{kit.county.area}{numbers.digits(kit.rng, 9)}X",
    )
    value = f"{body}/{kit.day:%Y}-{numbers.digits(kit.rng, 5)}"
    return kit.no(value, "id_card/mobile", "信息公开索引号", "index_number")


def _codes(kit: Kit) -> tuple[str, str, str]:
    area = kit.county.area
    site = kit.no(f"{area}{numbers.digits(kit.rng, 4)}", "mobile", "网站标识码", "site_code")
    icp = kit.no(
        f"{kit.county.letter}ICP备{numbers.digits(kit.rng, 8)}号", "mobile", "ICP备案号", "icp"
    )
    police = kit.no(
        f"{area}02{numbers.digits(kit.rng, 6)}", "id_card", "公安备案号", "police_filing"
    )
    return site, icp, police


def _mail(kit: Kit) -> str:
    value = kit.email_value(org=kit.chance(0.3))
    return kit.put("email", value, MANDATED, basis=FOOTER, raw=value)


def meta_tags(metas: Iterable[tuple[str, str]]) -> str:
    """The meta elements of names and contents."""
    return "".join(f'<meta name="{name}" content="{content}">\n' for name, content in metas)


def _head(kit: Kit, charset: str = "utf-8") -> str:
    metas = [
        ("SiteName", _site(kit)),
        ("ColumnName", kit.column),
        ("ArticleTitle", kit.title),
        ("PubDate", f"{kit.day:%Y-%m-%d} 09:30"),
        ("ContentSource", kit.unit),
        *kit.metas,
    ]
    tags = meta_tags(metas)
    return f'<head><meta charset="{charset}"><title>{kit.title}_{_site(kit)}</title>\n{tags}</head>'


def _nav(tag: str = "li") -> str:
    return "".join(f"<{tag}><a href='/{i}/'>{word}</a></{tag}>" for i, word in enumerate(_NAV))


def _body(kit: Kit) -> str:
    scripts = "".join(f'<script type="text/javascript">{s}</script>' for s in kit.scripts)
    return "\n".join(kit.parts) + scripts


def _provincial(kit: Kit) -> str:
    site, icp, police = _codes(kit)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">{_head(kit)}
<body><div class="topbar"><a href="/wza">无障碍浏览</a> | <a href="/zzms">长者模式</a></div>
<div class="location">当前位置：<a href="/">网站首页</a> &gt; <a>信息公开</a> &gt; <a>{kit.unit}</a> &gt; {kit.column}</div>
<table class="gk_head" width="100%"><tr><th>索引号</th><td>{_index(kit)}</td><th>信息分类</th><td>{kit.column}</td></tr>
<tr><th>发布机构</th><td>{kit.unit}</td><th>发文日期</th><td>{kit.day:%Y-%m-%d}</td></tr>
<tr><th>标题</th><td>{kit.title}</td><th>有效性</th><td>有效</td></tr></table>
<h1>{kit.title}</h1><div class="info">发布日期：{kit.day:%Y-%m-%d} 10:12　来源：{kit.unit}　阅读：{kit.rng.randrange(30, 9000)}</div>
<div class="article" id="zoom">{_body(kit)}</div>
<div class="print"><a href="javascript:window.print()">打印</a> <a>关闭</a></div>
<div class="foot"><p>主办：{_site(kit)}办公室　网站标识码：{site}</p><p>{icp}　{kit.county.letter}公网安备 {police}号</p>
<p>网站联系电话：{kit.office(FOOTER)}　邮箱：{_mail(kit)}</p></div></body></html>"""


def _list_info(kit: Kit) -> str:
    site, icp, police = _codes(kit)
    return f"""<!DOCTYPE html>
<html>{_head(kit)}
<body><header><ul class="menu">{_nav()}</ul></header>
<div class="crumbs">您的位置：首页 / 政务公开 / {kit.column}</div>
<ul class="meta-list"><li><b>索 引 号：</b>{_index(kit)}</li><li><b>主题分类：</b>{kit.column}</li>
<li><b>公开责任部门：</b>{kit.unit}</li><li><b>成文日期：</b>{kit.day.year}年{kit.day.month}月{kit.day.day}日</li></ul>
<div class="doc-title">{kit.title}</div><p class="src">信息来源：{kit.unit}　发布时间：{kit.day:%Y-%m-%d %H:%M}</p>
<div class="TRS_PreAppend">{_body(kit)}</div>
<p>用手机扫一扫阅读本文</p>
<footer><ul><li>承办：{_site(kit)}办公室</li><li>联系方式：{kit.office(FOOTER)}</li><li>网站标识码 {site}</li><li>{icp}</li><li>公安备案 {police}</li></ul></footer></body></html>"""


def _cms(kit: Kit) -> str:
    site, icp, police = _codes(kit)
    older = kit.no(numbers.digits(kit.rng, 8), "landline", "网页编号", "url_number")
    return f"""<html xmlns="http://www.w3.org/1999/xhtml">{_head(kit, "UTF-8")}
<body><div id="nav">{_nav("span")}</div><div class="pos">当前位置: 首页 &gt;&gt; {kit.column} &gt;&gt; 正文</div>
<form name="content_form"><h2 align="center">{kit.title}</h2>
<div align="center">{kit.day.year}年{kit.day.month:02d}月{kit.day.day:02d}日 08:45　{kit.unit}　点击：<span id="n_hits">{kit.rng.randrange(20, 4000)}</span></div>
<div id="content_body">{_body(kit)}</div></form>
<p>上一条：<a href="{older}.htm">关于组织开展专项检查的通知</a></p>
<div class="copyright"><p>版权所有 {_site(kit)}　地址：{kit.county.name}行政中心　电话：{kit.office(FOOTER)}</p>
<p>{icp} 网站标识码：{site} {kit.county.letter}公网安备{police}号</p></div></body></html>"""


def _old(kit: Kit) -> str:
    site, icp, police = _codes(kit)
    return f"""<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=gb2312"><TITLE>{kit.title}</TITLE>{meta_tags(kit.metas)}</HEAD>
<BODY bgColor=#ffffff><TABLE width=960 align=center><TR><TD background="/img/banner.gif" height=110>&nbsp;</TD></TR>
<TR><TD>{" | ".join(_NAV)}</TD></TR><TR><TD align=center><FONT color=#cc0000 size=4><B>{kit.title}</B></FONT></TD></TR>
<TR><TD align=right>[{kit.day:%Y-%m-%d}]　【字号 大 中 小】</TD></TR><TR><TD>
{_body(kit)}
</TD></TR></TABLE><HR><CENTER>主办：{_site(kit)}　{icp}　标识码：{site}　备案：{police}<BR>维护电话：{kit.office(FOOTER)}</CENTER></BODY></HTML>"""


def _mobile(kit: Kit) -> str:
    site, icp, police = _codes(kit)
    return f"""<!DOCTYPE html><html>{_head(kit)}<body class="wap"><header>{_site(kit)} · 手机版</header>
<article><h3>{kit.title}</h3><time>{kit.day:%Y-%m-%d}</time><section>{_body(kit)}</section></article>
<nav><a href="/m/">返回首页</a><a href="#top">回到顶部</a></nav>
<footer><p>{_site(kit)}主办</p><p>值班电话 {kit.office(FOOTER)}</p><p>{icp} | {site} | {police}</p></footer></body></html>"""


def _editor(kit: Kit) -> str:
    """A page pasted from a word processor, every paragraph styled."""
    site, icp, police = _codes(kit)
    style = 'class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"'
    body = _body(kit).replace("<p>", f"<p {style}>")
    editor = kit.person()
    signed = kit.put(
        "person_name", editor.name, MANDATED, raw=editor.name, contested=True, basis="信息发布署名"
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html>{_head(kit)}<body><div class="logo"><img src="/images/logo.png" alt="{_site(kit)}"/></div>
<div class="dqwz">首页&gt;政务公开&gt;{kit.column}</div><div class="xxgk"><span>索引号：{_index(kit)}</span><span>发布机构：{kit.unit}</span></div>
<h1 class="art_title">{kit.title}</h1><div class="art_info"><span>时间：{kit.day:%Y-%m-%d}</span><span>编辑：{signed}</span></div>
<div id="art_con">{body}</div><div class="share">分享到：微信 微博</div>
<div class="bottom"><span>主办单位：{_site(kit)}</span><span>咨询电话：{kit.office(FOOTER)}</span><span>邮箱：{_mail(kit)}</span><br/>
<span>{icp}</span><span>{kit.county.letter}公网安备{police}号</span><span>标识码{site}</span></div></body></html>"""


def _app(kit: Kit) -> str:
    """A page with the article's head data once more in a script."""
    site, icp, police = _codes(kit)
    number = kit.no(numbers.digits(kit.rng, 11), "mobile", "文章编号", "script_number")
    return f"""<!DOCTYPE html><html lang="zh">{_head(kit)}<body><div id="app"><div class="crumb">首页 · {kit.column}</div>
<h1>{kit.title}</h1><div class="by"><i>{kit.unit}</i><i>{kit.day:%Y-%m-%d}</i></div><main>{_body(kit)}</main>
<footer><div>主办：{_site(kit)} 电话：{kit.office(FOOTER)}</div><div>{icp} {police} 网站标识码{site}</div></footer></div>
<script>window.__STATE__={{"article":{{"id":{number},"title":"{kit.title}","column":"{kit.column}","views":{kit.rng.randrange(10, 99999)}}}}};</script></body></html>"""


SKINS = (
    Skin("provincial", 5, ("utf-8", "utf-8", "utf-8", "gb18030"), _provincial),
    Skin("list_info", 4, ("utf-8",), _list_info),
    Skin("cms", 4, ("utf-8",), _cms),
    Skin("old", 3, ("gb18030", "gb18030", "utf-8"), _old),
    Skin("mobile", 2, ("utf-8",), _mobile),
    Skin("editor", 4, ("utf-8", "utf-8", "utf-16"), _editor),
    Skin("app", 2, ("utf-8",), _app),
)


def choose(kit: Kit) -> tuple[Skin, str]:
    """A skin and an encoding for this page; the declaration may lie, as it does on real sites."""
    skin = kit.rng.choices(SKINS, weights=[skin.weight for skin in SKINS])[0]
    return skin, kit.rng.choice(skin.encodings)
