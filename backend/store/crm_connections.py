"""Connections to CRMs: tokens (encrypted by whoever gives them), configuration, and their queue's
pace."""

from typing import Any, NamedTuple

import msgspec

from backend.crm_port import FieldChoice, Fields, Grant
from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction


class Connection(NamedTuple):
    """``state``: connected, broken, off. ``access`` and ``refresh`` are encrypted."""

    id: int
    team: int
    crm: str
    state: str
    cause: str
    org: str
    org_name: str
    base_url: str
    access: str
    refresh: str
    expires_at: int
    scopes: str
    email: str
    fields: Fields
    choices: list[FieldChoice]
    digest: bool
    write_opt_outs: bool
    connected_at: int
    parked_until: int
    failures: int


_COLUMNS = (
    "id, team_id, crm, state, cause, org, org_name, base_url, access, refresh, expires_at, scopes,"
    " email, fields, choices, digest, write_opt_outs, connected_at, parked_until, failures"
)
_SELECT = f"SELECT {_COLUMNS} FROM crm_connection"


def get(team: int, crm: str) -> Connection | None:
    row = one_row(_SELECT + " WHERE team_id = ? AND crm = ?", (team, crm))
    return _connection(row) if row else None


def by_id(connection: int) -> Connection | None:
    """For jobs, which know no team: the connection tells it."""
    row = one_row(_SELECT + " WHERE id = ?", (connection,))
    return _connection(row) if row else None


def of_team(team: int) -> list[Connection]:
    rows = all_rows(_SELECT + " WHERE team_id = ? ORDER BY crm", (team,))
    return [_connection(row) for row in rows]


def connected() -> list[Connection]:
    """Of all teams: for jobs."""
    rows = all_rows(_SELECT + " WHERE state = 'connected' ORDER BY id")
    return [_connection(row) for row in rows]


def all_of(crm: str) -> list[Connection]:
    """Those of all teams that are not switched off: for whoever runs the server."""
    rows = all_rows(_SELECT + " WHERE crm = ? AND state <> 'off' ORDER BY team_id", (crm,))
    return [_connection(row) for row in rows]


def put(
    tx: Transaction, team: int, user: int | None, crm: str, grant: Grant, access: str, refresh: str
) -> int:
    """A sign-in at the CRM succeeded: connect, or connect anew. What was configured stays if it is
    the same org."""
    (connection,) = tx.execute(
        "INSERT INTO crm_connection (team_id, crm, org, org_name, base_url, access, refresh,"
        " expires_at, scopes, email, connected_by_id, connected_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (team_id, crm) DO UPDATE SET"
        " state = 'connected', cause = '', parked_until = 0, failures = 0,"
        " fields = CASE WHEN crm_connection.org = excluded.org"
        " THEN crm_connection.fields ELSE '{}' END,"
        " choices = CASE WHEN crm_connection.org = excluded.org"
        " THEN crm_connection.choices ELSE '[]' END,"
        " org = excluded.org, org_name = excluded.org_name, base_url = excluded.base_url,"
        " access = excluded.access, refresh = excluded.refresh, expires_at = excluded.expires_at,"
        " scopes = excluded.scopes, email = excluded.email,"
        " connected_by_id = excluded.connected_by_id, connected_at = excluded.connected_at"
        " RETURNING id",
        (
            *(team, crm, grant.org, grant.org_name[:200], grant.base_url, access, refresh),
            *(grant.expires_at, grant.scopes[:1000], grant.email[:254], user, now()),
        ),
    ).fetchone()
    return connection


def set_tokens(
    tx: Transaction, connection: Connection, access: str, refresh: str, expires_at: int
) -> bool:
    """Keep refreshed tokens; False where somebody else refreshed them meanwhile."""
    done = tx.execute(
        "UPDATE crm_connection SET access = ?, refresh = ?, expires_at = ?"
        " WHERE team_id = ? AND id = ? AND access = ?",
        (access, refresh, expires_at, connection.team, connection.id, connection.access),
    )
    return done.rowcount == 1


def set_choices(tx: Transaction, connection: Connection, choices: list[FieldChoice]) -> None:
    tx.execute(
        "UPDATE crm_connection SET choices = ? WHERE team_id = ? AND id = ?",
        (msgspec.json.encode(choices).decode(), connection.team, connection.id),
    )


def configure(
    tx: Transaction, connection: Connection, fields: Fields, *, digest: bool, write_opt_outs: bool
) -> None:
    """What was parked for want of a field goes on."""
    tx.execute(
        "UPDATE crm_connection SET fields = ?, digest = ?, write_opt_outs = ?, parked_until = 0,"
        " failures = 0, cause = '' WHERE team_id = ? AND id = ?",
        (
            *(msgspec.json.encode(fields).decode(), digest, write_opt_outs),
            *(connection.team, connection.id),
        ),
    )


def set_broken(tx: Transaction, connection: Connection, cause: str) -> bool:
    """The sign-in is no good any more; False where it was known, or replaced meanwhile."""
    done = tx.execute(
        "UPDATE crm_connection SET state = 'broken', cause = ? WHERE team_id = ? AND id = ?"
        " AND state = 'connected' AND refresh = ?",
        (cause[:300], connection.team, connection.id, connection.refresh),
    )
    return done.rowcount == 1


def turn_off(tx: Transaction, connection: Connection) -> None:
    """Disconnect: the tokens are forgotten."""
    tx.execute(
        "UPDATE crm_connection SET state = 'off', cause = '', access = '', refresh = '',"
        " parked_until = 0, failures = 0 WHERE team_id = ? AND id = ?",
        (connection.team, connection.id),
    )


def park(tx: Transaction, connection: Connection, wait: int, cause: str) -> None:
    """Nothing is logged for ``wait`` ms."""
    tx.execute(
        "UPDATE crm_connection SET parked_until = ?, cause = ?, failures = failures + 1"
        " WHERE team_id = ? AND id = ? AND state = 'connected'",
        (now() + wait, cause[:300], connection.team, connection.id),
    )


def note(tx: Transaction, connection: Connection, cause: str) -> None:
    """What was asked of the CRM beside its logs came to nothing: an admin sees why."""
    tx.execute(
        "UPDATE crm_connection SET cause = ? WHERE team_id = ? AND id = ? AND state = 'connected'",
        (cause[:300], connection.team, connection.id),
    )


def went_well(tx: Transaction, connection: Connection) -> None:
    """The CRM answered: what was wrong is over."""
    tx.execute(
        "UPDATE crm_connection SET parked_until = 0, failures = 0, cause = ''"
        " WHERE team_id = ? AND id = ? AND state = 'connected' AND (failures > 0 OR cause <> '')",
        (connection.team, connection.id),
    )


def claim(tx: Transaction, connection: int, lease: int) -> Connection | None:
    """Be the one who logs to it, for ``lease`` ms; None where somebody is, or it is parked."""
    row = tx.execute(
        "UPDATE crm_connection SET claimed_until = ? WHERE id = ? AND state = 'connected'"
        f" AND claimed_until <= ? AND parked_until <= ? RETURNING {_COLUMNS}",
        (now() + lease, connection, now(), now()),
    ).fetchone()
    return _connection(row) if row else None


def keep_claim(tx: Transaction, connection: Connection, lease: int) -> None:
    tx.execute(
        "UPDATE crm_connection SET claimed_until = ? WHERE team_id = ? AND id = ?",
        (now() + lease, connection.team, connection.id),
    )


def release(tx: Transaction, connection: Connection) -> None:
    keep_claim(tx, connection, 0)


def _connection(row: tuple[Any, ...]) -> Connection:
    found = Connection(*row)
    return found._replace(
        fields=msgspec.json.decode(row[13], type=Fields),
        choices=msgspec.json.decode(row[14], type=list[FieldChoice]),
        digest=bool(found.digest),
        write_opt_outs=bool(found.write_opt_outs),
    )
