"""Names, addresses, dates of birth, health, plates: what is said of a person."""

import re

from patterns.words import first_in, word_list
from scanner.classify.judgement import (
    Ground,
    Judgement,
    dismissed,
    kept,
    lawful,
    leak,
    well_masked,
)
from scanner.classify.named import NAME_ELEMENTS, accuse_name, is_working_list
from scanner.classify.records import ADDRESSED
from scanner.classify.seats import HOME_HEAD
from scanner.classify.setting import IDENTIFYING, Setting
from scanner.model import Evidence

# An address that is a field of a record, not the place where something happened.
_FIELD_BEFORE = re.compile(r"(?:^|[\s,、:(0-9Xx*])$")
# `某县自然资源局，住所地……`: the seat of a body.
_BODY_BEFORE = re.compile(
    r"(?:局|政府|公司|厂|中心|委员会|合作社|医院|学校|银行|店|协会),? ?"
    r"(?:住所地?|地址|注册地)?:?$"
)
# `被害人张三联系地址：`
_OWN_ADDRESS = re.compile(
    r"(?:[被受侵]害人|当事人|申请人|[来写]信人|投诉人|举报人|反映人|证人|提案人|委员|代表|家属|本人)"
    r"[\u4e00-\u9fff]{0,4}的?(?:联系|通[讯信]|邮寄)地址[:：为是]? ?$"
)
# `3栋1单元1604号业主`: who lives there speaks.
_DWELLER = re.compile(
    r" ?的?(?:业主|住户|居民|租户|房主|户主|村民)(?!委|大会|单位|代表|小组)|购有|购买"
)
_DOOR = re.compile(r"(?:[室户房]|[栋幢座元楼][0-9-]{3,7}|号(?:[0-9]{1,2}-){1,2}[0-9]{1,4})$")
# A room alone is nobody's home until something says of which house.
_ROOM_ALONE = re.compile(r"[A-Za-z]?[0-9]{3,4}")
_HOUSES = (
    *("楼", "栋", "幢", "小区", "公寓", "苑", "门牌"),
    *("租房", "廉租", "配租", "安置", "经适", "适用房"),
)
_CLAUSE_END = re.compile(r"[,，。；;]")
# `经县人民医院诊断为右胫腓骨骨折、脑震荡`: what was found of somebody who was there.
_EXAMINED = re.compile(r"经[^,，。、]{2,24}(?:诊断|鉴定|确诊)为?[:：“\"]?$")
_STATED = "HE003"  # the rule for `诊断为肺癌`, which says that somebody is ill: no doctor's subject
_STATE_HEAD = re.compile(r"受伤|伤情|病情|诊断|患病")
_OF_SOMEBODY = frozenset({"person_name", "id_card", "mobile", "bank_card", "birth_date"})
_NEAR = 8  # characters after an illness
_VISITS = ("走访", "慰问", "探望", "入户", "家访")  # what is told of is told at somebody's home
_LEAST_NAME = 0.55  # under it a cell may hold any word: it accuses nobody
_ANY_ADDRESS = "地址"  # says that it is an address, and not whose


def judge_name(setting: Setting, ground: Ground) -> Judgement:
    """A name: kept in its role or list, a leak where the list must not name anybody."""
    accused = accuse_name(setting)
    if accused is not None and setting.match.rule == ADDRESSED:
        return well_masked(accused[0])
    if accused is not None and setting.match.confidence >= _LEAST_NAME:
        return leak(ground, accused[0], certainty=accused[1])
    head = setting.match.header
    for element in NAME_ELEMENTS:
        kind = setting.section.kind_with(element)
        if kind is not None:
            return lawful(kind, Evidence("header", head))
    if is_working_list(setting):
        return leak(
            ground, Evidence("list holds", "、".join(sorted(setting.list_kinds))), certainty=0.7
        )
    return kept("K-NAME", Evidence("header", head), certainty=0.7)


def judge_address(setting: Setting, ground: Ground) -> Judgement:
    """An address down to the group or house: a home is a leak, an office or a lot is not."""
    head = setting.match.header
    home = first_in(word_list("address_heads"), head) or _last_of(
        word_list("home_before"), setting.before[-10:]
    )
    if not home and _DWELLER.match(setting.after):
        home = setting.after[:2]
    own = None if home else _OWN_ADDRESS.search(setting.before)
    home = own.group() if own else home
    if _ROOM_ALONE.fullmatch(setting.match.value) and not _is_of_house(setting):
        return dismissed("K-PLACE", Evidence("header", head))
    area = first_in(word_list("area_heads"), head)
    if area:
        return dismissed("K-PLACE", Evidence("header", area))
    office = first_in(word_list("office_before"), f"{head} {setting.before[-14:]}")
    body = first_in(word_list("org_heads"), setting.heads)
    of_body = (
        setting.of_body
        or bool(body and "id_card" not in setting.kinds and not HOME_HEAD.search(head))
        or bool(_BODY_BEFORE.search(setting.before))
    )
    if home and not of_body:
        kind = setting.section.kind_with("home_address_full")
        return leak(ground, Evidence("label", home)) if kind is None else lawful(kind)
    alone = setting.in_footer or of_body
    persons = setting.kinds & {"id_card", "person_name", "mobile", "bank_card"}
    # A label in the text of a cell heads no column: `招标人：…… 地址：……`.
    headed = head in setting.match.record_headers and office in ("", _ANY_ADDRESS)
    if setting.in_table and persons and not alone and (headed or not (head or office)):
        return leak(ground, Evidence("same row", "、".join(sorted(setting.kinds))), certainty=0.8)
    if (
        "id_card" in setting.kinds
        and not alone
        and office in ("", _ANY_ADDRESS)
        and _is_field(setting)
    ):
        return leak(ground, Evidence("same record", "id_card"), certainty=0.8)
    if office or alone:
        return dismissed("K-PLACE", Evidence("label", office or body or "页脚"))
    behind = _behind_door(setting)
    if behind is not None:
        return leak(ground, behind, certainty=0.7)
    return dismissed("K-PLACE", Evidence("no person", "未指向个人住所"), certainty=0.75)


def _behind_door(setting: Setting) -> Evidence | None:
    """What makes a single flat somebody's home where no words around it do: the page holds it out
    of sight, or tells of a visit there."""
    if not _DOOR.search(setting.match.value):
        return None
    visit = first_in(_VISITS, setting.section.title) if setting.before.endswith("在") else ""
    if visit:
        return Evidence("title", visit)
    return Evidence("place", setting.match.where.value) if setting.hidden else None


def _is_of_house(setting: Setting) -> bool:
    shown = f"{setting.section.title} {setting.match.caption} {setting.heads}"
    return bool(first_in(_HOUSES, shown))


def judge_birth(setting: Setting, ground: Ground) -> Judgement:
    """A date of birth: a leak in full; year and month may stand where a rule publishes them."""
    digits = re.sub(r"[^0-9]", " ", setting.match.value).split()
    full = len(digits) >= 3 or (len(digits) == 1 and len(digits[0]) == 8)
    element = "birth_date" if full else "birth_year_month"
    kind = setting.section.kind_with(element)
    if kind is not None:
        return lawful(kind, Evidence("header", setting.match.header))
    told = setting.private if setting.in_table else setting.kinds & IDENTIFYING
    if not full and not told and not setting.hidden:  # of a list, or of somebody's career
        return kept("K-MONTH", Evidence("precision", "年月"), certainty=0.7, review=True)
    return leak(ground, Evidence("precision", "年月日" if full else "年月"))


def judge_health(setting: Setting, ground: Ground) -> Judgement:
    """Words of illness: a leak in a person's record, no finding in a policy."""
    treats = _treats(setting)
    if treats:
        return dismissed("K-POLICY", Evidence("treated by", treats))
    if setting.in_table and _tells_of_persons(setting):
        return leak(ground, Evidence("header", setting.match.header))
    if setting.of_patient:
        return leak(ground, Evidence("words after", setting.after[:_NEAR]), certainty=0.8)
    near = setting.after[:_NEAR]
    if "id_card" in setting.kinds:  # what follows the clause is of the same person
        near = _CLAUSE_END.split(near)[0]
    general = first_in(word_list("general_after"), near)
    person = first_in(word_list("person_before"), setting.before[-12:] + setting.match.raw[:3])
    if general == "、" and _is_one_of_several(setting):
        general = ""
    if setting.kinds & _OF_SOMEBODY and not general:
        return leak(ground, Evidence("same record", "、".join(sorted(setting.kinds))))
    if (person or setting.named) and not general:
        return leak(ground, Evidence("word before", person or "姓名"), certainty=0.8)
    if setting.named and general == "、":  # `张三患肺癌、李四……`: another person's, or illness
        return leak(ground, Evidence("word before", "姓名"), certainty=0.75)
    return dismissed("K-POLICY", Evidence("general", general or "未指向具体个人"), certainty=0.8)


def _is_one_of_several(setting: Setting) -> bool:
    """Whether an illness before a `、` is the first of several that one person has."""
    examined = _EXAMINED.search(setting.before) or _STATE_HEAD.search(setting.match.header)
    return "id_card" in setting.kinds or bool(examined)


def _treats(setting: Setting) -> str:
    """The word that says that the person beside the illness treats it, "" where none does."""
    if "id_card" in setting.kinds or setting.match.rule == _STATED:
        return ""
    if setting.in_table:
        return first_in(word_list("expertise_heads"), setting.match.header)
    return first_in(word_list("treaters"), setting.before + setting.after)


def _tells_of_persons(setting: Setting) -> bool:
    """Whether the row holds a person's values, or its table has a column of persons. A list of
    illnesses with the rates that are paid for them has neither."""
    persons = first_in(word_list("person_heads"), setting.heads)
    private = first_in(word_list("private_heads"), setting.heads.replace(setting.match.header, ""))
    beside = setting.kinds - {"health", "landline"}
    return bool(persons or private or beside)


def judge_plate(setting: Setting, ground: Ground) -> Judgement:
    """A number plate: a body's car in a tender or auction may be named, a private one not."""
    kind = setting.section.kind_with("plate")
    if kind is not None:
        return lawful(kind, Evidence("header", setting.match.header))
    near = f"{setting.section.title} {setting.match.header} {setting.before}"
    public = first_in(word_list("public_vehicles"), near)
    if public:
        return kept("K-VEHICLE", Evidence("vehicle", public))
    return leak(ground, Evidence("vehicle", "自然人车辆"), certainty=0.8)


def _is_field(setting: Setting) -> bool:
    return bool(_FIELD_BEFORE.search(setting.before))


def _last_of(words: tuple[str, ...], text: str) -> str:
    """A word that stands at the end of the text, apart from punctuation and label words."""
    bare = text.rstrip(" :,(，在于是")
    return next((word for word in words if bare.endswith(word)), "")
