"""Answering STOP, START and HELP on a short code, once, by the road that every text takes."""

from backend.compliance import confirmations
from backend.messaging import events, segments
from backend.messaging.keywords import Keyword
from backend.store import activities, conversations, messages, outbox
from backend.store.numbers import Rented
from backend.store.rows import now
from backend.store.writer import Transaction

REF = "system:"
"""Begins the ref of texts that the backend itself writes; no client's ref holds a colon."""


def answer(
    tx: Transaction, ours: Rented, conversation: int, heard: int, mobile: str, word: Keyword
) -> int:
    """Queue the standard answer to the keyword in message ``heard``. The ref is made of that
    message, so that no repeat of anything makes a second one."""
    body = confirmations.ANSWERS[word]
    found = conversations.get(ours.team, conversation)
    assert found is not None
    message = messages.add_outbound(
        tx,
        ours.team,
        conversation,
        author=None,
        ref=f"{REF}{heard}",
        body=body,
        mobile=mobile,
        segments=segments.measure(body).count,
    )
    at = now()
    outbox.add(tx, ours.team, message)
    conversations.add_to(tx, ours.team, conversation, message, body, inbound=False, at=at)
    activities.add_text(tx, ours.team, found.conversation.person.id, message, at, inbound=False)
    events.message_created(tx, ours.team, conversation, message)
    return message
