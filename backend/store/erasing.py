"""Forgetting texts and people: every table that holds something of them."""

from backend.store import media, pseudonym, quarantine, redactions
from backend.store.rows import all_rows, one_row, places
from backend.store.writer import Transaction

AT_ONCE = 50
"""So many texts are dropped in one transaction: for some milliseconds others wait for the writer.
"""
_IN_ONE_STATEMENT = 500


def texts_of(team: int, person: int) -> list[int]:
    """All messages of a person."""
    rows = all_rows(
        "SELECT message.id FROM message JOIN conversation"
        " ON conversation.id = message.conversation_id"
        " WHERE conversation.team_id = ? AND conversation.person_id = ? ORDER BY message.id",
        (team, person),
    )
    return [message for (message,) in rows]


def older_than(team: int, before: int, limit: int = AT_ONCE) -> list[int]:
    """Messages from before ``before`` (ms) that are over: nothing is on its way to the carrier."""
    rows = all_rows(
        "SELECT message.id FROM message WHERE team_id = ? AND at < ? AND NOT EXISTS"
        " (SELECT 1 FROM outbox WHERE outbox.message_id = message.id) ORDER BY at LIMIT ?",
        (team, before, limit),
    )
    return [message for (message,) in rows]


def on_its_way(team: int, person: int) -> bool:
    """Whether a text to the person is with the carrier right now, its answer still to come."""
    row = one_row(
        "SELECT 1 FROM outbox JOIN message ON message.id = outbox.message_id JOIN conversation"
        " ON conversation.id = message.conversation_id WHERE outbox.team_id = ?"
        " AND outbox.state IN ('sending', 'uncertain') AND conversation.person_id = ? LIMIT 1",
        (team, person),
    )
    return row is not None


def drop_texts(tx: Transaction, team: int, messages: list[int]) -> list[str]:
    """Delete messages and all that hangs on them, and have the carrier empty its own. Returns the
    sha256 of files that may have to go after the commit."""
    files: list[str] = []
    for start in range(0, len(messages), _IN_ONE_STATEMENT):
        files += _drop(tx, team, tuple(messages[start : start + _IN_ONE_STATEMENT]))
    return files


def _drop(tx: Transaction, team: int, messages: tuple[int, ...]) -> list[str]:
    marks = places(messages)
    # The pluses keep SQLite from walking an index of the team through all that it has.
    here = f"+team_id = ? AND message_id IN ({marks})"
    values = (team, *messages)
    sids = tx.execute(
        f"SELECT carrier_sid FROM message WHERE +team_id = ? AND id IN ({marks})"
        " AND carrier_sid IS NOT NULL",
        values,
    ).fetchall()
    for (sid,) in sids:
        redactions.add(tx, team, sid)
        # The webhook's words go, its key stays: it keeps a redelivery from being filed.
        tx.execute(
            "UPDATE webhook_event SET params = '{}' WHERE key IN (?, ?)",
            (f"inbound:{sid}", f"list:{sid}"),
        )
        tx.execute(
            "UPDATE webhook_event SET params = '{}' WHERE key > ? AND key < ?",
            (f"status:{sid}:", f"status:{sid};"),  # what comes after a colon
        )
    files = media.delete_of_messages(tx, team, messages)
    tx.execute(
        "DELETE FROM crm_log WHERE +team_id = ? AND activity_id IN"
        f" (SELECT id FROM activity WHERE message_id IN ({marks}))",
        values,
    )
    for table in ("outbox", "activity", "hook_delivery", "quarantine", "status_ask"):
        tx.execute(f"DELETE FROM {table} WHERE {here}", values)
    for table in ("decision", "restriction", "consent_event"):
        tx.execute(f"UPDATE {table} SET message_id = NULL WHERE {here}", values)
    tx.execute(
        "UPDATE conversation SET preview = '', last_message = NULL, unread = 0,"
        f" revision = revision + 1 WHERE +team_id = ? AND last_message IN ({marks})"
        f" AND id IN (SELECT conversation_id FROM message WHERE id IN ({marks}))",
        (*values, *messages),
    )
    tx.execute(f"DELETE FROM message WHERE +team_id = ? AND id IN ({marks})", values)
    return files


def drop_person(tx: Transaction, team: int, person: int) -> list[int]:
    """Delete a person whose texts are gone; returns their conversations. :func:`drop_mobile`
    follows for each of their mobiles."""
    rows = tx.execute(
        "DELETE FROM conversation WHERE team_id = ? AND person_id = ? RETURNING id",
        (team, person),
    ).fetchall()
    for table in ("crm_log", "activity", "crm_person", "crm_drift", "person_number"):
        tx.execute(f"DELETE FROM {table} WHERE team_id = ? AND person_id = ?", (team, person))
    tx.execute("DELETE FROM person WHERE team_id = ? AND id = ?", (team, person))
    return [conversation for (conversation,) in rows]


def drop_mobile(tx: Transaction, team: int, mobile: str) -> None:
    """Forget what is known of a mobile that nobody has any more. What the gate said stays, under
    the mobile's hash."""
    for table in ("lookup", "crm_drift"):
        tx.execute(f"DELETE FROM {table} WHERE team_id = ? AND mobile = ?", (team, mobile))
    quarantine.drop_mobile(tx, team, mobile)
    tx.execute(
        "UPDATE decision SET mobile = ? WHERE team_id = ? AND mobile = ?",
        (pseudonym.of(team, mobile), team, mobile),
    )


def drop_notes(tx: Transaction, team: int, before: int) -> None:
    """Delete notes and other activities from before ``before`` (ms)."""
    old = "team_id = ? AND at < ? AND message_id IS NULL"
    tx.execute(
        f"DELETE FROM crm_log WHERE activity_id IN (SELECT id FROM activity WHERE {old})",
        (team, before),
    )
    tx.execute(f"DELETE FROM activity WHERE {old}", (team, before))


def drop_feeds(tx: Transaction, team: int) -> None:
    """Forget what was told to the team's users: frames hold names and texts. A client that has not
    heard all of it starts afresh."""
    users = 'SELECT id FROM "user" WHERE team_id = ?'
    tx.execute(f"UPDATE feed_cursor SET pruned = seq WHERE user_id IN ({users})", (team,))
    tx.execute(f"DELETE FROM feed_event WHERE user_id IN ({users})", (team,))
