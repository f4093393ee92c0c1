"""What the gate wants to know of a text besides its words, in few queries: with a million people it
has two milliseconds."""

from typing import NamedTuple

from backend.store import pseudonym
from backend.store.rows import all_rows, one_row


class Circumstances(NamedTuple):
    """The number and the person of a text. ``number`` and ``person`` are None when the team has no
    such number or person; ``assigned`` when the user who writes may text from the number;
    ``ours`` when the recipient is a number that somebody here rents."""

    number: int | None
    assigned: bool
    kind: str | None
    sms: bool | None
    mms: bool | None
    local_presence: bool | None
    a2p: str | None
    retired_at: int | None
    person: int | None
    time_zone: str | None
    region: str | None
    crm_ref: str | None
    ours: bool
    inbound_at: int | None
    """When the person last wrote from this mobile to this number (ms)."""


class Bar(NamedTuple):
    """What stands between us and a mobile. ``kind``: opted_out, do_not_text, do_not_contact,
    suspected; or ``line``, whose ``cause`` is then the carrier's word for the kind of line."""

    kind: str
    at: int
    cause: str
    who: str
    """The name of the user who set it; empty for others."""
    message: int | None
    note: str


def of_text(team: int, user: int | None, sender: str, person: int, recipient: str) -> Circumstances:
    """Without a user, as for texts that no person wrote, every number of the team is assigned. An
    admin texts from all of them."""
    row = one_row(
        "SELECT number.id, ? OR EXISTS (SELECT 1 FROM number_user"
        " WHERE number_user.team_id = team.id AND number_user.number_id = number.id"
        ' AND number_user.user_id = ?) OR EXISTS (SELECT 1 FROM "user"'
        ' WHERE "user".team_id = team.id AND "user".id = ? AND "user".role = \'admin\'),'
        " number.kind, number.sms, number.mms, number.local_presence, number.a2p,"
        " number.retired_at, person.id, person.time_zone, person.region, person.crm_ref,"
        " EXISTS (SELECT 1 FROM number WHERE e164 = ?),"
        " (SELECT message.at FROM conversation JOIN message"
        " ON message.team_id = conversation.team_id AND message.conversation_id = conversation.id"
        " WHERE conversation.team_id = team.id AND conversation.number_id = number.id"
        " AND conversation.person_id = person.id AND message.direction = 'inbound'"
        " AND message.mobile = ? ORDER BY message.id DESC LIMIT 1)"
        " FROM team LEFT JOIN number ON number.team_id = team.id AND number.e164 = ?"
        " LEFT JOIN person ON person.team_id = team.id AND person.id = ? WHERE team.id = ?",
        (user is None, user, user, recipient, recipient, sender, person, team),
    )
    assert row is not None, "the team of a text"
    return Circumstances(*row)


def bars(team: int, mobile: str) -> list[Bar]:
    """All that is kept under the mobile, or under its pseudonym since an erasure."""
    names = (team, mobile, pseudonym.of(team, mobile))
    rows = all_rows(
        "SELECT 'opted_out', at, cause, '', NULL, '' FROM opt_out"
        " WHERE team_id = ? AND mobile IN (?, ?)"
        " UNION ALL SELECT restriction.kind, restriction.at, restriction.cause,"
        " coalesce(\"user\".name, ''), restriction.message_id, restriction.note FROM restriction"
        ' LEFT JOIN "user" ON "user".id = restriction.user_id'
        " WHERE restriction.team_id = ? AND restriction.mobile IN (?, ?)"
        " UNION ALL SELECT 'line', at, line_type, '', NULL, '' FROM lookup"
        " WHERE team_id = ? AND mobile IN (?, ?)",
        names * 3,
    )
    return [Bar(*row) for row in rows]
