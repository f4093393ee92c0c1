"""No text is handed over once a STOP was acknowledged: its 2xx waits for what is on its way.

The opt-out is committed first, so that from then on the gate refuses every new claim inside the
claim's own transaction. What was claimed before may be with the carrier's API at this moment, in
this process or another one: those claims are waited for, by looking at the table.
"""

import threading
import time

from backend.messaging.reconcile import LEASE_MS
from backend.store import outbox
from backend.store.rows import now
from backend.store.writer import Transaction

LONGEST_S = 10.0
"""Twilio waits 15 s for the answer to a webhook, of which the commit has taken its part."""
PAUSES_S = (0.005, 0.05)
"""Between two looks, growing: other processes' commits cannot be heard, only seen."""


class InFlight:
    """Hand-overs under way. :meth:`committed` is a listener of this process's writer, and hurries
    whoever waits; without it the table is looked at all the same."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._changed = threading.Condition()

    def committed(self, _transaction: Transaction) -> None:
        with self._changed:
            self._changed.notify_all()

    def landed(self, team: int, mobile: str) -> bool:
        """Wait until nothing that was on its way to this mobile when we were called still is.

        False when that takes longer than we may. Claims older than the lease are dead: nobody will
        hand those texts over. Holds no transaction while it waits.
        """
        ends = time.monotonic() + self._longest_s
        pause, longest = PAUSES_S
        # Later claims of the same text or of others are later decisions of the gate.
        waiting = outbox.claims(team, mobile, now() - LEASE_MS)
        while waiting:
            left = ends - time.monotonic()
            if left <= 0:
                return False
            with self._changed:
                self._changed.wait(min(pause, left))
            pause = min(pause * 2, longest)
            waiting &= outbox.claims(team, mobile, now() - LEASE_MS)
        return True
