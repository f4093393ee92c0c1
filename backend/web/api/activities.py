"""What happened to a person, for programs that do not hold a socket."""

from backend.inbox import activities
from backend.messaging.outbound import NotFound
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, PageQuery, route
from shared import wire

ONE = "/people/<id:person>"


@route(
    "GET",
    ONE + "/activities",
    query=PageQuery,
    answers={200: wire.ActivityResults},
    problems=(404,),
    scope="read",
)
def list_activities(call: Call, person: int, query: PageQuery) -> wire.ActivityResults:
    """A page of what happened to a person: messages, calls, notes, opt-outs; latest first."""
    identity = call.identity
    try:
        held, following = activities.page(
            identity.team, identity.user, person, before=query.before, limit=query.limit
        )
    except NotFound as error:
        raise Refusal(404, "not_found", str(error)) from None
    return wire.ActivityResults(activities=held, next=following)


@route(
    "POST",
    ONE + "/notes",
    body=wire.NoteText,
    answers={201: wire.Activity},
    problems=(404,),
    scope="write",
)
def add_note(call: Call, person: int, body: wire.NoteText) -> wire.Activity:
    """Write a note about a person. The same words again within ten minutes are the same note."""
    identity = call.identity
    try:
        return activities.add_note(
            call.services.writer, identity.team, identity.user, person, body.body
        )
    except activities.EmptyNote as error:
        raise Refusal(400, "malformed", str(error), field="body") from None
    except NotFound as error:
        raise Refusal(404, "not_found", str(error)) from None
