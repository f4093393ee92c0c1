"""What teams have sent, got and spent, by day: so that caps, budgets and charts cost a row."""

from datetime import datetime
from typing import NamedTuple

from backend.store.rows import one_row, places
from backend.store.writer import Transaction
from backend.zones import zone as zone_named

NOBODY = 0
"""The ``user`` of what no user did."""


class Spent(NamedTuple):
    """Texts of today, of the user and of the team; and what the team's month has cost so far, in
    millionths of a US dollar."""

    user: int
    team: int
    month: int


def day_of(zone: str, at: int) -> int:
    """``yyyymmdd`` of ``at`` (ms) in the team's zone: what usage is counted under."""
    when = datetime.fromtimestamp(at / 1000, zone_named(zone))
    return when.year * 10_000 + when.month * 100 + when.day


def spent(team: int, user: int | None, day: int) -> Spent:
    """What caps and the budget are compared with."""
    row = one_row(
        'SELECT (SELECT sent FROM usage WHERE team_id = ? AND day = ? AND "user" = ?),'
        " (SELECT sent FROM usage_total WHERE team_id = ? AND period = ?),"
        " (SELECT cost FROM usage_total WHERE team_id = ? AND period = ?)",
        (team, day, user or NOBODY, team, day, team, day // 100),
    )
    assert row is not None
    return Spent(*(each or 0 for each in row))


def sent(
    tx: Transaction, team: int, user: int | None, *, segments: int, media: int, at: int
) -> int:
    """A text is handed over at ``at`` (ms): count it with what it is expected to cost by the team's
    price list of now, which is returned and to be kept: prices change.

    Counted in the transaction of the claim, so that no two hand-overs share the last of a cap.
    """
    row = one_row("SELECT segment_price, media_price FROM team WHERE id = ?", (team,))
    assert row is not None, "the team of a text"
    cost: int = segments * row[0] + media * row[1]
    _count(tx, team, user, at, sent=1, segments=segments, media=media, cost=cost)
    return cost


def not_sent(
    tx: Transaction, team: int, user: int | None, *, segments: int, media: int, cost: int, at: int
) -> None:
    """The carrier certainly has not taken what was counted at ``at`` with these."""
    _count(tx, team, user, at, sent=-1, segments=-segments, media=-media, cost=-cost)


def billed(
    tx: Transaction, team: int, user: int | None, *, segments: int, cost: int, at: int
) -> None:
    """The carrier billed so many more segments, and so much more, than was counted at ``at``."""
    if segments or cost:
        _count(tx, team, user, at, segments=segments, cost=cost)


def received(tx: Transaction, team: int, zone: str, at: int) -> None:
    """A text came in, to a team of this time zone. It costs nothing in the team's price list."""
    _add(tx, team, day_of(zone, at), NOBODY, {"received": 1})


def outcome(
    tx: Transaction, team: int, user: int | None, status: str, code: int | None, at: int
) -> None:
    """A text of ``at`` ended as ``delivered``, ``undelivered`` or ``failed``, with the carrier's
    error code if it gave one."""
    day = day_of(_zone(team), at)
    name = "delivered" if status == "delivered" else "undelivered"
    _add(tx, team, day, user or NOBODY, {name: 1})
    if code is not None:
        tx.execute(
            "INSERT INTO error_count (team_id, day, code, count) VALUES (?, ?, ?, 1)"
            " ON CONFLICT (team_id, day, code) DO UPDATE SET count = error_count.count + 1",
            (team, day, code),
        )


def _count(
    tx: Transaction,
    team: int,
    user: int | None,
    at: int,
    *,
    sent: int = 0,
    segments: int = 0,
    media: int = 0,
    cost: int = 0,
) -> None:
    day = day_of(_zone(team), at)
    counted = {"sent": sent, "segments": segments, "media": media, "cost": cost}
    _add(tx, team, day, user or NOBODY, counted)
    for period in (day, day // 100):
        tx.execute(
            "INSERT INTO usage_total (team_id, period, sent, cost) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (team_id, period)"
            " DO UPDATE SET sent = usage_total.sent + excluded.sent,"
            " cost = usage_total.cost + excluded.cost",
            (team, period, sent, cost),
        )


def _add(tx: Transaction, team: int, day: int, user: int, counted: dict[str, int]) -> None:
    names = ", ".join(counted)
    marks = places(counted)
    sums = ", ".join(f"{name} = usage.{name} + excluded.{name}" for name in counted)
    tx.execute(
        f'INSERT INTO usage (team_id, day, "user", {names}) VALUES (?, ?, ?, {marks})'
        f' ON CONFLICT (team_id, day, "user") DO UPDATE SET {sums}',
        (team, day, user, *counted.values()),
    )


def _zone(team: int) -> str:
    row = one_row("SELECT time_zone FROM team WHERE id = ?", (team,))
    assert row is not None, "the team of a text"
    return row[0]
