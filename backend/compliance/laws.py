"""The hours that laws leave open, from ``windows.json``: data with a version and its sources."""

from datetime import date
from functools import lru_cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from backend.compliance.places import COUNTRY

Minutes = tuple[int, int]
"""(from, until) in minutes since midnight; empty when from is not before until."""
CLOSED: Minutes = (0, 0)
WHOLE_DAY: Minutes = (0, 24 * 60)
SATURDAY, SUNDAY = 5, 6


class Law(Struct, kw_only=True, frozen=True, rename={"first": "from", "end": "until"}):
    """One law: ``hours`` by kind of day; ``first`` is its first day, ``end`` the day after its
    last."""

    hours: dict[str, str | None]
    source: str
    seen: str
    country: str = ""
    region: str = ""
    first: date = date.min
    end: date = date.max

    @property
    def name(self) -> str:
        return self.region or self.country

    def holds(self, regions: tuple[str, ...], day: date) -> bool:
        """On this day for somebody who may be in one of these states. Who may be anywhere is at
        least under the country's own law."""
        if not self.first <= day < self.end:
            return False
        if self.region:
            return self.region in regions
        return self.country in {COUNTRY[each] for each in regions} or not regions

    def open(self, day: date) -> Minutes:
        """When texts may arrive on this day of the recipient's calendar."""
        kind = {SATURDAY: "saturday", SUNDAY: "sunday"}.get(day.weekday(), "weekdays")
        if "holidays" in self.hours and day in holidays(self.region, day.year):
            kind = "holidays"
        return _minutes(self.hours.get(kind, self.hours["weekdays"]))


class Book(Struct, kw_only=True, frozen=True):
    """All laws, and the day on which they were last looked at."""

    version: str
    note: str
    laws: list[Law]


BOOK = msgspec.json.decode(
    files("backend.compliance").joinpath("windows.json").read_bytes(), type=Book
)


@lru_cache(maxsize=8192)
def lawful(regions: tuple[str, ...], day: date) -> tuple[Minutes, str]:
    """What all laws leave open on this day, and the names of those that close the most of it."""
    start, end = WHOLE_DAY
    names: list[str] = []
    for law in BOOK.laws:
        if law.holds(regions, day):
            first, last = law.open(day)
            if first > start or last < end:
                names.append(law.name)
            start, end = max(start, first), min(end, last)
    return ((start, end) if start < end else CLOSED), ", ".join(names)


@lru_cache(maxsize=256)
def holidays(region: str, year: int) -> frozenset[date]:
    """Legal holidays of a state, with the days on which they are observed."""
    # Loaded where it is needed: it takes 9 MB, and few states close on holidays.
    from holidays import country_holidays

    return frozenset(country_holidays(COUNTRY[region], subdiv=region, years=year))


def _minutes(hours: str | None) -> Minutes:
    if hours is None:
        return CLOSED
    first, _, last = hours.partition("-")
    return _of_day(first), _of_day(last)


def _of_day(time: str) -> int:
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute)
