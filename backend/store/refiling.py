"""Moving a text from one person's conversation to another's, and its activity in the CRM."""

from backend.store.activities import MEDIA
from backend.store.conversations import preview_of
from backend.store.crm_logs import Log, wake
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


def move_log(tx: Transaction, team: int, log: int, person: int, *, linked: bool) -> None:
    """It belongs to another person from now on, who is ``linked`` to the same CRM or not; what is
    stale goes from there before it waits for that."""
    row = tx.execute(
        "UPDATE crm_log SET person_id = ?, opportunity = '', revision = revision + 1, cause = '',"
        " not_before = 0, attempts = 0, state = CASE WHEN state IN ('held', 'skipped') THEN state"
        " WHEN ? OR stale_id <> '' THEN 'waiting' ELSE 'unlinked' END"
        " WHERE team_id = ? AND id = ? RETURNING crm",
        (person, linked, team, log),
    ).fetchone()
    if row:
        wake(tx, team, row[0])


def forget_place(tx: Transaction, log: Log, *, stale_id: str) -> None:
    """It is no part any more of the activity that it was in; ``stale_id`` is that one, where it has
    to go."""
    tx.execute(
        "UPDATE crm_log SET external_id = '', url = '', entry_key = '', tried = false, stale_id = ?"
        " WHERE team_id = ? AND id = ?",
        (stale_id, log.team, log.id),
    )


def unlink(tx: Transaction, log: Log) -> None:
    """It is in no CRM any more, and its person neither: it waits until they are linked."""
    tx.execute(
        "UPDATE crm_log SET state = 'unlinked' WHERE team_id = ? AND id = ? AND state = 'waiting'"
        " AND revision = ?",
        (log.team, log.id, log.revision),
    )


def removed(tx: Transaction, log: Log) -> None:
    """What was filed elsewhere before is gone there."""
    tx.execute(
        "UPDATE crm_log SET stale_id = '' WHERE team_id = ? AND id = ? AND stale_id = ?",
        (log.team, log.id, log.stale_id),
    )
