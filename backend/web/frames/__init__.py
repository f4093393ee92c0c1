"""What each frame of a client does: a table of frame types to small functions."""

from backend import metrics, request_ids
from backend.inbox import cursors
from backend.media.sending import NotAttachable
from backend.messaging import outbound, scheduled
from backend.store import feed
from backend.team.faults import Invalid
from backend.tokens import Identity, TokenError
from backend.web.frames import (
    activities,
    conversations,
    messages,
    people,
    quick_replies,
    receipts,
    restrictions,
    session,
)
from backend.web.frames.call import Call, Handler, Services, Socket, refused
from shared import wire

__all__ = ["Frames", "Services", "Socket"]

HANDLERS: dict[type[wire.ClientFrame], Handler] = {
    **session.HANDLERS,
    **conversations.HANDLERS,
    **messages.HANDLERS,
    **activities.HANDLERS,
    **quick_replies.HANDLERS,
    **people.HANDLERS,
    **restrictions.HANDLERS,
    **receipts.HANDLERS,
}


class Frames:
    def __init__(self, services: Services) -> None:
        self._services = services

    def receive(self, socket: Socket, data: bytes) -> None:
        """Handle one frame; what is refused is answered with the reason and changes nothing."""
        request_ids.begin()
        try:
            frame = wire.decode(data)
        except wire.Refused as error:
            metrics.frames.count("refused")
            metrics.frames_refused.count(error.reason)
            socket.send(wire.encode(refused(error.reason, error.text[:200], error.request)))
            return
        identity: Identity | None = socket.identity
        if isinstance(frame, wire.SessionStart):
            self._start(socket, frame)
        elif identity is None:
            socket.close(session.SIGNED_OUT, "session.start comes first")
        else:
            try:
                answer = self._answer(Call(self._services, socket, identity), frame)
            except Exception:
                metrics.frames.count("failed")
                raise
            if isinstance(answer, wire.FrameRefused):
                metrics.frames.count("refused")
                metrics.frames_refused.count(answer.reason)
            else:
                metrics.frames.count("handled")
            if answer is not None:
                socket.send(wire.encode(answer))

    def reset(self, socket: Socket) -> None:
        """What the socket has missed is kept no longer: start it afresh where the feed stands."""
        metrics.feed_resets.inc()
        ready = session.ready(socket.identity, None)
        if ready is None:
            socket.close(session.SIGNED_OUT, "no such user")
            return
        socket.send(wire.encode(ready))
        socket.cursor = ready.seq

    def _answer(self, call: Call, frame: wire.ClientFrame) -> wire.ServerFrame | None:
        request = getattr(frame, "ref", "") or getattr(frame, "request", "")
        try:
            return HANDLERS[type(frame)](call, frame)
        except outbound.NotFound as error:
            return refused("not_found", str(error) or "There is no such conversation.", request)
        except NotAttachable as error:
            return refused(error.reason, error.text, request)
        except outbound.RefTaken:
            return refused("conflict", "This ref belongs to another text.", request)
        except cursors.BadCursor:
            return refused("malformed", "The cursor is not one of ours.", request)
        except outbound.BadTime as error:
            return refused("malformed", str(error), request)
        except (scheduled.TooLate, scheduled.NotYours, Invalid) as error:
            return refused("conflict", str(error), request)
        except outbound.GateRefused as error:
            return wire.FrameRefused(
                reason="gate", text=error.blocked.text, request=request, blocked=error.blocked
            )

    def _start(self, socket: Socket, frame: wire.SessionStart) -> None:
        try:
            identity = self._services.read_token(frame.token)
        except TokenError as error:
            socket.close(session.SIGNED_OUT, str(error)[:100])
            return
        if socket.identity is not None:
            socket.send(wire.encode(refused("conflict", "This socket has its session already.")))
            return
        resumable = frame.since is not None and feed.can_replay(identity.user, frame.since)
        ready = session.ready(identity, frame.since if resumable else None)
        if ready is None:
            socket.close(session.SIGNED_OUT, "no such user")
            return
        socket.send(wire.encode(ready))
        self._services.admit(socket, identity, ready.seq)
