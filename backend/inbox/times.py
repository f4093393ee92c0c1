"""When a text might be sent: moments that a person would choose, in the recipient's day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.compliance import hours, simulation
from backend.messaging.outbound import NotFound
from backend.store import circumstances, conversations, settings
from backend.store.rows import now
from backend.zones import zone
from shared.wire import SuggestedTime

DAYS = 14
MINUTE_MS = 60_000
SOON_MS = 15 * MINUTE_MS
"""What is nearer than this is now."""
STEP = timedelta(minutes=15)
PARTS = (("morning", 6, 9, 12), ("afternoon", 12, 14, 17), ("evening", 17, 18, 21))
"""Of a day: the name, and the hours at which it begins, at which one would text, and ends."""
MONDAY = 0
Window = tuple[int, int]


@dataclass(frozen=True)
class Suggested:
    """As in the frame ``time.suggested``."""

    zone: str
    times: list[SuggestedTime]
    windows: list[Window]


def suggest(team: int, user: int, conversation: int) -> Suggested:
    """Times for a text in this conversation; raises NotFound."""
    found = conversations.get_for(team, user, conversation)
    if found is None:
        raise NotFound
    talk, at, decided = found.conversation, now(), settings.of_team(team)
    person, mobile = talk.person, talk.person.mobile
    around = circumstances.of_text(team, user, talk.number.e164, person.id, mobile)
    open_at = hours.windows(decided, person, mobile, at, DAYS, first=around.inbound_at is None)
    name = hours.zone_of(person, mobile)[0] or decided.time_zone
    return Suggested(name, _choose(at, name, open_at), open_at)


def _choose(at: int, name: str, open_at: list[Window]) -> list[SuggestedTime]:
    """Distinct and in order, all of them within the windows and still to come."""
    found: dict[int, str] = {}
    for label, moment in (*_in_an_hour(at), *_by_day(at, name, open_at)):
        if _within(moment, open_at):
            found.setdefault(moment, label)
    return [SuggestedTime(at=moment, label=found[moment]) for moment in sorted(found)]


def _in_an_hour(at: int) -> Iterator[tuple[str, int]]:
    step = 5 * MINUTE_MS
    yield "In 1 hour", -(-(at + 60 * MINUTE_MS) // step) * step


def _by_day(at: int, name: str, open_at: list[Window]) -> Iterator[tuple[str, int]]:
    today = datetime.fromtimestamp(simulation.shown_at(at) / 1000, zone(name)).date()
    monday = (MONDAY - today.weekday()) % 7 or 7
    days = [
        (0, "This {part}", ("morning", "afternoon", "evening")),
        (1, "Tomorrow {part}", ("morning", "afternoon")),
        (monday, "Monday {part}", ("morning", "afternoon")),
    ]
    if monday == 1:
        days.pop()
    for ahead, label, parts in days:
        day = today + timedelta(days=ahead)
        for part, begins, best, ends in PARTS:
            if part not in parts:
                continue
            start = datetime(day.year, day.month, day.day, tzinfo=zone(name))
            hour = [start.replace(hour=each) for each in (begins, best, ends)]
            moment = _moment(at, hour[0], hour[1], hour[2], open_at)
            if moment is not None:
                yield label.format(part=part), moment
                if ahead == monday:
                    break  # one of them is enough so far ahead


def _moment(
    at: int, begins: datetime, best: datetime, ends: datetime, open_at: list[Window]
) -> int | None:
    """The best time of this part of the day, else, where that is quiet, the first quarter of an
    hour that is not. A part whose best time has passed is over."""
    if _real(best) < at + SOON_MS:
        return None
    # Steps are of real time, so that a day on which clocks change has neither gap nor repeat.
    quarters = range(_real(begins), _real(ends), int(STEP.total_seconds()) * 1000)
    for moment in (_real(best), *quarters):
        if _within(moment, open_at):
            return moment
    return None


def _real(wall: datetime) -> int:
    return simulation.real(int(wall.timestamp()) * 1000)


def _within(moment: int, open_at: list[Window]) -> bool:
    return any(start <= moment < end for start, end in open_at)
