"""What is looked after each minute for a team: its numbers' standing and who is signed in."""

from backend.queue import Queue
from backend.store import sessions, sign_in_tries
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from backend.team.pausing import pause_filtered

SESSIONS_KEPT_MS = 90 * 24 * 3600 * 1000
"""How long a sign-in that is over can still be looked up."""


def tasks(queue: Queue, writer: Writer) -> None:
    queue.each_minute("pause_filtered", lambda: pause_filtered(writer))
    queue.each_minute("prune_sessions", lambda: writer(_prune))


def _prune(tx: Transaction) -> None:
    sessions.prune(tx, now() - SESSIONS_KEPT_MS)
    sign_in_tries.prune(tx)
