"""Names that a kind of publication keeps back, by the elements of its exception.

The exception says that workers paid by account, residents who signed with a doctor, or people who
got legal aid are not to be named; here is how each of them is told from those who may.
"""

import re
from collections.abc import Callable

from patterns.words import first_in, word_list
from scanner.classify.setting import Setting
from scanner.model import Evidence

Accusation = tuple[Evidence, float]  # the words that show it, and how sure that is
_SENTENCE, _NEAR = 24, 8  # characters before a name
_DOCTORS = ("医", "护", "队长", "团队长", "成员", "负责人")
_AWARDED = ("中标", "成交", "结果", "定标")
_PARTED = re.compile(r"[，,。；;、]")
_CERTAINTY = 0.75


def accuse_by_kind(setting: Setting) -> Accusation | None:
    """Why the page's kind keeps the name back, None where it does not."""
    for kind in setting.section.kinds:
        for element in kind.rule.leak:
            told = _SIGNS[element](setting) if element in _SIGNS else ""
            if told:
                return Evidence("kept back", f"{kind.rule.zh}：{told}"), _CERTAINTY
    return None


def _resident(setting: Setting) -> str:
    """Who signed with a doctor: in a list with illnesses, or under a title of residents."""
    if setting.match.row is None or setting.role or first_in(_DOCTORS, setting.match.header):
        return ""
    shown = f"{setting.heads} {setting.match.caption}"
    return first_in(word_list("resident_lists"), shown)


def _paid_worker(setting: Setting) -> str:
    """A worker in a list that also holds accounts."""
    if setting.match.row is None or setting.role:
        return ""
    accounts = {"bank_card", "bank_account"} & setting.list_kinds
    return "工资卡" if accounts else ""


def _evaluator(setting: Setting) -> str:
    """Who evaluates bids, before the award."""
    if first_in(_AWARDED, setting.section.title):
        return ""
    shown = f"{setting.match.header} {setting.match.caption} {setting.before[-_SENTENCE:]}"
    return first_in(word_list("evaluators"), shown)


def _client(setting: Setting) -> str:
    """Who got legal aid or advice."""
    near = setting.match.header if setting.in_table else setting.before[-_NEAR:]
    return first_in(word_list("legal_clients"), _PARTED.split(near)[-1])


_SIGNS: dict[str, Callable[[Setting], str]] = {
    "signed_resident_data": _resident,
    "worker_names_with_bank_account": _paid_worker,
    "evaluation_committee_names_before_award": _evaluator,
    "client_data": _client,
}
