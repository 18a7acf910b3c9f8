"""Whose address it is that stands behind `住所`: the seat of a body that is a party, or a home."""

import re

from scanner.model import BLOCK, CELL, ROW, Match

_WINDOW = 260  # characters before an address in which its party is named
_BODY = (
    r"(?:公司|分局|局|政府|厂|店|中心|委员会|合作社|医院|学校|[中小]学|银行|协会|集团|事务所"
    r"|超市|门市部|经营部|批发部|工作室|研究院|设计院|办事处|管委会|大学|学院)"
)
_BODY_END = re.compile(rf"{_BODY}$")
# A party by its label, or the first words of a line.
_PARTY = re.compile(
    r"(?:当事人|申请人|被申请人|被处罚人|被处罚单位|第三人|原告|被告|单位名称|企业名称|公司名称|(?:施工|建设|监理|设计|勘察|生产|经营|使用|承包|分包|委托|采购|招标|事故|责任|涉事|用人|供货)(?:单位|方|企业)|(?<!证照)名称|债务人|债权人)"
    r"[^:：\n，,。;；]{0,8}[:：]\s*([^\n，,。;；、（(:：]{2,40})"
)
_SEATED = re.compile(
    rf"{_BODY}(?:[（(][^（）()]{{0,60}}[)）])?[，,。;；\s]{{0,3}}(?:住所地?|地址|注册地址?|经营场所)[:：]?\s*$"
)
# Between the party and the address: a person's own line, so that the home is that person's.
_PERSON = re.compile(
    r"经营者|负责人|(?<!法定)代表人|代理人|姓名|投资人|[，,（( ][男女][，,）) ]|身份证|公民身份"
)
_SEAT = r"(?:住所地?|地址|注册地址?|经营场所)"
_SEAT_LABEL = re.compile(rf"{_SEAT}(?:[（(][^（）()]{{0,10}}[)）])?[:：]?\s*$")
# The form of a penalty decision asks the party itself, whoever runs it, for this.
_FORM_LABEL = re.compile(r"住所[（(]住址[)）][:：]?\s*$")
HOME_HEAD = re.compile(r"家庭|户籍|居住|现住|常住")  # nobody's office, whoever else is told of
_ADDRESS_HEAD = "住址"  # in a form whose labels name a person
_SPREAD = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]{1,4}(?=[\u4e00-\u9fff])")  # `招 标 人`
# In a form: the cell of a party, and that of a person, each behind its label.
_PARTY_CELL = re.compile(
    rf"(?:建设|编制|评价|施工|监理|设计|勘察|采购|招标|投标|中标|成交|申请|申报|主办|承办|使用|用人|单位|企业|公司|机构|采购|招标|供应|甲|乙)"
    rf"(?:单位|人|商|方|机构|名称|公司)?(?:名称)?(?:[（(][^（）()]{{1,6}}[)）])?\s*{CELL}\s*([^{CELL}{ROW}]{{4,60}})"
)
_PERSON_CELL = re.compile(
    rf"(?:姓名|户主|被征收人|申请人|承租人|借款人|产权人|本人|当事人)\s*{CELL}"
)


def _is_body_s_cell(before: str) -> bool:
    parties = list(_PARTY_CELL.finditer(before))
    if not parties:
        return False
    named = re.sub(r"[（(][^（）()]*[)）]", "", parties[-1].group(1)).strip()
    return bool(_BODY_END.search(named)) and not _PERSON_CELL.search(before, parties[-1].end())


def is_seat(text: str, match: Match) -> bool:
    """Whether the party that the address belongs to, by the text before it, is a body.

    A body has a `住所` as well (Company Law art. 8); only a person's is a home.
    """
    before = text[max(0, match.start - _WINDOW) : match.start]
    if match.row is not None:
        own = _SPREAD.sub("", before[before.rfind(BLOCK) + 1 :])
        of_home = HOME_HEAD.search(match.header) or _ADDRESS_HEAD in match.header
        return not of_home and _is_body_s_cell(own)
    if _SEATED.search(before[-110:]):
        return True
    if not _SEAT_LABEL.search(before[-24:]):
        return False
    parties = list(_PARTY.finditer(before))
    if not parties or not _BODY_END.search(parties[-1].group(1).strip()):
        return False
    if _FORM_LABEL.search(before):
        return True
    return _PERSON.search(before, parties[-1].end()) is None
