"""When it arrives: never in the recipient's quiet hours, unless they have just written."""

from datetime import datetime

from backend.compliance import hours
from backend.messaging.gate.case import Case
from backend.zones import zone
from shared.wire import Blocked

ANSWER_MS = 30 * 60_000
"""So long a text counts as an answer to theirs: they are awake, and the conversation is theirs."""
SKEW_MS = 60_000
"""The carrier's clock, which dates their text, may be ahead of ours; a stepped clock is not."""


def is_a_good_hour(case: Case) -> Blocked | None:
    person, mobile, at = case.person, case.request.recipient, case.at
    wrote_at = case.around.inbound_at
    first = wrote_at is None
    if hours.is_open(case.settings, person, mobile, at, first=first):
        return None
    if wrote_at is not None and -SKEW_MS <= at - wrote_at <= ANSWER_MS:
        when = datetime.fromtimestamp(wrote_at / 1000, zone(case.settings.time_zone))
        case.notes.append(f"quiet_hours: answer to a text of {when:%H:%M} ({when.tzname()})")
        return None
    case.notes.append(hours.explain(person, mobile, at))
    until = hours.first_allowed(case.settings, person, mobile, at, first=first)
    if until is None:
        text = "Your team's hours leave no time at which they may be texted. Ask your admin."
        return Blocked(reason="quiet_hours", text=text)
    then, allowed = (hours.local_time(person, mobile, each) for each in (at, until))
    text = (
        f"Quiet hours: {'it will be' if case.later else 'it is'} {_clock(then)} for them."
        f" From {_clock(allowed)} on {allowed:%A}, their time, it can be sent: schedule it."
    )
    return Blocked(reason="quiet_hours", text=text, until=until)


def _clock(when: datetime) -> str:
    return f"{when:%I:%M %p}".lstrip("0")
