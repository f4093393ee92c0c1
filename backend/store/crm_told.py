"""What there is to tell a CRM of activities: texts and notes, and whose they are."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.store.rows import all_rows, places


class Told(NamedTuple):
    """What there is to tell of an activity: of a message its texts and whose it is, of another
    ``text``."""

    activity: int
    kind: str
    at: int
    text: str
    user: int | None
    message: int | None
    direction: str
    status: str
    body: str
    media: int
    author: int | None
    author_name: str
    sid: str
    ref: str
    mobile: str
    error_code: int | None


def of_activities(team: int, activities: Sequence[int]) -> dict[int, Told]:
    """What there is to tell of these activities, by activity."""
    marks = places(activities)
    rows = all_rows(
        "SELECT activity.id, activity.kind, activity.at, activity.text, activity.user_id,"
        " message.id, coalesce(message.direction, ''), coalesce(message.status, ''),"
        " coalesce(message.body, ''), coalesce(message.media_count, 0), message.author_id,"
        " coalesce(author.name, doer.name, ''), coalesce(message.carrier_sid, ''),"
        " coalesce(message.ref, ''), coalesce(message.mobile, ''), message.error_code FROM activity"
        " LEFT JOIN message ON message.id = activity.message_id"
        ' LEFT JOIN "user" AS author ON author.id = message.author_id'
        ' LEFT JOIN "user" AS doer ON doer.id = activity.user_id'
        f" WHERE +activity.team_id = ? AND activity.id IN ({marks})",
        (team, *activities),
    )
    return {row[0]: Told(*row) for row in rows}
