"""Sites in a box: each publishes items over its list pages the way one of the systems in use does.

The shapes follow what public pages of these systems show; the items are invented. A function
`SYSTEMS[name]` puts the site on a server and gives the path of its column.
"""

import json
from collections.abc import Callable, Sequence

from tests.servers import Answer, Seen, TestSite

SHOWN = 20  # items on one list page
PER_PAGE = 19  # of the jpage script, three pages to a group
GROUP = 3 * PER_PAGE
JSON = "application/json; charset=utf-8"
XML = "text/xml; charset=utf-8"


def item(number: int) -> str:
    return f"/art/2026/9/{number % 28 + 1}/art_33718_{number}.html"


def items(site: TestSite, count: int) -> list[str]:
    paths = [item(number) for number in range(count)]
    for number, path in enumerate(paths):
        site.add(path, f"<html><title>公示{number}</title><body><p>公示{number}</p></body></html>")
    return paths


def rows(paths: Sequence[str], quote: str = '"') -> str:
    return "".join(f"<li><a href={quote}{path}{quote}>公示</a></li>" for path in paths)


def page(body: str, head: str = "") -> Answer:
    return Answer(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def slices(paths: Sequence[str], size: int = SHOWN) -> list[Sequence[str]]:
    return [paths[start : start + size] for start in range(0, len(paths), size)]


def trs(call: str, from_one: bool = False) -> Callable[[TestSite, int], str]:
    """TRS WCM; `call` has holes for records, pages and the current number."""

    def build(site: TestSite, count: int) -> str:
        lists = slices(items(site, count))
        for number, shown in enumerate(lists):
            own = number + 1 if from_one else number
            script = call.format(records=count, pages=len(lists), current=own)
            name = "index" if number == 0 else f"index_{own}"
            site.pages[f"/zwgk/gs/{name}.html"] = page(f"{rows(shown)}<script>{script}</script>")
        return "/zwgk/gs/index.html"

    return build


def _datastore(paths: Sequence[str], following: str, total: int) -> str:
    shown = "".join(f"<record><![CDATA[{rows([path], chr(39))}]]></record>" for path in paths)
    link = f'<a href="{following}"></a>' if following else ""
    return (
        f"<datastore><nextgroup><![CDATA[{link}]]></nextgroup><recordset>{shown}</recordset>"
        f"<totalrecord>{total}</totalrecord></datastore>"
    )


def _jpage_next(number: int, proxy: str) -> str:
    return (
        f"{proxy}?page={number}&appid=1&webid=1&path=/&columnid=33718&unitid=212860"
        "&webname=%E9%9D%92%E7%A6%BE&permissiontype=0"
    )


def jpage_groups(proxy: str, entities: bool = False) -> Callable[[TestSite, int], str]:
    """The datastore on the page, each group leading to the next."""

    def build(site: TestSite, count: int) -> str:
        groups = slices(items(site, count), GROUP)

        def group(number: int) -> str:
            if number >= len(groups):
                return _datastore((), "", count)
            following = _jpage_next(number + 1, proxy) if number + 1 < len(groups) else ""
            return _datastore(groups[number], following, count)

        def answer(seen: Seen) -> Answer:
            return Answer(group(int(seen.fields["page"])).encode(), content_type=XML)

        site.programs[proxy] = answer
        data = group(0).replace("&", "&amp;") if entities else group(0)
        site.pages["/col/col33718/index.html"] = page(
            f'<div id="212860"><script type="text/xml">{data}</script></div>'
            f"<script>$('#212860').jpage({{totalRecord:{count}, perPage:{PER_PAGE}}});</script>"
        )
        return "/col/col33718/index.html"

    return build


def jpage_records(
    proxy: str, method: str = "POST", as_array: bool = False, embedded: bool = True
) -> Callable[[TestSite, int], str]:
    """The script asks for records by their numbers, with the fields of its settings."""

    def shown(paths: Sequence[str], total: int) -> str:
        if as_array:
            quoted = ",\n".join(f'"{rows([path], chr(39))}"' for path in paths)
            return f"totalRecord:{total};\nvar dataStore = [{quoted}];"
        return _datastore(paths, "", total)

    def build(site: TestSite, count: int) -> str:
        paths = items(site, count)

        def answer(seen: Seen) -> Answer:
            fields = seen.fields
            wanted = {"columnid": "33718", "unitid": "212860", "webname": "青禾市", "col": "1"}
            if seen.method != method or any(fields.get(name) != wanted[name] for name in wanted):
                return Answer(b"", 500)
            first, last = int(fields["startrecord"]), int(fields["endrecord"])
            if last - first >= GROUP:
                return Answer(b"", 500)
            kind = "text/javascript" if as_array else XML
            return Answer(shown(paths[first - 1 : last], count).encode(), content_type=kind)

        site.programs[proxy] = answer
        first = shown(paths[:GROUP], count) if embedded else ""
        kind = "text/javascript" if as_array else "text/xml"
        site.pages["/col/col33718/index.html"] = page(
            f'<div id="212860"><script type="{kind}">{first}</script></div><script>'
            f"$('#212860').jpage({{themeName:'default', totalRecord:{count}, perPage:{PER_PAGE},"
            f"proxyUrl:'{proxy}', groupSize:3, ajaxType:'{method.lower()}', ajaxParam:"
            "{col:1, appid:1, webid:1, path:'/', columnid:33718, sourceContentType:1,"
            " unitid:'212860', webname:'青禾市', permissiontype:0}});</script>"
        )
        return "/col/col33718/index.html"

    return build


def lonsun(
    prefix: str = "", kind: str = "html", named: bool = False
) -> Callable[[TestSite, int], str]:
    """龙讯: the container is empty, and a script fetches every page."""
    label = f"{prefix}/site/label/8888"

    def build(site: TestSite, count: int) -> str:
        lists = slices(items(site, count))

        def answer(seen: Seen) -> Answer:
            fields = seen.fields
            if fields.get("siteId") != "6795621" or fields.get("organId") != "6615904":
                return Answer(b"", 500)
            number = int(fields["pageIndex"])
            paths = lists[number - 1] if 1 <= number <= len(lists) else ()
            if kind == "html":
                pager = f"<div>共{len(lists)}页</div>" if paths else ""
                return Answer(f"<ul>{rows(paths)}</ul>{pager}".encode())
            listed = [{"title": "公示", "link": path, "id": 1} for path in paths]
            data = {"pageIndex": number, "total": count, "data": listed}
            return Answer(json.dumps(data).encode(), content_type=JSON)

        site.programs[label] = answer
        query = (
            f"IsAjax=1&dataType={kind}&isJson={str(kind == 'json').lower()}&labelName="
            "publicInfoList&siteId=6795621&pageSize=20&pageIndex=&action=list&isDate=true"
            "&dateFormat=yyyy-MM-dd&organId=6615904&type=4&catId=6718758"
        )
        script = f'<script>load("{label}?{query}");</script>' if named else ""
        site.pages[f"{prefix}/public/column/6615904?type=4&catId=6718758&action=list"] = page(
            f'<div id="xxgk_lmcon"></div>{script}', '<meta name="SiteId" content="6795621">'
        )
        return f"{prefix}/public/column/6615904?type=4&catId=6718758&action=list"

    return build


def numbered(
    address: str, pager: str, first: str = "/list/index.html"
) -> Callable[[TestSite, int], str]:
    """Plain paging; `pager` has holes for the total, the next address and the next number."""

    def build(site: TestSite, count: int) -> str:
        lists = slices(items(site, count))
        for number, shown in enumerate(lists, 1):
            path = first if number == 1 else address.format(number)
            following = address.format(number + 1) if number < len(lists) else "#"
            bar = pager.format(total=len(lists), next=following, number=number + 1)
            site.pages[path] = page(rows(shown) + bar)
        return first

    return build


def more(script: str, method: str = "GET", as_json: bool = True) -> Callable[[TestSite, int], str]:
    """「加载更多」: the first records stand on the page, the others come while there are any."""

    def build(site: TestSite, count: int) -> str:
        lists = slices(items(site, count))

        def answer(seen: Seen) -> Answer:
            if seen.method != method:
                return Answer(b"", 405)
            number = int(
                next(seen.fields[name] for name in ("page", "pageNo", "pn") if name in seen.fields)
            )
            paths = lists[number - 1] if 1 <= number <= len(lists) else ()
            if as_json:
                return Answer(json.dumps({"html": rows(paths)}).encode(), content_type=JSON)
            return Answer(rows(paths).encode())

        site.programs["/api/more.do"] = answer
        site.pages["/news/"] = page(f"<ul>{rows(lists[0])}</ul>{script}")
        return "/news/"

    return build


_TOTAL = '<a href="{next}">{number}</a> 共{total}页'
_AJAX = (
    "<a onclick='load()'>加载更多</a><script>var p=1;function load(){{p++;"
    "$.ajax({{url:'/api/more.do',"
    "type:'{0}',dataType:'json',data:{{pageNo:p, pageSize:20, channelId:'331'}},success:show}})}}"
    "</script>"
)
SYSTEMS: dict[str, Callable[[TestSite, int], str]] = {
    "trs": trs('createPageHTML({pages}, {current}, "index", "html")'),
    "trs spaced": trs("createPageHTML( {pages} , {current} , 'index' , 'html' )"),
    "trs records": trs('createPageHTML({records}, {pages}, {current}, "index", "html")'),
    "trs from one": trs(
        "createPageHTML('page_div', {pages}, {current}, 'index', 'html', {records})", from_one=True
    ),
    "jpage": jpage_groups("/module/web/jpage/dataproxy.jsp"),
    "jpage old": jpage_groups("/module/jslib/jquery/jpage/dataproxy.jsp", entities=True),
    "jpage post": jpage_records("/module/jpage/dataproxy.jsp"),
    "jpage more column": jpage_records("/module/jpage/morecolumndataproxy.jsp", embedded=False),
    "jpage get": jpage_records("/module/web/jpage/dataproxy.jsp", method="GET"),
    "jpage array": jpage_records("/module/jpage/dataproxy.jsp", as_array=True),
    "lonsun": lonsun(),
    "lonsun prefix": lonsun("/wuhu"),
    "lonsun named": lonsun("/zwgk", named=True),
    "lonsun json": lonsun(kind="json", named=True),
    "plain query": numbered("/list/index.html?page={}", _TOTAL),
    "plain file": numbered("/list/index_{}.html", _TOTAL),
    "plain list": numbered("/list/list_{}.html", _TOTAL, "/list/list.html"),
    "plain folder": numbered("/list/page/{}/", _TOTAL, "/list/"),
    "plain program": numbered(
        "/list.jsp?urltype=tree&pageNum={}&id=7",
        "<script>var totalPage = {total};</script>",
        "/list.jsp?urltype=tree&pageNum=1&id=7",
    ),
    "next only": numbered("/list/index_{}.html", '<a href="{next}">下一页</a>'),
    "next sign": numbered("/list.jsp?pn={}", '<a href="{next}">下页 &gt;</a>', "/list.jsp"),
    "more get": more(
        "<a>加载更多</a><script>$.get('/api/more.do?page=' + (++page) + '&size=20', show)</script>",
        as_json=False,
    ),
    "more button": more('<div data-url="/api/more.do?pn=2&amp;size=20" class="b">查看更多</div>'),
    "more ajax": more(_AJAX.format("get")),
    "more post": more(_AJAX.format("post"), method="POST"),
    "more short post": more(
        "<p>点击加载更多</p>"
        "<script>$.post('/api/more.do', {page: page + 1, rows: 20}, show)</script>",
        method="POST",
        as_json=False,
    ),
}
