"""What a page says about itself: 国办发〔2017〕47号 meta names first, then the page's own rows."""

import re
from collections.abc import Mapping, Sequence

from scanner.model import Block, BlockKind, PageMeta, Where

_HEAD_BLOCKS = 60  # blocks at the start in which the rows stand
_GAP = r"[\s\u3000\u00a0]*"
_END = rf"{_GAP}[\]】]?{_GAP}[:：]?{_GAP}"
_INDEX = re.compile(rf"索{_GAP}引{_GAP}号{_END}([A-Za-z0-9][A-Za-z0-9/\-_.〔〕()]{{5,50}})")
_SOURCE = re.compile(
    rf"(?:信息来源|稿件来源|文章来源|来{_GAP}源|发布机构|发文机关|发布单位|发文单位|公开主体)"
    rf"{_END}([^\s\u3000\u00a0:：\[\]【】|]{{2,40}})"
)
_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
_PUBLISHED = re.compile(
    rf"(?:发布日期|发布时间|发文日期|生成日期|成文日期|公开日期|公示时间|更新时间|时{_GAP}间|日{_GAP}期)"
    rf"{_END}{_DATE}"
)
_ANY_DATE = re.compile(rf"(?<!\d){_DATE}")
_CODE = re.compile(r"标\s*识\s*码\s*[:：]?\s*(\d{10})(?!\d)")
_AUTHOR = re.compile(rf"(?:作{_GAP}者|责任编辑|编{_GAP}辑){_END}([^\s\u3000\u00a0:：|]{{2,20}})")
_TITLE_TAIL = re.compile(r"\s*[-_|–—]\s*[^-_|–—]*$")


def of_page(metas: Mapping[str, str], blocks: Sequence[Block]) -> PageMeta:
    """`metas`: lower-case meta names to contents. Rows of the page fill what they leave empty."""
    head = _head_text(blocks)
    title = metas.get("articletitle") or _heading(blocks) or _page_title(blocks)
    return PageMeta(
        site_name=metas.get("sitename", ""),
        site_domain=metas.get("sitedomain", ""),
        site_code=metas.get("siteidcode") or _site_code(blocks),
        column=metas.get("columnname", ""),
        title=title,
        published=_iso(_ANY_DATE.search(metas.get("pubdate", "")))
        or _iso(_PUBLISHED.search(head))
        or _iso(_ANY_DATE.search(head[:400])),
        source=metas.get("contentsource") or _first(_SOURCE, head),
        author=metas.get("author") or _first(_AUTHOR, head),
        index_number=_first(_INDEX, head),
    )


def of_text(blocks: Sequence[Block]) -> PageMeta:
    """Of a text without meta names, such as a page saved as text."""
    return of_page({}, blocks)


def _head_text(blocks: Sequence[Block]) -> str:
    out: list[str] = []
    length = 0
    for block in blocks[:_HEAD_BLOCKS]:
        if block.where is not Where.VISIBLE or block.kind is BlockKind.FIELD:
            continue
        text = block.text[:2000].replace("\t", " ").replace("\x1d", " ")
        out.append(text)
        length += len(text)
        if length > 6000:
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
