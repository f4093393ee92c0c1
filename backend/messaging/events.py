"""What the feeds of a number's users are told. Called inside the transaction of the change."""

from backend.crm_logs import leaving
from backend.hooks import telling
from backend.licensing import may_message
from backend.messaging.errors import SENT_AGAIN, explain
from backend.messaging.gate import Request, look
from backend.store import (
    activities,
    conversations,
    feed,
    hearers,
    messages,
    numbers,
    settings,
    users,
)
from backend.store.writer import Transaction
from shared import wire


def shown(found: conversations.Found) -> wire.Conversation:
    """A conversation as its users see it, with what the gate would say before anything is typed.

    What depends on the user, such as a license, is told with their session.
    """
    talk = found.conversation
    request = Request(
        *(found.team, None, talk.person.id, talk.number.e164, talk.person.mobile), body=""
    )
    verdict = look(request)
    talk.blocked, talk.warning = verdict.blocked, verdict.warning
    talk.zone, talk.zone_certain = verdict.zone, verdict.zone_certain
    talk.do_not_text, talk.suspicion = verdict.do_not_text, verdict.suspicion
    return talk


def explained(message: wire.Message) -> wire.Message:
    """A message with its error in plain words."""
    if message.error == SENT_AGAIN:
        message.doubt = "again"
    message.error = explain(message.status, message.error_code, cause=message.error)
    return message


def message_created(tx: Transaction, team: int, conversation: int, message: int) -> wire.Message:
    """A text arrived, was queued or was scheduled; an inbound one is pushed to sleeping browsers
    too. Returns it as it was told."""
    found = conversations.get(team, conversation)
    made = messages.get(team, message)
    assert found is not None, "the caller has just written both"
    assert made is not None, "the caller has just written both"
    talk, text = shown(found), explained(made)
    for user, unread, pushed in hearers.of_number(team, talk.number.id):
        seq = feed.append(
            tx,
            user,
            lambda seq, unread=unread: wire.encode(  # type: ignore[misc]
                wire.MessageCreated(seq=seq, message=text, conversation=talk, unread=unread)
            ),
        )
        if text.direction == "inbound" and pushed:
            tx.wake("push", user, _push(talk, text, seq, unread))
    telling.message(tx, team, text, talk)
    return text


def message_updated(tx: Transaction, team: int, message: int, *, was: str = "") -> None:
    """Something shown of a text changed; ``was`` is its status before, where it was that."""
    made = messages.get(team, message)
    if made is None:
        return
    # Most callbacks come here, and neither the text nor most teams' hooks need the conversation.
    number = conversations.number_of(team, made.conversation)
    if number is None:
        return
    text = explained(made)
    for user in numbers.users(team, number):
        feed.append(tx, user, lambda seq: wire.encode(wire.MessageUpdated(seq=seq, message=text)))
    if was:
        telling.message(tx, team, text)
        leaving.moved(tx, team, text, was)


def message_moved(tx: Transaction, team: int, message: int, former: int) -> None:
    """A text was filed under another person: it has left the conversation ``former``."""
    made = messages.get(team, message)
    found = conversations.get(team, made.conversation) if made else None
    assert made is not None, "the caller has just written it"
    assert found is not None, "the caller has just written it"
    talk, text = shown(found), explained(made)
    for user, unread, _ in hearers.of_number(team, talk.number.id):
        feed.append(
            tx,
            user,
            lambda seq, unread=unread: wire.encode(  # type: ignore[misc]
                wire.MessageMoved(
                    seq=seq, message=text, conversation=talk, former=former, unread=unread
                )
            ),
        )
    conversation_updated(tx, team, former)


def conversation_updated(tx: Transaction, team: int, conversation: int) -> None:
    """Unread count, name or standing changed."""
    found = conversations.get(team, conversation)
    if found is None:
        return
    talk = shown(found)
    for user, unread, _ in hearers.of_number(team, talk.number.id):
        feed.append(
            tx,
            user,
            lambda seq, unread=unread: wire.encode(  # type: ignore[misc]
                wire.ConversationUpdated(seq=seq, conversation=talk, unread=unread)
            ),
        )


def person_updated(tx: Transaction, team: int, person: int) -> None:
    """What is shown of the person has changed: all who talk with them hear it."""
    for conversation in conversations.bump(tx, team, person):
        conversation_updated(tx, team, conversation)


def session_updated(tx: Transaction, team: int, user: int) -> None:
    """What the user may do has changed: a license, a number, their role."""
    prices = settings.of_team(team).prices
    held, blocked = numbers.of_user(team, user), may_message(team, user)
    feed.append(
        tx,
        user,
        lambda seq: wire.encode(
            wire.SessionUpdated(seq=seq, numbers=held, prices=prices, blocked=blocked)
        ),
    )


def team_updated(tx: Transaction, team: int) -> None:
    """The team's switch or prices have changed, so what each of its users may do."""
    for user in users.active(team):
        session_updated(tx, team, user)


def person_erased(tx: Transaction, team: int, person: int, gone: list[int]) -> None:
    """A person was erased: whoever holds something of these conversations has to forget it."""
    for user in users.active(team):
        unread = conversations.unread_of(team, user)
        feed.append(
            tx,
            user,
            lambda seq, unread=unread: wire.encode(  # type: ignore[misc]
                wire.PersonErased(seq=seq, person=person, conversations=gone, unread=unread)
            ),
        )


def _push(talk: wire.Conversation, text: wire.Message, seq: int, unread: int) -> bytes:
    title = talk.person.name or talk.person.mobile_display
    # Web Push carries 4 KiB at most, encrypted; a notification shows a few lines anyway.
    return wire.encode(
        wire.PushPayload(
            message=text.id,
            conversation=talk.id,
            seq=seq,
            title=title[:100],
            body=text.body[:300] or activities.MEDIA,
            unread=unread,
        )
    )
