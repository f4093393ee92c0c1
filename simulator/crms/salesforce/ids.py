"""Record ids: 15 characters whose case matters, or 18 with a checksum of that case.

The last three characters say for each five characters which are upper case, so that 18-character
ids survive systems that ignore case.
"""

import re

_FORM = re.compile(r"[a-zA-Z0-9]{15}([A-Z0-5]{3})?")
_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def long_form(id: str) -> str | None:
    """The 18-character id; None when the text is no id, or its suffix is not the right one."""
    if not _FORM.fullmatch(id):
        return None
    short = id[:15]
    suffix = "".join(_SUFFIX[_bits(short[start : start + 5])] for start in (0, 5, 10))
    return short + suffix if id[15:] in ("", suffix) else None


def of_number(prefix: str, number: int, pod: str = "5Yq") -> str:
    """The 18-character id of an object's record number ``number``: always the same.

    ``prefix`` is the object's (003 for a contact), ``pod`` keeps series of numbers apart.
    """
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    found = long_form(f"{prefix}{pod}{digits:0>9}")
    assert found, "more records than there are ids"
    return found


def _bits(five: str) -> int:
    return sum(1 << place for place, letter in enumerate(five) if letter.isupper())
