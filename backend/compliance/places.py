"""States and provinces: their zones, and which of them an area code belongs to."""

import json
from dataclasses import dataclass
from importlib.resources import files

_HERE = files("backend.compliance")


@dataclass(frozen=True)
class Place:
    """Where somebody may be: two-letter codes of states and provinces, and IANA zones, of which the
    first is the likeliest. Empty where nothing is known."""

    regions: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


NOWHERE = Place()
_PLACES: dict[str, dict] = json.loads(_HERE.joinpath("places.json").read_text("utf-8"))["places"]
_AREAS: dict[str, dict] = json.loads(_HERE.joinpath("area_codes.json").read_text("utf-8"))["areas"]
_BY_NAME = {place["name"].casefold(): code for code, place in _PLACES.items()}
COUNTRY = {code: place["country"] for code, place in _PLACES.items()}
"""``US`` or ``CA`` of each state and province."""


def of_region(written: str) -> Place:
    """The state or province of an address, by its code or its name; ``NOWHERE`` for others."""
    word = " ".join(written.split())
    code = word.upper() if word.upper() in _PLACES else _BY_NAME.get(word.casefold(), "")
    return Place((code,), tuple(_PLACES[code]["zones"])) if code else NOWHERE


def of_mobile(e164: str) -> Place:
    """Where the area code of a number of the US or Canada lies; ``NOWHERE`` for codes that came
    after our data."""
    area = _AREAS.get(e164[2:5]) if e164.startswith("+1") else None
    return Place(tuple(area["regions"]), tuple(area["zones"])) if area else NOWHERE
