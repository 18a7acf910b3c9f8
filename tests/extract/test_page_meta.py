"""What a page says about itself, its footer, and pictures inside it."""

from scanner.extract import extract
from scanner.model import BlockKind, Document, PageMeta


def page(body: str, head: str = "") -> Document:
    return extract(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "p")


def test_meta_names_of_the_guideline_come_first() -> None:
    named = {
        "SiteName": "某县人民政府",
        "SiteDomain": "www.example.gov.cn",
        "SiteIDCode": "3401000001",
        "ColumnName": "通知公告",
        "ArticleTitle": "名单公示",
        "PubDate": "2023-02-16 12:56",
        "ContentSource": "某县民政局",
        "Author": "张三",
    }
    head = "".join(f'<meta name="{name}" content="{text}">' for name, text in named.items())
    document = page("<h1>别的标题</h1><p>发布日期：2020-01-01 来源：别处</p>", head)
    assert document.meta == PageMeta(
        site_name="某县人民政府",
        site_domain="www.example.gov.cn",
        site_code="3401000001",
        column="通知公告",
        title="名单公示",
        published="2023-02-16",
        source="某县民政局",
        author="张三",
    )


def test_rows_of_the_page_fill_what_is_missing() -> None:
    document = page(
        "<table><tr><th>索引号:</th><td>114510254000912155/201811-00105</td><th>发布机构:</th>"
        "<td>某乡人民政府</td></tr><tr><th>发布日期:</th><td>2018年11月6日</td><td></td><td></td></tr>"
        "</table><h2>脱贫户名单公告</h2><p>正文</p><div class='foot'>网站标识码：3401000001</div>",
        "<title>别的-某县人民政府</title>",
    )
    meta = document.meta
    assert meta.index_number == "114510254000912155/201811-00105"
    assert (meta.source, meta.published) == ("某乡人民政府", "2018-11-06")
    assert (meta.title, meta.site_code) == ("脱贫户名单公告", "3401000001")


def test_title_without_the_name_of_the_site() -> None:
    assert page("<p>正文</p>", "<title>名单公示-某县人民政府</title>").meta.title == "名单公示"


def test_impossible_dates_are_no_dates() -> None:
    assert page("<p>发布日期：2023-13-45</p>").meta.published == ""


def test_footer_by_tag_class_and_words() -> None:
    owner = "<p>主办单位：某县人民政府</p><p>皖ICP备12345678号 电话：0556-5347099</p>"
    article = "<h1>公示</h1><p>联系人：张三，电话：13800138000</p>"
    for footer in (
        f"<footer>{owner}</footer>",
        f'<div class="page-foot">{owner}</div>',
        f'<table id="bottom"><tr><td>{owner}</td></tr></table>',
        owner,
    ):
        document = page(article + footer)
        kinds = {block.text[:4]: block.kind for block in document.blocks}
        assert kinds["主办单位"] is BlockKind.FOOTER
        assert kinds["皖ICP"] is BlockKind.FOOTER
        assert kinds["联系人："] is BlockKind.PARAGRAPH


def test_a_short_article_between_two_site_lines_is_no_footer() -> None:
    contact = "<p>联系人：张三，电话：13800138000</p>"
    document = page(f"<p>首页 网站地图 版权所有</p>{contact}<p>皖ICP备12345678号</p>")
    kinds = [block.kind for block in document.blocks]
    assert kinds[1:] == [BlockKind.PARAGRAPH, BlockKind.FOOTER]


def test_what_only_looks_like_a_footer() -> None:
    long = "<p>关于项目的说明文字，内容较多。</p>" * 200
    for body in (
        f'<div class="bottom">{long}<p>版权所有</p></div>',
        '<div class="border-bottom"><p>关于项目的说明文字，内容较多。</p></div>',
        "<article><header><h1>关于项目的说明</h1></header><p>关于项目的说明文字</p></article>",
    ):
        assert not [b for b in page(body).blocks if b.kind is BlockKind.FOOTER and "关于" in b.text]


def test_pictures_inside_the_page_are_named() -> None:
    document = page('<img src="data:image/png;base64,' + "A" * 3000 + '"><p>正文</p>')
    assert len(document.unread) == 1
    assert document.text == "正文"
