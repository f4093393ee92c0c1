"""Quiet hours: when a person may be texted. Instants are real time, ms since 1970 UTC.

A text goes out only while the recipient's clock shows an open minute in every zone in which they
may be, by the law of every state in which they may be, and by the team's own window.
"""

from datetime import datetime

from backend.compliance import simulation, spans
from backend.compliance.laws import lawful
from backend.compliance.recipient import Person, whereabouts
from backend.store.settings import Settings

HORIZON_DAYS = 15
"""No law closes more days on end."""


def zone_of(person: Person, mobile: str) -> tuple[str, bool]:
    """The zone for the recipient's clock (IANA, or empty), and whether it was stated or follows
    from the address; a number's area alone is no more than likely."""
    there = whereabouts(person, mobile)
    return there.zone, there.certain


def is_open(
    settings: Settings, person: Person, mobile: str, at: int, *, first: bool = False
) -> bool:
    """Whether the person may be texted at ``at``. ``first``: they have never written back."""
    there = whereabouts(person, mobile)
    rules = spans.rules(settings, there.regions, first)
    return spans.is_open(rules, there.zones, simulation.shown_at(at))


def windows(
    settings: Settings, person: Person, mobile: str, at: int, days: int, *, first: bool = False
) -> list[tuple[int, int]]:
    """When the person may be texted in the ``days`` after ``at``: (from, until), in order."""
    there = whereabouts(person, mobile)
    rules = spans.rules(settings, there.regions, first)
    found = spans.spans(rules, there.zones, simulation.shown_at(at), days)
    return [(simulation.real(start), simulation.real(end)) for start, end in found]


def first_allowed(
    settings: Settings, person: Person, mobile: str, at: int, *, first: bool = False
) -> int | None:
    """``at`` itself when it is open, else the first open minute after it; None when the team's
    window and the laws leave none within fifteen days."""
    for days in (3, HORIZON_DAYS):
        if found := windows(settings, person, mobile, at, days, first=first):
            return found[0][0]
    return None


def local_time(person: Person, mobile: str, at: int) -> datetime:
    """The wall time of ``at`` where the person most likely is."""
    there = whereabouts(person, mobile)
    return spans.wall(there.zone or there.zones[0], simulation.shown_at(at))


def explain(person: Person, mobile: str, at: int) -> str:
    """What a decision says on it, such as ``Tue 20:12 in America/Chicago; laws: US, FL``."""
    there = whereabouts(person, mobile)
    shown = simulation.shown_at(at)
    times = [f"{spans.wall(name, shown):%a %H:%M} in {name}" for name in there.zones[:3]]
    _, laws = lawful(there.regions, spans.wall(there.zones[0], shown).date())
    return f"{', '.join(times)}; laws: {laws or 'none'}"
