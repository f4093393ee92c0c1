"""Where a number is from, as far as its digits tell: the geographic fields of a webhook."""

import phonenumbers
from phonenumbers import geocoder

from simulator.phones import region, short_code

# The largest cities' first codes; Twilio leaves the field empty where it does not know.
_ZIPS = {"404": "30303", "212": "10007", "310": "90001", "312": "60602", "415": "94102"}
_LONG_NAMES = """
Alabama AL, Alaska AK, Arizona AZ, Arkansas AR, California CA, Colorado CO, Connecticut CT,
Delaware DE, Florida FL, Georgia GA, Hawaii HI, Idaho ID, Illinois IL, Indiana IN, Iowa IA,
Kansas KS, Kentucky KY, Louisiana LA, Maine ME, Maryland MD, Massachusetts MA, Michigan MI,
Minnesota MN, Mississippi MS, Missouri MO, Montana MT, Nebraska NE, Nevada NV, New Hampshire NH,
New Jersey NJ, New Mexico NM, New York NY, North Carolina NC, North Dakota ND, Ohio OH, Oklahoma
OK, Oregon OR, Pennsylvania PA, Rhode Island RI, South Carolina SC, South Dakota SD, Tennessee
TN, Texas TX, Utah UT, Vermont VT, Virginia VA, Washington State WA, Washington D.C. DC, West
Virginia WV, Wisconsin WI, Wyoming WY, Alberta AB, British Columbia BC, Manitoba MB, New
Brunswick NB, Newfoundland NL, Nova Scotia NS, Ontario ON, Prince Edward Island PE, Quebec QC,
Saskatchewan SK
"""
_STATES = dict(pair.rsplit(" ", 1) for pair in " ".join(_LONG_NAMES.split()).split(", "))


def fields(prefix: str, number: str) -> dict[str, str]:
    """``FromCity FromState FromZip FromCountry`` for the prefix ``From``; empty where unknown."""
    if not number or short_code(number):
        return {f"{prefix}{name}": "" for name in ("City", "State", "Zip", "Country")}
    place = geocoder.description_for_number(phonenumbers.parse(number), "en")
    city, _, state = place.rpartition(", ")
    return {
        f"{prefix}City": city.upper(),
        f"{prefix}State": _STATES.get(state, state if len(state) == 2 else ""),
        f"{prefix}Zip": _ZIPS.get(number[2:5], "") if number.startswith("+1") else "",
        f"{prefix}Country": region(number),
    }
