"""Pages of what the send gate said."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.store import log_pages
from backend.store.log_pages import Log
from backend.store.rows import all_rows, places

_LOG = Log(
    "decision", "reason", "id, at, user_id, message_id, moment, reason, detail, mobile, road"
)

ALLOWED, REFUSED = "allowed", "refused"
"""What may be asked for besides a single reason."""


class Entry(NamedTuple):
    """``reason`` is empty where the gate said yes; ``mobile`` may be a keyed hash."""

    id: int
    at: int
    user: int | None
    message: int | None
    moment: str
    reason: str
    detail: str
    mobile: str
    road: str


class Texted(NamedTuple):
    """Whom a text was for."""

    person: int
    name: str
    mobile: str
    profile_url: str


def page(
    team: int,
    *,
    user: int | None,
    reasons: Sequence[str] | None,
    until: int | None,
    after: tuple[int, int] | None,
    limit: int,
) -> list[Entry]:
    """Newest first. ``reasons`` None is all, with the empty one for yes; ``until`` in ms;
    ``after`` is (ms, id)."""
    rows = log_pages.page(
        _LOG, team, user=user, kinds=reasons, until=until, after=after, limit=limit
    )
    return [Entry(*row) for row in rows]


def count(team: int, *, user: int | None, reasons: Sequence[str] | None, until: int | None) -> int:
    """How many, as :func:`log_pages.count` counts."""
    return log_pages.count(_LOG, team, user=user, kinds=reasons, until=until)


def reasons(team: int) -> list[str]:
    """What the gate has ever said in the team; the empty one is a yes."""
    return log_pages.all_kinds(_LOG, team)


def meant(known: Sequence[str], wanted: str) -> list[str] | None:
    """Those of the ``known`` reasons that are asked for; None, which is all, when none is."""
    if wanted == ALLOWED:
        return [""]
    if wanted == REFUSED:
        return [each for each in known if each]
    return [wanted] if wanted else None


def people(team: int, messages: Sequence[int]) -> dict[int, Texted]:
    """Whom these texts were for, by message."""
    marks = places(messages)
    rows = all_rows(
        "SELECT message.id, person.id, person.name, person.mobile, person.profile_url FROM message"
        " JOIN conversation ON conversation.id = message.conversation_id"
        " JOIN person ON person.id = conversation.person_id"
        f" WHERE message.team_id = ? AND message.id IN ({marks})",
        (team, *messages),
    )
    return {message: Texted(*rest) for message, *rest in rows}
