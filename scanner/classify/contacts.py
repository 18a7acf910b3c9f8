"""Telephone numbers and addresses of the net: a contact offered to the public, or a private one.

A role does not clear a whole list: an internal directory of officials is a leak (永安 2022Q4).
"""

import re

from patterns.words import first_in, word_list
from scanner.classify.judgement import Ground, Judgement, dismissed, kept, lawful, leak
from scanner.classify.page import Recognised
from scanner.classify.setting import IDENTIFYING, Setting
from scanner.lang import tr
from scanner.model import Evidence

# Elements by which an exception says that a private person's number may not stand.
_FORBIDDEN = frozenset(
    {
        "mobile",
        "writer_phone",
        "petitioner_phone",
        "private_commenter_phone",
        "phone",
        "guardian_phone",
    }
)
# `学生资助管理中心：`: the body whose line it is, right before it.
_OFFICE_LINE = re.compile(r"(?:中心|[局办科所站处室部院校会])(?:联系|办公)?(?:电话)?[:：(] ?$")
_ASKED = ("咨询", "拨打", "致电")  # right before a line that anybody may call
_BESIDE = 14  # characters before it
_NO_CONTACT_ROLES = frozenset({"法定代表人"})
# `请联系我。`: the writer's own; `请联系我局` is the office's.
_OWN = re.compile(r"(?:联系|打给|打|加|找|告诉|通知|回复|回)我(?=$|[,，。.!！?？、)\s]|本人|谢)")
_CALLS = re.compile(r" ?[)）]? ?(?:来电)?(?:反映|咨询|投诉|建议|求助|举报)(?!电话|热线|邮箱)")
# `如有异议请与县委政法委联系，电话：`: the reader is told whom to call, whoever was told of before.
_INVITES = re.compile(
    r"请(?:及时|直接)?(?:与|向|同|致电|拨打|发)[^我,，。;；]{2,24}"
    r"(?:联系|反映|反馈|提出|咨询|举报|[,，:：])"
)
_PUBLIC_DOMAINS = (".gov.cn", ".org.cn", ".edu.cn", ".mil.cn", ".court.gov.cn", ".gov")
_PRIVATE_KINDS = frozenset(
    {
        "id_card",
        "bank_card",
        "disability_cert",
        "health",
        "home_address",
        "birth_date",
        "student_id",
        "passport",
        "travel_permit",
        "social_security",
    }
)


def judge_mobile(setting: Setting, ground: Ground) -> Judgement:
    """A mobile number: lawful as an offered contact or beside a role, else a leak."""
    if setting.internal and not setting.serves:
        return leak(ground, Evidence("internal", setting.internal))
    if setting.in_footer:
        return kept("K-FOOT", Evidence("place", "页脚"))
    if setting.in_table:
        return _in_list(setting, ground)
    return _in_text(setting, ground)


def judge_landline(setting: Setting, ground: Ground) -> Judgement:
    """A fixed line: an office's, unless its column or label says that it rings in a home."""
    match = setting.match
    if match.institutional:
        return kept("K-INST", Evidence("form", "机构号码"), certainty=0.97)
    home = first_in(word_list("private_lines"), f"{match.header} {setting.before[-12:]}")
    if not (home or setting.in_table or first_in(_ASKED, setting.before[-_BESIDE:])):
        home = first_in(word_list("emergency"), setting.before)
    if home:
        return leak(ground, Evidence("private line", home))
    if setting.in_footer:
        return kept("K-FOOT", Evidence("place", "页脚"))
    private = setting.private or "、".join(sorted(setting.kinds & IDENTIFYING))
    if private and not setting.in_table and _is_own_line(setting):
        return leak(ground, Evidence("same record", private), certainty=0.85)
    if setting.in_table and private and not (setting.role or setting.of_body):
        return leak(ground, Evidence("private list", private), certainty=0.85)
    kind = setting.section.kind_with("office_phone") or setting.section.kind_with_role(
        "office_phone"
    )
    if kind is not None:
        return lawful(kind, Evidence("contact", setting.offer or setting.label))
    return kept("K-OFFICE", Evidence("contact", setting.offer or setting.label))


def _is_own_line(setting: Setting) -> bool:
    """Whether a fixed line in running text is one of the data of whoever is told of there, and
    nobody offers it: `离休干部张三，住址：……，联系电话：……`."""
    told = setting.before.replace(setting.private, "")  # 干部 of 离休干部 is no office
    if _OFFICE_LINE.search(told):
        return False
    role = first_in(word_list("roles"), told) or first_in(word_list("honorifics"), told[-8:])
    return not (setting.offer or role or setting.spokesman or setting.announced)


def judge_account(setting: Setting, ground: Ground) -> Judgement:
    """An e-mail address, QQ or WeChat account."""
    if setting.in_footer:
        return kept("K-FOOT", Evidence("place", "页脚"))
    if setting.match.kind == "email" and setting.match.value.lower().endswith(_PUBLIC_DOMAINS):
        return kept("K-INST", Evidence("form", tr("机构邮箱", "a body's mailbox")))
    if setting.internal:
        return leak(ground, Evidence("internal", setting.internal))
    if setting.match.kind == "qq" and "群" in f"{setting.match.header}{setting.before[-6:]}":
        return dismissed("K-GROUP", Evidence("label", "QQ群"))
    if setting.in_table:
        return _in_list(setting, ground)
    return _in_text(setting, ground)


def _in_list(setting: Setting, ground: Ground) -> Judgement:
    """In a table: whose column it is decides, then what else the row tells."""
    if setting.owner:
        return leak(ground, Evidence("owner", setting.owner))
    if setting.column_masked:
        return leak(ground, Evidence("column", tr("同列其他号码已隐去", "the others are masked")))
    if setting.role and setting.serves:
        return kept("K-ROLE", Evidence("contact", setting.serves), review=True)
    if setting.role and setting.role not in _NO_CONTACT_ROLES:
        return _role(setting, ground)
    private = setting.private or "、".join(sorted(setting.kinds & _PRIVATE_KINDS))
    if private:
        return leak(ground, Evidence("private list", private))
    return _unowned(setting, ground)


def _unowned(setting: Setting, ground: Ground) -> Judgement:
    """In a table that neither names a private owner nor a role."""
    kind = _kind_for(setting)
    if kind is not None:
        return lawful(kind, Evidence("list", setting.match.caption or setting.section.title))
    if setting.serves:
        return kept("K-CONTACT", Evidence("contact", setting.serves), review=True)
    body = first_in(word_list("org_heads"), setting.heads)
    if body:
        return kept("K-CONTACT", Evidence("list of bodies", body), review=True)
    if "person_name" not in setting.kinds and setting.offer:
        return kept("K-CONTACT", Evidence("contact", setting.offer), review=True)
    return leak(ground, Evidence("list", setting.match.header or "表格"), certainty=0.8)


def _role(setting: Setting, ground: Ground) -> Judgement:
    """Beside a role: lawful, unless the row bares the person of the role itself."""
    if not setting.several_persons and setting.kinds & _PRIVATE_KINDS:
        return leak(ground, Evidence("same row", "身份证号、账号、住址或健康信息"))
    kind = _kind_for(setting)
    if kind is not None:
        return lawful(kind, Evidence("role", setting.role))
    return kept("K-ROLE", Evidence("role", setting.role), certainty=0.75, review=True)


def _in_text(setting: Setting, ground: Ground) -> Judgement:
    """In running text: a label or honorific that offers it, and no private person before it."""
    own = _OWN.search(setting.after) or _caller(setting)
    if setting.private or own:
        told = setting.private or (own.group() if own else "")
        return leak(ground, Evidence("private person", told))
    beside = setting.kinds & _PRIVATE_KINDS
    if beside and not (setting.spokesman or _INVITES.search(setting.before)):
        return leak(ground, Evidence("same record", "、".join(sorted(setting.kinds))))
    offered = setting.offer or setting.role or setting.announced or setting.spokesman
    if setting.section.never is not None and not offered:
        return leak(ground, Evidence("recognised as", setting.section.never.rule.zh))
    if setting.section.is_annex or not (offered or setting.label):
        return leak(ground, Evidence("no contact word", "未见联系人或公务身份"), certainty=0.75)
    if setting.hidden:
        return leak(ground, Evidence("place", setting.match.where.value), certainty=0.8)
    kind = _kind_for(setting, beside_role=bool(offered))
    if kind is not None:
        return lawful(kind, Evidence("contact", offered or setting.label))
    named = setting.match.kind != "email" or "person_name" in setting.kinds
    if not offered and named and _forbidden(setting):
        return leak(ground, Evidence("recognised as", setting.section.kinds[0].rule.zh))
    return kept("K-CONTACT", Evidence("contact", offered or setting.label), review=True)


def _caller(setting: Setting) -> "re.Match[str] | None":
    """`市民张三先生（电话：……）反映`: the number of whoever called the hotline."""
    grievance = first_in(word_list("grievances"), setting.section.title)
    return _CALLS.match(setting.after) if grievance else None


def _forbidden(setting: Setting) -> bool:
    """Whether the page is of a kind that names private numbers as a leak."""
    kinds = setting.section.kinds
    return bool(kinds) and bool(_FORBIDDEN & set(kinds[0].rule.leak))


def _kind_for(setting: Setting, *, beside_role: bool = True) -> Recognised | None:
    """The exception that lets a contact of this kind stand, if the page is one."""
    section = setting.section
    elements = {
        "mobile": ("mobile", "contact_phone", "phone"),
        "email": ("private_email", "org_email", "email"),
        "qq": ("mobile", "contact_phone"),
        "wechat": ("mobile", "contact_phone"),
    }[setting.match.kind]
    for element in elements:
        kind = section.kind_with(element)
        if kind is None and beside_role:
            kind = section.kind_with_role(element)
        if kind is not None:
            return kind
    return None
