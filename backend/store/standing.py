"""What decides whether a user may text and a mobile may be texted."""

from typing import NamedTuple

from backend.store.rows import one_row


class UserStanding(NamedTuple):
    """``licensed`` holds a messenger license, ``numbered`` has a number that takes texts;
    ``paused_at`` is when sending was paused for the team (ms)."""

    messenger_enabled: bool
    paused_at: int | None
    active: bool
    licensed: bool
    numbered: bool


def of_user(team: int, user: int) -> UserStanding | None:
    """Where the user stands; None when the team has no such user."""
    row = one_row(
        'SELECT team.messenger_enabled, team.paused_at, "user".disabled_at IS NULL,'
        " EXISTS (SELECT 1 FROM license WHERE license.team_id = team.id"
        " AND license.user_id = \"user\".id AND license.kind = 'messenger'),"
        " EXISTS (SELECT 1 FROM number_user JOIN number ON number.id = number_user.number_id"
        ' WHERE number_user.team_id = team.id AND number_user.user_id = "user".id'
        " AND number.sms AND NOT number.local_presence AND number.retired_at IS NULL)"
        ' FROM "user" JOIN team ON team.id = "user".team_id'
        ' WHERE team.id = ? AND "user".id = ?',
        (team, user),
    )
    return UserStanding(*row) if row else None
