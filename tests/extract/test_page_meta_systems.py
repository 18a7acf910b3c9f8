"""What pages of the systems in use say of themselves: meta names, their own table, their text."""

import pytest

from scanner.extract import extract
from scanner.model import PageMeta

MENU = "".join(f"<li><a href='/c{n}/'>栏目{n}</a></li>" for n in range(90))


def meta_of(body: str, head: str = "") -> PageMeta:
    return extract(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "p").meta


# The page's own table as TRS WCM, 大汉 and 龙讯 print it, each behind a long menu.
TRS = (
    "<table class='xxgk'><tr><td>索 引 号：</td><td>11341000003128069A/202111-00042</td>"
    "<td>主题分类：</td><td>民政</td></tr><tr><td>发文机关：</td><td>青禾市民政局</td>"
    "<td>成文日期：</td><td>2021年11月03日</td></tr><tr><td>标　　题：</td>"
    "<td>关于调整城乡低保标准的通知</td><td>发文字号：</td><td>青民〔2021〕42号</td></tr>"
    "<tr><td>发布日期：</td><td>2021年11月05日</td></tr></table>"
)
JCMS = (
    "<div class='zwgk_head'><ul><li><b>索引号：</b>014010832/2024-00017</li>"
    "<li><b>信息分类：</b>社会救助</li><li><b>发布机构：</b>云岭县民政局</li>"
    "<li><b>文号：</b>云民发〔2024〕7号</li><li><b>公开日期：</b>2024-03-08</li></ul></div>"
)
LONSUN = (
    "<table><tr><th>索引号：</th><td>AA0100-030102-2023-5</td><th>组配分类：</th><td>救助</td></tr>"
    "<tr><th>发布机构：</th><td>石桥镇人民政府</td><th>发布日期：</th>"
    "<td>2023-06-15 16:20</td></tr>"
    "<tr><th>名称：</th><td>石桥镇2023年临时救助公示</td><th>文号：</th><td>无</td></tr></table>"
)


@pytest.mark.parametrize("menu", ["", f"<ul>{MENU}</ul>"])
@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            TRS,
            {
                "index_number": "11341000003128069A/202111-00042",
                "source": "青禾市民政局",
                "published": "2021-11-05",
                "title": "关于调整城乡低保标准的通知",
                "document_number": "青民〔2021〕42号",
            },
        ),
        (
            JCMS,
            {
                "index_number": "014010832/2024-00017",
                "source": "云岭县民政局",
                "published": "2024-03-08",
                "document_number": "云民发〔2024〕7号",
            },
        ),
        (
            LONSUN,
            {
                "index_number": "AA0100-030102-2023-5",
                "source": "石桥镇人民政府",
                "published": "2023-06-15",
                "title": "石桥镇2023年临时救助公示",
                "document_number": "",
            },
        ),
    ],
)
def test_the_pages_own_table(menu: str, table: str, expected: dict[str, str]) -> None:
    meta = meta_of(f"{menu}{table}<p>正文内容</p>")
    assert {name: getattr(meta, name) for name in expected} == expected


def test_meta_names_that_editors_filled_with_nothing() -> None:
    head = (
        '<meta name="ArticleTitle" content="青禾市人民政府">'
        '<meta name="SiteName" content="青禾市人民政府">'
        '<meta name="PubDate" content=""><meta name="ContentSource" content="本站">'
        '<meta name="ColumnName" content="-">'
    )
    meta = meta_of(f"<h1>低保对象名单公示</h1>{TRS}", head)
    assert meta.source == "青禾市民政局"
    assert meta.published == "2021-11-05"
    assert meta.title == "关于调整城乡低保标准的通知"


@pytest.mark.parametrize(
    "crumbs",
    [
        "<div>当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>社会救助</a> &gt; 正文</div>",
        "<div>您的位置： 首页 » 政务公开 » 社会救助</div>",
        "<p>您现在的位置：首页>>政务公开>>社会救助>>内容</p>",
        "<p>所属栏目：社会救助</p>",
    ],
)
def test_the_column_from_the_page(crumbs: str) -> None:
    assert meta_of(f"{crumbs}<h1>公示</h1><p>正文</p>").column == "社会救助"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>关于低保标准的通知</h1><p>青民〔2021〕42号</p><p>各县：</p>", "青民〔2021〕42号"),
        ("<h1>通知</h1><p>青政办发 [2020] 3 号</p>", "青政办发[2020]3号"),
        ("<h1>通知</h1><p>根据国办发〔2017〕47号文件精神，现通知如下。</p>", ""),
        ("<h1>通知</h1><p>第42号</p>", ""),
    ],
)
def test_the_document_number_from_the_text(body: str, expected: str) -> None:
    assert meta_of(body).document_number == expected


def test_the_day_of_publication_goes_before_that_of_signature() -> None:
    assert meta_of("<p>成文日期：2020-01-01 发布日期：2020-02-02</p>").published == "2020-02-02"
    assert meta_of("<p>成文日期：2020-01-01 有效期至2025-01-01</p>").published == "2020-01-01"


def test_the_publisher_goes_before_where_the_text_came_from() -> None:
    body = "<p>来源：某报社</p><p>发布机构：青禾市民政局</p>"
    assert meta_of(body).source == "青禾市民政局"
