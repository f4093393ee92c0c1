"""What each frame of a client does: a table of frame types to small functions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from backend import metrics
from backend.inbox import listing
from backend.licensing import may_message
from backend.messaging import outbound
from backend.messaging.gate import Gate
from backend.store import conversations, feed, numbers, users
from backend.store.rows import now
from backend.store.writer import Writer
from backend.tokens import Identity, TokenError
from shared import wire

SIGNED_OUT = 4401
"""Close code: the access token is bad or over; refresh it and come back."""


class Socket(Protocol):
    """A rep's socket as the frames see it. ``identity`` is None before ``session.start``."""

    identity: Any
    cursor: int

    def send(self, data: bytes) -> None: ...

    def close(self, code: int, reason: str = "") -> None: ...


@dataclass(frozen=True)
class Services:
    """What the frames act through. ``admit(socket, identity, cursor)`` adds the socket to the hub
    and sends the feed behind ``cursor``; ``renew(socket, identity)`` moves its end."""

    writer: Writer
    gate: Gate
    read_token: Callable[[str], Identity]
    admit: Callable[[Any, Identity, int], None]
    renew: Callable[[Any, Identity], None]


class Frames:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._table: dict[type, Callable[[Socket, Identity, Any], wire.ServerFrame | None]] = {
            wire.SessionRenew: self._renew,
            wire.SessionPing: self._ping,
            wire.ConversationList: self._list,
            wire.ConversationOpen: self._open,
            wire.ConversationGet: self._get,
            wire.ConversationRead: self._read,
            wire.MessageList: self._texts,
            wire.MessageSend: self._send,
            wire.PersonName: self._name,
        }

    def receive(self, socket: Socket, data: bytes) -> None:
        """Handle one frame; what is refused is answered with the reason and changes nothing."""
        try:
            frame = wire.decode(data)
        except wire.Refused as error:
            metrics.frames.count("refused")
            refusal = wire.FrameRefused(
                reason=error.reason, text=error.text[:200], request=error.request
            )
            socket.send(wire.encode(refusal))
            return
        identity: Identity | None = socket.identity
        if isinstance(frame, wire.SessionStart):
            self._start(socket, frame)
        elif identity is None:
            socket.close(SIGNED_OUT, "session.start comes first")
        else:
            try:
                answer = self._answer(socket, identity, frame)
            except Exception:
                metrics.frames.count("failed")
                raise
            refused = isinstance(answer, wire.FrameRefused)
            metrics.frames.count("refused" if refused else "handled")
            if answer is not None:
                socket.send(wire.encode(answer))

    def reset(self, socket: Socket) -> None:
        """What the socket has missed is kept no longer: start it afresh where the feed stands."""
        ready = _ready(socket.identity, None)
        if ready is None:
            socket.close(SIGNED_OUT, "no such user")
            return
        socket.send(wire.encode(ready))
        socket.cursor = ready.seq

    def _answer(
        self, socket: Socket, identity: Identity, frame: wire.ClientFrame
    ) -> wire.ServerFrame | None:
        request = getattr(frame, "ref", "") or getattr(frame, "request", "")
        try:
            return self._table[type(frame)](socket, identity, frame)
        except outbound.NotFound:
            return _refused("not_found", "There is no such conversation.", request)
        except outbound.RefTaken:
            return _refused("conflict", "This ref belongs to another text.", request)
        except listing.BadCursor:
            return _refused("malformed", "The cursor is not one of ours.", request)
        except outbound.GateRefused as error:
            return wire.FrameRefused(
                reason="gate", text=error.blocked.text, request=request, blocked=error.blocked
            )

    def _start(self, socket: Socket, frame: wire.SessionStart) -> None:
        try:
            identity = self._services.read_token(frame.token)
        except TokenError as error:
            socket.close(SIGNED_OUT, str(error)[:100])
            return
        if socket.identity is not None:
            refusal = _refused("conflict", "This socket has its session already.", "")
            socket.send(wire.encode(refusal))
            return
        ready = _ready(identity, frame.since)
        if ready is None:
            socket.close(SIGNED_OUT, "no such user")
            return
        socket.send(wire.encode(ready))
        self._services.admit(socket, identity, ready.seq)

    def _renew(self, socket: Socket, identity: Identity, frame: wire.SessionRenew) -> Any:
        try:
            renewed = self._services.read_token(frame.token)
        except TokenError as error:
            socket.close(SIGNED_OUT, str(error)[:100])
            return None
        if (renewed.user, renewed.session) != (identity.user, identity.session):
            socket.close(SIGNED_OUT, "another session's token")
            return None
        self._services.renew(socket, renewed)
        return wire.SessionRenewed(expires_at=renewed.expires_at)

    def _ping(self, _socket: Socket, _identity: Identity, _frame: wire.SessionPing) -> Any:
        return wire.SessionPong(now=now())

    def _list(self, _socket: Socket, identity: Identity, frame: wire.ConversationList) -> Any:
        held, following = listing.page(
            identity.team,
            identity.user,
            search=frame.search,
            before=frame.before,
            limit=frame.limit,
        )
        unread = conversations.unread_of(identity.team, identity.user)
        return wire.ConversationPage(
            request=frame.request, conversations=held, next=following, unread=unread
        )

    def _open(self, _socket: Socket, identity: Identity, frame: wire.ConversationOpen) -> Any:
        opened = listing.open_person(
            self._services.writer, identity.team, identity.user, frame.person
        )
        return _opened(opened, frame.request)

    def _get(self, _socket: Socket, identity: Identity, frame: wire.ConversationGet) -> Any:
        opened = listing.open_conversation(identity.team, identity.user, frame.conversation)
        return _opened(opened, frame.request)

    def _read(self, _socket: Socket, identity: Identity, frame: wire.ConversationRead) -> None:
        listing.read(
            self._services.writer, identity.team, identity.user, frame.conversation, frame.upto
        )

    def _texts(self, _socket: Socket, identity: Identity, frame: wire.MessageList) -> Any:
        found, more = listing.texts(
            identity.team, identity.user, frame.conversation, frame.before, frame.limit
        )
        return wire.MessagePage(
            request=frame.request, conversation=frame.conversation, messages=found, more=more
        )

    def _send(self, _socket: Socket, identity: Identity, frame: wire.MessageSend) -> Any:
        sent = outbound.send(
            self._services.writer,
            self._services.gate,
            team=identity.team,
            user=identity.user,
            conversation=frame.conversation,
            ref=frame.ref,
            body=frame.body,
        )
        return wire.MessageAccepted(ref=frame.ref, message=sent.message)

    def _name(self, _socket: Socket, identity: Identity, frame: wire.PersonName) -> Any:
        person = listing.name(
            self._services.writer, identity.team, identity.user, frame.person, frame.name
        )
        return wire.PersonNamed(request=frame.request, person=person)


def _ready(identity: Identity, since: int | None) -> wire.SessionReady | None:
    account = users.account(identity.team, identity.user)
    if account is None:
        return None
    user, team = account
    resumed = since is not None and feed.can_replay(identity.user, since)
    return wire.SessionReady(
        user=user,
        team=team,
        numbers=numbers.of_user(identity.team, identity.user),
        seq=since if resumed and since is not None else feed.position(identity.user),
        resumed=resumed,
        unread=conversations.unread_of(identity.team, identity.user),
        now=now(),
        blocked=may_message(identity.team, identity.user),
    )


def _opened(opened: listing.Opened, request: str) -> wire.ConversationOpened:
    return wire.ConversationOpened(
        request=request,
        conversation=opened.conversation,
        messages=opened.messages,
        more=opened.more,
    )


def _refused(reason: str, text: str, request: str) -> wire.FrameRefused:
    return wire.FrameRefused(reason=reason, text=text, request=request)
