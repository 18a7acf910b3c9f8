"""How a value is shown when it must not be shown: the display masks of the program itself.

These are the masks of what the program prints and stores. Whether a mask found on a page is
good enough is another question, answered in `scanner.classify`.
"""

import re

_LONG_DIGITS = re.compile(r"(?<![0-9])[0-9][0-9\s\-]{3,}[0-9Xx](?![0-9])")

# Characters kept at the start and at the end, by kind. ID numbers follow the 2 + 3 of the Yong'an
# notice of 2023-01-04; mobiles and cards the 3 + 4 and 6 + 4 that most bodies use.
_KEEP: dict[str, tuple[int, int]] = {
    "id_card": (2, 3),
    "disability_cert": (2, 2),
    "student_id": (2, 2),
    "social_security": (2, 2),
    "mobile": (3, 4),
    "landline": (0, 2),
    "bank_card": (6, 4),
    "passport": (1, 2),
    "travel_permit": (1, 2),
    "license_plate": (2, 1),
    "qq": (2, 2),
    "wechat": (2, 1),
    "birth_date": (0, 0),
}


def _keep(value: str, head: int, tail: int) -> str:
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + value[len(value) - tail :]


def _mask_name(value: str) -> str:
    return value[:1] + "*" * max(1, len(value) - 1)


def _mask_email(value: str) -> str:
    local, at, domain = value.partition("@")
    return f"{local[:1]}***{at}{domain}" if at else _keep(value, 1, 0)


def _mask_address(value: str) -> str:
    """Kept down to the township, which is as far as an address may be published."""
    cut = max((value.rfind(mark) for mark in ("乡", "镇", "街道", "苏木")), default=-1)
    if cut < 0:
        cut = max((value.rfind(mark) for mark in ("县", "区", "市")), default=-1)
    return value[: cut + 1] + "***" if cut >= 0 else value[:1] + "***"


def mask_value(kind: str, value: str) -> str:
    """The value of `kind` as the program shows and stores it: never the whole of it."""
    if kind == "person_name":
        return _mask_name(value)
    if kind == "email":
        return _mask_email(value)
    if kind == "home_address":
        return _mask_address(value)
    if kind == "health":
        return value[:1] + "*" * max(1, len(value) - 1)
    head, tail = _KEEP.get(kind, (1, 1))
    return _keep(value, head, tail)


def mask_text(text: str) -> str:
    """Free text with every run of five or more digits hidden, whatever it may be."""
    return _LONG_DIGITS.sub(lambda m: re.sub(r"[0-9]", "*", m.group()), text)
