"""What happened to a person, for programs that do not hold a socket."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.inbox import activities
from backend.messaging.outbound import NotFound
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire

ONE = "/people/<id:person>"


class ActivityQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``before`` is the cursor that the page before gave as ``next``."""

    before: Annotated[str, Meta(max_length=64)] = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


@route(
    "GET",
    ONE + "/activities",
    query=ActivityQuery,
    answers={200: wire.ActivityResults},
    problems=(404,),
)
def list_activities(call: Call, person: int, query: ActivityQuery) -> wire.ActivityResults:
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
