"""Whose name may not stand: the signs of the head, the sentence, the row and the list."""

import re

from patterns.words import first_in, word_list
from scanner.classify.named_by_kind import Accusation, accuse_by_kind
from scanner.classify.setting import IDENTIFYING, Setting
from scanner.model import CELL, Evidence, Where

# Elements of an exception that let a name stand.
NAME_ELEMENTS = ("name", "contact_name", "name_masked", "party_name", "holder_name")
_OWN = IDENTIFYING | {"mobile"}
_UNSHOWN = (Where.COMMENT, Where.HIDDEN)  # nobody published what stands here on purpose
_INFORMANT = (
    "informant_name"  # element of a kind of page on which only those in the role are secret
)
# `镇平安法治办 薛凯 电话`: the body that somebody speaks for, right before the name.
_OFFICE_BEFORE = re.compile(r"[局办科室所站院校队委会部处厅镇乡府心社] ?[:：]?$")
_KIN = frozenset(
    [
        "妻",
        "夫",
        "父",
        "母",
        "子",
        "女",
        "长子",
        "次子",
        "三子",
        "长女",
        "次女",
        "三女",
        "孙子",
        "孙女",
    ]
)
_THIRD = "third_person_name"
# The same in an entry of a list: `谭春兰,男,94岁,身份证……`
_OWN_DATA_NEAR = re.compile(r"[,，、 (]{1,2}(?:[男女]|[0-9]{1,3}岁|身份证|[1-9][0-9]{16})")
_OWN_DATA = re.compile(r" ?\((?:男|女|[^()]{0,20}(?:身份|电话|手机)|[0-9]{1,3}岁|[1-9][0-9]{10})")
# `张三（电话……）反映`, `证人李四`: who complains or bears witness is not to be named.
_COMPLAINS = re.compile(
    r" ?(?:\([^()]{5,60}\))? ?(?:反映|投诉|举报|来信|来电|诉称|信访)(?!人|电话|热线|邮箱|办)"
)
_ASKS = re.compile(
    r"(?:先生|女士|阿姨|大爷|大妈|同志)?(?:\([^()]{5,60}\))?(?:称[其,:：]|咨询|建议|求助|质疑|反映|投诉)"
    r"(?!电话|热线|渠道|窗口)"
)
_WITNESS = re.compile(r"(?<!听)证人 ?[:：]?$")
# The parties may ask that a mediation is not made public (People's Mediation Law art. 23).
_MEDIATED = "调解协议"
_PARTY_LABEL = re.compile(r"(?:[甲乙丙]方|当事人|申请人|委托代理人)(?:\([^()]{1,10}\))? ?[:：] ?$")
_BRACKETED = re.compile(r" ?\(")  # `张三（乳腺结节，138……）`
_ILL_AFTER = re.compile(r",?(?:因|身|长期)?(?:患有?|罹患|确诊)")
# `系张三之子`: named only to say whose child somebody is.
_NAMED_FOR_KIN = re.compile(r"[系是为] ?$")
_KIN_AFTER = re.compile(
    r"[之的](?:女儿?|儿?子|妻子?|丈夫|[父母]亲|[孙侄]子|[孙侄]女|外[孙甥]女?)(?![^，,。；;、()\s])"
)
# `登记在张三名下（系你胞弟）`
_KIN_BESIDE = re.compile(
    r"(?:名下)? ?\([系为是]?[你其我他她本]?人?的?"
    r"(?:丈夫|妻子?|父亲?|母亲?|儿子|女儿|胞?[兄弟姐妹]|公公|婆婆)\)"
)
# `张三（男，身份证号……`, `张三，女，3403……`: the number right behind is the name's own.
_OWN_NUMBER = re.compile(r"[,，( ]{1,2}(?:[男女][,， ]{1,2})?[^,，。;；]{0,12}(?:[0-9]{6}|$)")
_ELDERS = ("户主", "家长", "监护人", "父", "母", "代领", "联系人", "教师", "负责人")
_EXAM = "medical_exam_detail"
# `落水学生高子涵（县实验小学四年级2班）`
_PUPIL_AFTER = re.compile(r" ?\([^()]{0,16}(?:小学|幼儿园|初中|年级)")
_ROLLS, _SHOWN = ("花名册", "学员名单"), "公示"
_MINOR = "minor_any"  # the element that keeps children back
# `本委受理的张三（……）诉你单位`: a party to the case, who is served by the notice.
_PARTY_BEFORE = re.compile(r"受理[的了]?(?:申请人|原告)?$")
_PARTY_AFTER = re.compile(r" ?(?:\([^()]{4,90}\))? ?(?:诉|起诉|与[^，,。]{2,30}(?:争议|纠纷))")
_NEAR, _SENTENCE = 10, 24  # characters before a name


def accuse_name(setting: Setting) -> Accusation | None:
    """Why a name written in full may not stand, None where nothing speaks against it."""
    return (
        _by_prohibition(setting)
        or _by_head(setting)
        or _by_sentence(setting)
        or _by_row(setting)
        or _by_list(setting)
        or _by_age(setting)
        or accuse_by_kind(setting)
    )


def _by_prohibition(setting: Setting) -> Accusation | None:
    """The page is of a kind that may name nobody, or nobody in a role: an informant."""
    never = setting.section.never
    if never is None or (not setting.hidden and _is_official(setting)):
        return None
    rule = never.rule
    if _INFORMANT in rule.leak:
        near = f"{setting.match.header} {setting.before[-_NEAR:]}"
        if not first_in((*rule.role_cues, *word_list("secret_names")), near):
            return None
    return Evidence("recognised as", rule.zh), 0.95


def _is_official(setting: Setting) -> bool:
    """Whether the head says that it is somebody in office, or an office stands beside the name."""
    if setting.match.row is not None:
        return bool(setting.role)
    return in_office(setting) or bool(_OFFICE_BEFORE.search(setting.before))


def _by_head(setting: Setting) -> Accusation | None:
    """The head says that it is a relative, or somebody whose name is secret."""
    head = setting.match.header
    joined = head.replace(" ", "")  # `家庭 成员` over two lines
    if _is_householder(setting):
        return None
    kin = head.rpartition(" ")[2] in _KIN
    guardian = first_in(word_list("guardian_heads"), joined) or (head if kin else "")
    if not guardian and setting.several_persons and setting.person_head:
        guardian = first_in(word_list("receivers"), joined)  # somebody else draws the money
    if guardian:
        return Evidence("header", guardian), 0.8
    secret = first_in(word_list("secret_names"), f"{head} {setting.before[-_NEAR:]}")
    return (Evidence("private person", secret), 0.85) if secret else None


def _is_householder(setting: Setting) -> bool:
    """Whether the cell beside the name says that it is the head of the household itself."""
    written = re.escape(setting.match.raw)
    after = rf"{written}\s*{CELL}\s*(?:户主|本人)\s*(?:{CELL}|$)"
    before = rf"(?:户主|本人)\s*{CELL}\s*{written}"
    return setting.match.row is not None and bool(re.search(f"{after}|{before}", setting.row))


def _by_sentence(setting: Setting) -> Accusation | None:
    """The words before say so: `其妻`, or `信访人反映` further back without an office between."""
    near = setting.before[-6:]
    relative = first_in(word_list("relatives_before"), near)
    if relative and near.rstrip(" :").endswith(relative):
        return Evidence("relative", relative), 0.8
    there = _ends_with(word_list("bystanders"), near)
    if there and _OWN_DATA.match(setting.after):
        return Evidence("private person", there), 0.8
    if setting.match.row is not None or in_office(setting):
        return None
    return _by_family(setting) or _by_grievance(setting)


def _by_family(setting: Setting) -> Accusation | None:
    """A child, or somebody named only to say whose relative another is."""
    near = setting.before[-6:].rstrip()
    child = first_in(word_list("children_before"), near)
    if child and near.endswith(child):
        return Evidence("children", child), 0.75
    if _NAMED_FOR_KIN.search(near) and _KIN_AFTER.match(setting.after):
        return Evidence("relative", setting.after[:3]), 0.75
    beside = _KIN_BESIDE.match(setting.after)
    if beside:
        return Evidence("relative", beside.group()), 0.75
    return None


def _by_grievance(setting: Setting) -> Accusation | None:
    """Who complains, bears witness, is ill, or wrote the letter that is answered."""
    if _COMPLAINS.match(setting.after) or _WITNESS.search(setting.before):
        return Evidence("words beside", setting.after[:4]), 0.75
    if _MEDIATED in setting.section.title and _PARTY_LABEL.search(setting.before):
        return Evidence("recognised as", _MEDIATED), 0.75
    ill = _ILL_AFTER.match(setting.after)
    if ill and "health" in setting.list_kinds:
        return Evidence("words after", ill.group()), 0.75
    if "health" in setting.kinds and _BRACKETED.match(setting.after) and not _is_ordered(setting):
        return Evidence("same record", "health"), 0.75
    third = _third_person(setting)
    if third is not None:
        return third
    grievance = first_in(word_list("grievances"), setting.section.title)
    secret = first_in(word_list("secret_names"), setting.before[-_SENTENCE:])
    own = first_in(word_list("first_person"), setting.before[-6:])
    said = _ASKS.match(setting.after)
    if grievance and (secret or own or said):
        return Evidence("private person", secret or own or setting.after[:4]), 0.75
    return None


def _third_person(setting: Setting) -> Accusation | None:
    """In a decision on somebody else: a witness or victim, told of with data of their own."""
    kind = next((k for k in setting.section.kinds if _THIRD in k.rule.leak), None)
    if kind is None or not _OWN_DATA.match(setting.after):
        return None
    if not setting.before.strip():  # `张三（身份证号……）：` at the head of a letter
        return None
    if _PARTY_BEFORE.search(setting.before) or _PARTY_AFTER.match(setting.after):
        return None
    if first_in(kind.rule.role_cues, setting.before[-_SENTENCE:]):
        return None
    return Evidence("third person", kind.rule.zh), 0.75


def _ends_with(words: tuple[str, ...], text: str) -> str:
    bare = text.rstrip(" :")
    return next((word for word in words if bare.endswith(word)), "")


def in_office(setting: Setting) -> bool:
    """Whether an office stands right before the name or after it."""
    beside = f"{setting.before[-6:]} {setting.after[:4]}"
    return bool(first_in(word_list("roles"), beside) or first_in(word_list("honorifics"), beside))


def _by_row(setting: Setting) -> Accusation | None:
    """An illness that must not be tied to a name stands in the same row."""
    if setting.match.row is None:
        return None
    if any(_EXAM in kind.rule.leak for kind in setting.section.kinds):
        return None  # who is recruited must be named: the remark is the leak, not the name
    illness = first_in(word_list("guarded_illnesses"), setting.row)
    if illness:
        return Evidence("same row", illness), 0.85
    if "health" in setting.kinds and not (setting.role or _is_ordered(setting)):
        return Evidence("same row", "health"), 0.75
    return None


def _is_ordered(setting: Setting) -> bool:
    """Whether the public is to be told whom the list is of: an illness beside is the leak then."""
    titles = f"{setting.section.title} {setting.table_title}"
    if first_in(word_list("health_lists"), titles):
        return False
    return bool(setting.section.kinds or first_in(word_list("public_lists"), titles))


def _by_list(setting: Setting) -> Accusation | None:
    """The whole list is one of children, of commenters, or was not meant for the public."""
    if setting.match.where in _UNSHOWN and setting.kinds & _OWN:
        return Evidence("place", setting.match.where.value), 0.75
    section, listed = setting.section, setting.match.row is not None
    if section.internal and setting.list_kinds & {"id_card", "home_address"}:
        return Evidence("internal", section.internal), 0.75
    if not listed and setting.match.where == "visible":
        return None
    titles = f"{section.title} {setting.table_title}"
    children = first_in(word_list("children"), titles)
    if children:
        return Evidence("children", children), 0.75
    commenter = first_in(word_list("commenters"), f"{setting.heads} {setting.match.caption}")
    return (Evidence("commenters", commenter), 0.8) if commenter else None


def _by_age(setting: Setting) -> Accusation | None:
    """The row is that of a child, and no rule has it named."""
    listed = setting.match.row is not None
    if not listed and _PUPIL_AFTER.match(setting.after):
        return Evidence("children", setting.after[:_NEAR]), 0.75
    if not setting.is_child or not (listed or _OWN_NUMBER.match(setting.after)):
        return None
    if first_in(_ELDERS, setting.match.header):
        return None  # the row's number is the child's, the name beside it is not
    kind = setting.section.kind_with("name")
    if kind is not None and _MINOR not in kind.rule.leak:
        return None
    return Evidence("children", "未满14周岁"), 0.75


def is_working_list(setting: Setting) -> bool:
    """Whether a list that no rule orders holds the name beside numbers and homes: an annex that
    was kept for work (`花名册`, `登记表`), or a list of students."""
    listed = setting.match.row is not None
    if setting.role or not (listed or _OWN_DATA_NEAR.match(setting.after)):
        return False
    title = f"{setting.section.title} {setting.match.caption}"
    if setting.section.is_annex:
        working = first_in(word_list("working_titles"), title) or (
            not first_in(word_list("public_lists"), title)
            and first_in(word_list("private_lists"), title)
        )
        return bool(working and setting.list_kinds & IDENTIFYING)
    ordered = setting.section.title + setting.table_title
    if first_in(word_list("public_lists"), ordered):
        return "学生" in title and not setting.section.kinds
    made_for_work = first_in(word_list("private_lists"), ordered)
    if made_for_work in _ROLLS and _SHOWN in ordered:
        return False  # `学员花名册公示`: the names are what was to be shown
    return bool(made_for_work and setting.kinds & IDENTIFYING)
