"""Numbers built on the citizen number of GB 11643-1999 (area, birth date, sequence, check)."""

import re
from datetime import date

from patterns import reference
from patterns.rule import Proof
from patterns.validators import residues

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"

_ID18 = re.compile(r"[0-9]{17}[0-9X]")
_ID15 = re.compile(r"[0-9]{15}")
_OLD_PR = re.compile(r"[A-Z]{3}[0-9]{12}")
_DISABILITY = re.compile(r"([0-9]{17}[0-9X])([1-7])([1-4])(?:B[1-9])?")
_STUDENT = re.compile(r"([GL])([0-9]{17}[0-9X])")
_MASKED18 = re.compile(r"[0-9*]{17}[0-9X*]")
_MASKED15 = re.compile(r"[0-9*]{15}")
_MASKED_DISABILITY = re.compile(r"([0-9*]{17}[0-9X*])([1-7*])([1-4*])(?:B[1-9*])?")
_MASKED_STUDENT = re.compile(r"([GL*])([0-9*]{17}[0-9X*])")
_DATE = re.compile(
    r"([0-9]{4})(?:([0-9]{2})([0-9]{2})?"
    r"| ?[年/.\-] ?([0-9]{1,2})(?: ?[月/.\-] ?([0-9]{1,2}) ?日?| ?月)?)"
)


def check_digit(first17: str) -> str:
    """The 18th character of GB 11643-1999 (ISO 7064 MOD 11-2) for 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECKS[total % 11]


def is_birth_date(yyyymmdd: str, today: date | None = None) -> bool:
    """Whether eight digits are a real date from 1900 to today."""
    try:
        day = date(int(yyyymmdd[:4]), int(yyyymmdd[4:6]), int(yyyymmdd[6:]))
    except ValueError:
        return False
    return day.year >= residues.FIRST_YEAR and day <= (today or date.today())


def _sound18(value: str) -> bool:
    """Check digit and birth date of an 18-character number hold."""
    return (
        _ID18.fullmatch(value) is not None
        and check_digit(value[:17]) == value[17]
        and is_birth_date(value[6:14])
    )


def gb11643(value: str) -> Proof:
    """Citizen number of 18 characters.

    Proven by check digit, real birth date and an area code that was ever assigned. With an unknown
    code of a known province it stays undecided: local lists of early codes are not complete.
    """
    if not _sound18(value) or value[:2] not in reference.id_provinces():
        return Proof.DISPROVED
    return Proof.PROVEN if value[:6] in reference.id_areas() else Proof.UNDECIDED


def gb11643_15(value: str) -> Proof:
    """Citizen number of 15 digits (GB 11643-1989): no check digit, so it is never proven."""
    sound = (
        _ID15.fullmatch(value) is not None
        and value[:6] in reference.id_areas()
        and is_birth_date("19" + value[6:12])
    )
    return Proof.UNDECIDED if sound else Proof.DISPROVED


def residence_permit(value: str) -> Proof:
    """Residence permit for residents of Hong Kong (81), Macao (82) and Taiwan (83)."""
    good = value[:6] in {"810000", "820000", "830000"} and _sound18(value)
    return Proof.PROVEN if good else Proof.DISPROVED


def foreign_pr(value: str) -> Proof:
    """Foreigners' permanent residence ID.

    The form of 2023 (9, province, numeric country, birth date, sequence, check) is proven by its
    check digit. The older one (three letters, place, YYMMDD, two digits) can only be plausible.
    """
    if _OLD_PR.fullmatch(value):
        good = value[:3] in reference.words("countries.txt") and any(
            is_birth_date(century + value[7:13]) for century in ("19", "20")
        )
        return Proof.UNDECIDED if good else Proof.DISPROVED
    if value[:1] != "9" or not _sound18(value):
        return Proof.DISPROVED
    return Proof.PROVEN if value[1:3] in reference.provinces() else Proof.UNDECIDED


def _inner(value: str) -> Proof:
    """The citizen number or residence permit inside a longer number."""
    return residence_permit(value) if value[:2] in {"81", "82", "83"} else gb11643(value)


def disability(value: str) -> Proof:
    """Disability certificate: citizen number, type 1 to 7, level 1 to 4, B1 if reissued."""
    match = _DISABILITY.fullmatch(value)
    return _inner(match.group(1)) if match else Proof.DISPROVED


def student_g(value: str) -> Proof:
    """National student number: G or L (temporary) and the citizen number; J forms: undecided."""
    match = _STUDENT.fullmatch(value)
    if match:
        return _inner(match.group(2))
    return Proof.UNDECIDED if value.startswith("J") else Proof.DISPROVED


def birth_date(value: str) -> Proof:
    """A written date, with or without its day: disproved when nobody alive was born on it.

    That somebody was born then can never be proven by the date itself.
    """
    match = _DATE.fullmatch(value)
    if not match:
        return Proof.DISPROVED
    year, month, day, written_month, written_day = match.groups()
    text = f"{year}{month or written_month:0>2}{day or written_day or '01':0>2}"
    return Proof.UNDECIDED if is_birth_date(text) else Proof.DISPROVED


def gb11643_fits(masked: str) -> int:
    """How many citizen numbers or residence permits fit 18 characters with `*` for hidden ones."""
    if not _MASKED18.fullmatch(masked):
        return 0
    area, born, sequence, check = masked[:6], masked[6:14], masked[14:17], masked[17]
    body = residues.join(residues.areas(area), residues.dates(born, date.today()))
    body = residues.join(body, residues.digits(sequence, WEIGHTS[14:17]))
    return sum(body) if check == "*" else body[CHECKS.index(check)]


def gb11643_15_fits(masked: str) -> int:
    """How many 15-digit citizen numbers fit."""
    if not _MASKED15.fullmatch(masked):
        return 0
    areas = residues.areas(masked[:6], permits=False)
    born = residues.dates("19" + masked[6:12], date.today())
    return sum(areas) * sum(born) * int(10 ** masked[12:].count("*"))


def disability_fits(masked: str) -> int:
    """How many disability certificates fit; the reissue suffix is not counted."""
    match = _MASKED_DISABILITY.fullmatch(masked)
    if not match:
        return 0
    number, kind, level = match.groups()
    return gb11643_fits(number) * (7 if kind == "*" else 1) * (4 if level == "*" else 1)


def student_g_fits(masked: str) -> int:
    """How many national student numbers (G or L and a citizen number) fit."""
    match = _MASKED_STUDENT.fullmatch(masked)
    if not match:
        return 0
    return gb11643_fits(match.group(2)) * (2 if match.group(1) == "*" else 1)
