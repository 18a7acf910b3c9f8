"""Validators and counting functions, by the names that rule files use.

A validator takes the compacted, upper-case value and proves it, disproves it or cannot tell.
A counting function takes a value with `*` for every hidden character and says exactly how many real
values still fit it; 0 when none does.
"""

from functools import lru_cache

from patterns.rule import Fits, Validator
from patterns.validators import cards, identity, organisation, person, phone

VALIDATORS: dict[str, Validator] = {
    "gb11643": identity.gb11643,
    "gb11643_15": identity.gb11643_15,
    "residence_permit": identity.residence_permit,
    "foreign_pr": identity.foreign_pr,
    "disability": identity.disability,
    "student_g": identity.student_g,
    "birth_date": identity.birth_date,
    "uscc": organisation.uscc,
    "org_code": organisation.org_code,
    "isbn": organisation.isbn,
    "vin": organisation.vin,
    "luhn": cards.luhn,
    "bank_card": cards.bank_card,
    "mobile": phone.mobile,
    "landline": phone.landline,
    "surname": person.surname,
}

_FITS: dict[str, Fits] = {
    "generic": cards.generic_fits,
    "gb11643": identity.gb11643_fits,
    "gb11643_15": identity.gb11643_15_fits,
    "disability": identity.disability_fits,
    "student_g": identity.student_g_fits,
    "luhn": cards.luhn_fits,
    "bank_card": cards.bank_card_fits,
    "mobile": phone.mobile_fits,
    "landline": phone.landline_fits,
}
# The same mask is asked about when it is found, judged and told.
FITS: dict[str, Fits] = {name: lru_cache(maxsize=1024)(fits) for name, fits in _FITS.items()}
