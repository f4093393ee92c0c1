"""Conversations: listed, opened, read; and the people in them."""

from backend.inbox import listing
from backend.store.conversations import unread_of
from backend.web.frames.call import Call, Handler
from shared import wire


def _list(call: Call, frame: wire.ConversationList) -> wire.ConversationPage:
    held, following = listing.page(
        call.team, call.user, search=frame.search, before=frame.before, limit=frame.limit
    )
    unread = unread_of(call.team, call.user)
    return wire.ConversationPage(
        request=frame.request, conversations=held, next=following, unread=unread
    )


def _open(call: Call, frame: wire.ConversationOpen) -> wire.ConversationOpened:
    opened = listing.open_person(
        call.services.writer, call.team, call.user, frame.person, frame.number
    )
    return _opened(opened, frame.request)


def _get(call: Call, frame: wire.ConversationGet) -> wire.ConversationOpened:
    return _opened(
        listing.open_conversation(call.team, call.user, frame.conversation), frame.request
    )


def _read(call: Call, frame: wire.ConversationRead) -> None:
    listing.read(call.services.writer, call.team, call.user, frame.conversation, frame.upto)


def _name(call: Call, frame: wire.PersonName) -> wire.PersonNamed:
    person = listing.name(call.services.writer, call.team, call.user, frame.person, frame.name)
    return wire.PersonNamed(request=frame.request, person=person)


def _opened(opened: listing.Opened, request: str) -> wire.ConversationOpened:
    return wire.ConversationOpened(
        request=request,
        conversation=opened.conversation,
        messages=opened.messages,
        more=opened.more,
    )


HANDLERS: dict[type[wire.ClientFrame], Handler] = {
    wire.ConversationList: _list,
    wire.ConversationOpen: _open,
    wire.ConversationGet: _get,
    wire.ConversationRead: _read,
    wire.PersonName: _name,
}
