"""Telephone numbers: reading them, and which of them have a meaning of their own."""

import re

import phonenumbers

E164 = re.compile(r"\+[1-9][0-9]{6,14}|[1-9][0-9]{4,5}")
"""A number as the carrier writes it; five or six digits are a short code."""

_TOLL_FREE = re.compile(r"\+18(00|33|44|55|66|77|88)[0-9]{7}")
_MAGIC = "+1500555"

MAGIC_TO = {
    f"{_MAGIC}0001": 21211,
    f"{_MAGIC}0002": 21612,
    f"{_MAGIC}0003": 21408,
    f"{_MAGIC}0004": 21610,
    f"{_MAGIC}0009": 21614,
}
MAGIC_FROM = {f"{_MAGIC}0001": 21212, f"{_MAGIC}0007": 21606, f"{_MAGIC}0008": 21611}
MAGIC_SENDER = f"{_MAGIC}0006"
"""A sender that always works, as with Twilio's test credentials."""


def e164(text: str) -> str | None:
    """A number as people write it, in E.164 (without ``+``, the US is meant); None if it is not
    one."""
    if len(text) > 40 or not text.isprintable():
        return None
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def region(number: str) -> str:
    """``US`` for +14045550123; by the calling code when the number belongs to nobody."""
    if number.startswith(_MAGIC):
        return "US"
    parsed = phonenumbers.parse(number)
    exact = phonenumbers.region_code_for_number(parsed)
    return exact or phonenumbers.region_code_for_country_code(parsed.country_code or 0)


def toll_free(number: str) -> bool:
    return _TOLL_FREE.fullmatch(number) is not None


def short_code(number: str) -> bool:
    return not number.startswith("+")
