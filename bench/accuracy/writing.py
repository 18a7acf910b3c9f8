"""The ways in which a value is written on real pages.

Each form is a function from the plain value to the source text. A form fits a place: what stands
in a script or an attribute cannot be split over elements.
"""

from collections.abc import Callable
from random import Random

from bench.accuracy.labels import ATTRIBUTE, COMMENT, METADATA, SCRIPT, Where

Form = Callable[[str, Random], str]

_FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_INVISIBLE = ("\u200b", "\u200c", "\ufeff", "&#8203;", "\u2060")
_SPACES = (" ", "&nbsp;", "\u00a0", "\u3000", "\u2009", "&ensp;")
_WORD_STYLES = (' lang="EN-US"', ' style="font-family:Times New Roman"', "", ' class="num"')


def _cut(value: str, sizes: tuple[int, ...]) -> list[str]:
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at : at + size])
        at += size
    parts.append(value[at:])
    return [part for part in parts if part]


def _groups(value: str) -> list[str]:
    """The groups in which people read a number out."""
    if len(value) in (18, 20):
        return _cut(value, (6, 8))
    if len(value) == 11:
        return _cut(value, (3, 4))
    return [value[i : i + 4] for i in range(0, len(value), 4)]


def plain(value: str, _: Random) -> str:
    return value


def spaced(value: str, rng: Random) -> str:
    return rng.choice(_SPACES).join(_groups(value))


def hyphened(value: str, rng: Random) -> str:
    return rng.choice(("-", "-", "－", "—")).join(_groups(value))


def dotted(value: str, rng: Random) -> str:
    return rng.choice((".", "·")).join(_groups(value))


def full_width(value: str, _: Random) -> str:
    return value.translate(_FULL)


def zero_width(value: str, rng: Random) -> str:
    return rng.choice(_INVISIBLE).join(_groups(value))


def entities(value: str, rng: Random) -> str:
    style = rng.choice(("&#{};", "&#x{:x};"))
    return "".join(style.format(ord(char)) for char in value)


def some_entities(value: str, rng: Random) -> str:
    at = rng.randrange(1, len(value))
    return f"{value[: at - 1]}&#{ord(value[at - 1])};{value[at:]}"


def spans(value: str, rng: Random) -> str:
    at = rng.randrange(2, len(value) - 2)
    tag = rng.choice(("span", "span", "font", "b"))
    one, two = rng.choice(_WORD_STYLES), rng.choice(_WORD_STYLES)
    return f"<{tag}{one}>{value[:at]}</{tag}><{tag}{two}>{value[at:]}</{tag}>"


def span_each_group(value: str, _: Random) -> str:
    return "".join(f"<span>{part}</span>" for part in _groups(value))


def broken(value: str, rng: Random) -> str:
    at = rng.randrange(len(value) // 3, len(value) - 3)
    return f"{value[:at]}{rng.choice(('<br>', '<br/>', '<wbr>'))}{value[at:]}"


def lower_x(value: str, _: Random) -> str:
    return value.replace("X", "x")


def apostrophe(value: str, _: Random) -> str:
    return "'" + value


def country_code(value: str, rng: Random) -> str:
    return rng.choice(("+86 ", "+86", "+86-", "(86)", "（86）", "86-", "0086 ")) + value


def unicode_escapes(value: str, _: Random) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in value)


_ANY_NUMBER: tuple[tuple[Form, int], ...] = (
    (plain, 60),
    (spaced, 8),
    (zero_width, 3),
    (full_width, 4),
    (entities, 2),
    (some_entities, 1),
    (spans, 6),
    (span_each_group, 2),
    (broken, 2),
)
FORMS: dict[str, tuple[tuple[Form, int], ...]] = {
    "id_card": (*_ANY_NUMBER, (hyphened, 1), (lower_x, 6), (apostrophe, 3)),
    "mobile": (*_ANY_NUMBER, (hyphened, 6), (dotted, 2), (country_code, 4)),
    "bank_card": (*_ANY_NUMBER, (apostrophe, 2)),
    "disability_cert": (*_ANY_NUMBER, (apostrophe, 1)),
    "student_id": ((plain, 1),),
}
_ONE_LINE: dict[str, tuple[tuple[Form, int], ...]] = {
    "id_card": ((plain, 12), (lower_x, 2), (spaced, 1)),
    "mobile": ((plain, 12), (hyphened, 1), (country_code, 1)),
}


def write(type_: str, value: str, where: Where, rng: Random) -> str:
    """One of the forms that people use for a value of this type in this place."""
    if where in (ATTRIBUTE, COMMENT, METADATA):
        menu = _ONE_LINE.get(type_, ((plain, 1),))
        form = _choose(menu, rng)
        return form(value, rng).replace("&", "&amp;") if form is not spaced else value
    if where == SCRIPT:
        return (unicode_escapes if rng.random() < 0.04 else plain)(value, rng)
    if type_.startswith("landline"):
        return write_landline(value, rng)
    return _choose(FORMS.get(type_, ((plain, 1),)), rng)(value, rng)


def _choose(menu: tuple[tuple[Form, int], ...], rng: Random) -> Form:
    return rng.choices([form for form, _ in menu], [weight for _, weight in menu])[0]


def write_landline(value: str, rng: Random) -> str:
    """A landline given as `area-local`, or as the local part alone."""
    area, dash, local = value.partition("-")
    if not dash:
        return value
    forms = (
        f"{area}-{local}",
        f"{area}-{local}",
        f"{area}-{local}",
        f"({area}){local}",
        f"（{area}）{local}",
        f"{area}—{local}",
        f"{area} {local}",
        f"{area}{local}",
        f"{area}－{local}",
        f"{area}-{local[:4]} {local[4:]}",
        f"{area}-{local}".translate(_FULL),
    )
    return rng.choice(forms)


def write_date(year: int, month: int, day: int, rng: Random) -> str:
    forms = (
        f"{year}-{month:02d}-{day:02d}",
        f"{year}年{month}月{day}日",
        f"{year}.{month:02d}.{day:02d}",
        f"{year}/{month}/{day}",
    )
    return rng.choice(forms)


def write_name(name: str, rng: Random) -> str:
    """Two-character names are often stretched to the width of three."""
    if len(name) == 2 and rng.random() < 0.2:
        return rng.choice(("&nbsp;&nbsp;", "\u3000", " ", "&emsp;")).join(name)
    return name
