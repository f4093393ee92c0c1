"""What the CRM is told of an activity: in which words, of whom, under which key."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from backend import zones
from backend.crm_port import Entry, PersonType
from backend.messaging.errors import explain
from backend.store import activities, crm_told, crm_users
from backend.store.crm_connections import Connection
from backend.store.crm_logs import Log
from backend.store.crm_told import Told

NAMESPACE = uuid.UUID("6b0f5c3e-6d0e-5b7a-9a63-0c9b6f0a7d11")
"""Of our keys (RFC 9562, version 5): another deployment that reads the same carrier account makes
the same ones."""
SNIPPET = 80
_SAID = {
    "undelivered": "Text not delivered",
    "failed": "Text not delivered",
    "unknown": "Text sent, not confirmed",
}
_STANDING = {
    "opt_out": "Opt-out",
    "opt_in": "Opt-in",
    "restricted": "Do-not-text was set",
    "unrestricted": "Do-not-text has ended",
}
"""Activities of which the CRM is told by its do-not-text field alone."""


def key_of(log: Log, told: Told) -> str:
    """The same for the same activity, whatever happens to this database: the carrier's SID makes
    it. What was given to the CRM once keeps its key."""
    return log.key or _own_keys(log, told)[0]


def in_a_day(connection: Connection, log: Log, told: Told) -> bool:
    """Whether it is a part of its day's activity. What was given to the CRM once stays as it was
    given: it would be there twice, or not at all, once the team decides otherwise."""
    return log.key not in _own_keys(log, told) if log.key else connection.digest


def _own_keys(log: Log, told: Told) -> list[str]:
    """The keys of an activity by itself: with its SID, and before it was known."""
    things = [told.sid, f"{told.ref or told.activity}:{told.at}:{log.team}"]
    return [str(uuid.uuid5(NAMESPACE, thing)) for thing in things if thing]


class Who(NamedTuple):
    """A person's record in the CRM, and the open opportunity that their texts belong to."""

    type: PersonType
    id: str
    opportunity: str


def entry(connection: Connection, log: Log, told: Told, who: Who, zone: str) -> Entry:
    """One activity as the CRM is to have it; ``zone`` is the team's."""
    return Entry(
        key=key_of(log, told),
        who_type=who.type,
        who_id=who.id,
        subject=subject(told),
        body=_body(told),
        at=told.at,
        day=local(told.at, zone).date().isoformat(),
        inbound=told.direction == "inbound",
        kind="note" if told.kind == "note" else "message",
        what_id=who.opportunity,
        owner_id=crm_users.external_of(log.team, connection.crm, told.author or told.user),
        number=told.mobile,
        external_id=log.external_id,
        tried=log.tried,
    )


def local(at: int, zone: str) -> datetime:
    """The moment (ms) in the team's zone."""
    return datetime.fromtimestamp(at / 1000, zones.zone(zone))


def day_of(at: int, zone: str) -> tuple[int, int]:
    """The team's day of a moment, from and until before (ms)."""
    begin = local(at, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    following = (begin + timedelta(days=1)).replace(tzinfo=begin.tzinfo)
    return int(begin.timestamp() * 1000), int(following.timestamp() * 1000)


def digest(connection: Connection, day: Sequence[tuple[Log, Told]], who: Who, zone: str) -> Entry:
    """One activity for all that happened with a person on one day, in its order."""
    all_of_it = [entry(connection, log, told, who, zone) for log, told in day]
    first, moment = all_of_it[0], local(day[0][1].at, zone)
    key = ":".join((connection.org, connection.crm, who.type, who.id, first.day))
    # A reference that is another since, as of a merged record, does not make another day.
    held_key = next((log.key for log, _ in day if log.key), "")
    count = len(day)
    return replace(
        first,
        key=held_key or str(uuid.uuid5(NAMESPACE, key)),
        subject=f"{count} {'text' if count == 1 else 'texts'} on {moment:%b} {moment.day}",
        body="\n".join(_line(told, local(told.at, zone)) for _, told in day),
        inbound=all(each.inbound for each in all_of_it),
        kind="message",
        owner_id=next((each.owner_id for each in all_of_it if each.owner_id), ""),
        external_id=next((each.external_id for each in all_of_it if each.external_id), ""),
        tried=any(each.tried for each in all_of_it),
    )


def _line(told: Told, at: datetime) -> str:
    who = told.author_name or "They"
    hour = at.hour % 12 or 12
    said = _body(told).replace("\n", "\n  ")
    return f"{hour}:{at:%M} {'AM' if at.hour < 12 else 'PM'} {who}: {said}"


def subject(told: Told) -> str:
    """What it is, on one line."""
    if told.kind in _STANDING:
        return _STANDING[told.kind]
    if told.kind == "note":
        said = "Note"
    elif told.direction == "inbound":
        said = "Text received"
    else:
        said = _SAID.get(told.status, "Text sent")
    words = " ".join(_words(told).split())
    return f"{said}: {words[:SNIPPET]}{'…' if len(words) > SNIPPET else ''}"


def _body(told: Told) -> str:
    why = explain(told.status, told.error_code) if told.status in _SAID else ""
    return "\n".join(filter(None, (_words(told), f"({why})" if why else "")))


def _words(told: Told) -> str:
    if told.message is None:
        return told.text
    return "\n".join(filter(None, (told.body, activities.MEDIA if told.media else "")))


def all_of(team: int, logs: Sequence[Log]) -> list[tuple[Log, Told]]:
    """These with what there is to tell of them, without those that are gone meanwhile."""
    told = crm_told.of_activities(team, [log.activity for log in logs])
    return [(log, told[log.activity]) for log in logs if log.activity in told]
