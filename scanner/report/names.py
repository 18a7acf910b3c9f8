"""Names of kinds, judgements and outcomes as people read them."""

from scanner.lang import tr

_KINDS: dict[str, tuple[str, str]] = {
    "id_card": ("身份证号", "ID number"),
    "mobile": ("手机号", "mobile"),
    "landline": ("固定电话", "landline"),
    "bank_card": ("银行卡号", "bank card"),
    "person_name": ("姓名", "name"),
    "home_address": ("家庭住址", "home address"),
    "email": ("邮箱", "e-mail"),
    "qq": ("QQ号", "QQ"),
    "wechat": ("微信号", "WeChat"),
    "passport": ("护照号", "passport"),
    "travel_permit": ("通行证号", "travel permit"),
    "license_plate": ("车牌号", "number plate"),
    "disability_cert": ("残疾证号", "disability cert."),
    "student_id": ("学籍号", "student number"),
    "birth_date": ("出生日期", "birth date"),
    "health": ("健康信息", "health"),
    "social_security": ("社保卡号", "social security"),
    "exam_ticket": ("准考证号", "exam ticket"),
}
_DISPOSITIONS: dict[str, tuple[str, str]] = {
    "leak": ("泄露", "leak"),
    "under_masked": ("脱敏不足", "under-masked"),
    "mandated": ("依法公开", "lawful"),
    "masked": ("已脱敏", "masked"),
    "dismissed": ("排除", "dismissed"),
}
_SEVERITIES: dict[str, tuple[str, str]] = {
    "low": ("低", "low"),
    "medium": ("中", "medium"),
    "high": ("高", "high"),
    "critical": ("严重", "critical"),
}
_SEVERITY_STYLES = {"low": "dim", "medium": "yellow", "high": "red", "critical": "bold red"}
_WHERE: dict[str, tuple[str, str]] = {
    "visible": ("正文", "visible"),
    "attribute": ("属性", "attribute"),
    "comment": ("注释", "comment"),
    "hidden": ("隐藏内容", "hidden"),
    "script": ("脚本", "script"),
    "metadata": ("元数据", "metadata"),
}
_OUTCOMES: dict[str, tuple[str, str]] = {
    "scanned": ("已扫描", "scanned"),
    "unchanged": ("未变化", "unchanged"),
    "partly_read": ("部分读出", "partly read"),
    "not_read": ("格式未读", "format not read"),
    "failed": ("失败", "failed"),
    "skipped": ("跳过", "skipped"),
    "gone": ("已下线", "gone"),
    "not_due": ("未到复读期", "not due"),
}
_CAUSES: dict[str, tuple[str, str]] = {
    "": ("其他原因跳过", "skipped otherwise"),
    "robots": ("robots 拒绝", "refused by robots"),
    "outside": ("域外", "outside the list"),
    "limit": ("超出上限", "over a limit"),
    "redirect": ("重定向", "redirects"),
}
_VERDICTS: dict[str, tuple[str, str]] = {
    "gone": ("网页已下线", "gone"),
    "masked": ("已脱敏", "masked"),
    "removed": ("内容已删除", "removed"),
    "under_masked": ("脱敏不足", "under-masked"),
    "still_there": ("仍在", "still there"),
    "moved": ("移到别处，仍在", "moved, still there"),
    "attachment": ("网页已下线，附件仍可打开", "page gone, attachment still there"),
    "unknown": ("没有查到（不算已整改）", "not known, closes nothing"),
}
_DECISIONS: dict[str, tuple[str, str]] = {
    "leak": ("泄露", "leak"),
    "lawful": ("依法公开", "lawful"),
    "not_personal": ("非个人信息", "not personal"),
}


def _name(table: dict[str, tuple[str, str]], key: str) -> str:
    pair = table.get(key)
    return tr(*pair) if pair is not None else key


def kind_name(kind: str) -> str:
    """A kind of value: `id_card` is 身份证号. An unknown kind is its own name."""
    return _name(_KINDS, kind)


def disposition_name(disposition: str) -> str:
    """What the classifier said."""
    return _name(_DISPOSITIONS, disposition)


def cause_name(cause: str) -> str:
    """Why an address was left alone."""
    return _name(_CAUSES, cause)


def verdict_name(verdict: str) -> str:
    """What a re-check says of a flagged item."""
    return _name(_VERDICTS, verdict)


def severity_name(severity: str) -> str:
    """How much harm it can do."""
    return _name(_SEVERITIES, severity)


def severity_style(severity: str) -> str:
    """The rich style of a severity; colours are dropped where the output is no terminal."""
    return _SEVERITY_STYLES.get(severity, "")


def where_name(where: str) -> str:
    """Where in the page it stands, as a reader meets it."""
    return _name(_WHERE, where)


def outcome_name(outcome: str) -> str:
    """How the reading of a URL ended."""
    return _name(_OUTCOMES, outcome)


def decision_name(decision: str) -> str:
    """What a reviewer said."""
    return _name(_DECISIONS, decision)
