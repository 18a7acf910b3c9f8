"""Names that their form or their place shows: dots, spread characters, what stands beside them."""

import re
from collections.abc import Iterator, Sequence

from patterns import reference
from scanner.names.cells import chances
from scanner.names.scorer import load_scorer
from scanner.names.span import NameSpan

_HAN = "\u3400-\u9fff"
_SOUNDS = "".join(sorted(reference.words("sound_names.txt")))
_DOTTED = re.compile(rf"[{_SOUNDS}]{{1,7}}(?: ?[·•・‧] ?[{_SOUNDS}]{{1,8}}){{1,4}}")
_SPACED = re.compile(
    rf"(?<![{_HAN}])([{_HAN}])[ \u3000]{{1,4}}([{_HAN}])(?:(?![{_HAN}])|(?=同志|先生|女士))"
)
# An ID number by its form (GB 11643: area, date, sequence, check digit), and the name before it.
_ID_NUMBER = re.compile(
    r"(?<![0-9])[1-9][0-9]{5} ?(?:19|20)[0-9]{2} ?[0-9]{4} ?[0-9]{3}[0-9Xx](?![0-9])"
)
_IDENTIFIED = re.compile(
    rf"(?<![{_HAN}·])([{_HAN}]{{2,9}})(?<![号码证])[ \u3000\t\n,，|、:：;；(（]{{1,6}}"
    r"(?:(?:公民)?身份(?:证号|证|号|证件号)码?[ :：]{0,2})?$"
)
_REACH = 32  # characters before the number that are looked at
# After the word for an office and a colon, up to the end of the item.
_IN_OFFICE = re.compile(
    r"(?:主任|书记|组长|队长|村长|站长|所长|会长|委员|成员|代表|干部|网格员|[^个]人)"
    rf"[ \u3000]?[:：][ \u3000]?([{_SOUNDS}]{{4,9}})(?![{_HAN}])"
)
# `敖日格乐，女，`: whoever is described.
_DESCRIBED = re.compile(
    rf"(?<![{_HAN}·])([{_HAN}]{{2,9}})"
    r"(?=[,，(（\n\x1e] ?(?:男|女|[0-9]{1,2}岁) ?[,，、;；)）])"
)
# `吉克阿呷（女、彝族）`: of a people whose names have surnames of their own.
_OF_PEOPLE = re.compile(
    rf"(?<![{_HAN}·])((?:(?![省市县区乡镇局委办厅部会])[{_HAN}]){{2,6}})(?<![长员任记席官师人者])"
    rf"(?=[(（] ?(?:[男女] ?[,，、] ?)?(?!汉)[{_HAN}]{{1,5}}族[)）,，、])"
)
# What a cash book notes: `付张凯卡号6222…`. The verb is a surname too.
_PAID = re.compile(
    rf"(?:^|(?<=[\n\t\x1d\x1e]))(?:支?付|付给|发给|转给)([{_HAN}]{{2,9}}?)"
    rf"(?=$|[^{_HAN}]|卡号|账号|帐号|电话|手机|工资|工钱|报酬|身份证|开户)"
)
_DOTTED_CONFIDENCE, _SPACED_CONFIDENCE, _PLACED_CONFIDENCE = 0.75, 0.6, 0.75
_LEAST_PAID, _LIKELY = 3, 0.5
_LEAST_SOUNDS = 3  # characters of a name that only writes sounds
_SOUND_SET = frozenset(_SOUNDS)


def shaped_names(text: str, scored: Sequence[NameSpan]) -> list[NameSpan]:
    """Names in a text by form or place, in no order; they may overlap. What the scorer of running
    text is as sure of, by `scored`, is not asked of the cells' network again: that costs most."""
    sure = {(s.start, s.end) for s in scored if s.confidence >= _PLACED_CONFIDENCE}
    found = [NameSpan(m.start(), m.end(), _DOTTED_CONFIDENCE) for m in _DOTTED.finditer(text)]
    return found + _spaced(text) + _placed(text, sure) + _paid(text)


def _spaced(text: str) -> list[NameSpan]:
    """Names of two characters set apart by spaces, each alone: `王 芳`."""
    known = load_scorer().tables.surname
    found = [m for m in _SPACED.finditer(text) if known[ord(m.group(1))] > 1]
    likely = chances([m.group(1) + m.group(2) for m in found])
    return [
        NameSpan(m.start(), m.end(), _SPACED_CONFIDENCE)
        for m, chance in zip(found, likely, strict=True)
        if chance >= _SPACED_CONFIDENCE or _is_listed(text, m)
    ]


def _is_listed(text: str, found: "re.Match[str]") -> bool:
    """Whether two characters that are spread to the width of a name of three stand within a list
    or before 同志: `、艾　民、`, `高　平同志`. A word is not spread so."""
    beside = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
    return beside == "、、" or text.startswith("同志", found.end())


def _placed(text: str, sure: set[tuple[int, int]]) -> list[NameSpan]:
    """Names that an ID number or a description follows, or that follow the word for an office."""
    found = [*_IN_OFFICE.finditer(text), *_DESCRIBED.finditer(text), *_identified(text)]
    known = [m for m in found if m.span(1) in sure]
    open_ = [m for m in found if m.span(1) not in sure]
    likely = _likely([m.group(1) for m in open_])
    known += _OF_PEOPLE.finditer(text) if "族" in text else ()
    known += [m for m, is_likely in zip(open_, likely, strict=True) if is_likely]
    return [NameSpan(m.start(1), m.end(1), _PLACED_CONFIDENCE) for m in known]


def _identified(text: str) -> "Iterator[re.Match[str]]":
    for number in _ID_NUMBER.finditer(text):
        start = number.start()
        found = _IDENTIFIED.search(text, max(0, start - _REACH), start)
        if found is not None:
            yield found


def _paid(text: str) -> list[NameSpan]:
    """Names behind the verb of a payment, where the text notes payments one after another: one
    alone, or many of which the rest is none, are of the family 付."""
    found = list(_PAID.finditer(text))
    if len(found) < _LEAST_PAID:
        return []
    likely = _likely([m.group(1) for m in found])
    family = chances([m.group() for m in found])  # `支付…` is none
    against = sum(f >= _LIKELY and not p for f, p in zip(family, likely, strict=True))
    if sum(likely) < max(_LEAST_PAID, 2 * against):
        return []
    return [
        NameSpan(m.start(1), m.end(1), _PLACED_CONFIDENCE)
        for m, is_likely in zip(found, likely, strict=True)
        if is_likely
    ]


def _likely(written: list[str]) -> list[bool]:
    """Whether each has the form of a name: of Han names, or of sounds alone."""
    han = chances(written)
    return [
        chance >= _LIKELY or (len(text) >= _LEAST_SOUNDS and _SOUND_SET.issuperset(text))
        for text, chance in zip(written, han, strict=True)
    ]
