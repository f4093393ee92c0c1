"""A rep sends: the gate, then one transaction that makes the text ours to deliver, once."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from backend.media.sending import attach
from backend.messaging import events, gate, segments
from backend.messaging.gate import Request, Road
from backend.store import (
    activities,
    conversations,
    decisions,
    messages,
    outbox,
    people,
    pseudonym,
)
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from shared import wire

log = structlog.get_logger()
LATEST_DAYS = 60
"""So long a text may wait for its time."""
DAY_MS = 24 * 3600 * 1000
SKEW_MS = 120_000
"""A client's clock may be so much behind ours: a time that has just passed is now."""


class NotFound(Exception):
    """The user's team has no such thing, or the user may not see it."""


class RefTaken(Exception):
    """The ref names another text already."""


class BadTime(ValueError):
    """A text cannot be sent at this time; the message says what to do."""


class GateRefused(Exception):
    def __init__(self, blocked: wire.Blocked) -> None:
        super().__init__(blocked.text)
        self.blocked = blocked


@dataclass(frozen=True)
class Draft:
    """What a rep or program wants sent: ``at`` (ms) schedules it, ``media`` are ids of uploads."""

    ref: str
    body: str
    at: int | None = None
    media: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sent:
    message: wire.Message
    repeated: bool
    """The ref was known: nothing new was queued."""


def send(
    writer: Writer,
    *,
    team: int,
    user: int,
    conversation: int,
    draft: Draft,
    road: Road,
) -> Sent:
    """Queue or schedule a text once per ``draft.ref``; raises NotFound, RefTaken, BadTime,
    GateRefused or NotAttachable."""
    content_hash = _hash(team, conversation, draft)

    def work(tx: Transaction) -> Sent | wire.Blocked:
        # Looked for here, since what was seen before the transaction may have been erased.
        found = conversations.get_for(team, user, conversation)
        if found is None:
            raise NotFound
        talk = found.conversation
        known = messages.by_ref(team, draft.ref)
        if known is not None:
            if not _same(known, conversation, draft, content_hash):
                raise RefTaken
            return Sent(events.explained(known.message), repeated=True)
        at = later(draft.at)
        request = Request(
            *(team, user, talk.person.id, talk.number.e164, talk.person.mobile, draft.body),
            media=len(draft.media),
            at=at,
            road=road,
        )
        made = queue(
            *(tx, request, conversation, draft.ref),
            lambda message: attach(tx, team, user, message, draft.media, draft.body),
            content_hash,
        )
        return made if isinstance(made, wire.Blocked) else Sent(made, repeated=False)

    outcome = writer(work, repeatable=True)
    if isinstance(outcome, wire.Blocked):
        # The decision is on disk by now; only then is the rep told.
        raise GateRefused(outcome)
    log.info("text.accepted", message=outcome.message.id, repeated=outcome.repeated)
    return outcome


def queue(
    tx: Transaction,
    request: Request,
    conversation: int,
    ref: str,
    give_media: Callable[[int], object],
    content_hash: str = "",
) -> wire.Message | wire.Blocked:
    """The text becomes ours to deliver, now or at its time, if the gate lets it pass.
    ``give_media`` gives the message, once it is there, what goes with the words."""
    answer = gate.ask(tx, request, "compose")
    if answer.blocked is not None:
        return answer.blocked
    team, body = request.team, request.body
    message = messages.add_outbound(
        tx,
        team,
        conversation,
        author=request.user,
        ref=ref,
        body=body,
        mobile=request.recipient,
        segments=segments.measure(body).count,
        content_hash=content_hash,
        scheduled_for=request.at,
    )
    decisions.link(tx, team, answer.decision, message)
    give_media(message)
    outbox.add(tx, team, message, request.at)
    if request.at is None:
        enter(tx, team, conversation, request.person, message, body)
    else:
        conversations.bump_one(tx, team, conversation)
    return events.message_created(tx, team, conversation, message)


def enter(
    tx: Transaction, team: int, conversation: int, person: int, message: int, body: str
) -> None:
    """The text becomes the conversation's latest and an activity of the person: when it is sent,
    not when it is scheduled."""
    at = now()
    preview = body or activities.MEDIA  # without words there is media
    conversations.add_to(tx, team, conversation, message, preview, inbound=False, at=at)
    people.touch(tx, team, person)
    activities.add_text(tx, team, person, message, at, inbound=False)


def later(at: int | None) -> int | None:
    """``at`` (ms) if it is still to come, None for now; raises :class:`BadTime`."""
    if at is None:
        return None
    moment = now()
    if at < moment - SKEW_MS:
        raise BadTime("That time has passed. Choose a later one.")
    if at > moment + LATEST_DAYS * DAY_MS:
        raise BadTime(f"A text can wait {LATEST_DAYS} days at most. Choose an earlier time.")
    return at if at > moment else None


def _hash(team: int, conversation: int, draft: Draft) -> str:
    """Keyed, since the words must not be guessed from it when they have been erased."""
    content = f"{draft.ref}\n{conversation}\n{draft.at}\n{draft.media}\n{draft.body}"
    return pseudonym.of(team, content)


def _same(known: messages.Known, conversation: int, draft: Draft, content_hash: str) -> bool:
    if known.content_hash:
        return known.content_hash == content_hash
    message = known.message
    return (message.conversation, message.body) == (conversation, draft.body)
