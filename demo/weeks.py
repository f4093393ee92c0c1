"""The demo's weeks before today: what was sent, what became of it and what the gate decided, so
that the admin pages have something to show."""

import random

from backend.store import decisions, settings, usage
from backend.store.rows import now
from backend.store.writer import Transaction

DAY_MS = 24 * 3600 * 1000
DAYS = 28
REASONS = ("quiet_hours", "quiet_hours", "opted_out", "landline", "suspected", "not_in_crm")
CODES = (30003, 30003, 30005, 30006, 30007, 30007, 30008)


def fill(tx: Transaction, team: int, reps: list[int], mobiles: list[str]) -> None:
    """The same weeks each time, up to yesterday: today is the visitor's own."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    settings.change(tx, team, monthly_budget=60_000_000, messenger_seats=5)
    for ago in range(DAYS, 0, -1):
        at = now() - ago * DAY_MS
        weekend = (at // DAY_MS + 3) % 7 > 4
        for rep in reps:
            for _ in range(chance.randrange(0, 3) if weekend else chance.randrange(9, 26)):
                _text(tx, team, rep, at, chance)
        for _ in range(chance.randrange(1, 5)):
            _refusal(tx, team, chance.choice(reps), chance.choice(mobiles), at, chance)


def _text(tx: Transaction, team: int, rep: int, at: int, chance: random.Random) -> None:
    segments = chance.choice((1, 1, 1, 2, 3))
    usage.sent(tx, team, rep, segments=segments, media=0, at=at)
    if chance.random() < 0.04:
        usage.outcome(tx, team, rep, "undelivered", chance.choice(CODES), at)
    else:
        usage.outcome(tx, team, rep, "delivered", None, at)
    if chance.random() < 0.5:
        usage.received(tx, team, settings.of_team(team).time_zone, at)


def _refusal(
    tx: Transaction, team: int, rep: int, mobile: str, at: int, chance: random.Random
) -> None:
    moment = chance.randrange(8 * 3600, 18 * 3600) * 1000
    decision = decisions.add(
        tx,
        team,
        message=None,
        user=rep,
        moment="compose",
        reason=chance.choice(REASONS),
        detail="",
        mobile=mobile,
        road="pane",
    )
    tx.execute(
        "UPDATE decision SET at = ? WHERE team_id = ? AND id = ?",
        (at - at % DAY_MS + moment, team, decision),
    )
