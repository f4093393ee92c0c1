"""A database with as many reps as there will be sockets: each with a number and people to text."""

from dataclasses import dataclass
from typing import Any

from backend.models import License, Number, NumberUser, Person, Team, User, database
from backend.models.base import Table
from backend.models.connection import connect, migrate
from backend.store import sessions
from backend.store.rows import now
from backend.store.writer import InlineWriter, Transaction

TEAM_SIZE = 50
PEOPLE = 4
"""Prospects of each rep: texts mostly come from people who have texted before."""
TEMPLATE = "template"
"""The name of the database that is copied for each start."""
DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True)
class Rep:
    user: int
    team: int
    session: int
    number: str
    mobiles: tuple[str, ...]


def seed(url: str, count: int) -> list[Rep]:
    """Fill the new database at ``url`` with ``count`` reps who are signed in."""
    opened = connect(url)
    migrate(opened)
    try:
        return InlineWriter(lambda tx: None)(lambda tx: _fill(tx, count))
    finally:
        # The last connection to close folds the log into the file, which can then be copied.
        opened.close()


def _fill(tx: Transaction, count: int) -> list[Rep]:
    at = now()
    teams = range(1, count // TEAM_SIZE + 2)
    _insert(Team, [{"id": each, "name": f"Team {each}", "created_at": at} for each in teams])
    reps = [_rep(tx, at, each) for each in range(count)]
    rows = list(enumerate(reps, start=1))
    _insert(
        Number,
        [{"id": n, "team": rep.team, "e164": rep.number, "created_at": at} for n, rep in rows],
    )
    _insert(NumberUser, [{"team": rep.team, "number": n, "user": n} for n, rep in rows])
    _insert(
        License,
        [{"team": rep.team, "user": n, "kind": "messenger", "granted_at": at} for n, rep in rows],
    )
    people = [
        {"team": rep.team, "mobile": mobile, "name": f"Person {mobile[-4:]}", "created_at": at}
        for rep in reps
        for mobile in rep.mobiles
    ]
    _insert(Person, people)
    return reps


def _rep(tx: Transaction, at: int, place: int) -> Rep:
    team, user = place // TEAM_SIZE + 1, place + 1
    User.create(
        id=user,
        team=team,
        email=f"rep{place}@bench.example",
        name=f"Rep {place}",
        password_hash="",
        created_at=at,
    )
    session = sessions.start(tx, team, user, client="benchmark", expires_at=at + DAY_MS)
    first = 2_000_000 + place * PEOPLE
    mobiles = tuple(f"+1415{first + each}" for each in range(PEOPLE))
    return Rep(user, team, session, f"+1404{2_000_000 + place}", mobiles)


def _insert(table: type[Table], rows: list[dict[str, Any]]) -> None:
    for begin in range(0, len(rows), 1000):
        table.insert_many(rows[begin : begin + 1000]).execute(database)
