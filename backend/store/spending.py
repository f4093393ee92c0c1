"""What users sent and what it cost, by month: for the pages of usage."""

from collections.abc import Iterator
from typing import NamedTuple

from backend.store.rows import all_rows, one_row


class Spent(NamedTuple):
    """``user`` 0 is nobody. ``cost`` in millionths of a US dollar."""

    user: int
    name: str
    sent: int
    segments: int
    media: int
    received: int
    cost: int


class Row(NamedTuple):
    day: int
    name: str
    email: str
    sent: int
    segments: int
    media: int
    received: int
    delivered: int
    undelivered: int
    cost: int


_OF_MONTH = (
    ' FROM usage LEFT JOIN "user" ON "user".id = usage.user AND "user".team_id = usage.team_id'
    " WHERE usage.team_id = ? AND usage.day BETWEEN ? AND ?"
)


def by_user(team: int, month: int) -> list[Spent]:
    """Of ``month`` (``yyyymm``), the most expensive first."""
    rows = all_rows(
        "SELECT usage.user, coalesce(\"user\".name, ''), sum(sent), sum(segments), sum(media),"
        f' sum(received), sum(cost) AS whole{_OF_MONTH} GROUP BY usage.user, "user".name'
        " ORDER BY whole DESC, usage.user",
        (team, month * 100, month * 100 + 99),
    )
    return [Spent(*row) for row in rows]


def by_day(team: int, month: int) -> list[tuple[int, int, int]]:
    """(day, sent, cost) of the days of ``month`` with any texts."""
    rows = all_rows(
        "SELECT period, sent, cost FROM usage_total WHERE team_id = ? AND period BETWEEN ? AND ?"
        " ORDER BY period",
        (team, month * 100, month * 100 + 99),
    )
    return [(day, sent, cost) for day, sent, cost in rows]


def of_month(team: int, month: int) -> tuple[int, int]:
    """(sent, cost) of the whole month."""
    row = one_row(
        "SELECT sent, cost FROM usage_total WHERE team_id = ? AND period = ?", (team, month)
    )
    return (row[0], row[1]) if row else (0, 0)


def first_month(team: int) -> int | None:
    """The first month of which anything is known."""
    row = one_row("SELECT min(day) FROM usage WHERE team_id = ?", (team,))
    return row[0] // 100 if row and row[0] else None


def each(team: int, month: int) -> Iterator[Row]:
    """Every day of every user."""
    yield from map(
        Row._make,
        all_rows(
            "SELECT usage.day, coalesce(\"user\".name, ''), coalesce(\"user\".email, ''), sent,"
            " segments, media, received, delivered, undelivered, cost"
            f"{_OF_MONTH} ORDER BY usage.day, usage.user",
            (team, month * 100, month * 100 + 99),
        ),
    )
