"""Where a recipient may be: in which zones, and under which laws."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from backend.compliance import places
from backend.zones import stated

ANYWHERE = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    *("America/Anchorage", "Pacific/Honolulu"),
)
"""For a number that tells nothing: all of the US must be awake."""


class Person(Protocol):
    """What is read of a person: a wire or a database person will do. Both may be empty."""

    @property
    def time_zone(self) -> str: ...

    @property
    def region(self) -> str: ...


@dataclass(frozen=True)
class Whereabouts:
    """``zone`` is for the recipient's clock, empty where nothing tells it; ``certain`` when it was
    stated or follows from the address. ``zones`` are all in which the recipient may be, ``regions``
    the states and provinces whose laws may hold."""

    zone: str
    certain: bool
    zones: tuple[str, ...]
    regions: tuple[str, ...]


def whereabouts(person: Person, mobile: str) -> Whereabouts:
    """What the stated zone, the address and the area code say together.

    They may contradict each other (somebody moved, or travels): then each may be right, and all
    count. A stated zone that lies in the address's state, or in the area of the number, says in
    which part of it the person is; nothing else narrows a state that has several zones.
    """
    return _whereabouts(person.time_zone, person.region, mobile)


@lru_cache(maxsize=16384)
def _whereabouts(time_zone: str, region: str, mobile: str) -> Whereabouts:
    said = stated(time_zone)
    address, number = places.of_region(region), places.of_mobile(mobile)
    zones = [said] if said else []
    for place in (address, number):
        if said not in place.zones:
            zones += place.zones
    one = number.zones[0] if len(number.zones) == 1 else ""
    if said:
        zone = said
    elif one in address.zones:
        zone = one
    else:
        zone = address.zones[0] if address.zones else one
    return Whereabouts(
        zone,
        bool(said) or len(address.zones) == 1,
        tuple(dict.fromkeys(zones)) or ANYWHERE,
        tuple(dict.fromkeys(address.regions + number.regions)),
    )
