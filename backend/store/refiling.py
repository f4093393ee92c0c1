"""Moving a text from one person's conversation to another's."""

from backend.store.activities import MEDIA
from backend.store.conversations import preview_of
from backend.store.writer import Transaction


def move(
    tx: Transaction, team: int, message: int, former: int, conversation: int, person: int
) -> None:
    """The text is in ``conversation`` and among the activities of ``person`` from now on; both
    conversations show their latest text and count what is unread anew."""
    tx.execute(
        "UPDATE message SET conversation_id = ? WHERE team_id = ? AND id = ?",
        (conversation, team, message),
    )
    tx.execute(
        "UPDATE activity SET person_id = ? WHERE team_id = ? AND message_id = ?",
        (person, team, message),
    )
    # Whoever files it has seen it: where nothing else was unread, it is not either.
    tx.execute(
        "UPDATE conversation SET read_message = ?"
        " WHERE team_id = ? AND id = ? AND unread = 0 AND read_message < ?",
        (message, team, conversation, message),
    )
    for each in (former, conversation):
        _show_latest(tx, team, each)


def _show_latest(tx: Transaction, team: int, conversation: int) -> None:
    latest = tx.execute(
        "SELECT id, direction, at, body, media_count FROM message WHERE team_id = ?"
        " AND conversation_id = ? AND status NOT IN ('scheduled', 'canceled')"
        " ORDER BY id DESC LIMIT 1",
        (team, conversation),
    ).fetchone()
    message, direction, at, body, media = latest or (None, "outbound", 0, "", 0)
    tx.execute(
        "UPDATE conversation SET preview = ?, preview_direction = ?, last_message = ?,"
        " last_at = CASE WHEN ? > 0 THEN ? ELSE last_at END, revision = revision + 1,"
        " unread = (SELECT count(*) FROM message WHERE message.team_id = conversation.team_id"
        " AND message.conversation_id = conversation.id AND message.direction = 'inbound'"
        " AND message.id > conversation.read_message) WHERE team_id = ? AND id = ?",
        (
            *(preview_of(body or (MEDIA if media else "")), direction, message),
            *(at, at, team, conversation),
        ),
    )
