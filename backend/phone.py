"""Telephone numbers: E.164, the form people read, and which of them a text may go to."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

TEXTABLE = frozenset({"US", "CA"})
# Area codes that are no place: premium, toll-free and personal numbers cannot be a person's mobile.
_PREMIUM = frozenset({"900", "976"})
_PERSONAL = frozenset(
    {"500", "521", "522", "523", "524", "525", "526", "527", "528", "529"}
    | {"533", "544", "566", "577", "588"}
)
"""Non-geographic (NANPA 5XX): they follow their owner for a fee and take no texts."""
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
_LABEL = re.compile(r"^[^\d+\uff0b]*")
"""What stands before a number: ``tel:``, ``Cell:``."""
_EXTENSION = re.compile(r"(?:\s*(?:;?ext[.=]?|extension|x|#)\s*\d+)\s*$", re.IGNORECASE)


class PhoneError(ValueError):
    """Not a number that can be texted. ``reason`` is for programs, the message for the rep."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in E.164 with the country it belongs to (ISO 3166 alpha-2, or ``""``)."""

    e164: str
    country: str
    display: str


@lru_cache(maxsize=65536)
def parse(raw: str, region: str = "US") -> Phone:
    """Read a number as people write it, or raise PhoneError ``no_mobile``, ``extension``."""
    text = raw.strip()
    if not text:
        raise PhoneError("no_mobile", "There is no mobile number.")
    if _EXTENSION.search(text):
        raise PhoneError("extension", "Numbers with an extension can't receive texts.")
    if any(each.isalpha() for each in _LABEL.sub("", text)):
        # The library would read them as the keys of a telephone: 1-800-FLOWERS.
        raise PhoneError("no_mobile", "This is not a telephone number: there are letters in it.")
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        raise PhoneError("no_mobile", "This is not a telephone number.") from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE:  # also refuses "555-0187": no area
        raise PhoneError("no_mobile", "This is not a complete telephone number.")
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Phone(e164, _country(number), _display(number))


def split_extension(raw: str) -> tuple[str, str]:
    """(404) 555-0187 x12 as the number and the digits of its extension; empty where it has none."""
    found = _EXTENSION.search(raw.strip())
    if found is None:
        return raw.strip(), ""
    digits = "".join(each for each in found.group() if each.isdigit())
    return raw.strip()[: found.start()].rstrip(" ,;"), digits


def typed(text: str) -> str:
    """E.164 of a number that somebody typed; the words of the PhoneError end with how to write
    it."""
    try:
        return parse(text).e164
    except PhoneError as error:
        raise PhoneError(error.reason, f"{error} Write it as (404) 555-0187.") from None


def display(e164: str) -> str:
    """``(404) 555-0187`` for numbers of the US and Canada, ``+44 7700 900123`` for others."""
    try:
        return parse(e164).display
    except PhoneError:
        return e164


def kind(e164: str) -> Literal["long_code", "toll_free", "short_code"]:
    """Which kind of number of ours it is; short codes are five or six digits without a plus."""
    if not e164.startswith("+"):
        return "short_code"
    return "toll_free" if e164.startswith("+1") and e164[2:5] in _TOLL_FREE else "long_code"


@lru_cache(maxsize=65536)
def check_textable(e164: str, *, fictitious: bool = False) -> Phone:
    """Return the number if a text may go to it, else raise :class:`PhoneError`.

    ``fictitious`` allows 555-0100 to 555-0199, kept for examples (ATIS-0300115), towards the
    simulator. Reasons: ``country``, ``premium``, ``toll_free``, ``fictitious``, ``no_mobile``.
    """
    phone = parse(e164)
    if phone.country not in TEXTABLE:
        raise PhoneError("country", "Texting works with US and Canadian mobiles only.")
    area, exchange, line = phone.e164[2:5], phone.e164[5:8], phone.e164[8:]
    if area in _PREMIUM:
        raise PhoneError("premium", "This is a premium-rate number, it can't be texted.")
    if area in _TOLL_FREE:
        raise PhoneError("toll_free", "This is a toll-free number, not a person's mobile.")
    if exchange == "555" and line.startswith("01"):
        if fictitious:
            return phone
        raise PhoneError("fictitious", "555-01XX numbers are for examples and reach nobody.")
    if area in _PERSONAL or (exchange == "555" and line == "1212"):
        raise PhoneError("no_mobile", "This is not a person's mobile.")
    number = PhoneNumber(country_code=1, national_number=int(phone.e164[2:]))
    line_type = phonenumbers.number_type(number)
    if line_type == PhoneNumberType.UNKNOWN:
        raise PhoneError("no_mobile", "This number is not in use in the US or Canada.")
    if line_type == PhoneNumberType.PREMIUM_RATE:
        raise PhoneError("premium", "This is a premium-rate number, it can't be texted.")
    return phone


def _country(number: phonenumbers.PhoneNumber) -> str:
    region = phonenumbers.region_code_for_number(number)
    if region:
        return region
    national = str(number.national_number)
    if number.country_code == 1 and len(national) == 10:
        # An example number is in no plan, but its area code belongs to a country all the same.
        neighbour = phonenumbers.parse(f"+1{national[:3]}2345678")
        found = phonenumbers.region_code_for_number(neighbour)
        if found:
            return found
        return "US" if national[:3] in _PREMIUM | _TOLL_FREE else ""
    return phonenumbers.region_code_for_country_code(number.country_code or 0)


def _display(number: phonenumbers.PhoneNumber) -> str:
    form = (
        PhoneNumberFormat.NATIONAL if number.country_code == 1 else PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, form)
