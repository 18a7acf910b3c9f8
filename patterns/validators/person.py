"""Person names in a place where a name is expected: a cell or the words after a label."""

import re

from patterns import reference
from patterns.rule import Proof

_HIDDEN = "*某XxO〇_…"
# A surname with one of these addresses somebody and names nobody in full.
_HONORIFICS = frozenset(
    {
        *(
            "女士",
            "先生",
            "小姐",
            "老师",
            "师傅",
            "同志",
            "医生",
            "大夫",
            "律师",
            "法官",
            "警官",
            "教授",
        ),
        *(
            "主任",
            "书记",
            "局长",
            "科长",
            "处长",
            "所长",
            "站长",
            "院长",
            "校长",
            "队长",
            "镇长",
            "乡长",
        ),
        *("县长", "市长", "村长", "经理", "会计", "主席", "部长", "股长", "组长", "工", "总"),
    }
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}")
_LONG_NAME = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•・.][\u3400-\u9fff]{1,8}){1,4}")
# Passport spelling; a word of one part may be anything.
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]{1,15}(?:[ ,·-]{0,2}[A-Z][A-Za-z]{0,15}){1,3}")
_MASKED_NAME = re.compile(rf"[\u3400-\u9fff]{{1,2}}[\u3400-\u9fff{_HIDDEN}]{{0,3}}")


def surname(value: str) -> Proof:
    """Whether two to four Han characters begin with a surname.

    Names of ethnic minorities with a middle dot are proven by their form. A word of the list of
    words that fill such cells without being names (合计, 本人, 同上) is disproved.
    """
    if _LATIN_NAME.fullmatch(value.strip()):
        return Proof.UNDECIDED
    name = re.sub(r"\s+", "", value)
    if name in reference.words("not_names.txt"):
        return Proof.DISPROVED
    if name[1:] in _HONORIFICS or (name[2:] in _HONORIFICS and name[:2] in _surnames()):
        return Proof.DISPROVED
    if _LONG_NAME.fullmatch(name) or _is_sounded(name):
        return Proof.PROVEN
    plain = name.rstrip(_HIDDEN)
    if plain != name or any(char in _HIDDEN for char in name):
        return Proof.PROVEN if _MASKED_NAME.fullmatch(name) and _begins(name) else Proof.UNDECIDED
    if not _HAN_NAME.fullmatch(name) or _is_phrase(name):
        return Proof.DISPROVED
    return Proof.PROVEN if _begins(name) else Proof.UNDECIDED


def _is_phrase(name: str) -> bool:
    """Four characters are a name only after a compound surname or two surnames (张王小明)."""
    known = _surnames()
    return len(name) == 4 and name[:2] not in known and not {name[0], name[1]} <= known


def _is_sounded(name: str) -> bool:
    """Whether four to nine characters all write the sounds of another language: 乌云其木格."""
    return 4 <= len(name) <= 9 and set(name) <= reference.words("sound_names.txt")


def _surnames() -> frozenset[str]:
    return reference.words("surnames.txt")


def _begins(name: str) -> bool:
    known = _surnames()
    return name[:2] in known or name[0] in known
