"""After a backup was restored: the world has gone on since it was made, and the database has not.

What waited then may have been handed over afterwards, so nobody knows whether the carrier has it:
its list settles that, and after that a person. What clients have seen since is not in their feeds,
so they start afresh. Ids that were given away since are not given again.
"""

from functools import partial

from backend.messaging import scheduled
from backend.messaging.hand_over import set_unknown
from backend.store import feed, outbox, upkeep
from backend.store.rows import now
from backend.store.writer import Writer

ID_GAP = 1_000_000
"""Ids that were given away since the backup was made are not given to others: callbacks, browsers
and programs still hold them."""


def restored(writer: Writer, made_at: int) -> int:
    """The database is as it was at ``made_at`` (ms). Returns how many texts are in doubt now.

    All that waited for nothing but its turn is, and what was scheduled for a time that has passed;
    what is scheduled for later goes on waiting.
    """
    writer(lambda tx: upkeep.skip_ids(tx, ID_GAP))
    writer(feed.begin_afresh)
    messages = writer(lambda tx: outbox.doubt(tx, made_at, due_by=now()))
    for message in messages:
        waiting = outbox.get(message)
        if waiting is None:
            continue
        if waiting.status == "scheduled":
            writer(partial(scheduled.let_go, waiting=waiting))
        writer(partial(set_unknown, team=waiting.team, message=message))
    return len(messages)
