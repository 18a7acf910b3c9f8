"""The site under construction: files as served, and the record of every planted value."""

import html
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

HOST_NOTE = "青禾市及其县、镇均为虚构，页面人物与号码均为生成数据。"

READ = "read"
ROBOTS = "excluded_by_robots"


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted value and its place.

    `kind` is an output type of the scanner; `disposition` is what a careful reader would say of
    the value; `reach` says whether a sweep can come to it at all.
    """

    path: str  # as in the URL, "/smzj/..."
    kind: str
    value: str  # half width, no separators; a masked value as shown
    raw: str  # as written
    where: str
    disposition: str
    person: str
    reach: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What every page says of itself (the meta names of 国办发〔2017〕47号)."""

    path: str
    title: str
    unit: str
    column: str
    published: str  # YYYY-MM-DD
    index_number: str = ""


@dataclass
class Site:
    """Files by path, and what was planted in them."""

    files: dict[str, bytes] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)

    def page(self, notice: Notice, body: str, *, encoding: str = "utf-8", head: str = "") -> None:
        """Add an HTML page in the site's usual dress."""
        self.files[notice.path] = _dress(notice, body, encoding, head).encode(encoding)

    def plot(self, path: str, reach: str = READ) -> "Plot":
        """The ground to plant values in, for the page or file at `path`."""
        return Plot(self, path, reach)

    def write(self, folder: Path, manifest: Path) -> None:
        """Write the files under `folder` and the planted values to `manifest`."""
        for path, body in self.files.items():
            target = folder / path.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
        manifest.write_text(self.manifest(), encoding="utf-8")

    def manifest(self) -> str:
        """The planted values as JSON, one a line, in the order of planting."""
        rows = ",\n".join(json.dumps(asdict(p), ensure_ascii=False) for p in self.planted)
        return f"[\n{rows}\n]\n"


@dataclass(frozen=True)
class Plot:
    """Plants values of one page or file; every call returns the text to write there."""

    site: Site
    path: str
    reach: str

    def put(
        self,
        kind: str,
        value: str,
        person: str,
        *,
        raw: str = "",
        where: str = "visible",
        disposition: str = "leak",
    ) -> str:
        """Record a value and give it back as written."""
        written = raw or value
        self.site.planted.append(
            Planted(self.path, kind, value, written, where, disposition, person, self.reach)
        )
        return written


def table(header: list[str], rows: list[list[str]], caption: str = "") -> str:
    """An HTML table; cells are HTML already."""
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    title = f"<caption>{caption}</caption>" if caption else ""
    return f'<table border="1" cellspacing="0">{title}\n<tr>{head}</tr>\n{body}</table>\n'


def paragraphs(*texts: str) -> str:
    """Paragraphs; the texts are HTML already."""
    return "".join(f"<p>{text}</p>\n" for text in texts)


def attachment(href: str, name: str) -> str:
    """The line under a notice that links a file."""
    return f'<p class="fj">附件：<a href="{href}">{name}</a></p>\n'


def link_list(entries: list[tuple[str, str, str]]) -> str:
    """A column's list: (href, title, date)."""
    items = "".join(
        f'<li><a href="{href}" title="{title}">{title}</a><span>{day}</span></li>\n'
        for href, title, day in entries
    )
    return f'<ul class="list">\n{items}</ul>\n'


def _dress(notice: Notice, body: str, encoding: str, head: str) -> str:
    title = html.escape(notice.title)
    index = notice.index_number
    rows = (
        '<table class="xxgk_head"><tr><th>索引号：</th>'
        f"<td>{index}</td><th>发布机构：</th><td>{notice.unit}</td></tr><tr><th>信息名称：</th>"
        f"<td>{title}</td><th>发布日期：</th><td>{notice.published}</td></tr></table>\n"
        if index
        else ""
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{encoding}"/>
<title>{title}_青禾市人民政府</title>
<meta name="SiteName" content="青禾市人民政府"/>
<meta name="SiteDomain" content="www.example.gov.cn"/>
<meta name="SiteIDCode" content="3499000001"/>
<meta name="ColumnName" content="{notice.column}"/>
<meta name="ArticleTitle" content="{title}"/>
<meta name="PubDate" content="{notice.published} 09:30"/>
<meta name="ContentSource" content="{notice.unit}"/>
{head}</head>
<body>
<div class="top"><a href="/index.html">青禾市人民政府</a> <a href="/smzj/index.html">市民政局</a>
<a href="/yunling/index.html">云岭县</a> <a href="/shiqiao/index.html">石桥镇</a>
<a href="/bszn/index.html">办事指南</a></div>
{rows}<h1>{title}</h1>
<div class="info">发布时间：{notice.published} 来源：{notice.unit}</div>
<div class="content">
{body}</div>
<div class="footer"><p>主办：青禾市人民政府办公室 电话：0556-5340000 网站标识码：3499000001</p>
<p>皖ICP备20260001号-1 皖公网安备34990002000001号</p><p>{HOST_NOTE}</p></div>
</body></html>
"""
