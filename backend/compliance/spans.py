"""When a text may reach somebody: open hours of days in one or several zones, as instants.

Times are those of the recipients' clock, ms since 1970 UTC. An instant is open by what the clock on
the wall shows then, so that an hour that is skipped or repeated when clocks change is open exactly
where its wall time is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from backend.compliance.laws import CLOSED, SUNDAY, Minutes, lawful
from backend.store.settings import Settings
from backend.zones import zone

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
Span = tuple[int, int]
"""(from, until), until not included."""


@dataclass(frozen=True)
class Rules:
    """What decides on the open hours: the team's own, and the laws of ``regions``. ``first`` is for
    a text to somebody who has never written back: then Sunday has hours of its own."""

    hours: Minutes
    sunday: Minutes
    regions: tuple[str, ...]
    first: bool

    def open(self, day: date) -> Minutes:
        (start, end), _ = lawful(self.regions, day)
        sunday = [self.sunday] if self.first and day.weekday() == SUNDAY else []
        for first, last in [self.hours, *sunday]:
            start, end = max(start, first), min(end, last)
        return (start, end) if start < end else CLOSED


def rules(settings: Settings, regions: tuple[str, ...], first: bool) -> Rules:
    """A team's own window never widens what laws leave open."""
    return Rules(
        (settings.hours_from, settings.hours_until),
        (settings.sunday_from, settings.sunday_until),
        regions,
        first,
    )


def is_open(rules: Rules, zones: tuple[str, ...], at: int) -> bool:
    """Whether the clocks of all zones show an open minute at ``at``."""
    return all(_open_there(rules, name, at) for name in zones)


def spans(rules: Rules, zones: tuple[str, ...], at: int, days: int) -> list[Span]:
    """When all zones are open between ``at`` and ``days`` later, in order."""
    until = at + days * DAY_MS
    common: list[Span] = [(at, until)]
    for name in zones:
        common = list(_both(common, _spans(rules, name, at, until)))
    return common


def _open_there(rules: Rules, name: str, at: int) -> bool:
    shown = wall(name, at)
    start, end = rules.open(shown.date())
    return start <= shown.hour * 60 + shown.minute < end


def _spans(rules: Rules, name: str, at: int, until: int) -> list[Span]:
    day = wall(name, at).date()
    last = wall(name, until).date()
    found: list[Span] = []
    while day <= last:
        found += _of_day(name, day, rules.open(day))
        day += timedelta(days=1)
    return found


@lru_cache(maxsize=8192)
def _of_day(name: str, day: date, minutes: Minutes) -> list[Span]:
    """The spans of one local day; more than one where clocks go back over an edge of it."""
    start, end = minutes
    if start >= end:
        return []
    midnight, following = _midnight(name, day), _midnight(name, day + timedelta(days=1))
    if following - midnight == DAY_MS and wall(name, midnight).hour == 0:
        return [(midnight + start * MINUTE_MS, midnight + end * MINUTE_MS)]
    found: list[Span] = []
    for instant in range(midnight, following, MINUTE_MS):
        shown = wall(name, instant)
        if shown.date() == day and start <= shown.hour * 60 + shown.minute < end:
            if found and found[-1][1] == instant:
                found[-1] = (found[-1][0], instant + MINUTE_MS)
            else:
                found.append((instant, instant + MINUTE_MS))
    return found


def _both(ours: list[Span], theirs: list[Span]) -> Iterator[Span]:
    """What two ordered lists of spans have in common."""
    for first, last in ours:
        for start, end in theirs:
            if start < last and first < end:
                yield max(first, start), min(last, end)


def wall(name: str, at: int) -> datetime:
    """What the clock on the wall shows at ``at`` in this zone."""
    return datetime.fromtimestamp(at / 1000, zone(name))


def _midnight(name: str, day: date) -> int:
    """The instant at which the day begins; where clocks jump over midnight, that of the jump or a
    little after."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone(name)).timestamp()) * 1000
