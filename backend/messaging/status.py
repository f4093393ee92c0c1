"""The life of a text: statuses only move forward, and what is final stays."""

from backend import metrics
from backend.messaging import billing, events
from backend.store import messages, outbox, scheduled
from backend.store.writer import Transaction
from shared import wire

RANK = {
    "scheduled": 0,
    "queued": 1,
    "sending": 2,
    "unknown": 3,
    "sent": 4,
    "delivered": 5,
    "undelivered": 5,
    "failed": 5,
    "canceled": 5,
    "received": 5,
}
CARRIER = {
    "accepted": "sending",
    "scheduled": "sending",
    "queued": "sending",
    "sending": "sending",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "partially_delivered": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "canceled",
    "receiving": "received",
    "received": "received",
}
"""The carrier's words (Twilio's) and ours."""
ENDED = frozenset(["delivered", "undelivered", "failed"])
"""What became of a text in the end."""
FINAL = frozenset(name for name, rank in RANK.items() if rank == RANK["delivered"])
"""Where nothing more is to be heard."""


def forward(current: str, new: str) -> bool:
    """Whether ``new`` is a step ahead; equal ranks are not, so a final status never changes."""
    return RANK[new] > RANK[current]


def advance(
    tx: Transaction,
    team: int,
    message: int,
    new: str,
    *,
    sid: str | None = None,
    error_code: int | None = None,
    segments: int | None = None,
    price: int | None = None,
    cause: str = "",
) -> bool:
    """Take the text to status ``new``, tell its users, and say whether anything moved.

    With a ``sid`` the carrier has the text for certain: it leaves the outbox, and a status that is
    older than ours still attaches the sid. ``segments`` and ``price`` (millionths of a US dollar)
    are what the carrier bills; ``cause`` is why we ourselves ended it, in words for the rep.
    """
    held = messages.get(team, message)
    if held is None:
        return False
    if sid:
        outbox.done(tx, team, message)
    moved = forward(held.status, new)
    metrics.statuses.count("moved" if moved else "late")
    # The carrier's "sending" settles our "unknown": somebody does have the text.
    if sid and held.status == "unknown" and new == "sending":
        moved = True
    if moved or sid:
        status = new if moved else held.status
        code = error_code if moved else None
        said = cause if moved else held.error
        messages.set_status(tx, team, message, status, sid=sid, error_code=code, cause=said)
    if moved and new in ENDED:
        billing.ended(tx, team, message, new, error_code)
    news = billing.billed(tx, team, message, segments, price) if sid else False
    if moved or news:
        events.message_updated(tx, team, message, was=held.status if moved else "")
    return moved


def wait(tx: Transaction, team: int, message: int, until: int, hold: wire.Hold = "") -> bool:
    """The one step back there is: the text waits for ``until`` (ms) in the outbox again, and its
    users are told. A text that the carrier has or may have stays as it is: False."""
    if not scheduled.set_waiting(tx, team, message, until, hold):
        return False
    outbox.schedule(tx, team, message, until)
    events.message_updated(tx, team, message)
    return True
