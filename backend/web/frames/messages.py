"""Texts: listed and sent."""

from backend.inbox import listing
from backend.messaging import outbound
from backend.web.frames.call import Call, Handler
from shared import wire


def _list(call: Call, frame: wire.MessageList) -> wire.MessagePage:
    found, more = listing.texts(call.team, call.user, frame.conversation, frame.before, frame.limit)
    return wire.MessagePage(
        request=frame.request, conversation=frame.conversation, messages=found, more=more
    )


def _send(call: Call, frame: wire.MessageSend) -> wire.MessageAccepted:
    sent = outbound.send(
        call.services.writer,
        call.services.gate,
        team=call.team,
        user=call.user,
        conversation=frame.conversation,
        draft=outbound.Draft(frame.ref, frame.body, at=frame.at, media=tuple(frame.media)),
        road="pane",
    )
    return wire.MessageAccepted(ref=frame.ref, message=sent.message)


HANDLERS: dict[type[wire.ClientFrame], Handler] = {
    wire.MessageList: _list,
    wire.MessageSend: _send,
}
