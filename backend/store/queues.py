"""What of a team waits, and for how long: for the page of health.

Few rows wait and a team has many: a plus before ``team_id`` has SQLite look by state first.
"""

from typing import NamedTuple

from backend.store.rows import all_rows, one_row


class Queue(NamedTuple):
    """``waiting`` is how many, ``oldest`` when the first of them began to wait (ms)."""

    waiting: int
    oldest: int | None


def outbox(team: int) -> dict[str, Queue]:
    """By state: scheduled, held, queued, sending, uncertain."""
    rows = all_rows(
        "SELECT outbox.state, count(*), min(CASE WHEN"
        " outbox.not_before > message.at THEN outbox.not_before ELSE message.at END) FROM outbox"
        " JOIN message ON message.id = outbox.message_id WHERE outbox.team_id = ?"
        " GROUP BY outbox.state",
        (team,),
    )
    return {state: Queue(count, oldest) for state, count, oldest in rows}


def unknown(team: int) -> Queue:
    """Texts of which nobody knows whether they were sent."""
    return _one(
        "SELECT count(*), min(at) FROM message WHERE status = 'unknown' AND +team_id = ?", team
    )


def silent(team: int) -> Queue:
    """Texts that the carrier is asked for no more, and of which it never said what became."""
    return _one(
        "SELECT count(*), min(given_up_at) FROM status_ask WHERE team_id = ?"
        " AND given_up_at IS NOT NULL AND EXISTS (SELECT 1 FROM message WHERE message.id ="
        " status_ask.message_id AND message.status IN ('sending', 'sent'))",
        team,
    )


def quarantine(team: int) -> Queue:
    """What came to the team's numbers and could not be filed."""
    return _one("SELECT count(*), min(at) FROM quarantine WHERE team_id = ?", team)


def media(team: int) -> Queue:
    """Pictures and files that are still to be fetched from the carrier."""
    return _one(
        "SELECT count(*), min(created_at) FROM media WHERE state = 'pending' AND team_id = ?", team
    )


def hooks(team: int, state: str) -> Queue:
    """Deliveries to the team's own programs: waiting or failed."""
    row = one_row(
        "SELECT count(*), min(created_at) FROM hook_delivery WHERE state = ? AND +team_id = ?",
        (state, team),
    )
    return Queue(*(row or (0, None)))


def redactions(team: int) -> Queue:
    """Texts and media that have to go at the carrier too."""
    return _one(
        "SELECT count(*), min(created_at) FROM redaction WHERE done_at IS NULL AND team_id = ?",
        team,
    )


def crm_logs(team: int, crm: str, state: str) -> Queue:
    """Activities of one state that are on their way to a CRM."""
    row = one_row(
        "SELECT count(*), min(made_at) FROM crm_log WHERE team_id = ? AND crm = ? AND state = ?",
        (team, crm, state),
    )
    return Queue(*(row or (0, None)))


def _one(sql: str, team: int) -> Queue:
    return Queue(*(one_row(sql, (team,)) or (0, None)))
