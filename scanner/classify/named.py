"""Whose name may not stand: the signs of the head, the sentence, the row and the list."""

from patterns.words import first_in, word_list
from scanner.classify.setting import Setting
from scanner.model import Evidence

# Elements of an exception that let a name stand.
NAME_ELEMENTS = ("name", "contact_name", "name_masked", "party_name", "holder_name")
# What a list that the public needs does not hold; beside names it shows a list kept for work.
_PRIVATE_KINDS = frozenset({"id_card", "bank_card", "home_address"})
_NEAR, _SENTENCE = 10, 24  # characters before a name

Accusation = tuple[Evidence, float]  # the words that show it, and how sure that is


def accuse_name(setting: Setting) -> Accusation | None:
    """Why a name written in full may not stand, None where nothing speaks against it."""
    never = setting.section.never
    if never is not None:
        return Evidence("recognised as", never.rule.zh), 0.95
    return _by_head(setting) or _by_sentence(setting) or _by_row(setting) or _by_list(setting)


def _by_head(setting: Setting) -> Accusation | None:
    """The head says that it is a relative, or somebody whose name is secret."""
    head = setting.match.header
    guardian = first_in(word_list("guardian_heads"), head)
    if guardian:
        return Evidence("header", guardian), 0.8
    secret = first_in(word_list("secret_names"), f"{head} {setting.before[-_NEAR:]}")
    return (Evidence("private person", secret), 0.85) if secret else None


def _by_sentence(setting: Setting) -> Accusation | None:
    """The words before say so: `其妻`, or `信访人反映` further back without an office between."""
    near = setting.before[-6:]
    relative = first_in(word_list("relatives_before"), near)
    if relative and near.rstrip(" :").endswith(relative):
        return Evidence("relative", relative), 0.8
    if setting.match.row is not None or _in_office(setting):
        return None
    grievance = first_in(word_list("grievances"), setting.section.title)
    secret = first_in(word_list("secret_names"), setting.before[-_SENTENCE:])
    if grievance and secret:
        return Evidence("private person", secret), 0.75
    return None


def _in_office(setting: Setting) -> bool:
    """Whether an office stands right before the name or after it."""
    beside = f"{setting.before[-6:]} {setting.after[:4]}"
    return bool(first_in(word_list("roles"), beside) or first_in(word_list("honorifics"), beside))


def _by_row(setting: Setting) -> Accusation | None:
    """An illness that must not be tied to a name stands in the same row."""
    if setting.match.row is None:
        return None
    illness = first_in(word_list("guarded_illnesses"), setting.row)
    return (Evidence("same row", illness), 0.85) if illness else None


def _by_list(setting: Setting) -> Accusation | None:
    """The whole list is one of children, of commenters, or was not meant for the public."""
    section, listed = setting.section, setting.match.row is not None
    if section.internal and setting.list_kinds & {"id_card", "home_address"}:
        return Evidence("internal", section.internal), 0.75
    if not listed and setting.match.where == "visible":
        return None
    children = first_in(word_list("children"), f"{section.title} {setting.match.caption}")
    if children:
        return Evidence("children", children), 0.75
    commenter = first_in(word_list("commenters"), f"{setting.heads} {setting.match.caption}")
    return (Evidence("commenters", commenter), 0.8) if commenter else None


def is_working_list(setting: Setting) -> bool:
    """Whether a list that no rule orders holds the name beside numbers and homes: an annex that
    was kept for work (`花名册`, `登记表`), or a list of students."""
    if setting.match.row is None or not setting.list_kinds & _PRIVATE_KINDS or setting.role:
        return False
    title = f"{setting.section.title} {setting.match.caption}"
    if setting.section.is_annex:
        return bool(first_in(word_list("working_titles"), title))
    return not setting.section.kinds and "学生" in title
