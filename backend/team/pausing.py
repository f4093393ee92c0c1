"""A team whose texts are filtered stops sending by itself: going on would make it worse.

Carriers judge a number by how much of what it sends is filtered (30007), and a reputation that is
lost takes weeks to come back. The threshold is our own.
"""

from functools import partial

import structlog

from backend.messaging import events
from backend.store import audit, deliveries, settings
from backend.store.audit import Actor
from backend.store.deliveries import Lately
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

log = structlog.get_logger()
WINDOW_MS = 60 * 60 * 1000
FEWEST = 20
"""Texts below which a share says nothing."""
SHARE = 0.15


def pause_filtered(writer: Writer) -> list[int]:
    """Pause each team of whose latest texts too many were filtered; returns those teams. Texts from
    before an admin let the team send again count no more."""
    paused = []
    for each in deliveries.lately(now() - WINDOW_MS):
        if _too_many(each) and writer(partial(_pause, team=each.team)):
            log.warning("team.paused", team=each.team, sent=each.sent, filtered=each.filtered)
            paused.append(each.team)
    return paused


def _pause(tx: Transaction, team: int) -> bool:
    if settings.of_team(team).paused_at is not None:
        return False
    since = max(now() - WINDOW_MS, deliveries.resumed_at(team))
    found = deliveries.lately_of(team, since)
    if not _too_many(found):
        return False
    cause = f"Carriers filtered {found.filtered} of the last {found.sent} texts as spam (30007)."
    settings.change(tx, team, paused_at=now(), paused_cause=cause)
    audit.add(tx, Actor(team, None, "job"), "team.paused", after={"cause": cause})
    events.team_updated(tx, team)
    return True


def _too_many(found: Lately) -> bool:
    return found.sent >= FEWEST and found.filtered > SHARE * found.sent
