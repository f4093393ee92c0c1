"""Activities on their way to a CRM, and their receipts."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction

HELD_MS = 10 * 60_000
"""A text that has not left for so long no longer holds up what came after it."""


class Log(NamedTuple):
    """One activity on its way. ``state`` as in :class:`backend.models.CrmLog`."""

    id: int
    team: int
    activity: int
    person: int
    crm: str
    state: str
    attempts: int
    tried: bool
    external_id: str
    url: str
    key: str
    cause: str
    opportunity: str
    stale_id: str
    revision: int
    made_at: int


_COLUMNS = (
    "id, team_id, activity_id, person_id, crm, state, attempts, tried, external_id, url, entry_key,"
    " cause, opportunity, stale_id, revision, made_at"
)


def add(tx: Transaction, team: int, activity: int, person: int, state: str) -> None:
    """The activity is to be logged to the CRM that the person is in, where the team has connected
    it; of somebody in none it waits until they are linked. Nothing where no CRM is connected."""
    row = tx.execute(
        "INSERT INTO crm_log (team_id, activity_id, person_id, crm, state, made_at)"
        " SELECT ?, ?, person.id, connection.crm,"
        " CASE WHEN person.crm_ref IS NULL THEN 'unlinked' ELSE ? END, ?"
        " FROM crm_connection AS connection JOIN person ON person.id = ?"
        " WHERE connection.team_id = ? AND person.team_id = ? AND connection.state <> 'off'"
        " AND (person.crm_ref IS NULL OR person.crm_ref LIKE connection.crm || ':%')"
        " ORDER BY connection.id LIMIT 1"
        " ON CONFLICT (activity_id) DO NOTHING RETURNING crm, state",
        (team, activity, state, now(), person, team, team),
    ).fetchone()
    if row and row[1] == "waiting":
        wake(tx, team, row[0])


def wake(tx: Transaction, team: int, crm: str) -> None:
    row = one_row(
        "SELECT id FROM crm_connection WHERE team_id = ? AND crm = ? AND state = 'connected'",
        (team, crm),
    )
    if row:
        tx.wake("log_to_crm", row[0])


def get(team: int, log: int) -> Log | None:
    row = one_row(f"SELECT {_COLUMNS} FROM crm_log WHERE team_id = ? AND id = ?", (team, log))
    return _log(row) if row else None


def of_message(team: int, message: int) -> Log | None:
    row = one_row(
        f"SELECT {_COLUMNS} FROM crm_log WHERE team_id = ? AND activity_id ="
        " (SELECT id FROM activity WHERE activity.team_id = ? AND message_id = ?)",
        (team, team, message),
    )
    return _log(row) if row else None


def of_activities(team: int, activities: Sequence[int]) -> dict[int, Log]:
    """By activity."""
    if not activities:
        return {}
    marks = places(activities)
    rows = all_rows(
        f"SELECT {_COLUMNS} FROM crm_log WHERE activity_id IN ({marks}) AND +team_id = ?",
        (*activities, team),
    )
    return {row[2]: _log(row) for row in rows}


def due(team: int, crm: str, limit: int) -> list[Log]:
    """What may be logged now, in the order of what happened. Nothing of a person goes before what
    came earlier and has to wait."""
    rows = all_rows(
        f"SELECT {_COLUMNS} FROM crm_log AS log WHERE team_id = ? AND crm = ?"
        " AND state = 'waiting' AND not_before <= ? AND NOT EXISTS (SELECT 1 FROM crm_log AS former"
        " WHERE former.team_id = log.team_id AND former.person_id = log.person_id"
        " AND former.crm = log.crm AND former.id < log.id AND (former.state = 'waiting'"
        " AND former.not_before > ? OR former.state = 'held' AND former.made_at > ?))"
        " ORDER BY id LIMIT ?",
        (team, crm, now(), now(), now() - HELD_MS, limit),
    )
    return [_log(row) for row in rows]


def of_day(team: int, person: int, crm: str, since: int, until: int) -> list[Log]:
    """What has left or come of a person's texts and notes from ``since`` to before ``until`` (ms),
    in its order."""
    columns = ", ".join(f"crm_log.{each.strip()}" for each in _COLUMNS.split(","))
    rows = all_rows(
        f"SELECT {columns} FROM activity JOIN crm_log ON crm_log.activity_id = activity.id"
        " WHERE activity.team_id = ? AND activity.person_id = ? AND activity.at >= ?"
        " AND activity.at < ? AND activity.kind IN ('message', 'note') AND crm_log.crm = ?"
        " AND crm_log.state IN ('waiting', 'logged', 'failed') ORDER BY activity.at, activity.id",
        (team, person, since, until, crm),
    )
    return [_log(row) for row in rows]


def standing_waits(team: int, person: int) -> bool:
    """Whether a CRM has yet to be told that the person may be texted again, or may not."""
    row = one_row(
        "SELECT 1 FROM crm_log JOIN activity ON activity.id = crm_log.activity_id"
        " WHERE crm_log.team_id = ? AND crm_log.person_id = ? AND crm_log.state = 'waiting'"
        " AND activity.kind NOT IN ('message', 'note') LIMIT 1",
        (team, person),
    )
    return row is not None


def set_tried(tx: Transaction, team: int, keys: Iterable[tuple[int, str]]) -> None:
    """These, (id, key), are given to the CRM now: from here on they may be there."""
    for log, key in keys:
        tx.execute(
            "UPDATE crm_log SET tried = true, entry_key = ? WHERE team_id = ? AND id = ?",
            (key, team, log),
        )


def settle(
    tx: Transaction,
    log: Log,
    state: str,
    *,
    external_id: str = "",
    url: str = "",
    cause: str = "",
    opportunity: str = "",
) -> None:
    """What became of it. Where something changed meanwhile it waits again, under what the CRM has
    by now."""
    tx.execute(
        "UPDATE crm_log SET state = CASE WHEN revision = ? THEN ? ELSE state END, cause = ?,"
        " external_id = ?, url = ?, attempts = 0,"
        " opportunity = CASE WHEN revision = ? THEN ? ELSE opportunity END"
        " WHERE team_id = ? AND id = ? AND state = 'waiting'",
        (
            *(log.revision, state, cause[:300], external_id or log.external_id, url or log.url),
            *(log.revision, opportunity, log.team, log.id),
        ),
    )
    if external_id:
        # Filed under somebody in no CRM while it was on its way: nobody keeps it there.
        tx.execute(
            "UPDATE crm_log SET state = 'waiting', stale_id = ? WHERE team_id = ? AND id = ?"
            " AND state = 'unlinked' AND revision <> ?",
            (external_id, log.team, log.id, log.revision),
        )


def explain(tx: Transaction, log: Log, cause: str) -> None:
    """Why it still waits."""
    tx.execute(
        "UPDATE crm_log SET cause = ? WHERE team_id = ? AND id = ? AND state = 'waiting'",
        (cause[:300], log.team, log.id),
    )


def put_back(tx: Transaction, log: Log, wait: int, cause: str) -> None:
    """The CRM stumbled over it: try again after ``wait`` (ms)."""
    tx.execute(
        "UPDATE crm_log SET not_before = ?, attempts = attempts + 1, cause = ?"
        " WHERE team_id = ? AND id = ? AND state = 'waiting'",
        (now() + wait, cause[:300], log.team, log.id),
    )


def again(tx: Transaction, team: int, log: int) -> bool:
    """What it has to say is new, or it failed: it waits for its turn. False for what has not left
    or is not linked."""
    row = tx.execute(
        "UPDATE crm_log SET state = 'waiting', not_before = 0, attempts = 0, cause = '',"
        " revision = revision + 1 WHERE team_id = ? AND id = ?"
        " AND state IN ('waiting', 'logged', 'failed') RETURNING crm",
        (team, log),
    ).fetchone()
    if row:
        wake(tx, team, row[0])
    return row is not None


def let_go(tx: Transaction, team: int, log: int, state: str) -> None:
    """The text has left, or never will: it waits for its turn, or is skipped."""
    row = tx.execute(
        "UPDATE crm_log SET state = ? WHERE team_id = ? AND id = ?"
        " AND (state = 'held' OR state = 'unlinked' AND ? = 'skipped') RETURNING crm",
        (state, team, log, state),
    ).fetchone()
    if row and state == "waiting":
        wake(tx, team, row[0])


def link(tx: Transaction, team: int, person: int, crm: str) -> None:
    """The person is known to be in the CRM: what waited for that goes there. Nothing where the team
    has not connected it."""
    row = tx.execute(
        "UPDATE crm_log SET crm = ?, state = CASE WHEN EXISTS (SELECT 1 FROM activity"
        " JOIN outbox ON outbox.message_id = activity.message_id"
        " WHERE activity.id = crm_log.activity_id) THEN 'held' ELSE 'waiting' END"
        " WHERE team_id = ? AND person_id = ? AND state = 'unlinked' AND EXISTS"
        " (SELECT 1 FROM crm_connection AS connection WHERE connection.team_id = crm_log.team_id"
        " AND connection.crm = ? AND connection.state <> 'off') RETURNING id",
        (crm, team, person, crm),
    ).fetchall()
    if row:
        wake(tx, team, crm)


def forget_places(tx: Transaction, team: int, crm: str) -> None:
    """The CRM is another org from now on: what was logged to the one before stays there, under ids
    that are others' here."""
    tx.execute(
        "UPDATE crm_log SET external_id = '', entry_key = '', tried = false,"
        " stale_id = '', revision = revision + 1 WHERE team_id = ? AND crm = ?"
        " AND (entry_key <> '' OR stale_id <> '')",
        (team, crm),
    )


def undecided(team: int, person: int, crm: str) -> list[Log]:
    """The person's activities that are filed under no opportunity, the latest first."""
    rows = all_rows(
        f"SELECT {_COLUMNS} FROM crm_log WHERE team_id = ? AND person_id = ? AND crm = ?"
        " AND state IN ('waiting', 'logged') AND opportunity = '' ORDER BY id DESC LIMIT 200",
        (team, person, crm),
    )
    return [_log(row) for row in rows]


def latest_failed(team: int, crm: str, limit: int) -> list[Log]:
    rows = all_rows(
        f"SELECT {_COLUMNS} FROM crm_log WHERE team_id = ? AND crm = ? AND state = 'failed'"
        " ORDER BY id DESC LIMIT ?",
        (team, crm, limit),
    )
    return [_log(row) for row in rows]


def again_failed(tx: Transaction, team: int, crm: str) -> int:
    """Try all anew that have failed; returns how many."""
    done = tx.execute(
        "UPDATE crm_log SET state = 'waiting', not_before = 0, attempts = 0, cause = '',"
        " revision = revision + 1 WHERE team_id = ? AND crm = ? AND state = 'failed'",
        (team, crm),
    )
    if done.rowcount:
        wake(tx, team, crm)
    return done.rowcount


def _log(row: tuple) -> Log:
    found = Log(*row)
    return found._replace(tried=bool(found.tried))
