"""Activities: what happened to a person, as the feed of that person shows it."""

from backend.phone import display
from backend.store import crm_logs, crm_receipts
from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction
from shared.wire import Activity, ActivityKind

MEDIA = "<media attached>"
"""Stands in a feed, as in a CRM, where a text has pictures or files."""
_SELECT = (
    "SELECT activity.id, activity.kind, activity.at, activity.text, coalesce(doer.name, ''),"
    " message.id, message.direction, message.status, message.body, message.media_count,"
    " coalesce(author.name, ''), person.name, person.mobile FROM activity"
    " JOIN person ON person.id = activity.person_id"
    " LEFT JOIN message ON message.id = activity.message_id"
    ' LEFT JOIN "user" AS doer ON doer.id = activity.user_id'
    ' LEFT JOIN "user" AS author ON author.id = message.author_id'
)


def page(team: int, person: int, *, before: tuple[int, int] | None, limit: int) -> list[Activity]:
    """A person's activities, latest first. ``before`` is (at, id) of the last one held."""
    sql = _SELECT + " WHERE activity.team_id = ? AND activity.person_id = ?"
    values: list[object] = [team, person]
    if before:
        sql += " AND (activity.at, activity.id) < (?, ?)"
        values += before
    sql += " ORDER BY activity.at DESC, activity.id DESC LIMIT ?"
    found = [_activity(row) for row in all_rows(sql, (*values, limit))]
    receipts = crm_receipts.of_activities(team, [each.id for each in found])
    for each in found:
        each.receipt = receipts.get(each.id)
    return found


def get(team: int, activity: int) -> Activity | None:
    row = one_row(_SELECT + " WHERE activity.team_id = ? AND activity.id = ?", (team, activity))
    return _activity(row) if row else None


def message_of(team: int, activity: int) -> int | None:
    row = one_row("SELECT message_id FROM activity WHERE team_id = ? AND id = ?", (team, activity))
    return row[0] if row else None


def add(
    tx: Transaction,
    team: int,
    person: int,
    kind: ActivityKind,
    *,
    user: int | None = None,
    text: str = "",
) -> int:
    """Something happened to the person now; ``user`` did it, None is the person or a program."""
    (activity,) = tx.execute(
        "INSERT INTO activity (team_id, person_id, kind, user_id, text, at)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (team, person, kind, user, text, now()),
    ).fetchone()
    crm_logs.add(tx, team, activity, person, "waiting")
    return activity


def add_text(
    tx: Transaction, team: int, person: int, message: int, at: int, *, inbound: bool
) -> None:
    """A text came or went; one that is put off after it had been queued is there already. What goes
    out is logged once it has left."""
    row = tx.execute(
        "INSERT INTO activity (team_id, person_id, kind, message_id, at)"
        " VALUES (?, ?, 'message', ?, ?) ON CONFLICT (message_id) DO NOTHING RETURNING id",
        (team, person, message, at),
    ).fetchone()
    if row:
        crm_logs.add(tx, team, row[0], person, "waiting" if inbound else "held")


def same_note(team: int, person: int, user: int, text: str, since: int) -> int | None:
    """A note of these words by this user about this person that is not older than ``since``."""
    row = one_row(
        "SELECT id FROM activity WHERE team_id = ? AND person_id = ? AND at >= ?"
        " AND kind = 'note' AND user_id = ? AND text = ? ORDER BY at DESC LIMIT 1",
        (team, person, since, user, text),
    )
    return row[0] if row else None


def _activity(row: tuple) -> Activity:
    (id, kind, at, text, doer, message, direction, status, body, media, author, name, mobile) = row
    if message is not None:
        text = "\n".join(filter(None, (body, MEDIA if media else "")))
    # What nobody here did, the person did: they wrote, they sent STOP.
    by_person = direction == "inbound" or (kind in ("opt_out", "opt_in") and not doer)
    return Activity(
        id=id,
        kind=kind,
        at=at,
        text=text,
        who=(name or display(mobile)) if by_person else (doer or author),
        direction=direction,
        status=status,
        message=message,
    )
