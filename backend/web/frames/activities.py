"""What happened to a person: listed, and added to by notes."""

from backend.inbox import activities
from backend.web.frames.call import Call, Handler, refused
from shared import wire


def _list(call: Call, frame: wire.ActivityList) -> wire.ActivityPage:
    held, following = activities.page(
        call.team, call.user, frame.person, before=frame.before, limit=frame.limit
    )
    return wire.ActivityPage(
        request=frame.request, person=frame.person, activities=held, next=following
    )


def _add(call: Call, frame: wire.NoteAdd) -> wire.NoteAdded | wire.FrameRefused:
    try:
        note = activities.add_note(
            call.services.writer, call.team, call.user, frame.person, frame.body
        )
    except activities.EmptyNote as error:
        return refused("malformed", str(error), frame.request)
    return wire.NoteAdded(request=frame.request, person=frame.person, activity=note)


HANDLERS: dict[type[wire.ClientFrame], Handler] = {
    wire.ActivityList: _list,
    wire.NoteAdd: _add,
}
