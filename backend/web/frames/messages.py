"""Texts: listed, sent, scheduled, changed while they wait."""

from backend.crm_logs import filing
from backend.inbox import listing, times
from backend.messaging import doubt, outbound, scheduled
from backend.team.faults import NotThere
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
        team=call.team,
        user=call.user,
        conversation=frame.conversation,
        draft=outbound.Draft(frame.ref, frame.body, at=frame.at, media=tuple(frame.media)),
        road="pane",
    )
    return wire.MessageAccepted(ref=frame.ref, message=sent.message)


def _edit(call: Call, frame: wire.MessageEdit) -> wire.MessageSaved:
    services, change = call.services, _change(call, frame.message)
    saved = scheduled.edit(services.writer, change, frame.body, frame.at)
    return wire.MessageSaved(request=frame.request, message=saved)


def _cancel(call: Call, frame: wire.MessageCancel) -> wire.MessageSaved:
    saved = scheduled.cancel(call.services.writer, _change(call, frame.message))
    return wire.MessageSaved(request=frame.request, message=saved)


def _keep(call: Call, frame: wire.MessageKeep) -> wire.MessageSaved:
    services, change = call.services, _change(call, frame.message)
    saved = scheduled.keep(services.writer, change)
    return wire.MessageSaved(request=frame.request, message=saved)


def _suggest(call: Call, frame: wire.TimeSuggest) -> wire.TimeSuggested:
    found = times.suggest(call.team, call.user, frame.conversation)
    return wire.TimeSuggested(
        request=frame.request, zone=found.zone, times=found.times, windows=found.windows
    )


def _file(call: Call, frame: wire.MessageFile) -> wire.MessageSaved:
    saved = filing.file_under(
        call.services.writer, call.actor, call.user, frame.message, frame.person
    )
    return wire.MessageSaved(request=frame.request, message=saved)


def _settle(call: Call, frame: wire.MessageSettle) -> wire.MessageSaved:
    try:
        saved = doubt.settle(
            *(call.services.writer, call.actor, frame.message, frame.answer), user=call.user
        )
    except NotThere:
        raise outbound.NotFound("There is no such text.") from None
    return wire.MessageSaved(request=frame.request, message=saved)


def _change(call: Call, message: int) -> scheduled.Change:
    return scheduled.Change(call.team, call.user, message, "pane")


HANDLERS: dict[type[wire.ClientFrame], Handler] = {
    wire.MessageList: _list,
    wire.MessageSend: _send,
    wire.MessageEdit: _edit,
    wire.MessageCancel: _cancel,
    wire.MessageKeep: _keep,
    wire.TimeSuggest: _suggest,
    wire.MessageFile: _file,
    wire.MessageSettle: _settle,
}
