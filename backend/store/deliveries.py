"""What became of a team's texts, by day; and how much of what was sent lately was filtered."""

from typing import NamedTuple

from backend.store.rows import all_rows, one_row

FILTERED = 30007
"""Twilio: a carrier took the text for spam."""


class Day(NamedTuple):
    """``day`` is ``yyyymmdd`` in the team's zone."""

    day: int
    sent: int
    delivered: int
    undelivered: int
    received: int


class Lately(NamedTuple):
    team: int
    sent: int
    filtered: int


def days(team: int, first: int, last: int) -> list[Day]:
    """The days on which anything happened, oldest first."""
    rows = all_rows(
        "SELECT day, sum(sent), sum(delivered), sum(undelivered), sum(received) FROM usage"
        " WHERE team_id = ? AND day BETWEEN ? AND ? GROUP BY day ORDER BY day",
        (team, first, last),
    )
    return [Day(*row) for row in rows]


def errors(team: int, first: int, last: int) -> list[tuple[int, int]]:
    """(code, how often) between two days, the most frequent first."""
    rows = all_rows(
        "SELECT code, sum(count) AS often FROM error_count WHERE team_id = ?"
        " AND day BETWEEN ? AND ? GROUP BY code ORDER BY often DESC, code",
        (team, first, last),
    )
    return [(code, often) for code, often in rows]


def lately(since: int) -> list[Lately]:
    """For each team that has had texts filtered: those that it wrote at ``since`` (ms) or later
    and the carrier has taken, and how many of them were filtered."""
    rows = all_rows(
        "SELECT team_id, count(*), count(CASE WHEN error_code = ? THEN 1 END) FROM message WHERE"
        " status IN ('sent', 'delivered', 'undelivered', 'failed') AND at >= ?"
        " AND direction = 'outbound' GROUP BY team_id"
        " HAVING count(CASE WHEN error_code = ? THEN 1 END) > 0",
        (FILTERED, since, FILTERED),
    )
    return [Lately(*row) for row in rows]


def lately_of(team: int, since: int) -> Lately:
    """As :func:`lately`, of one team."""
    row = one_row(
        "SELECT count(*), count(CASE WHEN error_code = ? THEN 1 END) FROM message WHERE status IN"
        " ('sent', 'delivered', 'undelivered', 'failed') AND at >= ? AND direction = 'outbound'"
        " AND +team_id = ?",
        (FILTERED, since, team),
    )
    assert row is not None
    return Lately(team, *row)


def resumed_at(team: int) -> int:
    """When an admin last let the team send again (ms); 0 for never."""
    row = one_row(
        "SELECT max(at) FROM audit WHERE team_id = ? AND action = 'team.resumed'", (team,)
    )
    return (row[0] if row else None) or 0
