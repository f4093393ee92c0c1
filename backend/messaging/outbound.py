"""A rep sends: the gate, then one transaction that makes the text ours to deliver, once."""

from dataclasses import dataclass

from backend.messaging import events, segments
from backend.messaging.gate import Gate, Request, Road
from backend.store import conversations, decisions, messages, outbox, people, records
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from shared import wire


class NotFound(Exception):
    """The user's team has no such thing, or the user may not see it."""


class RefTaken(Exception):
    """The ref names another text already."""


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
    gate: Gate,
    *,
    team: int,
    user: int,
    conversation: int,
    draft: Draft,
    road: Road,
) -> Sent:
    """Queue a text once per ``draft.ref``; raises NotFound, RefTaken or GateRefused."""
    found = conversations.get_for(team, user, conversation)
    if found is None:
        raise NotFound
    talk = found.conversation
    ref, body = draft.ref, draft.body
    request = Request(
        *(team, user, talk.person.id, talk.number.e164, talk.person.mobile, body),
        media=len(draft.media),
        at=draft.at,
        road=road,
    )

    def work(tx: Transaction) -> Sent | wire.Blocked:
        known = messages.by_ref(team, ref)
        if known is not None:
            if known.conversation != conversation or known.body != body:
                raise RefTaken
            return Sent(events.explained(known), repeated=True)
        answer = gate.ask(tx, request, "compose")
        if answer.blocked is not None:
            return answer.blocked
        message = messages.add_outbound(
            tx,
            team,
            conversation,
            author=user,
            ref=ref,
            body=body,
            mobile=talk.person.mobile,
            segments=segments.measure(body).count,
        )
        decisions.link(tx, team, answer.decision, message)
        at = now()
        outbox.add(tx, team, message)
        conversations.add_to(tx, conversation, message, body, inbound=False, at=at)
        people.touch(tx, team, talk.person.id)
        records.add_activity(tx, team, talk.person.id, message, at)
        events.message_created(tx, team, conversation, message)
        made = messages.get(team, message)
        assert made is not None
        return Sent(made, repeated=False)

    outcome = writer(work)
    if isinstance(outcome, wire.Blocked):
        # The decision is on disk by now; only then is the rep told.
        raise GateRefused(outcome)
    return outcome
