"""What a page says about itself: 国办发〔2017〕47号 meta names first, then the page's own table of
rows (索引号, 发布机构, 发文日期, 文号 …), then its text.
"""

import re
from collections.abc import Mapping, Sequence

from scanner.model import Block, BlockKind, PageMeta, Where

_HEAD_BLOCKS = 60  # blocks at the start in which the rows stand
_TABLE_BLOCKS = 600  # a menu may stand before the page's own table
_ROW_WORD = re.compile(
    "索 ?引 ?号|发布(?:机构|机关|日期|时间)|发文(?:机关|日期)|公开(?:主体|日期|时间)|信息来源"
    "|成文日期|文号|发文字号"
)
_HEAD_LENGTH = 6000
_GAP = r"[\s\u3000\u00a0]*"
_END = rf"{_GAP}[\]】]?{_GAP}[:：]?{_GAP}"
_WORD = r"[^\s\u3000\u00a0:：\[\]【】|]"
_INDEX = re.compile(
    rf"索{_GAP}引{_GAP}号(?:码)?{_END}([A-Za-z0-9\u4e00-\u9fff][\w/\-.〔〕()]{{4,50}})"
)
_SOURCES = tuple(
    re.compile(rf"(?:{names}){_END}({_WORD}{{2,40}})")
    for names in (
        r"发布机构|发布机关|公开主体|公开机构|发文机关|发文机构|制发机关|发布单位|发文单位",
        rf"信息来源|稿件来源|文章来源|来{_GAP}源",
    )
)
_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
# In the order in which they are believed: put on the web goes before signed.
_PUBLISHED = tuple(
    re.compile(rf"(?:{names}){_END}{_DATE}")
    for names in (
        r"发布日期|发布时间|公开日期|公开时间|公示时间|发布于",
        r"发文日期|生成日期|成文日期|印发日期|成文时间",
        rf"更新时间|更新日期|时{_GAP}间|日{_GAP}期",
    )
)
_ANY_DATE = re.compile(rf"(?<!\d){_DATE}")
_CODE = re.compile(r"标\s*识\s*码\s*[:：]?\s*(\d{10})(?!\d)")
_AUTHOR = re.compile(rf"(?:作{_GAP}者|责任编辑|编{_GAP}辑){_END}([^\s\u3000\u00a0:：|]{{2,20}})")
_YEAR = r"[〔\[［（(]\s*(?:19|20)\d{2}\s*[〕\]］）)]"
_NUMBER = rf"[\u4e00-\u9fffA-Z]{{1,14}}\s*{_YEAR}\s*第?\s*\d{{1,5}}\s*号"
_NUMBER_ROW = re.compile(
    rf"(?:发{_GAP}文{_GAP}字{_GAP}号|文{_GAP}件{_GAP}编{_GAP}号|公文编号|文{_GAP}号){_END}({_NUMBER}|{_WORD}{{3,40}}?号)"
)
_NUMBER_ANYWHERE = re.compile(_NUMBER)
_NAME_ROW = re.compile(
    rf"(?:信息名称|文件名称|公文名称|标{_GAP}题|名{_GAP}称){_END}([^\s\u3000\u00a0]{{4,120}})"
)
_COLUMN_ROW = re.compile(rf"(?:所属栏目|栏目名称|所在栏目|信息类别){_END}({_WORD}{{2,30}})")
_CRUMBS = re.compile(
    r"(?:当前(?:所在)?位置|您?(?:现在)?(?:所在)?的?位置(?:是)?|所在位置|现在位置)\s*[:：]?\s*([^\n]{3,200})"
)
_CRUMB = re.compile(r"\s*(?:>+|»|›|→|/|\\|＞|-{2,}|\t)\s*")
_NO_COLUMN = frozenset(
    ("首页", "正文", "内容", "详情", "信息详情", "内容详情", "文章", "浏览文章", "查看")
)
_TITLE_TAIL = re.compile(r"\s*[-_|–—]\s*[^-_|–—]*$")
# What editors write into a field that must not be empty.
_EMPTY = frozenset(
    (
        "",
        "-",
        "--",
        "/",
        "无",
        "null",
        "undefined",
        "none",
        "本站",
        "本网",
        "本站原创",
        "原创",
        "未知",
    )
)


def of_page(metas: Mapping[str, str], blocks: Sequence[Block]) -> PageMeta:
    """`metas`: lower-case meta names to contents. Rows of the page fill what they leave empty."""
    head = _head_text(blocks)
    index_number = _first(_INDEX, head)
    return PageMeta(
        site_name=_meta(metas, "sitename"),
        site_domain=_meta(metas, "sitedomain"),
        site_code=_meta(metas, "siteidcode") or _site_code(blocks),
        column=_meta(metas, "columnname") or _column(head),
        title=_title(metas, blocks, head, bool(index_number)),
        published=_published(metas, head),
        source=_source(metas, head),
        author=_meta(metas, "author") or _first(_AUTHOR, head),
        index_number=index_number,
        document_number=_document_number(head, blocks),
    )


def of_text(blocks: Sequence[Block]) -> PageMeta:
    """Of a text without meta names, such as a page saved as text."""
    return of_page({}, blocks)


def _meta(metas: Mapping[str, str], name: str) -> str:
    value = metas.get(name, "").strip()
    return "" if value.lower() in _EMPTY else value


def _title(metas: Mapping[str, str], blocks: Sequence[Block], head: str, has_table: bool) -> str:
    """Meta, then the page's own table, then its heading, then the title of the window."""
    said = _meta(metas, "articletitle")
    if said and said != _meta(metas, "sitename"):
        return said
    row = _first(_NAME_ROW, head) if has_table else ""
    return row or _heading(blocks) or _page_title(blocks)


def _published(metas: Mapping[str, str], head: str) -> str:
    dates = [_ANY_DATE.search(metas.get("pubdate", ""))]
    dates += [pattern.search(head) for pattern in _PUBLISHED]
    dates.append(_ANY_DATE.search(head[:400]))
    return next((iso for iso in map(_iso, dates) if iso), "")


def _source(metas: Mapping[str, str], head: str) -> str:
    said = _meta(metas, "contentsource")
    if said:
        return said
    for pattern in _SOURCES:
        for found in pattern.finditer(head):
            if found[1].lower() not in _EMPTY:
                return found[1]
    return ""


def _column(head: str) -> str:
    row = _first(_COLUMN_ROW, head)
    if row:
        return row
    found = _CRUMBS.search(head)
    if not found:
        return ""
    crumbs = [crumb.strip() for crumb in _CRUMB.split(found[1])]
    named = [crumb for crumb in crumbs if crumb and crumb not in _NO_COLUMN and len(crumb) <= 30]
    return named[-1] if len(crumbs) > 1 and named else ""


def _document_number(head: str, blocks: Sequence[Block]) -> str:
    """文号: of the row, or else of the title or the lines under it."""
    row = _NUMBER_ROW.search(head)
    if row:
        return "".join(row[1].split())
    for text in (_heading(blocks), _page_title(blocks), *_first_lines(blocks)):
        found = _NUMBER_ANYWHERE.fullmatch(text.strip())
        if found:
            return "".join(found[0].split())
    return ""


def _first_lines(blocks: Sequence[Block]) -> list[str]:
    """Short paragraphs at the start; a number inside a sentence is that of another document."""
    shown = [b.text for b in blocks[:_HEAD_BLOCKS] if b.where is Where.VISIBLE]
    return [text for text in shown if len(text) <= 40]


def _head_text(blocks: Sequence[Block]) -> str:
    out: list[str] = []
    length = 0
    for number, block in enumerate(blocks[:_TABLE_BLOCKS]):
        if block.where is not Where.VISIBLE or block.kind is BlockKind.FIELD:
            continue
        text = block.text[:2000]
        if number >= _HEAD_BLOCKS and _ROW_WORD.search(text) is None:
            continue
        out.append(text.replace("\t", " ").replace("\x1d", " "))
        length += len(text)
        if length > _HEAD_LENGTH:
            break
    return "\n".join(out)


def _site_code(blocks: Sequence[Block]) -> str:
    for block in reversed(blocks[-20:]):
        found = _CODE.search(block.text[:5000])
        if found is not None:
            return found.group(1)
    return ""


def _heading(blocks: Sequence[Block]) -> str:
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.where is Where.VISIBLE and len(block.text) > 3:
            return block.text.replace("\n", "")
    return ""


def _page_title(blocks: Sequence[Block]) -> str:
    for block in blocks:
        if block.kind is BlockKind.TITLE:
            return _TITLE_TAIL.sub("", block.text) or block.text
    return ""


def _first(expression: re.Pattern[str], text: str) -> str:
    found = expression.search(text)
    return found.group(1) if found is not None else ""


def _iso(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    year, month, day = (int(part) for part in found.groups())
    if not (1980 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"
