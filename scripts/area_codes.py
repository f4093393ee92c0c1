"""Write backend/compliance/area_codes.json: state and zones of each area code of the US and Canada.

``.venv/bin/python scripts/area_codes.py``. From libphonenumber, whose place names take 100 MB of
memory when they are loaded and whose zones go by exchange: a mobile is carried along when its owner
moves within the area, so that every zone of the area code counts.
"""

import json
from pathlib import Path

import phonenumbers
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA

HERE = Path(__file__).parents[1] / "backend" / "compliance"
PLACES = json.loads((HERE / "places.json").read_text("utf-8"))["places"]
CODES = {place["name"]: code for code, place in PLACES.items()}
NAMED_OTHERWISE = {
    "Washington State": ["WA"],
    "Washington D.C.": ["DC"],
    "British Colombia": ["BC"],  # as libphonenumber spells it
    "Nova Scotia/Prince Edward Island": ["NS", "PE"],
    "Northwest Territories/Nunavut/Yukon": ["NT", "NU", "YT"],
}
# libphonenumber names a city or nothing for these.
BY_HAND = {"310": ["CA"], "713": ["TX"], "718": ["NY"], "905": ["ON"]}
COUNTRIES = {"US": "United States", "CA": "Canada"}


def regions(area: str) -> list[str]:
    name = GEOCODE_DATA.get(f"1{area}", {}).get("en", "")
    if area in BY_HAND:
        return BY_HAND[area]
    if name in NAMED_OTHERWISE:
        return NAMED_OTHERWISE[name]
    return [CODES[name]] if name in CODES else [name[-2:]] if name[-4:-2] == ", " else []


def zones(area: str, found: list[str]) -> list[str]:
    here = {each for code in found for each in PLACES[code]["zones"]}
    named = {
        zone for prefix, names in TIMEZONE_DATA.items() if prefix[1:4] == area for zone in names
    }
    # Some areas bear a zone from elsewhere (879 is Newfoundland and not Puerto Rico).
    return sorted(named & here) or sorted(here)


def main() -> None:
    areas = {}
    for area in sorted({prefix[1:4] for prefix in TIMEZONE_DATA if len(prefix) > 3}):
        if found := regions(area):
            areas[area] = {"regions": found, "zones": zones(area, found)}
    kept = {"source": f"libphonenumber {phonenumbers.__version__}", "areas": areas}
    lines = [f'  "{area}": {json.dumps(data)}' for area, data in kept.pop("areas").items()]
    text = f'{{\n "source": "{kept["source"]}",\n "areas": {{\n' + ",\n".join(lines) + "\n }\n}\n"
    (HERE / "area_codes.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
