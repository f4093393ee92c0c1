"""Conversations: one person on one number, with what the inbox shows of them."""

from dataclasses import dataclass

from backend.store import numbers, people, person_numbers
from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction
from shared import wire

PREVIEW = 140
_SELECT = (
    f"SELECT conversation.id, conversation.unread, conversation.preview,"
    f" conversation.preview_direction, conversation.last_at, conversation.last_message,"
    f" conversation.match, conversation.revision, {numbers.COLUMNS},"
    f" {people.COLUMNS},"
    f" (SELECT count(*) FROM message WHERE message.team_id = conversation.team_id"
    f" AND message.conversation_id = conversation.id AND message.status = 'scheduled')"
    f" FROM conversation"
    f" JOIN person ON person.id = conversation.person_id"
    f" JOIN number ON number.id = conversation.number_id"
)
# A rep sees the conversations of the numbers that are theirs; an admin sees those of the team.
SEEN = (
    " AND (conversation.number_id IN (SELECT number_id FROM number_user"
    " WHERE number_user.team_id = ? AND number_user.user_id = ?)"
    ' OR EXISTS (SELECT 1 FROM "user" WHERE id = ? AND "user".team_id = ? AND role = \'admin\'))'
)
UNREAD = (
    "(SELECT coalesce(sum(conversation.unread), 0) FROM conversation"
    ' WHERE conversation.team_id = "user".team_id AND conversation.unread > 0'
    " AND conversation.number_id IN (SELECT number_id FROM number_user"
    ' WHERE number_user.team_id = "user".team_id AND number_user.user_id = "user".id))'
)
"""Unread texts on the numbers of a row of ``user``."""


def seen_by(team: int, user: int) -> tuple[int, int, int, int]:
    """The values for :data:`SEEN`."""
    return (team, user, user, team)


@dataclass(frozen=True)
class Found:
    """A conversation as the wire has it but for what the gate says, and whose it is."""

    team: int
    conversation: wire.Conversation

    @property
    def id(self) -> int:
        return self.conversation.id


def get(team: int, conversation: int) -> Found | None:
    row = one_row(
        _SELECT + " WHERE conversation.team_id = ? AND conversation.id = ?", (team, conversation)
    )
    return _with_numbers(team, row)


def get_for(team: int, user: int, conversation: int) -> Found | None:
    """The conversation if this user may see it."""
    row = one_row(
        _SELECT + " WHERE conversation.team_id = ? AND conversation.id = ?" + SEEN,
        (team, conversation, *seen_by(team, user)),
    )
    return _with_numbers(team, row)


def number_of(team: int, conversation: int) -> int | None:
    """The id of the number that the conversation is on."""
    row = one_row(
        "SELECT number_id FROM conversation WHERE team_id = ? AND id = ?", (team, conversation)
    )
    return row[0] if row else None


def page(
    team: int, user: int, *, search: str, before: tuple[int, int] | None, limit: int
) -> list[Found]:
    """The user's conversations, latest first. ``before`` is (last_at, id) of the last one held."""
    # One that was opened and never used is not in anybody's way.
    sql = _SELECT + " WHERE conversation.team_id = ? AND last_message IS NOT NULL" + SEEN
    values: list[object] = [team, *seen_by(team, user)]
    if search:
        like = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        sql += (
            " AND (person.name LIKE ? ESCAPE '\\' OR person.account LIKE ? ESCAPE '\\'"
            " OR person.mobile LIKE ? ESCAPE '\\' OR conversation.preview LIKE ? ESCAPE '\\')"
        )
        digits = "".join(each for each in search if each.isdigit())
        values += [like, like, f"%{digits}%" if len(digits) > 2 else like, like]
    if before:
        sql += " AND (conversation.last_at, conversation.id) < (?, ?)"
        values += before
    sql += " ORDER BY conversation.last_at DESC, conversation.id DESC LIMIT ?"
    found = [_found(team, row) for row in all_rows(sql, (*values, limit))]
    person_numbers.fill(team, [each.conversation.person for each in found])
    return found


def unread_of(team: int, user: int) -> int:
    """Unread texts on the user's numbers: the badge."""
    row = one_row(
        f'SELECT {UNREAD} FROM "user" WHERE "user".team_id = ? AND "user".id = ?', (team, user)
    )
    return row[0] if row else 0


def open_for(tx: Transaction, team: int, number: int, person: int, match: wire.Match) -> int:
    """The conversation of this person on this number, started if there is none."""
    (conversation,) = tx.execute(
        "INSERT INTO conversation (team_id, number_id, person_id, unread, preview,"
        " preview_direction, last_at, read_message, match, revision)"
        " VALUES (?, ?, ?, 0, '', 'outbound', ?, 0, ?, 0)"
        " ON CONFLICT (team_id, number_id, person_id) DO UPDATE SET match = excluded.match"
        " RETURNING id",
        (team, number, person, now(), match),
    ).fetchone()
    return conversation


def preview_of(body: str) -> str:
    """The beginning of a text on one line."""
    return " ".join(body.split())[:PREVIEW]


def add_to(
    tx: Transaction,
    team: int,
    conversation: int,
    message: int,
    body: str,
    *,
    inbound: bool,
    at: int,
) -> None:
    """Show the message as the conversation's latest; an inbound one counts as unread.

    A scheduled text goes out when later ones are there already: ``last_message`` is the highest.
    """
    tx.execute(
        "UPDATE conversation SET preview = ?, preview_direction = ?, "
        " last_at = CASE WHEN last_at < ? THEN ? ELSE last_at END,"
        " last_message = CASE WHEN last_message > ? THEN last_message ELSE ? END,"
        " unread = unread + ?, revision = revision + 1 WHERE team_id = ? AND id = ?",
        (
            preview_of(body),
            "inbound" if inbound else "outbound",
            *(at, at, message, message),
            *(int(inbound), team, conversation),
        ),
    )


def mark_read(tx: Transaction, team: int, conversation: int, upto: int) -> bool:
    """Everything up to message ``upto`` has been seen; False when it had been already.

    Nobody has seen what is still to come: ``upto`` counts as far as there are messages.
    """
    done = tx.execute(
        "UPDATE conversation SET revision = revision + 1, read_message ="
        " CASE WHEN last_message > ? THEN ? ELSE last_message END,"
        " unread = (SELECT count(*) FROM message WHERE message.team_id = conversation.team_id"
        " AND message.conversation_id = conversation.id AND message.id > ?"
        " AND message.direction = 'inbound')"
        " WHERE team_id = ? AND id = ? AND read_message < ? AND read_message < last_message"
        " AND unread > 0",
        (upto, upto, upto, team, conversation, upto),
    )
    return done.rowcount == 1


def bump(tx: Transaction, team: int, person: int) -> list[int]:
    """Note that something shown of the person changed; returns those of their conversations that
    hold a text, and so are in somebody's list."""
    rows = tx.execute(
        "UPDATE conversation SET revision = revision + 1 WHERE team_id = ? AND person_id = ?"
        " RETURNING id, last_message",
        (team, person),
    ).fetchall()
    return [conversation for conversation, latest in rows if latest is not None]


def _with_numbers(team: int, row: tuple | None) -> Found | None:
    if row is None:
        return None
    found = _found(team, row)
    person_numbers.fill(team, [found.conversation.person])
    return found


def _found(team: int, row: tuple) -> Found:
    person = people.from_row(row[14:])
    others = people.sharing(team, person.mobile, person.id) if row[6] != "only" else []
    return Found(
        team,
        wire.Conversation(
            id=row[0],
            unread=row[1],
            preview=row[2],
            preview_direction=row[3],
            last_at=row[4],
            last_message=row[5],
            match=row[6],
            match_others=others,
            revision=row[7],
            number=numbers.from_row(row[8:14]),
            person=person,
            scheduled=row[-1],
        ),
    )


def bump_one(tx: Transaction, team: int, conversation: int) -> None:
    """Note that what is shown of this conversation changed."""
    tx.execute(
        "UPDATE conversation SET revision = revision + 1 WHERE team_id = ? AND id = ?",
        (team, conversation),
    )


def bump_mobile(tx: Transaction, team: int, mobile: str) -> list[int]:
    """Note that what is shown of this mobile changed; returns its conversations in the team."""
    rows = tx.execute(
        "UPDATE conversation SET revision = revision + 1 WHERE team_id = ? AND person_id IN"
        " (SELECT id FROM person WHERE person.team_id = ? AND person.mobile = ?) RETURNING id",
        (team, team, mobile),
    ).fetchall()
    return [conversation for (conversation,) in rows]


def with_mobile_for(team: int, user: int, mobile: str) -> bool:
    """Whether the user sees any conversation with whoever has this mobile."""
    row = one_row(
        "SELECT 1 FROM conversation WHERE conversation.team_id = ? AND person_id IN"
        " (SELECT id FROM person WHERE person.team_id = ? AND person.mobile = ?)"
        + SEEN
        + " LIMIT 1",
        (team, team, mobile, *seen_by(team, user)),
    )
    return row is not None


def of_person_for(team: int, user: int, person: int) -> bool:
    """Whether the user sees any conversation with this person."""
    row = one_row(
        "SELECT 1 FROM conversation WHERE conversation.team_id = ? AND person_id = ?"
        + SEEN
        + " LIMIT 1",
        (team, person, *seen_by(team, user)),
    )
    return row is not None
