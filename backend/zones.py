"""Time zones by IANA name, from the pinned tzdata package and not from the system, whose rules may
be years behind (Debian's are an hour off for parts of Canada)."""

import re
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

_DATA = files("tzdata")
_WORD = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+")


@cache
def names() -> frozenset[str]:
    """Every zone that there is. ``Factory`` is none: it says that nobody has set the clock."""
    return frozenset(_DATA.joinpath("zones").read_text("utf-8").split()) - {"Factory"}


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of this name; ``LookupError`` when there is none."""
    if name not in names():
        raise LookupError(f"no such time zone: {name}")
    with _DATA.joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def stated(written: str) -> str:
    """The zone that a CRM's page states, alone or among words as in ``(GMT-05:00) Eastern Time
    (America/New_York)``; empty when it names none."""
    return next((each for each in _WORD.findall(written) if each in names()), "")
